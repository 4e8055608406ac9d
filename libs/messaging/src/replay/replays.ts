import { setTimeout as sleep } from 'node:timers/promises';
import type { TopicPartitionOffset } from 'kafkajs';
import type { Topic } from '#contracts';
import { type Actor, actorLine, type Database, newId, type Tx } from '#platform';
import { groupOf, readGeneration } from '../inbox/generation.js';
import type { KafkaInbox } from '../inbox/kafka-inbox.js';
import type { Brokers } from '../kafka/client.js';
import { topicName } from '../kafka/topics.js';
import { offsetsSince, type PartitionState, partitionsOf, setOffsets, withAdmin } from './offsets.js';
import type { ReadModel } from './read-model.js';
import { replayRefusals } from './replay-refusals.js';

/**
 * again    reads topics once more: what was settled is dropped, what is missing is handled. For a database
 *          that was restored from an older backup than its group's offsets
 * rebuild  empties read models and fills them again from the start of their topics
 */
export type ReplayRequest =
  | { mode: 'again'; topics: readonly Topic[]; since: Date | null; reason: string }
  | { mode: 'rebuild'; models: readonly string[]; reason: string };

export interface Replay {
  id: string;
  generation: number;
  mode: 'again' | 'rebuild' | 'fill';
  topics: string[];
  models: string[];
  since: Date | null;
  reason: string;
  /** subjects read in from snapshots */
  filled: number;
  /**
   * of these, subjects that the snapshot knew further than this consumer had come: what their last events lead to is
   * in the model, what their handlers would have told is not told. 0 where the consumer had caught up
   */
  overtaken: number;
  /** by topic, of each snapshot that was read to its end: the same stands where it was given out */
  snapshots: Record<string, { subjects: number; sha256: string }>;
  /** what stopped a fill; the service consumes again after the next fill, or a rebuild of the same models */
  fault: string | null;
  startedBy: string;
  startedAt: Date;
  endedAt: Date | null;
  /** messages behind the ends of the partitions as they were at the start; absent when the broker did not answer */
  left?: number;
}

/** Ends of partitions, `<topic>/<partition>`, up to which a replay must come. */
type Goal = Record<string, number>;

export interface ReplayParts {
  service: string;
  consumes: readonly Topic[];
  models: readonly ReadModel[];
  prefix: string;
  brokers: Brokers;
  database: Database;
  inbox: KafkaInbox;
}

/** What was committed when a snapshot was made lies in the topic by then, as long as the relays get on. */
const PUBLISHED_MS = 500;
/** A consumer that is further behind is overtaken. */
const CATCH_UP_MS = 10_000;

const SELECT = `
  SELECT id, generation, mode, topics, models, since, reason, filled, overtaken, snapshots, fault, goal, started_by AS "startedBy",
         started_at AS "startedAt", ended_at AS "endedAt"
  FROM messaging.replay WHERE consumer = $1`;

/*
 * How a consumer is made to read anew, and why in this way. Moving the offsets of a living group needs all its
 * members to stop and a member that wakes up late to be fenced; a group of its own needs neither: its offsets
 * are set before anyone knows it, and one commit (generation raised, tables emptied) is the step from one to
 * the other. A process that dies anywhere finds either the old or the new generation when it starts.
 *
 * Positions and receipts are kept. They say for each subject what had been settled before, so that during a
 * rebuild an event is either of the past (told to the emptied read models once more, and to nobody else) or new
 * (handled as ever), whatever the moment at which it was written. Deleting them would have every handler act
 * and publish a second time.
 */
export class Replays {
  constructor(private readonly parts: ReplayParts) {}

  /**
   * @throws Refusal `messaging.replay-running`, `messaging.nothing-to-replay`, `messaging.topic-begins-later`
   */
  async start(request: ReplayRequest, actor: Actor): Promise<Replay> {
    const { service, consumes, brokers, prefix, database } = this.parts;
    const running = (await this.list()).find(({ endedAt }) => endedAt === null);
    if (running && !replaces(request, running))
      replayRefusals.refuse('messaging.replay-running', { generation: running.generation });
    const models = request.mode === 'rebuild' ? request.models.map((name) => this.#model(name)) : [];
    const topics =
      request.mode === 'rebuild'
        ? [...new Set(request.models.flatMap((name) => this.parts.inbox.topicsOf(name)))]
        : request.topics;
    for (const topic of topics) {
      if (!consumes.includes(topic)) replayRefusals.refuse('messaging.nothing-to-replay', { name: topic });
    }
    const { number } = await readGeneration(database, service);
    const goal: Goal = {};
    const places: TopicPartitionOffset[] = [];
    await withAdmin(brokers, async (admin) => {
      for (const topic of consumes) {
        const name = topicName(prefix, topic);
        const states = await partitionsOf(admin, groupOf(prefix, service, number), name);
        if (topics.includes(topic)) {
          if (request.mode === 'rebuild' && states.some(({ low }) => low > 0))
            replayRefusals.refuse('messaging.topic-begins-later', { topic });
          for (const { partition, high } of states) goal[`${topic}/${partition}`] = high;
        }
        const since = request.mode === 'again' && topics.includes(topic) ? request.since : null;
        places.push(
          ...beginnings(name, states, {
            again: topics.includes(topic),
            since: since && (await offsetsSince(admin, name, since)),
          }),
        );
      }
    });
    await setOffsets(brokers, groupOf(prefix, service, number + 1), places);
    return this.#begin(
      number,
      { ...request, topics, models, since: request.mode === 'again' ? request.since : null, goal },
      actor,
    );
  }

