import * as contracts from '#contracts';
import type { Publication } from '#messaging';
import type { RecordRepairFact } from '../domain/record-repair/facts.js';
import { aimOf, type RecordRepair } from '../domain/record-repair/repair.js';
import { told, type Telling } from './refs.js';

/** Facts of the repair of a record as events. */
export function recordRepairEventsOf(fact: RecordRepairFact, repair: RecordRepair): Publication[] {
  return tellings(fact, repair).map((event) => ({ ...event, subject: repair.subject.id }));
}

function tellings(fact: RecordRepairFact, repair: RecordRepair): Telling[] {
  const { id, record, department, subject } = repair;
  const about = { repair: { id, record, department }, subject };
  switch (fact.type) {
    case 'requested': {
      const { requestedOn, acceptanceDue, decisionDue } = fact.request;
      const aim = aimOf(fact.request);
      return [told(contracts.repairRequested, { ...about, aim, requestedOn, acceptanceDue, decisionDue })];
    }
    case 'accepted': {
      const { acceptance, decisionDue } = fact;
      return [told(contracts.repairAccepted, { ...about, acceptedOn: acceptance.on, decisionDue })];
    }
    case 'not-accepted': {
      const { on: answeredOn, text: gaps } = fact.answer;
      return [told(contracts.repairIncomplete, { ...about, answeredOn, gaps })];
    }
    case 'extended': {
      const { decisionDue, reasons } = fact;
      return [told(contracts.repairExtended, { ...about, decisionDue, reasons })];
    }
    case 'granted': {
      const { on: grantedOn, text: reasons } = fact.answer;
      return [told(contracts.repairGranted, { ...about, grantedOn, reasons })];
    }
    case 'masked': {
      const { on: maskedOn, text: reasons } = fact.answer;
      const why = aimOf(repair) === 'stay' ? 'stay' : 'plan';
      return [
        told(contracts.repairMasked, { ...about, why, maskedOn, rulingNo: repair.rulingNo ?? '', reasons }),
      ];
    }
    case 'resumed': {
      const { on: resumedOn, documentNo, reasons } = fact.resumption;
      return [told(contracts.repairResumed, { ...about, resumedOn, documentNo, reasons })];
    }
    case 'refused': {
      const { on: refusedOn, text: reasons } = fact.answer;
      return [told(contracts.repairRefused, { ...about, refusedOn, reasons })];
    }
    case 'withdrawn':
      return [told(contracts.repairWithdrawn, { ...about, withdrawnOn: fact.on })];
    case 'lapsed':
      return [told(contracts.repairLapsed, { ...about, lapsedOn: fact.on, reasons: fact.reason })];
    case 'reopened': {
      const { on: reopenedOn, acceptanceDue, decisionDue } = fact;
      return [told(contracts.repairReopened, { ...about, reopenedOn, acceptanceDue, decisionDue })];
    }
    case 'found-false': {
      const { on: foundOn, cause, reasons, shownUntil, barredUntil } = fact.found;
      return [
        told(contracts.repairFoundFalse, { ...about, foundOn, cause, reasons, shownUntil, barredUntil }),
      ];
    }
    case 'overdue':
      return [told(contracts.repairOverdue, { ...about, clock: fact.clock, due: fact.due })];
    // What it says is read where it is handled.
    case 'supplemented':
    case 'days-set':
    // What was found inside the unit is told with the decision.
    case 'verified':
      return [];
    default:
      return fact satisfies never;
  }
}
