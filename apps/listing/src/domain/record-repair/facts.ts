import type { LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import type { Verification } from '../repair/entry.js';
import type { HandedIn } from '../repair/handed-in.js';
import type { Acceptance, FoundFalse, RecordRepairClock, Requested, Resumed } from './repair.js';

/** What became so with a request for the repair of a record. */
export type RecordRepairFact =
  | { type: 'requested'; request: Requested }
  | { type: 'supplemented'; handedIn: HandedIn; on: LocalDate; by: Hand }
  | { type: 'accepted'; acceptance: Acceptance; decisionDue: LocalDate | null }
  | { type: 'not-accepted'; answer: Acceptance }
  | { type: 'verified'; verification: Verification; ownTermEndsOn: LocalDate | null }
  | { type: 'extended'; decisionDue: LocalDate; reasons: string; on: LocalDate; by: Hand }
  | { type: 'granted'; answer: Acceptance }
  | { type: 'masked'; answer: Acceptance }
  | { type: 'resumed'; resumption: Resumed['resumption'] }
  | { type: 'refused'; answer: Acceptance }
  | { type: 'withdrawn'; on: LocalDate; by: Hand }
  | { type: 'lapsed'; on: LocalDate; reason: string }
  | {
      type: 'reopened';
      on: LocalDate;
      objectionId: string;
      acceptanceDue: LocalDate | null;
      decisionDue: LocalDate | null;
    }
  | { type: 'found-false'; found: FoundFalse['found'] }
  /** The calendar came in without which they could not be counted. */
  | { type: 'days-set'; on: LocalDate; acceptanceDue: LocalDate | null; decisionDue: LocalDate | null }
  | { type: 'overdue'; clock: RecordRepairClock; due: LocalDate };
