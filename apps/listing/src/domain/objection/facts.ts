import type { LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import type { Delivery } from '../procedure/service.js';
import type {
  Begun,
  Extension,
  Filed,
  HelpRequest,
  LateClock,
  ObjectionClock,
  ObjectionDecision,
  Open,
  Pause,
} from './objection.js';

/** What became so with an objection. */
export type ObjectionFact =
  | { type: 'filed'; objection: Filed | Open }
  | { type: 'accepted'; on: LocalDate; by: Hand }
  | { type: 'not-accepted'; on: LocalDate; reasons: string; remedies: string; by: Hand }
  | {
      type: 'help-requested';
      request: HelpRequest;
      /** Of a decision that was marked as late: its last day by the longer time, which is not missed yet. */
      decisionDue?: LocalDate;
    }
  | { type: 'help-answered'; helpId: string; unit: string; answer: NonNullable<HelpRequest['answer']> }
  | { type: 'paused'; why: Pause['why']; on: LocalDate; by: Hand }
  | { type: 'resumed'; on: LocalDate; by: Hand }
  | { type: 'material-named'; text: string; on: LocalDate; by: Hand }
  /** Nothing was named within the time: it is handled on what is there. */
  | { type: 'material-time-over'; on: LocalDate }
  | { type: 'material-received'; materials: string[]; on: LocalDate; by: Hand }
  | { type: 'extended'; extension: Extension }
  | { type: 'decided'; decision: ObjectionDecision }
  | { type: 'decision-served'; delivery: Delivery; by: Hand }
  | { type: 'withdrawn'; on: LocalDate; by: Hand; begun?: Begun; begunOn?: LocalDate }
  | { type: 'lapsed'; on: LocalDate; reason: string }
  /** The calendar came in without which they could not be counted; `markDue` null: known before. */
  | {
      type: 'days-set';
      on: LocalDate;
      markDue: LocalDate | null;
      clocks: { clock: ObjectionClock; dueOn: LocalDate }[];
    }
  | { type: 'overdue'; clock: LateClock; due: LocalDate; helpId: string | null };

export type ObjectionFactType = ObjectionFact['type'];
