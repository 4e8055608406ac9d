import type { Decided, ListingCase, TermPlan } from '../domain/case/case.js';
import type { CaseField, FieldShape } from '../domain/procedure/case-field.js';
import { hearingOf } from '../domain/case/case.js';
import { plannedSite } from '../domain/repair/site-clock.js';
import type { SiteLaw } from '../domain/repair/site-law.js';
import {
  conductOf,
  type DepartureRules,
  earlyRemovalOf,
  isPublic,
  isSerious,
  leavesOnApplication,
  type ListRules,
  takesEffectOn,
} from '../domain/rules/rules.js';
import { TERM_START_ZH } from '../domain/term/names.js';
import { basisInWords, dateInWords, ended, periodInWords } from './chinese.js';
import type { Values } from './letter.js';

/** What letters say of a case, in words. `unitName` is the name of the deciding unit. */
export function caseValues(
  state: ListingCase,
  list: ListRules,
  unitName: string,
  sites: readonly SiteLaw[],
): Values {
  return {
    we: isCourt(state.department) ? '本院' : '本机关',
    you: youOf(state),
    caseNo: state.no,
    unitName,
    // What the name says of the law is for who reads the rules.
    listName: state.listName.replace(/[（(]无全国名单[）)]$/, ''),
    subjectName: state.subject.name,
    subjectCode: state.subject.code,
    // It is quoted in its turn.
    conduct: (conductOf(list, state.conductKind)?.zh ?? state.conductKind)
      .replace(/“/g, '‘')
      .replace(/”/g, '’'),
    records: state.records.map(({ documentNo, decidedOn }) => `${documentNo}（${dateInWords(decidedOn)}）`),
    caseFields: (state.fields ?? []).map(fieldInWords),
    published: isPublic(list, state.conductKind) ? '公示' : null,
    serious: isSerious(list, state.conductKind) ? '严重失信' : null,
    disciplineNotice: announced(list),
    // A court corrects its list by its own rules.
    ordinance: isCourt(state.department) ? null : '社会信用条例',
    sparing: list.steps.sparing ? '可以不予列入' : null,
    ...noticeValues(state, list),
    ...('decision' in state ? { ...decisionValues(state, list), ...siteValues(state, list, sites) } : {}),
  };
}

/** Which of the units that decide is a court: its id says so (`hlj.<slug>`). */
function isCourt(department: string): boolean {
  return department.endsWith('.court');
}

/** A letter to a person says 你, one to anybody else 你单位. */
function youOf({ subject }: ListingCase): string {
  return subject.kind === 'natural-person' ? '你' : '你单位';
}

function fieldInWords({ zh, shape, value }: CaseField): string {
  return `${zh}：${valueInWords(shape, value)}`;
}

/** A value of a field as letters say it. */
export function valueInWords(shape: FieldShape, value: string): string {
  const words: Partial<Record<FieldShape, string>> = {
    date: shape === 'date' ? dateInWords(value) : '',
    sex: value === 'male' ? '男' : '女',
    age: `${value}周岁`,
  };
  return words[shape] ?? value;
}

/** 失信惩戒措施提示, in the words of the list's own text. */
function announced({ disciplineNotice }: ListRules): string | null {
  return disciplineNotice ? `${disciplineNotice.zh}（${basisInWords(disciplineNotice.basis)}）` : null;
}

function noticeValues(state: ListingCase, list: ListRules): Values {
  const you = youOf(state);
  const { notice, defences } = hearingOf(state);
  if (!notice) return { noticeNo: null };
  const stated = defences.map(({ statedOn }) => dateInWords(statedOn));
  const silent = notice.defenceUntil === null ? '' : `${you}逾期未陈述、申辩，复核照常进行。`;
  return {
    noticeNo: notice.no,
    noticedOn: dateInWords(notice.servedOn),
    noticeReasons: ended(notice.reasons),
    noticeBasis: notice.basis.map(basisInWords),
    defencePeriod: notice.defenceUntil && list.defence ? periodInWords(list.defence) : null,
    defenceUntil: notice.defenceUntil && dateInWords(notice.defenceUntil),
    hearingUntil: notice.hearingUntil ? dateInWords(notice.hearingUntil) : null,
    defence: stated.length > 0 ? `${you}于${stated.join('、')}陈述、申辩，已经复核。` : silent,
  };
}

function decisionValues(
  { conductKind, decision }: Pick<Decided, 'conductKind' | 'decision'>,
  list: ListRules,
): Values {
  const leaving = leavesOnApplication(list, conductKind) ? (list.onApplication ?? null) : null;
  const early = leaving ? null : earlyRemovalOf(list, conductKind);
  return {
    decisionNo: decision.no,
    decidedOn: dateInWords(decision.decidedOn),
    decisionReasons: ended(decision.reasons),
    decisionBasis: decision.basis.map(basisInWords),
    removalConditions: decision.removalConditions,
    remedies: ended(decision.remedies),
    term: termInWords(decision.term),
    effect: takesEffectOn(list) === 'decision' ? '本决定自作出之日起生效。' : '本决定自送达之日起生效。',
    earlyRemoval: early ? '提前移出' : null,
    onApplication: leaving ? '申请移出' : null,
    mayAsk: early || leaving ? '可以申请' : null,
    removalClocks: leaving ? departureClocks(leaving) : early ? removalClocks(early) : null,
  };
}

/** 信用中国's own clock: of an entry that it shows, or will show with its publication; nothing where the list is followed. */
function siteValues(
  state: Extract<ListingCase, { decision: unknown }>,
  list: ListRules,
  sites: readonly SiteLaw[],
): Values {
  const { site } = state.entry;
  const serious = state.serious && isPublic(list, state.conductKind);
  const toBeShown = serious ? plannedSite(state, list, sites) : null;
  const shown = site ? (site.status === 'shown' ? site : null) : toBeShown;
  if (!shown || shown.endsOn === null) return { siteFrom: null, siteUntil: null };
  return { siteFrom: dateInWords(shown.repairableFrom), siteUntil: dateInWords(shown.endsOn) };
}

function termInWords(term: TermPlan): string {
  if (term.ends === 'performance') return '列入持续到义务履行完毕或者列入事由消除时为止。';
  if (term.ends === 'never') return '永久列入。';
  const after = term.ends === 'application' ? '期满后经申请移出。' : '期满移出。';
  if (term.endsOn !== null) return `列入期限至${dateInWords(term.endsOn)}止，${after}`;
  if (term.period === null) return '';
  const start = term.startsOn ? dateInWords(term.startsOn) : TERM_START_ZH[term.startsAt];
  return `列入期限为${periodInWords(term.period)}，自${start}起计算，${after}`;
}

function removalClocks({ accept, decide }: Pick<DepartureRules, 'accept' | 'decide'>): string | null {
  if (!decide) return null;
  const decided = `${periodInWords(decide)}内作出决定`;
  if (!accept) return `自收到申请之日起${decided}。`;
  return `自收到申请之日起${periodInWords(accept)}内决定是否受理，自受理之日起${decided}。`;
}

function departureClocks({ accept, decide, afterVerification }: DepartureRules): string | null {
  if (afterVerification) return `自核实之日起${periodInWords(afterVerification)}内作出决定。`;
  return removalClocks({ accept, decide });
}
