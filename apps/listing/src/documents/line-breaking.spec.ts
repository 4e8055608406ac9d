import { describe, expect, it } from '@jest/globals';
import { breakLines, breakTitle, NEVER_FIRST, NEVER_LAST } from './line-breaking.js';

const EM = 10;
/** Figures and Latin letters are half as wide as a Chinese character. */
const measure = (text: string): number =>
  [...text].reduce((width, one) => width + (/[\p{Script=Latin}\p{N} .,:/@-]/u.test(one) ? EM / 2 : EM), 0);
const set = (text: string, characters: number) =>
  breakLines(text, measure, { width: characters * EM, indent: 2 * EM, em: EM });
const lines = (text: string, characters: number) => set(text, characters).map((line) => line.text);

const LONG =
  '经查，当事人（虚构）自2025年3月起在“松江示例住宅小区”二期项目中，累计拖欠工资人民币1,280,000元；逾期仍未支付……上述事实有《询问笔录》、《工资支付台账》、银行流水（2025-03-01至2025-09-30）等证据证实——证据之间能够相互印证，足以认定。';

describe('lines of a letter', () => {
  it('never begin with a mark that closes nor end with one that opens, however wide they are', () => {
    for (let width = 6; width <= 40; width++) {
      const all = lines(LONG, width);
      expect(all.join('')).toBe(LONG);
      for (const line of all) {
        expect(NEVER_FIRST).not.toContain([...line][0]);
        expect(NEVER_LAST).not.toContain([...line].at(-1));
      }
    }
  });

  it('keep a figure whole, with 第 and what it counts', () => {
    for (let width = 8; width <= 40; width++)
      for (const whole of ['2025年', '1,280,000元', '2025-03-01', '2025-09-30', '第48条', '〔2026〕'])
        expect(lines(`${LONG}依据第48条，（虚构）罚〔2026〕12号。`, width).join('|')).toContain(whole);
  });

  it('part only what is longer than a line', () => {
    const address = 'https://credit.example/public/certificates/7QK2-M9XH-0RTD-5VWA';
    expect(lines(`见${address}。`, 12).join('')).toBe(`见${address}。`);
    for (const line of set(address.repeat(2), 12)) expect(measure(line.text)).toBeLessThanOrEqual(12 * EM);
  });

  it('begin two characters in, and end at the right edge but for the last', () => {
    const all = set(LONG, 28);
    expect(all.map(({ indent }) => indent)).toEqual([2 * EM, ...all.slice(1).map(() => 0)]);
    for (const { text, indent, spacing } of all.slice(0, -1))
      expect(indent + measure(text) + spacing * ([...text].length - 1)).toBeCloseTo(28 * EM);
    expect(all.at(-1)!.spacing).toBe(0);
  });
});

describe('a title', () => {
  it('keeps its words whole where it needs two lines', () => {
    const width = 20 * EM;
    expect(breakTitle('列入失信被执行人名单决定书', measure, width)).toEqual(['列入失信被执行人名单决定书']);
    expect(breakTitle('列入拖欠农民工工资失信联合惩戒对象名单决定书', measure, width)).toEqual([
      '列入拖欠农民工工资失信联合惩戒对象名单',
      '决定书',
    ]);
    const long = '不予移出电信网络诈骗及其关联违法犯罪联合惩戒对象决定书';
    const broken = breakTitle(long, measure, width);
    expect(broken.join('')).toBe(long);
    expect(broken.at(-1)).toBe('决定书');
    for (const word of ['电信', '诈骗', '关联', '违法', '联合', '惩戒'])
      expect(broken.join('|')).toContain(word);
    for (const line of broken) expect(measure(line)).toBeLessThanOrEqual(width);
  });
});
