import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, passed, servedOn, toList } from '../../specs/desk.js';
import { copyCases, median } from '../../specs/many-cases.js';
import { peopleOf } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';

/*
 * How long a decision takes, alone and while very many clocks run down at once. CI holds that nothing is lost
 * or done twice; the figures are taken on a quiet machine with
 * `CHENGXIN_CLOCKS=100000 npm test -- --no-stories apps/listing/src/commands/under-load`, where decisions come from
 * the first moment of the sweep to its last, and only those that began before its end count.
 */
const CLOCKS = Number(process.env['CHENGXIN_CLOCKS'] ?? 2_000);
const FULL = 100_000;
const DECISIONS = CLOCKS >= FULL ? 200 : 30;
const DECISION_P50_MS = 15;
const SWEEP_SECONDS = 60;
/** Between two decisions: with it two hundred last as long as the sweep. */
const PAUSE_MS = CLOCKS >= FULL ? 250 : 0;
let aloneP50 = 0;

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const people = peopleOf('hlj.human-resources');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2023-03-03');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

async function noticed(): Promise<CaseDesk> {
  running.moveTo('2023-03-03');
  const { subject, record } = await desk.knownPenalty();
  const walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.mass-incident',
  });
  await walk.does(people.handler, 'notice', noticeOn('2023-03-03'));
  return walk;
}

/** Cases that wait for nothing but their decision. */
async function approved(count: number): Promise<CaseDesk[]> {
  const walks: CaseDesk[] = [];
  for (let n = 0; n < count; n += 1) walks.push(await noticed());
  running.moveTo('2023-03-11');
  for (const walk of walks) {
    await walk.does(people.reviewer, 'review', toList);
    await walk.does(people.approver, 'approval', { text: '同意' });
  }
  return walks;
}

/** Milliseconds of each decision that began while `going`, from the request to the answer behind its commit. */
async function decide(
  walks: readonly CaseDesk[],
  from: number,
  { pauseMs = 0, going = (): boolean => true } = {},
): Promise<number[]> {
  const times: number[] = [];
  for (const [nth, walk] of walks.entries()) {
    const ifMatch = `"${String((await walk.read())['version'])}"`;
    if (!going()) break;
    const began = performance.now();
    const { status } = await walk.try(people.handler, 'decision', decisionNo(`（虚构）列决${from + nth}`), {
      ifMatch,
    });
    times.push(performance.now() - began);
    expect(status).toBe(200);
    await sleep(pauseMs);
  }
  return times;
}

/** Copies of a case with its live clock of that kind, all due at the same moment. */
async function withClocks(of: string, kind: string, count: number, from: number): Promise<void> {
  const ids = await copyCases(running.db, { of, count, from });
  const { rowCount } = await running.db.query(
    `INSERT INTO deadlines.deadline (kind, ref, due_at, data)
     SELECT d.kind, copy.id, d.due_at, d.data
     FROM deadlines.deadline d, unnest($1::text[]) AS copy (id) WHERE d.ref = $2 AND d.kind = $3 AND d.outcome IS NULL`,
    [ids, of, kind],
  );
  expect(rowCount).toBe(count);
}

const figures = (times: readonly number[]): string => {
  const p99 = [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1]!;
  return `p50 ${median(times).toFixed(1)}, p99 ${p99.toFixed(1)} ms over ${times.length}`;
};

const open = async (): Promise<Record<string, number>> => {
  const { rows } = await running.db.query<{ kind: string; n: number }>(
    `SELECT kind, count(*) AS n FROM deadlines.deadline WHERE outcome IS NULL AND due_at <= $1 GROUP BY 1`,
    [new Date('2026-12-31T00:00:00Z')],
  );
  return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
};
const facts = async (fact: string): Promise<number> => {
  const { rows } = await running.db.query<{ n: number }>(
    'SELECT count(*) AS n FROM case_history WHERE fact = $1',
    [fact],
  );
  return rows[0]!.n;
};

describe('a decision', () => {
  it('is answered with everything committed', async () => {
    const times = await decide(await approved(DECISIONS), 0);
    aloneP50 = median(times);
    process.stdout.write(`a decision alone: ${figures(times)}\n`);
    if (CLOCKS >= FULL) expect(aloneP50).toBeLessThanOrEqual(DECISION_P50_MS);
  }, 300_000);
});

describe('very many clocks that run down at once', () => {
  it('are each brought about once, and decisions go on meanwhile', async () => {
    const walks = await approved(DECISIONS);
    const [ended] = await approved(1);
    await ended!.does(people.handler, 'decision', decisionNo('（虚构）列决末'));
    await ended!.does(people.handler, 'service', servedOn('2023-03-11'));
    running.moveTo('2023-03-12');
    await running.sweep();
    await ended!.does(people.secrecy, 'publication', passed);
    const silent = await noticed();
    const before = { silent: await facts('fell-silent'), expired: await facts('ended') };
    const half = CLOCKS / 2;
    await withClocks(silent.id, 'listing.defence', half, 0);
    await withClocks(ended!.id, 'listing.expiry', half, half);

    running.moveTo('2026-03-12'); // the day after the term's end: what follows from an end is not due yet
    const began = performance.now();
    let sweeping = true;
    const meanwhile = decide(walks, 1_000, { pauseMs: PAUSE_MS, going: () => sweeping });
    const { done } = await running.sweep().finally(() => (sweeping = false));
    const seconds = (performance.now() - began) / 1_000;
    const times = await meanwhile;
    const p50 = median(times);
    await running.sweep(); // what gave way to a decision
    process.stdout.write(
      `${done} clocks due at once: ${seconds.toFixed(1)} s; a decision meanwhile: ${figures(times)}, ${(p50 / aloneP50).toFixed(2)} times that alone\n`,
    );
    expect(times.length).toBeGreaterThan(0);
    expect(await facts('fell-silent')).toBe(before.silent + half + 1);
    expect(await facts('ended')).toBe(before.expired + half + 1);
    expect(await open()).not.toHaveProperty('listing.expiry');
    if (CLOCKS >= FULL) {
      expect(seconds).toBeLessThanOrEqual(SWEEP_SECONDS);
      expect(p50).toBeLessThanOrEqual(DECISION_P50_MS);
    }
  }, 900_000);
});
