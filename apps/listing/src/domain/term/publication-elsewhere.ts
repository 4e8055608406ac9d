import { deadline, type LocalDate } from '#kernel';
import type { InForce, ListingCase } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import { shownUntil, termFromPublication } from './publication-term.js';
import type { Fact } from '../case/facts.js';
import { listingRefusals } from '../case/refusals.js';
import type { Rules } from '../rules/rules.js';
import { demandNotBefore, demandPast } from '../case/days.js';

/*
 * A decision about a subject that is registered in another province (order 44 art. 14): it is not published here, but
 * sent within ten working days of the decision to the authority of the registration, which helps by publishing it within
 * ten working days of receipt. Secrecy is reviewed here, before it is sent. That it is published there is known when
 * that authority says so; the text names no other answer, and one that it sends back leaves the duty here.
 */

type Look = Pick<Circumstances, 'owner'>;

/** Whether another authority publishes this entry. */
export function publishedElsewhere(
  { subject }: Pick<ListingCase, 'subject'>,
  { list }: Rules,
  { owner }: Look,
): boolean {
  if (!list.publication?.elsewhere || owner.region === undefined) return false;
  return provinceOf(subject.region) !== provinceOf(owner.region);
}

function provinceOf(region: string): string {
  return region.slice(0, 2);
}

/** By when a decision of that day must be sent; null where it is published here. */
export function sendDue(
  state: Pick<ListingCase, 'subject'>,
  rules: Rules,
  look: Look,
  decidedOn: LocalDate,
): LocalDate | null {
  const elsewhere = rules.list.publication?.elsewhere;
  if (!elsewhere || !publishedElsewhere(state, rules, look)) return null;
  return deadline(rules.calendar, decidedOn, elsewhere.send);
}

/** @throws Refusal `listing.publication-elsewhere` without an addressee */
export function sendForPublication(
  state: InForce,
  { sentTo = '', text }: CommandOf<'publication'>,
  rules: Rules,
  { today, actor }: Circumstances,
): Fact[] {
  const to = sentTo.trim();
  const { region } = state.subject;
  if (to === '') throw listingRefusals.refusal('listing.publication-elsewhere', { region }, 'sentTo');
  const due = deadline(rules.calendar, today, rules.list.publication!.elsewhere!.publish);
  return [{ type: 'publication-sent', on: today, to, due, text, by: actor }];
}

/** @throws Refusal `listing.published-day-needed`, `listing.date-in-future`, `listing.date-too-early` */
export function answerPublication(
  state: InForce,
  { outcome, publishedOn, text }: CommandOf<'publication-answer'>,
  rules: Rules,
  circumstances: Circumstances,
): Fact[] {
  const { today, actor } = circumstances;
  if (state.publication.status !== 'sent') throw new Error(`case ${state.id} is not sent for publication`);
  if (outcome === 'returned') {
    const due = sendDue(state, rules, circumstances, state.decision.decidedOn);
    return [{ type: 'publication-unsent', why: 'returned', on: today, due, reason: text, by: actor }];
  }
  const field = 'publishedOn';
  if (publishedOn === undefined) throw listingRefusals.refusal('listing.published-day-needed', {}, field);
  demandPast(field, publishedOn, today);
  demandNotBefore(field, publishedOn, state.publication.sentOn);
  const term = termFromPublication(state, publishedOn);
  return [{ type: 'published', publishedOn, ...shownUntil(rules.list, publishedOn), term, text, by: actor }];
}

/**
 * The entry is over, or lifted, before it is known to be published there: that authority must not publish it any more.
 */
export function recallPublication(state: ListingCase, on: LocalDate, reason = '列入已经终止'): Fact[] {
  if (!('publication' in state) || state.publication.status !== 'sent') return [];
  return [{ type: 'publication-unsent', why: 'recalled', on, due: null, reason, by: null }];
}
