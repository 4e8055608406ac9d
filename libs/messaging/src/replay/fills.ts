import type { CloudEvent, Topic } from '#contracts';
import { type Actor, continueTrace, newId, type Tx } from '#platform';
import { isSubject, lookAt } from '../inbox/arrival.js';
import { groupsOf } from '../inbox/groups.js';
import { replayRefusals } from './replay-refusals.js';
import type { Replay, ReplayParts, Replays } from './replays.js';
import { LinesDigest, type SnapshotEnd, type SnapshotLine } from './snapshot.js';
import type { OpenSnapshot, SnapshotClient } from './snapshot-client.js';

/** Lines of one transaction. */
const CHUNK = 200;

/**
 * Fills a read model from snapshots of its topics instead of from their beginnings: for a new subscriber, and
 * where a topic no longer has its first messages. Nobody consumes meanwhile. Each line sets the position of its
 * subject to the sequence that it stands at, in the transaction of its effect; afterwards the topics are read
 * from wherever they begin, and what the snapshot has already told is known by these positions. Nothing is
 * missed as long as the topics still begin before the snapshot was made; where they do not, the gap shows.
 *
 * What the handlers publish is not told for what comes by snapshot: it is a state, not something that happened. A
 * consumer that has caught up loses nothing by that, as it has told all of it; where one had not, the replay counts
 * the subjects (`overtaken`).
 * A fill that broke off leaves the consumer waiting; it is ordered again as a whole.
 */
export class Fills {
  constructor(
    private readonly parts: ReplayParts & { snapshots: SnapshotClient },
    private readonly replays: Replays,
  ) {}

  /**
   * Fetches the snapshots of the topics that feed the model, in the name of the operator who orders it, and fills the
   * model from them once the consumer has caught up with them, or after a while. Answers when it has begun;
   * {@link Replays.list} tells how far it is and what stopped it.
   *
   * @param authorization of the operator's request: the services that give the snapshots see who asks
   * @throws Refusal `messaging.nothing-to-replay`, `messaging.replay-running`, and as {@link SnapshotClient.open};
   *   then nothing has been emptied
   */
  async start(
    { model, reason }: { model: string; reason: string },
    actor: Actor,
    authorization: string,
  ): Promise<Replay> {
    const opened: OpenSnapshot[] = [];
    const giveUp = (): Promise<unknown> => Promise.allSettled(opened.map((snapshot) => snapshot.cancel()));
    try {
      const topics = this.replays.topicsOf(model);
      for (const topic of topics) opened.push(await this.parts.snapshots.open(topic, reason, authorization));
      await this.replays.catchUp(topics);
      const replay = await this.replays.beginFill(model, reason, actor);
      void this.#read(replay, model, inTurn(opened))
        .catch((error: unknown) => {
          this.parts.brokers.logger.error({ err: error, model, replay: replay.id }, 'a fill broke off');
        })
        .finally(giveUp);
      return replay;
    } catch (error) {
      await giveUp();
      throw error;
    }
  }

  /**
   * Fills from snapshots that somebody has already; resolves when they are read in.
   *
   * @param lines of one snapshot after another: one of each topic that feeds the model
   * @throws Refusal `messaging.replay-running`, `messaging.nothing-to-replay`, `messaging.unfit-snapshot`
   */
  async fill(name: string, lines: AsyncIterable<string>, reason: string, actor: Actor): Promise<Replay> {
    const replay = await this.replays.beginFill(name, reason, actor);
    await this.#read(replay, name, lines);
    return (await this.replays.list()).find(({ id }) => id === replay.id)!;
  }

