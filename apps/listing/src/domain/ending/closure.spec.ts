import { describe, expect, test } from '@jest/globals';
import { inForce } from '../../../specs/story.js';
import type { Ended } from '../case/case.js';
import { type Consequences, missingReceipts } from './closure.js';
import type { Receipt, ReceiptKind } from './receipt.js';

const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.market-regulation', level: 'province' },
} as const;

function endedCase(publishedOn?: string): Ended {
  const story = inForce(samr, {
    decidedOn: '2024-11-13',
    servedOn: '2024-11-14',
    ...(publishedOn ? { publishedOn } : {}),
  });
  return story.on('2024-12-02').does('approver', { type: 'revocation', reason: '认定事实有误' })
    .state as Ended;
}

const receipt = (kind: ReceiptKind, ref = ''): Receipt => ({
  kind,
  ref,
  by: 'somebody',
  at: '2024-12-02T01:00:00.000Z',
  eventId: 'e',
});
const known = (more: Partial<Consequences>): Consequences => ({
  actionsOrdered: 2,
  actions: [],
  receipts: [],
  ...more,
});
const actions = [
  { id: 'a1', executor: 'hlj.finance' },
  { id: 'a2', executor: 'hlj.tax' },
];
const names = (state: Ended, consequences: Consequences) =>
  missingReceipts(state, consequences).map(({ kind, ref }) => `${kind} ${ref}`.trim());

describe('the receipts of an ended listing', () => {
  test('are publication, sharing, each action, the grade, the party, and each department', () => {
    expect(names(endedCase('2024-11-15'), known({ actions }))).toEqual([
      'publication-ended',
      'sharing-stopped records',
      'discipline-lifted a1',
      'discipline-lifted a2',
      'grade-computed',
      'party-told',
      'departments-told hlj.finance',
      'departments-told hlj.market-regulation',
      'departments-told hlj.tax',
    ]);
  });

  test('are awaited until none is missing', () => {
    const receipts = [
      receipt('publication-ended'),
      receipt('sharing-stopped', 'records'),
      receipt('discipline-lifted', 'a1'),
      receipt('discipline-lifted', 'a2'),
      receipt('grade-computed'),
      receipt('party-told'),
      receipt('departments-told', 'hlj.finance'),
      receipt('departments-told', 'hlj.market-regulation'),
      receipt('departments-told', 'hlj.tax'),
    ];
    const state = endedCase('2024-11-15');
    expect(missingReceipts(state, known({ actions, receipts }))).toEqual([]);
    for (const without of receipts) {
      const rest = receipts.filter((one) => one !== without);
      expect(names(state, known({ actions, receipts: rest }))).toEqual([
        `${without.kind} ${without.ref}`.trim(),
      ]);
    }
  });

  test('cannot be complete while the orders are not all known', () => {
    const lifted = [receipt('discipline-lifted', 'a1')];
    const one = { actions: actions.slice(0, 1), receipts: lifted };
    expect(names(endedCase(), known({ ...one, actionsOrdered: null }))).toContain(
      'discipline-lifted (orders not known yet)',
    );
    expect(names(endedCase(), known({ ...one, actionsOrdered: 2 }))).toContain(
      'discipline-lifted (orders not known yet)',
    );
    expect(names(endedCase(), known({ ...one, actionsOrdered: 1 }))).not.toContain(
      'discipline-lifted (orders not known yet)',
    );
  });

  test('do not ask for what never was: no publication, no discipline, no effect', () => {
    expect(names(endedCase(), known({ actionsOrdered: 0 }))).toEqual([
      'sharing-stopped records',
      'grade-computed',
      'party-told',
      'departments-told hlj.market-regulation',
    ]);
    const neverInForce: Ended = { ...endedCase(), inForceOn: null };
    expect(names(neverInForce, known({ actionsOrdered: null }))).toEqual([
      'party-told',
      'departments-told hlj.market-regulation',
    ]);
  });
});
