import { describe, expect, test } from '@jest/globals';
import {
  acceptance,
  granting,
  inForce,
  penalty,
  person,
  publication,
  removalDecision,
  request,
  REQUEST,
  siteRequest,
  type Story,
  suspensionRequest,
  verification,
} from '../../../specs/story.js';
import type { Command } from '../case/commands.js';

/* Worked examples with real dates: what becomes of an entry after its decision. */

const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' } as const;
const samr = {
  list: 'SAMR',
  conductKind: 'samr.food',
  openedOn: '2024-11-04',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
} as const;
const cpa = {
  list: 'CPA',
  conductKind: 'cpa.suspension',
  openedOn: '2025-03-03',
  department: { id: 'hlj.finance', level: 'province' },
} as const;
const tax = {
  list: 'TAX',
  conductKind: 'tax.evasion',
  openedOn: '2025-03-03',
  department: { id: 'hlj.city.230100.tax', level: 'city' },
} as const;

const wages = (): Story =>
  inForce(wage, { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' });
const food = (): Story =>
  inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14', publishedOn: '2024-11-15' });

const site = (story: Story) => ('entry' in story.state ? story.state.entry.site : null);
const found = (cause: 'false-material' | 'broken-commitment' = 'false-material'): Command => ({
  type: 'false-application',
  requestId: REQUEST,
  cause,
  reasons: '缴款凭证系伪造（虚构）',
});
const sweepSite: Command = { type: 'end-site-publication' };

describe('two clocks: the term of the list and the publication on 信用中国', () => {
  test('wages since order 36: off the list after six months, on the site until a year is over and repair is asked', () => {
    const story = wages();
    expect(site(story)).toMatchObject({
      rule: 'ndrc-36',
      from: '2026-04-21',
      repairableFrom: '2027-04-22',
      endsOn: '2029-04-21',
      status: 'shown',
    });
    expect([story.dueOn('expiry'), story.dueOn('site-publication')]).toEqual(['2029-04-21', '2029-04-21']);
    granting(story.on('2026-11-06').does('party', request('2026-05-05')));
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'early-removal' } });
    expect(site(story)).toMatchObject({ status: 'shown' });
    expect(story.dueOn('site-publication')).toBe('2029-04-21');
    expect(story.refusal('party', siteRequest('2026-05-06'))).toEqual({
      code: 'listing.site-too-early',
      facts: { eligibleOn: '2027-04-22' },
    });
  });

  test('when neither is repaired, both end by themselves; the site from the day after its last', () => {
    const story = wages().on('2029-04-21').does('platform', sweepSite);
    expect(site(story)).toMatchObject({ status: 'shown' });
    story.on('2029-04-22').does('platform', sweepSite);
    expect(site(story)).toMatchObject({ status: 'ended', endedOn: '2029-04-22', how: 'longest-period' });
    story.does('platform', { type: 'expire' });
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'expired', endedOn: '2029-04-22' } });
  });

  test('market regulation under order 58: the site has no time of its own and follows the list', () => {
    const story = food();
    expect(site(story)).toMatchObject({ rule: 'ndrc-58', endsOn: null });
    granting(story.on('2025-11-17').does('party', request('2024-11-25')));
    expect(site(story)).toMatchObject({ status: 'ended', how: 'followed-list' });
  });

  test('customs: only the grave is shown as a serious entry (order 282 art. 16, 35)', () => {
    const customs = (conductKind: string) =>
      inForce(
        {
          list: 'CUSTOMS',
          conductKind,
          openedOn: '2026-04-07',
          department: { id: 'hlj.customs', level: 'province' },
        },
        { decidedOn: '2026-04-20', servedOn: '2026-04-21', publishedOn: '2026-04-22' },
      );
    expect(site(customs('customs.serious'))).toMatchObject({
      kind: 'serious',
      repairableFrom: '2027-04-21',
      endsOn: '2029-04-20',
    });
    const ordinary = customs('customs.tax-unpaid');
    expect(ordinary.state).toMatchObject({
      publication: { status: 'published' },
      term: { endsOn: '2027-04-21' },
    });
    expect(site(ordinary)).toBeNull();
    expect(ordinary.dueOn('site-publication')).toBeUndefined();
  });

  test('telecom fraud: the convicted stand on the site as persons (联合惩戒办法 art. 8(1)), whom the police found do not', () => {
    const telecom = (conductKind: string, set: { termStartsOn?: string } = {}) =>
      inForce(
        {
          list: 'TELECOM',
          conductKind,
          openedOn: '2026-04-07',
          subject: person,
          bornOn: '1990-05-05',
          department: { id: 'hlj.public-security', level: 'province' },
        },
        { decidedOn: '2026-04-20', servedOn: '2026-04-21' },
        set,
      ).on('2026-04-22');
    const convicted = telecom('telecom.criminal', { termStartsOn: '2026-06-30' }).does(
      'secrecy',
      publication,
    );
    expect(site(convicted)).toMatchObject({ kind: 'serious', status: 'shown', endsOn: '2029-04-20' });
    expect(convicted.dueOn('expiry')).toBe('2029-06-30');
    const found = telecom('telecom.police-finding');
    expect(found.refusal('secrecy', publication).code).toBe('listing.not-public');
    expect(site(found)).toBeNull();
  });

  test('a natural person is not on the site at all (order 36 art. 12)', () => {
    const subject = { ...wages().state.subject, kind: 'natural-person' as const, code: null };
    const story = inForce(
      { ...wage, subject, bornOn: '1980-05-05' },
      { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' },
    );
    expect(site(story)).toBeNull();
  });
});

