import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import { prepared, type Tx } from '#platform';
import { lockSubject, lockSubjects } from './subject-lock.js';

/** What is needed of an event to know its place. */
export interface Placed {
  /** place among the events of its subject, a number as text */
  sequence: string;
  data: { case: CaseRef; subject: SubjectRef };
}

const NOTE = prepared(
  `UPDATE discipline_case c SET sequence = g.sequence
   FROM unnest($1::uuid[], $2::bigint[]) AS g (case_id, sequence) WHERE c.case_id = g.case_id`,
);

/**
 * Ends, provisional liftings and restorations of one listing undo each other, so the last that was told counts and not
 * the last that was heard: after a redrive an older one may come behind it.
 */
@Injectable()
export class HeardOrder {
  /** As `inOrder`, for many: those that no later one of their listing has overtaken, noted once `follow` is done with them. */
  async allInOrder<E extends Placed>(
    tx: Tx,
    events: readonly E[],
    follow: (events: readonly E[]) => Promise<void>,
  ): Promise<void> {
    await lockSubjects(
      tx,
      events.map(({ data }) => data.subject.id),
    );
    const { rows } = await tx.query<{ case_id: string; sequence: number }>(
      'SELECT case_id, sequence FROM discipline_case WHERE case_id = ANY($1)',
      [events.map(({ data }) => data.case.id)],
    );
    const last = new Map(rows.map(({ case_id, sequence }) => [case_id, Number(sequence)]));
    const standing = events.filter(({ data, sequence }) => {
      if ((last.get(data.case.id) ?? 0) >= Number(sequence)) return false;
      last.set(data.case.id, Number(sequence));
      return true;
    });
    if (standing.length === 0) return;
    await follow(standing);
    const cases = [...new Set(standing.map(({ data }) => data.case.id))];
    await tx.query(NOTE, [cases, cases.map((id) => last.get(id)!)]);
  }

  /** Follows the event, unless a later one of its listing has overtaken it: then it has nothing to say any more. */
  async inOrder(tx: Tx, { data, sequence }: Placed, follow: () => Promise<void>): Promise<void> {
    await lockSubject(tx, data.subject.id);
    const { rows } = await tx.query('SELECT FROM discipline_case WHERE case_id = $1 AND sequence >= $2', [
      data.case.id,
      Number(sequence),
    ]);
    if (rows.length > 0) return;
    await follow();
    await tx.query('UPDATE discipline_case SET sequence = $2 WHERE case_id = $1', [
      data.case.id,
      Number(sequence),
    ]);
  }
}
