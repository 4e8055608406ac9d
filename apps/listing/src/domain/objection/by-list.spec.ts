import { describe, expect, test } from '@jest/globals';
import { clocks, filed, type Filed, rulesOn, take } from '../../../specs/objections-of-lists.js';
import { refused } from '../../../specs/refused.js';
import type { ObjectionCommand } from './decide.js';
import type { Objection } from './objection.js';

/* Procedures of objection that single lists have of their own, beside the ordinance's (decision 38); dates of 2026. */

describe('the review of a research decision (科学技术活动违规行为调查处理规定 art. 40, 41, 52)', () => {
  const research = (more: Partial<Filed>): Objection =>
    filed({ list: 'RESEARCH', servedOn: '2026-04-16', receivedOn: '2026-05-06', ...more });

  test('is asked within 15 calendar days of service: the fifteenth is 1 May, so to the first working day after', () => {
    expect(research({ receivedOn: '2026-05-06' }).status).toBe('filed');
    expect(research({ servedOn: '2026-04-15', receivedOn: '2026-04-30' }).status).toBe('filed');
  });

  test('is refused after that, with the last day, the articles and what is left, in both languages', () => {
    const late = refused(() => research({ receivedOn: '2026-05-07' }));
    expect(late.code).toBe('objection.filed-too-late');
    expect(late.facts).toMatchObject({ servedOn: '2026-04-16', lastDay: '2026-05-06' });
    expect(late.zh).toBe(
      '决定于 2026-04-16 送达,复查的期限已于 2026-05-06 届满(科学技术活动违规行为调查处理规定第四十条、第五十二条)',
    );
    expect(late.cureZh).toContain('依法申请行政复议或者提起行政诉讼(第四十一条)');
    expect(late.en).toContain('the time to ask for a review of the decision was over on 2026-05-06');
    expect(late.cureEn).toContain('administrative review or sue');
  });

  test('has no limit before the decision is served', () => {
    expect(research({ servedOn: null, receivedOn: '2026-06-01' }).status).toBe('filed');
  });

  test('is accepted within 5 working days (9 May is a made-up Saturday), decided in 60 calendar days from then', () => {
    const review = research({ servedOn: '2026-04-15', receivedOn: '2026-04-30' });
    expect(clocks(review)).toEqual(['acceptance 2026-05-11']);
    expect(clocks(take(review, '2026-05-11', { type: 'acceptance' }))).toEqual(['decision 2026-07-10']);
  });

  test('is neither paused nor extended: the text knows neither', () => {
    const review = take(research({}), '2026-05-07', { type: 'acceptance' });
    expect(refused(() => take(review, '2026-05-08', { type: 'pause', why: 'expert-review' })).code).toBe(
      'objection.not-pausable',
    );
    const longer: ObjectionCommand = { type: 'extension', until: '2026-09-01', reason: '—' };
    expect(refused(() => take(review, '2026-05-08', longer)).code).toBe('objection.not-extensible');
  });

  test('ends as withdrawn, once accepted, when administrative review or a suit is begun (art. 41); others go on', () => {
    const ends: ObjectionCommand = {
      ...{ type: 'termination', begun: 'administrative-review', begunOn: '2026-05-18' },
    };
    const review = research({});
    expect(refused(() => take(review, '2026-05-07', ends)).code).toBe('objection.action-not-possible');
    const accepted = take(review, '2026-05-07', { type: 'acceptance' });
    const ended = take(accepted, '2026-05-20', ends);
    expect(ended).toMatchObject({
      status: 'withdrawn',
      withdrawnOn: '2026-05-20',
      begun: 'administrative-review',
      begunOn: '2026-05-18',
    });
    expect(clocks(ended)).toEqual([]);
    for (const list of ['TELECOM', 'CSRC', 'WAGE'] as const) {
      const ground = 'obvious-error';
      const other = filed({ list, ground, servedOn: '2026-04-16', receivedOn: '2026-05-06' });
      expect(refused(() => take(other, '2026-05-20', ends)).code).toBe('objection.goes-on');
    }
  });

  test('ends only by what was begun after the acceptance and within the 60 days of the decision', () => {
    const accepted = take(research({}), '2026-05-07', { type: 'acceptance' });
    const ends = (begunOn: string): ObjectionCommand => ({ type: 'termination', begun: 'suit', begunOn });
    const bounds = { from: '2026-05-07', until: '2026-07-06' };
    for (const begunOn of ['2026-05-06', '2026-07-07']) {
      const refusal = refused(() => take(accepted, '2026-07-08', ends(begunOn)));
      expect(refusal).toMatchObject({ code: 'objection.begun-out-of-time', facts: { begunOn, ...bounds } });
      expect(refusal.zh).toContain('受理之后、作出处理决定的期限之内(2026-05-07 至 2026-07-06)');
    }
    // Known late, begun in time.
    expect(take(accepted, '2026-07-08', ends('2026-07-06'))).toMatchObject({ status: 'withdrawn' });
    expect(refused(() => take(accepted, '2026-05-20', ends('2026-05-21'))).code).toBe(
      'objection.begun-in-future',
    );
  });

  test('may be refused to be accepted, with reasons, by a person who did not make the decision (art. 40)', () => {
    const no: ObjectionCommand = { type: 'non-acceptance', reasons: '逾期提出（虚构）' };
    const review = take(research({}), '2026-05-08', no);
    expect(review).toMatchObject({
      status: 'not-accepted',
      notAcceptedOn: '2026-05-08',
      reasons: no.reasons,
    });
    expect(clocks(review)).toEqual([]);
    expect(refused(() => take(research({}), '2026-05-08', no, 'lister')).code).toBe(
      'objection.another-person',
    );
    const accepted = take(research({}), '2026-05-07', { type: 'acceptance' });
    expect(refused(() => take(accepted, '2026-05-08', no)).code).toBe('objection.action-not-possible');
  });

  test('leaves content and period to the ordinance: no limit, 3 working days from receipt', () => {
    expect(clocks(research({ about: 'content', receivedOn: '2026-06-01' }))).toEqual(['decision 2026-06-04']);
  });

  test('holds from 20 March 2026: what was received the day before goes by the ordinance to its end', () => {
    const before = research({ servedOn: '2026-02-02', receivedOn: '2026-03-19' });
    expect(clocks(before)).toEqual(['decision 2026-03-24']);
    expect(refused(() => research({ servedOn: '2026-02-02', receivedOn: '2026-03-20' })).code).toBe(
      'objection.filed-too-late',
    );
  });
});

