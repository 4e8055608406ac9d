/*
 * Where the lines of a Chinese letter break. pdfkit breaks by Unicode's rules alone, which part 第 from its
 * number and leave the right edge ragged; official letters keep figures whole and fill the line (GB/T 9704-2012,
 * GB/T 15834-2011, from memory).
 */

/** Never the first of a line. */
export const NEVER_FIRST = '，。、；：？！）》」』】〕〉”’…—·%‰℃,.;:?!)]}';
/** Never the last of a line. */
export const NEVER_LAST = '（《「『【〔〈“‘([{';

const FIGURES =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{N}](?:[\p{Script=Latin}\p{Script=Cyrillic}\p{N}.,:/@_+%&=?#-]*[\p{Script=Latin}\p{Script=Cyrillic}\p{N}%])?/u;
const UNIT = new RegExp(`第?${FIGURES.source}[年月日号条款项元人个]?|——|……|\\p{L}\\p{M}*|[^]`, 'gu');

/** How wide a text is; all of these in points. */
export type Measure = (text: string) => number;

export interface Line {
  text: string;
  /** Points from the left edge of the type area. */
  indent: number;
  /** To be added behind each character so that the line ends at the right edge; 0 in the last of a paragraph. */
  spacing: number;
}

export interface Setting {
  width: number;
  /** Of the first line, in points. */
  indent: number;
  /** Of the lines after it. */
  hang?: number;
  /** Width of a Chinese character. */
  em: number;
  /** Whether lines are pulled apart to end at the right edge. */
  fill?: boolean;
}

/** How far a line may be drawn together, and how much pulled apart, in widths of a character. */
const TOGETHER = 0.5;
const APART = 4;

/** The lines of one paragraph; widths in points. */
export function breakLines(
  text: string,
  measure: Measure,
  { width, indent, hang = 0, em, fill = true }: Setting,
): Line[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const put = (part: string): void => {
    line += part;
    used += measure(part);
  };
  const end = (): void => {
    if (line !== '') lines.push(line);
    line = '';
    used = 0;
  };
  const room = (): number => width - (lines.length === 0 ? indent : hang);
  for (const unit of unbreakable(text)) {
    if (used + measure(unit) > room() + TOGETHER * em) end();
    if (measure(unit) <= room() + TOGETHER * em) {
      put(unit);
      continue;
    }
    // A number or an address that is longer than the line.
    for (const part of unit) {
      if (used + measure(part) > room()) end();
      put(part);
    }
  }
  end();
  return lines.map((one, index) => {
    const set = one.trim();
    const from = index === 0 ? indent : hang;
    const slack = width - from - measure(set);
    const last = index === lines.length - 1;
    const fills = slack < 0 || (fill && !last && slack <= APART * em);
    return { text: set, indent: from, spacing: fills ? slack / Math.max(1, [...set].length - 1) : 0 };
  });
}

/** Figures with their measure, dashes, and every mark with the character that it may not be parted from. */
function unbreakable(text: string): string[] {
  const units: string[] = [];
  let opened = '';
  for (const [unit] of text.matchAll(UNIT)) {
    if (opened === '' && units.length > 0 && NEVER_FIRST.includes([...unit][0]!))
      units[units.length - 1] += unit;
    else if (NEVER_LAST.includes(unit)) opened += unit;
    else {
      units.push(opened + unit);
      opened = '';
    }
  }
  if (opened !== '') units.push(opened);
  return units;
}

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words, with the marks that they may not be parted from. */
function words(text: string): string[] {
  const all: string[] = [];
  for (const { segment } of SEGMENTER.segment(text)) {
    const before = all.at(-1)?.at(-1);
    const tied = NEVER_FIRST.includes(segment[0]!) || (before !== undefined && NEVER_LAST.includes(before));
    if (all.length > 0 && tied) all[all.length - 1] += segment;
    else all.push(segment);
  }
  return all;
}

/** Words that begin or end the title of a letter, and stay whole. */
const BEGINS = /^(?:关于列入|关于|拟列入|不予移出|撤销列入|列入|移出)/;
const ENDS = /(?:风险提示书|决定书|告知书|通知书|提醒函|(?:的)?通报函|办结证明|问责通报)$/;

/** A title in lines that keep its words whole: 回行时词意完整、排列对称、长短适宜. */
export function breakTitle(title: string, measure: Measure, width: number): string[] {
  if (measure(title) <= width) return [title];
  const end = ENDS.exec(title)?.[0] ?? '';
  const begin = BEGINS.exec(title)?.[0] ?? '';
  const name = title.slice(begin.length, title.length - end.length);
  if (end && measure(begin + name) <= width) return [begin + name, end];
  const units = words(title.slice(0, title.length - end.length));
  const count = Math.ceil(measure(units.join('')) / width);
  const share = measure(units.join('')) / count;
  const lines = [''];
  for (const unit of units) {
    const line = lines.at(-1)!;
    if (
      lines.length < count &&
      line !== '' &&
      measure(line + unit) > Math.min(width, share + measure('国') / 2)
    )
      lines.push(unit);
    else if (line !== '' && measure(line + unit) > width) lines.push(unit);
    else lines[lines.length - 1] += unit;
  }
  return end ? [...lines, end] : lines;
}
