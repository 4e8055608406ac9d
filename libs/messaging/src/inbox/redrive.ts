import type { Topic } from '#contracts';
import { defineRefusals, Refusal } from '#kernel';
import { type Actor, actorLine, platformActor, type Tx } from '#platform';
import { type Arrival, lookAt } from './arrival.js';
import { type DeadLetter, settleLetter, takeLetter, unpark, writeFailure } from './dead-letters.js';
import type { Desk } from './desk.js';
import { type Ledger, moveTo, stand } from './receipts.js';
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
});

/** What came of one act on one dead letter. */
export interface RedriveResult {
  id: string;
  outcome: 'redriven' | 'discarded' | 'failed';
  /** why it failed again */
  error?: string;
}

type Letter = DeadLetter & { payload: Buffer };

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
   * @throws Refusal `messaging.no-such-dead-letter`, `messaging.dead-letter-settled`, `messaging.earlier-letter-first`
   */
  async redrive(id: string, actor: Actor): Promise<RedriveResult> {
    let letter: Letter | undefined;
    try {
      await this.desk.parts.database.transaction(async (tx) => {
        const taken = await this.#take(tx, id);
        letter = taken;
        await this.#apply(tx, taken);
        await settleLetter(tx, id, 'redriven', actorLine(actor));
        await audit(tx, id, 'redrive', actor, null, 'redriven');
      });
    } catch (error) {
      // Before the letter was taken nothing was tried: that is a refusal of the request itself.
      if (!letter) throw error;
      await this.desk.parts.database.transaction(async (tx) => {
        await writeFailure(tx, id, error);
        await audit(tx, id, 'redrive', actor, null, `failed: ${(error as Error).message}`.slice(0, 1_000));
      });
      return { id, outcome: 'failed', error: (error as Error).message };
    }
    await this.#goOn(letter!);
    return { id, outcome: 'redriven' };
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
  async discard(id: string, reason: string, actor: Actor): Promise<RedriveResult> {
    const letter = await this.desk.parts.database.transaction(async (tx) => {
      const taken = await this.#take(tx, id);
      const { key, sequence } = taken;
      if (key !== null && sequence !== null) {
        const { last } = await stand(tx, this.#ledger(taken), key);
        if (last === null || last < sequence) await moveTo(tx, this.#ledger(taken), key, sequence);
        await unpark(tx, this.#ledger(taken), key, sequence);
      }
      await settleLetter(tx, id, 'discarded', actorLine(actor));
      await audit(tx, id, 'discard', actor, reason, 'discarded');
      return taken;
    });
    await this.#goOn(letter);
    return { id, outcome: 'discarded' };
  }

  /** Locks the subject first, as every arrival does, then the letter. */
  async #take(tx: Tx, id: string): Promise<Letter> {
    const { rows } = await tx.query<{ topic: string; key: string | null }>(
      'SELECT topic, key FROM messaging.dead_letter WHERE consumer = $1 AND id = $2',
      [this.desk.parts.consumer, id],
    );
    const found = rows[0];
    if (!found) throw redriveRefusals.refusal('messaging.no-such-dead-letter', { id });
    const blockedBy = found.key === null ? null : (await stand(tx, this.#ledger(found), found.key)).blockedBy;
    const letter = (await takeLetter(tx, this.desk.parts.consumer, id))!;
    if (letter.state !== 'open')
      throw redriveRefusals.refusal('messaging.dead-letter-settled', { id, state: letter.state });
    if (blockedBy !== null && blockedBy !== id)
      throw redriveRefusals.refusal('messaging.earlier-letter-first', { first: blockedBy });
    return letter;
  }

  async #apply(tx: Tx, letter: Letter): Promise<void> {
    const { key, sequence } = letter;
    if (letter.cause === 'sequence-gap') {
      // The event itself is parked and comes first in the release.
      await moveTo(tx, this.#ledger(letter), key!, sequence! - 1);
      return;
    }
    const arrival = this.#read(letter);
    // Read again: a later release of the service may know what this one did not.
    if (arrival.reading.kind === 'unfit') throw arrival.reading.fault;
    const { last } = await stand(tx, this.#ledger(letter), key!);
    if (last !== null && last >= arrival.place!.sequence) return;
    const outcome = await this.desk.apply(tx, arrival);
    tx.afterCommit(() => this.desk.parts.tally.consumed(letter.topic, outcome, 1));
  }

  async #goOn(letter: Letter): Promise<void> {
    if (letter.key !== null) await this.release.run(this.#ledger(letter), letter.key);
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

  #ledger({ topic }: { topic: string }): Ledger {
    return { consumer: this.desk.parts.consumer, topic };
  }
}

async function audit(
  tx: Tx,
  id: string,
  action: 'redrive' | 'discard',
  actor: Actor,
  reason: string | null,
  outcome: string,
): Promise<void> {
  await tx.query(
    'INSERT INTO messaging.redrive_audit (dead_letter_id, action, actor, reason, outcome) VALUES ($1, $2, $3, $4, $5)',
    [id, action, actorLine(actor), reason, outcome],
  );
}
