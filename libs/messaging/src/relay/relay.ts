import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Logger } from '#platform';
import { type Brokers } from '../kafka/client.js';
import { onRing } from '../outbox/doorbell.js';
import { SHARDS } from '../outbox/shard.js';
import { type Claim, Claims } from './claims.js';
import { OutboxReader } from './outbox-reader.js';
import { Partitions } from './partitions.js';
import { RelaySession } from './relay-session.js';
import { ShardRelay } from './shard-relay.js';
import { SharedProducer } from './shared-producer.js';

/** Behind the doorbell: events that another replica wrote, or whose ring was lost with its process. */
const POLL_MS = 100;
/** How soon a shard without owner is taken over. */
const BALANCE_MS = 1_000;
/** Half of what the partitions that are kept ready last for at the highest rate. */
const PREPARE_MS = 5_000;
const CLEAR_MS = 60_000;
const LONGEST_PAUSE_MS = 5_000;
/** With Kafka away a batch would be sent for ever: after this it is left to the next owner. */
const HAND_OVER_MS = 5_000;

export interface RelayOptions {
  /** names this relay in the claims, and its session in pg_stat_activity */
  name: string;
  databaseUrl: string;
  database: Database;
  brokers: Brokers;
  prefix: string;
  /** creates missing topics; tried again until it succeeds */
  prepareTopics: () => Promise<void>;
  onPublished: (events: number) => void;
  onProducerDiscarded: () => void;
  /** how long one send may take with all its retries before its producer is thrown away */
  sendLimitMs?: number;
}

/*
 * Which way, and why. An outbox table can be read in these correct orders (figures of the trial of ways, before this
 * was written: Kafka 4.3, PostgreSQL 18, 2 cores; bare idempotent producer = 1. What this relay reaches beside one is
 * measured by `npm run bench -- relay` and stands in bench/README.md):
 *
 *   one owner per shard, by id, published rows deleted      0.83; dead rows: 115k → 23k events/s under a
 *                                                           snapshot held by someone else
 *   one owner per shard, id cursor and gap list             0.79–0.94; partitions are dropped, no dead rows
 *   logical decoding in commit order                        correct; needs a replication slot, which holds
 *                                                           back the whole cluster's WAL when its reader is
 *                                                           away, and rights that managed databases refuse
 *
 * and in these that lose or invert: `id > last` (20–40 % lost), id cursor below the snapshot's xmin (1,084 of
 * 19,500 lost), (tx, id) cursor (two events of a key inverted), several SKIP LOCKED relays (34 of 9,240
 * inverted). A horizon also stalls every event behind the longest writing transaction; the gap list does
 * not, it waits for single ids while the rest goes on: of two producers at 40 transactions a second 819 events
 * went out in the 5 s for which a transaction was held open (`npm run faults`). Hence the second.
 */

/** What the shards of one relay share. */
interface Ways {
  session: RelaySession;
  claims: Claims;
  reader: OutboxReader;
  producer: SharedProducer;
}

/**
 * One service's relay: claims shards of the outbox and carries their events to Kafka. Every replica runs
 * one; they share the shards. It needs nothing but its session: when that ends it starts anew.
 */
export class Relay {
  readonly #shards = new Map<number, { relay: ShardRelay; ended: Promise<void> }>();
  readonly #stop = new AbortController();
  readonly #logger: Logger;
  #running: Promise<void> | undefined;
  #interrupted: string | undefined = 'has no session yet';
  #clearAt = 0;

  constructor(private readonly options: RelayOptions) {
    this.#logger = options.brokers.logger;
  }

