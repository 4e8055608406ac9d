import { courtsAndGovernment } from './courts-and-government.js';
import { labourTaxWelfare } from './labour-tax-welfare.js';
import { markets } from './markets.js';
import { societySafetyScience } from './society-safety-science.js';

export const EXAMPLES = [...courtsAndGovernment, ...labourTaxWelfare, ...markets, ...societySafetyScience];
