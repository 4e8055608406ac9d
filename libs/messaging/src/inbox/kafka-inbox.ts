import { setTimeout as sleep } from 'node:timers/promises';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Consumer, ConsumerCrashEvent, EachBatchPayload } from 'kafkajs';
import type { Contract, ContractRegistry, Topic } from '#contracts';
import type { Database, Logger } from '#platform';
import { type Brokers, kafkaClient, Sockets } from '../kafka/client.js';
import { topicName } from '../kafka/topics.js';
import { RedriveWorker } from '../redrive/worker.js';
import { Desk } from './desk.js';
import { type Generation, groupOf, readGeneration, Superseded } from './generation.js';
import { GroupCommit } from './group-commit.js';
import { Handlers } from './handlers.js';
import { KAFKA_INBOX } from './hears.js';
import { OffsetCommits } from './offset-commits.js';
import { OneByOne } from './one-by-one.js';
import { type BatchParts, settleBatch } from './partition-batch.js';
import { Interrupted, Patience } from './persevere.js';
import { Progress } from './progress.js';
import { Redrive } from './redrive.js';
import { Release } from './release.js';
import type { Tally } from './tally.js';
import { Together } from './together.js';

/** Partitions of one fetch that are settled side by side: all of them, they share transactions. */
const PARTITIONS_AT_ONCE = 64;
const RESUME_MS = 10_000;
/** How soon a replica notices that its consumer reads anew. */
const GENERATION_MS = 1_000;
const LONGEST_PAUSE_MS = 5_000;

export interface InboxOptions {
  /** name of the consumer in its tables, and of its group: `<prefix>.<service>` */
  service: string;
  consumes: readonly Topic[];
  prefix: string;
  brokers: Brokers;
  database: Database;
  tally: Tally;
  prepareTopics: () => Promise<void>;
  /** KafkaJS has given up for good; the process should end and be started anew */
  onFatal: (error: Error) => void;
  /** what this release knows; another release's in specs of releases that run mixed */
  contracts?: ContractRegistry;
  /** names of the read models that its handlers feed */
  models?: readonly string[];
  /** what it must hear, no more and no less */
  hears?: readonly Contract[];
  /** how long a fetch waits for events when there are none */
  maxWaitMs?: number;
  /** how often what waits is looked at again */
  resumeMs?: number;
  /** pauses between attempts at a failing event */
  retryPausesMs?: readonly number[];
}

/**
 * The consumer as a transport of @nestjs/microservices. (Nest's own Kafka server repeats one bad message for
 * ever and blocks its partition, and commits offsets that no transaction stands behind.)
 *
 * It joins its group in the background: a service must take commands while Kafka is away, its events wait in
 * the outbox. Its readiness says that it is not consuming yet.
 */
export class KafkaInbox extends Server implements CustomTransportStrategy {
  override readonly transportId = KAFKA_INBOX as never;
  /** Or Nest would log what a handler throws and tell us that all went well. */
  override readonly propagatesEventHandlerErrors = true;
  readonly progress = new Progress();

  readonly #log: Logger;
  readonly #stop = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #consumer: Consumer | undefined;
  /** the consumer, once it is a member of its group: before that KafkaJS can pause nothing */
  #member: Consumer | undefined;
  #commits: OffsetCommits | undefined;
  #running: Promise<void> | undefined;
  #redrive: Redrive | undefined;
  #away = false;
  #number = 1;
  #handlers: Handlers | undefined;

  constructor(private readonly options: InboxOptions) {
    super();
    this.#log = options.brokers.logger;
  }

  get group(): string {
    return groupOf(this.options.prefix, this.options.service, this.#number);
  }

  get #topics(): string[] {
    return this.options.consumes.map((topic) => topicName(this.options.prefix, topic));
  }

  /** The topics from which a read model is fed; none before `listen`. */
  topicsOf(model: string): Topic[] {
    return this.#handlers?.topicsOf(model) ?? [];
  }

