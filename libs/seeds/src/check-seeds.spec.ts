import { describe, expect, it } from '@jest/globals';
import { assertSeeds, checkSeeds } from './check-seeds.js';
import type { DisciplineRule } from './discipline.js';
import type { GradeModel } from './grade-model.js';
import type { ListKey, ListTypeVersion } from './list-type.js';
import { loadAllSeeds } from './load.js';
import type { Measure } from './measure.js';
import type { Seeds } from './seed-files.js';
import type { Unit } from './unit.js';

/** Codes found in the real seeds after `spoil` has changed them. */
function codesAfter(spoil: (seeds: Seeds) => void): string[] {
  const seeds = loadAllSeeds();
  spoil(seeds);
  return checkSeeds(seeds).map((one) => one.code);
}

function row<T>(rows: T[], is: (one: T) => boolean): T {
  const found = rows.find(is);
  if (found === undefined) throw new Error('no such row in the seeds');
  return found;
}
const list = (seeds: Seeds, key: ListKey): ListTypeVersion =>
  row(seeds['list-types'], (one) => one.key === key);
/** The list whose decision sets the term, by gravity. */
const banded = (seeds: Seeds): ListTypeVersion =>
  row(seeds['list-types'], (one) => one.term.bands !== undefined);
const rule = (seeds: Seeds, id: string): DisciplineRule =>
  row(seeds['discipline-rules'], (one) => one.id === id);
const unit = (seeds: Seeds, id: string): Unit => row(seeds.units, (one) => one.id === id);
const measure = (seeds: Seeds, number: number): Measure =>
  row(seeds.measures, (one) => one.number === number);
const model = (seeds: Seeds): GradeModel => row(seeds['grade-models'], () => true);

describe('the seeds', () => {
  it('do not contradict themselves', () => {
    expect(checkSeeds(loadAllSeeds())).toEqual([]);
    expect(() => assertSeeds(loadAllSeeds())).not.toThrow();
  });

  it('read the same twice: loading is repeatable', () => {
    expect(loadAllSeeds()).toEqual(loadAllSeeds());
  });

  it('name no guessed number as read: every default is unconfirmed', () => {
    const [grades] = loadAllSeeds()['grade-models'];
    expect(grades?.confirmed).toBe(false);
  });
});

