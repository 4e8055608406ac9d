export {
  Allow,
  type AuthenticatedRequest,
  checkVersion,
  Creates,
  CurrentActor,
  IfMatch,
  ownedBy,
  Public,
} from './access.js';
export { type Actor, actorLine, platformActor, type Role, ROLES } from './actor.js';
export { checkJson, parseJsonBody, storable } from './body.js';
export { calendarGauge } from './calendar-gauge.js';
export { Clock, MovableClock, SystemClock } from './clock.js';
export { type Context, continueTrace, currentContext, runInContext, traceIdOf } from './context.js';
export { Database } from './database.js';
export { databaseAway } from './database-away.js';
export {
  ChoiceField,
  DateField,
  FlagField,
  InstantField,
  IntegerField,
  JsonField,
  ListField,
  NumberField,
  ObjectField,
  TextField,
} from './fields.js';
export { csvLine } from './csv.js';
export { HealthRegistry } from './health.js';
export { createLogger, LOGGER, type Logger } from './logger.js';
export { Metrics } from './metrics.js';
export { migrate, migrationFolder, type MigrationSet, platformMigrations } from './migrate.js';
export { newId } from './new-id.js';
export { INSTANT_PART, type Page, type PageRequest, PageQuery, pageOf, pageRequest } from './paging.js';
export { prepared } from './prepared.js';
export { type Problem, problemOf } from './problems.js';
export { Purpose } from './purpose.js';
export type { Queryable, QueryResult, Tx } from './queryable.js';
export { requestRefusals } from './request-refusals.js';
export {
  BASE_SETTINGS,
  baseSettings,
  type BaseSettings,
  ConfigurationError,
  type ProductionRule,
  readSettings,
  type SettingFault,
  SETTINGS,
} from './settings.js';
export { createService, type ServiceDefinition, serviceSettings, startService } from './start.js';
export { streamed } from './streamed.js';
export { type FieldError, InvalidRequest } from './validation.js';
