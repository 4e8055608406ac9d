import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '#testing';
import { CAUSES } from '../inbox/classify.js';
import { RELEASING } from '../inbox/release.js';
import { BACKLOG, readBacklog } from './backlog.js';
import { COUNTED, OPEN_BY_CAUSE, readSetAside, WAITING } from './set-aside.js';

const MANY = 100_000;
let database: TestDatabase;

/** A node of EXPLAIN (ANALYZE, FORMAT JSON). */
interface PlanNode {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** Rows that the leaves of the plan really touched. */
async function rowsTouched(sql: string, params: unknown[]): Promise<number> {
  const { rows } = await database.db.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
    params,
  );
  const touched = (node: PlanNode): number =>
    node.Plans
      ? node.Plans.reduce((sum, child) => sum + touched(child), 0)
      : (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return touched(rows[0]!['QUERY PLAN'][0]!.Plan);
}

beforeAll(async () => {
  database = await testDatabase('messaging');
  // A bad day: half the subjects stopped by letters of one cause, an event parked behind each, the relay standing.
  await database.db.query(
    `INSERT INTO messaging.dead_letter (id, consumer, topic, key, cause, error_class, error, origin_topic, origin_partition,
       origin_offset, attempts, first_failed_at, last_failed_at)
     SELECT gen_random_uuid(), 'spec', 'records', 'subject-' || n, 'failed', 'TypeError', 'x', 't', 0, n, 4, now(), now()
     FROM generate_series(1, ${MANY}) n`,
  );
  await database.db.query(
    `INSERT INTO messaging.dead_letter (id, consumer, topic, key, cause, error_class, error, origin_topic, origin_partition,
       origin_offset, attempts, first_failed_at, last_failed_at)
     SELECT gen_random_uuid(), 'spec', 'records', 'refused-' || n, 'refused', 'Refusal', 'x', 't', 0, -n, 1, now(), now()
     FROM generate_series(1, 7) n`,
  );
  await database.db.query(
    `INSERT INTO messaging.position (consumer, topic, key, last_sequence, blocked_by)
     SELECT consumer, topic, key, 1, id FROM messaging.dead_letter`,
  );
  await database.db.query(
    `INSERT INTO messaging.parked (consumer, topic, key, sequence, event_id, origin_partition, origin_offset, payload)
     SELECT 'spec', 'records', 'subject-' || n, 3, gen_random_uuid(), 0, n, 'x' FROM generate_series(1, ${MANY}) n`,
  );
  await database.db.query(
    `INSERT INTO messaging.outbox (shard, id, topic, key, sequence, envelope)
     SELECT 0, n, 'records', 'subject', n, 'x' FROM generate_series(1, ${MANY}) n`,
  );
  await database.db.query(`SELECT setval('messaging.outbox_id_0', ${MANY})`);
  await database.db.query('ANALYZE');
});
afterAll(() => database.drop());

describe(`a look at ${MANY} letters, as many parked events and as many unpublished ones`, () => {
  it('tells what is there, and that there is more than it counted', async () => {
    expect(await readSetAside(database.db, 'spec')).toMatchObject({
      openByCause: { failed: COUNTED, refused: 7 },
      parkedEvents: COUNTED,
      blockedSubjects: COUNTED,
      countedUpTo: COUNTED,
    });
    const [shard] = await readBacklog(database.db);
    expect(shard).toMatchObject({ shard: 0, waiting: MANY, held: false });
  });

  it('reads a few thousand rows of them, however many there are', async () => {
    const read = {
      causes: await rowsTouched(OPEN_BY_CAUSE, ['spec', CAUSES, COUNTED]),
      waiting: await rowsTouched(WAITING, ['spec', COUNTED]),
      outbox: await rowsTouched(BACKLOG, [COUNTED, 4]),
      // Not of a scrape, but of every round of every consumer.
      releasing: await rowsTouched(RELEASING, ['spec']),
    };
    // Each kind is read up to the limit, and the parked once more for the subjects.
    expect(read.causes).toBeLessThanOrEqual(COUNTED + 7 + CAUSES.length);
    expect(read.waiting).toBeLessThanOrEqual(3 * COUNTED + 1);
    expect(read.outbox).toBeLessThanOrEqual(COUNTED + 10);
    expect(read.releasing).toBe(0);
  });
});
