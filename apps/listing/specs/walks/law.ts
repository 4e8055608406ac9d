import { type LocalDate, type WorkingCalendar, workingCalendar } from '#kernel';
import { listTypeOn, type ListKey, loadSeeds, procedureOn, validOn } from '#seeds';
import { type ObjectionRules, objectionRulesFrom } from '../../src/domain/objection/rules.js';
import { siteLawOn } from '../../src/domain/repair/site-law.js';
import type { Rules } from '../../src/domain/rules/rules.js';

/* The law as the seeds have it, as RuleBook hands it out; each day's once, since a walk asks for it at every step. */

const lists = loadSeeds('list-types');
const procedures = loadSeeds('procedure-rules');
const sites = loadSeeds('repair-rules').filter(({ sector }) => sector === 'general');
const ordinance = loadSeeds('ordinance-clocks');
const ofLists = loadSeeds('objection-rules');
const conditionTexts = Object.fromEntries(loadSeeds('removal-conditions').map(({ code, zh }) => [code, zh]));
const years = loadSeeds('calendars');
const calendar = remembering(workingCalendar(years));
/** Days on which counting is not what the weekday says. */
export const UNUSUAL_DAYS: readonly LocalDate[] = years
  .flatMap(({ holidays, workingWeekends }) => [...holidays, ...workingWeekends])
  .sort();

/** The calendar itself, asked once for each day and count: a walk asks for the same ones at every step. */
function remembering(calendar: WorkingCalendar): WorkingCalendar {
  const found = new Map<string, LocalDate>();
  const once = (key: string, find: () => LocalDate): LocalDate => {
    const day = found.get(key) ?? find();
    found.set(key, day);
    return day;
  };
  return {
    ...calendar,
    nextWorkingDay: (date) => once(date, () => calendar.nextWorkingDay(date)),
    addWorkingDays: (date, count) => once(`${date} ${count}`, () => calendar.addWorkingDays(date, count)),
  };
}

const known = new Map<string, Rules>();

/**
 * @param version of the decision; null: none yet, the law of the day governs
 */
export function caseRules(key: string, version: LocalDate | null, today: LocalDate): Rules {
  const name = `${key} ${version} ${today}`;
  const rules = known.get(name) ?? rulesOn(key as ListKey, version, today);
  known.set(name, rules);
  return rules;
}

function rulesOn(key: ListKey, version: LocalDate | null, today: LocalDate): Rules {
  const own =
    version === null ? undefined : lists.find((list) => list.key === key && list.version === version);
  const last = lists.filter((list) => list.key === key).at(-1)!;
  const current = listTypeOn(lists, key, today) ?? own ?? last;
  return {
    list: own ?? current,
    today: current,
    calendar,
    procedure: procedureOn(procedures, today),
    sites,
    ordinance: ordinance.filter((clock) => validOn(clock, today)),
    conditionTexts,
  };
}

const knownOfObjections = new Map<string, ObjectionRules>();

/** @param to of the list that is objected to, on the day of receipt; absent: of one that has its rule */
export function objectionRules(
  today: LocalDate,
  to?: { list: string; receivedOn: LocalDate },
): ObjectionRules {
  const name = `${today} ${to?.list} ${to?.receivedOn}`;
  const found = knownOfObjections.get(name);
  if (found) return found;
  const own = to ? ofLists.filter((rule) => rule.list === to.list && validOn(rule, to.receivedOn)) : [];
  const rules = objectionRulesFrom(
    ordinance.filter((clock) => validOn(clock, today)),
    siteLawOn(sites, today)?.clocks ?? [],
    calendar,
    own,
  );
  knownOfObjections.set(name, rules);
  return rules;
}
