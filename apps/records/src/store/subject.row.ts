import type { SubjectKind } from '#kernel';

/** A credit subject. `name` is what may be shown anywhere: of a natural person the masked name. */
export interface SubjectRow {
  id: string;
  kind: SubjectKind;
  code: string | null;
  name: string;
  region: string;
  unit: string | null;
  registered_by: string;
  version: number;
}

/** What only a logged look may open. */
export interface SealedSubjectRow extends SubjectRow {
  sealed_number: Buffer | null;
  sealed_name: Buffer | null;
}

export interface NewSubjectRow extends SealedSubjectRow {
  person_index: Buffer | null;
}

export const SUBJECT_COLUMNS = 'id, kind, code, name, region, unit, registered_by, version';
