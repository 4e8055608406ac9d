import * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { Subject } from '../domain/case.js';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection } from '../domain/objection/objection.js';
import { told, type Telling } from './refs.js';

/** Facts of an objection to a record as events; the mark goes with the filing and with every end. */
export function recordObjectionEventsOf(
  fact: ObjectionFact,
  objection: Objection,
  subject: Subject,
  decisionDue: LocalDate | null,
): Publication[] {
  return tellings(fact, objection, subject, decisionDue).map((event) => ({ ...event, subject: subject.id }));
}

function tellings(
  fact: ObjectionFact,
  objection: Objection,
  { id, kind, code, name, region }: Subject,
  decisionDue: LocalDate | null,
): Telling[] {
  const about = { recordObjection: refOf(objection), subject: { id, kind, code, name, region } };
  const unmarked = (
    unmarkedOn: LocalDate,
    outcome: contracts.DataOf<typeof contracts.recordObjectionUnmarked>['outcome'],
  ) => told(contracts.recordObjectionUnmarked, { ...about, unmarkedOn, outcome });
  switch (fact.type) {
    case 'filed': {
      const { filedOn, markedOn } = fact.objection;
      return [
        told(contracts.recordObjectionFiled, { ...about, filedOn, decisionDue }),
        told(contracts.recordObjectionMarked, { ...about, markedOn }),
      ];
    }
    case 'help-requested': {
      const { id: helpId, unit, question, due: answerDue } = fact.request;
      return [told(contracts.recordObjectionHelpRequested, { ...about, helpId, unit, question, answerDue })];
    }
    case 'help-answered': {
      const { helpId, unit: helper, answer } = fact;
      return [
        told(contracts.recordObjectionHelpAnswered, { ...about, helpId, helper, answeredOn: answer.on }),
      ];
    }
    case 'extended': {
      const { until, reason: reasons } = fact.extension;
      return [told(contracts.recordObjectionExtended, { ...about, decisionDue: until, reasons })];
    }
    case 'decided': {
      const { outcome, on: decidedOn, reasons, remedies, corrected } = fact.decision;
      return [
        told(contracts.recordObjectionDecided, { ...about, outcome, decidedOn, reasons, remedies }),
        // Before the mark goes: whoever takes it off shows the record as it is right.
        ...(Object.keys(corrected).length > 0
          ? [
              told(contracts.recordObjectionUpheld, {
                ...about,
                upheldOn: decidedOn,
                reasons,
                corrected: ofRecord(corrected),
              }),
            ]
          : []),
        unmarked(decidedOn, outcome),
      ];
    }
    case 'withdrawn':
      return [unmarked(fact.on, 'withdrawn')];
    case 'lapsed':
      return [unmarked(fact.on, 'lapsed')];
    case 'overdue': {
      const { clock, due, helpId } = fact;
      const unit = objection.help.find((one) => one.id === helpId)?.unit ?? null;
      return [told(contracts.recordObjectionOverdue, { ...about, clock, due, unit })];
    }
    case 'accepted':
    case 'paused':
    case 'resumed':
      return [];
    default:
      return fact satisfies never;
  }
}

function refOf(objection: Objection): contracts.RecordObjectionRef {
  const { id, about, repairId, receivedOn, recordId, caseNo, department } = objection;
  if (recordId === undefined || about === 'listing')
    throw new Error(`objection ${id} is about an entry, not about a record`);
  return { id, about, repairId, receivedOn, record: { id: recordId, documentNo: caseNo }, department };
}

/** What a record reads otherwise; the rules let no other field through. */
function ofRecord(corrected: object): contracts.DataOf<typeof contracts.recordObjectionUpheld>['corrected'] {
  return { ...corrected };
}
