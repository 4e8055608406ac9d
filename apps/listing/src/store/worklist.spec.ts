import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PageRequest } from '#platform';
import { AtScale } from '../../specs/at-scale.js';
import { cursorOf, type WorkFilter, type WorkItem, Worklist, worklistStatement } from './worklist.js';

/*
 * A worklist is read along several indexes, and a name in two ways. Whichever is taken, a page must hold what a plain
 * reading of the whole table would.
 */

let scale: AtScale;
beforeAll(async () => {
  scale = await AtScale.start(3_000, 'mixed');
});
afterAll(() => scale.close());

const read = async (filter: WorkFilter, page: PageRequest): Promise<WorkItem[]> => {
  const { sql, values } = worklistStatement(filter, page);
  return (await scale.running.db.query<WorkItem>(sql, values)).rows;
};

const BY_STATED_DAY = ['COURT', 'WAGE', 'TAX'];

/** Ids of a filter's cases in their order, each condition as it reads in the filter's own description. */
async function plainly(filter: WorkFilter) {
  const { stage, listType, dueBy, overdue, waitsForClock, region, search, departments } = filter;
  const above = region?.replace(/(?:0000|00)$/, '') ?? '';
  const { rows } = await scale.running.db.query<{ id: string }>(
    `SELECT c.id FROM listing_case c JOIN subject s ON s.id = c.subject_id
     WHERE c.status NOT IN ('closed', 'withdrawn', 'reminded')
       AND ($1::text IS NULL OR c.status = $1) AND ($2::text IS NULL OR c.list_type = $2)
       AND ($3::date IS NULL OR c.due_on <= $3) AND ($4::boolean IS NULL OR cardinality(c.overdue) > 0)
       AND left(c.region, length($5)) = $5 AND ($6::text IS NULL OR s.name LIKE '%' || $6 || '%')
       AND ($7::text[] IS NULL OR c.department = ANY ($7))
       AND ($8::boolean IS NULL OR c.decided_on IS NULL AND c.status <> 'ended' AND c.list_type = ANY ($9)
         AND jsonb_typeof(c.state -> 'decisionDue') = 'null')
     ORDER BY coalesce(c.due_on, 'infinity'), c.id`,
    [stage, listType, dueBy, overdue, above, search, departments, waitsForClock, BY_STATED_DAY],
  );
  return rows.map(({ id }) => id);
}

const some = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values);
const filters = fc.record({
  stage: some('in-force', 'noticed', 'ended') as fc.Arbitrary<WorkFilter['stage']>,
  listType: some('SAMR', 'COURT', 'CHARITY'),
  dueBy: some('2025-03-31', '2027-12-31'),
  overdue: some(true),
  waitsForClock: some(true),
  listsByStatedDay: fc.constant(BY_STATED_DAY),
  region: some('230000', '230100', '230102'),
  search: some('有限公司', '鑫源', '松江鑫', '黑水', '赟骉', '商贸食品', '龘龘'),
  departments: some(
    ['hlj.market-regulation', 'hlj.city.230100.market-regulation', 'hlj.city.230200.market-regulation'],
    ['hlj.court'],
    ['hlj.nobody'],
  ),
});

describe('a worklist', () => {
  it('holds what a plain reading of the table finds, in its order, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 40 }), async (filter, limit) => {
        const expected = await plainly(filter);
        const first = await read(filter, { limit });
        expect(first.map(({ id }) => id)).toEqual(expected.slice(0, limit + 1));
        if (first.length <= limit) return;
        const after = cursorOf(first[limit - 1]!);
        const second = await read(filter, { limit, after });
        expect(second.map(({ id }) => id)).toEqual(expected.slice(limit, 2 * limit + 1));
      }),
      { numRuns: 600, endOnFailure: true },
    );
  });

  it('finds a party by its new name once it is renamed, and not by the old one', async () => {
    const [named] = (await read({ search: '商贸' }, { limit: 1 })) as [WorkItem];
    await scale.running.db.query(
      `UPDATE subject SET name = '龘靐更名有限公司（虚构）' WHERE id = (SELECT subject_id FROM listing_case WHERE id = $1)`,
      [named.id],
    );
    const ids = async (search: string): Promise<string[]> => {
      const page = await new Worklist().page(scale.running.db, { search }, { limit: 500 });
      return page.map(({ id }) => id);
    };
    expect(await ids('龘靐')).toContain(named.id);
    // A name that many have now, so that it is met along the runs.
    await scale.running.db.query(`UPDATE subject SET name = '龘靐更名有限公司（虚构）' WHERE code LIKE '%7'`);
    expect(await ids('龘靐更名')).toContain(named.id);
    expect((await ids('更名有限公司')).length).toBeGreaterThan(50);
    expect(await ids(named.subjectName.slice(0, 4))).not.toContain(named.id);
  });
});
