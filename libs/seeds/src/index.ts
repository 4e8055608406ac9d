/** Law as data: the rows of `seeds/`, their types, and the checks that refuse rows which contradict others. */
export {
  type Confirmed,
  type Instrument,
  type InstrumentRank,
  type LegalBasis,
  type Seeded,
  validOn,
} from './basis.js';
export { assertSeeds, checkSeeds } from './check-seeds.js';
export { type ClueRule, type ClueRuleSource } from './clue-rule.js';
export { type Contradiction } from './contradiction.js';
export { FINDINGS_ZH, type ListFinding } from './finding-texts.js';
export {
  BUSINESS_FIELDS,
  type BusinessField,
  CONSTRAINED,
  type Constraint,
  type DisciplineClass,
  type DisciplineClock,
  type DisciplineMeasure,
  type DisciplineRule,
  type DisciplineSupplement,
  type NotAppliedReason,
  type Orderable,
  orderableById,
  type PersonOfEntity,
  PERSONS_OF_ENTITY,
  type StatutoryTerm,
} from './discipline.js';
export {
  type DocumentKind,
  documentKinds,
  type DocumentTemplate,
  type TemplateBlock,
} from './document-template.js';
export {
  type GradeBand,
  type GradeClass,
  type GradeClassCode,
  type GradeIndicator,
  type GradeModel,
  type GradeVeto,
  type IndicatorSource,
} from './grade-model.js';
export { type IncentiveReason, type IncentiveRule } from './incentive.js';
export { listTypeOn, procedureOn, seriousKinds, unitsBehind } from './list-rules.js';
export {
  type BoundPerson,
  type Capacity,
  type ConductKind,
  type DecisionClock,
  type EarlyRemovalRule,
  type FalseMaterialRule,
  type ListKey,
  listKeys,
  type ListSteps,
  type ListTerm,
  type ListTypeVersion,
  type ProcedureRule,
  type PublicationRule,
  type RelistingBar,
  type RemovalCondition,
  type TermStart,
  type UnitLevel,
} from './list-type.js';
export { loadAllSeeds, loadSeeds, seedsFolder } from './load.js';
export { type Measure } from './measure.js';
export { type ListObjectionAbout, type ListObjectionRule } from './objection-rule.js';
export { type RecordField, type RecordFieldKind, type RecordType, type SeverityRule } from './record-type.js';
export {
  type OrdinanceClock,
  type RepairClock,
  type RepairKind,
  type RepairRule,
  type Severity,
} from './repair-rule.js';
export { type CalendarSeed, seedKinds, type SeedKind, type Seeds } from './seed-files.js';
export { severityRuleFor, severityRuleOf } from './severity.js';
export { type CollectiveRule, type Unit, type UnitKind } from './unit.js';
