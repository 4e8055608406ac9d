import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '#platform';
import { stopwatch, type TestDatabase, testDatabase } from '#testing';
import { v7 as uuidv7 } from 'uuid';
import { told } from '../../specs/stage.js';
import { publishAll } from '../outbox/publish.js';
import { PARTITION_IDS, shardOf } from '../outbox/shard.js';
import { TOPIC_RETENTION_MS } from '../retention.js';
import { Partitions, uuidAt } from './partitions.js';

let database: TestDatabase;
let partitions: Partitions;
const SUBJECT = 'partitioned';
const shard = shardOf('measures', SUBJECT);

const query = async <R extends object>(sql: string): Promise<R[]> => (await database.db.query<R>(sql)).rows;
const tables = async (parent: string): Promise<string[]> =>
  (
    await query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'messaging.${parent}'::regclass ORDER BY 1`,
    )
  ).map(({ name }) => name.replace('messaging.', ''));
const tell = (events: number): Promise<unknown> =>
  database.db.transaction((tx) =>
    publishAll(
      tx,
      Array.from({ length: events }, () => told(SUBJECT)),
    ),
  );
/** As if so many ids had been drawn. */
const jumpTo = (id: number): Promise<unknown> =>
  query(`SELECT setval('messaging.outbox_id_${shard}', ${id})`);
const published = (id: number, gaps = '{}'): Promise<unknown> =>
  query(`UPDATE messaging.relay SET last_id = ${id}, gaps = '${gaps}' WHERE shard = ${shard}`);
const age = (): Promise<unknown> =>
  query(`UPDATE messaging.outbox SET written_at = written_at - interval '3 days'`);
const now = new Date('2026-03-04T00:00:00Z');
const keep = async (at: Date): Promise<void> => {
  await partitions.prepare(at);
  await partitions.clear(at);
};

beforeAll(async () => {
  database = await testDatabase('messaging');
  partitions = new Partitions(database.db, createLogger('spec', 'silent'));
});
afterAll(() => database.drop());

describe('partitions of the outbox', () => {
  it('are created ahead of the ids', async () => {
    await jumpTo(3 * PARTITION_IDS - 2);
    await keep(now);
    expect(await tables(`outbox_${shard}`)).toContain(`outbox_${shard}_p6`);
    await tell(4);
    expect(
      await query(`SELECT DISTINCT tableoid::regclass::text AS name FROM messaging.outbox ORDER BY 1`),
    ).toEqual([{ name: `messaging.outbox_${shard}_p2` }, { name: `messaging.outbox_${shard}_p3` }]);
  });

  it('are dropped when all of them is published and old, not before', async () => {
    await published(3 * PARTITION_IDS + 1);
    await keep(now);
    expect(await tables(`outbox_${shard}`)).toContain(`outbox_${shard}_p2`);
    await age();
    await published(3 * PARTITION_IDS + 1, `{[${3 * PARTITION_IDS - 1},${3 * PARTITION_IDS})}`);
    await keep(now);
    expect(await tables(`outbox_${shard}`)).toContain(`outbox_${shard}_p2`);
    await published(3 * PARTITION_IDS + 1);
    await keep(now);
    const left = await tables(`outbox_${shard}`);
    expect(left).not.toContain(`outbox_${shard}_p2`);
    expect(left).toContain(`outbox_${shard}_p3`);
  });

  it('that came too late cost nothing but tidiness: the last one takes their rows', async () => {
    await jumpTo(20 * PARTITION_IDS);
    await tell(2);
    await keep(now);
    const created = await tables(`outbox_${shard}`);
    expect(created).not.toContain(`outbox_${shard}_p20`);
    expect(created).toContain(`outbox_${shard}_p21`);
    await published(20 * PARTITION_IDS + 2);
    await age();
    await keep(now);
    await keep(now);
    expect(await query(`SELECT * FROM messaging.outbox_${shard}_rest`)).toEqual([]);
    // As a whole: rows that are deleted would lie there still.
    expect(await query(`SELECT pg_relation_size('messaging.outbox_${shard}_rest') AS bytes`)).toEqual([
      { bytes: 0 },
    ]);
    expect(await tables(`outbox_${shard}`)).toContain(`outbox_${shard}_p20`);
  });

  it('wait for an open transaction no longer than they may', async () => {
    await jumpTo(22 * PARTITION_IDS);
    await published(21 * PARTITION_IDS);
    const droppable = `outbox_${shard}_p20`;
    await database.db.transaction(async (tx) => {
      await publishAll(tx, [told(SUBJECT)]);
      const waited = stopwatch();
      await keep(now);
      expect(waited()).toBeLessThan(1_500);
    });
    expect(await tables(`outbox_${shard}`)).toContain(droppable);
    await keep(now);
    expect(await tables(`outbox_${shard}`)).not.toContain(droppable);
  });

  it('that came too late leave rows; what comes to them while they are emptied is not lost', async () => {
    const first = 40 * PARTITION_IDS;
    const rest = `messaging.outbox_${shard}_rest`;
    await jumpTo(first);
    await tell(1);
    await published(first + 1);
    await age();
    await database.db.transaction(async (tx) => {
      await publishAll(tx, [told(SUBJECT)]);
      await keep(now);
    });
    expect(await query(`SELECT id FROM ${rest} ORDER BY id`)).toEqual([{ id: first + 1 }, { id: first + 2 }]);
    await keep(now);
    expect(await query(`SELECT id FROM ${rest} ORDER BY id`)).toHaveLength(2);
    await published(first + 2);
    await age();
    await keep(now);
    expect(await query(`SELECT id FROM ${rest}`)).toEqual([]);
  });
});

describe('partitions of the inbox', () => {
  it('take the receipts of all that topics still hold: a new consumer begins there', async () => {
    await keep(now);
    const oldest = now.getTime() - TOPIC_RETENTION_MS;
    const id = uuidv7({ msecs: oldest });
    await query(`INSERT INTO messaging.inbox (consumer, event_id) VALUES ('spec', '${id}')`);
    expect(
      await query(`SELECT tableoid::regclass::text AS name FROM messaging.inbox WHERE event_id = '${id}'`),
    ).toEqual([{ name: `messaging.inbox_w${Math.floor(oldest / (7 * 86_400_000))}` }]);
    await query(`DELETE FROM messaging.inbox WHERE event_id = '${id}'`);
  });

  it('follow the time in the ids, and are dropped after ninety days', async () => {
    const week = (date: string): string => `inbox_w${Math.floor(Date.parse(date) / (7 * 86_400_000))}`;
    await keep(now);
    expect(await tables('inbox')).toContain(week('2026-03-04'));
    const id = uuidv7({ msecs: Date.parse('2026-03-04T08:00:00Z') });
    await query(`INSERT INTO messaging.inbox (consumer, event_id) VALUES ('spec', '${id}')`);
    expect(await query(`SELECT tableoid::regclass::text AS name FROM messaging.inbox`)).toEqual([
      { name: `messaging.${week('2026-03-04')}` },
    ]);
    await keep(new Date('2026-05-20T00:00:00Z'));
    expect(await tables('inbox')).toContain(week('2026-03-04'));
    await keep(new Date('2026-06-20T00:00:00Z'));
    expect(await tables('inbox')).not.toContain(week('2026-03-04'));
  });

  it('know the first id of an instant', () =>
    expect(uuidAt(0x0192f0c46c00)).toBe('0192f0c4-6c00-0000-0000-000000000000'));
});
