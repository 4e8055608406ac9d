import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#kernel';
import {
  differencesBetween,
  type DraftState,
  type Hand,
  publishDraft,
  rejectDraft,
  runsInto,
  withPublished,
} from './rule-draft.js';

const wang: Hand = { id: 'wang', name: '王示例（虚构）', on: '2024-12-02' };
const zhao: Hand = { id: 'zhao', name: '赵示例（虚构）', on: '2024-12-03' };
const draft: DraftState = { status: 'draft', drafted: wang };
const rule = { id: 'samr.licensing', validFrom: '2025-01-01', validTo: null };

function refused(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'nothing was refused';
}

describe('a draft', () => {
  it('is published by another person', () => {
    expect(publishDraft(draft, rule, zhao)).toEqual({ status: 'published', drafted: wang, published: zhao });
  });

  it('is not published by whoever wrote it', () => {
    expect(refused(() => publishDraft(draft, rule, { ...wang, on: '2024-12-03' }))).toBe(
      'rules.second-person',
    );
  });

  it('does not reach back: it must hold from a day after its publication', () => {
    for (const validFrom of ['2024-12-02', '2024-12-03', null])
      expect(refused(() => publishDraft(draft, { ...rule, validFrom }, zhao))).toBe('rules.backdated');
    expect(publishDraft(draft, { ...rule, validFrom: '2024-12-04' }, zhao).status).toBe('published');
  });

  it('is settled once', () => {
    const rejected = rejectDraft(draft, wang, '依据不足');
    expect(rejected).toMatchObject({ status: 'rejected', reason: '依据不足' });
    expect(refused(() => publishDraft(rejected, rule, zhao))).toBe('rules.draft-settled');
    expect(refused(() => rejectDraft(publishDraft(draft, rule, zhao), zhao, '…'))).toBe(
      'rules.draft-settled',
    );
  });
});

describe('published versions over the rules of the release', () => {
  const old = { id: 'samr.licensing', validFrom: '2021-09-01', validTo: null, mode: 'considered' };
  const other = { id: 'samr.no-honours', validFrom: '2021-09-01', validTo: null, mode: 'required' };

  it('end the version before on the day before', () => {
    const version = { ...old, validFrom: '2025-01-01', mode: 'required' };
    expect(withPublished([old, other], [version])).toEqual([
      { ...old, validTo: '2024-12-31' },
      other,
      version,
    ]);
  });

  it('follow each other, in whatever order they were published', () => {
    const [first, second] = ['2025-01-01', '2026-01-01'].map((validFrom) => ({ ...old, validFrom }));
    const laid = withPublished([old], [second!, first!]);
    expect(laid.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      ['2021-09-01', '2024-12-31'],
      ['2025-01-01', '2025-12-31'],
      ['2026-01-01', null],
    ]);
  });

  it('bring a rule that was not there', () => {
    expect(withPublished([other], [{ ...old, validFrom: '2025-01-01' }])).toHaveLength(2);
  });
});

it('the difference names each field that changes', () => {
  expect(
    differencesBetween({ mode: 'considered', fields: ['permit'] }, { mode: 'required', fields: ['permit'] }),
  ).toEqual([{ field: 'mode', before: 'considered', after: 'required' }]);
  expect(differencesBetween(undefined, { mode: 'required' })).toEqual([
    { field: 'mode', before: null, after: 'required' },
  ]);
  expect(
    differencesBetween(
      { basis: [{ article: '31', instrument: '条例' }] },
      { basis: [{ instrument: '条例', article: '31' }] },
    ),
  ).toEqual([]);
});

it('a version runs into the first that begins while it would hold', () => {
  const versions = [
    { id: 'samr.licensing', validFrom: '2025-01-01', validTo: '2025-12-31' },
    { id: 'samr.licensing', validFrom: '2026-01-01', validTo: null },
    { id: 'samr.no-honours', validFrom: '2024-12-10', validTo: null },
  ];
  const from = (validTo: string | null) =>
    runsInto(versions, { id: 'samr.licensing', validFrom: '2024-12-01', validTo });
  expect([from(null), from('2026-03-01'), from('2025-01-01'), from('2024-12-31')]).toEqual([
    '2025-01-01',
    '2025-01-01',
    '2025-01-01',
    undefined,
  ]);
});
