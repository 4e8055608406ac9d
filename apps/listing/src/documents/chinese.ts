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

/** Articles as the rules name them: 13-16 is a run, (2) a part whose kind (款, 项) the rule does not say. */
export function basisInWords({ instrument, number, article }: LegalBasis): string {
  const articles = article
    ?.split(/,\s*/)
    .map((one) => one.replace('-', '至'))
    .join('、');
  return `《${instrument}》${number ? `（${number}）` : ''}${articles ? `第${articles}条` : ''}`;
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
