import type { LocalDate, Period } from '#kernel';

/** What a field of a record type means beside its JSON Schema. */
export interface RecordField {
  name: string;
  zh: string;
  kind: 'text' | 'choice' | 'date' | 'amount' | 'name' | 'credit-code' | 'citizen-id' | 'document-number';
  notFuture?: boolean;
  neverPublic?: boolean;
}

/** One version of a record type of the information catalogue, as far as the rules of intake need it. */
export interface RecordType {
  id: string;
  version: number;
  name: string;
  nameEn: string;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
  schema: Record<string, unknown>;
  fields: RecordField[];
  /** Each group gives the first field that is filled; together they make the key of the record. */
  naturalKey: string[][];
  subject: { name: string; category: string | null; creditCode: string | null; citizenId: string | null };
  document: { number: string | null; date: string };
  authority: { name: string; code: string | null };
  severityField: string | null;
}

export interface SeverityRule {
  id: string;
  recordType: string;
  repairRule: string;
  /** Exact values of the category, or prefixes that end in '-'; ['*'] = every other value. */
  categories: string[];
  severity: 'minor' | 'general' | 'serious';
  published: boolean | 'exceptionally';
  min: Period | null;
  max: Period | null;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}

/** The fields of one record after its checks: trimmed, empty ones left out, amounts as numbers. */
export type Payload = Readonly<Record<string, string | number | boolean>>;

/** A field's text, or undefined where the catalogue entry has no such part or the row leaves it empty. */
export function textOf(payload: Payload, field: string | null): string | undefined {
  const value = field === null ? undefined : payload[field];
  return value === undefined ? undefined : String(value);
}

/** The version of a row of the catalogue that is valid on `day`; open ends (null) hold for every day. */
export function holdsOn(
  row: { validFrom: LocalDate | null; validTo: LocalDate | null },
  day: LocalDate,
): boolean {
  return (row.validFrom === null || row.validFrom <= day) && (row.validTo === null || day <= row.validTo);
}
