import { appendFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { partsSetting } from '#testing';
import { killService } from '../../stories/processes.js';
import { subscribe, walkMainJob, walkPenaltyFile } from '../../tour/main-job.js';
import { silentNarrator } from '../../tour/narrator.js';
import { Receiver } from '../../tour/receiver.js';
import { wageArrears } from '../../tour/stories.js';
import { World } from '../../tour/world.js';
import { untilAtRest } from '../settle.js';
import { Intake } from './intake.js';
import { planted } from './planted.js';
import { platformFaults } from './platform-faults.js';
import { Witness } from './witness.js';

/*
 * The last part of `npm run faults`: the main job on the seven services as they are shipped, with penalties
 * pushed all the while; between its steps brokers, databases, Redis and the services themselves are killed,
 * stopped and flushed. Then all tables must agree with what was told, and with what the world outside saw.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const tell = silentNarrator();
const world = new World(process.env['CHENGXIN_URL']!, tell);
const run = Math.floor(Date.now() / 1_000) % 10_000_000;
const redis = new Redis(partsSetting('REDIS_URL'), { maxRetriesPerRequest: null });
redis.on('error', () => undefined); // killed on purpose
const witness = new Witness(
  partsSetting('DATABASE_ADMIN_URL'),
  partsSetting('KAFKA_BROKERS').split(','),
  process.env['CHENGXIN_TOPIC_PREFIX']!,
);
const receiver = await Receiver.listen();
const intake = new Intake(world, run * 10);
const rows: string[] = [];
let failed = 0;
const row = (what: string, seen: string, good: boolean): void => {
  if (!good) failed += 1;
  rows.push(`| ${what} | ${seen} | ${good ? 'ok' : 'FAILED'} |`);
  say(`${good ? 'ok  ' : 'FAIL'} ${what}${seen && `: ${seen}`}`);
};
const outside = (): { accepted: string[]; delivered: string[] } => ({
  accepted: intake.accepted,
  delivered: receiver.received.map(({ id }) => id),
});

await witness.open();
const unsubscribe = await subscribe(world, receiver);
try {
  intake.start(2);
  const kill = killService('records');
  await walkPenaltyFile({ world, receiver, run: run + 1 }, 'hlj.city.230100.market-regulation');
  await kill;
  row('records killed (kill -9) under a file of 500 penalties', '', true);
  await walkMainJob(
    {
      world,
      receiver,
      run: run + 2,
      async between(step) {
        const fault = platformFaults.find(({ after }) => after === step);
        if (!fault) return;
        const before = intake.accepted.length;
        const seen = await fault.happen({ redis, receiver });
        row(
          `after "${step}": ${fault.name}`,
          seen ?? `${intake.accepted.length - before} records accepted meanwhile`,
          true,
        );
      },
    },
    wageArrears,
  );
  row('the main job from the pushed penalty to the last receipt', '', true);
  await intake.stop();
  const began = performance.now();
  const differences = await untilAtRest(() => witness.differences(outside()));
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const counts = `${witness.told.length} events, ${intake.accepted.length} records answered as accepted, ${receiver.received.length} deliveries (${receiver.repeats} came again under their id)`;
  row(
    'topics, tables and subscriber agree',
    differences.join('; ') || `${counts}; ${seconds} s after the last push`,
    differences.length === 0,
  );
  row(
    'answers to a client that were neither an acceptance nor "away"',
    intake.refused.slice(0, 5).join(', ') || 'none',
    intake.refused.length === 0,
  );
  if (differences.length === 0) await checkTheWitness();
} catch (error) {
  for (const line of tell.lines.slice(-15)) say(`     ${line}`);
  row('the story', (error as Error).message, false);
} finally {
  await intake.stop();
  await unsubscribe().catch(() => undefined); // the story may have failed because nothing answers
  await Promise.all([receiver.close(), witness.close()]);
  redis.disconnect();
}
const table = `\n| The seven services | Seen | Outcome |\n|---|---|---|\n${rows.join('\n')}\n`;
if (process.env['FAULT_RESULTS']) appendFileSync(process.env['FAULT_RESULTS'], table);
say(`${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Each mistake is made by hand in the tables, on top of the ones before: a new line must appear. */
async function checkTheWitness(): Promise<void> {
  let known = new Set<string>();
  let caught = 0;
  for (const { what, service, sql, params } of planted) {
    await witness.db(service).query(sql, params?.() ?? []);
    const found = await witness.differences(outside());
    const fresh = found.filter((line) => !known.has(line));
    known = new Set(found);
    if (fresh.length > 0) caught += 1;
    else say(`     not caught: ${what}`);
  }
  row(
    'mistakes planted in the tables',
    `planted ${planted.length} / caught ${caught}`,
    caught === planted.length,
  );
}
