import * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { ListingCase } from '../domain/case/case.js';
import type { Fact, FactOf } from '../domain/case/facts.js';
import type { OversightLetter, PerformanceOrder } from '../domain/oversight/oversight.js';
import {
  caseRef,
  decidedCase,
  fieldsTold,
  onRegister,
  type Publishing,
  shortened,
  subjectRef,
  told,
  type Telling,
} from './refs.js';
import { repairTellings } from './repair-outbox.js';

/**
 * The only place where a fact of the procedure becomes an event of the platform.
 *
 * @param state the case as it is after the fact
 * @param list the rules of its list, which say what of it is published
 * @returns none for what stays inside: an opinion that nobody above is asked about, approvals, marks
 */
export function eventsOf(fact: Fact, state: ListingCase, list: Publishing): Publication[] {
  const told = tellingOf(fact, state, list);
  return told.map((event) => ({ ...event, subject: state.subject.id }));
}

function tellingOf(fact: Fact, state: ListingCase, list: Publishing): Telling[] {
  const about = { case: caseRef(state), subject: subjectRef(state) };
  switch (fact.type) {
    case 'opened':
      return [
        told(contracts.listingOpened, {
          ...about,
          recordIds: state.records.map(({ id }) => id),
          openedOn: state.openedOn,
        }),
      ];
    case 'noticed': {
      const { no: noticeNo, servedOn: noticedOn, defenceUntil, reasons, basis } = fact.notice;
      return [
        told(contracts.listingNoticed, { ...about, noticeNo, noticedOn, defenceUntil, reasons, basis }),
      ];
    }
    case 'defended':
      return [told(contracts.listingDefended, { ...about, defendedOn: fact.defence.statedOn })];
    case 'hearing-requested':
      return [told(contracts.listingHearingRequested, { ...about, requestedOn: fact.on })];
    case 'hearing-set': {
      const { noticeNo, on: heldOn, place } = fact.set;
      return [told(contracts.listingHearingSet, { ...about, noticeNo, heldOn, place })];
    }
    case 'reviewed': {
      const { review, consentFrom: unit } = fact;
      if (unit === undefined) return [];
      const opinion = shortened(review.text, 4000);
      return [told(contracts.listingConsentRequested, { ...about, unit, requestedOn: review.on, opinion })];
    }
    case 'consent-answered': {
      const { unit, consent } = fact;
      const { granted, on: answeredOn } = consent;
      const outcome = granted ? 'granted' : 'refused';
      const opinion = shortened(consent.text, 4000);
      return [told(contracts.listingConsentAnswered, { ...about, unit, outcome, answeredOn, opinion })];
    }
    case 'decision-extended': {
      const { decisionDue, extension } = fact;
      return [told(contracts.listingDecisionExtended, { ...about, decisionDue, instead: extension.instead })];
    }
    case 'clock-started': {
      const { clockFrom, instead, decisionDue, source: document } = fact;
      return [
        told(contracts.listingDecisionClockStarted, { ...about, clockFrom, instead, decisionDue, document }),
      ];
    }
    case 'reminded': {
      const { no: reminderNo, on: remindedOn, text } = fact.reminder;
      return [told(contracts.listingReminded, { ...about, reminderNo, remindedOn, text })];
    }
    case 'withdrawn': {
      const { reason, on } = fact.withdrawal;
      return [
        told(contracts.listingWithdrawn, { ...about, reason: shortened(reason, 1000), withdrawnOn: on }),
      ];
    }
    case 'decided': {
      const { no: decisionNo, decidedOn, reasons, basis, removalConditions, remedies } = fact.decision;
      return [
        told(contracts.listingDecided, {
          ...about,
          decisionNo,
          decidedOn,
          reasons,
          basis,
          removalConditions,
          remedies,
          ...fieldsTold(state, list),
        }),
      ];
    }
    case 'served':
      return [told(contracts.listingServed, { ...about, ...serviceOf(fact) })];
    case 'took-effect': {
      const decisionNo = decidedCase(state).decision.no;
      return [
        told(contracts.listingInForce, {
          ...about,
          inForceOn: fact.inForceOn,
          termEndsOn: fact.term.endsOn,
          decisionNo,
        }),
      ];
    }
    case 'published':
      return [
        told(contracts.listingPublished, {
          ...about,
          publishedOn: fact.publishedOn,
          termEndsOn: termEndOf(state),
        }),
        ...onRegister(state, list, fact.publishedOn),
      ];
    case 'publication-sent': {
      const { to, on: sentOn, due: publishDue } = fact;
      return [told(contracts.listingPublicationSent, { ...about, to, sentOn, publishDue })];
    }
    case 'publication-unsent': {
      const { why, on: unsentOn, reason: reasons } = fact;
      return [told(contracts.listingPublicationUnsent, { ...about, why, unsentOn, reasons })];
    }
    case 'publication-held-back': {
      const { ground, on: heldBackOn, until } = fact;
      return [
        told(contracts.listingPublicationHeldBack, { ...about, ground, heldBackOn, until }),
        ...termBegun(fact, state, about),
      ];
    }
    // Why nothing is shown stays inside; that the term runs does not.
    case 'publication-withheld':
      return termBegun(fact, state, about);
    case 'letter-sent': {
      const { no: letterNo, to, unit, sentOn, answerDue } = fact.letter;
      return [told(contracts.listingLetterSent, { ...about, letterNo, to, unit, sentOn, answerDue })];
    }
    case 'letter-answered': {
      const { no: letterNo, unit } = letterOf(state, fact.letterId);
      return [
        told(contracts.listingLetterAnswered, { ...about, letterNo, unit, answeredOn: fact.answer.on }),
      ];
    }
    case 'letter-urged': {
      const { no: letterNo, to, unit, answerDue } = letterOf(state, fact.letterId);
      return [told(contracts.listingLetterUrged, { ...about, letterNo, to, unit, answerDue })];
    }
    case 'ordered-to-perform': {
      const { no: orderNo, performBy } = fact.order;
      return [told(contracts.listingPerformanceOrdered, { ...about, orderNo, performBy })];
    }
    case 'order-performed': {
      const { no: orderNo, performBy } = orderOf(state);
      return [
        told(contracts.listingOrderPerformed, {
          ...about,
          orderNo,
          performBy,
          performedOn: fact.performed.on,
        }),
      ];
    }
    case 'held-accountable': {
      const { no: orderNo, performBy } = orderOf(state);
      const { on: heldOn, text, promise } = fact.accountability;
      return [
        told(contracts.listingHeldAccountable, { ...about, orderNo, performBy, heldOn, text, promise }),
      ];
    }
    case 'overdue':
      return [told(contracts.listingStepOverdue, { ...about, ...missed(fact, state) })];
    case 'publication-ended':
      return [
        told(contracts.listingPublicationEnded, { ...about, publicationEndedOn: fact.on }),
        // A suspended entry was taken down when it was lifted.
        ...(state.status === 'suspended'
          ? []
          : [
              told(contracts.publicEntryRemoved, {
                entryId: state.id,
                listType: state.listType,
                removedOn: fact.on,
              }),
            ]),
      ];
    case 'ended': {
      const { kind: end, endedOn, reasons } = fact.end;
      return [told(contracts.listingEnded, { ...about, end, endedOn, reasons })];
    }
    case 'closed': {
      const receipts = fact.receipts.map(({ kind, by, at, eventId }) => ({ kind, by, at, eventId }));
      return [told(contracts.listingClosed, { ...about, closedOn: fact.closedOn, receipts })];
    }
    case 'fell-silent':
    case 'hearing-closed':
    case 'grace-ended':
    // Its last day is told with the correction that follows.
    case 'term-rejoined':
    case 'interviewed':
    case 'lifting-fed-back':
    case 'approved':
    case 'record-corrected':
    case 'record-withdrawn':
      return [];
    default:
      return repairTellings(fact, state, list, about);
  }
}

