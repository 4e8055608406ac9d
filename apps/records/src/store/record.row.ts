import type { LocalDate } from '#kernel';
import type { WithdrawalCause } from '../domain/duplicate.js';
import type { RecordFacts } from '../domain/record-facts.js';
import type { Severity } from '../domain/severity.js';

/** A credit record as it stands in the table; `payload` holds its open fields, `sealed` the others in base64. */
export interface RecordRow {
  id: string;
  type: string;
  type_version: number;
  subject_id: string;
  provider: string;
  document_no: string;
  decided_on: LocalDate;
  severity: Severity;
  severity_rule: string | null;
  category: string | null;
  conduct: string | null;
  fine_yuan: number | null;
  authority_name: string;
  authority_code: string | null;
  published_until: LocalDate | null;
  status: 'counted' | 'withdrawn';
  withdrawn_on: LocalDate | null;
  withdrawn_cause: WithdrawalCause | null;
  withdrawn_reason: string | null;
  batch_id: string | null;
  line: number | null;
  accepted_at: Date;
  accepted_by: string;
  version: number;
  /** Off publication by credit repair since this day. */
  repaired_on: LocalDate | null;
  /** Shown to nobody for a time, and not repaired. */
  masked_on: LocalDate | null;
  found_false_on: LocalDate | null;
  false_shown_until: LocalDate | null;
  /** objected to since; shown with the mark until the last objection is settled */
  objection_since: LocalDate | null;
}

export interface FullRecordRow extends RecordRow {
  payload: Record<string, string | number | boolean>;
  sealed: Record<string, string> | null;
}

/** What all records of one chunk share. */
export interface Intake {
  type: string;
  typeVersion: number;
  provider: string;
  batchId: string | null;
  at: Date;
  by: string;
}

/** What each record has of its own. */
export interface NewRecordRow {
  id: string;
  subjectId: string;
  naturalKey: Buffer;
  content: Buffer;
  facts: RecordFacts;
  payload: Record<string, string | number | boolean>;
  sealed: Record<string, string> | null;
  line: number | null;
}

/** What came before under one natural key. */
export interface EarlierRow {
  id: string;
  natural_key: Buffer;
  content: Buffer;
  status: 'counted' | 'withdrawn';
  withdrawn_on: LocalDate | null;
  withdrawn_cause: WithdrawalCause | null;
}

export const RECORD_COLUMNS = `id, type, type_version, subject_id, provider, document_no, decided_on, severity, severity_rule,
  category, conduct, fine_yuan::float8 AS fine_yuan, authority_name, authority_code, published_until, status,
  withdrawn_on, withdrawn_cause, withdrawn_reason, batch_id, line, accepted_at, accepted_by, version, repaired_on, masked_on,
  found_false_on, false_shown_until, objection_since`;
