import { Injectable } from '@nestjs/common';
import type { RecordRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { publish } from '#messaging';
import { type Actor, actorLine, checkVersion, Clock, Database, ownedBy, requestRefusals } from '#platform';
import type { WithdrawalCause } from '../domain/duplicate.js';
import { type RecordState, withdraw } from '../domain/withdrawal.js';
import { recordRefOf, subjectRef, tellWithdrawn } from '../events/outbox.js';
import type { RecordRow } from '../store/record.row.js';
import { RecordsStore } from '../store/records.store.js';
import { SubjectsStore } from '../store/subjects.store.js';

export interface WithdrawnRecord {
  version: number;
  record: RecordRef;
  subject: SubjectRef;
  status: 'withdrawn';
  withdrawnOn: LocalDate;
  cause: WithdrawalCause;
  reason: string;
}

/** Only the unit that sent a record withdraws it; from then on it counts no more, anywhere. */
@Injectable()
export class WithdrawRecord {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: RecordsStore,
    private readonly subjects: SubjectsStore,
  ) {}

  /** @throws Refusal `request.not-found`, `request.other-department`, `request.if-match-stale`, `record.already-withdrawn` */
  withdraw(
    actor: Actor,
    id: string,
    version: number,
    command: { cause: WithdrawalCause; reason: string; changedOn?: LocalDate },
  ): Promise<WithdrawnRecord> {
    return this.db.command(async (tx) => {
      const record = await this.records.lock(tx, id);
      if (!record) throw requestRefusals.refusal('request.not-found', { what: 'record' });
      ownedBy(actor, record.provider);
      checkVersion(record.version, version);
      const { status, cause, reason, withdrawnOn } = withdraw(stateOf(record), {
        ...command,
        today: this.clock.today(),
      });
      const by = { actor: actorLine(actor), at: this.clock.now() };
      const after = await this.records.withdraw(tx, record, { cause, reason, withdrawnOn }, by);
      const subject = (await this.subjects.byId(tx, record.subject_id))!;
      const changedOn = command.changedOn ? { changedOn: command.changedOn } : {};
      await publish(tx, tellWithdrawn(after, subject, { cause, reason, withdrawnOn, ...changedOn }));
      return {
        version: after.version,
        record: recordRefOf(after),
        subject: subjectRef(subject),
        status,
        withdrawnOn,
        cause,
        reason,
      };
    });
  }
}

function stateOf(row: RecordRow): RecordState {
  if (row.status === 'counted') return { status: 'counted' };
  return {
    status: 'withdrawn',
    withdrawnOn: row.withdrawn_on!,
    cause: row.withdrawn_cause!,
    reason: row.withdrawn_reason!,
  };
}
