import { addDays, compareDates, type LocalDate, type Period, periodEnd } from '#kernel';
import { repairRefusals } from './refusals.js';

/** An earlier entry of the same subject on the same list, as it ended. */
export interface EarlierEnd {
  caseNo: string;
  endedOn: LocalDate;
  /** The condition on which it ended, and who asked for that. */
  ground: string | null;
  askedBy: string | null;
}

export interface RelistingRule {
  ground: string;
  period: Period;
  binds: 'requester';
}

/**
 * Whether somebody may bring the subject back onto the list. After a deletion that the creditor asked for, that
 * creditor cannot have the debtor listed again for six months (court list); everybody else can.
 *
 * @returns the entry that stands against it and until which day; undefined where nothing does
 */
export function relistingBar(
  rules: readonly RelistingRule[],
  ends: readonly EarlierEnd[],
  opening: { requestedBy: string | null; today: LocalDate },
): { caseNo: string; until: LocalDate } | undefined {
  const { requestedBy, today } = opening;
  if (requestedBy === null) return undefined;
  return ends
    .filter(({ askedBy }) => askedBy === requestedBy)
    .flatMap(({ caseNo, endedOn, ground }) =>
      rules
        .filter((rule) => rule.ground === ground)
        .map((rule) => ({ caseNo, until: periodEnd(endedOn, rule.period) })),
    )
    .filter(({ until }) => compareDates(today, until) <= 0)
    .sort((a, b) => compareDates(b.until, a.until))[0];
}

/** @throws Refusal `listing.relisting-barred`, with the day from which the entry can be asked for again */
export function refuseBarred(...known: Parameters<typeof relistingBar>): void {
  const bar = relistingBar(...known);
  if (!bar) return;
  const facts = { ...bar, from: addDays(bar.until, 1) };
  throw repairRefusals.refusal('listing.relisting-barred', facts, 'requestedBy');
}
