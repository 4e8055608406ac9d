import type { LocalDate } from '#kernel';
import type {
  Clock,
  Decided,
  End,
  Ended,
  InForce,
  InStatus,
  ListingCase,
  Served,
  Status,
  Suspended,
} from './case.js';
import { runningClocks } from '../term/clocks.js';
import type { Fact } from './facts.js';
import {
  lettersAwaited,
  NO_OVERSIGHT,
  type Oversight,
  type OversightLetter,
} from '../oversight/oversight.js';
import { NEW_ENTRY } from '../repair/entry.js';
import { afterRepair } from '../repair/evolve.js';
import { withAfter } from '../term/term-after.js';

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
  return { ...next, overdue: stillLate(state, next) };
}

/**
 * A mark of lateness goes with the clock that it marks, and with the day that was missed: a new order has a day that is not
 * missed yet. Letters have a clock each, and the case is marked as long as one of them that is awaited is late: also when
 * they are awaited again after a lifting, since that they are late was told.
 */
function stillLate(before: ListingCase, next: ListingCase): Clock[] {
  const late = letterLate(next);
  if (next.overdue.length === 0 && !late) return next.overdue;
  const was = firstDays(before);
  const is = firstDays(next);
  const marked = late ? [...new Set<Clock>([...next.overdue, 'letter-answer'])] : next.overdue;
  return marked.filter(
    (clock) => is.has(clock) && (is.get(clock) === was.get(clock) || (clock === 'letter-answer' && late)),
  );
}

function firstDays(state: ListingCase): Map<Clock, LocalDate> {
  return new Map(
    runningClocks(state)
      .reverse()
      .map(({ clock, dueOn }) => [clock, dueOn]),
  );
}

function letterLate(state: ListingCase): boolean {
  return 'oversight' in state && lettersAwaited(state.oversight).some(({ late }) => late);
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
      const oralHearing = 'oralHearing' in heard ? heard.oralHearing : null;
      const { verificationDue } = fact;
      return { ...heard, status: 'heard', defences, oralHearing, handlers, verificationDue };
    }
    case 'hearing-requested': {
      const heard = expecting(state, 'noticed', 'heard', 'silent');
      const asked = heard.status === 'heard' ? heard : { ...heard, defences: [], verificationDue: null };
      const handlers = fact.onBehalf ? [...new Set([...heard.handlers, fact.by.id])] : heard.handlers;
      const oralHearing = { requestedOn: fact.on, requestedBy: fact.by, set: null, result: null };
      return { ...asked, status: 'heard', handlers, oralHearing };
    }
    case 'hearing-set':
    case 'hearing-closed': {
      const heard = expecting(state, 'heard');
      if (!heard.oralHearing) throw new Error(`case ${state.id} has no hearing`);
      const change = fact.type === 'hearing-set' ? { set: fact.set } : { result: fact.result };
      return { ...heard, oralHearing: { ...heard.oralHearing, ...change } };
    }
    case 'clock-started':
      return { ...state, clockFrom: fact.clockFrom, decisionDue: fact.decisionDue };
    case 'decision-extended':
      return { ...state, extension: fact.extension, decisionDue: fact.decisionDue };
    case 'reminded': {
      const notice = 'notice' in state ? state.notice : null;
      const defences = 'defences' in state ? state.defences : [];
      const { reminder } = fact;
      return { ...dossierOf(state), basisQuestions: [], status: 'reminded', notice, defences, reminder };
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
        oralHearing: 'oralHearing' in reviewed ? reviewed.oralHearing : null,
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
        ...(fact.fields ? { fields: fact.fields } : {}),
        publication: { status: 'none', due: fact.publicationDue },
        oversight: NO_OVERSIGHT,
        entry: NEW_ENTRY,
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
      const { stay: _, ...rest } = decided;
      return { ...rest, status: 'in-force', service, inForceOn, term, removalRequest: null };
    }
    case 'term-rejoined': {
      if (!('entry' in state)) throw new Error(`case ${state.id} is ${state.status}, it has no term`);
      const decision = { ...state.decision, term: withAfter(state.decision.term, fact.after) };
      const rejoined = { ...state, decision };
      return 'term' in rejoined
        ? { ...rejoined, term: { ...rejoined.term, startsOn: fact.startsOn } }
        : rejoined;
    }
    case 'published': {
      const { publishedOn, until, term } = fact;
      const publication = {
        status: 'published',
        publishedOn,
        ...publisherOf(state),
        ...(until ? { until } : {}),
      } as const;
      return { ...expecting(state, 'in-force'), publication, term };
    }
    case 'publication-sent': {
      const { on: sentOn, to, due } = fact;
      return { ...expecting(state, 'in-force'), publication: { status: 'sent', sentOn, to, due } };
    }
    case 'publication-unsent':
      return { ...expecting(state, 'in-force', 'suspended'), publication: { status: 'none', due: fact.due } };
    case 'publication-withheld':
      return {
        ...expecting(state, 'in-force'),
        publication: { status: 'withheld', on: fact.on, reason: fact.reason },
        term: fact.term,
      };
    case 'publication-held-back': {
      const { ground, on, until, reason, term } = fact;
      const publication = { status: 'held-back', ground, on, until, reason } as const;
      return { ...expecting(state, 'in-force'), publication, term };
    }
    case 'grace-ended':
      return {
        ...expecting(state, 'in-force'),
        publication: { status: 'none', due: fact.publicationDue },
      };
    case 'letter-sent':
      return overseen(state, ({ letters }) => ({ letters: [...letters, fact.letter] }));
    case 'letter-urged':
      return ofLetter(state, fact.letterId, { urgedOn: fact.on });
    case 'letter-answered':
      return ofLetter(state, fact.letterId, { answer: fact.answer });
    case 'interviewed':
      return overseen(state, ({ interviews }) => ({ interviews: [...interviews, fact.interview] }));
    case 'order-performed':
      return overseen(state, ({ order }) => ({ order: order && { ...order, performed: fact.performed } }));
    case 'held-accountable':
      return overseen(state, ({ accountability = [] }) => ({
        accountability: [...accountability, fact.accountability],
      }));
    case 'lifting-fed-back': {
      const over = expecting(state, 'ended', 'closed');
      const { urged = [] } = over.end;
      const answered = urged.map((one) =>
        one.unit === fact.unit && one.answer === null ? { ...one, answer: fact.answer } : one,
      );
      return { ...over, end: { ...over.end, urged: answered } };
    }
    case 'ordered-to-perform':
      return overseen(state, () => ({ order: fact.order }));
    case 'publication-ended': {
      const shown = expecting(state, 'in-force', 'suspended');
      if (shown.publication.status !== 'published') throw new Error(`case ${state.id} is not published`);
      const { publishedOn } = shown.publication;
      return { ...shown, publication: { status: 'ended', publishedOn, endedOn: fact.on } };
    }
    case 'withdrawn': {
      const notice = 'notice' in state ? state.notice : null;
      const defences = 'defences' in state ? state.defences : [];
      const { withdrawal } = fact;
      return { ...dossierOf(state), basisQuestions: [], status: 'withdrawn', notice, defences, withdrawal };
    }
    case 'ended':
      return ended(expecting(state, 'decided', 'served', 'in-force', 'suspended'), fact.end);
    case 'closed':
      return { ...expecting(state, 'ended'), status: 'closed', closedOn: fact.closedOn };
    case 'overdue': {
      const late = fact.letterId === undefined ? state : ofLetter(state, fact.letterId, { late: true });
      return { ...late, overdue: [...new Set([...state.overdue, fact.clock])] };
    }
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
      return afterRepair(state, fact);
  }
}

