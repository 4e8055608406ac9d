import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Refusal } from '#kernel';
import { loadSeeds, seedsFolder } from '#seeds';
import { CsvRows } from '../intake/rows.js';
import { RowCheck } from './row-check.js';

const TODAY = '2026-11-24';
const types = loadSeeds('record-types');
const check = new RowCheck(types.find(({ id }) => id === 'penalty')!);

const right = {
  CF_XDR_MC: '松江示例商贸有限公司（虚构）',
  CF_XDR_LB: '法人及非法人组织',
  CF_XDR_SHXYM: '91230100MA1ABCDE8J',
  CF_FRDB: '张示例',
  CF_WSH: '哈市监罚〔2024〕101号（虚构）',
  CF_WFXW: '生产不符合食品安全标准的食品',
  CF_SY: '经抽样检验不合格',
  CF_YJ: '《食品安全法》第一百二十四条',
  CF_CFLB: '罚款',
  CF_NR: '罚款520000元',
  CF_NR_FK: '52',
  CF_JDRQ: '2024/10/28',
  CF_CFJG: '哈尔滨市市场监督管理局',
  CF_CFJGDM: '11420000MB15291767',
  CF_SJLY: '哈尔滨市市场监督管理局',
  CF_SJLYDM: '11420000MB15291767',
};
const person = {
  ...right,
  CF_XDR_LB: '自然人',
  CF_XDR_SHXYM: '',
  CF_FRDB: '',
  CF_XDR_ZJLX: '身份证',
  CF_XDR_ZJHM: '11010519491231002X',
};

function faults(raw: Record<string, unknown>): Refusal[] {
  const checked = check.check(raw, TODAY);
  return checked.ok ? [] : checked.faults;
}
const seen = (raw: Record<string, unknown>): string[] =>
  faults(raw).map(({ field, code }) => `${field} ${code}`);

describe('a right record', () => {
  test('is trimmed, empty fields are left out, dates and amounts take one form', () => {
    const checked = check.check({ ...right, BZ: '  ', CF_CFLB: ' 罚款　' }, TODAY);
    expect(checked).toMatchObject({
      ok: true,
      identity: { kind: 'enterprise' },
      subjectName: right.CF_XDR_MC,
    });
    const payload = checked.ok ? checked.payload : {};
    expect(payload).toMatchObject({ CF_JDRQ: '2024-10-28', CF_NR_FK: 52, CF_CFLB: '罚款' });
    expect(payload).not.toHaveProperty('BZ');
  });

  test('about a natural person is known by the citizen number', () => {
    expect(check.check(person, TODAY)).toMatchObject({ ok: true, identity: { kind: 'natural-person' } });
  });

  test('may be decided today', () => {
    expect(seen({ ...right, CF_JDRQ: TODAY })).toEqual([]);
  });
});

describe('a wrong record', () => {
  test.each([
    [{ CF_XDR_SHXYM: '914403001922038217' }, 'CF_XDR_SHXYM record.credit-code-check-character'],
    [{ CF_XDR_SHXYM: '91350100M000100Y4Z' }, 'CF_XDR_SHXYM record.credit-code-alphabet'],
    [{ CF_XDR_SHXYM: '9144030019220382' }, 'CF_XDR_SHXYM record.credit-code-length'],
    [{ CF_CFJGDM: '11420000MB15291768' }, 'CF_CFJGDM record.credit-code-check-character'],
    [{ CF_WSH: undefined }, 'CF_WSH record.field-required'],
    [{ CF_FRDB: '' }, 'CF_FRDB record.field-required'],
    [{ CF_XDR_SHXYM: '' }, 'CF_XDR_SHXYM record.field-required'],
    [{ CF_JDRQ: '2026-11-25' }, 'CF_JDRQ record.date-in-future'],
    [{ CF_JDRQ: '2024-02-30' }, 'CF_JDRQ record.field-format'],
    [{ CF_XDR_LB: '公司' }, 'CF_XDR_LB record.field-choice'],
    [{ CF_WSH: '长'.repeat(129) }, 'CF_WSH record.field-too-long'],
    [{ CF_NR_FK: '五万' }, 'CF_NR_FK record.field-format'],
    [{ CF_NR_FK: -1 }, 'CF_NR_FK record.field-range'],
    [{ CF_NR: ['罚款'] }, 'CF_NR record.field-format'],
    [{ CF_NR: { a: 1 } }, 'CF_NR record.field-format'],
    [{ CF_XYZ: '1' }, 'CF_XYZ record.field-unknown'],
    [{ constructor: '1' }, 'constructor record.field-unknown'],
    [{ CF_SY: 'a\0b' }, 'CF_SY record.field-characters'],
    [{ CF_SY: 'a\ud800b' }, 'CF_SY record.field-characters'],
    [{ CF_ZT: '1' }, 'CF_ZT record.field-revoked'],
    [{ CF_XDR_ZJHM: '11010519491231002X', CF_XDR_ZJLX: '身份证' }, 'CF_XDR_ZJHM record.subject-ambiguous'],
  ])('%j → %s', (change, expected) => {
    expect(seen({ ...right, ...change })).toEqual([expected]);
  });

  test('a person without a citizen number cannot be known', () => {
    expect(seen({ ...person, CF_XDR_ZJHM: '' })).toEqual(['CF_XDR_ZJHM record.field-required']);
    expect(seen({ ...person, CF_XDR_ZJLX: '护照号', CF_XDR_ZJHM: 'G12345678' })).toEqual([
      'CF_XDR_ZJLX record.document-type-unsupported',
    ]);
  });

  test('all its faults are told at once, one for each field, with reason and cure in both languages', () => {
    const found = faults({ ...right, CF_WFXW: '', CF_JDRQ: '2099-01-01', CF_XDR_SHXYM: '123' });
    expect(found.map(({ code }) => code).sort()).toEqual([
      'record.credit-code-length',
      'record.date-in-future',
      'record.field-required',
    ]);
    for (const { zh, en, cureZh, cureEn } of found) {
      for (const text of [zh, en, cureZh, cureEn]) {
        expect(text).not.toBe('');
        expect(text).not.toContain('{');
      }
    }
  });

  test('an identity number never stands in what is answered', () => {
    const number = '230199199001010005';
    const told = JSON.stringify(
      faults({ ...person, CF_XDR_ZJHM: number }).map((fault) => ({ ...fault, message: fault.message })),
    );
    expect(told).toContain('record.citizen-id-invalid');
    expect(told).not.toContain(number);
    expect(told).not.toContain(number.slice(6, 14));
  });
});

test('the demo file is answered line by line as its expectation says', () => {
  const file = (name: string): string => readFileSync(join(seedsFolder(), 'demo', name), 'utf8');
  const expected = JSON.parse(file('penalties.expected.json')) as {
    lines: { line: number; outcome: string; field: string; code: string }[];
  };
  const rows = new CsvRows(check);
  const answered = [...rows.push(file('penalties.csv')), ...rows.end()].flatMap((row) =>
    'fault' in row
      ? [{ line: row.line, field: row.fault.field, code: row.fault.code }]
      : faults(row.fields).map(({ field, code }) => ({ line: row.line, field, code })),
  );
  // Repeated rows are right rows as long as they are looked at alone.
  const alone = expected.lines.filter(({ code }) => !code.includes('duplicate'));
  expect(answered).toEqual(alone.map(({ line, field, code }) => ({ line, field, code })));
});
