export {
  Allow,
  type AuthenticatedRequest,
  checkVersion,
  Creates,
  CurrentActor,
  IfMatch,
  ownedBy,
  Public,
} from './access/access.js';
export { type Actor, actorLine, platformActor, type Role, ROLES } from './access/actor.js';
export { checkJson, parseJsonBody, storable } from './http/body.js';
export { calendarGauge } from './calendar-gauge.js';
export { Clock, MovableClock, SystemClock } from './clock.js';
export { type Context, continueTrace, currentContext, runInContext, traceIdOf } from './context.js';
export { isCommon } from './database/common-names.js';
export { Database } from './database/database.js';
export { databaseAway } from './database/database-away.js';
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
} from './http/fields.js';
export { csvLine } from './http/csv.js';
export { HealthRegistry } from './health.js';
export { RequestsInFlight } from './http/in-flight.js';
export { createLogger, LOGGER, type Logger } from './logger.js';
export { Metrics } from './metrics.js';
export { migrate, migrationFolder, type MigrationSet, platformMigrations } from './database/migrate.js';
export { newId } from './database/new-id.js';
export { INSTANT_PART, type Page, type PageRequest, PageQuery, pageOf, pageRequest } from './http/paging.js';
export { prepared } from './database/prepared.js';
export { type Problem, problemOf } from './http/problems.js';
export { Purpose } from './access/purpose.js';
export type { Queryable, QueryResult, Tx } from './database/queryable.js';
export { requestRefusals } from './http/request-refusals.js';
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
export { streamed } from './http/streamed.js';
export { type FieldError, InvalidRequest } from './http/validation.js';
