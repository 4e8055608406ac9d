import type { Chance } from './chance.js';
import type { OutboxDatabase, Transaction } from './outbox.js';
import type { Steps } from './scheduler.js';

/** What a writer needs to know of its world. */
export interface WriterParts {
  database: OutboxDatabase;
  chance: Chance;
  keys: readonly string[];
  eventId: () => string;
}

/** How one event gets its place: the right way, or one that was rejected. */
export type PublishWay = (parts: WriterParts, tx: Transaction, key: string) => Steps;

/** As publish.ts: the key's lock, which gives xid and sequence, and only then the id. */
export function* publishUnderLock({ eventId }: WriterParts, tx: Transaction, key: string): Steps {
  yield () => tx.canLock(key);
  const sequence = tx.lock(key);
  yield;
  tx.insert({ id: tx.drawId(), eventId: eventId(), key, sequence });
  yield;
}

/** A command handler: some transactions with some events each, committed or rolled back, some of them slow. */
export function* writer(parts: WriterParts, publish: PublishWay): Steps {
  const { database, chance, keys } = parts;
  for (let transactions = chance.between(2, 5); transactions > 0; transactions -= 1) {
    const tx = database.begin();
    // Another statement may have given it an xid long before it publishes.
    if (chance.happens(0.3)) tx.assignXid();
    yield;
    // In one order, as publishAll sorts: two writers must not wait for each other.
    const chosen = Array.from({ length: chance.between(1, 3) }, () => chance.pick(keys)).sort();
    for (const key of chosen) yield* publish(parts, tx, key);
    if (chance.happens(0.85)) tx.commit();
    else tx.end();
    yield;
    tx.unlock();
    yield;
  }
}
