import { startService } from '#platform';
import { notifications } from './service.js';

await startService(notifications);
