import { type LocalDate, type Period, periodEnd } from '#kernel';
import type { ListingCase } from '../case/case.js';
import type { CommandOf } from '../case/commands.js';
import { listingRefusals } from '../case/refusals.js';
import type { ListRules } from '../rules/rules.js';

/*
 * Where the decision sets the term, the rule may set its bounds by gravity: of the research database up to 2, 2 to 5
 * and over 5 years to permanent for organisations, 3, 3 to 5 and over 5 for persons (科学技术活动违规行为调查处理规定
 * art. 12, 14, 16, 18, 20).
 */

/**
 * @throws Refusal `listing.gravity-needed`, `listing.term-outside-band`, `listing.term-fixed` where the rule has no bands
 */
export function refuseOutsideBand(
  list: ListRules,
  { subject, file }: Pick<ListingCase, 'subject' | 'file'>,
  { gravity, permanent }: Pick<CommandOf<'decision'>, 'gravity' | 'permanent'>,
  set: { decidedOn: LocalDate; endsOn: LocalDate | null; period: Period | null },
): void {
  const { bands } = list.term;
  if (!bands) {
    const field = gravity !== undefined ? 'gravity' : permanent ? 'permanent' : null;
    if (field) throw listingRefusals.refusal('listing.term-fixed', { field }, field);
    return;
  }
  if (gravity === undefined) throw listingRefusals.refusal('listing.gravity-needed', {}, 'gravity');
  // Art. 21: the managers of an organisation bear its term, not that of persons.
  const own = file.capacity === 'principal' && subject.kind === 'natural-person';
  const of = own ? 'person' : 'organisation';
  const band = bands.find((one) => one.of === of && one.gravity === gravity);
  if (!band) throw new Error(`${list.key} has no band for ${of}, ${gravity}`);
  const longest = band.upTo && periodEnd(set.decidedOn, band.upTo);
  const shortest = band.over && periodEnd(set.decidedOn, band.over);
  const lastDay = set.endsOn ?? (set.period && periodEnd(set.decidedOn, set.period));
  const tooLong = longest !== null && (permanent === true || (lastDay !== null && lastDay > longest));
  // A last day may lie earlier: days of a suspension before the decision are taken off (art. 42).
  const tooShort = shortest !== null && set.period !== null && lastDay !== null && lastDay <= shortest;
  if (!tooLong && !tooShort) return;
  const bounds = { over: inMonths(band.over), upTo: inMonths(band.upTo) };
  throw listingRefusals.refusal('listing.term-outside-band', bounds, 'termMonths');
}

function inMonths(period: Period | null): string {
  if (period === null) return '—';
  return String(period.unit === 'year' ? period.count * 12 : period.count);
}
