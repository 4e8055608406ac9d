import type { Arrival } from '../../../libs/messaging/src/inbox/arrival.js';
import { type Standing, turnOf } from '../../../libs/messaging/src/inbox/place.js';
import type { Chance } from './chance.js';
import type { ConsumerTables, ConsumerTransaction } from './consumer-tables.js';
import type { Process, Steps } from './scheduler.js';

export interface SettleParts {
  tables: ConsumerTables;
  chance: Chance;
  process: Process;
  /** events that the handler refuses until an operator has done something about it */
  poison: Set<string>;
  /** connections are cut */
  cuts: () => boolean;
}

class Poison extends Error {}
class ConnectionLost extends Error {}

/** One transaction, ended by the server when its process dies; the commit may be cut off on either side. */
function* transaction<T>(parts: SettleParts, work: (tx: ConsumerTransaction) => Steps<T>): Steps<T> {
  const tx = parts.tables.begin();
  const held = parts.process.holds(() => tx.end());
  try {
    const result = yield* work(tx);
    yield;
    if (parts.cuts()) {
      if (parts.chance.happens(0.5)) tx.commit();
      throw new ConnectionLost();
    }
    tx.commit();
    return result;
  } finally {
    tx.end();
    held.release();
  }
}

/** As together.ts and the claim of receipts.ts: a chunk in one transaction. @returns what is left */
export function* settleTogether(parts: SettleParts, chunk: readonly Arrival[]): Steps<Arrival[]> {
  try {
    return yield* transaction(parts, (tx) => together(parts, tx, chunk));
  } catch (error) {
    if (!(error instanceof Poison || error instanceof ConnectionLost)) throw error;
    return [...chunk];
  }
}

function* together(parts: SettleParts, tx: ConsumerTransaction, chunk: readonly Arrival[]): Steps<Arrival[]> {
  const { tables } = tx;
  const previous = new Map<string, number>();
  const fresh = new Set<string>();
  for (const [key, run] of [...runsOf(chunk)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    yield* tx.lock(key);
    const now = tables.positions.get(key);
    // An unseen subject is taken up wherever it is; a blocked one, or one with a gap, is not moved.
    if (now && (now.blockedBy !== null || now.last === null || run.first - 1 > now.last)) continue;
    const before = now?.last ?? run.first - 1;
    previous.set(key, before);
    tx.moveTo(key, Math.max(before, run.last));
    for (const { key: of, place } of chunk)
      if (of === key && place!.sequence > before && !tables.inbox.has(place!.id)) fresh.add(place!.id);
  }
  for (const id of fresh) tx.do(() => tables.inbox.add(id));
  yield;
  const left: Arrival[] = [];
  for (const arrival of chunk) {
    const before = previous.get(arrival.key!);
    if (before === undefined) left.push(arrival);
    else if (arrival.place!.sequence > before && fresh.delete(arrival.place!.id)) {
      yield;
      handle(parts, tx, arrival);
    }
  }
  return left;
}

function runsOf(chunk: readonly Arrival[]): Map<string, { first: number; last: number }> {
  const runs = new Map<string, { first: number; last: number }>();
  const broken = new Set<string>();
  for (const { key, place } of chunk) {
    const { sequence } = place!;
    const run = runs.get(key!);
    if (!run) runs.set(key!, { first: sequence, last: sequence });
    else if (sequence > run.last + 1) broken.add(key!);
    else run.last = Math.max(run.last, sequence);
  }
  for (const key of broken) runs.delete(key);
  return runs;
}

export function handle({ poison }: SettleParts, tx: ConsumerTransaction, { key, place }: Arrival): void {
  if (poison.has(place!.id)) throw new Poison();
  tx.effect(key!, place!.id, place!.sequence);
}

/** As one-by-one.ts: its turn, repetition, parking, dead letters. */
export function* settleAlone(parts: SettleParts, arrival: Arrival): Steps {
  const { place, reading } = arrival;
  for (;;) {
    try {
      if (!place || reading.kind === 'unfit') throw new Poison();
      yield* transaction(parts, (tx) => alone(parts, tx, arrival));
      return;
    } catch (error) {
      if (error instanceof ConnectionLost) continue;
      if (!(error instanceof Poison)) throw error;
    }
    if (yield* buried(parts, arrival)) return;
  }
}

function* buried(parts: SettleParts, arrival: Arrival): Steps<boolean> {
  try {
    yield* transaction(parts, (tx) => bury(tx, arrival));
    return true;
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    return false;
  }
}

function* alone(parts: SettleParts, tx: ConsumerTransaction, arrival: Arrival): Steps {
  const { id, sequence } = arrival.place!;
  const key = arrival.key!;
  const standing = yield* tx.stand(key);
  const turn = turnOf(standing, sequence);
  yield;
  if (turn === 'stale') return;
  if (!tx.receive(id)) {
    if (turn === 'handle') tx.moveTo(key, sequence);
    return;
  }
  if (turn === 'handle') {
    handle(parts, tx, arrival);
    tx.moveTo(key, sequence);
    return;
  }
  tx.park(arrival);
  if (turn === 'gap') stopAtGap(tx, arrival);
}

export function stopAtGap(tx: ConsumerTransaction, arrival: Arrival): void {
  tx.do(() => (tx.tables.gapsNoticed += 1));
  setAside(tx, arrival, 'sequence-gap', true);
}

function* bury(tx: ConsumerTransaction, arrival: Arrival): Steps {
  const { key, place } = arrival;
  const standing: Standing = yield* tx.stand(key!);
  if (place) {
    const turn = turnOf(standing, place.sequence);
    if (turn === 'stale' || !tx.receive(place.id)) return;
    if (turn === 'park') return tx.park(arrival);
  }
  setAside(tx, arrival, place ? 'refused' : 'unreadable', standing.blockedBy === null);
}

/** A letter, unless this very message is one already. */
export function setAside(
  tx: ConsumerTransaction,
  arrival: Arrival,
  cause: 'unreadable' | 'refused' | 'sequence-gap',
  blocks: boolean,
): void {
  const { letters } = tx.tables;
  const { origin, place, key } = arrival;
  const same = (each: Arrival): boolean =>
    each.origin.partition === origin.partition && each.origin.offset === origin.offset;
  if (!place && [...letters.values()].some((letter) => same(letter.arrival))) return;
  const id = `letter-${(tx.tables.letterCount += 1)}`;
  tx.do(() => letters.set(id, { id, key, arrival, cause, state: 'open' }));
  if (blocks) tx.block(key!, id, place?.sequence ?? null);
}
