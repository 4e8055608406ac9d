import * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { Subject } from '../domain/case/case.js';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection } from '../domain/objection/objection.js';
import { type ObjectionEvent, objectionTellings } from './objection-tellings.js';
import { told } from './refs.js';

const EVENTS = {
  filed: contracts.recordObjectionFiled,
  marked: contracts.recordObjectionMarked,
  unmarked: contracts.recordObjectionUnmarked,
  accepted: contracts.recordObjectionAccepted,
  paused: contracts.recordObjectionPaused,
  resumed: contracts.recordObjectionResumed,
  helpRequested: contracts.recordObjectionHelpRequested,
  helpAnswered: contracts.recordObjectionHelpAnswered,
  extended: contracts.recordObjectionExtended,
  decided: contracts.recordObjectionDecided,
  overdue: contracts.recordObjectionOverdue,
} satisfies Record<ObjectionEvent, contracts.Contract>;

/** Facts of an objection to a record as events. What it must read is told before the mark goes. */
export function recordObjectionEventsOf(
  fact: ObjectionFact,
  objection: Objection,
  { id, kind, code, name, region }: Subject,
  decisionDue: LocalDate | null,
): Publication[] {
  const about = { recordObjection: refOf(objection), subject: { id, kind, code, name, region } };
  return objectionTellings(
    fact,
    objection,
    decisionDue,
    (event, data) => told<contracts.Contract>(EVENTS[event], { ...about, ...data }),
    ({ on: upheldOn, reasons, corrected }) =>
      Object.keys(corrected).length === 0
        ? []
        : [
            told(contracts.recordObjectionUpheld, {
              ...about,
              upheldOn,
              reasons,
              corrected: ofRecord(corrected),
            }),
          ],
  ).map((event) => ({ ...event, subject: id }));
}

function refOf(objection: Objection): contracts.RecordObjectionRef {
  const { id, about, repairId, receivedOn, recordId, caseNo, department } = objection;
  if (recordId === undefined || about === 'listing' || about === 'lifting')
    throw new Error(`objection ${id} is about an entry, not about a record`);
  return { id, about, repairId, receivedOn, record: { id: recordId, documentNo: caseNo }, department };
}

/** What a record reads otherwise; the rules let no other field through. */
function ofRecord(corrected: object): contracts.DataOf<typeof contracts.recordObjectionUpheld>['corrected'] {
  return { ...corrected };
}
