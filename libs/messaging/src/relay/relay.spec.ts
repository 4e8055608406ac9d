import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, stopwatch } from '#testing';
import { Proxy } from '../../specs/proxy.js';
import { type Message, openStage, type Stage, told } from '../../specs/stage.js';
import { publish, publishAll } from '../outbox/publish.js';
import { SHARDS } from '../outbox/shard.js';
import { Claims } from './claims.js';
import { RelaySession } from './relay-session.js';

/** Each subject's sequences 1…n in this order; repetitions of what came before are allowed. */
function gapless(messages: Message[]): Map<string, number> {
  const last = new Map<string, number>();
  for (const { key, sequence } of messages) {
    const before = last.get(key) ?? 0;
    if (sequence > before + 1) throw new Error(`${key}: ${sequence} came after ${before}`);
    last.set(key, Math.max(before, sequence));
  }
  return last;
}

const distinct = (messages: Message[]) => new Set(messages.map(({ id }) => id)).size;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(['measures']);
});
afterAll(() => stage.strike());

const written = async () =>
  (await stage.database.db.query<{ n: number }>('SELECT count(*) AS n FROM messaging.outbox')).rows[0]!.n;

describe('the relay', () => {
  it('loses nothing and keeps order while eight write, some roll back and one holds its transaction open', async () => {
    const { db } = stage.database;
    const relay = stage.relay('alone');
    relay.start();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const holder = db.transaction(async (tx) => {
      await publishAll(tx, [told('held'), told('held'), told('held-too')]);
      await held;
      await publish(tx, told('held'));
    });
    const writer = async (number: number): Promise<void> => {
      for (let n = 0; n < 150; n += 1) {
        await db
          .transaction(async (tx) => {
            await publish(tx, told(`subject-${(number * 7 + n) % 40}`, n % 100));
            if (n % 3 === 0) await publish(tx, told(`subject-${(number + n) % 40}`, n % 100));
            if (n % 10 === 9) throw new Error('rolled back');
          })
          .catch((error: Error & { code?: string }) => {
            if (error.message !== 'rolled back' && error.code !== '40P01') throw error;
          });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => writer(number)));
    release();
    await holder;
    const expected = await written();
    expect(expected).toBeGreaterThan(1_000);

    const messages = await stage.journal('measures', (so) => distinct(so) >= expected);
    expect(messages).toHaveLength(expected);
    gapless(messages);
    // Everything passed, every gap closed: the position says so by itself.
    await eventually(async () => {
      const { rows } = await db.query<{ gaps: string }>(
        `SELECT gaps::text AS gaps FROM messaging.relay WHERE gaps <> '{}'`,
      );
      expect(rows).toEqual([]);
    });
    await relay.stop();
  });

  it('shares the shards with a second relay, which takes over within 5 s when the first is cut off', async () => {
    const { db } = stage.database;
    const before = await written();
    const [first, second] = [stage.relay('first'), stage.relay('second')];
    first.start();
    await eventually(() => expect(first.owned).toHaveLength(SHARDS));
    second.start();
    await eventually(() => expect([first.owned.length, second.owned.length]).toEqual([2, 2]));

    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, number) => {
      for (let n = 0; writing; n += 1) {
        await db.transaction((tx) => publish(tx, told(`shared-${(number + n) % 16}`)));
        await sleep(2);
      }
    });
    try {
      await eventually(async () => expect(await written()).toBeGreaterThan(before + 100));
      // Its session ends under it, and it is not allowed to come back: as if the process had been killed.
      const sinceCut = stopwatch();
      await db.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'first'`,
      );
      const stopped = first.stop();
      await eventually(() => expect(second.owned).toHaveLength(SHARDS));
      expect(sinceCut()).toBeLessThan(5_000);
      await stopped;
      const after = await written();
      await eventually(async () => expect(await written()).toBeGreaterThan(after + 50));
    } finally {
      writing = false;
      await Promise.all(writers);
    }
    const expected = await written();
    gapless(await stage.journal('measures', (so) => distinct(so) >= expected));
    await second.stop();
  });
});

describe('on a line to Kafka that breaks, the relay', () => {
  it('loses nothing: connections are cut, fall silent, and nobody gets through for a while', async () => {
    const { db } = stage.database;
    const line = await Proxy.open('kafka', stage.brokers[0]!);
    let discarded = 0;
    const relay = stage.relay('broken', {
      sendLimitMs: 1_000,
      onProducerDiscarded: () => (discarded += 1),
      brokers: {
        brokers: stage.brokers,
        clientId: 'broken',
        logger: stage.logger,
        connect: ({ onConnect }) => net.connect(line.port, '127.0.0.1', onConnect),
      },
    });
    relay.start();
    await eventually(() => expect(relay.owned).toHaveLength(SHARDS));

    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, number) => {
      for (let n = 0; writing; n += 1) {
        await db.transaction((tx) => publish(tx, told(`broken-${(number + n) % 16}`)));
        await sleep(3);
      }
    });
    try {
      for (let n = 0; n < 8; n += 1) {
        await sleep(60 + n * 7);
        line.cut();
      }
      const before = discarded;
      await eventually(() => {
        line.silence(); // whatever connection there is by now: at first there may be none
        expect(discarded).toBeGreaterThan(before);
      });
      line.block();
      await sleep(700);
      line.restore();
      await sleep(300);
      line.cut();
    } finally {
      writing = false;
      await Promise.all(writers);
    }

    const expected = await written();
    const messages = await stage.journal('measures', (so) => distinct(so) >= expected);
    gapless(messages);
    process.stdout.write(
      `${expected} events over a breaking line: 0 lost, ${messages.length - expected} doubled, ${discarded} producers discarded\n`,
    );
    await relay.stop();
    await line.close();
  });
});

describe('claims', () => {
  it('end the session of an owner that has fallen silent, and fence what it still tries to write', async () => {
    const [frozen, challenger] = await Promise.all([
      RelaySession.open(stage.database.url, 'frozen'),
      RelaySession.open(stage.database.url, 'challenger'),
    ]);
    const frozenClaims = new Claims(frozen, 'frozen');
    const challengerClaims = new Claims(challenger, 'challenger');
    await frozenClaims.join();
    const { claimed } = await frozenClaims.balance();
    expect(claimed).toHaveLength(SHARDS);

    await challengerClaims.join();
    const sinceSilent = stopwatch();
    await eventually(async () => {
      await challengerClaims.balance();
      expect(challengerClaims.owned.size).toBe(SHARDS);
    });
    expect(sinceSilent()).toBeLessThan(5_000);
    await frozen.ended;
    await expect(frozen.query('SELECT 1')).rejects.toThrow();
    // Even through a connection that still works, the epoch of an earlier claim moves nothing.
    const stale = await stage.database.db.query(
      'UPDATE messaging.relay SET last_id = 0 WHERE shard = $1 AND epoch = $2',
      [claimed[0]!.shard, claimed[0]!.epoch],
    );
    expect(stale.rowCount).toBe(0);
    await challenger.close();
  });
});
