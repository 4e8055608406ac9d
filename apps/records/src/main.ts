import { startService } from '#platform';
import { recordsService } from './service.js';

await startService(recordsService);
