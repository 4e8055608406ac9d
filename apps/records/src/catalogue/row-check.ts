import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isLocalDate, type LocalDate, Refusal, type RefusalFacts } from '#kernel';
import { citizenIdFault, creditCodeFault } from '../domain/code-fault.js';
import { recordRefusals } from '../domain/record-refusals.js';
import type { Payload, RecordField, RecordType } from '../domain/record-type.js';
import { identityOf, type SubjectIdentity } from '../domain/subject-identity.js';

export type CheckedPayload =
  | { ok: true; payload: Payload; identity: SubjectIdentity; subjectName: string }
  | { ok: false; faults: Refusal[] };

/** States of the 2015 tables that say the decision no longer stands. */
const REVOKED: Record<string, string> = { CF_ZT: '1' };
/** 居住证 of Hong Kong, Macao and Taiwan residents carry numbers of the same form. */
const CITIZEN_DOCUMENT = /^身份证$|居住证/;

const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false, logger: false });

/**
 * Checks payloads against one version of a record type; the schema is compiled once. All faults of a record
 * are found at once, at most one for each field: the one that its sender can act on.
 */
export class RowCheck {
  readonly #validate: ValidateFunction;
  readonly #fields: ReadonlyMap<string, RecordField>;

  constructor(readonly type: RecordType) {
    // Draft-07 is what Ajv reads by default; the address of its meta-schema is not loaded.
    const schema = { ...type.schema };
    delete schema['$schema'];
    this.#validate = ajv.compile(schema);
    this.#fields = new Map(type.fields.map((field) => [field.name, field]));
  }

  get fieldNames(): ReadonlySet<string> {
    return new Set(this.#fields.keys());
  }

  /** Fields that every record of the type needs; others depend on the kind of subject. */
  get requiredFields(): readonly string[] {
    return (this.type.schema['required'] as string[] | undefined) ?? [];
  }

  /** Empty and blank fields count as left out: a file has a cell for every column. */
  check(raw: Readonly<Record<string, unknown>>, today: LocalDate): CheckedPayload {
    const filled = trimmed(raw);
    const faults = new Map<string, Refusal>();
    const add = (fault: Refusal | undefined): void => {
      if (fault && !faults.has(fault.field ?? '')) faults.set(fault.field ?? '', fault);
    };
    for (const [name, value] of Object.entries(filled)) add(this.#characterFault(name, value));
    for (const field of this.#fields.values()) add(this.#numberFault(field, filled));
    if (!this.#validate(filled)) {
      for (const error of this.#validate.errors ?? []) add(this.#schemaFault(error));
    }
    const payload: Record<string, string | number | boolean> = {};
    for (const [name, value] of Object.entries(filled)) {
      const field = this.#fields.get(name);
      if (!field || faults.has(name)) continue;
      const read = readField(field, value);
      add(this.#meaningFault(field, read, today));
      payload[name] = read;
    }
    const identity = faults.size === 0 ? identityOf(this.type, payload) : undefined;
    if (!identity) return { ok: false, faults: [...faults.values()] };
    if ('field' in identity) return { ok: false, faults: [this.#refusal(identity.code, identity.field)] };
    return { ok: true, payload, identity, subjectName: String(payload[this.type.subject.name]) };
  }

  #characterFault(name: string, value: unknown): Refusal | undefined {
    const fits = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
    if (fits(name) && (typeof value !== 'string' || fits(value))) return undefined;
    const field = fits(name) ? name : name.replaceAll('\0', '').toWellFormed().slice(0, 60);
    return recordRefusals.refusal('record.field-characters', { field }, field);
  }

  /** Codes and identity numbers before the schema, whose length limits would only hide what is wrong. */
  #numberFault(field: RecordField, filled: Readonly<Record<string, unknown>>): Refusal | undefined {
    const value = filled[field.name];
    if (typeof value !== 'string') return undefined;
    if (field.kind === 'credit-code') return creditCodeFault(value, field.name);
    if (field.kind !== 'citizen-id') return undefined;
    const documentField = field.name.replace(/ZJHM$/, 'ZJLX');
    const document = documentField === field.name ? undefined : filled[documentField];
    if (typeof document === 'string' && !CITIZEN_DOCUMENT.test(document)) {
      return recordRefusals.refusal(
        'record.document-type-unsupported',
        { field: documentField },
        documentField,
      );
    }
    return citizenIdFault(value, field.name);
  }

  #meaningFault(field: RecordField, value: string | number | boolean, today: LocalDate): Refusal | undefined {
    if (REVOKED[field.name] === value) return this.#refusal('record.field-revoked', field.name);
    if (field.kind !== 'date') return undefined;
    if (!isLocalDate(value)) return this.#refusal('record.field-format', field.name);
    if (field.notFuture && value > today)
      return this.#refusal('record.date-in-future', field.name, { today });
    return undefined;
  }

  #schemaFault(error: ErrorObject): Refusal | undefined {
    const name = error.instancePath.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
    const choice = this.#fields.get(name)?.kind === 'choice';
    switch (error.keyword) {
      case 'required':
        return this.#refusal('record.field-required', String(error.params['missingProperty']));
      case 'additionalProperties':
        return this.#refusal('record.field-unknown', String(error.params['additionalProperty']).slice(0, 60));
      case 'enum':
        return this.#refusal('record.field-choice', name, {
          allowed: (error.params['allowedValues'] as unknown[]).join(', '),
        });
      case 'maxLength':
        return this.#refusal('record.field-too-long', name, { limit: Number(error.params['limit']) });
      case 'minimum':
      case 'maximum':
        return this.#refusal('record.field-range', name);
      case 'if': // says only that one of its branches failed; the branch has told why
        return undefined;
      default:
        return this.#refusal(choice ? 'record.field-choice' : 'record.field-format', name, { allowed: '' });
    }
  }

  #refusal(
    code: Parameters<typeof recordRefusals.refusal>[0],
    field: string,
    facts: RefusalFacts = {},
  ): Refusal {
    const known = this.#fields.get(field);
    const hint = HINTS[known?.kind ?? 'text'] ?? HINTS['text']!;
    return recordRefusals.refusal(code, { field, name: known?.zh ?? field, ...hint, ...facts }, field);
  }
}

const HINTS: Partial<Record<RecordField['kind'], { hint: string; hintZh: string }>> = {
  date: {
    hint: 'Give a day that exists, as YYYY-MM-DD or YYYY/MM/DD.',
    hintZh: '填写存在的日期,格式为 YYYY-MM-DD 或 YYYY/MM/DD',
  },
  amount: {
    hint: 'Give a number with at most six decimals, without unit or separators.',
    hintZh: '填写数字,最多六位小数,不带单位和千分位',
  },
  text: {
    hint: 'Give a text of the form that GET /api/record-types shows for the field.',
    hintZh: '按 GET /api/record-types 所示的格式填写文本',
  },
};

function trimmed(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // No prototype, so that a field named like a member of Object is a field like any other.
  const filled = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(raw)) {
    const read = typeof value === 'string' ? value.trim() : value;
    if (read !== '' && read !== null && read !== undefined) filled[name] = read;
  }
  return filled;
}

/** One form for one value: dates with dashes, amounts as numbers, so that equal records compare equal. */
function readField(field: RecordField, value: unknown): string | number | boolean {
  if (field.kind === 'amount') return Number(value);
  if (field.kind === 'date') return String(value).replaceAll('/', '-');
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
