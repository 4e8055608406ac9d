import type { LocalDate } from '#kernel';
import type { Decided, InForce, ListingCase, Served, Suspended } from '../case/case.js';
import { type Entry, isStay, type RepairRequest } from './entry.js';
import type { RepairFact } from './facts.js';
import type { SitePublication } from './site-publication.js';

/** A case that has been decided, and so has an entry. */
type Listed = Extract<ListingCase, { entry: Entry }>;

/** The case after a fact of repair, objection, correction or basis; part of `evolve`. */
export function afterRepair(state: ListingCase, fact: RepairFact): ListingCase {
  switch (fact.type) {
    case 'removal-requested':
    case 'removal-reopened':
      return { ...asking(state), removalRequest: fact.request };
    case 'removal-supplemented':
      return changed(state, { handedIn: fact.handedIn });
    case 'removal-days-set': {
      const { acceptanceDue, decisionDue } = fact;
      return changed(state, { acceptanceDue, decisionDue });
    }
    case 'removal-accepted': {
      const { on: acceptedOn, by: acceptedBy, decisionDue } = fact;
      return changed(state, { status: 'accepted', acceptedOn, acceptedBy, decisionDue });
    }
    case 'removal-verified': {
      const { verification, decisionDue = requestOf(state).decisionDue } = fact;
      return changed(state, { status: 'verified', verification, decisionDue });
    }
    case 'removal-extended': {
      const { decisionDue, reasons, by } = fact;
      const instead = requestOf(state).decisionDue!;
      return changed(state, { decisionDue, extended: { instead, reasons, by } });
    }
    case 'removal-not-accepted':
    case 'removal-refused':
    case 'removal-withdrawn':
      return { ...asking(state), removalRequest: null };
    case 'removal-granted': {
      const { id, aim } = requestOf(state);
      const granted = { id, aim, grantedOn: fact.on, by: fact.by };
      return entered({ ...asking(state), removalRequest: null }, ({ granted: before }) => ({
        granted: [...before, granted],
      }));
    }
    case 'term-shortened': {
      const listed = withEntry(state);
      // Also of a permanent one: from now on it ends by itself.
      const term = { ...listed.decision.term, period: null, endsOn: fact.endsOn, ends: 'term' as const };
      return { ...listed, decision: { ...listed.decision, term } };
    }
    case 'suspended': {
      if (state.status !== 'in-force') throw new Error(`case ${state.id} is ${state.status}`);
      // Granting a plan answered the request; a stay leaves one to be answered.
      return { ...state, status: 'suspended', suspension: fact.suspension } satisfies Suspended;
    }
    case 'stayed':
      return { ...withoutEntryToLift(state), stay: fact.stay };
    case 'stay-ended': {
      const { stay: _, ...rest } = withoutEntryToLift(state);
      return { ...rest, publication: publicationAgain(rest, fact) };
    }
    case 'plan-besides': {
      const lifted = suspendedOf(state);
      if (!isStay(lifted.suspension)) throw new Error(`case ${state.id} is lifted for a plan already`);
      return { ...lifted, suspension: fact.suspension, stay: lifted.suspension };
    }
    case 'stay-goes-on': {
      const { stay, ...lifted } = suspendedOf(state);
      if (!stay) throw new Error(`case ${state.id} is lifted by no stay`);
      return { ...lifted, suspension: stay };
    }
    case 'restored':
      return restored(state, fact);
    case 'found-false':
      return entered(state, ({ foundFalse }) => ({ foundFalse: [...foundFalse, fact.found] }));
    case 'site-publication-started':
      return entered(state, () => ({ site: { ...fact.site, status: 'shown' } }));
    case 'site-publication-masked':
      return entered(state, ({ site }) => ({
        site: site && { ...publicationOf(site), status: 'masked', maskedOn: fact.on },
      }));
    case 'site-publication-resumed':
      return entered(state, ({ site }) => ({ site: site && { ...publicationOf(site), status: 'shown' } }));
    case 'site-publication-ended': {
      const gone = entered(state, ({ site }) => ({
        site: site && { ...publicationOf(site), status: 'ended', endedOn: fact.on, how: fact.how },
      }));
      // What is shown no longer cannot be asked to be shown no longer.
      const asks = 'removalRequest' in gone && gone.removalRequest?.aim === 'site';
      return asks ? { ...gone, removalRequest: null } : gone;
    }
    case 'penalty-publication-ended':
      return {
        ...state,
        records: state.records.map((one) =>
          fact.recordIds.includes(one.id) ? { ...one, publicationEndedOn: fact.on } : one,
        ),
      };
    case 'penalty-publication-resumed':
      return {
        ...state,
        records: state.records.map(({ publicationEndedOn, ...one }) =>
          publicationEndedOn === undefined || fact.recordIds.includes(one.id)
            ? one
            : { ...one, publicationEndedOn },
        ),
      };
    case 'objection-marked':
      return entered(state, ({ objections }) => ({ objections: [...objections, fact.mark] }));
    case 'objection-settled':
      return entered(state, ({ objections }) => ({
        objections: objections.filter(({ id }) => id !== fact.objectionId),
      }));
    case 'lifting-urged': {
      if (!('end' in state)) return state;
      const { urged = [] } = state.end;
      return { ...state, end: { ...state.end, urged: [...urged, fact.urging] } };
    }
    case 'corrected':
      return corrected(state, fact);
    case 'correction-confirmed':
      return entered(state, ({ corrections }) => ({
        corrections: corrections.map((one) =>
          one.number === fact.number
            ? { ...one, confirmations: [...one.confirmations, fact.confirmation] }
            : one,
        ),
      }));
    case 'correction-spread':
    case 'material-named':
      return state;
    case 'basis-questioned':
      return { ...state, basisQuestions: [...state.basisQuestions, fact.question] };
    case 'basis-reviewed':
      return { ...state, basisQuestions: [] };
    default:
      return fact satisfies never;
  }
}

