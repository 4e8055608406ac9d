import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadSeeds } from '#seeds';
import { explain, reasonsOf } from './explain.js';
import { gradeOf, type HeldListing, type HeldRecord, type Inputs } from './grade-of.js';
import { bandsOf, type GradeModel } from './model.js';

const model: GradeModel = loadSeeds('grade-models').find(
  (each) => each.id === 'hlj-market-entity' && each.version === 1,
)!;

const penalty = (severity: string, decidedOn: string, id = `${severity} ${decidedOn}`): HeldRecord => ({
  id,
  type: 'penalty',
  severity,
  performance: null,
  decidedOn,
  withdrawnOn: null,
});
const listed = (
  listType: string,
  inForceOn: string | null,
  endedOn: string | null = null,
  caseId = `${listType} ${inForceOn}`,
): HeldListing => ({
  caseId,
  listType,
  serious: listType !== 'SAMRABN',
  inForceOn,
  endedOn,
});
const held = (records: HeldRecord[], listings: HeldListing[] = []): Inputs => ({ records, listings });

describe('the score of a market entity (Heilongjiang A to E)', () => {
  it('begins at the base where nothing is held', () => {
    expect(gradeOf(model, held([]), '2024-11-14')).toMatchObject({
      score: 85,
      grade: 'B',
      gradeClass: 'trustworthy',
      veto: null,
    });
  });

  it('loses points by the severity of each penalty', () => {
    expect(gradeOf(model, held([penalty('serious', '2024-10-28')]), '2024-11-14')).toMatchObject({
      score: 67,
      grade: 'C',
      gradeClass: 'slightly-dishonest',
    });
    expect(
      gradeOf(model, held([penalty('general', '2024-10-28'), penalty('minor', '2024-03-01')]), '2024-11-14')
        .score,
    ).toBe(75);
  });

  it('reaches a band at its lower bound: 75 is a B, one point less is a C', () => {
    expect(
      gradeOf(model, held([penalty('general', '2024-10-28'), penalty('minor', '2024-03-01')]), '2024-11-14')
        .grade,
    ).toBe('B');
    expect(
      gradeOf(
        { ...model, base: 84 },
        held([penalty('general', '2024-10-28'), penalty('minor', '2024-03-01')]),
        '2024-11-14',
      ).grade,
    ).toBe('C');
  });

  it('deducts no more than the cap of an indicator', () => {
    const many = Array.from({ length: 9 }, (_, i) => penalty('minor', `2024-0${i + 1}-10`));
    const { score, trace } = gradeOf(model, held(many), '2024-11-14');
    expect(score).toBe(79);
    expect(trace.find((line) => line.code === 'penalty.minor')).toMatchObject({
      points: -6,
      capped: true,
      each: -2,
    });
  });

  it('adds for honours and kept commitments, and stays within its range', () => {
    const good: HeldRecord[] = [
      ...['2023-05-01', '2024-05-01', '2024-06-01'].map((day) => ({
        ...penalty('none', day),
        type: 'honour',
      })),
      ...['2024-01-02', '2024-02-02', '2024-03-02', '2024-04-02'].map((day) => ({
        ...penalty('none', `${day}`, `kept ${day}`),
        type: 'commitment',
        performance: 'kept' as const,
      })),
    ];
    expect(gradeOf(model, held(good), '2024-11-14')).toMatchObject({ score: 100, grade: 'A' });
    expect(gradeOf({ ...model, base: 98 }, held(good), '2024-11-14').score).toBe(100);
  });

  it('does not count a record that tells nothing of the indicator', () => {
    const untold: HeldRecord = { ...penalty('none', '2024-05-01'), type: 'judgment' };
    expect(gradeOf(model, held([untold]), '2024-11-14').score).toBe(85);
    expect(gradeOf(model, held([{ ...untold, performance: 'broken' }]), '2024-11-14').score).toBe(75);
  });
});

describe('time', () => {
  const serious = held([penalty('serious', '2021-11-14')]);

  it('a penalty counts until it is 36 months old', () => {
    expect(gradeOf(model, serious, '2024-11-13').score).toBe(67);
    expect(gradeOf(model, serious, '2024-11-14').score).toBe(85);
  });

  it('the day of the next change is named', () => {
    expect(gradeOf(model, serious, '2024-11-13').nextChangeOn).toBe('2024-11-14');
    expect(gradeOf(model, serious, '2024-11-14').nextChangeOn).toBeNull();
    expect(
      gradeOf(model, held([penalty('serious', '2024-01-31'), penalty('minor', '2024-02-29')]), '2024-11-14')
        .nextChangeOn,
    ).toBe('2025-02-28');
  });

  it('a withdrawn record counts until the day it was withdrawn, and a later decision not yet', () => {
    const withdrawn = held([{ ...penalty('serious', '2024-10-28'), withdrawnOn: '2025-02-10' }]);
    expect(gradeOf(model, withdrawn, '2025-02-09').score).toBe(67);
    expect(gradeOf(model, withdrawn, '2025-02-10').score).toBe(85);
    expect(gradeOf(model, withdrawn, '2024-10-27').score).toBe(85);
  });
});