  /** @throws Error before `listen` */
  get handlers(): Handlers {
    if (!this.#handlers) throw new Error('the consumer has not been started');
    return this.#handlers;
  }

  /** @throws Error before `listen`: the handlers are not known yet */
  get redrive(): Redrive {
    if (!this.#redrive) throw new Error('the consumer has not been started');
    return this.#redrive;
  }

  /** Answers at once: an error when handlers and topics do not fit, else success; joins behind. */
  listen(callback: (error?: unknown) => void): void {
    try {
      const { consumes, contracts, models, hears } = this.options;
      const handlers = new Handlers(this.messageHandlers, consumes, contracts, models, hears);
      this.#handlers = handlers;
      this.#running = this.#run(handlers);
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.progress.left('stopping');
    // No new batch begins; those at work stop after the chunk they are in. Offsets are committed while we are
    // still a member, then the group is left, so that others take over at once.
    await Promise.allSettled(this.#working);
    await this.#commits?.stop();
    await this.#consumer?.disconnect();
    await this.#running;
    this.#log.debug({ group: this.group }, 'consumer has left');
  }

  on(): never {
    throw new Error('the inbox has no events of its own');
  }

  unwrap<T>(): T {
    return this.#consumer as T;
  }

  async #run(handlers: Handlers): Promise<void> {
    const { signal } = this.#stop;
    const { database, tally, service, retryPausesMs } = this.options;
    const away = (error: Error): void => {
      this.progress.hindered('waits for its database');
      this.#log.warn({ error: error.message }, 'the database is away, the consumer waits');
      this.#pause();
    };
    const back = (): void => {
      this.progress.unhindered();
      this.#log.info('the database answers again, the consumer goes on');
      this.#resume();
    };
    const patience = new Patience(database, signal, { away, back }, retryPausesMs);
    const generation: Generation = { number: 0, filling: false, rebuilds: new Map() };
    const desk = new Desk({
      consumer: service,
      database,
      handlers,
      patience,
      tally,
      logger: this.#log,
      generation,
    });
    const release = new Release(desk);
    const redrive = new Redrive(desk, release);
    this.#redrive = redrive;
    if (this.options.consumes.length === 0) {
      this.progress.unneeded();
      return;
    }
    // Beside the group: letters can be redriven while Kafka is away.
    const redriving = new RedriveWorker(desk, redrive).run(signal);
    while (!signal.aborted) {
      const current = await this.#generation();
      if (!current) continue;
      desk.parts.generation = current;
      await this.#read(current, {
        takeUpAgain: () => this.#takeUpAgain(redrive, release),
        handlers,
        groupCommit: new GroupCommit(new Together(desk), new OneByOne(desk, release)),
      });
    }
    await redriving;
  }

  /** Reads the topics under one generation, until another begins or the consumer stops. */
  async #read(
    { number }: Generation,
    { takeUpAgain, ...parts }: Omit<BatchParts, 'onSettled' | 'goOn'> & { takeUpAgain: () => Promise<void> },
  ): Promise<void> {
    const { signal } = this.#stop;
    this.#number = number;
    let over = false;
    const goOn = (): boolean => !over && !signal.aborted;
    await this.#join((payload) => this.#batch(payload, { ...parts, goOn }));
    for (let next = 0; goOn();) {
      if (performance.now() >= next) {
        await takeUpAgain();
        next = performance.now() + (this.options.resumeMs ?? RESUME_MS);
      }
      await sleep(GENERATION_MS, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) over = await this.#isOver(number);
    }
    if (!over) return; // close() leaves the group
    this.progress.left('reads its topics anew');
    // What is at work believes in this generation: it must have ended before the next is announced to the desk.
    await Promise.allSettled(this.#working);
    this.#member = undefined;
    await this.#commits?.stop();
    await this.#consumer?.disconnect();
  }

  /** Undefined while there is nothing to begin with: the database is away, or a snapshot is being read in. */
  async #generation(): Promise<Generation | undefined> {
    try {
      const generation = await readGeneration(this.options.database, this.options.service);
      if (!generation.filling) return generation;
      this.progress.left('a snapshot is being read in');
    } catch (error) {
      this.progress.left(`does not know where to begin: ${(error as Error).message}`);
      this.#log.warn({ error: (error as Error).message }, 'generation not read, to be tried again');
    }
    await sleep(GENERATION_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    return undefined;
  }

  async #isOver(number: number): Promise<boolean> {
    try {
      const { rows } = await this.options.database.query(
        'SELECT FROM messaging.consumer WHERE consumer = $1 AND generation = $2',
        [this.options.service, number],
      );
      return rows.length === 0;
    } catch (error) {
      this.#log.debug({ error: (error as Error).message }, 'generation not read');
      return false; // whoever settles something meanwhile is checked in its own statement
    }
  }

  async #takeUpAgain(redrive: Redrive, release: Release): Promise<void> {
    try {
      await release.resume();
      await redrive.takeUpNowKnown();
    } catch (error) {
      if (!this.#stop.signal.aborted)
        this.#log.warn({ err: error }, 'parked events not released, to be tried again');
    }
  }

