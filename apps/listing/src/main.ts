import { startService } from '#platform';
import { listing } from './service.js';

await startService(listing);
