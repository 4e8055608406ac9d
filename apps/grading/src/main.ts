import { startService } from '#platform';
import { grading } from './service.js';

await startService(grading);
