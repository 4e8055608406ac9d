import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { FIND_STANDINGS } from './standings.js';

/*
 * What the statement behind every check costs, at the size of the bench and more: 250 listed subjects with eight actions
 * each among 5,000 that are asked for, 5,000 incentives, 5,000 broken commitments of others.
 */

let database: TestDatabase;
let running: RunningMeasures;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  'Actual Rows': number;
  Plans?: Plan[];
}

const code = (nth: number): string => `91230100${String(nth).padStart(10, '0')}`;
/** Every twentieth is listed. */
const LISTED = code(40);
const CLEAN = code(41);

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
  const { db } = running;
  await db.query(
    `INSERT INTO discipline_case (case_id, subject_id, standing, subject_code, list_type, serious, department, in_force_on,
                                  rules_on, term_ends_on, case_ref, subject_ref)
     SELECT gen_random_uuid(), gen_random_uuid(), 'live', '91230100' || lpad((nth * 20)::text, 10, '0'), 'SAMR', true,
            'hlj.market-regulation', '2024-11-14', '2024-11-14', '2027-11-14', '{"no": "（虚构）", "listName": "（虚构）"}', '{}'
     FROM generate_series(0, 249) AS nth`,
  );
  await db.query(
    `INSERT INTO discipline_action (id, case_id, subject_id, subject_code, city, list_type, rule, executor, measure, class, mode, fields,
                                    begins_on, until, version, status, due_on, overdue, ordered_on, content, state)
     SELECT gen_random_uuid(), case_id, subject_id, subject_code, '230100', list_type, 'samr.rule-' || nth, 'hlj.finance', '2024/1', 'A', 'required',
            '{permit}', '2024-11-14', '2027-11-14', 1, 'ordered', '2024-11-28', false, '2024-11-14',
            '{"title": "（虚构）", "basis": [{"instrument": "黑龙江省社会信用条例"}]}', '{"status": "ordered"}'
     FROM discipline_case, generate_series(1, 8) AS nth`,
  );
  await db.query(
    `INSERT INTO commitment
     SELECT gen_random_uuid(), gen_random_uuid(), '91230199' || lpad(nth::text, 10, '0'), '（虚构）', true, false, 1, 1
     FROM generate_series(1, 5000) AS nth`,
  );
  await db.query('INSERT INTO commitment_bar SELECT subject_code, record_id, document_no FROM commitment');
  await db.query(
    `INSERT INTO incentive_ground (subject_id, subject_ref) SELECT gen_random_uuid(), '{}' FROM generate_series(1, 5000)`,
  );
  await db.query(
    `INSERT INTO incentive_entry (id, subject_id, subject_code, incentive, content, granted_on)
     SELECT gen_random_uuid(), subject_id, '91230198' || lpad((row_number() OVER ())::text, 10, '0'), 'incentive/green-channel',
            '{"title": "绿色通道"}', '2024-11-14' FROM incentive_ground`,
  );
  await db.query(
    `INSERT INTO person_of_entity
     SELECT gen_random_uuid(), subject_id, gen_random_uuid(), 'legal-representative', '2020-01-01', NULL
     FROM discipline_case, generate_series(1, 20)`,
  );
  await db.query('ANALYZE');
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const arrayOf = (codes: readonly string[]): string =>
  `ARRAY[${codes.map((each) => `'${each}'`).join(', ')}]::text[]`;

/** The plan that is kept for any subjects, run for these. */
async function planFor(codes: readonly string[]): Promise<Plan> {
  return running.db.transaction(async (tx) => {
    await tx.query('SET LOCAL plan_cache_mode = force_generic_plan');
    await tx.query(`PREPARE standings AS ${FIND_STANDINGS}`);
    const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE standings(${arrayOf(codes)}, '{}', ${arrayOf(codes)})`;
    // The first run also reads what the plan's own catalogue look-ups need.
    await tx.query(explain);
    const { rows } = await tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(explain);
    await tx.query('DEALLOCATE standings');
    return rows[0]!['QUERY PLAN'][0].Plan;
  });
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const buffersOf = (plan: Plan): number => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];

describe('the statement behind a check', () => {
  it('reads each of its tables through one index, and none as a whole', async () => {
    const nodes = nodesOf(await planFor([LISTED]));
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    const indexes = nodes.flatMap((node) => node['Index Name'] ?? []);
    expect(indexes).toEqual(
      expect.arrayContaining([
        'discipline_action_binding',
        'discipline_case_live_code',
        'commitment_bar_pkey',
        'incentive_entry_standing',
        'person_of_entity_person',
      ]),
    );
  });

  it('reads at most 10 buffers for a subject of whom nothing is known, and 20 for one with eight actions', async () => {
    const [clean, listed] = [await planFor([CLEAN]), await planFor([LISTED])];
    expect([clean['Actual Rows'], listed['Actual Rows']]).toEqual([0, 9]);
    expect(buffersOf(clean)).toBeLessThanOrEqual(10);
    expect(buffersOf(listed)).toBeLessThanOrEqual(20);
  });

  it('reads at most 3 buffers a subject when sixty are asked for together', async () => {
    const plan = await planFor(Array.from({ length: 60 }, (_, nth) => code(nth)));
    expect(plan['Actual Rows']).toBe(27);
    expect(buffersOf(plan) / 60).toBeLessThanOrEqual(3);
  });

  it('is planned five times and never again, however few subjects are asked for', async () => {
    await running.db.transaction(async (tx) => {
      await tx.query(`PREPARE standings AS ${FIND_STANDINGS}`);
      for (let nth = 0; nth < 12; nth++)
        await tx.query(`EXECUTE standings(${arrayOf([code(nth)])}, '{}', ${arrayOf([code(nth)])})`);
      const { rows } = await tx.query(
        `SELECT generic_plans AS kept, custom_plans AS anew FROM pg_prepared_statements WHERE name = 'standings'`,
      );
      await tx.query('DEALLOCATE standings');
      expect(rows).toEqual([{ kept: 7, anew: 5 }]);
    });
  });
});
