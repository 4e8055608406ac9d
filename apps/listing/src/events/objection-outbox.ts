import * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { ListingCase } from '../domain/case/case.js';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection } from '../domain/objection/objection.js';
import { type ObjectionEvent, objectionTellings } from './objection-tellings.js';
import { caseRef, subjectRef, told } from './refs.js';

const EVENTS = {
  filed: contracts.objectionFiled,
  marked: contracts.objectionMarked,
  unmarked: contracts.objectionUnmarked,
  helpRequested: contracts.objectionHelpRequested,
  helpAnswered: contracts.objectionHelpAnswered,
  extended: contracts.objectionExtended,
  decided: contracts.objectionDecided,
  overdue: contracts.objectionOverdue,
} satisfies Record<ObjectionEvent, contracts.Contract>;

/** Facts of an objection to an entry as events. */
export function objectionEventsOf(
  fact: ObjectionFact,
  objection: Objection,
  state: ListingCase,
  decisionDue: LocalDate | null,
): Publication[] {
  const { id, about: of, repairId, receivedOn } = objection;
  const about = {
    objection: { id, about: of, repairId, receivedOn },
    case: caseRef(state),
    subject: subjectRef(state),
  };
  return objectionTellings(fact, objection, decisionDue, (event, data) =>
    told<contracts.Contract>(EVENTS[event], { ...about, ...data }),
  ).map((event) => ({ ...event, subject: state.subject.id }));
}