describe('a request for repair', () => {
  test('is extended once, by 10 working days, before its day has passed (order 107)', () => {
    const story = food().on('2026-01-05').does('party', request('2024-11-25')).does('handler', acceptance());
    expect(story.dueOn('repair-decision')).toBe('2026-01-14');
    const extension: Command = { type: 'repair-extension', requestId: REQUEST, reasons: '需要实地核实' };
    expect(story.on('2026-01-15').refusal('approver', extension).code).toBe('listing.repair-extension-late');
    story.on('2026-01-14').does('approver', extension);
    expect(story.dueOn('repair-decision')).toBe('2026-01-28');
    expect(story.refusal('approver', extension).code).toBe('listing.repair-not-extensible');
  });

  test('of wages cannot be extended: order 45 knows no more than its 15 working days', () => {
    const story = wages().on('2026-11-06').does('party', request('2026-05-05')).does('handler', acceptance());
    expect(
      story.refusal('approver', { type: 'repair-extension', requestId: REQUEST, reasons: '—' }).code,
    ).toBe('listing.repair-not-extensible');
  });

  test('may be taken back by the party', () => {
    const story = wages().on('2026-11-06').does('party', request('2026-05-05'));
    story.does('party', { type: 'repair-withdrawal', requestId: REQUEST });
    expect(story.state).toMatchObject({ status: 'in-force', removalRequest: null });
    expect(story.dueOn('repair-decision')).toBeUndefined();
  });

  test('of the tax list by an approved bankruptcy plan needs no wait, and is decided by the provincial bureau (order 54 art. 21)', () => {
    const story = inForce(
      tax,
      { decidedOn: '2025-03-12', servedOn: '2025-03-13', publishedOn: '2025-03-17' },
      {},
    );
    const bars = ['determined-twice-in-5-years'];
    expect(story.on('2025-06-03').refusal('party', request('2025-05-06', bars)).code).toBe(
      'listing.removal-barred',
    );
    story.does('party', request('2025-05-06', bars, { way: 0 })).does('handler', acceptance());
    expect(story.state).toMatchObject({
      removalRequest: { conditions: ['bankruptcy-tax-settled'], level: 'province' },
    });
    story.does('handler', verification(story));
    expect(story.refusal('approver', removalDecision())).toMatchObject({
      code: 'listing.repair-level',
      facts: { level: 'province' },
    });
    story.does('superior', removalDecision());
    expect(story.status).toBe('ended');
  });

  test('in a way that the list does not have is refused', () => {
    expect(
      wages()
        .on('2026-11-06')
        .refusal('party', request('2026-05-06', [], { way: 3 })).code,
    ).toBe('listing.removal-way-unknown');
  });
});

