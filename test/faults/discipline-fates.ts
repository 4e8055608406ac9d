import {
  listingCorrected,
  listingEnded,
  listingInForce,
  listingRestored,
  listingSuspended,
} from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import { foodCase, type ListedCase } from '../../apps/measures/specs/stories.js';
import type { Chance } from './model/chance.js';

/* What happens to the listings of the story, and what must follow from it by the words of the law alone. */

export const TODAY: LocalDate = '2024-11-14';
export const TOMORROW: LocalDate = '2024-11-15';
const TERM: LocalDate = '2027-11-14';
const CORRECTED: LocalDate = '2026-11-14';
const ENDS = ['expired', 'performed', 'early-removal', 'revoked', 'corrected'] as const;
type End = (typeof ENDS)[number];

/** Measures that are ordered together: by the rules of a day, to a term; `lifted` by what, or they stand. */
export interface Round {
  rulesOn: LocalDate;
  termEndsOn: LocalDate;
  lifted: End | 'suspended' | null;
}

export interface Fate {
  name: string;
  listed: ListedCase;
  /** in their order; the first is the beginning */
  today: readonly Publication[];
  tomorrow: readonly Publication[];
  rounds: readonly Round[];
}

type Course = Omit<Fate, 'name' | 'listed'>;

/** Each with its weight. */
const COURSES: Readonly<
  Record<string, readonly [weight: number, (listed: ListedCase, chance: Chance) => Course]>
> = {
  'stays listed': [8, (listed) => ({ today: [begins(listed)], tomorrow: [], rounds: [round()] })],
  'ends a moment later': [
    5,
    (listed, chance) => {
      const end = chance.pick(ENDS);
      return { today: [begins(listed), ends(listed, end)], tomorrow: [], rounds: [round(end)] };
    },
  ],
  'ends after midnight': [
    1,
    (listed, chance) => {
      const end = chance.pick(ENDS);
      const tomorrow = [ends(listed, end, TOMORROW)];
      return { today: [begins(listed)], tomorrow, rounds: [round(end)] };
    },
  ],
  'repaired on false material, and listed again': [
    1,
    (listed) => ({
      today: [begins(listed), ends(listed, 'early-removal'), standsAgain(listed, 'false-material', TODAY)],
      tomorrow: [],
      rounds: [round('early-removal'), round(null)],
    }),
  ],
  'lifted provisionally': [
    1,
    (listed) => ({
      today: [begins(listed), liftedForPlan(listed)],
      tomorrow: [],
      rounds: [round('suspended')],
    }),
  ],
  'lifted provisionally, the plan fails': [
    2,
    (listed) => ({
      today: [begins(listed), liftedForPlan(listed)],
      tomorrow: [standsAgain(listed, 'plan-failed', TOMORROW)],
      rounds: [round('suspended'), round(null, TERM, TOMORROW)],
    }),
  ],
  'lifted provisionally, the plan is completed': [
    1,
    (listed) => ({
      today: [begins(listed), liftedForPlan(listed)],
      tomorrow: [ends(listed, 'early-removal', TOMORROW)],
      rounds: [round('suspended')],
    }),
  ],
  'its term corrected': [
    1,
    (listed) => ({
      today: [begins(listed), corrected(listed)],
      tomorrow: [],
      rounds: [round(null, CORRECTED)],
    }),
  ],
  'its term corrected, then revoked': [
    1,
    (listed) => ({
      today: [begins(listed), corrected(listed)],
      tomorrow: [ends(listed, 'revoked', TOMORROW)],
      rounds: [round('revoked', CORRECTED)],
    }),
  ],
};

/** One of twenty is an enterprise with many measures, the others are persons with one each. */
export function drawFate(chance: Chance): Fate {
  const listed = chance.happens(0.05) ? foodCase() : ofHousing();
  let at = chance.next() * Object.values(COURSES).reduce((sum, [weight]) => sum + weight, 0);
  const [name, [, course]] = Object.entries(COURSES).find(([, [weight]]) => (at -= weight) < 0)!;
  return { name, listed, ...course(listed, chance) };
}

/** A listing of the day after, by the rules of that day. */
export function fateOfTomorrow(): Fate {
  const listed = foodCase({}, {}, { inForceOn: TOMORROW });
  return {
    name: 'of the day after',
    listed,
    today: [],
    tomorrow: [begins(listed)],
    rounds: [round(null, TERM, TOMORROW)],
  };
}

export const stands = ({ rounds }: Fate): boolean => rounds.at(-1)!.lifted === null;

function ofHousing(): ListedCase {
  return foodCase(
    { listType: 'HOUSE', conductKind: 'house.any', serious: false },
    { kind: 'natural-person', code: null, name: '张*' },
  );
}

const round = (lifted: Round['lifted'] = null, termEndsOn = TERM, rulesOn = TODAY): Round => ({
  rulesOn,
  termEndsOn,
  lifted,
});

const begins = ({ subject, inForce: data }: ListedCase): Publication => ({
  contract: listingInForce,
  subject: subject.id,
  data,
});
const ends = (listed: ListedCase, end: End, on = TODAY): Publication => ({
  contract: listingEnded,
  subject: listed.subject.id,
  data: listed.ended(end, on),
});
/** The court approved a reorganisation plan (order 36 art. 20). */
const liftedForPlan = (listed: ListedCase): Publication => ({
  contract: listingSuspended,
  subject: listed.subject.id,
  data: listed.suspended(TODAY),
});
const standsAgain = (
  listed: ListedCase,
  cause: 'plan-failed' | 'false-material',
  on: LocalDate,
): Publication => ({
  contract: listingRestored,
  subject: listed.subject.id,
  data: { ...listed.restored(on, TERM), cause },
});
const corrected = (listed: ListedCase): Publication => ({
  contract: listingCorrected,
  subject: listed.subject.id,
  data: { ...listed.termCorrected(TERM, CORRECTED), correctedOn: TODAY, confirmBy: '2024-11-19' },
});
