import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import { prepared, type Tx } from '#platform';
import { overtaken } from '../domain/case-standing.js';
import { lockSubject, lockSubjects } from './subject-lock.js';

/** What is needed of an event to know its place. */
export interface Placed {
  /** place among the events of its subject, a number as text */
  sequence: string;
  data: { case: CaseRef; subject: SubjectRef };
}

const LAST = prepared('SELECT case_id, sequence FROM discipline_case WHERE case_id = ANY($1)');

const NOTE = prepared(
  `UPDATE discipline_case c SET sequence = g.sequence
   FROM unnest($1::uuid[], $2::bigint[]) AS g (case_id, sequence) WHERE c.case_id = g.case_id`,
);

/** Follows what is told of a listing in the order in which it was told: see `overtaken`. */
@Injectable()
export class HeardOrder {
  /** Follows the event, unless a later one of its listing has overtaken it: then it has nothing to say any more. */
  async inOrder(tx: Tx, event: Placed, follow: () => Promise<void>): Promise<void> {
    await lockSubject(tx, event.data.subject.id);
    const [stands] = await this.#standing(tx, [event]);
    if (!stands) return;
    await follow();
    await this.#note(tx, [event]);
  }

  /** As `inOrder`, for many: `follow` gets those that no later one has overtaken. */
  async allInOrder<E extends Placed>(
    tx: Tx,
    events: readonly E[],
    follow: (events: readonly E[]) => Promise<void>,
  ): Promise<void> {
    await lockSubjects(
      tx,
      events.map(({ data }) => data.subject.id),
    );
    const standing = await this.#standing(tx, events);
    if (standing.length === 0) return;
    await follow(standing);
    await this.#note(tx, standing);
  }

  async #standing<E extends Placed>(tx: Tx, events: readonly E[]): Promise<E[]> {
    const { rows } = await tx.query<{ case_id: string; sequence: number }>(LAST, [
      events.map(({ data }) => data.case.id),
    ]);
    const last = new Map(rows.map(({ case_id, sequence }) => [case_id, Number(sequence)]));
    return events.filter(({ data, sequence }) => {
      if (overtaken(last.get(data.case.id) ?? 0, Number(sequence))) return false;
      last.set(data.case.id, Number(sequence));
      return true;
    });
  }

  async #note(tx: Tx, events: readonly Placed[]): Promise<void> {
    const last = new Map(events.map(({ data, sequence }) => [data.case.id, Number(sequence)]));
    await tx.query(NOTE, [[...last.keys()], [...last.values()]]);
  }
}
