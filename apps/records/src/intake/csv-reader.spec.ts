import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { CsvReader, type CsvRow, ROW_LIMIT } from './csv-reader.js';

function read(...pieces: string[]): CsvRow[] {
  const reader = new CsvReader();
  return [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.end()];
}

describe('CSV', () => {
  test('every row knows the line on which it begins, quoted line breaks and blank lines included', () => {
    expect(read('a,b\r\n"x\r\ny",2\r\n\r\n\r\n3,"4"\r\n')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x\r\ny', '2'] },
      { line: 6, cells: ['3', '4'] },
    ]);
  });

  test('a formula is text, quotes inside a text are written twice, a quote inside a bare cell stays', () => {
    expect(read('=1+1,"say ""no""",in"side\n,,\n')).toEqual([
      { line: 1, cells: ['=1+1', 'say "no"', 'in"side'] },
      { line: 2, cells: ['', '', ''] },
    ]);
  });

  test('a wrong quote costs only its own row', () => {
    expect(read('1,2\n"a"b,2\n3,4\n"never closed,2\n5,6\n7,8')).toEqual([
      { line: 1, cells: ['1', '2'] },
      { line: 2, fault: 'quote-stray' },
      { line: 3, cells: ['3', '4'] },
      { line: 4, fault: 'quote-open' },
      { line: 5, cells: ['5', '6'] },
      { line: 6, cells: ['7', '8'] },
    ]);
  });

  test('an unclosed quote and an endless line cannot claim more than the limit of a row', () => {
    const piece = 'x'.repeat(10_000);
    const reader = new CsvReader();
    const rows: CsvRow[] = [];
    for (let i = 0; i < 50; i++) rows.push(...reader.push(piece));
    rows.push(...reader.push('\n1,2\n'), ...reader.end());
    expect(rows).toEqual([
      { line: 1, fault: 'too-long' },
      { line: 2, cells: ['1', '2'] },
    ]);

    const quoted = read('1,2\n"open,2\n', `${'3,4\n'.repeat(ROW_LIMIT / 4)}`, '5,6\n');
    expect(quoted.slice(0, 3)).toEqual([
      { line: 1, cells: ['1', '2'] },
      { line: 2, fault: 'too-long' },
      { line: 3, cells: ['3', '4'] },
    ]);
    expect(quoted.at(-1)).toEqual({ line: ROW_LIMIT / 4 + 3, cells: ['5', '6'] });
  });

  test('agrees with csv-parse on every well-formed file, however it is cut into pieces', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '中', '='),
      maxLength: 6,
    });
    const file = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        file,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(80), { maxLength: 5 }),
        (rows, eol, ends, cuts) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = rows.map((row) => row.map(quote).join(',')).join(eol) + (ends ? eol : '');
          const places = [
            0,
            ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b),
            text.length,
          ];
          const pieces = places.slice(1).map((place, index) => text.slice(places[index], place));
          const seen = read(...pieces).map((row) => ('cells' in row ? row.cells : row.fault));
          expect(seen).toEqual(parse(text, { relax_column_count: true }));
        },
      ),
      { numRuns: 500 },
    );
  });
});
