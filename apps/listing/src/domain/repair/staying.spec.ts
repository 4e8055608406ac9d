import { describe, expect, test } from '@jest/globals';
import { Refusal } from '#kernel';
import {
  acceptance,
  approval,
  decision,
  granting,
  inForce,
  notice,
  publication,
  publicNotice,
  removalDecision,
  request,
  review,
  siteRequest,
  Story,
  suspensionRequest,
  verification,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';
import { decide } from '../case/decide.js';

/* 停止执行: worked examples with real dates. All people, firms and documents are fictitious. */

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' } as const;
const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
} as const;

const wages = (): Story =>
  inForce(wage, { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' });
const stay = (
  orderedOn: string,
  during: 'administrative-review' | 'suit' = 'administrative-review',
): Command => ({
  type: 'stay',
  in: during,
  body: during === 'suit' ? '松江铁路运输法院（虚构）' : '松江省人民政府（虚构）',
  orderNo: '（虚构）停止执行〔2026〕1号',
  orderedOn,
  reasons: '申请人的要求合理',
});
const over = (endedOn: string, why: 'upheld' | 'proceedings-over' | 'stay-lifted' = 'upheld'): Command => ({
  type: 'stay-end',
  why,
  documentNo: '（虚构）复决〔2026〕1号',
  endedOn,
  reasons: '维持列入决定',
});
const site = ({ state }: Story) => ('entry' in state ? state.entry.site : null);

describe('a decision whose execution is stopped', () => {
  test('is lifted, masked on 信用中国 too, while its term runs on; upheld, it is carried out as before', () => {
    const story = wages().on('2026-06-03').does('approver', stay('2026-06-01'));
    expect(story.state).toMatchObject({
      status: 'suspended',
      suspension: {
        in: 'administrative-review',
        orderedOn: '2026-06-01',
        on: '2026-06-03',
        basis: [{ instrument: '行政复议法', article: '42' }],
      },
      publication: { status: 'published' },
    });
    expect(site(story)).toMatchObject({ status: 'masked', maskedOn: '2026-06-03' });
    expect([story.dueOn('expiry'), story.dueOn('site-publication')]).toEqual(['2029-04-21', '2029-04-21']);
    story.on('2026-08-10').does('approver', over('2026-08-07'));
    // Neither a day more than the decision says nor a day less.
    expect(story.state).toMatchObject({
      status: 'in-force',
      term: { startsOn: '2026-04-21', endsOn: '2029-04-21' },
      publication: { status: 'published', publishedOn: '2026-04-23' },
      entry: {
        restorations: [{ cause: 'stay-ended', on: '2026-08-10', reasons: expect.stringContaining('复决') }],
        site: { status: 'shown', endsOn: '2029-04-21' },
      },
    });
    expect(story.told.slice(-4)).toEqual([
      'suspended',
      'site-publication-masked',
      'restored',
      'site-publication-resumed',
    ]);
  });

  test('by a court rests on the other law, and may be stayed again in the second instance', () => {
    const story = wages().on('2026-06-03').does('approver', stay('2026-06-01', 'suit'));
    expect(story.state).toMatchObject({
      suspension: { basis: [{ instrument: '行政诉讼法', article: '56' }] },
    });
    story.on('2026-07-01').does('approver', over('2026-07-01', 'stay-lifted'));
    expect(story.on('2026-09-01').does('approver', stay('2026-09-01', 'suit')).status).toBe('suspended');
  });

  test('is not published while it is stayed; afterwards within the time of the list, counted anew', () => {
    const story = inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14' });
    expect(story.dueOn('publication')).toBe('2024-12-11');
    story.on('2024-11-18').does('approver', stay('2024-11-15'));
    expect(story.dueOn('publication')).toBeUndefined();
    expect(story.refusal('secrecy', publication).code).toBe('listing.action-not-possible');
    story.on('2024-12-16').does('approver', over('2024-12-16'));
    expect(story.dueOn('publication')).toBe('2025-01-14');
    expect(story.does('secrecy', publication).state).toMatchObject({ publication: { status: 'published' } });
  });

  test('before it takes effect: it takes effect on its day and is lifted from the same instant', () => {
    const story = new Story(wage).does('handler', notice('2026-04-07')).on('2026-04-20');
    story.does('reviewer', review()).does('approver', approval).on('2026-04-21').does('handler', decision);
    expect(story.does('approver', stay('2026-04-21')).state).toMatchObject({ status: 'decided', stay: {} });
    expect(story.refusal('approver', stay('2026-04-21')).code).toBe('listing.stayed-already');
    story.on('2026-04-22');
    story.does('handler', {
      type: 'service',
      ...publicNotice('2026-04-22'),
      repairNoticeNo: decision.repairNoticeNo!,
    });
    expect(story.state).toMatchObject({ status: 'served', stay: {}, service: { servedOn: '2026-05-22' } });
    story.on('2026-05-22').does('platform', { type: 'take-effect' });
    expect(story.told.slice(-2)).toEqual(['took-effect', 'suspended']);
    expect(story.state).toMatchObject({
      status: 'suspended',
      inForceOn: '2026-05-22',
      suspension: { on: '2026-05-22' },
    });
    expect(story.state).not.toHaveProperty('stay');
    expect(story.on('2026-06-22').does('approver', over('2026-06-22')).status).toBe('in-force');
  });

  test('whose stay is over before it takes effect: nothing is left of it', () => {
    const story = new Story(samr).does('handler', notice('2024-11-04', '2024-11-11')).on('2024-11-13');
    story.does('reviewer', review()).does('superior', { type: 'consent', granted: true, text: '同意' });
    story.does('approver', approval).does('handler', decision).does('approver', stay('2024-11-13'));
    expect(story.dueOn('publication')).toBeUndefined();
    story.on('2024-11-20').does('approver', over('2024-11-19', 'proceedings-over'));
    expect(story.state).not.toHaveProperty('stay');
    // Twenty working days of the list, from the day on which it may be carried out.
    expect(story.dueOn('publication')).toBe('2024-12-18');
    expect(story.refusal('approver', over('2024-11-19')).code).toBe('listing.not-stayed');
  });

  test('annulled by the review body or the court, it is revoked, and gone from 信用中国', () => {
    const story = wages().on('2026-06-03').does('approver', stay('2026-06-01'));
    const annulled: Command = {
      type: 'revocation',
      reason: '复议决定撤销列入决定（虚构）',
      ground: 'basis-lost',
    };
    story.on('2026-08-10').does('approver', annulled);
    expect(story.state).toMatchObject({
      status: 'ended',
      end: { kind: 'revoked', removalDue: '2026-08-11' },
      publication: { status: 'ended' },
    });
    expect(site(story)).toMatchObject({ status: 'ended', how: 'undone' });
  });

  test('a term that is over meanwhile ends the entry for good', () => {
    const story = wages().on('2029-04-02').does('approver', stay('2029-04-02'));
    story.on('2029-04-22').does('platform', { type: 'expire' });
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'expired', endedOn: '2029-04-22' } });
  });

  test('an open request for early removal is answered all the same', () => {
    const story = wages().on('2026-11-06').does('party', request('2026-05-05')).does('handler', acceptance());
    const due = story.dueOn('repair-decision');
    story.on('2026-11-09').does('approver', stay('2026-11-09'));
    expect(story.dueOn('repair-decision')).toBe(due);
    story.does('handler', verification(story)).does('approver', removalDecision());
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'early-removal' } });

    const refused = wages().on('2026-11-06').does('party', request('2026-05-05'));
    refused.on('2026-11-09').does('approver', stay('2026-11-09')).on('2026-11-20');
    expect(refused.does('approver', over('2026-11-20')).state).toMatchObject({
      removalRequest: { status: 'requested' },
    });
  });

  test('early removal is asked while it is stayed as at any time, and its clock runs', () => {
    const story = wages().on('2026-06-03').does('approver', stay('2026-06-01'));
    // Six months after the correction of 5 May; the stay stops neither these nor the term.
    expect(story.on('2026-11-05').refusal('party', request('2026-05-05'))).toMatchObject({
      code: 'listing.removal-too-early',
      facts: { eligibleOn: '2026-11-06' },
    });
    const onDuty = inForce(wage, {
      decidedOn: '2026-04-21',
      servedOn: '2026-04-22',
      publishedOn: '2026-04-23',
    });
    onDuty.on('2026-11-06').does('party', request('2026-05-05'));
    story.on('2026-11-06').does('party', request('2026-05-05'));
    for (const clock of ['repair-acceptance', 'repair-decision'])
      expect([clock, story.dueOn(clock)]).toEqual([clock, onDuty.dueOn(clock)]);
    story.on('2026-11-09').does('approver', over('2026-11-09'));
    expect(story.state).toMatchObject({ status: 'in-force', removalRequest: { status: 'requested' } });
    expect(granting(story).state).toMatchObject({
      status: 'ended',
      end: { kind: 'early-removal', endedOn: '2026-11-09' },
    });
  });

  test('early removal granted while it is stayed ends the entry, and there is no stay to end any more', () => {
    const story = wages().on('2026-06-03').does('approver', stay('2026-06-01'));
    granting(story.on('2026-11-06').does('party', request('2026-05-05')));
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'early-removal' } });
    expect(story.refusal('approver', over('2026-11-09')).code).toBe('listing.ended-already');
    // Refused, nothing of the stay is lost.
    const refused = wages().on('2026-06-03').does('approver', stay('2026-06-01'));
    refused.on('2026-11-06').does('party', request('2026-05-05')).does('handler', acceptance());
    refused.does('approver', removalDecision(false));
    expect(refused.state).toMatchObject({ status: 'suspended', removalRequest: null });
  });

  test('信用中国 may be asked meanwhile to show it no longer, and nothing comes back after the stay', () => {
    const story = inForce(samr, {
      decidedOn: '2024-11-13',
      servedOn: '2024-11-14',
      publishedOn: '2024-11-18',
    });
    story.on('2025-06-03').does('approver', stay('2025-06-03', 'suit'));
    granting(story.on('2025-11-14').does('party', siteRequest('2025-05-05')));
    expect(story.status).toBe('suspended');
    expect(site(story)).toMatchObject({ status: 'ended', how: 'repaired' });
    story.on('2026-01-05').does('approver', over('2026-01-05'));
    expect(story.status).toBe('in-force');
    expect(site(story)).toMatchObject({ status: 'ended', how: 'repaired' });
    // Not before its shortest time is over, a year under the rule of 2026-04-01.
    const early = wages().on('2026-06-03').does('approver', stay('2026-06-01'));
    expect(early.on('2026-11-06').refusal('party', siteRequest('2026-05-05'))).toMatchObject({
      code: 'listing.site-too-early',
      facts: { eligibleOn: '2027-04-22' },
    });
  });

  test('a plan may be asked for while it is stayed, and lifts the entry when the stay is over', () => {
    const story = wages().on('2026-05-06').does('approver', stay('2026-05-06'));
    granting(story.on('2026-06-03').does('party', suspensionRequest('2026-05-29')));
    expect(story.refusal('party', suspensionRequest('2026-05-29')).code).toBe(
      'listing.lifted-for-plan-already',
    );
    story.on('2026-07-01').does('approver', over('2026-07-01'));
    expect(story.state).toMatchObject({ status: 'suspended', suspension: { requestId: expect.any(String) } });
  });

  test('a plan besides: what one of them ends, the other still lifts', () => {
    const fails: Command = { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' };
    // The plan first, then the stay: the plan fails, the execution is still stopped.
    const plan = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    plan.on('2026-06-03').does('approver', stay('2026-06-01')).on('2026-07-01').does('approver', fails);
    expect(plan.state).toMatchObject({ status: 'suspended', suspension: { orderedOn: '2026-06-01' } });
    expect(plan.state).not.toHaveProperty('stay');
    expect(plan.on('2026-08-03').does('approver', over('2026-08-03')).status).toBe('in-force');
    // The stay first, then the plan: the decision is upheld, the plan still lifts it.
    const stayed = wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30'));
    stayed.does('approver', stay('2026-05-06', 'suit'));
    granting(stayed).on('2026-06-03').does('approver', over('2026-06-03'));
    expect(stayed.state).toMatchObject({
      status: 'suspended',
      suspension: { requestId: expect.any(String) },
    });
    expect(stayed.on('2026-07-01').does('approver', fails).status).toBe('in-force');
    // Granted on false material: the stay goes on.
    const untrue = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    untrue.on('2026-06-03').does('approver', stay('2026-06-01')).on('2026-07-01');
    const { requestId } =
      untrue.state.status === 'suspended' && 'requestId' in untrue.state.suspension
        ? untrue.state.suspension
        : { requestId: '' };
    untrue.does('otherApprover', {
      type: 'false-application',
      requestId,
      cause: 'false-material',
      reasons: '—',
    });
    expect(untrue.state).toMatchObject({ status: 'suspended', suspension: { orderedOn: '2026-06-01' } });
    // The three years of order 36 art. 25 run, and nobody sees them as long as the execution is stopped.
    expect(site(untrue)).toMatchObject({ status: 'masked', maskedOn: '2026-07-01', endsOn: '2029-07-01' });
    untrue.on('2026-08-03').does('approver', over('2026-08-03'));
    expect(site(untrue)).toMatchObject({ status: 'shown', endsOn: '2029-07-01' });
  });

  test('what was asked of 信用中国 before a plan was found false is granted no more: three years from then (order 36 art. 25)', () => {
    const story = inForce(samr, {
      decidedOn: '2024-11-13',
      servedOn: '2024-11-14',
      publishedOn: '2024-11-15',
    });
    granting(story.on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    story.on('2026-06-03').does('approver', stay('2026-06-01'));
    story.on('2026-07-01').does('party', siteRequest('2026-04-30')).does('handler', acceptance());
    story.does('handler', verification(story));
    const plan = story.state.status === 'suspended' ? story.state.entry.granted[0]! : undefined;
    const finding = { cause: 'false-material', reasons: '裁定书系伪造（虚构）' } as const;
    story.does('otherApprover', { type: 'false-application', requestId: plan!.id, ...finding });
    expect(story.refusal('approver', removalDecision())).toEqual({
      code: 'listing.repair-barred-until',
      facts: { bar: 'false-application', until: '2029-07-01' },
    });
    story.does('approver', removalDecision(false));
    expect(site(story)).toMatchObject({ status: 'masked', repairableFrom: '2029-07-01' });
  });

  test('no plan that fails or is carried out ends the stay, and no stay is ended that is none', () => {
    const story = wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30'));
    story
      .does('handler', acceptance())
      .does('handler', verification(story))
      .does('approver', stay('2026-05-06'));
    for (const type of ['plan-failure', 'plan-completion'] as const)
      expect(story.refusal('approver', { type, documentNo: '—', reasons: '—' })).toEqual({
        code: 'listing.not-lifted-for-plan',
        facts: { orderNo: '（虚构）停止执行〔2026〕1号' },
      });
    // And the other way round: what a plan lifted has no stay to end.
    const plan = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    expect(plan.refusal('approver', over('2026-05-06')).code).toBe('listing.not-stayed');
  });

  test('is an administrative one: what a court decides in enforcement is carried out meanwhile', () => {
    const court = inForce(
      {
        list: 'COURT',
        conductKind: 'court.evasion',
        openedOn: '2026-04-07',
        department: { id: 'hlj.court', level: 'province' },
      },
      { decidedOn: '2026-04-20', servedOn: '2026-04-21' },
    );
    expect(court.refusal('approver', stay('2026-06-01', 'suit')).code).toBe('listing.stay-not-of-court');
  });

  test('on a day that cannot be, or where no law in force knows it, is refused', () => {
    const story = wages().on('2026-06-03');
    expect(story.refusal('approver', stay('2026-06-04'))).toMatchObject({
      code: 'listing.date-in-future',
      facts: { field: 'orderedOn' },
    });
    expect(story.refusal('approver', stay('2026-04-20'))).toMatchObject({
      code: 'listing.date-too-early',
      facts: { earliest: '2026-04-21' },
    });
    story.does('approver', stay('2026-06-01'));
    expect(story.refusal('approver', over('2026-05-31'))).toMatchObject({
      facts: { earliest: '2026-06-01' },
    });
    const { rules } = story;
    const none = { ...rules, procedure: { ...rules.procedure, 'stay-in-suit': null } };
    const entered = (): unknown =>
      decide(wages().state, stay('2026-06-01', 'suit'), none, story.circumstances('approver'));
    expect(entered).toThrow(Refusal);
    expect(entered).toThrow(expect.objectContaining({ code: 'listing.stay-not-provided' }));
  });
});
