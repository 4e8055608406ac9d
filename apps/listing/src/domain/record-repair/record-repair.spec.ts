import { describe, expect, test } from '@jest/globals';
import { workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { refused as refusalOf } from '../../../specs/refused.js';
import { enterprise, handingIn } from '../../../specs/story.js';
import type { Hand } from '../hand.js';
import { countRecordRepairDays } from './count-days.js';
import {
  decideRecordRepair,
  recordRepairClocks,
  type RecordRepairCommand,
  type RecordRepairLook,
} from './decide.js';
import { evolveRecordRepair } from './evolve.js';
import type { RecordRepairRules } from './law.js';
import { requestRecordMasking } from './masking.js';
import { recordRepairStep } from './lifecycle.js';
import type { RecordRepair } from './repair.js';
import { eligibilityOfRecord, type RecordToRepair, requestRecordRepair } from './request.js';

const rules: RecordRepairRules = {
  laws: loadSeeds('repair-rules'),
  calendar: workingCalendar(loadSeeds('calendars')),
  conditionTexts: Object.fromEntries(loadSeeds('removal-conditions').map(({ code, zh }) => [code, zh])),
};
const unit = 'hlj.city.230100.housing';
const hand = (id: string, department: string | null = unit): Hand => ({ id, name: id, department });
const people = {
  party: hand('party', null),
  handler: hand('handler'),
  approver: hand('approver'),
  otherApprover: hand('other-approver'),
  both: hand('handler'),
};

/** 罚款, of 2026-04-06: general, so 3 months to 1 year. */
const fine: RecordToRepair = {
  id: 'r1',
  documentNo: '（虚构）哈建罚〔2026〕7号',
  decidedOn: '2026-04-06',
  severity: 'general',
  category: '罚款',
  publishedUntil: '2027-04-06',
  department: unit,
  subject: enterprise,
  withdrawn: false,
  repaired: false,
  listedBy: null,
  openRepair: null,
  barredUntil: null,
};
const application = {
  id: 'a1',
  correctedOn: '2026-04-20',
  commitment: true,
  statement: '罚款已缴清,已整改（虚构）',
  materials: ['缴款凭证（虚构）'],
};

/** Given / when / then over one request; every step holds status and clocks against the table. */
class RepairStory {
  repair: RecordRepair;

  constructor(
    record: Partial<RecordToRepair> = {},
    public today = '2026-07-07',
  ) {
    const by = { today, actor: people.party };
    const correctedOn = application.correctedOn < today ? application.correctedOn : today;
    const asked = { ...application, correctedOn, handingIn: handingIn(correctedOn) };
    this.repair = evolveRecordRepair(
      undefined,
      requestRecordRepair({ ...fine, ...record }, asked, rules, by),
    );
  }

  on(day: string): this {
    this.today = day;
    return this;
  }

  does(who: keyof typeof people, command: RecordRepairCommand): this {
    const before = this.repair;
    const facts = decideRecordRepair(before, command, this.#look(who));
    this.repair = facts.reduce<RecordRepair>(evolveRecordRepair, before);
    const step = recordRepairStep(before.status, command.type)!;
    if (facts.length === 0) return this;
    expect(step.to).toContain(this.repair.status);
    const was = new Map(recordRepairClocks(before).map(({ clock, dueOn }) => [clock, dueOn]));
    const is = new Map(recordRepairClocks(this.repair).map(({ clock, dueOn }) => [clock, dueOn]));
    for (const [clock, dueOn] of is) if (was.get(clock) !== dueOn) expect(step.starts ?? []).toContain(clock);
    for (const clock of was.keys()) if (!is.has(clock)) expect(step.stops ?? []).toContain(clock);
    return this;
  }

  refusal(who: keyof typeof people, command: RecordRepairCommand): string {
    return codeOf(() => decideRecordRepair(this.repair, command, this.#look(who)));
  }

  get clocks(): string[] {
    return recordRepairClocks(this.repair).map(({ clock, dueOn }) => `${clock} ${dueOn}`);
  }

  #look(who: keyof typeof people): RecordRepairLook {
    return { rules, today: this.today, actor: people[who] };
  }
}

const codeOf = (does: () => unknown): string => refusalOf(does).code;

const accepted: RecordRepairCommand = { type: 'acceptance', accepted: true, text: '材料齐全' };
const found = (unmet: string[] = [], ownTermEndsOn?: string): RecordRepairCommand => ({
  type: 'verification',
  text: '经核实（虚构）',
  conditions: ['minimum-publication-reached', 'corrected', 'public-commitment'].map((code) => ({
    code,
    met: !unmet.includes(code),
  })),
  ...(ownTermEndsOn ? { ownTermEndsOn } : {}),
});
const granted: RecordRepairCommand = { type: 'decision', granted: true, reasons: '已履行' };
const refused: RecordRepairCommand = { ...granted, granted: false };
const asking = (record: Partial<RecordToRepair>, today: string, change: object = {}) =>
  codeOf(() =>
    requestRecordRepair({ ...fine, ...record }, { ...application, ...change }, rules, {
      today,
      actor: people.party,
    }),
  );

describe('from when the repair of a record may be asked', () => {
  test.each([
    // order 36 art. 12, from the day of the document: 届满后, the day after the last
    ['一般: on the last day of the three months', {}, '2026-07-06', 'general', '2026-07-07', false],
    ['一般: on the day after', {}, '2026-07-07', 'general', '2026-07-07', true],
    [
      '严重: one year',
      { severity: 'serious', publishedUntil: '2029-04-06' },
      '2026-07-07',
      'serious',
      '2027-04-07',
      false,
    ],
    // a document of the time of order 58: its shortest period, whatever governs the procedure now
    [
      'order 58: three months of a penalty of 2025',
      { decidedOn: '2025-06-03', publishedUntil: '2028-06-03' },
      '2026-05-06',
      'general',
      '2025-09-04',
      true,
    ],
    [
      'older than every rule: as by the earliest',
      { decidedOn: '2022-11-30', publishedUntil: '2025-11-30' },
      '2025-03-03',
      'general',
      '2023-03-01',
      true,
    ],
  ] as const)('%s', (_, record, today, kind, eligibleOn, mayAsk) => {
    expect(eligibilityOfRecord({ ...fine, ...record }, rules, today)).toMatchObject({
      published: true,
      kind,
      eligibleOn,
      mayAsk,
    });
  });

  test.each([
    ['轻微, not shown', { severity: 'minor', publishedUntil: null }],
    ['of a natural person (art. 12)', { subject: { ...enterprise, kind: 'natural-person' } }],
    ['past its longest period (art. 12)', { publishedUntil: '2026-07-06' }],
    ['withdrawn', { withdrawn: true }],
    ['repaired already', { repaired: true }],
    ['that tells nothing bad', { severity: 'none', publishedUntil: null }],
  ] as const)('nothing to repair: %s', (_, record) => {
    expect(asking(record, '2026-07-07')).toBe('repair.not-published');
    expect(eligibilityOfRecord({ ...fine, ...record }, rules, '2026-07-07')).toMatchObject({
      published: false,
      mayAsk: false,
    });
  });

  test('not too early, not twice, not while barred, not beside a listing, not without commitment', () => {
    expect(asking({}, '2026-07-06')).toBe('repair.too-early');
    expect(asking({ openRepair: 'a0' }, '2026-07-07')).toBe('repair.open-already');
    expect(asking({ barredUntil: '2026-07-07' }, '2026-07-07')).toBe('repair.barred');
    expect(asking({ listedBy: { caseId: 'c1', no: 'SAMR-2026-000001' } }, '2026-07-07')).toBe(
      'repair.record-listed',
    );
    expect(asking({}, '2026-07-07', { commitment: false })).toBe('repair.commitment-missing');
    expect(asking({}, '2026-07-07', { correctedOn: '2026-07-08' })).toBe('repair.date-in-future');
    expect(new RepairStory({ barredUntil: '2026-07-06' }).repair.status).toBe('requested');
  });
});

describe('the clocks of the finder', () => {
  test('order 36 art. 16: accepted in 3, answered in 7 working days from then, 10 more once', () => {
    const story = new RepairStory();
    expect(story.clocks).toEqual(['acceptance 2026-07-10', 'decision 2026-07-21']);
    story.on('2026-07-08').does('handler', accepted);
    expect(story.clocks).toEqual(['decision 2026-07-17']);
    const more: RecordRepairCommand = { type: 'extension', reasons: '需要实地核实' };
    story.on('2026-07-17').does('approver', more);
    expect(story.clocks).toEqual(['decision 2026-07-31']);
    expect(story.refusal('approver', more)).toBe('repair.not-extensible');
    const late = new RepairStory().on('2026-07-08').does('handler', accepted).on('2026-07-20');
    expect(late.refusal('approver', more)).toBe('repair.extension-late');
    late.does('handler', { type: 'mark-overdue', clock: 'decision' });
    late.does('handler', { type: 'mark-overdue', clock: 'decision' });
    expect(late.repair.overdue).toEqual(['decision']);
  });

  test('market regulation: order 107, accepted in 2 working days, with conditions of its own', () => {
    const story = new RepairStory({ department: 'hlj.city.230100.market-regulation' });
    expect(story.clocks).toEqual(['acceptance 2026-07-09', 'decision 2026-07-20']);
    expect(story.repair).toMatchObject({
      publicationRule: 'ndrc-36',
      procedureRule: 'samr-107',
      conditions: ['duties-performed', 'harm-removed', 'no-repeat-of-same-kind'],
    });
  });

  test('market regulation: revocation, downgrading and closure are not repaired early', () => {
    const revoked = { category: '罚款;吊销许可证件', department: 'hlj.market-regulation' };
    expect(asking(revoked, '2026-07-07')).toBe('repair.not-provided');
    expect(eligibilityOfRecord({ ...fine, ...revoked }, rules, '2026-07-07')).toMatchObject({
      noEarlyRepair: '吊销许可证件',
      mayAsk: false,
    });
    // Order 36 itself knows no such bar, nor did market regulation before order 107.
    expect(new RepairStory({ category: '吊销许可证件' }).repair.status).toBe('requested');
    const before = { ...revoked, decidedOn: '2025-06-03', publishedUntil: '2028-06-03' };
    expect(new RepairStory(before, '2025-12-24').repair.procedureRule).toBe('ndrc-58');
  });

  test('a grave penalty of before 2026-04-01 waits its three months, as every other did (order 58)', () => {
    const grave = { severity: 'serious', decidedOn: '2026-03-31', publishedUntil: '2029-03-31' } as const;
    expect(asking(grave, '2026-06-30')).toBe('repair.too-early');
    expect(eligibilityOfRecord({ ...fine, ...grave }, rules, '2026-07-01')).toMatchObject({
      kind: 'serious',
      rule: 'ndrc-58',
      eligibleOn: '2026-07-01',
      mayAsk: true,
    });
    const under36 = { ...grave, decidedOn: '2026-04-01', publishedUntil: '2029-04-01' };
    expect(eligibilityOfRecord({ ...fine, ...under36 }, rules, '2026-07-01')).toMatchObject({
      eligibleOn: '2027-04-02',
    });
  });

  test('before 2026-04-01: order 58', () => {
    const story = new RepairStory({ decidedOn: '2025-06-02', publishedUntil: '2028-06-02' }, '2025-09-03');
    expect(story.clocks).toEqual(['acceptance 2025-09-05', 'decision 2025-09-16']);
    expect(story.repair.procedureRule).toBe('ndrc-58');
  });
});

describe('the answer', () => {
  const verified = (...how: Parameters<typeof found>) =>
    new RepairStory()
      .on('2026-07-08')
      .does('handler', accepted)
      .on('2026-07-09')
      .does('handler', found(...how));

  test('is a person’s, and another one’s than who accepted and verified', () => {
    expect(verified().refusal('both', granted)).toBe('repair.another-person');
    const story = verified().on('2026-07-10').does('approver', granted);
    expect(story.repair).toMatchObject({
      status: 'granted',
      answer: { on: '2026-07-10', by: people.approver },
    });
    expect(story.clocks).toEqual([]);
  });

  test('rests on a verification that names every condition, and is no grant where one is unmet', () => {
    const fresh = new RepairStory().does('handler', accepted);
    expect(fresh.refusal('approver', granted)).toBe('repair.not-verified');
    expect(fresh.refusal('handler', { ...found(), conditions: [] } as RecordRepairCommand)).toBe(
      'repair.verification-incomplete',
    );
    const unmet = verified(['corrected']);
    expect(unmet.refusal('approver', granted)).toBe('repair.condition-unmet');
    expect(unmet.does('handler', found()).does('approver', granted).repair.status).toBe('granted');
    expect(verified(['corrected']).does('approver', refused).repair.status).toBe('refused');
  });

  test('does not end the publication before the penalty’s own term is over (order 36 art. 12)', () => {
    const banned = verified([], '2026-07-10').on('2026-07-10');
    expect(banned.refusal('approver', granted)).toBe('repair.own-term-running');
    expect(banned.on('2026-07-11').does('approver', granted).repair.status).toBe('granted');
  });

  test('is accepted when proof and commitment lie behind it, not on their names (order 36 art. 15, 16)', () => {
    const by = { today: '2026-07-07', actor: people.party };
    const bare = new RepairStory();
    bare.repair = evolveRecordRepair(undefined, requestRecordRepair(fine, application, rules, by));
    expect(bare.refusal('handler', accepted)).toBe('repair.materials-missing');
    const { papers, commitment } = handingIn('2026-07-06');
    bare.does('party', { type: 'supplement', handingIn: { papers, commitment: null } });
    expect(bare.refusal('handler', accepted)).toBe('repair.materials-missing');
    // The signed letter came on paper: whoever scans it handles the request.
    bare.does('otherApprover', { type: 'supplement', handingIn: { papers: [], commitment } });
    expect(bare.repair.handedIn).toMatchObject({
      papers: [{ kind: 'proof', onBehalf: false }, { kind: 'ruling' }],
      commitment: { signedBy: '李某（虚构）', signedOn: '2026-07-06', onBehalf: true },
    });
    bare.does('handler', accepted).does('handler', found());
    expect(bare.refusal('otherApprover', granted)).toBe('repair.another-person');
    expect(bare.does('approver', granted).repair.status).toBe('granted');
  });

  test('names once what is missing; it may be asked again', () => {
    const story = new RepairStory();
    story.does('handler', { ...accepted, accepted: false, text: '缺少缴款凭证' } as RecordRepairCommand);
    expect(story.repair).toMatchObject({ status: 'not-accepted', answer: { text: '缺少缴款凭证' } });
    expect(story.refusal('handler', accepted)).toBe('repair.action-not-possible');
  });

  test('that was false: shown three years, and no repair for three years (order 36 art. 25)', () => {
    const story = verified().on('2026-07-10').does('approver', granted).on('2026-09-01');
    const forged: RecordRepairCommand = {
      type: 'false-application',
      cause: 'false-material',
      reasons: '系伪造',
    };
    expect(story.refusal('approver', forged)).toBe('repair.another-person');
    story.does('otherApprover', forged);
    expect(story.repair).toMatchObject({
      status: 'found-false',
      found: { on: '2026-09-01', shownUntil: '2029-09-01', barredUntil: '2029-09-01' },
    });
  });

  test('is not needed any more when the record falls away', () => {
    const gone: RecordRepairCommand = { type: 'lapse', reason: '处罚决定被撤销' };
    expect(verified().does('handler', gone).repair.status).toBe('lapsed');
    const answered = verified().does('approver', granted);
    expect(answered.does('handler', gone).repair.status).toBe('granted');
  });
});

describe('a record that is masked for a time', () => {
  const planOf = (
    record: Partial<RecordToRepair> = {},
    aim: 'plan' | 'stay' = 'plan',
    today = '2026-05-06',
    law = rules,
  ) => {
    const story = new RepairStory();
    const asked = requestRecordMasking(
      { ...fine, ...record },
      {
        id: 'm1',
        aim,
        rulingNo: '（虚构）（2026）黑01破1号之一',
        statement: '申请（虚构）',
        materials: [],
        handingIn: handingIn(today),
      },
      law,
      { today, actor: people.party },
    );
    story.repair = evolveRecordRepair(undefined, asked);
    return story.on(today);
  };
  const verified: RecordRepairCommand = {
    type: 'verification',
    text: '经核实（虚构）',
    conditions: [{ code: 'bankruptcy-plan-approved', met: true }],
  };
  const maskedOn = (day: string) =>
    planOf().on(day).does('handler', accepted).does('handler', verified).does('approver', granted);
  const after = (type: 'resumption' | 'completion'): RecordRepairCommand => ({
    type,
    documentNo: '（虚构）之二',
    reasons: '—',
  });

  test('order 36 art. 20: within ten working days, before its shortest time is over and uncorrected', () => {
    const story = planOf();
    // 2026-05-09 is a made-up Saturday; acceptance moves nothing, the days run from the application.
    expect(story.clocks).toEqual(['decision 2026-05-19']);
    expect(story.on('2026-05-08').does('handler', accepted).clocks).toEqual(['decision 2026-05-19']);
    story.does('handler', verified).does('approver', granted);
    expect(story.repair).toMatchObject({ status: 'masked', aim: 'plan', answer: { on: '2026-05-08' } });
    expect(story.clocks).toEqual([]);
  });

  test('asked while the calendar of the year is not loaded: its day is known once it is accepted', () => {
    const calendar = workingCalendar(loadSeeds('calendars').filter(({ year }) => year < 2026));
    const story = planOf({}, 'plan', '2026-05-06', { ...rules, calendar });
    expect(story.clocks).toEqual([]);
    expect(story.on('2026-05-08').does('handler', accepted).clocks).toEqual(['decision 2026-05-19']);
  });

  test('is shown again when the plan fails, and repaired for good when it is carried out', () => {
    const failed = maskedOn('2026-05-08').on('2026-11-10').does('approver', after('resumption'));
    expect(failed.repair).toMatchObject({ status: 'resumed', resumption: { on: '2026-11-10' } });
    const done = maskedOn('2026-05-08').on('2026-11-10').does('approver', after('completion'));
    expect(done.repair).toMatchObject({ status: 'granted', answer: { text: '—(（虚构）之二)' } });
  });

  test('with a term of its own is masked, but not repaired before that is over (art. 12)', () => {
    const story = planOf().does('handler', accepted);
    story.does('handler', { ...verified, ownTermEndsOn: '2026-12-31' } as RecordRepairCommand);
    story.does('approver', granted).on('2026-11-10');
    expect(story.repair.status).toBe('masked');
    expect(story.refusal('approver', after('completion'))).toBe('repair.own-term-running');
    expect(story.on('2027-01-01').does('approver', after('completion')).repair.status).toBe('granted');
  });

  test('falsely, is shown with the false application, which bars another (art. 25)', () => {
    const forged: RecordRepairCommand = {
      type: 'false-application',
      cause: 'false-material',
      reasons: '伪造',
    };
    const story = maskedOn('2026-05-08').on('2026-09-01');
    expect(story.refusal('approver', forged)).toBe('repair.another-person');
    expect(story.does('otherApprover', forged).repair).toMatchObject({
      status: 'found-false',
      found: { shownUntil: '2029-09-01', barredUntil: '2029-09-01' },
    });
    expect(codeOf(() => planOf({ barredUntil: '2029-09-01' }))).toBe('repair.barred');
  });

  test('by a stay of execution (art. 19): no days, no bar; the end of the proceedings is no repair', () => {
    const story = planOf({ barredUntil: '2029-09-01' }, 'stay').does('handler', accepted);
    expect(story.clocks).toEqual([]);
    const stopped = { ...verified, conditions: [{ code: 'execution-stopped', met: true }] };
    story.does('handler', stopped as RecordRepairCommand).does('approver', granted);
    expect(story.refusal('approver', after('completion'))).toBe('repair.not-of-a-plan');
    expect(story.does('approver', after('resumption')).repair.status).toBe('resumed');
  });

  test('falls away with the record', () => {
    const gone: RecordRepairCommand = { type: 'lapse', reason: '处罚决定被撤销' };
    expect(maskedOn('2026-05-08').does('handler', gone).repair.status).toBe('lapsed');
  });

  test.each([
    [
      'before order 36',
      () => planOf({ decidedOn: '2025-06-03' }, 'plan', '2026-03-31'),
      'masking-not-provided',
    ],
    [
      'a stay before order 36',
      () => planOf({ decidedOn: '2025-06-03' }, 'stay', '2026-03-31'),
      'masking-not-provided',
    ],
    [
      'of a natural person',
      () => planOf({ subject: { ...enterprise, kind: 'natural-person' } }),
      'plan-enterprise-only',
    ],
    ['not published', () => planOf({ publishedUntil: null }), 'not-published'],
    ['asked for already', () => planOf({ openRepair: 'a0' }), 'open-already'],
  ] as const)('%s it is refused', (_, asks, code) => {
    expect(codeOf(asks)).toBe(`repair.${code}`);
  });
});

describe('a request at the end of a year whose next calendar is not loaded', () => {
  // 2027 is fictitious: off on 01-01, a Friday, and at weekends.
  const year = {
    year: 2027,
    holidays: ['2027-01-01'],
    workingWeekends: [],
    basis: '（虚构）',
    confirmed: false,
  };
  const with2027 = { ...rules, calendar: workingCalendar([...loadSeeds('calendars'), year]) };

  test('is received without its days, which are counted from the request once it is', () => {
    const { repair, clocks } = new RepairStory({}, '2026-12-31');
    expect(clocks).toEqual([]);
    expect(countRecordRepairDays(repair, rules, '2027-01-04')).toEqual([]);
    const [set] = countRecordRepairDays(repair, with2027, '2027-01-04');
    const after = evolveRecordRepair(repair, set!);
    expect(recordRepairClocks(after)).toEqual([
      { clock: 'acceptance', dueOn: '2027-01-06' },
      { clock: 'decision', dueOn: '2027-01-15' },
    ]);
    expect(countRecordRepairDays(after, with2027, '2027-01-04')).toEqual([]);
  });
});
