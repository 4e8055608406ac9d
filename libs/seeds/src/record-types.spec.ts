import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'csv-parse/sync';
import { checkCitizenId, checkCreditCode, isLocalDate } from '#kernel';
import { loadSeeds, seedsFolder } from './load.js';

type Payload = Record<string, string>;
interface Expected {
  totals: { rows: number; accepted: number; duplicates: number; refused: number };
  lines: { line: number; outcome: string; field: string; code: string }[];
}

const types = loadSeeds('record-types');
const penalty = types.find((type) => type.id === 'penalty')!;
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
const validate: ValidateFunction = ajv.compile(penalty.schema);
const TODAY = '2026-11-23';

const CODES: Record<string, string> = {
  required: 'record.field-required',
  minLength: 'record.field-required',
  maxLength: 'record.field-too-long',
  pattern: 'record.field-format',
  enum: 'record.field-choice',
};

function fieldOf({ keyword, params, instancePath }: ErrorObject): string {
  return keyword === 'required' ? String(params['missingProperty']) : instancePath.slice(1);
}

/** The faults of one row as the records service must find them: shape by schema, meaning by field. */
function faults(payload: Payload): { field: string; code: string }[] {
  if (!validate(payload)) {
    return (validate.errors ?? [])
      .filter((error) => error.keyword !== 'if')
      .map((error) => ({ field: fieldOf(error), code: CODES[error.keyword] ?? error.keyword }));
  }
  return penalty.fields.flatMap(({ name, kind, notFuture }) => {
    const value = payload[name];
    if (value === undefined) return [];
    if (kind === 'credit-code') {
      const check = checkCreditCode(value);
      return check.ok ? [] : [{ field: name, code: `record.credit-code-${check.reason}` }];
    }
    if (kind === 'citizen-id' && payload['CF_XDR_ZJLX'] === '身份证' && !checkCitizenId(value).ok) {
      return [{ field: name, code: 'record.citizen-id-invalid' }];
    }
    if (kind === 'date') {
      const date = value.replaceAll('/', '-');
      if (!isLocalDate(date)) return [{ field: name, code: 'record.field-format' }];
      if (notFuture && date > TODAY) return [{ field: name, code: 'record.date-in-future' }];
    }
    return [];
  });
}

describe('record types', () => {
  it('have schemas that compile in strict mode', () => {
    for (const type of types)
      expect(() => new Ajv({ strict: true, allowUnionTypes: true }).compile(type.schema)).not.toThrow();
    expect(types.map((type) => type.id)).toEqual(['penalty', 'permit', 'judgment', 'commitment', 'honour']);
  });

  it('ask of each kind of party what the national table asks', () => {
    const missing = (payload: Payload) => faults(payload).map((fault) => fault.field);
    const party = (kind: string) => missing({ CF_XDR_LB: kind });
    expect(party('法人及非法人组织')).toEqual(expect.arrayContaining(['CF_XDR_SHXYM', 'CF_FRDB']));
    expect(party('个体工商户')).toContain('CF_XDR_SHXYM');
    expect(party('个体工商户')).not.toContain('CF_FRDB');
    expect(party('自然人')).toEqual(expect.arrayContaining(['CF_XDR_ZJLX', 'CF_XDR_ZJHM']));
    expect(party('自然人')).not.toContain('CF_XDR_SHXYM');
  });

  it('refuse a field that is not in the catalogue', () => {
    const unknown = validate({ CF_XDR_XUEXING: 'A' }) ? [] : (validate.errors ?? []);
    expect(unknown.map((error) => error.keyword)).toContain('additionalProperties');
  });

  it('never let a document number out', () => {
    const open = types
      .flatMap((type) => type.fields)
      .filter((field) => /ZJHM|SFZH|citizenId/.test(field.name));
    expect(open.length).toBeGreaterThan(0);
    expect(open.every((field) => field.neverPublic)).toBe(true);
  });
});

describe('the demo penalty file', () => {
  const demo = join(seedsFolder(), 'demo');
  const text = readFileSync(join(demo, 'penalties.csv'), 'utf8');
  const [header = [], ...body] = parse(text) as string[][];
  const rows = body.map((cells) => {
    return Object.fromEntries(
      header.map((name, index) => [name, cells[index] ?? '']).filter(([, cell]) => cell !== ''),
    ) as Payload;
  });
  const expected = JSON.parse(readFileSync(join(demo, 'penalties.expected.json'), 'utf8')) as Expected;

  it('has the national field names and as many rows as it says', () => {
    const known = new Set(penalty.fields.map((field) => field.name));
    expect(header.filter((name) => !known.has(name))).toEqual([]);
    expect(rows).toHaveLength(500);
    expect(text.split('\n')).toHaveLength(502); // header, 500 rows, end of file: a row is a line
    expect(expected.totals).toEqual({ rows: 500, accepted: 455, duplicates: 3, refused: 42 });
  });

  it('is wrong exactly where, and as, the expectation says', () => {
    const keys = new Map<string, string>();
    const found = rows.flatMap((row, index) => {
      const line = index + 2;
      const own = faults(row).map((fault) => ({ line, ...fault }));
      if (own.length > 0) return own;
      const key = penalty.naturalKey.map((group) => group.map((name) => row[name]).find(Boolean)).join('|');
      const content = JSON.stringify(row);
      const earlier = keys.get(key);
      keys.set(key, earlier ?? content);
      if (earlier === undefined) return [];
      const code = earlier === content ? 'record.duplicate' : 'record.conflicting-duplicate';
      return [{ line, field: 'CF_WSH', code }];
    });
    expect(found).toEqual(expected.lines.map(({ line, field, code }) => ({ line, field, code })));
  });
});