  /** Tries until it has joined; after that KafkaJS rejoins by itself, or crashes. */
  async #join(eachBatch: (payload: EachBatchPayload) => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    for (let pause = 250; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.options.prepareTopics();
        const consumer = this.#newConsumer();
        this.#consumer = consumer;
        await consumer.connect();
        signal.throwIfAborted();
        await consumer.subscribe({ topics: this.#topics, fromBeginning: true });
        signal.throwIfAborted();
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
          eachBatch,
        });
        return;
      } catch (error) {
        this.progress.left(`cannot join: ${(error as Error).message}`);
        this.#log.warn({ error: (error as Error).message, pause }, 'consumer cannot join yet');
        this.#member = undefined;
        await this.#commits?.stop();
        await this.#consumer?.disconnect().catch(() => undefined); // it never worked
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #newConsumer(): Consumer {
    const sockets = new Sockets(this.options.brokers.connect);
    const consumer = kafkaClient(this.options.brokers, sockets).consumer({
      groupId: this.group,
      allowAutoTopicCreation: false,
      // Latency does not depend on it with minBytes 1, idle cost does: seven groups cost 31 % of a core at
      // 10 ms, 5.6 % at 500, 2.9 % at 5,000.
      maxWaitTimeInMs: this.options.maxWaitMs ?? 1_000,
      minBytes: 1,
      // After a kill -9 the partitions wait this long for the dead member before another takes them.
      sessionTimeout: 10_000,
      // A member that lost its connection while it joined comes back under another name, and the group waits this
      // long for the old one (KafkaJS says 60 s; a broker away for 6 s once cost 33).
      rebalanceTimeout: 15_000,
      // A member learns from the answer to a heartbeat that the group is changing: each rollout waits for it.
      heartbeatInterval: 1_000,
      maxBytesPerPartition: 512 * 1024,
      retry: {
        initialRetryTime: 200,
        maxRetryTime: 3_000,
        retries: 8,
        restartOnFailure: () => Promise.resolve(!this.#stop.signal.aborted),
      },
    });
    const commits = new OffsetCommits(consumer, this.#log);
    this.#commits = commits;
    commits.start();
    const { GROUP_JOIN, FETCH, HEARTBEAT, REBALANCING, REQUEST_TIMEOUT, CRASH } = consumer.events;
    consumer.on(GROUP_JOIN, ({ payload }) => {
      commits.forget();
      this.#member = consumer;
      this.progress.joined();
      if (this.#away) this.#pause(); // what was assigned meanwhile
      this.#log.info({ group: payload.groupId, partitions: payload.memberAssignment }, 'consumer has joined');
    });
    consumer.on(FETCH, () => this.progress.heard());
    consumer.on(HEARTBEAT, () => this.progress.heard());
    consumer.on(REBALANCING, () => this.progress.left('rebalancing'));
    consumer.on(CRASH, (event) => this.#crashed(event));
    // KafkaJS stays on a connection that is open and silent and repeats its requests there (45 s later nothing
    // had moved); on a new one the first of them is answered.
    consumer.on(REQUEST_TIMEOUT, ({ payload }) => sockets.cut(`no answer to ${payload.apiName}`));
    return consumer;
  }

  /** Partitions that are not fetched while the database is away. */
  get paused(): { topic: string; partitions: number[] }[] {
    return this.#away ? (this.#member?.paused() ?? []) : [];
  }

  /** What is at work waits where it is, with heartbeats; nothing more is fetched. */
  #pause(): void {
    this.#away = true;
    this.#member?.pause(this.#topics.map((topic) => ({ topic })));
  }

  #resume(): void {
    this.#away = false;
    this.#member?.resume(this.#topics.map((topic) => ({ topic })));
  }

  #crashed({ payload: { error, restart } }: ConsumerCrashEvent): void {
    this.progress.left(`crashed: ${error.message}`);
    if (restart || this.#stop.signal.aborted) return;
    // KafkaJS will not try again. A process without its consumer would look alive and do half its work.
    this.#log.fatal({ err: error }, 'the consumer has crashed for good');
    this.options.onFatal(error);
  }

  async #batch(payload: EachBatchPayload, parts: Omit<BatchParts, 'onSettled'>): Promise<void> {
    if (!parts.goOn()) {
      // Until the group is left KafkaJS would fetch the same again and again.
      payload.pause();
      return;
    }
    const { topic: name, partition } = payload.batch;
    const topic = name.slice(this.options.prefix.length + 1) as Topic;
    this.progress.began(payload);
    const work = settleBatch(payload, topic, {
      ...parts,
      onSettled: (offset) => {
        this.#commits?.settled(name, partition, offset);
        this.progress.settled(payload);
      },
    });
    const tracked = work
      .catch((error: unknown) => this.#unsettled(error, name, partition))
      .finally(() => this.progress.ended(payload));
    this.#working.add(tracked);
    try {
      await tracked;
    } finally {
      this.#working.delete(tracked);
    }
  }

  /** What is not settled comes again. Only KafkaJS's own errors go back to it: any other would crash it. */
  async #unsettled(error: unknown, topic: string, partition: number): Promise<void> {
    if (error instanceof Superseded)
      await sleep(GENERATION_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    if (error instanceof Interrupted) return;
    if (error instanceof Error && error.name.startsWith('KafkaJS')) throw error;
    this.progress.hindered(`cannot settle a batch: ${(error as Error).message}`);
    this.#log.error({ err: error, topic, partition }, 'batch left unsettled, it will come again');
    await sleep(1_000, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
