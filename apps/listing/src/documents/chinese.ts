import type { LocalDate, Period } from '#kernel';
import type { LegalBasis } from '../domain/rules/rules.js';

/* How letters write dates, periods and law. */

/** 2024-11-05 → 2024年11月5日, the form of a document's date. */
export function dateInWords(day: LocalDate): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number);
  return `${year}年${month}月${dayOfMonth}日`;
}

const UNITS: Readonly<Record<Period['unit'], string>> = {
  day: '日',
  'working-day': '个工作日',
  month: '个月',
  year: '年',
};

export function periodInWords({ count, unit }: Period): string {
  return `${count}${UNITS[unit]}`;
}

/** Articles as a law is cited: 第十三条至第十六条. (2) is a part whose kind (款, 项) the rule does not say. */
export function basisInWords({ instrument, number, article }: LegalBasis): string {
  const articles = article
    ?.split(/,\s*/)
    .map((one) => one.split('-').map(articleInWords).join('至'))
    .join('、');
  return `《${instrument}》${number ? `（${number}）` : ''}${articles ?? ''}`;
}

function articleInWords(article: string): string {
  const [, count, part] = /^(\d+)(.*)$/.exec(article) ?? [];
  return count ? `第${numeral(Number(count))}条${part}` : `第${article}条`;
}

const DIGITS = '零一二三四五六七八九';

/** 1 to 9999 as Chinese counts: 十六, 一百零六, 二百六十六. */
export function numeral(count: number): string {
  const digits = [...String(count)].map(Number);
  const words = digits.map((digit, index) =>
    digit === 0 ? '零' : `${DIGITS[digit]}${['', '十', '百', '千'][digits.length - 1 - index]}`,
  );
  return words
    .join('')
    .replace(/零+/g, '零')
    .replace(/(?<=.)零$/, '')
    .replace(/^一十/, '十');
}

/** A sentence with its full stop, however it was written. */
export function ended(sentence: string): string {
  return /[。！？…][”’」』）]*$/.test(sentence) ? sentence : `${sentence.replace(/[，、；：,;:.]$/, '')}。`;
}

const WIDE: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '(': '（',
  ')': '）',
  '?': '？',
  '!': '！',
};
const BESIDE_HAN = /(?<=[\p{Script=Han}》”）])[,;:()?!]|[,;:()?!](?=[\p{Script=Han}《“（])/gu;

/** Punctuation beside Chinese characters as official letters set it; numbers and codes stay as they are. */
export function wide(text: string): string {
  return text.replace(BESIDE_HAN, (mark) => WIDE[mark] ?? mark);
}
