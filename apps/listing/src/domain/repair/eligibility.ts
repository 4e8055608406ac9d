import { addDays, compareDates, type LocalDate, type Period, periodEnd } from '#kernel';

/*
 * From when early removal (提前移出) may be asked, and why not sooner. The software names the day and the
 * reasons; whether the conditions are met is for the person who decides.
 */

export type WaitFrom = 'decision' | 'listing' | 'correction' | 'publication';

/** One way out beside the regular one. */
export interface AlternativeWay {
  conditions: readonly string[];
  wait: Period | null;
  /** The level that decides on it, where that is not the deciding unit's own. */
  level?: 'county' | 'city' | 'province';
  notFor?: readonly string[];
  /** Bars that do not stand against this way (tax list: bankruptcy). */
  exemptFrom?: readonly string[];
}

export interface RemovalProcedure {
  wait: Period | null;
  waitOf?: Readonly<Record<string, Period>>;
  waitFrom: WaitFrom;
  conditions: readonly string[];
  alternatives?: readonly AlternativeWay[];
  bars: readonly string[];
}

/** The days of an entry on which a waiting period may rest. */
export interface EntryDays {
  conductKind: string;
  decidedOn: LocalDate;
  inForceOn: LocalDate;
  /** null: not shown to the public yet. */
  publishedOn: LocalDate | null;
  /** The day of the correction as the party gives it; null: not corrected yet. */
  correctedOn: LocalDate | null;
  /** The term must be over, and the party must ask (order 60 of social organisations). */
  leavesAfter: LocalDate | null;
  /** Stays until performed: removal may be asked as soon as it is. */
  untilPerformed: boolean;
}

/** What stands against a request, by code, and until when; null = as long as it lasts. */
export interface Bar {
  code: string;
  until: LocalDate | 'for-good' | null;
}

export interface Way {
  way: 'regular' | number;
  conditions: readonly string[];
  /** Bars of the list that may stand against this way: the verification finds each of them to hold, or not. */
  possibleBars: readonly string[];
  level: AlternativeWay['level'] | null;
  /** First day, bars counted in; null: no day can be named (see `lacks` and `bars`). */
  from: LocalDate | null;
  wait: { period: Period; event: WaitFrom; on: LocalDate } | null;
  lacks: 'correction' | 'publication' | null;
  bars: Bar[];
}

export interface Eligibility {
  ways: Way[];
  /** The earliest day of all ways. */
  from: LocalDate | null;
}

export interface Against {
  /** Bars of the list that the register itself knows to hold. */
  known: readonly Bar[];
  /** From an earlier request that was false (order 107 art. 23, order 36 art. 25): these bind on every list. */
  repair: readonly Bar[];
  today: LocalDate;
}

export function eligibilityOf(
  procedure: RemovalProcedure,
  entry: EntryDays,
  { known, repair, today }: Against,
): Eligibility {
  const standing = [...known.filter(({ code }) => procedure.bars.includes(code)), ...repair].filter(
    ({ until }) => until === null || until === 'for-good' || until >= today,
  );
  const ways = waysOut(procedure, entry).map(({ exemptFrom, ...way }): Way => {
    const bars = standing.filter(({ code }) => !exemptFrom.includes(code));
    const possibleBars = procedure.bars.filter((code) => !exemptFrom.includes(code));
    return { ...way, possibleBars, bars, from: bars.reduce<LocalDate | null>(afterBar, way.from) };
  });
  const [from = null] = ways.flatMap((way) => (way.from === null ? [] : [way.from])).sort(compareDates);
  return { ways, from };
}

/** A bar with a day moves the earliest day behind it; one without takes it away. */
function afterBar(from: LocalDate | null, { until }: Bar): LocalDate | null {
  if (from === null || until === null || until === 'for-good') return null;
  const free = addDays(until, 1);
  return compareDates(free, from) > 0 ? free : from;
}

type OpenWay = Omit<Way, 'bars' | 'possibleBars'> & { exemptFrom: readonly string[] };

function waysOut(procedure: RemovalProcedure, entry: EntryDays): OpenWay[] {
  const { conditions, waitFrom } = procedure;
  const wait = procedure.waitOf?.[entry.conductKind] ?? procedure.wait;
  const others = (procedure.alternatives ?? []).flatMap((other, way) =>
    other.notFor?.includes(entry.conductKind) ? [] : [{ ...other, way }],
  );
  return [{ way: 'regular' as const, conditions, wait }, ...others].map((way) =>
    opened(way, waitFrom, entry),
  );
}

function opened(
  { way, conditions, wait: period, level, exemptFrom = [] }: AlternativeWay & { way: Way['way'] },
  event: WaitFrom,
  entry: EntryDays,
): OpenWay {
  const about = { way, conditions, level: level ?? null, exemptFrom, wait: null, lacks: null };
  // Social organisations leave when the term is over, and only when they ask (order 60).
  if (entry.leavesAfter !== null) return { ...about, from: addDays(entry.leavesAfter, 1) };
  // What is performed or cured goes at once; only what cannot be cured waits.
  if (period === null || (entry.untilPerformed && way === 'regular'))
    return { ...about, from: entry.inForceOn };
  const on = startOf(event, entry);
  if (on === null)
    return { ...about, from: null, lacks: event === 'publication' ? 'publication' : 'correction' };
  return { ...about, from: onceFull(on, period), wait: { period, event, on } };
}

/**
 * 满六个月, 满一年, 最短公示期届满后: the first day after the period. Its first day is not counted and the corresponding day
 * is its last (民法典 art. 201, 202; order 54 art. 25), so that it is full when that day is over, as with an age in years.
 */
export function onceFull(from: LocalDate, period: Period): LocalDate {
  return addDays(periodEnd(from, period), 1);
}

function startOf(event: WaitFrom, entry: EntryDays): LocalDate | null {
  switch (event) {
    case 'decision':
      return entry.decidedOn;
    case 'listing':
      return entry.inForceOn;
    case 'correction':
      // Order 45: six months from the correction, while listed. Who corrected before waits from the listing.
      if (entry.correctedOn === null) return null;
      return entry.correctedOn > entry.inForceOn ? entry.correctedOn : entry.inForceOn;
    case 'publication':
      return entry.publishedOn;
    default:
      return event satisfies never;
  }
}