  /**
   * Empties a model that is to be filled from a snapshot; nobody consumes until {@link endFill}. A fill that broke
   * off does not hinder the next.
   *
   * @throws Refusal `messaging.replay-running`, `messaging.nothing-to-replay`
   */
  async beginFill(name: string, reason: string, actor: Actor): Promise<Replay> {
    const { service, consumes, brokers, prefix, database } = this.parts;
    const running = (await this.list()).find(({ endedAt, mode }) => endedAt === null && mode !== 'fill');
    if (running) replayRefusals.refuse('messaging.replay-running', { generation: running.generation });
    const model = this.#model(name);
    const topics = this.topicsOf(name);
    const { number } = await readGeneration(database, service);
    const places: TopicPartitionOffset[] = [];
    await withAdmin(brokers, async (admin) => {
      for (const topic of consumes) {
        const name = topicName(prefix, topic);
        const states = await partitionsOf(admin, groupOf(prefix, service, number), name);
        places.push(...beginnings(name, states, { again: topics.includes(topic), since: null }));
      }
    });
    await setOffsets(brokers, groupOf(prefix, service, number + 1), places);
    return this.#begin(
      number,
      { mode: 'fill', topics, models: [model], since: null, reason, goal: {} },
      actor,
    );
  }

  /** The snapshot is in: the topics are read from where they begin, up to where they end now. */
  async endFill(generation: number): Promise<void> {
    const { service, brokers, prefix, database } = this.parts;
    const replay = (await this.list()).find((each) => each.generation === generation)!;
    const goal: Goal = {};
    await withAdmin(brokers, async (admin) => {
      for (const topic of replay.topics) {
        const group = groupOf(prefix, service, generation);
        for (const { partition, high } of await partitionsOf(admin, group, topicName(prefix, topic)))
          goal[`${topic}/${partition}`] = high;
      }
    });
    await database.transaction(async (tx) => {
      const { rowCount } = await tx.query(
        'UPDATE messaging.consumer SET filling = false WHERE consumer = $1 AND generation = $2',
        [service, generation],
      );
      if (rowCount === 0) replayRefusals.refuse('messaging.replay-running', { generation: generation + 1 });
      await tx.query('UPDATE messaging.replay SET goal = $2 WHERE id = $1', [
        replay.id,
        JSON.stringify(goal),
      ]);
    });
  }

  /**
   * Waits until the consumer has read all that lies in some topics now, a while at most: what it has handled itself a
   * snapshot of a moment ago does not overtake.
   */
  async catchUp(topics: readonly Topic[]): Promise<void> {
    const { service, brokers, prefix, database } = this.parts;
    const { number, filling } = await readGeneration(database, service);
    if (filling) return; // nobody reads
    const group = groupOf(prefix, service, number);
    await sleep(PUBLISHED_MS);
    await withAdmin(brokers, async (admin) => {
      const states = (): Promise<PartitionState[][]> =>
        Promise.all(topics.map((topic) => partitionsOf(admin, group, topicName(prefix, topic))));
      const ends = (await states()).map((of) => of.map(({ high }) => high));
      const until = performance.now() + CATCH_UP_MS;
      const behind = (now: PartitionState[][]): boolean =>
        now.some((of, n) => of.some(({ committed, low }, m) => (committed ?? low) < ends[n]![m]!));
      while (performance.now() < until && behind(await states())) await sleep(100);
    });
  }

  /** Why a fill could not go on; what it has read in stays, and nobody consumes. */
  async breakOff(id: string, fault: string): Promise<void> {
    await this.parts.database.query(
      `UPDATE messaging.replay SET fault = $2 WHERE id = $1 AND ended_at IS NULL AND fault IS NULL`,
      [id, fault.slice(0, 1_000)],
    );
  }

  /**
   * The topics from which a read model is fed.
   *
   * @throws Refusal `messaging.nothing-to-replay`
   */
  topicsOf(name: string): Topic[] {
    return this.parts.inbox.topicsOf(this.#model(name).name);
  }

  /** The one step from a generation to the next. */
  async #begin(
    number: number,
    replay: {
      mode: Replay['mode'];
      topics: readonly string[];
      models: readonly ReadModel[];
      since: Date | null;
      reason: string;
      goal: Goal;
    },
    actor: Actor,
  ): Promise<Replay> {
    const { service, database } = this.parts;
    const id = newId();
    await database.transaction(async (tx) => {
      await standStill(tx);
      const { rowCount } = await tx.query(
        'UPDATE messaging.consumer SET generation = $2 + 1, filling = $3 WHERE consumer = $1 AND generation = $2',
        [service, number, replay.mode === 'fill'],
      );
      if (rowCount === 0) replayRefusals.refuse('messaging.replay-running', { generation: number + 1 });
      // A fill that broke off, or whose process died: this one takes its place.
      await tx.query(
        `UPDATE messaging.replay SET ended_at = clock_timestamp(), fault = coalesce(fault, 'another took its place')
         WHERE consumer = $1 AND ended_at IS NULL`,
        [service],
      );
      for (const table of replay.models.flatMap(({ tables }) => tables))
        await tx.query(`TRUNCATE TABLE ${table}`);
      await tx.query(
        `INSERT INTO messaging.replay (id, consumer, generation, mode, topics, models, since, reason, goal, started_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          id,
          service,
          number + 1,
          replay.mode,
          replay.topics,
          replay.models.map(({ name }) => name),
          replay.since,
          replay.reason,
          JSON.stringify(replay.goal),
          actorLine(actor),
        ],
      );
    });
    return (await this.list()).find((each) => each.id === id)!;
  }

  /** Newest first. Notes the end of the one that has come to its goal: the offsets of its group say so. */
  async list(): Promise<Replay[]> {
    const { service, database } = this.parts;
    const { rows } = await database.query<Replay & { goal: Goal }>(
      `${SELECT} ORDER BY generation DESC LIMIT 50`,
      [service],
    );
    const shown: Replay[] = [];
    for (const { goal, ...replay } of rows) {
      if (replay.endedAt !== null) {
        shown.push({ ...replay, left: 0 });
        continue;
      }
      const left = await this.#left(replay.generation, goal);
      if (left === 0) replay.endedAt = await this.#end(replay.id);
      shown.push({ ...replay, ...(left === undefined ? {} : { left }) });
    }
    return shown;
  }

  async #end(id: string): Promise<Date> {
    const { rows } = await this.parts.database.query<{ at: Date }>(
      'UPDATE messaging.replay SET ended_at = coalesce(ended_at, clock_timestamp()) WHERE id = $1 RETURNING ended_at AS at',
      [id],
    );
    return rows[0]!.at;
  }

  async #left(generation: number, goal: Goal): Promise<number | undefined> {
    if (Object.keys(goal).length === 0) return undefined; // a snapshot is being read in
    const { service, brokers, prefix } = this.parts;
    const topics = [...new Set(Object.keys(goal).map((place) => place.slice(0, place.lastIndexOf('/'))))];
    try {
      return await withAdmin(brokers, async (admin) => {
        let left = 0;
        for (const topic of topics) {
          const states = await partitionsOf(
            admin,
            groupOf(prefix, service, generation),
            topicName(prefix, topic),
          );
          for (const { partition, low, committed } of states)
            left += Math.max(0, goal[`${topic}/${partition}`]! - (committed ?? low));
        }
        return left;
      });
    } catch (error) {
      brokers.logger.debug(
        { error: (error as Error).message },
        'the broker did not tell how far a replay is',
      );
      return undefined;
    }
  }

  #model(name: string): ReadModel {
    const model = this.parts.models.find((each) => each.name === name);
    return model ?? replayRefusals.refuse('messaging.nothing-to-replay', { name });
  }
}

/** A fill that broke off may be given up for a rebuild of its models; nothing less makes them whole. */
function replaces(request: ReplayRequest, running: Replay): boolean {
  return (
    running.fault !== null &&
    request.mode === 'rebuild' &&
    running.models.every((name) => request.models.includes(name))
  );
}

/**
 * Nobody settles anything while the caller's transaction is open. Each settlement writes a position in its
 * first statement, so it waits there or has ended; chunks take about 50 ms.
 */
async function standStill(tx: Tx): Promise<void> {
  await tx.query(`SET LOCAL lock_timeout = '10s'`);
  await tx.query('LOCK TABLE messaging.position IN SHARE ROW EXCLUSIVE MODE');
}

/** Where a group that nobody has joined yet will begin; where nothing is set, KafkaJS begins at the start. */
function beginnings(
  topic: string,
  states: readonly PartitionState[],
  { again, since }: { again: boolean; since: ReadonlyMap<number, number> | null },
): TopicPartitionOffset[] {
  return states
    .map(({ partition, low, high, committed }) => ({
      partition,
      offset: again ? (since ? (since.get(partition) ?? high) : low) : (committed ?? low),
      low,
    }))
    .filter(({ offset, low }) => offset > low)
    .map(({ partition, offset }) => ({ topic, partition, offset: String(offset) }));
}
