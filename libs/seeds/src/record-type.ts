import type { Period } from '#kernel';
import type { Seeded } from './basis.js';
import type { Severity } from './repair-rule.js';

export type RecordFieldKind =
  'text' | 'choice' | 'date' | 'amount' | 'name' | 'credit-code' | 'citizen-id' | 'document-number';

/** What a field means beside its JSON Schema: the schema knows shapes, this knows the field. */
export interface RecordField {
  name: string;
  zh: string;
  en: string;
  kind: RecordFieldKind;
  /** Dates that cannot lie in the future (`record.date-in-future`). */
  notFuture?: boolean;
  /** Never leaves the platform: not in events, logs, public pages or files (ordinance art. 23). */
  neverPublic?: boolean;
  /** Field of the 2015 tables, still seen in files. */
  older?: boolean;
}

/** One record type of the information catalogue: how its payload looks and which field plays which part. */
export interface RecordType extends Seeded {
  id: string;
  version: number;
  name: string;
  nameEn: string;
  /** Kind of the national information catalogue (2024). */
  catalogueKind: string;
  /** JSON Schema draft-07 of the payload, field names as in the national tables. */
  schema: Record<string, unknown>;
  fields: RecordField[];
  /** Each group gives the first field that is filled; together they make the key of the record. */
  naturalKey: string[][];
  subject: { name: string; category: string | null; creditCode: string | null; citizenId: string | null };
  document: { number: string | null; date: string };
  authority: { name: string; code: string | null };
  /** Field that the severity rules read; null = the type has no severity. */
  severityField: string | null;
  /** 双公示: to be put up within this time of the decision; null = no such duty. */
  putUpWithin: Period | null;
}

/** Which severity a penalty category has, and so how long it is published. */
export interface SeverityRule extends Seeded {
  id: string;
  recordType: string;
  repairRule: string;
  /** Exact values of the category, or prefixes that end in '-'; ['*'] = every other value. */
  categories: string[];
  severity: Severity;
  published: boolean | 'exceptionally';
  min: Period | null;
  max: Period | null;
}
