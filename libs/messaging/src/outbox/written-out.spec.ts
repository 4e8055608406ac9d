import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WrittenOut } from './written-out.js';

/** What PostgreSQL makes of it. */
const putTogether = ({ beginnings, ofEnding, endings }: WrittenOut): string[] =>
  beginnings.map((beginning, nth) => beginning + endings[ofEnding[nth]! - 1]!);

const written = (...streams: string[][]): WrittenOut => {
  const out = new WrittenOut();
  for (const stream of streams) out.add(stream.map((rest) => ({ rest })));
  return out;
};

describe('envelopes on their way to PostgreSQL', () => {
  const end = `,"case":"${'松江示例商贸'.repeat(50)}"}`;

  it('that end alike are sent with one ending', () => {
    const stream = [`1${end}`, `2${end}`, `3${end}`];
    const out = written(stream);
    expect(out.beginnings).toEqual(['1', '2', '3']);
    expect(out.endings).toEqual(['', end]);
    expect(putTogether(out)).toEqual(stream);
  });

  it('that end otherwise, or alone, are sent whole', () => {
    const out = written([`1${end}`, '2', '3'], [`4${end}`]);
    expect(out.beginnings).toEqual([`1${end}`, '2', '3', `4${end}`]);
    expect(out.endings).toEqual(['']);
  });

  it('come out as they went in, characters of two units included', () => {
    // U+1F000 and U+10400 end in the same half.
    const piece = fc.constantFrom(
      '𠮷',
      '𠮸',
      '\u{1F000}',
      '\u{10400}',
      'x',
      '松'.repeat(120),
      '𠮷'.repeat(110),
    );
    const stream = fc.array(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(stream, { maxLength: 3 }), (streams) => {
        const out = written(...streams);
        expect(putTogether(out)).toEqual(streams.flat());
        for (const text of [...out.beginnings, ...out.endings]) expect(text).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });
});
