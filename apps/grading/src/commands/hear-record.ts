import { Injectable } from '@nestjs/common';
import type { RecordRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Tx } from '#platform';
import { InputStore } from '../store/input.store.js';
import { Regrade } from './regrade.js';

export interface HeardRecord {
  eventId: string;
  type: string;
  /** place of the event among those of its subject */
  sequence: number;
  subject: SubjectRef;
  record: RecordRef;
  /** null for a record that counts */
  withdrawnOn: LocalDate | null;
}

export interface HeardRepair extends Pick<HeardRecord, 'eventId' | 'type' | 'sequence' | 'subject'> {
  recordId: string;
  /** Also of one that is masked for a time; null: the repair was found false, or it is shown again */
  repairedOn: LocalDate | null;
}

/** A record was accepted, corrected or withdrawn: the subject is graded anew in the same transaction. */
@Injectable()
export class HearRecord {
  constructor(
    private readonly inputs: InputStore,
    private readonly regrade: Regrade,
  ) {}

  async run(tx: Tx, { eventId, type, sequence, subject, record, withdrawnOn }: HeardRecord): Promise<void> {
    // No model grades persons, so nothing of theirs is kept here (ordinance art. 22: used only for its duty).
    if (subject.kind === 'natural-person') return;
    if (!(await this.inputs.holdRecord(tx, subject, record, sequence, withdrawnOn))) return;
    await this.regrade.run(tx, subject, { eventId, type, caseId: null });
  }

  /** A record was repaired, or is as if it had not been: the subject is graded anew (order 36 art. 3). */
  async repaired(
    tx: Tx,
    { eventId, type, sequence, subject, recordId, repairedOn }: HeardRepair,
  ): Promise<void> {
    if (subject.kind === 'natural-person') return;
    if (!(await this.inputs.holdRepair(tx, subject, recordId, repairedOn, sequence))) return;
    await this.regrade.run(tx, subject, { eventId, type, caseId: null });
  }
}
