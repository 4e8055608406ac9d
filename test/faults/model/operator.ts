import { turnOf } from '../../../libs/messaging/src/inbox/place.js';
import type { ConsumerTransaction, Letter } from './consumer-tables.js';
import { Crash, type Steps } from './scheduler.js';
import { handle, type SettleParts, setAside, stopAtGap } from './settle.js';

/**
 * An operator who settles every dead letter some time (redrive.ts), and the release of what was parked
 * behind it (release.ts), which may be left in the middle and is taken up again.
 */
export function* operator(parts: SettleParts): Steps {
  const { tables, poison, chance } = parts;
  const open = (): Letter[] =>
    [...tables.letters.values()].filter(({ state, cause }) => state === 'open' && cause !== 'sequence-gap');
  const settledOf = (key: string): boolean => {
    const { blockedBy = null } = tables.positions.get(key) ?? {};
    return blockedBy !== null && tables.letters.get(blockedBy)?.state === 'settled';
  };
  const waiting = (): string[] => [...tables.positions.keys()].filter(settledOf);
  for (;;) {
    yield () => open().length > 0 || waiting().length > 0;
    const letter = open().length > 0 ? chance.pick(open()) : undefined;
    const [key] = waiting();
    if (letter && (!key || chance.happens(0.5))) {
      if (letter.arrival.place) poison.delete(letter.arrival.place.id);
      yield* inTransaction(parts, (tx) => redrive(parts, tx, letter));
    } else if (key) {
      yield* inTransaction(parts, (tx) => releaseNext(parts, tx, key));
    }
  }
}

function* inTransaction(parts: SettleParts, work: (tx: ConsumerTransaction) => Steps): Steps {
  const tx = parts.tables.begin();
  const held = parts.process.holds(() => tx.end());
  yield* work(tx);
  yield;
  const lost = parts.cuts();
  if (!lost || parts.chance.happens(0.5)) tx.commit();
  tx.end();
  held.release();
  if (lost) throw new Crash('the connection was cut at the commit');
}

/** Handled again, or, when it cannot be read, discarded. */
function* redrive(parts: SettleParts, tx: ConsumerTransaction, letter: Letter): Steps {
  const { key, arrival } = letter;
  const { last, blockedBy } = yield* tx.stand(key!);
  yield;
  if (letter.state !== 'open') return;
  if (blockedBy !== null && blockedBy !== letter.id) return; // the earlier letter comes first
  if (arrival.place && (last === null || last < arrival.place.sequence)) {
    handle(parts, tx, arrival);
    tx.moveTo(key!, arrival.place.sequence);
  }
  tx.do(() => (letter.state = 'settled'));
}

function open(tx: ConsumerTransaction, letter: string): boolean {
  return tx.tables.letters.get(letter)?.state === 'open';
}

function* releaseNext(parts: SettleParts, tx: ConsumerTransaction, key: string): Steps {
  const standing = yield* tx.stand(key);
  yield;
  if (standing.blockedBy === null || open(tx, standing.blockedBy)) return;
  const parked = tx.tables.parkedOf(key);
  const sequence = Math.min(...parked.keys());
  const arrival = parked.get(sequence);
  if (!arrival) return tx.block(key, null, null);
  const turn = turnOf({ ...standing, blockedBy: null }, sequence);
  if (turn === 'gap') return stopAtGap(tx, arrival);
  tx.do(() => parked.delete(sequence));
  if (turn !== 'handle') return;
  if (parts.poison.has(arrival.place!.id)) return setAside(tx, arrival, 'refused', true);
  handle(parts, tx, arrival);
  tx.moveTo(key, sequence);
}