  /** Shards that this relay carries at the moment. */
  get owned(): number[] {
    return [...this.#shards.keys()].sort((a, b) => a - b);
  }

  /** @throws Error saying why no shard can be carried; a member without a shard is ready, too: its turn may come */
  check(): void {
    if (this.#interrupted !== undefined) throw new Error(this.#interrupted);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Finishes the batches under way if Kafka takes them, writes the positions, frees the shards. */
  async stop(): Promise<void> {
    this.#stop.abort();
    const limit = setTimeout(() => {
      for (const { relay } of this.#shards.values())
        relay.abandon(new Error('Kafka did not take the last batch in time'));
    }, HAND_OVER_MS);
    await this.#running;
    clearTimeout(limit);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    for (let pause = 250; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.options.prepareTopics();
        const session = await RelaySession.open(this.options.databaseUrl, this.options.name);
        const began = Date.now();
        try {
          await this.#work(session);
        } finally {
          await session.close().catch(() => undefined); // it may be the reason
        }
        if (Date.now() - began > 10_000) pause = 125;
      } catch (error) {
        this.#interrupted = (error as Error).message;
        if (!signal.aborted) this.#logger.warn({ error: this.#interrupted, pause }, 'relay interrupted');
      }
      if (!signal.aborted) await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Works until stopped (resolves) or until the session ends (rejects). */
  async #work(session: RelaySession): Promise<void> {
    const claims = new Claims(session, this.options.name);
    const ways = { session, claims, reader: new OutboxReader(session), producer: this.#newProducer() };
    const partitions = new Partitions(this.options.database, this.#logger);
    const quiet = onRing((shards) => {
      for (const shard of shards) this.#shards.get(shard)?.relay.ring();
    });
    const lost = session.ended.then((error) => {
      // In this very turn: whatever is being sent is cut off before another owner can have claimed.
      for (const { relay } of this.#shards.values()) relay.abandon(error);
      ways.producer.discard();
      throw error;
    });
    lost.catch(() => undefined);
    try {
      await claims.join();
      this.#interrupted = undefined;
      await Promise.race([
        lost,
        this.#every(BALANCE_MS, () => this.#balance(ways)),
        this.#every(POLL_MS, () => this.#poll(session)),
        this.#every(PREPARE_MS, () => this.#keep(partitions)),
      ]);
    } finally {
      quiet();
      for (const { relay } of this.#shards.values()) {
        if (this.#stop.signal.aborted) relay.stop();
        else relay.abandon(new Error('the relay was interrupted'));
      }
      await Promise.all([...this.#shards.values()].map(({ ended }) => ended));
      if (this.#stop.signal.aborted) await ways.producer.close();
      else ways.producer.discard();
    }
  }

  #newProducer(): SharedProducer {
    const { brokers, prefix, onProducerDiscarded, sendLimitMs } = this.options;
    const discarded = (error: Error): void => {
      onProducerDiscarded();
      this.#logger.warn({ error: error.message }, 'producer discarded, the same batch goes out again');
    };
    return new SharedProducer(brokers, prefix, discarded, sendLimitMs);
  }

  async #every(ms: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await work();
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  }

  async #balance(ways: Ways): Promise<void> {
    const { claimed, surplus } = await ways.claims.balance();
    if (this.#stop.signal.aborted) return;
    for (const claim of claimed) this.#carry(ways, claim);
    for (const shard of surplus) this.#shards.get(shard)?.relay.stop();
  }

  /** Starts a shard; its claim is given up when it has ended, for whatever reason. */
  #carry({ session, claims, reader, producer }: Ways, claim: Claim): void {
    const { onPublished } = this.options;
    const { shard } = claim;
    const relay = new ShardRelay({ session, claim, reader, producer, logger: this.#logger, onPublished });
    const ended = relay
      .run()
      .catch((error: unknown) =>
        this.#logger.warn({ shard, error: (error as Error).message }, 'shard given up'),
      )
      .then(() => claims.release(shard))
      // The session is gone, and the lock with it.
      .catch((error: unknown) =>
        this.#logger.debug({ shard, error: (error as Error).message }, 'shard not released'),
      )
      .finally(() => this.#shards.delete(shard));
    this.#shards.set(shard, { relay, ended });
    this.#logger.info(
      { shard, epoch: claim.epoch, after: claim.place.lastId, gaps: claim.place.gaps },
      'shard claimed',
    );
  }

  /** One cheap look at the sequences tells which shards have drawn ids that were not seen. */
  async #poll(session: RelaySession): Promise<void> {
    const owned = this.owned;
    if (owned.length === 0) return;
    const { rows } = await session.query<{ shard: number; last_value: number }>(LAST_DRAWN);
    for (const { shard, last_value: lastDrawn } of rows) {
      const relay = this.#shards.get(shard)?.relay;
      if (relay?.behind(lastDrawn)) relay.ring();
    }
  }

  async #keep(partitions: Partitions): Promise<void> {
    const now = new Date();
    try {
      await partitions.prepare(now);
      if (now.getTime() < this.#clearAt) return;
      await partitions.clear(now);
      this.#clearAt = now.getTime() + CLEAR_MS;
    } catch (error) {
      this.#logger.warn({ error: (error as Error).message }, 'partition upkeep failed');
    }
  }
}

const LAST_DRAWN = Array.from(
  { length: SHARDS },
  (_, shard) =>
    `SELECT ${shard} AS shard, CASE WHEN is_called THEN last_value ELSE 0 END AS last_value FROM messaging.outbox_id_${shard}`,
).join(' UNION ALL ');
