import * as contracts from '#contracts';
import type { CaseRef, SubjectRef } from '#contracts';
import type { ListingCase } from '../domain/case/case.js';
import { type Change, isStay, type Suspension } from '../domain/repair/entry.js';
import type { RepairFact } from '../domain/repair/facts.js';
import { isShown, publishedFields } from '../register/public-entry.js';
import {
  decidedCase,
  entryMarked,
  fieldsTold,
  onRegister,
  publicEntry,
  type Publishing,
  shortened,
  told,
  type Telling,
} from './refs.js';

/** Facts of repair, objection, correction and basis as events; part of `eventsOf`. */
export function repairTellings(
  fact: RepairFact,
  state: ListingCase,
  list: Publishing,
  about: { case: CaseRef; subject: SubjectRef },
): Telling[] {
  switch (fact.type) {
    case 'removal-requested':
    case 'removal-reopened': {
      const { id: requestId, requestedOn, decisionDue } = fact.request;
      return [told(contracts.listingRemovalRequested, { ...about, requestId, requestedOn, decisionDue })];
    }
    // Inside the request: what it says is read where it is handled.
    case 'removal-supplemented':
    case 'removal-days-set':
      return [];
    case 'removal-accepted': {
      const { requestId, on: acceptedOn, decisionDue } = fact;
      return [told(contracts.listingRemovalAccepted, { ...about, requestId, acceptedOn, decisionDue })];
    }
    case 'removal-not-accepted': {
      const { requestId, on: answeredOn, reasons: gaps } = fact;
      return [told(contracts.listingRemovalIncomplete, { ...about, requestId, answeredOn, gaps })];
    }
    case 'removal-extended': {
      const { requestId, decisionDue, reasons } = fact;
      return [told(contracts.listingRemovalExtended, { ...about, requestId, decisionDue, reasons })];
    }
    case 'removal-withdrawn': {
      const { requestId, on: withdrawnOn } = fact;
      return [told(contracts.listingRemovalWithdrawn, { ...about, requestId, withdrawnOn })];
    }
    case 'removal-refused': {
      const { requestId, on: refusedOn, reasons } = fact;
      return [told(contracts.listingRemovalRefused, { ...about, requestId, refusedOn, reasons })];
    }
    case 'suspended':
      return [
        lifted(fact.suspension, about),
        ...(isPublished(state) ? [offRegister(state, fact.suspension.on)] : []),
      ];
    // Lifted it was, and goes on to be: on another ground.
    case 'plan-besides':
      return [lifted(fact.suspension, about)];
    case 'stay-goes-on':
      return state.status === 'suspended' ? [lifted(state.suspension, about)] : [];
    case 'restored': {
      const { on: restoredOn, cause, reasons } = fact.restoration;
      const inForceOn = 'inForceOn' in state && state.inForceOn ? state.inForceOn : restoredOn;
      const again = told(contracts.listingRestored, {
        ...about,
        restoredOn,
        cause,
        inForceOn,
        termEndsOn: fact.term.endsOn,
        decisionNo: decidedCase(state).decision.no,
        reasons,
      });
      if (!('publication' in state) || state.publication.status !== 'published') return [again];
      // As the register shows it: published since that day, and masked in between.
      const { publishedOn } = state.publication;
      return [again, ...onRegister(state, list, publishedOn)];
    }
    case 'found-false': {
      const { requestId, on: foundOn, reasons, barredUntil, siteUntil } = fact.found;
      const { restored } = fact;
      return [
        told(contracts.listingFalseApplication, {
          ...about,
          requestId,
          foundOn,
          reasons,
          restored,
          barredUntil,
          siteUntil,
        }),
      ];
    }
    case 'site-publication-started':
      return [told(contracts.listingSitePublicationStarted, { ...about, ...fact.site })];
    case 'site-publication-masked':
      return [told(contracts.listingSitePublicationMasked, { ...about, maskedOn: fact.on })];
    case 'site-publication-resumed':
      return [told(contracts.listingSitePublicationResumed, { ...about, resumedOn: fact.on })];
    case 'site-publication-ended':
      return [told(contracts.listingSitePublicationEnded, { ...about, endedOn: fact.on, how: fact.how })];
    case 'penalty-publication-ended':
      return [
        told(contracts.listingPenaltyPublicationEnded, {
          ...about,
          records: recordsOf(fact, state),
          endedOn: fact.on,
        }),
      ];
    case 'penalty-publication-resumed':
      return [
        told(contracts.listingPenaltyPublicationResumed, {
          ...about,
          records: recordsOf(fact, state),
          resumedOn: fact.on,
        }),
      ];
    // The mark itself is told with the objection; copies of the register are told here.
    case 'objection-marked':
    case 'objection-settled':
      return isShown(state) ? [entryMarked(state)] : [];
    case 'lifting-urged': {
      const { unit, on: urgedOn, liftBy, objectionId } = fact.urging;
      const { reasons } = fact;
      return [told(contracts.listingLiftingUrged, { ...about, objectionId, unit, urgedOn, liftBy, reasons })];
    }
    case 'corrected':
      return corrected(fact, state, list, about);
    case 'correction-spread':
      return [
        told(contracts.listingCorrectionSpread, {
          ...about,
          correction: fact.number,
          spreadOn: fact.on,
          confirmations: fact.confirmations,
        }),
      ];
    case 'basis-questioned': {
      const { recordId, change, documentNo, due: reviewDue } = fact.question;
      return [told(contracts.listingBasisQuestioned, { ...about, recordId, change, documentNo, reviewDue })];
    }
    case 'basis-reviewed': {
      const { outcome, on: reviewedOn, reasons } = fact;
      return [told(contracts.listingBasisReviewed, { ...about, outcome, reviewedOn, reasons })];
    }
    // Nothing is shown or ordered of it yet: told with the effect.
    case 'stayed':
    case 'stay-ended':
    // With the objection.
    case 'material-named':
    case 'removal-verified':
    case 'term-shortened':
    case 'removal-granted':
    case 'correction-confirmed':
      return [];
    default:
      return fact satisfies never;
  }
}