function ended(listed: Decided | Served | InForce | Suspended, end: End): Ended {
  const took = listed.status === 'in-force' || listed.status === 'suspended';
  const undone = end.kind === 'revoked' || end.kind === 'corrected';
  const request = 'removalRequest' in listed ? listed.removalRequest : null;
  return {
    ...dossierOf(listed),
    basisQuestions: [],
    notice: listed.notice,
    defences: listed.defences,
    oralHearing: listed.oralHearing,
    review: listed.review,
    consent: listed.consent,
    approval: listed.approval,
    decision: listed.decision,
    publication: listed.publication,
    oversight: listed.oversight,
    // What was undone needs no answer to an objection any more.
    entry: undone ? { ...listed.entry, objections: [] } : listed.entry,
    status: 'ended',
    service: 'service' in listed ? listed.service : null,
    inForceOn: took ? listed.inForceOn : null,
    term: took ? listed.term : { startsOn: null, endsOn: null },
    end,
    removalRequest: request?.aim === 'site' && !undone ? request : null,
  };
}

/** Where it was sent to another authority, that one published it. */
function publisherOf(state: ListingCase): { by?: string } {
  const sent = 'publication' in state && state.publication.status === 'sent' ? state.publication : null;
  return sent ? { by: sent.to } : {};
}

function overseen(state: ListingCase, change: (oversight: Oversight) => Partial<Oversight>): InForce {
  const listed = expecting(state, 'in-force');
  return { ...listed, oversight: { ...listed.oversight, ...change(listed.oversight) } };
}

function ofLetter(state: ListingCase, id: string, change: Partial<OversightLetter>): InForce {
  return overseen(state, ({ letters }) => ({
    letters: letters.map((letter) => (letter.id === id ? { ...letter, ...change } : letter)),
  }));
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
    documents: state.documents,
    ...(state.fields ? { fields: state.fields } : {}),
    origin: state.origin,
    file: state.file,
    publicStanding: state.publicStanding,
    openedOn: state.openedOn,
    ...(state.requestedBy === undefined ? {} : { requestedBy: state.requestedBy }),
    handlers: state.handlers,
    clockFrom: state.clockFrom,
    decisionDue: state.decisionDue,
    extension: state.extension,
    basisQuestions: state.basisQuestions,
    overdue: state.overdue,
  };
}