describe('a row that contradicts another is refused', () => {
  const cases: [code: string, given: string, spoil: (seeds: Seeds) => void][] = [
    [
      'list.decision-clock-without-start',
      'a time for the decision that runs from no event',
      (s) => delete (list(s, 'WAGE').decision as { from?: string }).from,
    ],
    [
      'list.decision-clock-never-starts',
      'a time for the decision that runs from a notice that is never given',
      (s) => {
        const court = list(s, 'COURT');
        court.steps.riskWarning = false;
        court.decision!.from = 'notice';
      },
    ],
    [
      'list.extension-of-nothing',
      'an extension of a time that is not fixed',
      (s) => (list(s, 'SAMR').decision!.extension = { count: 5, unit: 'working-day' }),
    ],
    [
      'document.value-unknown',
      'a letter that asks for what its case has not',
      (s) => s['document-templates'][0]!.blocks.push({ text: '{code}' }),
    ],
    [
      'document.form-missing',
      'no general form of a letter',
      (s) => (s['document-templates'] = s['document-templates'].filter((one) => one.kind !== 'decision')),
    ],
    [
      'seed.key-duplicate',
      'the same list version twice',
      (s) => s['list-types'].push(structuredClone(list(s, 'WAGE'))),
    ],
    [
      'seed.validity-overlap',
      'the old customs rule open-ended beside order 282',
      (s) => (list(s, 'CUSTOMS').validTo = null),
    ],
    [
      'seed.validity-overlap',
      'the old market-regulation rule valid on the first day of the new one',
      (s) => (list(s, 'SAMR').validTo = '2025-12-25'),
    ],
    [
      'seed.validity-reversed',
      'an end before the start',
      (s) => (rule(s, 'wage.travel').validTo = '2021-12-31'),
    ],
    [
      'seed.date-invalid',
      'a day that does not exist',
      (s) => (rule(s, 'wage.travel').validFrom = '2022-02-30'),
    ],
    [
      'objection.list-unknown',
      'a procedure of objection of a list that does not exist',
      (s) => (s['objection-rules'][0]!.list = 'NOWHERE' as ListKey),
    ],
    [
      'objection.about-nothing',
      'a procedure of objection about nothing',
      (s) => (s['objection-rules'][0]!.about = []),
    ],
    [
      'objection.acceptance-unclear',
      'a clock that runs from acceptance, without a time to accept',
      (s) => (row(s['objection-rules'], (one) => one.from === 'acceptance').accept = null),
    ],
    [
      'clue.list-unknown',
      'a kind of clue that leads to a list that does not exist',
      (s) => (s['clue-rules'][0]!.list = 'NOWHERE' as ListKey),
    ],
    ['clue.kind-taken', 'a rule for the kind that has none', (s) => (s['clue-rules'][0]!.kind = 'general')],
    [
      'clue.acceptance-unclear',
      'a clue whose clock runs from an acceptance that there is not',
      (s) => (row(s['clue-rules'], (one) => one.result?.from === 'acceptance').acceptance = null),
    ],
    [
      'clue.acceptance-of-nothing',
      'an acceptance of clues from nowhere',
      (s) => (s['clue-rules'][0]!.acceptance!.sources = []),
    ],
    ['seed.basis-missing', 'a rule without any basis', (s) => (rule(s, 'wage.honours').basis = [])],
    [
      'seed.instrument-unknown',
      'a basis that is in no register',
      (s) => (list(s, 'TAX').basis = [{ instrument: '某通知' }]),
    ],
    ['seed.source-missing', 'a row from nowhere', (s) => (list(s, 'TAX').source = ' ')],
    [
      'seed.default-confirmed',
      'a default that claims to be law',
      (s) => (unit(s, 'hlj.city.230100.tax').confirmed = 'text'),
    ],
    [
      'seed.period-invalid',
      'a defence of no days',
      (s) => (list(s, 'WAGE').defence = { count: 0, unit: 'working-day' }),
    ],
    [
      'calendar.contradiction',
      'a weekday as made-up weekend',
      (s) => (s.calendars[5]!.workingWeekends = ['2026-01-05']),
    ],

    [
      'unit.parent-unknown',
      'a bureau below nobody',
      (s) => (unit(s, 'hlj.city.230100.tax').parent = 'hlj.nowhere'),
    ],
    [
      'unit.successor-unknown',
      'a successor that is no unit',
      (s) => (unit(s, 'hlj.pboc').successor = 'hlj.nowhere'),
    ],
    [
      'unit.seed-name-duplicate',
      'one string, two units',
      (s) => (unit(s, 'hlj.finance').seedName = '省税务局'),
    ],
    [
      'unit.collective-rule',
      'a department that is said to be many',
      (s) => (unit(s, 'hlj.court').kind = 'collective'),
    ],
    [
      'unit.circular',
      'a successor of its successor',
      (s) => (unit(s, 'hlj.data').successor = 'hlj.business-environment'),
    ],
    [
      'unit.credit-code-invalid',
      'a code that fails its check',
      (s) => (unit(s, 'hlj.court').creditCode = '914403001922038217'),
    ],
    ['measure.unit-unknown', 'a unit string without a unit', (s) => measure(s, 8).leadUnits.push('省某厅')],
    [
      'measure.unit-twice',
      'lead and responsible at once',
      (s) => measure(s, 8).responsibleUnits.push('省人社厅'),
    ],

    [
      'measure.list-disagrees',
      'a list that a measure does not know of',
      (s) => list(s, 'WAGE').measures.push(9),
    ],
    [
      'list.version-differs',
      'a version that is not its first day',
      (s) => (list(s, 'WAGE').version = '2021-11-10'),
    ],
    ['list.unit-unknown', 'decided by no unit', (s) => list(s, 'WAGE').deciders.units.push('hlj.audit')],
    ['list.measure-unknown', 'a 46th measure', (s) => list(s, 'WAGE').measures.push(46)],
    [
      'list.standard-too-low',
      'a nationwide list on the strength of the provincial opinion',
      (s) => (list(s, 'WAGE').basis = [{ instrument: '黑龙江省人民政府办公厅实施意见(2022-05-21)' }]),
    ],
    [
      'list.standard-too-low',
      'a nationwide list on a department rule that does not say so',
      (s) => (list(s, 'TAX').standardInDepartmentRule = false),
    ],
    [
      'list.standard-not-cited',
      'a department rule that is not cited',
      (s) => (list(s, 'COURT').standardInDepartmentRule = true),
    ],
    [
      'list.defence-without-notice',
      'a defence against nothing',
      (s) => (list(s, 'WAGE').steps.notice = false),
    ],
    [
      'list.defence-without-step',
      'days of defence for the court list',
      (s) => (list(s, 'COURT').defence = { count: 5, unit: 'working-day' }),
    ],
    [
      'list.consent-without-level',
      'consent for a level that does not decide',
      (s) => (list(s, 'SAMR').deciders.levels = ['province']),
    ],
    [
      'list.term-without-start',
      'a term that starts nowhere',
      (s) =>
        (list(s, 'WAGE').term = {
          period: { count: 3, unit: 'year' },
          untilPerformed: false,
        } as ListTypeVersion['term']),
    ],
    [
      'list.term-contradiction',
      'three years and until performed',
      (s) => (list(s, 'WAGE').term.untilPerformed = true),
    ],
    [
      'list.term-in-working-days',
      'a term in working days',
      (s) => (list(s, 'WAGE').term.period = { count: 700, unit: 'working-day' }),
    ],
    [
      'list.lowers-to-nothing',
      'the grave lowered to the grave',
      (s) => {
        const customs = row(s['list-types'], (one) => one.version === '2026-04-01');
        row(customs.conductKinds, (one) => one.serious === true).lowersTo = 'customs.serious';
      },
    ],
    [
      'list.choices-of-fixed-term',
      'one year or three where the rule says three',
      (s) => (list(s, 'WAGE').term.choices = list(s, 'SOCINS').term.choices!),
    ],
    [
      'list.finding-of-nothing',
      'a finding about a kind of conduct that the list has not',
      (s) => list(s, 'COURT').findings![0]!.kinds!.push('court.unknown'),
    ],
    [
      'list.own-end-of-nothing',
      'a ban of a kind of conduct that the list has not',
      (s) => list(s, 'PROC').term.ownEnd!.kinds.push('proc.unknown'),
    ],
    [
      'list.bands-of-fixed-term',
      'bounds for three years that the rule fixes',
      (s) => (list(s, 'WAGE').term.bands = banded(s).term.bands!),
    ],
    [
      'list.bands-apart',
      'nothing between two and three years',
      (s) => (banded(s).term.bands![1]!.over = { count: 3, unit: 'year' }),
    ],
    ['list.bands-apart', 'no grave band for persons', (s) => banded(s).term.bands!.pop()],
    [
      'list.conduct-duplicate',
      'one kind of conduct twice',
      (s) => list(s, 'TAX').conductKinds.push(list(s, 'TAX').conductKinds[0]!),
    ],
    [
      'list.condition-unknown',
      'a condition that nobody wrote down',
      (s) => list(s, 'WAGE').earlyRemoval!.conditions.push('paid-twice'),
    ],
    [
      'list.bar-unknown',
      'a condition used as a bar',
      (s) => list(s, 'WAGE').earlyRemoval!.bars.push('corrected'),
    ],
    [
      'list.left-open-by-nothing',
      'an item that no article leaves open',
      (s) => delete list(s, 'WAGE').publication!.shows![0]!.article,
    ],
    [
      'list.publication-unmasked',
      'persons published in clear',
      (s) => (list(s, 'TAX').publication!.masked = false),
    ],

    [
      'catalogue.basis-not-direct',
      'class A on its catalogue alone',
      (s) => (s['discipline-catalogue'][0]!.basis = [{ instrument: '全国失信惩戒措施基础清单(2024年版)' }]),
    ],
    [
      'supplement.without-regulation',
      'a provincial measure on a national law alone',
      (s) => (s['discipline-supplement'][0]!.basis = [{ instrument: '行政许可法', article: '78' }]),
    ],
    [
      'supplement.without-term',
      'a provincial measure that was added after the ordinance, without a term',
      (s) => (s['discipline-supplement'][0]!.validFrom = '2026-01-01'),
    ],
    [
      'supplement.without-term',
      'what takes the place of a measure that must have a term, without one',
      (s) => (s['discipline-supplement'][0]!.follows = 'hlj/other'),
    ],
    [
      'constraint.without-regulation',
      'a constraint on a national law alone',
      (s) => (s.constraints[0]!.basis = [{ instrument: '行政许可法', article: '78' }]),
    ],
    ['constraint.says-discipline', 'a constraint that limits', (s) => (s.constraints[0]!.zh = '限制便利')],
    [
      'constraint.says-discipline',
      'a constraint that bans in English',
      (s) => (s.constraints[0]!.en = 'Banned from conveniences'),
    ],
    [
      'constraint.is-discipline',
      'a constraint that is a measure of the catalogue',
      (s) => (s.constraints[0]!.zh = '纳入重点监管,范围'),
    ],
    [
      'constraint.without-term',
      'a constraint that drops the term of what it follows',
      (s) => {
        s.constraints[0]!.termRequired = true;
        s.constraints[1]!.follows = s.constraints[0]!.id;
      },
    ],
    [
      'constraint.commitment-open',
      'a list that closes the commitment procedure to nobody',
      (s) => s.constraints.forEach((entry) => delete entry.closes),
    ],
    [
      'rule.constraint-basis',
      'a constraint ordered on nothing',
      (s) => (rule(s, 'samr.no-commitment').basis = [{ instrument: '组织默认设置' }]),
    ],
    [
      'rule.supplement-basis',
      'a measure of the supplement ordered on a department rule',
      (s) => (rule(s, 'gov.interview').basis = [{ instrument: '市场监督管理严重违法失信名单管理办法' }]),
    ],
    ['rule.list-unknown', 'a rule for no list', (s) => (rule(s, 'wage.bidding').list = 'WAGES' as ListKey)],
    [
      'rule.measure-unknown',
      'a measure outside the closed catalogue',
      (s) => (rule(s, 'wage.bidding').measure = '2024/15'),
    ],
    [
      'rule.conduct-unknown',
      'a kind of conduct of another list',
      (s) => (rule(s, 'samr.food-ban').conductKinds = ['tax.evasion']),
    ],
    [
      'rule.subject-not-on-list',
      'a government body on the wage list',
      (s) => rule(s, 'wage.bidding').subjectKinds.push('government-body'),
    ],
    [
      'rule.basis-not-direct',
      'class A on a department rule',
      (s) =>
        (rule(s, 'wage.bidding').basis = [{ instrument: '拖欠农民工工资失信联合惩戒对象名单管理暂行办法' }]),
    ],
    [
      'rule.basis-not-direct',
      'a national class A measure on the provincial ordinance',
      (s) => (rule(s, 'tax.procurement').basis = [{ instrument: '黑龙江省社会信用条例', article: '31' }]),
    ],
    [
      'rule.beyond-serious',
      'no commitment procedure for whoever police found to have lent a card (联合惩戒办法 art. 9)',
      (s) => (rule(s, 'telecom.no-commitment').conductKinds = null),
    ],
    [
      'rule.beyond-serious',
      'no honours for an ordinary 失信企业 of customs (order 282 art. 16)',
      (s) => rule(s, 'customs.no-honours').conductKinds!.push('customs.tax-unpaid'),
    ],
    [
      'rule.beyond-serious',
      'the ordinance on a list that is none of the seriously dishonest',
      (s) => Object.assign(rule(s, 'stat.fiscal-funds'), { list: 'BUILD', subjectKinds: ['enterprise'] }),
    ],
    [
      'rule.beyond-serious',
      'a kind of conduct that a later version takes off the list',
      (s) => (list(s, 'STAT').conductKinds[0]!.serious = false),
    ],
    [
      'list.standard-too-low',
      'one grave kind of conduct on the strength of the provincial opinion',
      (s) =>
        Object.assign(list(s, 'CUSTOMS'), {
          standardInDepartmentRule: false,
          basis: [{ instrument: '黑龙江省人民政府办公厅实施意见(2022-05-21)' }],
        }),
    ],
    [
      'list.removal-conduct-unknown',
      'early removal closed to a ground that does not exist',
      (s) =>
        row(s['list-types'], (one) => one.version === '2026-04-01').earlyRemoval!.notFor!.push('customs.x'),
    ],
    ['rule.class-c-ordered', 'banks ordered to refuse', (s) => (rule(s, 'wage.lending').mode = 'required')],
    [
      'rule.term-without-start',
      'a ban of five years from no day',
      (s) => delete rule(s, 'samr.representative-office').termFrom,
    ],
    [
      'rule.start-without-term',
      'a start for what ends with the listing',
      (s) => (rule(s, 'wage.bidding').termFrom = 'in-force'),
    ],
    [
      'rule.term-required',
      'the open entry of the supplement without a term',
      (s) => (rule(s, 'court.no-honours').measure = 'hlj/other'),
    ],
    [
      'rule.executor-unknown',
      'executed by no unit',
      (s) => rule(s, 'wage.bidding').executors.units.push('hlj.audit'),
    ],
    [
      'rule.executor-collective',
      'executed by everyone',
      (s) => rule(s, 'wage.bidding').executors.units.push('hlj.units-concerned'),
    ],
    [
      'rule.own-term-unpaired',
      'a ban that ends later and says not when',
      (s) => delete rule(s, 'samr.food-ban').ownTerm,
    ],
    [
      'rule.own-term-twice',
      'a ban with two terms',
      (s) =>
        Object.assign(rule(s, 'samr.food-ban'), { term: { count: 5, unit: 'year' }, termFrom: 'in-force' }),
    ],
    [
      'rule.own-term-basis',
      'a provincial measure that would outlast its listing',
      (s) => Object.assign(rule(s, 'samr.no-honours'), { ends: 'later', ownTerm: 'for-life' }),
    ],
    [
      'rule.outside-list-validity',
      'a rule that ended before its list began',
      (s) => Object.assign(rule(s, 'wage.bidding'), { validFrom: '2019-01-01', validTo: '2021-12-31' }),
    ],

    ['grade.scale-order', 'B above A', (s) => (model(s).scale[1]!.from = 95)],
    ['grade.scale-gap', 'no grade for a score of 0', (s) => (model(s).scale[4]!.from = 10)],
    [
      'grade.veto-grade-unknown',
      'a veto to a letter of another scale',
      (s) => (model(s).vetoes[0]!.grade = 'M'),
    ],
    [
      'grade.list-unknown',
      'a veto of a list that does not exist',
      (s) => (model(s).vetoes[1]!.whenList = ['BLACK' as ListKey]),
    ],
    ['grade.indicator-cap', 'a cap below one record', (s) => (model(s).indicators[2]!.max = 5)],

    [
      'record.field-unknown',
      'a natural key of a field that is not there',
      (s) => s['record-types'][0]!.naturalKey.push(['CF_WSH2']),
    ],
    [
      'record.field-public',
      'an ID number that may go out',
      (s) => delete row(s['record-types'][0]!.fields, (one) => one.name === 'CF_XDR_ZJHM').neverPublic,
    ],
    [
      'record.field-without-schema',
      'a field without schema',
      (s) => s['record-types'][0]!.fields.push({ name: 'CF_NEU', zh: '新', en: 'new', kind: 'text' }),
    ],
    [
      'severity.category-twice',
      'a fine judged by two rules',
      (s) => s['severity-rules'][0]!.categories.push('罚款'),
    ],
    [
      'severity.fallback-missing',
      'a kind that no rule judges',
      (s) => (s['severity-rules'] = s['severity-rules'].filter((one) => one.id !== '36.other')),
    ],
    [
      'repair.sector-overlap',
      'order 58 still in force beside order 36',
      (s) => (row(s['repair-rules'], (one) => one.id === 'ndrc-58').validTo = null),
    ],
  ];

  it.each(cases)('%s: %s', (code, _given, spoil) => {
    expect(codesAfter(spoil)).toContain(code);
  });

  it('names file and row, and refuses the load with all of it', () => {
    const seeds = loadAllSeeds();
    rule(seeds, 'wage.lending').mode = 'required';
    rule(seeds, 'wage.bidding').measure = '2024/15';
    expect(checkSeeds(seeds)).toEqual([
      expect.objectContaining({
        file: 'discipline-rules',
        row: 'wage.bidding',
        code: 'rule.measure-unknown',
      }),
      expect.objectContaining({
        file: 'discipline-rules',
        row: 'wage.lending',
        code: 'rule.class-c-ordered',
      }),
    ]);
    expect(() => assertSeeds(seeds)).toThrow(/wage\.bidding[\s\S]*wage\.lending/);
  });
});
