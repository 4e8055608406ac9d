import type { Topic } from '#contracts';
import { defineRefusals, Refusal } from '#kernel';
import { type Actor, actorLine, platformActor, type Tx } from '#platform';
import { type Arrival, lookAt } from './arrival.js';
import { classify } from './classify.js';
import {
  type DeadLetter,
  described,
  earlierLetter,
  firstParked,
  settleLetter,
  takeLetter,
  unpark,
  unparkOne,
  writeFailure,
} from './dead-letters.js';
import type { Desk } from './desk.js';
import type { Standing } from './place.js';
import { beginRelease, type Ledger, moveTo, stand } from './receipts.js';
import { writeAudit } from './redrive-audit.js';
import type { Release } from './release.js';

export const redriveRefusals = defineRefusals({
  'messaging.no-such-dead-letter': {
    kind: 'not-found',
    zh: '没有死信 {id}',
    en: 'There is no dead letter {id}.',
    cureZh: '查询死信列表',
    cureEn: 'Look at the list of dead letters.',
  },
  'messaging.dead-letter-settled': {
    kind: 'conflict',
    zh: '死信 {id} 已处理: {state}',
    en: 'The dead letter {id} is settled already: {state}.',
    cureZh: '无需再处理',
    cureEn: 'Nothing is left to do.',
  },
  'messaging.earlier-letter-first': {
    kind: 'conflict',
    zh: '该主体先须处理死信 {first}',
    en: 'The dead letter {first} of the same subject comes first.',
    cureZh: '先重投或放弃 {first}',
    cureEn: 'Redrive or discard {first} before.',
  },
  'messaging.subject-being-released': {
    kind: 'conflict',
    zh: '该主体此前的死信 {first} 已处理,其后停放的事件正在释放',
    en: 'What waited behind the dead letter {first} of the same subject is being handled at this moment.',
    cureZh: '稍后重试',
    cureEn: 'Try again in a moment.',
  },
});

/** What is ordered for a letter, and by whom. */
export interface Order {
  action: 'redrive' | 'discard';
  /** why it is given up */
  reason: string | null;
  /** one line, as `actorLine` writes it */
  actor: string;
  /** the job that ordered it, null when it was ordered by itself */
  job: string | null;
}

/** What came of one act on one dead letter. */
export interface RedriveResult {
  id: string;
  outcome: 'redriven' | 'discarded' | 'failed';
  /** why it failed again: the refusal's code or the error's class, and its text */
  code?: string;
  error?: string;
}

type Letter = DeadLetter & { payload: Buffer };

/** A letter whose turn it is, locked with its subject. */
export interface Taken {
  letter: Letter;
  /** undefined for a message without a key: it belongs to no subject */
  standing: Standing | undefined;
}

export interface Settled {
  result: RedriveResult;
  /** events are parked behind the letter: {@link Redrive.goOn} handles them */
  waiting: boolean;
}

/** What an operator does with dead letters; every act is in messaging.redrive_audit with its actor. */
export class Redrive {
  constructor(
    private readonly desk: Desk,
    private readonly release: Release,
  ) {}

  /**
   * Handles the event again, by the handlers of today, then releases what was parked behind it. For a gap
   * this means: accept that the missing events will not come.
   *
   * @throws Refusal `messaging.no-such-dead-letter`, `messaging.dead-letter-settled`,
   *   `messaging.earlier-letter-first`, `messaging.subject-being-released`
   */
  redrive(id: string, actor: Actor): Promise<RedriveResult> {
    return this.#alone(id, { action: 'redrive', reason: null, actor: actorLine(actor), job: null });
  }

