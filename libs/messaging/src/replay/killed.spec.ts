import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type Forked, forkTypescript } from '#testing';
import type { ReplicaCommand, ReplicaReport, ReplicaSettings } from '../../specs/replica.js';
import { openStage, type Stage, told } from '../../specs/stage.js';
import { publish } from '../outbox/publish.js';

/*
 * kill -9 in the middle of a rebuild: of the handler, too, which stands in an open transaction. Another start of the
 * service finds the generation in the database and finishes.
 */
const BEFORE = 300;
/** Four transactions of 25 events at most are open before the first of them is committed. */
const HANGS_AFTER = 150;
const MEANWHILE = 60;
const SUBJECTS = 12;
const within = { within: 60_000 };

let stage: Stage;
const replicas: Forked[] = [];

function start(hangsAfter?: number): Forked {
  const settings: ReplicaSettings = {
    service: 'keeper',
    prefix: stage.prefix,
    brokers: stage.brokers,
    databaseUrl: stage.database.url,
    slowMs: 0,
    answering: true,
    ...(hangsAfter ? { hangsAfter } : {}),
  };
  const replica = forkTypescript(new URL('../../specs/replica.ts', import.meta.url), {
    REPLICA: JSON.stringify(settings),
  });
  replicas.push(replica);
  return replica;
}

const ask = ({ process }: Forked, command: ReplicaCommand): void => void process.send(command);
/** The next that it says; what it said before anyone listened was kept for the first who does. */
const said = async ({ process }: Forked): Promise<ReplicaReport> => {
  for (;;) {
    const [report] = (await once(process, 'message')) as [ReplicaReport];
    if (!('up' in report)) return report;
  }
};
const count = async (from: string): Promise<number> =>
  (await stage.database.db.query<{ n: number }>(`SELECT count(*) AS n FROM ${from}`)).rows[0]!.n;
const write = async (events: number): Promise<void> => {
  for (let n = 0; n < events; n += 1)
    await stage.database.db.transaction((tx) => publish(tx, told(`subject-${n % SUBJECTS}`)));
};

beforeAll(async () => {
  stage = await openStage(['measures', 'grades']);
  await stage.database.db.query('CREATE TABLE effect (place bigserial, subject text, sequence int, pid int)');
  stage.relay('relay').start();
});
afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.kill()));
  await stage.strike();
});

describe('a rebuild whose process is killed with -9', () => {
  it('is finished by the next start: every event once, in order, nothing told twice', async () => {
    await write(BEFORE);
    const first = start(HANGS_AFTER);
    await eventually(async () => expect(await count('effect')).toBe(BEFORE), within);
    const answers = `messaging.outbox WHERE topic = 'grades'`;
    expect(await count(answers)).toBe(BEFORE);

    ask(first, { rebuild: 'a table was damaged' });
    expect(await said(first)).toEqual({ hanging: true });
    await first.kill();
    const told = await count('effect');
    // Not the beginning and not the end: some of it is committed, the transaction of the handler that hung is not.
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThan(BEFORE);
    await write(MEANWHILE);

    const second = start();
    const all = BEFORE + MEANWHILE;
    await eventually(async () => expect(await count('effect')).toBe(all), within);
    await eventually(async () => {
      ask(second, { list: true });
      expect(await said(second)).toEqual({ left: 0, ended: true });
    }, within);
    const { rows } = await stage.database.db.query(
      `SELECT subject, array_agg(sequence ORDER BY place) AS sequences FROM effect GROUP BY subject`,
    );
    const each = Array.from({ length: all / SUBJECTS }, (_, n) => n + 1);
    expect(rows.map(({ sequences }) => sequences)).toEqual(Array.from({ length: SUBJECTS }, () => each));
    // One answer to each event, by the event that it answers.
    expect(await count(answers)).toBe(all);
    expect(
      await count(`(SELECT DISTINCT envelope::jsonb #> '{data,cause,eventId}' FROM ${answers}) AS answered`),
    ).toBe(all);
    expect(await count('messaging.dead_letter')).toBe(0);
    process.stdout.write(
      `killed with -9 at ${told} of ${BEFORE} events told again: the next start finished, ${all} events once each, ${all} answers\n`,
    );
  });
});
