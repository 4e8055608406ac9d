import { startService } from '#platform';
import { relay } from './service.js';

await startService(relay);
