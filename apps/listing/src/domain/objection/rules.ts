import type { LocalDate, Period, WorkingCalendar } from '#kernel';
import type { ObjectionAbout } from './objection.js';

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
  basis: string;
}

export interface ObjectionRules {
  mark: Period;
  help: Period;
  about: Readonly<Record<ObjectionAbout, ObjectionRule>>;
  calendar: WorkingCalendar;
}

/** A clock of the provincial ordinance or of a credit-repair rule, as the seeds have it. */
export interface SeededClock {
  code: string;
  period: Period;
  validFrom?: LocalDate | null;
  validTo?: LocalDate | null;
}

/**
 * The rules as they stand on a day: listing art. 35; content and period art. 39; the answer to a repair by
 * order 36 art. 18 since 2026-04-01, before that by art. 39 like other information.
 *
 * @param ordinance clocks of the ordinance that are in force
 * @param site clocks of the general credit-repair rule that is in force
 * @throws Error when a clock is missing: the seeds are checked at start, so that is a fault of the program
 */
export function objectionRulesFrom(
  ordinance: readonly SeededClock[],
  site: readonly SeededClock[],
  calendar: WorkingCalendar,
): ObjectionRules {
  const clock = (code: string): Period => periodOf(ordinance, code) ?? missing(code);
  const information: ObjectionRule = {
    decide: clock('objection-decide'),
    from: 'receipt',
    withHelp: clock('objection-decide-with-help'),
    accept: null,
    extensible: false,
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
              basis: '信用修复管理办法(国家发展改革委令第36号)第十八条',
            }
          : information,
    },
    calendar,
  };
}

function periodOf(clocks: readonly SeededClock[], code: string): Period | undefined {
  return clocks.find((clock) => clock.code === code)?.period;
}

function missing(code: string): never {
  throw new Error(`the clock ${code} of the ordinance is not loaded`);
}