function corrected(
  { correction }: Extract<RepairFact, { type: 'corrected' }>,
  state: ListingCase,
  list: Publishing,
  about: { case: CaseRef; subject: SubjectRef },
): Telling[] {
  const { number, on: correctedOn, reasons, changes, confirmBy } = correction;
  const change = told(contracts.listingCorrected, {
    ...about,
    correction: number,
    correctedOn,
    reasons: shortened(reasons, 4000),
    changes: changes.map((change) => asPublished(change, state, list)),
    decisionNo: decidedCase(state).decision.no,
    termEndsOn: 'term' in state ? state.term.endsOn : null,
    decisionReasons: shortened(decidedCase(state).decision.reasons, 4000),
    ...fieldsTold(state, list),
    confirmBy,
  });
  // What is lifted for the time being is off the register, and what it reads is nobody's there.
  if (!isShown(state)) return [change];
  const entry = publicEntry(state, list);
  return [change, told(contracts.publicEntryCorrected, { entry, correctedOn, correction: number })];
}

/** Names of persons are masked as in every event. */
function asPublished(change: Change, state: ListingCase, list: Publishing): Change {
  const field = state.fields?.find(({ code }) => change.field === 'caseField' && code === change.code);
  if (!field) return change;
  const published = (value: string) => publishedFields({ fields: [{ ...field, value }] }, list)[0]!.value;
  return { ...change, from: change.from === null ? null : published(change.from), to: published(change.to) };
}

function lifted(suspension: Suspension, about: { case: CaseRef; subject: SubjectRef }): Telling {
  const { on: suspendedOn, reasons } = suspension;
  const because = isStay(suspension)
    ? { because: suspension.in, rulingNo: suspension.orderNo, orderedBy: suspension.body }
    : { because: 'plan' as const, rulingNo: suspension.rulingNo };
  return told(contracts.listingSuspended, { ...about, suspendedOn, ...because, reasons });
}

function offRegister({ id: entryId, listType }: ListingCase, removedOn: string): Telling {
  return told(contracts.publicEntryRemoved, { entryId, listType, removedOn });
}

function isPublished(state: ListingCase): boolean {
  return 'publication' in state && state.publication.status === 'published';
}

function recordsOf(
  { recordIds }: { recordIds: string[] },
  { records }: ListingCase,
): { id: string; documentNo: string }[] {
  return records.filter(({ id }) => recordIds.includes(id)).map(({ id, documentNo }) => ({ id, documentNo }));
}