describe('an approved bankruptcy plan (order 36 art. 20)', () => {
  const lifted = (): Story =>
    granting(food().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));

  test('is answered within 10 working days, and lifts provisionally while the term runs on', () => {
    const story = food().on('2026-05-06').does('party', suspensionRequest('2026-04-30'));
    // 2026-05-09 is a made-up Saturday.
    expect(story.dueOn('repair-decision')).toBe('2026-05-19');
    granting(story);
    expect(story.status).toBe('suspended');
    expect(story.dueOn('expiry')).toBe('2027-11-14');
  });

  test('that fails: the restrictions stand again for the rest of the term, shown as before', () => {
    const story = lifted().on('2026-11-10');
    story.does('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' });
    expect(story.state).toMatchObject({
      status: 'in-force',
      publication: { status: 'published' },
      term: { endsOn: '2027-11-14' },
      entry: { restorations: [{ cause: 'plan-failed', on: '2026-11-10' }] },
    });
  });

  test('bars no early removal: asked while it is carried out it goes its own way, and needs no end of the plan', () => {
    const story = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    story.on('2026-11-06').does('party', request('2026-05-05'));
    // A plan that fails meanwhile leaves the request to be answered.
    const fails: Command = { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' };
    expect(story.does('approver', fails).state).toMatchObject({
      status: 'in-force',
      removalRequest: { aim: 'removal', status: 'requested' },
    });
    const lifted = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    granting(lifted.on('2026-11-06').does('party', request('2026-05-05')));
    expect(lifted.state).toMatchObject({
      status: 'ended',
      end: { kind: 'early-removal', endedOn: '2026-11-06', repair: { ground: null } },
    });
  });

  test('that is carried out: the final repair', () => {
    const story = lifted().on('2026-11-10');
    story.does('approver', { type: 'plan-completion', documentNo: '（虚构）之三', reasons: '执行完毕' });
    expect(story.state).toMatchObject({
      status: 'ended',
      publication: { status: 'ended' },
      end: { kind: 'early-removal', repair: { ground: 'bankruptcy-plan-completed' } },
    });
  });

  test('the final repair ends the publication on 信用中国, too, before its shortest time is over', () => {
    const story = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    story.on('2026-11-10').does('approver', {
      type: 'plan-completion',
      documentNo: '（虚构）之三',
      reasons: '执行完毕',
    });
    expect(site(story)).toMatchObject({ status: 'ended', how: 'repaired', endedOn: '2026-11-10' });
  });

  test('masks the entry on 信用中国, too, while its time runs on; a plan that fails brings it back', () => {
    const story = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    expect(story.told.slice(-2)).toEqual(['suspended', 'site-publication-masked']);
    expect(site(story)).toMatchObject({ status: 'masked', maskedOn: '2026-05-06' });
    expect(story.dueOn('site-publication')).toBe('2029-04-21');
    const fails: Command = { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' };
    story.on('2026-11-10').does('approver', fails);
    expect(site(story)).toEqual({
      rule: 'ndrc-36',
      kind: 'serious',
      from: '2026-04-21',
      repairableFrom: '2027-04-22',
      endsOn: '2029-04-21',
      status: 'shown',
    });
  });

  test('what is over on 信用中国 meanwhile does not come back with a plan that fails', () => {
    const story = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    story.on('2029-04-22').does('platform', { type: 'end-site-publication' });
    expect(site(story)).toMatchObject({ status: 'ended', how: 'longest-period', endedOn: '2029-04-22' });
    const late = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    // The sweep has not come round yet.
    late
      .on('2029-04-22')
      .does('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' });
    expect(site(late)).toMatchObject({ status: 'ended', how: 'longest-period', endedOn: '2029-04-22' });
  });

  test('revoked while lifted, the entry is gone from 信用中国, and not only masked', () => {
    const story = granting(wages().on('2026-05-06').does('party', suspensionRequest('2026-04-30')));
    story.on('2026-06-01').does('otherApprover', { type: 'revocation', reason: '认定事实有误' });
    expect(site(story)).toMatchObject({ status: 'ended', how: 'undone', endedOn: '2026-06-01' });
  });

  test('before order 36 there is no such lifting', () => {
    expect(food().on('2026-03-31').refusal('party', suspensionRequest('2026-03-02')).code).toBe(
      'listing.plan-lifting-not-provided',
    );
  });

  test('needs the ruling', () => {
    const without = { ...suspensionRequest('2026-04-30'), rulingNo: ' ' } as Command;
    expect(food().on('2026-05-06').refusal('party', without).code).toBe('listing.ruling-missing');
  });

  test('a term that ends meanwhile ends the entry for good', () => {
    const story = lifted().on('2027-11-15').does('platform', { type: 'expire' });
    expect(story.state).toMatchObject({ status: 'ended', end: { kind: 'expired' } });
  });
});