test.each([
  ['CSRC', 'listing', '2026-06-23'],
  ['CSRC', 'content', '2026-06-23'],
  ['CSRC', 'period', '2026-06-23'],
  // Order 116 art. 17: what is published inaccurately in five; the entry itself is the ordinance's.
  ['CPA', 'listing', '2026-06-04'],
  ['CPA', 'content', '2026-06-08'],
  ['CPA', 'period', '2026-06-08'],
  ['TELECOM', 'listing', '2026-06-23'],
  ['TELECOM', 'content', '2026-06-04'],
  ['COURT', 'listing', '2026-06-16'],
  ['COURT', 'content', '2026-06-16'],
  ['WAGE', 'listing', '2026-06-04'],
] as const)('%s, %s: received on 2026-06-01, decided by %s', (list, about, due) => {
  // 15 working days over the Dragon Boat Festival (art. 21 of the commission, art. 14 of the joint discipline),
  // 15 calendar days (法释〔2017〕7号 art. 12), else 3 working days
  expect(
    clocks(filed({ list, about, ground: 'obvious-error', servedOn: '2024-12-02', receivedOn: '2026-06-01' })),
  ).toContain(`decision ${due}`);
});

test('the text of the securities commission that was not read, before its amendment of 2020, has no row', () => {
  expect(rulesOn('2020-03-19', 'CSRC').about.listing.decide).toEqual({ count: 3, unit: 'working-day' });
  expect(rulesOn('2020-03-20', 'CSRC').about.listing.decide).toEqual({ count: 15, unit: 'working-day' });
});

describe('an objection to the directory of abnormal operation (企业经营异常名录管理办法 art. 15)', () => {
  const directory = (more: Partial<Filed>): Objection =>
    filed({
      list: 'SAMRABN',
      servedOn: '2026-04-01',
      publishedOn: '2026-05-06',
      receivedOn: '2026-06-05',
      ...more,
    });

  test('is filed within 30 days of publication, not of service; not published yet, at any time', () => {
    expect(directory({}).status).toBe('filed');
    const late = refused(() => directory({ receivedOn: '2026-06-08' }));
    expect(late).toMatchObject({
      code: 'objection.filed-too-late-after-publication',
      facts: { publishedOn: '2026-05-06', lastDay: '2026-06-05' },
    });
    expect(late.zh).toBe(
      '列入信息于 2026-05-06 公示,异议核实的期限已于 2026-06-05 届满(企业经营异常名录管理办法第十五条)',
    );
    expect(late.cureEn).toContain('administrative review or sue by law (art. 16)');
    expect(directory({ publishedOn: null, receivedOn: '2026-06-08' }).status).toBe('filed');
  });

  test('is accepted or refused within 5 working days, and checked in 20 from the acceptance', () => {
    // 2026-06-19 is the Dragon Boat Festival.
    expect(clocks(directory({}))).toEqual(['acceptance 2026-06-12']);
    const accepted = take(directory({}), '2026-06-12', { type: 'acceptance' });
    expect(clocks(accepted)).toEqual(['decision 2026-07-13']);
    const no: ObjectionCommand = { type: 'non-acceptance', reasons: '未提交证明材料（虚构）' };
    expect(take(directory({}), '2026-06-12', no)).toMatchObject({ status: 'not-accepted' });
  });

  test('to its content or period goes by the ordinance', () => {
    expect(clocks(directory({ about: 'content', receivedOn: '2026-06-08' }))).toEqual([
      'decision 2026-06-11',
    ]);
  });
});

