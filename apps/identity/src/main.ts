import { startService } from '#platform';
import { identity } from './service.js';

await startService(identity);
