import { Injectable } from '@nestjs/common';
import type { RecordRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import {
  type Actor,
  Clock,
  Database,
  type Page,
  pageOf,
  type PageRequest,
  type Queryable,
  requestRefusals,
} from '#platform';
import { Catalogue } from '../catalogue/catalogue.js';
import { LookLog } from '../commands/look-log.js';
import { PayloadSealer } from '../commands/payload-sealer.js';
import type { WithdrawalCause } from '../domain/duplicate.js';
import { recordRefOf, subjectRef } from '../events/outbox.js';
import type { RecordRow } from '../store/record.row.js';
import { RecordsStore } from '../store/records.store.js';
import { SubjectsStore } from '../store/subjects.store.js';
import { mayReadSubject } from './readers.js';

/** A record as the credit file lists it. */
export interface ShownRecord extends RecordRef {
  version: number;
  /** the public may see it today */
  published: boolean;
  /** credit repair ended its publication on that day (信用修复); null: not repaired */
  repairedOn: LocalDate | null;
  /** shown to nobody since that day, while a bankruptcy plan is carried out or its execution is stopped; null: it is not */
  maskedOn: LocalDate | null;
  /** the record is objected to since this day; null: it is not */
  objectionSince: LocalDate | null;
  /** a repair of it rested on false material or an unkept commitment; shown until the day (order 36 art. 25) */
  falseRepair: { foundOn: LocalDate; shownUntil: LocalDate } | null;
}

export interface RecordInFull extends ShownRecord {
  subject: SubjectRef;
  typeVersion: number;
  payload: Record<string, string | number | boolean>;
  severityRule: string | null;
  acceptedAt: string;
  batch: { id: string; line: number } | null;
  status: 'counted' | 'withdrawn';
  withdrawal: { on: LocalDate; cause: WithdrawalCause; reason: string } | null;
}

@Injectable()
export class RecordsQuery {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: RecordsStore,
    private readonly subjects: SubjectsStore,
    private readonly catalogue: Catalogue,
    private readonly payloads: PayloadSealer,
    private readonly looks: LookLog,
  ) {}

  /** @throws Refusal `request.not-found`, `subject.not-own`, `subject.purpose-missing` */
  async inFull(actor: Actor, id: string, purpose: string | undefined): Promise<RecordInFull> {
    const row = await this.records.byId(this.db, id);
    if (!row) throw requestRefusals.refusal('request.not-found', { what: 'record' });
    const subject = (await this.subjects.byId(this.db, row.subject_id))!;
    mayReadSubject(actor, subject);
    if (subject.kind === 'natural-person') await this.looks.note(actor, purpose, `record ${id}`, subject.id);
    return {
      ...this.shown(row),
      subject: subjectRef(subject),
      typeVersion: row.type_version,
      payload: this.payloads.shown(this.catalogue.entryOf(row.type, row.type_version), row, row.id),
      severityRule: row.severity_rule,
      acceptedAt: row.accepted_at.toISOString(),
      batch: row.batch_id === null ? null : { id: row.batch_id, line: row.line! },
      status: row.status,
      withdrawal:
        row.status === 'counted'
          ? null
          : { on: row.withdrawn_on!, cause: row.withdrawn_cause!, reason: row.withdrawn_reason! },
    };
  }

  /** What a push answers of a record that is there. */
  async pushed(
    db: Queryable,
    id: string,
  ): Promise<{ record: RecordRef; version: number; subject: SubjectRef }> {
    const row = (await this.records.byId(db, id))!;
    const subject = (await this.subjects.byId(db, row.subject_id))!;
    return { record: recordRefOf(row), version: row.version, subject: subjectRef(subject) };
  }

  async ofSubject(subjectId: string, page: PageRequest): Promise<Page<ShownRecord>> {
    const rows = await this.records.ofSubject(this.db, subjectId, page);
    const { items, next } = pageOf(rows, page, (row) => [row.id]);
    return { items: items.map((row) => this.shown(row)), ...(next ? { next } : {}) };
  }

  shown(row: RecordRow): ShownRecord {
    const today = this.clock.today();
    const {
      repaired_on: repairedOn,
      masked_on: maskedOn,
      found_false_on: foundOn,
      false_shown_until: shownUntil,
    } = row;
    const published =
      row.status === 'counted' &&
      repairedOn === null &&
      maskedOn === null &&
      row.published_until !== null &&
      row.published_until >= today;
    const falseRepair = foundOn && shownUntil && shownUntil >= today ? { foundOn, shownUntil } : null;
    const { objection_since: objectionSince } = row;
    const { version } = row;
    const repair = { published, repairedOn, maskedOn: repairedOn === null ? maskedOn : null, falseRepair };
    return { ...recordRefOf(row), version, ...repair, objectionSince };
  }
}