describe('a granted repair that was false', () => {
  test('wages (order 45 art. 15, order 36 art. 25): on the list again, three years anew, the site for three years', () => {
    const story = wages();
    granting(story.on('2026-11-06').does('party', request('2026-05-05')));
    story.on('2026-12-01').does('otherApprover', found());
    expect(story.state).toMatchObject({
      status: 'in-force',
      term: { startsOn: '2026-12-01', endsOn: '2029-12-01' },
      publication: { status: 'none' },
      entry: {
        foundFalse: [{ barredUntil: '2029-12-01', siteUntil: '2029-12-01', cause: 'false-material' }],
        site: { status: 'shown', repairableFrom: '2029-12-01', endsOn: '2029-12-01' },
      },
    });
    expect(story.told.slice(-3)).toEqual(['found-false', 'restored', 'site-publication-started']);
    const repairBars = [{ code: 'false-application', until: '2029-12-01' }];
    expect(story.on('2027-12-01').refusal('party', request('2027-01-04', [], { repairBars }))).toEqual({
      code: 'listing.repair-barred-until',
      facts: { bar: 'false-application', until: '2029-12-01' },
    });
  });

  test('accountants: on the list again for the rest of the term, and no early removal any more', () => {
    const story = inForce(cpa, {
      decidedOn: '2025-03-12',
      servedOn: '2025-03-13',
      publishedOn: '2025-03-14',
    });
    granting(story.on('2026-03-16').does('party', request('2025-06-03')));
    story.on('2026-03-20').does('otherApprover', found('broken-commitment'));
    expect(story.state).toMatchObject({
      status: 'in-force',
      term: { startsOn: '2025-03-12', endsOn: '2027-03-12' },
      entry: { foundFalse: [{ barredUntil: 'for-good' }] },
    });
  });

  test('market regulation under order 44: on the list again, published anew, without a bar (art. 20)', () => {
    const story = food();
    granting(story.on('2025-11-17').does('party', request('2024-11-25')));
    story.on('2025-12-01').does('otherApprover', found());
    expect(story.state).toMatchObject({
      status: 'in-force',
      term: { startsOn: '2025-12-01', endsOn: '2028-12-01' },
      entry: { foundFalse: [{ barredUntil: null }] },
    });
  });

  test('only a request that was granted can be found false', () => {
    expect(wages().refusal('approver', found()).code).toBe('listing.repair-none-granted');
    const story = wages();
    granting(story.on('2026-11-06').does('party', request('2026-05-05')));
    const other = { ...found(), requestId: '0192f0c4-6c00-7000-8000-0000000000d9' } as Command;
    expect(story.refusal('otherApprover', other).code).toBe('listing.repair-unknown');
  });
});

describe('a finding that a repair was false', () => {
  const removed = (): Story =>
    granting(wages().on('2026-11-06').does('party', request('2026-05-05')), 'otherApprover');

  test('is not made by the person who granted it, nor by one who handled the case', () => {
    const story = granting(wages().on('2026-11-06').does('party', request('2026-05-05')));
    expect(story.on('2026-12-01').refusal('approver', found()).code).toBe(
      'listing.found-false-second-person',
    );
    expect(story.refusal('handler', found()).code).toBe('listing.found-false-second-person');
    expect(story.does('otherApprover', found()).status).toBe('in-force');
  });

  test('is made once for one request: the three years do not run anew again and again', () => {
    const story = removed().on('2026-12-01').does('approver', found());
    expect(story.on('2026-12-08').refusal('approver', found())).toEqual({
      code: 'listing.found-false-already',
      facts: { on: '2026-12-01' },
    });
  });

  test('brings back nothing that has no basis any more', () => {
    const lost: Command = { type: 'lose-basis', recordId: penalty.id, cause: 'revoked', reason: '撤销' };
    const after = removed().on('2026-11-20').does('platform', lost);
    expect(after.on('2026-12-01').refusal('approver', found()).code).toBe('listing.basis-gone');

    const again = removed().on('2026-12-01').does('approver', found());
    again.on('2026-12-02').does('otherApprover', { type: 'revocation', reason: '认定事实有误' });
    const other = { ...found(), requestId: '0192f0c4-6c00-7000-8000-0000000000d9' } as Command;
    expect(again.refusal('otherReviewer', other).code).toBe('listing.basis-gone');
  });

  test('keeps 信用中国 for its three years, also when the entry is published again (order 36 art. 25)', () => {
    const story = removed().on('2026-12-01').does('approver', found());
    story.on('2026-12-03').does('secrecy', publication);
    expect(story.state).toMatchObject({ publication: { status: 'published', publishedOn: '2026-12-03' } });
    expect(site(story)).toMatchObject({
      status: 'shown',
      repairableFrom: '2029-12-01',
      endsOn: '2029-12-01',
    });
    expect(story.dueOn('site-publication')).toBe('2029-12-01');
  });
});

