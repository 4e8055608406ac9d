import { startService } from '#platform';
import { measures } from './service.js';

await startService(measures);
