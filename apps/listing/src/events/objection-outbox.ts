import * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { ListingCase } from '../domain/case/case.js';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection } from '../domain/objection/objection.js';
import { type ObjectionEvent, objectionTellings } from './objection-tellings.js';
import { caseRef, subjectRef, type Telling, told } from './refs.js';

const EVENTS = {
  filed: contracts.objectionFiled,
  marked: contracts.objectionMarked,
  unmarked: contracts.objectionUnmarked,
  accepted: contracts.objectionAccepted,
  paused: contracts.objectionPaused,
  resumed: contracts.objectionResumed,
  helpRequested: contracts.objectionHelpRequested,
  helpAnswered: contracts.objectionHelpAnswered,
  extended: contracts.objectionExtended,
  decided: contracts.objectionDecided,
  overdue: contracts.objectionOverdue,
} satisfies Record<ObjectionEvent, contracts.Contract>;

/** Steps that only the procedure of a single list knows; those of records have none. */
function ofItsList(
  fact: ObjectionFact,
  about: Pick<contracts.DataOf<typeof contracts.objectionFiled>, 'objection' | 'case' | 'subject'>,
): Telling[] {
  switch (fact.type) {
    case 'not-accepted': {
      const { on: answeredOn, reasons, remedies } = fact;
      return [told(contracts.objectionNotAccepted, { ...about, answeredOn, reasons, remedies })];
    }
    case 'material-named':
      return [told(contracts.objectionMaterialNamed, { ...about, namedOn: fact.on, material: fact.text })];
    case 'withdrawn': {
      const { begun, begunOn = null, on: terminatedOn } = fact;
      return begun === undefined
        ? []
        : [told(contracts.objectionTerminated, { ...about, terminatedOn, begun, begunOn })];
    }
    default:
      return [];
  }
}

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
  const tellings = objectionTellings(fact, objection, decisionDue, (event, data) =>
    told<contracts.Contract>(EVENTS[event], { ...about, ...data }),
  );
  return [...ofItsList(fact, about), ...tellings].map((event) => ({ ...event, subject: state.subject.id }));
}
