import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk } from '../../specs/desk.js';
import { copyCases, median, spreadOut } from '../../specs/many-cases.js';
import { peopleOf } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import { searchStatement } from './register.js';
import { worklistStatement } from './worklist.js';

/*
 * Worklist and public search over many cases: the plans are held here at a size that CI affords, the times are
 * taken at a million with `CHENGXIN_CASES=1000000 npm test -- --no-stories apps/listing/src/store/at-scale`.
 */
const CASES = Number(process.env['CHENGXIN_CASES'] ?? 20_000);
const MILLION = 1_000_000;
const P50_MS = 20;

let database: TestDatabase;
let running: RunningListing;

const DEPARTMENTS = [
  'hlj.market-regulation',
  'hlj.city.230100.market-regulation',
  'hlj.city.230200.market-regulation',
  'hlj.human-resources',
  'hlj.tax',
  'hlj.court',
  'hlj.civil-affairs',
  'hlj.emergency',
];

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  const desk = new Desk(running, issueToken);
  const { subject, record } = await desk.knownPenalty();
  const walk = await desk.open(peopleOf('hlj.human-resources').handler, {
    listType: 'WAGE',
    conductKind: 'wage.amount-of-crime',
    subjectId: subject.id,
    recordIds: [record.id],
  });
  for (let from = 0; from < CASES; from += 100_000)
    await copyCases(running.db, { of: walk.id, from, count: Math.min(100_000, CASES - from) });
  await spreadOut(running.db, DEPARTMENTS);
}, 1_200_000);
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

interface Question {
  sql: string;
  values: unknown[];
}
const page = { limit: 50 };

const worklists: Record<string, () => Question> = {
  'of one unit': () => worklistStatement({ departments: ['hlj.human-resources'] }, page),
  'of a unit and those below it': () => worklistStatement({ departments: DEPARTMENTS.slice(0, 3) }, page),
  'of one stage': () => worklistStatement({ departments: ['hlj.human-resources'], stage: 'noticed' }, page),
  'of everywhere': () => worklistStatement({}, page),
  'further on': () =>
    worklistStatement(
      { departments: DEPARTMENTS.slice(0, 3) },
      { ...page, after: ['2026-06-01', '00000000-0000-4000-8000-000000000000'] },
    ),
  'by a code': () => worklistStatement({ search: '912300000000000777', finished: true }, page),
  'by a rare name': () => worklistStatement({ search: '示例777号', finished: true }, page),
};
const today = '2026-11-23';
const searches: Record<string, () => Question> = {
  'by code': () => searchStatement({ code: '912300000000000777', today }, page),
  'by a rare name': () => searchStatement({ name: '示例777号', today }, page),
  'by a part of one name in a hundred': () => searchStatement({ name: '牡丹食品', today }, page),
  'by a part of every name': () => searchStatement({ name: '有限公司', today }, page),
  'newest of a list': () => searchStatement({ listType: 'WAGE', today }, page),
};

/** A small table is read whole whatever its indexes are; there the plan is asked for as if that were dear. */
function planOf({ sql, values }: Question): Promise<string> {
  return running.db.transaction(async (tx) => {
    if (CASES < MILLION) await tx.query('SET LOCAL enable_seqscan = off');
    const { rows } = await tx.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
}

async function millisecondsOf(question: Question): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 31; run++) {
    const began = performance.now();
    await running.db.query(question.sql, question.values);
    times.push(performance.now() - began);
  }
  return median(times);
}

describe.each([
  ['a worklist', worklists],
  ['the public register', searches],
])('%s', (_name, questions) => {
  it.each(Object.entries(questions))('%s reads an index, never the whole table', async (_which, question) => {
    const plan = await planOf(question());
    expect(plan).not.toMatch(/Seq Scan on (listing_case|subject|register_entry)/);
    expect(plan).toMatch(/Index|Bitmap/);
  });

  it.each(Object.entries(questions))('%s answers in time', async (which, question) => {
    const p50 = await millisecondsOf(question());
    process.stdout.write(`${CASES} cases, ${which}: p50 ${p50.toFixed(1)} ms\n`);
    // At the size of CI the machine says more about its load than about the plan.
    if (CASES >= MILLION) expect(p50).toBeLessThanOrEqual(P50_MS);
  });
});
