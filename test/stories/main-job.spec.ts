import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS } from '#contracts';
import { messagesIn, readByConsole } from '../contracts/console-consumer.js';
import { faultsOfMessage } from '../contracts/foreign-reading.js';
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
});

afterAll(async () => {
  await unsubscribe?.();
  await receiver?.close();
});

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

  it('all that was told on the way is read by a foreign client: CloudEvents, their schemas from the front door, no number of a person', async () => {
    const schemaNamed = async (dataschema: string): Promise<object> => {
      const file = `${dataschema.replace('urn:chengxin:schema:', '')}.json`;
      return (await (await fetch(`${process.env['CHENGXIN_URL']}/schemas/${file}`)).json()) as object;
    };
    const broker = process.env['KAFKA_BROKERS']!;
    const addresses = TOPICS.map((topic) => `${process.env['CHENGXIN_TOPIC_PREFIX']}.${topic}`);
    const counts = await messagesIn(broker, addresses);
    // Progress on the 45 measures is no part of the main job.
    expect(TOPICS.filter((topic, n) => topic !== 'measures' && counts[n] === 0)).toEqual([]);
    // One run of the Java client for all topics: its start is what takes time.
    const messages = counts.reduce((sum, count) => sum + count);
    const lines = await readByConsole(broker, addresses, messages);
    const faults = new Set<string>();
    for (const line of lines) for (const fault of await faultsOfMessage(line, schemaNamed)) faults.add(fault);
    expect([...faults]).toEqual([]);
    process.stdout.write(
      `read by Kafka's console consumer: ${messages} messages of ${counts.filter(Boolean).length} topics\n`,
    );
  });
});
