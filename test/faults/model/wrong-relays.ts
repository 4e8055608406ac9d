import { type OutboxDatabase, type Row } from './outbox.js';
import { ownedRelay, type RelayMistakes, type RelayWay } from './relay.js';
import type { Steps } from './scheduler.js';
import { answered } from './topic.js';
import type { PublishWay } from './writer.js';

/*
 * Ways that were tried on the real parts and rejected. They stand here so that the checker can be checked:
 * each must be caught.
 */

type LookWay = NonNullable<RelayMistakes['look']>;

/** `id > last`: lost 20 to 40 % under concurrent writers. */

const naive: LookWay = function* (database, cursor, limit) {
  return { ...database.look(cursor.lastId, [], limit), xmin: database.xmin };
};

/** `id > last and tx < xmin of the snapshot`: lost 1,084 of 19,500. */

const belowHorizon: LookWay = function* ({ rows: all, xmin }, cursor, limit) {
  const rows = all.filter(({ id, xid }) => id > cursor.lastId && BigInt(xid) < xmin).slice(0, limit);
  return { rows, ids: rows.map(({ id }) => id), xmin, full: rows.length === limit };
};

/** Gaps in one snapshot, new rows in another: the second can see the later of two events of a key. */
const inTwoSnapshots: LookWay = function* (database, cursor, limit) {
  const { gaps } = cursor.gapList;
  const old = database.look(Number.MAX_SAFE_INTEGER, gaps, limit);
  const { lastId } = cursor;
  yield;
  const fresh = database.look(lastId, [], limit - old.rows.length);
  const rows = [...old.rows, ...fresh.rows];
  return { rows, ids: rows.map(({ id }) => id), xmin: old.xmin, full: rows.length === limit };
};

export const naiveCursor = ownedRelay({ look: naive });
export const horizonCursor = ownedRelay({ look: belowHorizon });
export const twoSnapshots = ownedRelay({ look: inTwoSnapshots });
/** The gap is bounded by the snapshot that noticed it, above which a running writer may lie. */
export const hastyHorizon = ownedRelay({ horizon: (database: OutboxDatabase) => database.xmax });
export const markedFirst = ownedRelay({ markFirst: true });
export const neverSentAgain = ownedRelay({ neverAgain: true });

/** SKIP LOCKED and DELETE, as many relays as there are: each event goes out, 34 of 9,240 in wrong order. */
export const skipLocked: RelayWay = (parts) => (process) => {
  const { database, topic } = parts;
  const lines = function* (): Steps {
    for (;;) {
      const free = (): Row[] => database.rows.filter(({ id }) => !database.rowLocks.has(id)).slice(0, 3);
      yield () => free().length > 0;
      const rows = free();
      const unlock = (): void => rows.forEach(({ id }) => database.rowLocks.delete(id));
      for (const { id } of rows) database.rowLocks.add(id);
      const held = process.holds(unlock);
      yield;
      while (!(yield* answered(topic.produce(rows.map(parts.messageOf))))) yield;
      for (const { id } of rows)
        database.rows.splice(
          database.rows.findIndex((row) => row.id === id),
          1,
        );
      unlock();
      held.release();
    }
  };
  return [lines()];
};

/** Draws the id before it locks the key: two events of a key can get their ids crosswise. */
export const publishBeforeLock: PublishWay = function* ({ eventId }, tx, key) {
  tx.assignXid();
  const id = tx.drawId();
  yield () => tx.canLock(key);
  const sequence = tx.lock(key);
  tx.insert({ id, eventId: eventId(), key, sequence });
  yield;
};