function serviceOf({
  service,
}: FactOf<'served'>): Pick<
  contracts.DataOf<typeof contracts.listingServed>,
  'way' | 'servedOn' | 'repairNoticeNo'
> {
  const { way, servedOn, repairNoticeNo } = service;
  return { way, servedOn, ...(repairNoticeNo ? { repairNoticeNo } : {}) };
}

/** A term from the publication that runs though nothing is published: each other subscriber learns its end so. */
function termBegun(
  { term }: FactOf<'publication-held-back' | 'publication-withheld'>,
  state: ListingCase,
  about: Pick<contracts.DataOf<typeof contracts.listingTermBegun>, 'case' | 'subject'>,
): Telling[] {
  const { startsOn: termStartsOn, endsOn: termEndsOn } = term;
  const fromPublication = decidedCase(state).decision.term.startsAt === 'publication';
  if (!fromPublication || termStartsOn === null || termEndsOn === null) return [];
  return [told(contracts.listingTermBegun, { ...about, termStartsOn, termEndsOn })];
}

/** Which duty was missed, and of a letter which one. */
function missed(
  { clock, due, letterId }: FactOf<'overdue'>,
  state: ListingCase,
): Pick<contracts.DataOf<typeof contracts.listingStepOverdue>, 'clock' | 'due' | 'letterNo' | 'unit'> {
  if (letterId === undefined) return { clock, due };
  const { no: letterNo, unit } = letterOf(state, letterId);
  return { clock, due, letterNo, unit };
}

/** Both follow an order. */
function orderOf(state: ListingCase): PerformanceOrder {
  const order = 'oversight' in state ? state.oversight.order : null;
  if (!order) throw new Error(`case ${state.id} has no order`);
  return order;
}

function letterOf(state: ListingCase, letterId: string): OversightLetter {
  const letter = 'oversight' in state && state.oversight.letters.find((one) => one.id === letterId);
  if (!letter) throw new Error(`case ${state.id} has no letter ${letterId}`);
  return letter;
}

/** Null until the term begins, and where it ends only with performance. */
function termEndOf(state: ListingCase): LocalDate | null {
  return 'term' in state ? state.term.endsOn : null;
}
