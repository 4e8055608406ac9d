import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Queryable } from '#platform';
import { eventually } from '#testing';
import { PRODUCE, Proxy } from '../../specs/proxy.js';
import { openStage, type Stage, told } from '../../specs/stage.js';
import { publishAll } from '../outbox/publish.js';
import { shardOf } from '../outbox/shard.js';
import { Claims } from './claims.js';
import { BATCH_EVENTS, OutboxReader } from './outbox-reader.js';
import { RelaySession } from './relay-session.js';
import { ShardRelay } from './shard-relay.js';
import { SharedProducer } from './shared-producer.js';

const SUBJECT = 'backlog';
let stage: Stage;
let line: Proxy;

beforeAll(async () => {
  stage = await openStage(['measures'], 1);
  line = await Proxy.open('kafka', stage.brokers[0]!);
});
afterAll(async () => {
  await stage.strike();
  await line.close();
});

describe('the relay of a shard', () => {
  it('behind a backlog reads the next batch while one is on its way, and no further', async () => {
    const { db } = stage.database;
    const events = 2 * BATCH_EVENTS + 500;
    await db.transaction((tx) =>
      publishAll(
        tx,
        Array.from({ length: events }, () => told(SUBJECT)),
      ),
    );
    const session = await RelaySession.open(stage.database.url, 'ahead');
    const claims = new Claims(session, 'ahead');
    await claims.join();
    const { claimed } = await claims.balance();
    const claim = claimed.find(({ shard }) => shard === shardOf('measures', SUBJECT))!;
    /** ids behind which was looked */
    const looks: unknown[] = [];
    const looking: Queryable = {
      query(sql: string, params: readonly unknown[] = []) {
        if (sql.includes('octet_length')) looks.push(params[0]);
        return session.query(sql, params);
      },
    };
    const brokers = {
      brokers: stage.brokers,
      clientId: 'ahead',
      logger: stage.logger,
      connect: ({ onConnect }: { onConnect: () => void }) => net.connect(line.port, '127.0.0.1', onConnect),
    };
    const producer = new SharedProducer(brokers, stage.prefix, () => undefined);
    let published = 0;
    const relay = new ShardRelay({
      session,
      claim,
      reader: new OutboxReader(looking),
      producer,
      logger: stage.logger,
      onPublished: (count) => (published += count),
    });
    line.onRequest = ({ api }) => (api === PRODUCE ? 'hold' : 'pass');
    const running = relay.run();
    const [first] = (
      await db.query<{ id: number }>('SELECT min(id) AS id FROM messaging.outbox WHERE key = $1', [SUBJECT])
    ).rows;
    const behindOne = first!.id + BATCH_EVENTS - 1;
    await eventually(() => expect(looks).toEqual([0, behindOne]));
    expect(published).toBe(0);

    line.onRequest = undefined;
    await line.release();
    await eventually(() => expect(published).toBe(events));
    expect(looks.slice(0, 3)).toEqual([0, behindOne, behindOne + BATCH_EVENTS]);
    relay.stop();
    await running;
    const messages = await stage.journal('measures', (so) => so.length >= events);
    expect(messages.map(({ sequence }) => sequence)).toEqual(Array.from({ length: events }, (_, n) => n + 1));
    await producer.close();
    await session.close();
  });
});
