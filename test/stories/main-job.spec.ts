import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { subscribe, walkMainJob, walkPenaltyFile } from '../tour/main-job.js';
import { silentNarrator } from '../tour/narrator.js';
import { Receiver } from '../tour/receiver.js';
import { marketRegulation, wageArrears } from '../tour/stories.js';
import { World } from '../tour/world.js';
import { killService, SERVICES } from './processes.js';

/* The same walk as `npm run tour`, against the seven services that `npm test` started. */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = Math.floor(Date.now() / 1000) % 100_000_000;
let receiver: Receiver;
let unsubscribe: () => Promise<void>;

beforeAll(async () => {
  receiver = await Receiver.listen();
  unsubscribe = await subscribe(world, receiver);
}, 60_000);

afterAll(async () => {
  await unsubscribe?.();
  await receiver?.close();
}, 60_000);

describe('the main job on the whole running system', () => {
  it(
    'a file of 500 penalties: right rows in, wrong rows answered',
    () => walkPenaltyFile({ world, receiver, run }, 'hlj.city.230100.market-regulation'),
    120_000,
  );

  it(
    'SAMR: from a pushed penalty to the last receipt, with a stated defence and consent from above',
    () => walkMainJob({ world, receiver, run }, marketRegulation),
    180_000,
  );

  it('WAGE: the defence ends in silence, and one service after another is killed (-9) on the way; the outcome is the same', async () => {
    const victims = [...SERVICES];
    const between = async (): Promise<void> => {
      const victim = victims.shift();
      if (victim) await killService(victim);
    };
    await walkMainJob({ world, receiver, run: run + 1, between }, wageArrears);
  }, 400_000);
});
