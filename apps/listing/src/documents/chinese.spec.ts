import { describe, expect, it } from '@jest/globals';
import { basisInWords, ended, numeral, wide } from './chinese.js';

describe('Chinese in letters', () => {
  it('sets punctuation wide beside Chinese characters and leaves numbers alone', () => {
    expect(wide('自收到之日起六十日内,依法(第二十条)申请')).toBe(
      '自收到之日起六十日内，依法（第二十条）申请',
    );
    expect(wide('罚款520,000元,限3:1')).toBe('罚款520,000元，限3:1');
  });

  it('counts as laws are cited', () => {
    expect([1, 10, 16, 20, 48, 100, 101, 110, 112, 266, 1008].map(numeral)).toEqual([
      '一',
      '十',
      '十六',
      '二十',
      '四十八',
      '一百',
      '一百零一',
      '一百一十',
      '一百一十二',
      '二百六十六',
      '一千零八',
    ]);
  });

  it('ends a sentence once, however it was written', () => {
    expect(['已付清', '已付清。', '已付清;', '他说“已付清。”', '已付清（虚构）'].map(ended)).toEqual([
      '已付清。',
      '已付清。',
      '已付清。',
      '他说“已付清。”',
      '已付清（虚构）。',
    ]);
  });

  it('names runs of articles, and invents no kind of part', () => {
    expect(basisInWords({ instrument: '民法典', article: '201-203' })).toBe(
      '《民法典》第二百零一条至第二百零三条',
    );
    expect(basisInWords({ instrument: '某办法', number: '第1号', article: '14(2)' })).toBe(
      '《某办法》（第1号）第十四条(2)',
    );
  });
});