describe('the veto', () => {
  it('of a serious list beats any score, and names the listing', () => {
    const result = gradeOf(model, held([], [listed('SAMR', '2024-11-14', null, 'case-1')]), '2024-11-14');
    expect(result).toMatchObject({ score: 85, scored: 'B', grade: 'E', gradeClass: 'seriously-dishonest' });
    expect(result.veto).toEqual({ code: 'veto.serious-list', effect: 'set', grade: 'E', caseId: 'case-1' });
  });

  it('ends with the listing, on the day', () => {
    const inputs = held([penalty('serious', '2024-10-28')], [listed('WAGE', '2024-11-14', '2025-11-20')]);
    expect(gradeOf(model, inputs, '2024-11-13').grade).toBe('C');
    expect(gradeOf(model, inputs, '2025-11-19').grade).toBe('E');
    expect(gradeOf(model, inputs, '2025-11-20')).toMatchObject({ grade: 'C', veto: null });
  });

  it('does not come from a listing whose beginning was never heard', () => {
    expect(gradeOf(model, held([], [listed('SAMR', null, '2025-11-20')]), '2025-11-20').veto).toBeNull();
  });

  it('of the abnormal directory caps at C, and the directory also costs points', () => {
    const abnormal = [listed('SAMRABN', '2025-06-03')];
    expect(gradeOf(model, held([], abnormal), '2025-06-03')).toMatchObject({
      score: 75,
      scored: 'B',
      grade: 'C',
      veto: { code: 'veto.abnormal-directory' },
    });
    // Under the cap anyway: the score decided, not the cap.
    expect(gradeOf(model, held([penalty('serious', '2025-01-10')], abnormal), '2025-06-03')).toMatchObject({
      score: 57,
      grade: 'D',
      veto: null,
    });
  });

  it('the worst of several wins, and of one kind the listing that was first', () => {
    const result = gradeOf(
      model,
      held([], [listed('SAMRABN', '2024-01-05'), listed('TAX', '2024-09-16'), listed('SAMR', '2024-05-05')]),
      '2024-11-14',
    );
    expect(result.veto).toMatchObject({ code: 'veto.serious-list', caseId: 'SAMR 2024-05-05' });
  });
});

describe('without records', () => {
  it('a model may keep a grade for subjects of which nothing is held', () => {
    const strict: GradeModel = { ...model, withoutRecords: 'C' };
    expect(gradeOf(strict, held([]), '2024-11-14')).toMatchObject({ grade: 'C', withoutRecords: true });
    expect(gradeOf(strict, held([penalty('minor', '2024-05-01')]), '2024-11-14')).toMatchObject({
      grade: 'B',
      withoutRecords: false,
    });
  });
});

describe('an explanation', () => {
  it('says each step in Chinese and English', () => {
    const result = gradeOf(
      model,
      held([penalty('serious', '2024-10-28')], [listed('SAMR', '2024-11-14', null, 'case-1')]),
      '2024-11-14',
    );
    const { zh, en, veto, lines } = explain(model, result);
    expect(zh).toBe('基础分85分;严重行政处罚1项,-18分;合计67分,对应C级;因列入严重失信主体名单,直接评为E级。');
    expect(en).toBe(
      'base 85 points; 1 × serious penalty: -18; score 67, which is grade C; on a list of the seriously dishonest: graded E.',
    );
    expect(veto?.basis[0]?.instrument).toBe('黑龙江省社会信用条例');
    expect(lines.map((line) => line.code)).toEqual(model.indicators.map((indicator) => indicator.code));
    expect(reasonsOf(model, result)).toEqual([
      { code: 'penalty.serious', text: '严重行政处罚(1项)', points: -18 },
    ]);
  });
});

describe('whatever is held', () => {
  const days = fc
    .integer({ min: 0, max: 2500 })
    .map((offset) => new Date(Date.UTC(2020, 0, 1 + offset)).toISOString().slice(0, 10));
  const records = fc.array(
    fc.record({
      id: fc.uuid(),
      type: fc.constantFrom('penalty', 'permit', 'judgment', 'commitment', 'honour'),
      severity: fc.constantFrom('none', 'minor', 'general', 'serious'),
      performance: fc.constantFrom('kept' as const, 'broken' as const, null),
      decidedOn: days,
      withdrawnOn: fc.option(days, { nil: null }),
    }),
    { maxLength: 30 },
  );
  const listings = fc.array(
    fc.record({
      caseId: fc.uuid(),
      listType: fc.constantFrom('SAMR', 'WAGE', 'SAMRABN'),
      serious: fc.boolean(),
      inForceOn: fc.option(days, { nil: null }),
      endedOn: fc.option(days, { nil: null }),
    }),
    { maxLength: 6 },
  );

  it('the same inputs in any order give the same grade, and every point is in the trace', () => {
    fc.assert(
      fc.property(records, listings, days, (someRecords, someListings, asOf) => {
        const result = gradeOf(model, { records: someRecords, listings: someListings }, asOf);
        expect(
          gradeOf(
            model,
            { records: [...someRecords].reverse(), listings: [...someListings].reverse() },
            asOf,
          ),
        ).toEqual(result);
        const sum = result.trace.reduce((total, line) => total + line.points, model.base);
        expect(result.score).toBe(Math.min(100, Math.max(0, sum)));
        expect(bandsOf(model).find((band) => result.score >= band.from)?.grade).toBe(result.scored);
        expect(result.veto === null ? result.grade : result.veto.grade).toBe(
          result.veto === null ? result.scored : result.grade,
        );
      }),
    );
  });

  it('nothing changes before the day that is named', () => {
    fc.assert(
      fc.property(records, days, (someRecords, asOf) => {
        const open = someRecords.map((record) => ({ ...record, withdrawnOn: null }));
        const result = gradeOf(model, { records: open, listings: [] }, asOf);
        const before = new Date(
          new Date(`${result.nextChangeOn ?? '2035-01-01'}T00:00:00Z`).getTime() - 86_400_000,
        )
          .toISOString()
          .slice(0, 10);
        expect(gradeOf(model, { records: open, listings: [] }, before).trace).toEqual(result.trace);
      }),
    );
  });
});
