import type { LocalDate, Period, WorkingCalendar } from '#kernel';
import type { ObjectionAbout, ObjectionGround } from './about.js';

/** The clocks of one kind of objection, each from its article. */
export interface ObjectionRule {
  decide: Period;
  from: 'receipt' | 'acceptance';
  /** Instead of `decide` when other units must help. */
  withHelp: Period | null;
  /** Time to accept, where the clock runs from acceptance. */
  accept: Period | null;
  /** Longer, when the party is told before (order 36 art. 18). */
  extensible: boolean;
  /** Whether the days of a test or an expert review are not counted (ordinance art. 39). */
  pausable: boolean;
  /** The only grounds that the rule takes, one of which is named; absent or null: any. */
  grounds?: readonly ObjectionGround[] | null;
  /** Time to name, once, the material that is needed; absent or null: the rule knows no such step. */
  material?: Period | null;
  /** Whether it may be refused to accept it (不予受理); absent: what waits is to be accepted. */
  mayRefuse?: boolean;
  /** Once accepted it ends when administrative review or a suit is begun; absent: it goes on. */
  endsWithSuit?: boolean;
  /** 复议 by the level above, against a rejection; absent: the rule knows none. */
  review?: ReviewRule | undefined;
  /** How long it may be filed, from the day after service of the decision, or its publication; null: no text limits it. */
  file: FilingLimit | null;
  basis: string;
}

/** How long after service of the rejection it is asked for, and how long after receipt it is decided. */
export interface ReviewRule {
  file: Period;
  decide: Period;
  cite: string;
}

/** What the procedure is called, until when it may be asked, and what is open afterwards, in both languages. */
export interface FilingLimit {
  period: Period;
  /** Absent: from service. */
  from?: 'service' | 'publication';
  zh: string;
  en: string;
  afterZh: string;
  afterEn: string;
}

export interface ObjectionRules {
  mark: Period;
  help: Period;
  /** `lifting` only where the list has a procedure for it. */
  about: Readonly<
    Record<Exclude<ObjectionAbout, 'lifting'>, ObjectionRule> & Partial<Record<'lifting', ObjectionRule>>
  >;
  calendar: WorkingCalendar;
}

/** A clock of the provincial ordinance or of a credit-repair rule, as the seeds have it. */
export interface SeededClock {
  code: string;
  period: Period;
  validFrom?: LocalDate | null;
  validTo?: LocalDate | null;
}

/** The procedure that one list has of its own, as the seeds have it. */
export interface ListProcedure extends Pick<
  ObjectionRule,
  'decide' | 'from' | 'accept' | 'mayRefuse' | 'grounds' | 'material' | 'endsWithSuit' | 'review'
> {
  /** What the text calls it. */
  zh: string;
  en: string;
  about: readonly ObjectionAbout[];
  file: Omit<FilingLimit, 'zh' | 'en'> | null;
  /** The articles as a letter cites them. */
  cite: string;
}

/**
 * The rules as they stand on a day: listing art. 35; content and period art. 39; the answer to a repair by
 * order 36 art. 18 since 2026-04-01, before that by art. 39 like other information.
 *
 * @param ordinance clocks of the ordinance that are in force
 * @param site clocks of the general credit-repair rule that is in force
 * A list that has a procedure of its own (RESEARCH 复查, CSRC 更正, TELECOM 申诉) goes by that in what it is about; the
 * mark, the help of other units and what it says nothing of stay the ordinance's (decision 38).
 *
 * @param own the procedures of the list that are in force
 * @throws Error when a clock is missing: the seeds are checked at start, so that is a fault of the program
 */
export function objectionRulesFrom(
  ordinance: readonly SeededClock[],
  site: readonly SeededClock[],
  calendar: WorkingCalendar,
  own: readonly ListProcedure[] = [],
): ObjectionRules {
  const clock = (code: string): Period => periodOf(ordinance, code) ?? missing(code);
  const information: ObjectionRule = {
    decide: clock('objection-decide'),
    from: 'receipt',
    withHelp: clock('objection-decide-with-help'),
    accept: null,
    extensible: false,
    pausable: true,
    file: null,
    basis: '黑龙江省社会信用条例第三十九条',
  };
  const push = periodOf(site, 'objection-push');
  const check = periodOf(site, 'objection-check');
  return {
    mark: clock('objection-mark'),
    help: clock('objection-help'),
    about: {
      listing: {
        decide: clock('listing-objection'),
        from: 'receipt',
        withHelp: null,
        accept: null,
        extensible: false,
        pausable: true,
        file: null,
        basis: '黑龙江省社会信用条例第三十五条',
      },
      content: information,
      period: information,
      'repair-result':
        push && check
          ? {
              decide: check,
              from: 'acceptance',
              withHelp: null,
              accept: push,
              extensible: true,
              pausable: true,
              file: null,
              basis: '信用修复管理办法(国家发展改革委令第36号)第十八条',
            }
          : information,
      ...Object.fromEntries(own.flatMap((rule) => rule.about.map((about) => [about, ofList(rule)]))),
    },
    calendar,
  };
}

/** The rule of an objection: that under which it was filed; of one filed before rules were kept, that of the day. */
export function ruleOf(
  { rule, about }: { rule?: ObjectionRule; about: ObjectionAbout },
  rules: ObjectionRules,
): ObjectionRule {
  return rule ?? rules.about[about] ?? neverFiled(about);
}

/** Nothing is filed about what its list has no procedure for. */
function neverFiled(about: ObjectionAbout): never {
  throw new Error(`an objection about ${about} has no rule`);
}

function ofList({
  zh,
  en,
  file,
  accept,
  mayRefuse,
  decide,
  from,
  grounds,
  material,
  endsWithSuit,
  review,
  cite,
}: ListProcedure): ObjectionRule {
  return {
    decide,
    from,
    withHelp: null,
    accept,
    mayRefuse,
    extensible: false,
    pausable: false,
    grounds,
    material,
    endsWithSuit,
    review,
    file: file && { ...file, zh, en },
    basis: cite,
  };
}

function periodOf(clocks: readonly SeededClock[], code: string): Period | undefined {
  return clocks.find((clock) => clock.code === code)?.period;
}

function missing(code: string): never {
  throw new Error(`the clock ${code} of the ordinance is not loaded`);
}
