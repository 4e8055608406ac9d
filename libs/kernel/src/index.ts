export {
  type CitizenIdCheck,
  citizenIdCheckCharacter,
  type CitizenIdFault,
  checkCitizenId,
} from './citizen-id.js';
export {
  checkCreditCode,
  type CreditCodeCheck,
  creditCodeCheckCharacter,
  type CreditCodeFault,
  organisationCheckCharacter,
} from './credit-code.js';
export {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dateRefusals,
  daysBetween,
  endOfDay,
  isLocalDate,
  type LocalDate,
  localDateOf,
  parseLocalDate,
  startOfDay,
  weekdayOf,
} from './local-date.js';
export { maskCitizenId, maskName } from './masking.js';
export { withoutPersonalNumbers } from './personal-numbers.js';
export { deadline, type Period, periodEnd, periodRefusals, type PeriodUnit } from './period.js';
export {
  defineRefusals,
  Refusal,
  type RefusalDefinition,
  type RefusalFacts,
  type RefusalKind,
  type Refusals,
} from './refusal.js';
export { divisionOf, HEILONGJIANG, HEILONGJIANG_DIVISIONS, type Region, regionByCode } from './region.js';
export { isSubjectKind, SUBJECT_KIND_NAMES, SUBJECT_KINDS, type SubjectKind } from './subject-kind.js';
export {
  calendarRefusals,
  type CalendarYear,
  whereKnown,
  type WorkingCalendar,
  workingCalendar,
} from './working-calendar.js';
