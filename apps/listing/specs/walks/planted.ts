import { addDays } from '#kernel';
import { CONDITIONS } from '../../src/domain/case/conditions.js';
import type { Condition } from '../../src/domain/case/step.js';
import type { Fact, FactType } from '../../src/domain/case/facts.js';
import { isLive } from '../../src/domain/objection/objection.js';
import { LISTS_WALKED } from '../lists-walked.js';
import { LawBroken } from './laws/look.js';
import { walk } from './walk.js';
import { rightWays, type Ways } from './ways.js';

/* Mistakes put in the place of one right rule: the laws must find every one of them on some walk. */

const { decide, evolve, eventsOf, runningClocks, standingOf } = rightWays;

/** A row of the table without one of its conditions; every other rule is the right one. */
function without(condition: Condition): Partial<Ways> {
  return {
    decide: (...asked) => {
      const table = CONDITIONS as Record<Condition, (typeof CONDITIONS)[Condition]>;
      const kept = table[condition];
      table[condition] = () => {};
      try {
        return decide(...asked);
      } finally {
        table[condition] = kept;
      }
    },
  };
}

/** What follows, made otherwise. */
const deciding = (
  change: (facts: Fact[], ...asked: Parameters<Ways['decide']>) => Fact[],
): Partial<Ways> => ({
  decide: (...asked) => change(decide(...asked), ...asked),
});

const dropping = (type: FactType): Partial<Ways> =>
  deciding((facts) => facts.filter((fact) => fact.type !== type));

const untold = (event: string): Partial<Ways> => ({
  eventsOf: (...asked) =>
    eventsOf(...asked).filter(({ contract }) => contract.type !== `cn.chengxin.${event}.v1`),
});

export const PLANTED: Readonly<Record<string, Partial<Ways>>> = {
  'reviewed by whoever handles it': without('second-person'),
  'approved by whoever reviewed it': without('third-person'),
  'reviewed while the defence runs': without('defence-over'),
  'approved without the consent from above': without('consent-given'),
  'published in the grace of a court': without('not-held-back'),
  'a repair granted by whoever accepted it': without('another-than-accepted'),
  'found false by whoever granted it': without('another-than-granted'),
  'published though the secrecy review was not passed': {
    decide: (state, command, rules, circumstances) =>
      decide(
        state,
        command.type === 'publication' ? { ...command, secrecyReview: 'passed' } : command,
        rules,
        circumstances,
      ),
  },
  'published on after the end': dropping('publication-ended'),
  'standing on a basis that was lost': deciding((facts, _, { type }) =>
    type === 'lose-basis' ? facts.filter((fact) => fact.type === 'record-withdrawn') : facts,
  ),
  'an end a day before the last is over': deciding((facts) =>
    facts.map((fact) =>
      fact.type === 'ended' && fact.end.kind === 'expired'
        ? { ...fact, end: { ...fact.end, endedOn: addDays(fact.end.endedOn, -1) } }
        : fact,
    ),
  ),
  'a term without a clock': {
    runningClocks: (state) => runningClocks(state).filter(({ clock }) => clock !== 'expiry'),
  },
  'a duty that nobody marks': deciding((facts, _, { type }) => (type === 'mark-overdue' ? [] : facts)),
  'a term that a correction lengthens': deciding((facts) =>
    facts.map((fact) =>
      fact.type === 'corrected' && fact.termEndsOn
        ? { ...fact, termEndsOn: addDays(fact.termEndsOn, 3_000) }
        : fact,
    ),
  ),
  'early removal before its wait': {
    decide: (state, command, rules, circumstances) => {
      const { earlyRemoval } = rules.today;
      const today = {
        ...rules.today,
        earlyRemoval: earlyRemoval && { ...earlyRemoval, wait: null, waitOf: {} },
      };
      return decide(state, command, { ...rules, today }, circumstances);
    },
  },
  '信用中国 lets go with the list': deciding((facts, state) => {
    const end = facts.find((fact) => fact.type === 'ended');
    const shown = 'entry' in state && state.entry.site?.status === 'shown';
    if (!end || !shown || facts.some(({ type }) => type === 'site-publication-ended')) return facts;
    return [...facts, { type: 'site-publication-ended', on: end.end.endedOn, how: 'followed-list' }];
  }),
  'a stay that lifts nothing': {
    evolve: (state, fact) => (fact.type === 'suspended' && state ? state : evolve(state, fact)),
  },
  'a mark that stays': dropping('objection-settled'),
  'settled anew when its decision is served': { endedNow: (_, after) => !isLive(after) },
  'an objection decided by whoever listed': { madeBy: () => [] },
  'a correction in the place of the one before': {
    evolve: (state, fact) => {
      const next = evolve(state, fact);
      if (fact.type !== 'corrected' || !('entry' in next)) return next;
      return { ...next, entry: { ...next.entry, corrections: next.entry.corrections.slice(-1) } };
    },
  },
  'persons who stay when the principal leaves': { followsFor: () => undefined },
  'closed while receipts are missing': { missingReceipts: () => [] },
  'an end that nobody is told': untold('listing.ended'),
  'a term corrected, and nobody told': untold('listing.corrected'),
  'an entry off the register, and copies not told': untold('register.entry-removed'),
  'a snapshot without what is lifted': {
    standingOf: (...asked) =>
      standingOf(...asked).filter(({ contract }) => contract.type !== 'cn.chengxin.listing.suspended.v1'),
  },
  'a rule that changes what it was handed': {
    evolve: (state, fact) => {
      if (state && fact.type === 'record-withdrawn') state.records[0]!.withdrawn = true;
      return evolve(state, fact);
    },
  },
};

/** Lists on which a mistake can show, where that is not so of all. */
const SHOWS_ON: Readonly<Partial<Record<string, readonly string[]>>> = {
  'reviewed while the defence runs': ['WAGE', 'TAX', 'CPA'],
  'approved without the consent from above': ['SAMR'],
  'published in the grace of a court': ['COURT'],
  'a repair granted by whoever accepted it': ['COURT', 'SAMRABN', 'WAGE'],
  'early removal before its wait': ['WAGE', 'SAMR', 'SAFETY'],
};

/** The first walk on which the mistake shows, and by which law; undefined when it stays hidden. */
export function hunt(mistake: string, walks: number): { tried: number; by: string } | undefined {
  const ways = { ...rightWays, ...PLANTED[mistake] };
  const lists = LISTS_WALKED.filter(({ version }) => SHOWS_ON[mistake]?.includes(version.key) ?? true);
  for (let tried = 1; tried <= walks; tried += 1) {
    const list = lists[(tried * 7) % lists.length]!;
    try {
      walk(list, tried, ways);
    } catch (error) {
      return {
        tried,
        by: error instanceof LawBroken ? error.law.name : String((error as Error).message).split('\n')[0]!,
      };
    }
  }
  return undefined;
}