  /**
   * Takes up what an earlier release of this service set aside because it did not know the type: while a release
   * is rolled out, a member of it may meet an event that only the next one can read. Its subject has waited.
   */
  async takeUpNowKnown(): Promise<void> {
    const { database, consumer, handlers } = this.desk.parts;
    const { rows } = await database.query<{ id: string; topic: string; type: string }>(
      `SELECT id, topic, type FROM messaging.dead_letter
       WHERE consumer = $1 AND state = 'open' AND cause = 'unknown-type' AND type IS NOT NULL ORDER BY id`,
      [consumer],
    );
    for (const { id, topic, type } of rows) {
      if (handlers.contracts.of(type)?.topic !== topic) continue;
      try {
        await this.redrive(id, platformActor(consumer));
      } catch (error) {
        // Another replica was faster, or an operator; or an earlier letter of the subject comes first.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }

  /**
   * Gives the event up for good: the subject goes on as if it had been handled.
   *
   * @throws Refusal as {@link redrive}
   */
  discard(id: string, reason: string, actor: Actor): Promise<RedriveResult> {
    return this.#alone(id, { action: 'discard', reason, actor: actorLine(actor), job: null });
  }

  async #alone(id: string, order: Order): Promise<RedriveResult> {
    let waiting: Letter | undefined;
    const result = await this.desk.parts.database.command(async (tx) => {
      const taken = await this.take(tx, id);
      const settled = await this.settle(tx, taken, order);
      waiting = settled.waiting ? taken.letter : undefined;
      return settled.result;
    });
    if (waiting) await this.goOn(waiting);
    return result;
  }

  /**
   * Locks the subject first, as every arrival does, then the letter, and sees to it that it is its turn.
   *
   * @throws Refusal as {@link redrive}
   */
  async take(tx: Tx, id: string): Promise<Taken> {
    const { consumer } = this.desk.parts;
    const { rows } = await tx.query<{ topic: string; key: string | null }>(
      'SELECT topic, key FROM messaging.dead_letter WHERE consumer = $1 AND id = $2',
      [consumer, id],
    );
    const found = rows[0];
    if (!found) throw redriveRefusals.refusal('messaging.no-such-dead-letter', { id });
    const standing = found.key === null ? undefined : await stand(tx, this.ledger(found), found.key);
    const letter = (await takeLetter(tx, consumer, id))!;
    if (letter.state !== 'open')
      throw redriveRefusals.refusal('messaging.dead-letter-settled', { id, state: letter.state });
    if (standing) await this.#inTurn(tx, letter, standing);
    return { letter, standing };
  }

  /**
   * A subject usually has one open letter: later events park behind it. It has more when a message without a
   * readable place came meanwhile, and when an event that fills a gap fails: that one lies before the gap's
   * own letter, and accepting the gap first would pass it over.
   */
  async #inTurn(tx: Tx, letter: Letter, { blockedBy, blockedSequence }: Standing): Promise<void> {
    const { id, key, sequence } = letter;
    const before =
      sequence === null ? undefined : await earlierLetter(tx, this.ledger(letter), key!, sequence);
    if (before) throw redriveRefusals.refusal('messaging.earlier-letter-first', { first: before });
    if (blockedBy === null || blockedBy === id) return;
    if (sequence !== null && blockedSequence !== null && sequence < blockedSequence) return;
    const { rows } = await tx.query<{ state: string }>(
      'SELECT state FROM messaging.dead_letter WHERE id = $1',
      [blockedBy],
    );
    const code =
      rows[0]?.state === 'open' ? 'messaging.earlier-letter-first' : 'messaging.subject-being-released';
    throw redriveRefusals.refusal(code, { first: blockedBy });
  }

  /**
   * Does what is ordered with a letter that was taken in this transaction. A handler that fails is undone to a
   * savepoint and the failure noted: what an item brought about and what is written of it are one commit.
   *
   * @throws the error of a database that is away or of a conflict: nothing was learned about the event
   */
  async settle(tx: Tx, taken: Taken, order: Order): Promise<Settled> {
    const { id } = taken.letter;
    if (order.action === 'discard') {
      await this.#giveUp(tx, taken);
      await settleLetter(tx, id, 'discarded', order.actor);
      await writeAudit(tx, { ...order, letter: id, outcome: 'discarded' });
      return { result: { id, outcome: 'discarded' }, waiting: await this.#someWait(tx, taken) };
    }
    await tx.query('SAVEPOINT handling');
    try {
      await this.#apply(tx, taken);
    } catch (error) {
      const kind = classify(error);
      if (kind === 'away' || kind === 'conflict') throw error;
      await tx.query('ROLLBACK TO SAVEPOINT handling');
      await writeFailure(tx, id, error);
      const { name, text } = described(error);
      await writeAudit(tx, { ...order, letter: id, outcome: `failed: ${text}`.slice(0, 1_000) });
      const code = error instanceof Refusal ? error.code : name;
      return { result: { id, outcome: 'failed', code, error: text }, waiting: false };
    }
    await settleLetter(tx, id, 'redriven', order.actor);
    await writeAudit(tx, { ...order, letter: id, outcome: 'redriven' });
    return { result: { id, outcome: 'redriven' }, waiting: await this.#someWait(tx, taken) };
  }

  /** Most often nothing does, and the subject is free with this commit: a release of its own would cost another. */
  async #someWait(tx: Tx, { letter, standing }: Taken): Promise<boolean> {
    if (!standing || standing.blockedBy === null) return false;
    // Settled before a gap: whether the gap was healed by it, the release will see.
    if (standing.blockedBy !== letter.id) return true;
    return beginRelease(tx, this.ledger(letter), letter.key!);
  }

  /** After the commit, when some wait: handles what was parked behind a settled letter. */
  async goOn(letter: Pick<Letter, 'topic' | 'key'>): Promise<void> {
    if (letter.key !== null) await this.release.run(this.ledger(letter), letter.key);
  }

  async #apply(tx: Tx, { letter, standing }: Taken): Promise<void> {
    if (letter.cause === 'sequence-gap') {
      await this.#acceptGap(tx, letter);
      return;
    }
    const arrival = this.#read(letter);
    // Read again: a later release of the service may know what this one did not.
    if (arrival.reading.kind === 'unfit') throw arrival.reading.fault;
    const { sequence } = arrival.place!;
    if (letter.cause === 'not-rebuilt') {
      await this.desk.makeUp(tx, arrival, standing!);
      return;
    }
    if (standing!.last !== null && standing!.last >= sequence) return;
    const outcome = await this.desk.apply(tx, arrival);
    await this.release.heal(tx, this.ledger(letter), letter.key!, standing!, sequence);
    tx.afterCommit(() => this.desk.parts.tally.consumed(letter.topic, outcome, 1));
  }

  /** Only up to the first event that is there: what fills a part of the gap is parked, and is handled. */
  async #acceptGap(tx: Tx, { topic, key, sequence }: Letter): Promise<void> {
    const ledger = this.ledger({ topic });
    const first = await firstParked(tx, ledger, key!);
    await moveTo(tx, ledger, key!, Math.min(first?.sequence ?? sequence!, sequence!) - 1);
  }

