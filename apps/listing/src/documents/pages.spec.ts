import { beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import { lettersOf } from '../../specs/letters.js';
import { enterprise, inForce, type Opening } from '../../specs/story.js';
import type { Letter } from './letter.js';
import { NEVER_FIRST, NEVER_LAST } from './line-breaking.js';
import { renderPdf } from './pdf.js';

/* The pages of letters as they lie on the table: GB/T 9704-2012, from memory. */

const MM = 72 / 25.4;
const FACTS =
  '经查，当事人（虚构）自2025年3月起在“松江示例住宅小区”项目中拖欠工资人民币1,280,000元；逾期仍未支付。上述事实有询问笔录、银行流水（2025-03-01至2025-09-30）等证据证实，足以认定。';
const wage: Opening = {
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  openedOn: '2026-04-07',
  clockFrom: '2026-04-03',
  subject: {
    ...enterprise,
    name: '𠮷䶮㐂·买买提·阿不都热依木粮食仓储物流与冷链配送综合服务有限公司（虚构）',
  },
};
const UNIT = '黑龙江省人力资源和社会保障厅（虚构）';

interface Row {
  text: string;
  left: number;
  right: number;
  /** From the upper edge of the page, in points. */
  top: number;
}
interface Printed {
  letter: Letter;
  pages: Row[][];
  text: string;
  tagged: boolean;
  info: Record<string, unknown>;
}

async function printed(letter: Letter): Promise<Printed> {
  const pdf = await getDocumentProxy(new Uint8Array(await renderPdf(letter, '2026-04-21', 'ab'.repeat(32))));
  const pages: Row[][] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    const rows = new Map<number, Row>();
    for (const item of items) {
      if (!('str' in item) || item.str === '') continue;
      const [left, base] = [item.transform[4] as number, item.transform[5] as number];
      const top = 297 * MM - base;
      const row = rows.get(Math.round(top)) ?? { text: '', left, right: left, top };
      rows.set(Math.round(top), { ...row, text: row.text + item.str, right: left + item.width });
    }
    pages.push([...rows.values()].sort((one, other) => one.top - other.top));
  }
  const { text } = await extractText(pdf, { mergePages: true });
  const info = (await pdf.getMetadata()).info as Record<string, unknown>;
  const mark = await pdf.getMarkInfo();
  return { letter, pages, text, tagged: mark?.Marked === true, info };
}

const BELOW = 262 * MM;
const body = (rows: readonly Row[]): Row[] => rows.filter(({ top }) => top < BELOW);
const all: Printed[] = [];

beforeAll(async () => {
  // Of every length that ends somewhere else on its last page.
  for (let times = 1; times <= 12; times++) {
    const story = inForce(
      wage,
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
      { reasons: Array.from({ length: times }, () => FACTS).join('\n') },
    );
    const letters = lettersOf(story, UNIT);
    all.push(await printed(letters.get('decision')!));
    if (times === 1)
      all.push(await printed(letters.get('notice')!), await printed(letters.get('repair-notice')!));
  }
});

describe('a certificate', () => {
  it('has its address as a QR code that is read out, and says it in full on one line', async () => {
    const verifyAt = 'https://credit.example/certificates/7QK2-M9XH-0RTD-5VWA';
    const [{ letter }] = all as [Printed];
    const certificate: Letter = {
      ...letter,
      verifyAt,
      blocks: [...letter.blocks, { style: 'small', text: verifyAt }],
    };
    const bytes = await renderPdf(certificate, '2026-04-21', 'ab'.repeat(32));
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const trees = await Promise.all(
      Array.from({ length: pdf.numPages }, async (_, index) =>
        (await pdf.getPage(index + 1)).getStructTree(),
      ),
    );
    expect(JSON.stringify(trees)).toContain(`"alt":"查验二维码：${verifyAt}"`);
    const { pages } = await printed(certificate);
    expect(pages.flat().map(({ text }) => text)).toContain(verifyAt);
  });
});

describe('the pages of a letter', () => {
  it('have lines that neither begin with a closing mark nor end with an opening one, inside the type area', () => {
    for (const { pages } of all)
      for (const { text, left, right } of pages.flatMap(body)) {
        expect(NEVER_FIRST).not.toContain([...text.trim()][0]);
        expect(NEVER_LAST).not.toContain([...text.trim()].at(-1));
        expect(left).toBeGreaterThan(27.9 * MM);
        expect(right).toBeLessThan(184.5 * MM);
      }
  });

  it('hold at most 22 lines, numbered outside: odd pages right, even pages left', () => {
    for (const { pages } of all)
      pages.forEach((rows, index) => {
        expect(body(rows).length).toBeLessThanOrEqual(23);
        const number = rows.find(({ text }) => text === `— ${index + 1} —`)!;
        if (index % 2 === 0) expect(number.right).toBeGreaterThan(170 * MM);
        else expect(number.left).toBeLessThan(40 * MM);
      });
  });

  it('end with no heading, and never begin with the signature', () => {
    for (const { letter, pages } of all) {
      const headings = letter.blocks.filter(({ style }) => style === 'heading').map(({ text }) => text);
      for (const rows of pages) expect(headings).not.toContain(body(rows).at(-1)!.text);
      for (const rows of pages.slice(1)) expect(body(rows)[0]!.text).not.toBe(UNIT);
      const last = body(pages.at(-1)!).map(({ text }) => text);
      expect(last.slice(-3)).toEqual([UNIT, letter.signedOn, '（印章）']);
      expect(last.length).toBeGreaterThan(3);
    }
  });

  it('say who writes what under which number, in the order in which it is read and copied', () => {
    for (const { letter, text } of all) {
      const flat = text.replace(/\s/g, '');
      const parts = [
        UNIT,
        letter.title,
        letter.no,
        ...letter.blocks.map((block) => block.text),
        UNIT,
        letter.signedOn,
      ];
      // What stands below the pages is between them.
      const read = flat.replace(/—\d+—案号.*?SHA-256[0-9a-f]{64}/g, '');
      let from = 0;
      for (const part of parts) {
        const at = read.indexOf(part.replace(/\s/g, '').replaceAll('𠮷', '〔U+20BB7〕'), from);
        expect([part, at]).not.toEqual([part, -1]);
        from = at + 1;
      }
    }
  });

  it('name a character that the type lacks by its code, and have no empty box', () => {
    expect(all[0]!.text).toContain('〔U+20BB7〕䶮㐂·买买提');
    for (const { text } of all) expect(text).not.toMatch(/[\u0000\uFFFD\uFFFF𠮷]/u);
  });

  it('are Chinese, tagged, and carry title and unit', () => {
    for (const { letter, tagged, info } of all) {
      expect(tagged).toBe(true);
      expect(info).toMatchObject({ Language: 'zh-CN', Title: `${letter.title} ${letter.no}`, Author: UNIT });
    }
  });
});
