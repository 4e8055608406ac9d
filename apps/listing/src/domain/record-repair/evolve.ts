import type { RecordRepairFact } from './facts.js';
import {
  type Accepted,
  isOpen,
  type NotAccepted,
  type OpenRepair,
  type RecordRepair,
  type Refused,
  type Requested,
  type Verified,
} from './repair.js';

/** The request after a fact; the only place where its status is assigned. */
export function evolveRecordRepair(repair: RecordRepair | undefined, fact: RecordRepairFact): RecordRepair {
  if (fact.type === 'requested') {
    if (repair) throw new Error(`repair ${repair.id} is requested twice`);
    return fact.request;
  }
  if (!repair) throw new Error(`${fact.type} before the repair is requested`);
  switch (fact.type) {
    case 'supplemented':
      return { ...open(repair), handedIn: fact.handedIn };
    case 'accepted': {
      const { acceptance, decisionDue } = fact;
      return { ...open(repair), status: 'accepted', acceptance, decisionDue, overdue: [] };
    }
    case 'not-accepted':
      return { ...open(repair), status: 'not-accepted', answer: fact.answer, overdue: [] };
    case 'verified': {
      const { verification, ownTermEndsOn } = fact;
      return { ...accepted(repair), status: 'verified', verification, ownTermEndsOn };
    }
    case 'extended': {
      const { decisionDue, reasons, on, by } = fact;
      const before = accepted(repair);
      const extended = { instead: before.decisionDue ?? decisionDue, reasons, on, by };
      return { ...before, decisionDue, extended };
    }
    case 'granted': {
      if (repair.status !== 'verified' && repair.status !== 'masked')
        throw new Error(`repair ${repair.id} is granted unverified`);
      return { ...repair, status: 'granted', answer: fact.answer, overdue: [] };
    }
    case 'masked': {
      if (repair.status !== 'verified') throw new Error(`repair ${repair.id} is masked unverified`);
      return { ...repair, status: 'masked', answer: fact.answer, overdue: [] };
    }
    case 'resumed': {
      if (repair.status !== 'masked') throw new Error(`repair ${repair.id} is ${repair.status}, not masked`);
      return { ...repair, status: 'resumed', resumption: fact.resumption };
    }
    case 'refused': {
      const before = accepted(repair);
      const known =
        before.status === 'verified' ? before : { ...before, verification: null, ownTermEndsOn: null };
      return { ...known, status: 'refused', answer: fact.answer, overdue: [] };
    }
    case 'withdrawn':
      return { ...open(repair), status: 'withdrawn', withdrawnOn: fact.on, overdue: [] };
    case 'lapsed': {
      const before = repair.status === 'masked' ? repair : open(repair);
      return { ...before, status: 'lapsed', lapsedOn: fact.on, reason: fact.reason, overdue: [] };
    }
    case 'reopened': {
      if (repair.status !== 'refused' && repair.status !== 'not-accepted')
        throw new Error(`repair ${repair.id} is ${repair.status}`);
      // The answer that was set aside stays in the history.
      const { acceptanceDue, decisionDue } = fact;
      return { ...askedAgain(repair), reopenedOn: fact.on, acceptanceDue, decisionDue };
    }
    case 'found-false': {
      if (repair.status !== 'granted' && repair.status !== 'masked')
        throw new Error(`repair ${repair.id} was not granted`);
      return { ...repair, status: 'found-false', found: fact.found };
    }
    case 'days-set': {
      const { acceptanceDue, decisionDue } = fact;
      return { ...open(repair), acceptanceDue, decisionDue };
    }
    case 'overdue':
      return { ...repair, overdue: [...repair.overdue, fact.clock] };
    default:
      return fact satisfies never;
  }
}

function open(repair: RecordRepair): OpenRepair {
  if (!isOpen(repair)) throw new Error(`repair ${repair.id} is ${repair.status}`);
  return repair;
}

function accepted(repair: RecordRepair): Accepted | Verified {
  if (repair.status !== 'accepted' && repair.status !== 'verified')
    throw new Error(`repair ${repair.id} is ${repair.status}`);
  return repair;
}

/** As it was asked, without what was found and answered since. */
function askedAgain(repair: Refused | NotAccepted): Requested {
  const { id, record, subject, department, publicationRule, procedureRule, repairableFrom } = repair;
  const { aim, rulingNo, handedIn } = repair;
  const { requestedOn, requestedBy, correctedOn, statement, materials, conditions, decide, extension } =
    repair;
  const { acceptanceDue, decisionDue } = repair;
  const of = { id, record, subject, department, publicationRule, procedureRule, repairableFrom };
  const asked = {
    requestedOn,
    requestedBy,
    correctedOn,
    statement,
    materials,
    conditions,
    decide,
    extension,
  };
  const masking = aim === undefined ? {} : { aim, rulingNo: rulingNo ?? null };
  return {
    ...of,
    ...asked,
    ...masking,
    ...(handedIn === undefined ? {} : { handedIn }),
    acceptanceDue,
    decisionDue,
    extended: null,
    overdue: [],
    status: 'requested',
  };
}
