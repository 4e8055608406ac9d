import { describe, expect, test } from '@jest/globals';
import { loadSeeds } from '#seeds';
import { contentOf, naturalKeyOf } from './natural-key.js';
import { factsOf, performanceOf } from './record-facts.js';
import type { Payload } from './record-type.js';

const types = loadSeeds('record-types');
const rules = loadSeeds('severity-rules');
const type = (id: string) => types.find((one) => one.id === id)!;

const penalty: Payload = {
  CF_XDR_SHXYM: '91230100MA1ABCDE8J',
  CF_WSH: '哈市监罚〔2024〕101号',
  CF_WFXW: '生产不符合食品安全标准的食品',
  CF_CFLB: '罚款',
  CF_NR_FK: 52.123456,
  CF_JDRQ: '2024-10-28',
  CF_CFJG: '哈尔滨市市场监督管理局',
  CF_CFJGDM: '11230100MB1A000091',
};

describe('what a record tells', () => {
  test('a penalty: kind, conduct, fine in yuan, authority and the end of its publication', () => {
    expect(factsOf(type('penalty'), penalty, rules, false)).toEqual({
      documentNo: '哈市监罚〔2024〕101号',
      decidedOn: '2024-10-28',
      severity: 'general',
      severityRule: '58.other',
      category: '罚款',
      conduct: '生产不符合食品安全标准的食品',
      fineYuan: 521234.56,
      authority: { name: '哈尔滨市市场监督管理局', code: '11230100MB1A000091' },
      publishedUntil: '2027-10-28',
    });
  });

  test('of a person: the name in free text only masked', () => {
    const payload = { ...penalty, CF_XDR_MC: '李示例', CF_WFXW: '李示例（13945678901）无证经营（虚构）' };
    expect(factsOf(type('penalty'), payload, rules, true).conduct).toBe('李*（139****8901）无证经营（虚构）');
    expect(factsOf(type('penalty'), payload, rules, false).conduct).toBe(
      '李示例（139****8901）无证经营（虚构）',
    );
  });

  test('a commitment: whether it was kept, and nothing bad', () => {
    const commitment = {
      commitmentNumber: 'C-1',
      committedOn: '2024-05-06',
      acceptingUnit: '省商务厅',
      performance: '已履行',
    };
    expect(factsOf(type('commitment'), commitment, [], false)).toMatchObject({
      documentNo: 'C-1',
      category: '已履行',
      severity: 'none',
      fineYuan: null,
      authority: { name: '省商务厅', code: null },
    });
  });
});

describe('whether a duty was performed', () => {
  test.each([
    ['judgment', '全部已履行', 'kept'],
    ['judgment', '部分未履行', 'broken'],
    ['judgment', '全部未履行', 'broken'],
    ['commitment', '已履行', 'kept'],
    ['commitment', '未履行', 'broken'],
    ['commitment', '虚假承诺', 'broken'],
    ['commitment', '履行中', null],
    ['penalty', '未履行', null],
    ['commitment', null, null],
  ])('of a %s: %s is %s', (type, category, performance) => {
    expect(performanceOf(type, category)).toBe(performance);
  });

  test('has an answer for every word of the catalogue but the one that leaves it open', () => {
    const words = ['judgment', 'commitment'].flatMap((id) =>
      (
        type(id).schema as { properties: { performance: { enum: string[] } } }
      ).properties.performance.enum.map((word) => [word, performanceOf(id, word)] as const),
    );
    expect(words.filter(([, performance]) => performance === null)).toEqual([['履行中', null]]);
  });
});

describe('the natural key', () => {
  test('is made of authority, document and subject, whoever else is named', () => {
    const key = naturalKeyOf(type('penalty'), penalty);
    expect(naturalKeyOf(type('penalty'), { ...penalty, CF_NR_FK: 1, BZ: '备注' })).toBe(key);
    for (const field of ['CF_WSH', 'CF_CFJGDM', 'CF_XDR_SHXYM']) {
      expect(naturalKeyOf(type('penalty'), { ...penalty, [field]: 'other' })).not.toBe(key);
    }
  });

  test('content compares equal whatever the order of its fields', () => {
    const reversed = Object.fromEntries(Object.entries(penalty).reverse());
    expect(contentOf(reversed)).toBe(contentOf(penalty));
    expect(contentOf({ ...penalty, BZ: '备注' })).not.toBe(contentOf(penalty));
  });
});