function publicationOf({ rule, kind, from, repairableFrom, endsOn }: SitePublication): SitePublication {
  return { rule, kind, from, repairableFrom, endsOn };
}

function asking(state: ListingCase): Extract<ListingCase, { removalRequest: RepairRequest | null }> {
  if (!('removalRequest' in state)) throw new Error(`case ${state.id} is ${state.status}, nothing is asked`);
  return state;
}

function requestOf(state: ListingCase): RepairRequest {
  const request = asking(state).removalRequest;
  if (!request) throw new Error(`case ${state.id} has no open request`);
  return request;
}

function changed(state: ListingCase, change: Partial<RepairRequest>): ListingCase {
  return { ...asking(state), removalRequest: { ...requestOf(state), ...change } };
}

function entered(state: ListingCase, change: (entry: Entry) => Partial<Entry>): ListingCase {
  const listed = withEntry(state);
  return { ...listed, entry: { ...listed.entry, ...change(listed.entry) } };
}

function withEntry(state: ListingCase): Listed {
  if (!('entry' in state)) throw new Error(`case ${state.id} is ${state.status}, it has no entry`);
  return state;
}

/** On the list again: from a provisional lifting as it was, from an end to be shown anew. */
function restored(state: ListingCase, fact: Extract<RepairFact, { type: 'restored' }>): InForce {
  const restorations = (entry: Entry): Entry => ({
    ...entry,
    restorations: [...entry.restorations, fact.restoration],
  });
  if (state.status === 'suspended') {
    const { suspension: _, stay: __, ...listed } = state;
    const entry = restorations(state.entry);
    const publication = publicationAgain(state, fact);
    const { removalRequest = null } = state;
    return { ...listed, status: 'in-force', entry, publication, term: fact.term, removalRequest };
  }
  if (state.status !== 'ended' && state.status !== 'closed') throw new Error(`case ${state.id} stands`);
  const { end: _, ...listed } = state;
  const rest = 'closedOn' in listed ? without(listed) : listed;
  return {
    ...rest,
    status: 'in-force',
    inForceOn: state.inForceOn ?? fact.restoration.on,
    publication: { status: 'none', due: fact.publicationDue },
    entry: restorations(state.entry),
    term: fact.term,
    removalRequest: null,
  };
}

/** Not in force yet, or lifted for a plan already. */
function withoutEntryToLift(state: ListingCase): Decided | Served | Suspended {
  if (state.status === 'decided' || state.status === 'served') return state;
  return suspendedOf(state);
}

function suspendedOf(state: ListingCase): Suspended {
  if (state.status !== 'suspended') throw new Error(`case ${state.id} is ${state.status}`);
  return state;
}

/** What was not shown before the entry was lifted is to be shown by another day. */
function publicationAgain(
  { publication }: Pick<Decided, 'publication'>,
  { publicationDue: due }: { publicationDue: LocalDate | null },
): Decided['publication'] {
  return publication.status === 'none' && due !== null ? { status: 'none', due } : publication;
}

function without<T extends { closedOn: string }>({ closedOn: _, ...rest }: T): Omit<T, 'closedOn'> {
  return rest;
}

function corrected(state: ListingCase, fact: Extract<RepairFact, { type: 'corrected' }>): ListingCase {
  const listed = withEntry(state);
  const values = Object.fromEntries(fact.correction.changes.map(({ field, to }) => [field, to]));
  const { fields = listed.fields } = fact;
  const decision = {
    ...listed.decision,
    no: values['decisionNo'] ?? listed.decision.no,
    reasons: values['reasons'] ?? listed.decision.reasons,
  };
  const next = entered({ ...listed, decision, ...(fields && { fields }) }, ({ corrections }) => ({
    corrections: [...corrections, fact.correction],
  }));
  return 'term' in next ? { ...next, term: { ...next.term, endsOn: fact.termEndsOn } } : next;
}