describe('a correction of the term', () => {
  const term = (termEndsOn: string): Command => ({
    type: 'correction',
    corrected: { termEndsOn },
    reasons: '录入有误',
  });

  test('is never longer than rule and decision give', () => {
    expect(wages().on('2026-06-01').refusal('otherApprover', term('2040-04-21'))).toEqual({
      code: 'listing.correction-beyond-term',
      facts: { latest: '2029-04-21' },
    });
    const shortened = wages().on('2026-06-01').does('otherApprover', term('2029-03-21'));
    shortened.on('2026-06-10').does('otherApprover', term('2029-04-21'));
    expect(shortened.state).toMatchObject({ term: { endsOn: '2029-04-21' } });
  });

  test('is not made alone by those who made the listing; its number and reasons may be', () => {
    expect(wages().on('2026-06-01').refusal('approver', term('2029-03-21')).code).toBe(
      'listing.correction-second-person',
    );
    const number: Command = { type: 'correction', corrected: { decisionNo: '更正号' }, reasons: '有误' };
    expect(wages().on('2026-06-01').does('approver', number).status).toBe('in-force');
  });

  test('by an upheld objection is held to the same', () => {
    const upheld: Command = {
      type: 'settle-objection',
      objectionId: 'o1',
      about: 'period',
      outcome: 'upheld',
      corrected: { termEndsOn: '2030-01-01' },
      reasons: '—',
      reopened: null,
    };
    expect(wages().on('2026-06-01').refusal('platform', upheld).code).toBe('listing.correction-beyond-term');
  });

  test('where the rule leaves the term to the decision, is not beyond the day of the decision', () => {
    const story = inForce(
      {
        list: 'FALSELIT',
        conductKind: 'falselit.party',
        openedOn: '2025-03-03',
        department: { id: 'hlj.court', level: 'province' },
      },
      { decidedOn: '2025-03-05', servedOn: '2025-03-06' },
      { termEndsOn: '2026-03-05' },
    );
    expect(story.refusal('otherApprover', term('2027-03-05')).facts).toEqual({ latest: '2026-03-05' });
    expect(story.does('otherApprover', term('2025-09-05')).state).toMatchObject({
      term: { endsOn: '2025-09-05' },
    });
  });
});

describe('a correction', () => {
  test('keeps what was said before, and every copy follows within three working days (ordinance art. 39)', () => {
    const story = wages().on('2026-06-01');
    story.does('otherApprover', {
      type: 'correction',
      corrected: { decisionNo: '（虚构）列入决定〔2026〕2号', termEndsOn: '2029-03-21' },
      reasons: '录入有误',
    });
    expect(story.state).toMatchObject({
      decision: { no: '（虚构）列入决定〔2026〕2号' },
      term: { endsOn: '2029-03-21' },
      entry: {
        corrections: [
          {
            number: 1,
            confirmBy: '2026-06-04',
            changes: [
              { field: 'decisionNo', from: '（虚构）列入决定〔2024〕1号' },
              { field: 'termEndsOn', from: '2029-04-21', to: '2029-03-21' },
            ],
          },
        ],
      },
    });
    expect([story.dueOn('correction'), story.dueOn('expiry')]).toEqual(['2026-06-04', '2029-03-21']);
    const confirms = (system: string): Command => ({
      type: 'confirm-correction',
      number: 1,
      confirmation: { system, at: '2026-06-02T01:00:00.000Z', eventId: `e-${system}` },
    });
    story.does('platform', confirms('records')).does('platform', confirms('records'));
    story.does('platform', confirms('measures'));
    expect(story.dueOn('correction')).toBe('2026-06-04');
    story.does('platform', confirms('grading'));
    expect(story.dueOn('correction')).toBeUndefined();
    expect(story.told.filter((type) => type.startsWith('correction'))).toEqual([
      'correction-confirmed',
      'correction-confirmed',
      'correction-confirmed',
      'correction-spread',
    ]);
  });

  test('that changes nothing, or ends a term before it starts, is refused', () => {
    const correct = (corrected: object): Command => ({
      type: 'correction',
      corrected,
      reasons: '录入有误',
    });
    const story = wages();
    expect(story.refusal('approver', correct({})).code).toBe('listing.correction-empty');
    expect(story.refusal('approver', correct({ decisionNo: '（虚构）列入决定〔2024〕1号' })).code).toBe(
      'listing.correction-empty',
    );
    expect(story.refusal('otherApprover', correct({ termEndsOn: '2026-04-20' })).code).toBe(
      'listing.correction-of-term',
    );
  });
});
