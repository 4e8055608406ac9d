import type { InStatus, ListingCase, Status } from './case.js';
import { runningClocks } from './clocks.js';
import type { Fact } from './facts.js';

/**
 * The case after a fact. The only place where a status is assigned. A fact that does not fit the status is a
 * fault of the program (`decide` let it through), never a refusal.
 */
export function evolve(state: ListingCase | undefined, fact: Fact): ListingCase {
  if (fact.type === 'opened') {
    if (state) throw new Error(`case ${state.id} is opened twice`);
    return { ...fact.dossier, status: 'proposed' };
  }
  if (!state) throw new Error(`${fact.type} before the case is opened`);
  const next = after(state, fact);
  // A mark of lateness goes with the clock that it marks.
  const running = new Set(runningClocks(next).map(({ clock }) => clock));
  return { ...next, overdue: next.overdue.filter((clock) => running.has(clock)) };
}

function after(state: ListingCase, fact: Exclude<Fact, { type: 'opened' }>): ListingCase {
  switch (fact.type) {
    case 'noticed': {
      const handlers = [...new Set([...state.handlers, fact.by.id])];
      const { notice, decisionDue } = fact;
      return { ...expecting(state, 'proposed'), status: 'noticed', notice, decisionDue, handlers };
    }
    case 'defended': {
      const heard = expecting(state, 'noticed', 'heard');
      const defences = [...('defences' in heard ? heard.defences : []), fact.defence];
      // Who took the statement down handled the case.
      const handlers = fact.defence.onBehalf
        ? [...new Set([...heard.handlers, fact.defence.by.id])]
        : heard.handlers;
      return { ...heard, status: 'heard', defences, handlers, verificationDue: fact.verificationDue };
    }
    case 'fell-silent':
      return { ...expecting(state, 'noticed'), status: 'silent' };
    case 'reviewed': {
      const reviewed = expecting(state, 'proposed', 'noticed', 'heard', 'silent');
      return {
        ...dossierOf(reviewed),
        status: 'reviewed',
        notice: 'notice' in reviewed ? reviewed.notice : null,
        defences: 'defences' in reviewed ? reviewed.defences : [],
        review: fact.review,
        consent: null,
      };
    }
    case 'consent-answered': {
      const reviewed = expecting(state, 'reviewed');
      return { ...reviewed, status: fact.consent.granted ? 'consented' : 'reviewed', consent: fact.consent };
    }
    case 'approved':
      return { ...expecting(state, 'reviewed', 'consented'), status: 'approved', approval: fact.approval };
    case 'decided':
      return {
        ...expecting(state, 'approved'),
        status: 'decided',
        decision: fact.decision,
        listName: fact.listName,
        serious: fact.serious,
        rulesVersion: fact.rulesVersion,
        publication: { status: 'none', due: fact.publicationDue },
      };
    case 'served': {
      const served = expecting(state, 'decided', 'in-force');
      const due = fact.publicationDue;
      const publication =
        served.publication.status === 'none' && due ? { ...served.publication, due } : served.publication;
      if (served.status === 'in-force') return { ...served, service: fact.service, publication };
      return { ...served, status: 'served', service: fact.service, publication };
    }
    case 'took-effect': {
      const decided = expecting(state, 'decided', 'served');
      const service = 'service' in decided ? decided.service : null;
      const { inForceOn, term } = fact;
      return { ...decided, status: 'in-force', service, inForceOn, term, removalRequest: null };
    }
    case 'published':
      return {
        ...expecting(state, 'in-force'),
        publication: { status: 'published', publishedOn: fact.publishedOn },
        term: fact.term,
      };
    case 'publication-withheld':
      return {
        ...expecting(state, 'in-force'),
        publication: { status: 'withheld', on: fact.on, reason: fact.reason },
        term: fact.term,
      };
    case 'publication-ended': {
      const shown = expecting(state, 'in-force');
      if (shown.publication.status !== 'published') throw new Error(`case ${state.id} is not published`);
      const { publishedOn } = shown.publication;
      return { ...shown, publication: { status: 'ended', publishedOn, endedOn: fact.on } };
    }
    case 'withdrawn': {
      const notice = 'notice' in state ? state.notice : null;
      const defences = 'defences' in state ? state.defences : [];
      return { ...dossierOf(state), status: 'withdrawn', notice, defences, withdrawal: fact.withdrawal };
    }
    case 'removal-requested':
      return { ...expecting(state, 'in-force'), removalRequest: fact.request };
    case 'removal-accepted': {
      const listed = expecting(state, 'in-force');
      if (!listed.removalRequest) throw new Error(`case ${state.id} has no request to accept`);
      const { on: acceptedOn, by: acceptedBy, decisionDue } = fact;
      const removalRequest = {
        ...listed.removalRequest,
        status: 'accepted' as const,
        acceptedOn,
        acceptedBy,
        decisionDue,
      };
      return { ...listed, removalRequest };
    }
    case 'removal-not-accepted':
    case 'removal-refused':
    case 'removal-granted':
      return { ...expecting(state, 'in-force'), removalRequest: null };
    case 'ended': {
      const listed = expecting(state, 'decided', 'served', 'in-force');
      const took = listed.status === 'in-force';
      return {
        ...dossierOf(listed),
        notice: listed.notice,
        defences: listed.defences,
        review: listed.review,
        consent: listed.consent,
        approval: listed.approval,
        decision: listed.decision,
        publication: listed.publication,
        status: 'ended',
        service: 'service' in listed ? listed.service : null,
        inForceOn: took ? listed.inForceOn : null,
        term: took ? listed.term : { startsOn: null, endsOn: null },
        end: fact.end,
      };
    }
    case 'closed':
      return { ...expecting(state, 'ended'), status: 'closed', closedOn: fact.closedOn };
    case 'overdue':
      return { ...state, overdue: [...state.overdue, fact.clock] };
    case 'record-corrected':
      return {
        ...state,
        records: state.records.map((one) => (one.id === fact.record.id ? fact.record : one)),
      };
    case 'record-withdrawn':
      return {
        ...state,
        records: state.records.map((one) => (one.id === fact.recordId ? { ...one, withdrawn: true } : one)),
      };
    default:
      return fact satisfies never;
  }
}

function expecting<S extends Status>(state: ListingCase, ...statuses: S[]): InStatus<S> {
  if (!(statuses as Status[]).includes(state.status)) {
    throw new Error(`case ${state.id} is ${state.status}, the fact wants ${statuses.join(' or ')}`);
  }
  return state as InStatus<S>;
}

/** What every status has, without the shapes of the one that is left. */
function dossierOf(state: ListingCase) {
  return {
    id: state.id,
    no: state.no,
    listType: state.listType,
    listName: state.listName,
    serious: state.serious,
    rulesVersion: state.rulesVersion,
    subject: state.subject,
    department: state.department,
    conductKind: state.conductKind,
    records: state.records,
    openedOn: state.openedOn,
    handlers: state.handlers,
    clockFrom: state.clockFrom,
    decisionDue: state.decisionDue,
    overdue: state.overdue,
  };
}
