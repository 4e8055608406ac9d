import { describe, expect, test } from '@jest/globals';
import { clocks, filed, type Filed, take } from '../../../specs/objections-of-lists.js';
import { refused } from '../../../specs/refused.js';
import type { ObjectionCommand } from './decide.js';
import type { Objection } from './objection.js';

/* 相关惩戒措施到期未解除: the appeal, its clocks and its decision; what follows is in ending/urging.spec.ts. */

describe('an appeal because measures were not lifted at the end (联合惩戒办法 art. 14 to 16)', () => {
  const appeal = (more: Partial<Filed> = {}): Objection =>
    filed({
      ...{ list: 'TELECOM', about: 'lifting', servedOn: '2024-06-03', expiredOn: '2026-06-03' },
      ...{ receivedOn: '2026-06-08', ...more },
    });
  const decision = (
    outcome: 'upheld' | 'rejected' | 'partly-upheld',
    unlifted?: string[],
  ): ObjectionCommand => ({
    ...{ type: 'decision', outcome, reasons: '电话卡功能仍受限制（虚构）', corrected: {} },
    ...(unlifted ? { unlifted } : {}),
  });

  test('is filed from the end of the term on, not before, and of no list without the procedure', () => {
    expect(appeal({ receivedOn: '2026-06-03' }).status).toBe('open');
    expect(refused(() => appeal({ receivedOn: '2026-06-02' })).code).toBe('objection.not-expired');
    const standing = refused(() =>
      filed({ list: 'TELECOM', about: 'lifting', servedOn: '2025-06-03', receivedOn: '2026-06-08' }),
    );
    expect(standing).toMatchObject({ code: 'objection.not-expired', facts: { status: 'in-force' } });
    for (const list of ['WAGE', 'COURT', 'CSRC', 'RESEARCH'] as const)
      expect(refused(() => appeal({ list, ground: 'obvious-error' })).code).toBe(
        'objection.lifting-not-provided',
      );
    // Before the rule was in force there was none of this list either.
    expect(refused(() => appeal({ receivedOn: '2024-11-29', expiredOn: '2024-11-28' })).code).toBe(
      'objection.lifting-not-provided',
    );
  });

  test('has the clocks of the other appeal: material named within 3 working days, checked 15 from its receipt', () => {
    expect(clocks(appeal())).toEqual(['material 2026-06-11', 'decision 2026-06-30']);
    const named = take(appeal(), '2026-06-11', { type: 'material-request', text: '停机截图（虚构）' });
    expect(clocks(named)).toEqual([]);
    const there: ObjectionCommand = {
      ...{ type: 'material-receipt', materials: ['停机截图（虚构）'], receivedOn: '2026-06-15' },
    };
    expect(clocks(take(named, '2026-06-15', there))).toEqual(['decision 2026-07-07']);
  });

  test('names who has not lifted where it is right, and nobody otherwise', () => {
    const open = appeal();
    const at = (command: ObjectionCommand) => take(open, '2026-06-12', command, 'decider');
    expect(at(decision('upheld', ['hlj.industry']))).toMatchObject({
      status: 'decided',
      decision: { outcome: 'upheld', unlifted: ['hlj.industry'] },
    });
    expect(refused(() => at(decision('upheld'))).code).toBe('objection.unlifted-needed');
    expect(refused(() => at(decision('partly-upheld', ['hlj.industry']))).code).toBe('objection.not-in-part');
    expect(refused(() => at(decision('rejected', ['hlj.industry']))).code).toBe(
      'objection.unlifted-without-need',
    );
    expect(at(decision('rejected')).status).toBe('decided');
    const finding = filed({ list: 'TELECOM', servedOn: '2026-06-01', receivedOn: '2026-06-08' });
    expect(
      refused(() => take(finding, '2026-06-12', decision('upheld', ['hlj.industry']), 'decider')).code,
    ).toBe('objection.unlifted-without-need');
  });
});
