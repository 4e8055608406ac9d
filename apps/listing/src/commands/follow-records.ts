import { Injectable } from '@nestjs/common';
import type { DataOf, recordCorrected, recordWithdrawn, RecordRef, SubjectRef } from '#contracts';
import type { Actor, Tx } from '#platform';
import { touchesBasis } from '../domain/basis/art-38.js';
import { Cases } from '../store/cases.js';
import { Records } from '../store/records.js';
import { Subjects } from '../store/subjects.js';
import { CaseChanges } from './case-changes.js';
import { HandleRecordObjections } from './handle-record-objections.js';
import { HandleRecordRepairs } from './handle-record-repairs.js';

/** What the records service tells: subjects and records as they stand, and what a case loses with a record. */
@Injectable()
export class FollowRecords {
  constructor(
    private readonly subjects: Subjects,
    private readonly records: Records,
    private readonly cases: Cases,
    private readonly changes: CaseChanges,
    private readonly repairs: HandleRecordRepairs,
    private readonly objections: HandleRecordObjections,
  ) {}

  /** A subject that is called otherwise is called so in each of its entries, and in every copy of them. */
  async subject(tx: Tx, subject: SubjectRef, toldAt: string, actor: Actor): Promise<void> {
    const from = await this.subjects.hear(tx, subject, toldAt);
    if (from === undefined) return;
    const command = { type: 'follow-name', from, to: subject.name } as const;
    for (const id of await this.cases.entriesOf(tx, subject.id))
      await this.changes.change(tx, { id, actor, command, alone: true });
  }

  async accepted(
    tx: Tx,
    { record, subject }: { record: RecordRef; subject: SubjectRef },
    toldAt: string,
    actor: Actor,
  ): Promise<void> {
    await this.subject(tx, subject, toldAt, actor);
    await this.records.hear(tx, record, subject.id, toldAt);
  }

  /**
   * A case shows the record as it now stands, and a person looks whether it still carries the case: also where the
   * document is the same, and its conduct or fine is another.
   */
  async corrected(tx: Tx, data: DataOf<typeof recordCorrected>, toldAt: string, actor: Actor): Promise<void> {
    await this.accepted(tx, data, toldAt, actor);
    const { id, documentNo, decidedOn } = data.record;
    for (const caseId of await this.cases.restingOn(tx, id)) {
      await this.changes.change(tx, {
        id: caseId,
        actor,
        command: async (state) => {
          const held = state.records.find((record) => record.id === id);
          const same = held?.documentNo === documentNo && held.decidedOn === decidedOn;
          return held && (!same || touchesBasis(data.changed))
            ? { type: 'correct-basis', record: { ...held, documentNo, decidedOn } }
            : undefined;
        },
      });
    }
  }

  /** The decision behind a record fell away: no case stands on it any more (ordinance art. 38). */
  async withdrawn(tx: Tx, data: DataOf<typeof recordWithdrawn>, toldAt: string, actor: Actor): Promise<void> {
    await this.subject(tx, data.subject, toldAt, actor);
    await this.records.hear(tx, data.record, data.subject.id, toldAt, true);
    const { id: recordId } = data.record;
    await this.repairs.recordWithdrawn(tx, actor, recordId, data.reason);
    await this.objections.recordWithdrawn(tx, actor, recordId, data.reason);
    for (const caseId of await this.cases.restingOn(tx, recordId)) {
      const { cause, reason, changedOn } = data;
      const command = {
        type: 'lose-basis',
        recordId,
        cause,
        reason,
        ...(changedOn ? { changedOn } : {}),
      } as const;
      await this.changes.change(tx, { id: caseId, actor, command });
    }
  }
}
