import { migrationFolder, type MigrationSet } from '#platform';

export {
  cancel,
  cancelAll,
  type Deadline,
  type NewDeadline,
  overdueDeadlines,
  type OverdueDeadline,
  schedule,
  scheduleAll,
  scheduleSame,
} from './deadline-store.js';
export { type DeadlinesOptions, DeadlinesModule } from './deadlines.module.js';
export { OnDeadline, OnDeadlines } from './on-deadline.js';
export { Sweeper, type SweepResult } from './sweeper.js';

/** The tables of the legal clocks, for the database of a service that keeps some. */
export const deadlineMigrations: MigrationSet = {
  name: 'deadlines',
  folder: migrationFolder('libs/deadlines'),
};