  async #read(replay: Replay, name: string, lines: AsyncIterable<string>): Promise<void> {
    try {
      await this.#readIn(replay, name, lines);
      await this.replays.endFill(replay.generation);
    } catch (error) {
      await this.replays.breakOff(replay.id, (error as Error).message).catch(() => undefined); // the database is away
      throw error;
    }
  }

  async #readIn(replay: Replay, name: string, lines: AsyncIterable<string>): Promise<void> {
    const open = new Map(replay.topics.map((topic) => [topic, { subjects: 0, digest: new LinesDigest() }]));
    let chunk: SnapshotLine[] = [];
    let read = 0;
    for await (const text of lines) {
      if (text.trim() === '') continue;
      read += 1;
      const line = parse(text, read);
      const counted = open.get(line.topic);
      if (!counted) return refuse(read, `the topic ${line.topic} is not expected here`);
      if ('facts' in line) {
        counted.subjects += 1;
        counted.digest.add(text.trimEnd());
        chunk.push(line);
        if (chunk.length < CHUNK) continue;
      } else {
        const { topic, subjects, sha256 } = line;
        if (subjects !== counted.subjects) refuse(read, `${subjects} subjects of ${topic} were announced`);
        if (sha256 !== counted.digest.hex())
          refuse(read, `the lines of ${topic} are not those that were given out`);
        open.delete(topic);
      }
      await this.#take(replay, name, chunk, read, 'facts' in line ? undefined : line);
      chunk = [];
    }
    if (open.size > 0) refuse(read, `the snapshot of ${[...open.keys()].join(', ')} is not complete`);
  }

  async #take(
    replay: Replay,
    model: string,
    lines: readonly SnapshotLine[],
    read: number,
    end: SnapshotEnd | undefined,
  ): Promise<void> {
    const { service, database, inbox } = this.parts;
    const { generation } = replay;
    await database.transaction(async (tx) => {
      const { rows } = await tx.query(
        'SELECT FROM messaging.consumer WHERE consumer = $1 AND generation = $2 AND filling FOR SHARE',
        [service, generation],
      );
      if (rows.length === 0)
        replayRefusals.refuse('messaging.replay-running', { generation: generation + 1 });
      const overtaken = await stand(tx, service, generation, lines);
      const events = lines.flatMap((line) => this.#eventsOf(line, read));
      const groups = groupsOf(
        events,
        ({ subject }) => subject,
        ({ type }) => type,
      );
      for (const group of groups) await inbox.handlers.rebuild(tx, group.events, new Set([model]));
      const complete = end ? { [end.topic]: { subjects: end.subjects, sha256: end.sha256 } } : {};
      await tx.query(
        `UPDATE messaging.replay SET filled = filled + $2, overtaken = overtaken + $3, snapshots = snapshots || $4::jsonb
         WHERE id = $1`,
        [replay.id, lines.length, overtaken, JSON.stringify(complete)],
      );
    });
  }

  /** As if they had come from the topic, and checked as strictly. */
  #eventsOf({ topic, subject, sequence, facts }: SnapshotLine, read: number): CloudEvent[] {
    const { handlers } = this.parts.inbox;
    return facts.flatMap(({ type, time, data }) => {
      const contract = handlers.contracts.of(type);
      const envelope = {
        specversion: '1.0',
        id: newId(),
        type,
        source: contract?.source,
        subject,
        sequence: String(sequence).padStart(10, '0'),
        time,
        traceparent: continueTrace(),
        actor: `system:chengxin-snapshot`,
        data,
      };
      const { reading } = lookAt(
        { key: Buffer.from(subject), value: Buffer.from(JSON.stringify(envelope)) },
        { topic, partition: 0, offset: '0' },
        topic as Topic,
        (each) => handlers.hears(each),
        handlers.contracts,
      );
      if (reading.kind === 'unfit') refuse(read, reading.fault.message);
      return reading.kind === 'heard' ? [reading.event] : [];
    });
  }
}

async function* inTurn(snapshots: readonly OpenSnapshot[]): AsyncGenerator<string> {
  for (const { lines } of snapshots) yield* lines;
}

/** @returns how many were known here and further on in the snapshot */
async function stand(
  tx: Tx,
  service: string,
  epoch: number,
  lines: readonly SnapshotLine[],
): Promise<number> {
  const { rows } = await tx.query<{ overtaken: boolean }>(
    `INSERT INTO messaging.position AS p (consumer, topic, key, last_sequence, epoch, rebuilt_sequence)
     SELECT $1, line.topic, line.key, line.sequence, $2, line.sequence
     FROM unnest($3::text[], $4::text[], $5::bigint[]) AS line (topic, key, sequence)
     ORDER BY line.topic, line.key
     ON CONFLICT (consumer, topic, key) DO UPDATE
       SET last_sequence = greatest(p.last_sequence, EXCLUDED.last_sequence), epoch = EXCLUDED.epoch,
           rebuilt_sequence = EXCLUDED.rebuilt_sequence
     RETURNING coalesce(old.last_sequence < new.last_sequence, false) AS overtaken`,
    [
      service,
      epoch,
      lines.map(({ topic }) => topic),
      lines.map(({ subject }) => subject),
      lines.map(({ sequence }) => sequence),
    ],
  );
  return rows.filter(({ overtaken }) => overtaken).length;
}

function parse(text: string, read: number): SnapshotLine | SnapshotEnd {
  let line: Partial<SnapshotLine & SnapshotEnd>;
  try {
    line = JSON.parse(text) as Partial<SnapshotLine & SnapshotEnd>;
  } catch (error) {
    if (error instanceof SyntaxError) return refuse(read, 'not JSON');
    throw error;
  }
  const fact = (each: Partial<SnapshotLine['facts'][number]>) =>
    typeof each.type === 'string' && typeof each.time === 'string';
  const isEnd =
    Number.isInteger(line.subjects) && typeof line.sha256 === 'string' && line.facts === undefined;
  const isLine =
    typeof line.subject === 'string' &&
    isSubject(line.subject) &&
    Number.isInteger(line.sequence) &&
    line.sequence! > 0 &&
    Array.isArray(line.facts) &&
    line.facts.every(fact);
  if (typeof line.topic !== 'string' || !(isEnd || isLine))
    return refuse(read, 'neither a subject nor an end');
  return line as SnapshotLine | SnapshotEnd;
}

function refuse(line: number, fault: string): never {
  return replayRefusals.refuse('messaging.unfit-snapshot', { line, fault });
}
