import { Difference } from './api.js';
import { subscribe, walkMainJob, walkPenaltyFile } from './main-job.js';
import { plainNarrator } from './narrator.js';
import { Receiver } from './receiver.js';
import { marketRegulation, wageArrears } from './stories.js';
import { World } from './world.js';

/*
 * `npm run tour`: walks the main job against a running system and exits non-zero at the first difference.
 * Every run uses subjects and documents of its own, so it may be repeated.
 */
const base = process.env['CHENGXIN_URL'] ?? 'http://127.0.0.1:7100';
const tell = plainNarrator(process.stdout);
const world = new World(base, tell);
const receiver = await Receiver.listen();
const run = Math.floor(Date.now() / 1000) % 100_000_000;

let unsubscribe: (() => Promise<void>) | undefined;

try {
  unsubscribe = await subscribe(world, receiver);
  await walkPenaltyFile({ world, receiver, run }, 'hlj.city.230100.market-regulation');
  await walkMainJob({ world, receiver, run }, marketRegulation);
  await walkMainJob({ world, receiver, run: run + 1 }, wageArrears);
  await world.moveClock(new Date().toISOString());
  process.stdout.write('\nThe tour is over: every step went as the law and the README say.\n');
} catch (error) {
  if (!(error instanceof Difference)) throw error;
  process.stdout.write(`\nThe tour stopped at a difference: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  await unsubscribe?.();
  await receiver.close();
}
