import type { CalendarYear } from '#kernel';
import type { Instrument } from './basis.js';
import type { ClueRule } from './clue-rule.js';
import type {
  Constraint,
  DisciplineClock,
  DisciplineMeasure,
  DisciplineRule,
  DisciplineSupplement,
  NotAppliedReason,
} from './discipline.js';
import type { DocumentTemplate } from './document-template.js';
import type { GradeModel } from './grade-model.js';
import type { IncentiveReason, IncentiveRule } from './incentive.js';
import type { ListTypeVersion, ProcedureRule, RemovalCondition } from './list-type.js';
import type { Measure } from './measure.js';
import type { ListObjectionRule } from './objection-rule.js';
import type { RecordType, SeverityRule } from './record-type.js';
import type { OrdinanceClock, RepairRule } from './repair-rule.js';
import type { Unit } from './unit.js';

/** A year of the working calendar, with where it was read. */
export interface CalendarSeed extends CalendarYear {
  /** The State Council's notice. */
  noticeUrl: string;
  source: string;
}

/** Every kind of seed and the rows that its file `seeds/<kind>.json` (or folder) holds. */
export interface Seeds {
  instruments: Instrument[];
  measures: Measure[];
  units: Unit[];
  'list-types': ListTypeVersion[];
  'removal-conditions': RemovalCondition[];
  'procedure-rules': ProcedureRule[];
  'repair-rules': RepairRule[];
  'ordinance-clocks': OrdinanceClock[];
  'objection-rules': ListObjectionRule[];
  'clue-rules': ClueRule[];
  'discipline-catalogue': DisciplineMeasure[];
  'discipline-supplement': DisciplineSupplement[];
  constraints: Constraint[];
  'discipline-rules': DisciplineRule[];
  'discipline-clocks': DisciplineClock[];
  'not-applied-reasons': NotAppliedReason[];
  incentives: IncentiveRule[];
  'incentive-reasons': IncentiveReason[];
  'grade-models': GradeModel[];
  'record-types': RecordType[];
  'severity-rules': SeverityRule[];
  'document-templates': DocumentTemplate[];
  calendars: CalendarSeed[];
}
export type SeedKind = keyof Seeds;

/** In the order in which a database must load them: a row may cite rows of the kinds before it. */
export const seedKinds = [
  'instruments',
  'calendars',
  'units',
  'list-types',
  'removal-conditions',
  'procedure-rules',
  'measures',
  'repair-rules',
  'ordinance-clocks',
  'objection-rules',
  'clue-rules',
  'discipline-catalogue',
  'discipline-supplement',
  'constraints',
  'discipline-rules',
  'discipline-clocks',
  'not-applied-reasons',
  'grade-models',
  'incentives',
  'incentive-reasons',
  'record-types',
  'severity-rules',
  'document-templates',
] as const satisfies readonly SeedKind[];
