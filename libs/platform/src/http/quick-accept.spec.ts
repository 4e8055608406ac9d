import { ValidationPipe } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ChoiceField,
  DateField,
  FlagField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from './fields.js';
import { quickAccept } from './quick-accept.js';

const about = { description: 'a field of a spec' };

class Base {
  @TextField({ ...about, max: 5 })
  text!: string;
}
class Plain extends Base {
  @TextField({ ...about, min: 2, max: 9, pattern: /^[a-z😀\u{FE0F}]*$/u, optional: true })
  word?: string;
  @ListField('text', { ...about, max: 3, maxText: 4 })
  list!: string[];
  @ChoiceField({ ...about, values: ['a', 'b'], optional: true })
  choice?: string;
  @DateField({ ...about, optional: true })
  date?: string;
  @FlagField({ ...about, optional: true })
  flag?: boolean;
}
class Counted extends Base {
  @IntegerField({ ...about, min: 1, max: 3, optional: true })
  count?: number;
}
class Timed extends Base {
  @InstantField({ ...about, optional: true })
  at?: string;
}

const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });
const fully = (value: unknown): Promise<unknown> => pipe.transform(value, { type: 'body', metatype: Plain });

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 6, unit: fc.constantFrom('a', '😀', '\uFE0F', '\0', '\uD83D', 'Z') }),
);
const odd = fc.oneof(fc.constantFrom(undefined, null, 1, true, {}, [], ['a'], 'a', ''), text);
const mostly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: odd });
const short = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('a', 'ab', '诚信', '😀', '😀\uFE0F') }, text);
const bodies = fc.record(
  {
    text: mostly(short),
    word: mostly(fc.oneof(fc.constantFrom('abc', 'a😀', '😀\uFE0F', 'a'.repeat(10)), text)),
    list: mostly(fc.array(short, { maxLength: 4 })),
    choice: mostly(fc.constantFrom('a', 'b', 'c')),
    date: mostly(fc.constantFrom('2024-02-29', '2023-02-29', '2024-1-1')),
    flag: mostly(fc.boolean()),
  },
  { requiredKeys: ['text', 'list'] },
);

describe('accepting at once', () => {
  it('accepts nothing that the full check would refuse, and gives what it gives', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const quick = quickAccept(body, Plain);
        if (!quick) return;
        accepted += 1;
        expect(quick).toBeInstanceOf(Plain);
        expect({ ...quick }).toEqual({ ...((await fully(body)) as object) });
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('takes what fits, with optional fields away or null', () => {
    expect(quickAccept({ text: 'a', list: ['b'] }, Plain)).toEqual({ text: 'a', list: ['b'] });
    expect(quickAccept({ text: '诚信', list: [], word: null, date: '2024-02-29' }, Plain)).toBeDefined();
  });

  it.each([
    ['an unknown field', { text: 'a', list: [], more: 1 }],
    ['a field that is missing', { list: [] }],
    ['a list', []],
    ['nothing', undefined],
  ])('leaves %s to the full check', (_, body) => {
    expect(quickAccept(body, Plain)).toBeUndefined();
  });

  it('leaves classes whose fields are changed by the check, or known to class-validator only, to it', () => {
    expect(quickAccept({ text: 'a', count: 1 }, Counted)).toBeUndefined();
    expect(quickAccept({ text: 'a', at: '2026-11-27T08:30:00Z' }, Timed)).toBeUndefined();
    expect(quickAccept({ text: 'a' }, Timed)).toBeUndefined();
  });
});
