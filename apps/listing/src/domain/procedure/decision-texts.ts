import { type Period, regionByCode } from '#kernel';
import type { TermPlan } from '../case/case.js';
import {
  type DepartureRules,
  earlyRemovalOf,
  leavesOnApplication,
  type ListRules,
  type Rules,
  untilPerformed,
} from '../rules/rules.js';

/*
 * Words that a decision must carry (ordinance art. 28) and that follow from the law when the author of the
 * decision gives no others.
 */

/** What is known of the unit that decides: its division (GB/T 2260), whether it is led from above, or a court. */
export interface Decider {
  region?: string;
  vertical?: boolean;
  court?: boolean;
}

/** Of a list that a court keeps without a rule on it: no administrative review lies against a court. */
const COURT_CORRECTION = '认为列入错误的,可以向作出决定的人民法院申请纠正';

/**
 * The body that reviews the unit's acts (行政复议法 art. 24, 27): the government of its level, of a prefecture its
 * administrative office; of customs, taxes and other branches of central bodies the next level of their line.
 * Whoever is not told it may ask for a year (art. 20).
 */
function reviewedBy({ region, vertical }: Decider): string {
  if (vertical) return '向上一级主管部门申请行政复议(行政复议法第二十条、第二十七条)';
  const division = region === undefined ? undefined : regionByCode(region);
  const government = division
    ? `${division.zh}${division.kind === 'prefecture' ? '行政公署' : '人民政府'}`
    : '本级人民政府';
  return `向${government}申请行政复议(行政复议法第二十条、第二十四条)`;
}

const remediesAgainst = (what: string, decider: Decider): string =>
  `对${what}不服的,可以自收到之日起六十日内${reviewedBy(decider)},或者自收到之日起六个月内向有管辖权的人民法院提起行政诉讼(行政诉讼法第四十六条)`;

/** 法释〔2017〕7号: correction by the deciding court, then review by the court above it. */
const COURT_REMEDIES =
  '认为列入错误的,可以向作出决定的人民法院申请纠正;对驳回决定不服的,可以自决定书送达之日起十日内向上一级人民法院申请复议';

/** What is open against the decision on an objection, where it is not that of administrative law. */
const COURT_OBJECTION_REMEDIES = '对本决定不服的,可以自决定书送达之日起十日内向上一级人民法院申请复议';

/** 法释〔2017〕7号 art. 12 names nothing beyond it. */
export const REVIEW_IS_LAST =
  '对复议决定,最高人民法院关于公布失信被执行人名单信息的若干规定没有规定再次申请复议';

/** A court's decision is no administrative act: the court above reviews it (法释〔2017〕7号). */
export function objectionRemediesOf(list: ListRules, decider: Decider): string {
  if (list.steps.riskWarning) return COURT_OBJECTION_REMEDIES;
  return decider.court ? COURT_CORRECTION : remediesAgainst('本处理结果', decider);
}

export function remediesOf(list: ListRules, decider: Decider): string {
  if (list.steps.riskWarning) return COURT_REMEDIES;
  return decider.court ? COURT_CORRECTION : remediesAgainst('本决定', decider);
}

const UNITS: Readonly<Record<Period['unit'], string>> = {
  day: '日',
  'working-day': '个工作日',
  month: '个月',
  year: '年',
};

const WAIT_FROM = {
  decision: '决定之日',
  listing: '列入之日',
  correction: '改正之日(列入期间)',
  publication: '公示之日',
} as const;

/** What the party must show when it asks to leave; of several grounds one. */
function onApplication(
  { conditions, conditionsOf, grounds = [], alternatives = [] }: DepartureRules,
  conductKind: string,
  texts: Rules['conditionTexts'],
): string[] {
  const said = (codes: readonly string[]) => codes.map((code) => texts[code] ?? code);
  const all = said([...conditions, ...(conditionsOf?.[conductKind] ?? [])]);
  const others = [said(grounds), ...alternatives.map((one) => said(one.conditions))].filter(
    ({ length }) => length,
  );
  return [
    ...(all.length > 0 ? [`申请移出:${all.join('、')}`] : []),
    ...others.map((ways) => `申请移出(具备之一):${ways.join(';')}`),
  ];
}

/** How the entry ends, and on which conditions earlier. */
export function removalConditionsOf(
  { list, conditionTexts }: Rules,
  conductKind: string,
  { ends }: Pick<TermPlan, 'ends'>,
): string[] {
  const expiry = ends === 'never' ? '永久列入,不因期限届满移出' : '列入期限届满';
  const regular = untilPerformed(list, conductKind) ? '履行义务或者列入事由消除' : expiry;
  if (leavesOnApplication(list, conductKind) && list.onApplication)
    return [regular, ...onApplication(list.onApplication, conductKind, conditionTexts)];
  const early = earlyRemovalOf(list, conductKind);
  if (!early) return [regular];
  const conditions = early.conditions.map((code) => conditionTexts[code] ?? code);
  if (early.shortens) return [regular, `符合下列条件的,可以申请减期:${conditions.join('、')}`];
  const period = early.waitOf?.[conductKind] ?? early.wait;
  const wait = period ? `自${WAIT_FROM[early.waitFrom]}起满${period.count}${UNITS[period.unit]}` : null;
  if (!wait && conditions.length === 0) return [regular];
  const both = wait && conditions.length > 0 ? ',并具备下列条件:' : '';
  return [regular, `提前移出:${wait ?? ''}${both}${conditions.join('、')}`];
}