test('whoever must be accepted cannot be refused: order 36 art. 18 knows no refusal', () => {
  const rules = rulesOn('2026-06-01').about['repair-result'];
  expect([rules.accept === null, rules.mayRefuse]).toEqual([false, undefined]);
});

describe('the material that an appeal of telecom fraud still needs (联合惩戒办法 art. 14)', () => {
  const appeal = () => filed({ list: 'TELECOM', servedOn: '2026-05-20', receivedOn: '2026-06-01' });
  const name: ObjectionCommand = { type: 'material-request', text: '银行流水（虚构）' };
  const receipt = (receivedOn: string | null): ObjectionCommand => ({
    ...{ type: 'material-receipt', materials: ['银行流水（虚构）'], receivedOn },
  });

  test('can be named for 3 working days, as a clock tells; then it is handled on what is there', () => {
    const both = ['material 2026-06-04', 'decision 2026-06-23'];
    expect(clocks(appeal())).toEqual(both);
    const over: ObjectionCommand = { type: 'close-material' };
    expect(clocks(take(appeal(), '2026-06-04', over))).toEqual(both);
    const closed = take(appeal(), '2026-06-05', over);
    expect(clocks(closed)).toEqual(['decision 2026-06-23']);
    expect(closed.overdue).toEqual([]);
    expect(take(closed, '2026-06-08', over)).toBe(closed);
  });

  test('is named within 3 working days; the 15 for the check run from its receipt', () => {
    const named = take(appeal(), '2026-06-04', name);
    expect(clocks(named)).toEqual([]);
    const complete = take(named, '2026-06-09', receipt('2026-06-08'));
    expect(complete).toMatchObject({
      materials: ['银行流水（虚构）'],
      material: { on: '2026-06-04', receivedOn: '2026-06-08' },
    });
    // Four days of that week, four of the next with the Dragon Boat Festival on Friday, five, two.
    expect(clocks(complete)).toEqual(['decision 2026-06-30']);
  });

  test('is not named later, nor twice, nor under a rule without that step, and comes in once', () => {
    expect(refused(() => take(appeal(), '2026-06-05', name))).toMatchObject({
      ...{ code: 'objection.material-too-late', facts: { lastDay: '2026-06-04' } },
    });
    const named = take(appeal(), '2026-06-02', name);
    expect(refused(() => take(named, '2026-06-03', name)).code).toBe('objection.material-named-once');
    const before = refused(() => take(named, '2026-06-03', receipt('2026-06-01')));
    expect(before).toMatchObject({ code: 'objection.received-before-named', facts: { on: '2026-06-02' } });
    const early = refused(() => take(named, '2026-06-03', receipt('2026-06-04')));
    expect(early.code).toBe('objection.received-in-future');
    const complete = take(named, '2026-06-03', receipt(null));
    expect(refused(() => take(complete, '2026-06-03', receipt(null))).code).toBe(
      'objection.material-not-awaited',
    );
    const wage = filed({ list: 'WAGE', servedOn: '2026-05-20', receivedOn: '2026-06-01' });
    expect(refused(() => take(wage, '2026-06-02', name)).code).toBe('objection.material-not-nameable');
  });
});

test('the file of the securities market is corrected on the grounds of art. 12 or for a grave, obvious error only', () => {
  const asked = { list: 'CSRC', servedOn: null, receivedOn: '2026-06-01' } as const;
  const refusal = refused(() => filed(asked));
  expect([refusal.code, refusal.field]).toEqual(['objection.ground-needed', 'ground']);
  expect(refusal.zh).toContain('证券期货市场诚信监督管理办法第二十一条');
  for (const ground of ['basis-changed', 'obvious-error'] as const)
    expect(filed({ ...asked, ground })).toMatchObject({ status: 'open', ground });
});
