import { compareDates, type LocalDate, type Period, periodEnd } from '#kernel';

/*
 * What follows when a repair rested on false material, or on a commitment that was badly untrue or deliberately
 * not kept. By list: wages art. 15, market regulation order 107 art. 23, accountants; and beside it, for what
 * 信用中国 shows, order 36 art. 25.
 */

/** The list's own rule. */
export interface FalseMaterialRule {
  term: 'restarts' | 'continues';
  bar: Period | 'for-good' | null;
  /** How long the decision on it is published. */
  published: Period | null;
  article?: string;
}

/** Order 36 art. 25, or order 107 art. 23 in its sector. */
export interface SiteFalseMaterialRule {
  published: Period;
  bar: Period;
}

export interface FalseApplication {
  foundOn: LocalDate;
  /** Last day of the old term; null where the entry has none. */
  termEndsOn: LocalDate | null;
  /** Length of the whole term, where it has one. */
  termPeriod: Period | null;
}

export interface Consequences {
  /** The entry stands again, with this last day (null: without fixed term); undefined: the rule restores nothing. */
  restored?: { anew: boolean; termEndsOn: LocalDate | null };
  /** No early removal may be asked up to and with this day. */
  barredUntil: LocalDate | 'for-good' | null;
  /** 信用中国 shows the record up to and with this day, without an earlier end; null: nothing new there. */
  siteUntil: LocalDate | null;
}

/**
 * The consequences as dates, from the day on which a person found the application false. Where list and site
 * both bar, the longer bar stands.
 */
export function consequencesOf(
  list: FalseMaterialRule | null,
  site: SiteFalseMaterialRule | null,
  { foundOn, termEndsOn, termPeriod }: FalseApplication,
): Consequences {
  const ends = (period: Period | null): LocalDate | null => period && periodEnd(foundOn, period);
  const anew = list?.term === 'restarts' && termPeriod !== null;
  // A ban that lasts longer than the term anew (order 44) keeps its own end.
  const termEnd = anew ? later(periodEnd(foundOn, termPeriod), termEndsOn) : termEndsOn;
  // A term that went on and is over by now restores nothing: nobody stays listed beyond the term of the decision.
  const stands = list !== null && (termEnd === null || compareDates(termEnd, foundOn) >= 0);
  return {
    ...(stands ? { restored: { anew, termEndsOn: termEnd } } : {}),
    barredUntil:
      list?.bar === 'for-good' ? 'for-good' : later(ends(list?.bar ?? null), ends(site?.bar ?? null)),
    siteUntil: later(ends(list?.published ?? null), ends(site?.published ?? null)),
  };
}

/**
 * Of the bar the part that binds the subject on the whole list, not its entry alone: the list's own rule says that no
 * application is taken (order 107 art. 23, accountants), order 36 art. 25 speaks of the original item.
 */
export function barOnList(list: FalseMaterialRule | null, foundOn: LocalDate): LocalDate | 'for-good' | null {
  const bar = list?.bar ?? null;
  return bar === null || bar === 'for-good' ? bar : periodEnd(foundOn, bar);
}

function later(a: LocalDate | null, b: LocalDate | null): LocalDate | null {
  if (a === null || b === null) return a ?? b;
  return compareDates(a, b) >= 0 ? a : b;
}
