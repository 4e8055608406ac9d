import { Cursor, type Place } from '../../../libs/messaging/src/relay/cursor.js';
import type { Chance } from './chance.js';
import type { OutboxDatabase, Row, Session } from './outbox.js';
import { Crash, type Process, type Steps } from './scheduler.js';
import { answered, type Message, type Topic } from './topic.js';

export interface RelayParts {
  database: OutboxDatabase;
  topic: Topic;
  chance: Chance;
  messageOf: (row: Row) => Message;
}

/** What a relay process does; the right way, or one that was rejected. */
export type RelayWay = (parts: RelayParts) => (process: Process) => Steps[];

/** Where the parts of the right way can be replaced by a mistake. */
export interface RelayMistakes {
  look?: (
    database: OutboxDatabase,
    cursor: Cursor,
    limit: number,
  ) => Steps<ReturnType<OutboxDatabase['look']>>;
  /** gives gaps a horizon at once, instead of by an xid taken afterwards */
  horizon?: (database: OutboxDatabase) => bigint;
  markFirst?: boolean;
  /** a batch whose answer is missing counts as sent */
  neverAgain?: boolean;
}

const BATCH = 3;

/**
 * One replica's relay, in the steps of relay.ts, shard-relay.ts and position-keeper.ts, with the real cursor
 * and gap list: claim by session lock and epoch, look, send, read ahead while sending, position behind it.
 */
export const ownedRelay =
  (mistakes: RelayMistakes = {}): RelayWay =>
  (parts) =>
  (process) => {
    const session: Session = { owner: process.name, ended: false };
    process.holds(() => (session.ended = true));
    const shared: Shared = { session, noted: undefined };
    return [relay(parts, shared, mistakes), keeper(parts, shared)];
  };

// A generator for the sake of the mistakes that take more than one step.

function* inOneSnapshot(
  database: OutboxDatabase,
  { lastId, gapList }: Cursor,
  limit: number,
): Steps<ReturnType<OutboxDatabase['look']>> {
  return database.look(lastId, gapList.gaps, limit);
}

/** The real relay polls; here it sleeps through the looks that find nothing, or the world would never rest. */
function waits({ rows }: OutboxDatabase, { lastId, gapList }: Cursor): boolean {
  return !gapList.empty || (rows.at(-1)?.id ?? 0) > lastId;
}

interface Shared {
  session: Session;
  claim?: { epoch: number; cursor: Cursor };
  noted: Place | undefined;
}

function alive({ session }: Shared): void {
  if (session.ended) throw new Crash('the session has ended');
}

function* relay(parts: RelayParts, shared: Shared, mistakes: RelayMistakes): Steps {
  const { database, chance } = parts;
  // Looks at pg_stat_activity, too: an owner that is stopped has its session ended (see world.ts).
  yield () => shared.session.ended || !database.holder || database.holder.ended;
  alive(shared);
  const claim = database.claim(shared.session);
  if (!claim) return yield* relay(parts, shared, mistakes);
  const cursor = new Cursor(claim.place);
  shared.claim = { epoch: claim.epoch, cursor };
  const look = mistakes.look ?? inOneSnapshot;
  const read = function* (): Steps<{ rows: Row[]; place: Place }> {
    alive(shared);
    const before = cursor.lastId;
    const found = yield* look(database, cursor, BATCH);
    cursor.take(found);
    if (mistakes.horizon && cursor.lastId > before)
      cursor.gapList.bound(cursor.gapList.unbounded, mistakes.horizon(database));
    return { rows: found.rows, place: cursor.place };
  };
  let ahead: { rows: Row[]; place: Place } | undefined;
  for (;;) {
    yield () => !!ahead || shared.session.ended || waits(database, cursor);
    const batch = ahead ?? (yield* read());
    ahead = undefined;
    if (mistakes.markFirst) shared.noted = batch.place;
    yield;
    if (batch.rows.length > 0) {
      const messages = batch.rows.map(parts.messageOf);
      for (;;) {
        const requests = parts.topic.produce(messages);
        yield;
        if (!ahead && chance.happens(0.5)) ahead = yield* read();
        if (yield* answered(requests)) break;
        if (mistakes.neverAgain) break;
      }
    }
    shared.noted = batch.place;
  }
}

/** Writes the position behind the sends; the xid of that very write is the horizon of the gaps noticed before. */
function* keeper({ database }: RelayParts, shared: Shared): Steps {
  for (;;) {
    yield () => shared.noted !== undefined;
    const place = shared.noted!;
    const { epoch, cursor } = shared.claim!;
    const noticed = cursor.gapList.unbounded;
    shared.noted = undefined;
    yield;
    alive(shared);
    const xid = database.takeXid();
    if (database.relay.epoch !== epoch) {
      database.endXid(xid);
      throw new Crash('another owner');
    }
    database.relay = { epoch, ...place };
    database.endXid(xid);
    yield;
    cursor.gapList.bound(noticed, BigInt(xid));
  }
}
