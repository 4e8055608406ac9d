import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contractOf, envelopeSchema, faultsOf, gradeComputed, measureProgressReported } from '#contracts';
import { runInContext, type Tx } from '#platform';
import { type TestDatabase, testDatabase } from '#testing';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { onRing } from './doorbell.js';
import { publish, publishAll } from './publish.js';
import { shardOf, SHARDS } from './shard.js';

const TRACE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const told = (subject: string, percent = 10) => ({
  contract: measureProgressReported,
  subject,
  data: { ...measureProgressReported.sample, percent },
});

let database: TestDatabase;
const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction(work);
const rows = async (subject: string) =>
  (
    await database.db.query<{ id: number; shard: number; sequence: number; envelope: string }>(
      'SELECT id, shard, sequence, envelope FROM messaging.outbox WHERE key = $1 ORDER BY id',
      [subject],
    )
  ).rows;

beforeAll(async () => {
  database = await testDatabase('messaging');
});
afterAll(() => database.drop());

describe('publish', () => {
  it('writes a CloudEvent that fits its schema, with actor and trace of the context', async () => {
    const actor = {
      kind: 'person' as const,
      id: 'u-1',
      name: '王',
      department: 'hlj.market-regulation',
      roles: [],
    };
    const published = await runInContext({ traceparent: TRACE, actor }, () =>
      transaction((tx) => publish(tx, { ...told('envelope'), time: new Date('2024-12-02T01:00:00Z') })),
    );
    const [row] = await rows('envelope');
    const event = JSON.parse(row!.envelope) as Record<string, unknown>;
    const ajv = new Ajv();
    formats.default(ajv);
    expect(ajv.validate(envelopeSchema(contractOf(String(event['type']))!), event)).toBe(true);
    expect(event).toMatchObject({
      id: published.id,
      sequence: '0000000001',
      subject: 'envelope',
      time: '2024-12-02T01:00:00.000Z',
      traceparent: TRACE,
      actor: 'person:u-1@hlj.market-regulation',
    });
    expect(row!.shard).toBe(shardOf('measures', 'envelope'));
  });

  it('gives each subject of each topic its own sequence, in the order given', async () => {
    const published = await transaction((tx) =>
      publishAll(tx, [
        told('b', 1),
        told('a', 2),
        told('b', 3),
        { contract: gradeComputed, subject: 'b', data: gradeComputed.sample },
      ]),
    );
    expect(published.map(({ sequence }) => sequence)).toEqual([1, 1, 2, 1]);
    await transaction((tx) => publish(tx, told('b', 4)));
    const events = (await rows('b')).map(
      ({ envelope }) => JSON.parse(envelope) as { type: string; sequence: string; data: { percent: number } },
    );
    const progress = events.filter(({ type }) => type === measureProgressReported.type);
    expect(progress.map(({ sequence, data }) => [sequence, data.percent])).toEqual([
      ['0000000001', 1],
      ['0000000002', 3],
      ['0000000003', 4],
    ]);
  });

  it('leaves no gap in the sequence when a transaction is rolled back', async () => {
    await transaction((tx) => publish(tx, told('gapless')));
    await expect(
      transaction(async (tx) => {
        await publish(tx, told('gapless'));
        throw new Error('decided otherwise');
      }),
    ).rejects.toThrow('decided otherwise');
    expect((await transaction((tx) => publish(tx, told('gapless')))).sequence).toBe(2);
    const ids = (await rows('gapless')).map(({ id }) => id);
    expect(ids).toHaveLength(2);
  });

  it('rings for the shards of a committed transaction, and for no other', async () => {
    const rung: number[] = [];
    const quiet = onRing((shards) => rung.push(...shards));
    await transaction((tx) => publish(tx, told('bell')));
    await transaction(async (tx) => {
      await publish(tx, told('silent'));
      throw new Error('no');
    }).catch(() => undefined);
    quiet();
    expect(rung).toEqual([shardOf('measures', 'bell')]);
  });

  it('refuses data that does not fit, and events over 512 KiB', async () => {
    const unfit = { ...told('unfit'), data: { ...measureProgressReported.sample, percent: 101 } };
    expect(faultsOf(measureProgressReported, unfit.data)).not.toEqual([]);
    await expect(transaction((tx) => publish(tx, unfit))).rejects.toThrow(
      /progress-reported\.v1: \/percent must be <= 100/,
    );
    const reasons = Array.from({ length: 20_000 }, () => ({
      code: 'penalty',
      text: '严重行政处罚',
      points: -1,
    }));
    const large = { contract: gradeComputed, subject: 'large', data: { ...gradeComputed.sample, reasons } };
    await expect(transaction((tx) => publish(tx, large))).rejects.toMatchObject({
      code: 'messaging.event-too-large',
    });
    expect(await rows('unfit')).toEqual([]);
  });

  it('takes thousands at once', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => told(`many-${n % 500}`, n % 100));
    const published = await transaction((tx) => publishAll(tx, many));
    expect(published.filter(({ sequence }) => sequence === 10)).toHaveLength(500);
    const { rows: perShard } = await database.db.query(
      `SELECT count(*) FROM messaging.outbox WHERE key LIKE 'many-%' GROUP BY shard`,
    );
    expect(perShard).toHaveLength(SHARDS);
  });

  it('does not deadlock with others that publish for the same subjects in another order', async () => {
    const subjects = Array.from({ length: 20 }, (_, n) => `crossed-${n}`);
    const rounds = Array.from({ length: 40 }, (_, n) => (n % 2 ? subjects : [...subjects].reverse()));
    await Promise.all(
      rounds.map((order) =>
        transaction((tx) =>
          publishAll(
            tx,
            order.map((s) => told(s)),
          ),
        ),
      ),
    );
    const events = await rows('crossed-7');
    expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  });

  it('draws ids in the order of the sequence, however one and several are written at once', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        transaction<unknown>((tx) =>
          n % 3 ? publish(tx, told('busy')) : publishAll(tx, [told('busy'), told('busy-too'), told('busy')]),
        ),
      ),
    );
    const events = await rows('busy');
    expect(events.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 133 + 2 * 67 }, (_, n) => n + 1),
    );
    expect(
      events.map(({ envelope }) => Number((JSON.parse(envelope) as { sequence: string }).sequence)),
    ).toEqual(events.map(({ sequence }) => sequence));
  });
});
