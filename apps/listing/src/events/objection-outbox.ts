import * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { ListingCase } from '../domain/case.js';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection } from '../domain/objection/objection.js';
import { caseRef, subjectRef, told, type Telling } from './refs.js';

/** Facts of an objection as events; the mark goes with the filing and with every end. */
export function objectionEventsOf(
  fact: ObjectionFact,
  objection: Objection,
  state: ListingCase,
  decisionDue: LocalDate | null,
): Publication[] {
  return tellings(fact, objection, state, decisionDue).map((event) => ({
    ...event,
    subject: state.subject.id,
  }));
}

function tellings(
  fact: ObjectionFact,
  { id, about: of, repairId, receivedOn, help }: Objection,
  state: ListingCase,
  decisionDue: LocalDate | null,
): Telling[] {
  const objection = { id, about: of, repairId, receivedOn };
  const about = { objection, case: caseRef(state), subject: subjectRef(state) };
  const unmarked = (
    unmarkedOn: LocalDate,
    outcome: contracts.DataOf<typeof contracts.objectionUnmarked>['outcome'],
  ) => told(contracts.objectionUnmarked, { ...about, unmarkedOn, outcome });
  switch (fact.type) {
    case 'filed': {
      const { filedOn, markedOn } = fact.objection;
      return [
        told(contracts.objectionFiled, { ...about, filedOn, decisionDue }),
        told(contracts.objectionMarked, { ...about, markedOn }),
      ];
    }
    case 'help-requested': {
      const { id: helpId, unit, question, due: answerDue } = fact.request;
      return [told(contracts.objectionHelpRequested, { ...about, helpId, unit, question, answerDue })];
    }
    case 'help-answered': {
      const { helpId, unit: helper, answer } = fact;
      return [told(contracts.objectionHelpAnswered, { ...about, helpId, helper, answeredOn: answer.on })];
    }
    case 'extended': {
      const { until, reason: reasons } = fact.extension;
      return [told(contracts.objectionExtended, { ...about, decisionDue: until, reasons })];
    }
    case 'decided': {
      const { outcome, on: decidedOn, reasons, remedies } = fact.decision;
      return [
        told(contracts.objectionDecided, { ...about, outcome, decidedOn, reasons, remedies }),
        unmarked(decidedOn, outcome),
      ];
    }
    case 'withdrawn':
      return [unmarked(fact.on, 'withdrawn')];
    case 'lapsed':
      return [unmarked(fact.on, 'lapsed')];
    case 'overdue': {
      const { clock, due, helpId } = fact;
      const unit = help.find((one) => one.id === helpId)?.unit ?? null;
      return [told(contracts.objectionOverdue, { ...about, clock, due, unit })];
    }
    case 'accepted':
    case 'paused':
    case 'resumed':
      return [];
    default:
      return fact satisfies never;
  }
}
