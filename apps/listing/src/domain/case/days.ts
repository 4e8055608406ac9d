import type { LocalDate } from '#kernel';
import { listingRefusals } from './refusals.js';

/**
 * What is said to have happened has happened by now.
 *
 * @param field of the request, as the refusal names it
 * @throws Refusal `listing.date-in-future`
 */
export function demandPast(field: string, day: LocalDate, today: LocalDate): void {
  if (day > today) throw listingRefusals.refusal('listing.date-in-future', { field, today }, field);
}

/**
 * It cannot have happened before what it follows.
 *
 * @param field of the request, as the refusal names it
 * @throws Refusal `listing.date-too-early`
 */
export function demandNotBefore(field: string, day: LocalDate, earliest: LocalDate): void {
  if (day < earliest) throw listingRefusals.refusal('listing.date-too-early', { field, earliest }, field);
}

/**
 * It ends, or is due, after what it follows, and not on the same day.
 *
 * @param field of the request, as the refusal names it
 * @throws Refusal `listing.date-too-early`
 */
export function demandAfter(field: string, day: LocalDate, before: LocalDate): void {
  if (day <= before)
    throw listingRefusals.refusal('listing.date-too-early', { field, earliest: before }, field);
}
