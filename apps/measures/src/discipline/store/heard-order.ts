import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import type { Tx } from '#platform';
import { lockSubject } from './subject-lock.js';

/** What is needed of an event to know its place. */
export interface Placed {
  /** place among the events of its subject, a number as text */
  sequence: string;
  data: { case: CaseRef; subject: SubjectRef };
}

/**
 * Ends, provisional liftings and restorations of one listing undo each other, so the last that was told counts and not
 * the last that was heard: after a redrive an older one may come behind it.
 */
@Injectable()
export class HeardOrder {
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
