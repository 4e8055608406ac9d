import { describe, expect, test } from '@jest/globals';
import type { ListKey } from '#seeds';
import { clocks, filed, party, rulesOn, take } from '../../../specs/objections-of-lists.js';
import { refused } from '../../../specs/refused.js';
import { endedNow, settlingOf } from '../../commands/entry-objected.js';
import { evolveObjection } from './evolve.js';
import { fileObjection } from './filing.js';
import type { Objection } from './objection.js';

/* 复议: what the court above is asked for when an objection was rejected; dates of 2026. */

describe('the review of a rejection by the court above (法释〔2017〕7号 art. 12)', () => {
  const about = 'listing' as const;
  const rejected = (): Objection => {
    const first = filed({ list: 'COURT', servedOn: '2026-05-20', receivedOn: '2026-06-01' });
    return take(first, '2026-06-10', {
      type: 'decision',
      outcome: 'rejected',
      reasons: '理由不成立',
      corrected: {},
    });
  };
  const asked = (
    receivedOn: string,
    earlier = [rejected()],
    more: object = {},
    list: ListKey = 'COURT',
    superior: { id: string; name: string } | null = null,
  ) => {
    const objected = {
      ...{
        caseId: 'c1',
        caseNo: '（虚构）1号',
        subjectId: 's1',
        department: 'hlj.court',
        servedOn: '2026-05-20',
      },
      ...{ status: 'in-force', statusZh: '生效', decided: true, refusedRepairs: [], sameOpen: null, earlier },
      superior,
    };
    const filing = {
      ...{ id: 'o2', about, repairId: null, statement: '不应列入（虚构）', asked: {}, materials: [] },
      ...{ channel: 'department' as const, receivedOn, authorisation: null },
      review: { of: 'o1', court: '上一级人民法院（虚构）', servedOn: '2026-06-11', ...more },
    };
    const by = { today: receivedOn, actor: party, byParty: true };
    return evolveObjection(undefined, fileObjection(objected, filing, rulesOn(receivedOn, list), by));
  };

  // Served on 11 June: the tenth day, 21 June, is the last of the Dragon Boat holiday and a Sunday, so 22 June.
  test('is asked within ten days of service and decided in fifteen, under the rule of its day to its end', () => {
    const review = asked('2026-06-22');
    expect(review).toMatchObject({ status: 'open', review: { of: 'o1' } });
    expect(clocks(review)).toEqual(['decision 2026-07-07']);
    expect(
      take(review, '2026-07-08', { type: 'mark-overdue', clock: 'decision', helpId: null }).overdue,
    ).toEqual(['decision']);
    const decided = take(review, '2026-07-07', {
      ...{ type: 'decision' as const, outcome: 'upheld' as const, reasons: '不应列入', corrected: {} },
    });
    expect(decided).toMatchObject({ status: 'decided', decision: { outcome: 'upheld' } });
    expect(clocks(decided)).toEqual([]);
  });

  test('is decided by the court above where that is a unit here, and by nobody else', () => {
    const above = { id: 'hlj.court', name: '省法院' };
    const review = asked('2026-06-22', undefined, { court: undefined }, 'COURT', above);
    expect(review).toMatchObject({ review: { unit: 'hlj.court', court: '省法院' } });
    const upheld = {
      ...{ type: 'decision' as const, outcome: 'upheld' as const, reasons: '不应列入', corrected: {} },
      decisionNo: '（2026）黑执复1号（虚构）',
    };
    const own = refused(() => take(review, '2026-07-06', upheld, 'other', 'hlj.city.230100.court'));
    expect([own.code, own.facts['unit'], own.zh]).toEqual([
      'objection.decided-above',
      'hlj.court',
      '该复议申请由上一级作出决定: 省法院',
    ]);
    const decided = take(review, '2026-07-06', upheld, 'judge', 'hlj.court');
    expect(settlingOf(decided, undefined)).toMatchObject({
      remedies: '',
      review: { unit: 'hlj.court', no: '（2026）黑执复1号（虚构）', rejectionServedOn: '2026-06-11' },
    });
    // Where the court above is none here, its letter is its own, and it must be named.
    const elsewhere = take(asked('2026-06-22'), '2026-07-06', upheld, 'other');
    expect(settlingOf(elsewhere, undefined)).not.toHaveProperty('remedies');
    expect(refused(() => asked('2026-06-22', undefined, { court: ' ' })).code).toBe(
      'objection.review-court-needed',
    );
  });

  test('counts from the service of the rejection that is entered, and from no other day', () => {
    const personal = { type: 'service' as const, way: 'personal' as const, servedOn: '2026-06-11' };
    const first = take(rejected(), '2026-06-12', personal);
    // The rejection was settled on the day on which it was decided, and is not settled anew by its service.
    expect([endedNow(rejected(), first), first.status]).toEqual([false, 'decided']);
    expect(asked('2026-06-22', [first])).toMatchObject({ review: { servedOn: '2026-06-11' } });
    const other = refused(() => asked('2026-06-22', [first], { servedOn: '2026-06-12' }));
    expect([other.code, other.facts]).toEqual([
      'objection.review-service-day',
      { earliest: '2026-06-11', latest: '2026-06-11' },
    ]);
  });

  test('is refused too late, of nothing that was rejected, twice, and where the list knows none', () => {
    const late = refused(() => asked('2026-06-23'));
    expect([late.code, late.facts['lastDay']]).toEqual(['objection.review-too-late', '2026-06-22']);
    expect(late.facts['basis']).toContain('第十二条');
    expect(refused(() => asked('2026-06-22', [])).code).toBe('objection.review-of-nothing');
    const open = filed({ list: 'COURT', servedOn: '2026-05-20', receivedOn: '2026-06-01' });
    expect(refused(() => asked('2026-06-22', [open])).code).toBe('objection.review-of-nothing');
    const once = [rejected(), asked('2026-06-15')];
    expect(refused(() => asked('2026-06-22', once)).code).toBe('objection.reviewed-already');
    expect(refused(() => asked('2026-06-22', undefined, { servedOn: '2026-06-09' })).code).toBe(
      'objection.review-service-day',
    );
    expect(refused(() => asked('2026-06-22', undefined, {}, 'WAGE')).code).toBe(
      'objection.review-not-provided',
    );
  });
});
