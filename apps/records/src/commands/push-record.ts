import { Injectable } from '@nestjs/common';
import type { RecordRef, SubjectRef } from '#contracts';
import type { LocalDate, Refusal } from '#kernel';
import { type Actor, Clock, Database, type FieldError, InvalidRequest } from '#platform';
import { Catalogue } from '../catalogue/catalogue.js';
import { subjectRef } from '../events/outbox.js';
import { RecordsQuery } from '../queries/records.query.js';
import { AcceptRecords } from './accept-records.js';
import { providerOf } from './provider.js';

export interface PushedRecord {
  id: string;
  version: number;
  type: string;
  subject: SubjectRef;
  severity: RecordRef['severity'];
  documentNo: string;
  decidedOn: LocalDate;
  publishedUntil: LocalDate | null;
  /** the same record was there already; nothing was added */
  duplicate: boolean;
}

@Injectable()
export class PushRecord {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly catalogue: Catalogue,
    private readonly acceptRecords: AcceptRecords,
    private readonly records: RecordsQuery,
  ) {}

  /**
   * Takes one record of the caller's unit.
   *
   * @throws Refusal with the code of its one fault; InvalidRequest with all of them when there are several;
   *   Refusal `record.conflicting-duplicate`, `record.was-withdrawn`
   */
  async push(actor: Actor, type: string, raw: Record<string, unknown>): Promise<PushedRecord> {
    const provider = providerOf(actor);
    const today = this.clock.today();
    const check = this.catalogue.checkOf(type, today);
    const checked = check.check(raw, today);
    if (!checked.ok) throw faultOf(checked.faults);
    return this.db.command(async (tx) => {
      const [outcome] = await this.acceptRecords.accept(tx, check, [{ checked, line: null }], provider);
      switch (outcome!.as) {
        case 'refused':
          throw outcome!.refusal;
        case 'duplicate':
          return this.#answer(await this.records.pushed(tx, outcome!.id), true);
        case 'accepted': {
          const { record, subject } = outcome!;
          return this.#answer({ record, version: 1, subject: subjectRef(subject) }, false);
        }
      }
    });
  }

  #answer(
    { record, version, subject }: { record: RecordRef; version: number; subject: SubjectRef },
    duplicate: boolean,
  ): PushedRecord {
    const { id, type, severity, documentNo, decidedOn, publishedUntil } = record;
    return { id, version, type, subject, severity, documentNo, decidedOn, publishedUntil, duplicate };
  }
}

function faultOf(faults: readonly Refusal[]): Error {
  if (faults.length === 1) return faults[0]!;
  return new InvalidRequest(
    faults.map((fault): FieldError => ({
      field: `payload.${fault.field}`,
      code: fault.code,
      reason: fault.en,
      cure: fault.cureEn,
    })),
  );
}