  async #giveUp(tx: Tx, { letter, standing }: Taken): Promise<void> {
    const { key, sequence, cause } = letter;
    if (key === null || sequence === null) return;
    const ledger = this.ledger(letter);
    if (cause === 'sequence-gap') {
      await unparkOne(tx, ledger, key, sequence);
      const first = await firstParked(tx, ledger, key);
      await moveTo(tx, ledger, key, first && first.sequence < sequence ? first.sequence - 1 : sequence);
      return;
    }
    if (standing!.last === null || standing!.last < sequence) await moveTo(tx, ledger, key, sequence);
    await unpark(tx, ledger, key, sequence);
    await this.release.heal(tx, ledger, key, standing!, sequence);
  }

  #read(letter: Letter): Arrival {
    const origin = {
      topic: letter.origin_topic,
      partition: letter.origin_partition,
      offset: String(letter.origin_offset),
    };
    const key = letter.key === null ? null : Buffer.from(letter.key);
    return lookAt(
      { key, value: letter.payload },
      origin,
      letter.topic as Topic,
      (type) => this.desk.parts.handlers.hears(type),
      this.desk.parts.handlers.contracts,
    );
  }

  ledger({ topic }: { topic: string }): Ledger {
    return this.desk.ledgerOf({ topic });
  }
}

/** The letter was not tried: it is not there any more, settled, or not in its turn. */
export function refusedBefore(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code in redriveRefusals.catalogue;
}
