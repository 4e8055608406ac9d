import { startService } from '#platform';
import { consoleService } from './service.js';

await startService(consoleService);
