import { describe, expect, test } from '@jest/globals';
import { Refusal, workingCalendar } from '#kernel';
import { type ListKey, loadSeeds, procedureOn, validOn } from '#seeds';
import { endedNow, settlingOf } from '../../commands/entry-objected.js';
import type { Hand } from '../hand.js';
import { decideObjection, objectionClocks, type ObjectionCommand, type ObjectionLook } from './decide.js';
import { evolveObjection } from './evolve.js';
import { fileObjection } from './filing.js';
import type { ObjectionAbout, ObjectionGround } from './about.js';
import type { Objection } from './objection.js';
import { type ObjectionRules, objectionRulesFrom } from './rules.js';

/* Procedures of objection that single lists have of their own, beside the ordinance's (decision 38); dates of 2026. */

const calendar = workingCalendar(loadSeeds('calendars'));
const ordinance = loadSeeds('ordinance-clocks');
const site = loadSeeds('repair-rules').find(({ id }) => id === 'ndrc-36')!;

const rulesOn = (day: string, list?: ListKey): ObjectionRules => {
  const own = loadSeeds('objection-rules').filter((rule) => rule.list === list && validOn(rule, day));
  return objectionRulesFrom(ordinance, site.clocks, calendar, own);
};

const party: Hand = { id: 'party', name: 'party', department: null };
const handler: Hand = { id: 'handler', name: 'handler', department: 'hlj.science' };

interface Filed {
  list: ListKey;
  expiredOn?: string;
  about?: ObjectionAbout;
  ground?: ObjectionGround;
  servedOn: string | null;
  publishedOn?: string | null;
  receivedOn: string;
}

function filed({
  list,
  about = 'listing',
  ground,
  servedOn,
  publishedOn = null,
  receivedOn,
  expiredOn,
}: Filed): Objection {
  const objected = {
    ...{ caseId: 'c1', caseNo: '（虚构）1号', subjectId: 's1', department: 'hlj.science' },
    ...{ servedOn, publishedOn },
    ...(expiredOn ? { expiredOn } : {}),
    ...{ status: 'in-force', statusZh: '生效', decided: true, refusedRepairs: [], sameOpen: null },
  };
  const filing = {
    ...{ id: 'o1', about, repairId: null, statement: '数据属实（虚构）', asked: {}, materials: [] },
    ...{ channel: 'department' as const, receivedOn, authorisation: null },
    ...(ground ? { ground } : {}),
  };
  const by = { today: receivedOn, actor: party, byParty: true };
  return evolveObjection(undefined, fileObjection(objected, filing, rulesOn(receivedOn, list), by));
}

function refused(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** As the store reads it later: under the rules of a list that has no procedure of its own. */
const clocks = (objection: Objection): string[] =>
  objectionClocks(objection, rulesOn('2026-06-01')).map(({ clock, dueOn }) => `${clock} ${dueOn}`);

const take = (
  objection: Objection,
  today: string,
  command: ObjectionCommand,
  id = handler.id,
  department = handler.department,
): Objection => {
  const look: ObjectionLook = {
    ...{
      rules: rulesOn(today),
      procedure: procedureOn(loadSeeds('procedure-rules'), today),
      today,
      actor: { ...handler, id, department },
      madeBy: ['lister'],
      remedies: '',
      isUnit: () => true,
    },
  };
  return decideObjection(objection, command, look).reduce<Objection>(evolveObjection, objection);
};

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
