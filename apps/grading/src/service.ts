import { deadlineMigrations } from '#deadlines';
import { attachConsumer, messagingMigrations } from '#messaging';
import { Database, migrationFolder, type ServiceDefinition } from '#platform';
import { loadAllSeeds } from '#seeds';
import { GradingModule } from './grading.module.js';
import { seedModels } from './seeding.js';
import { ModelStore } from './store/model.store.js';

/** What this process is; specs build it without listening. */
export const grading: ServiceDefinition = {
  name: 'grading',
  description: 'Grades of credit subjects by published model versions, each with the trace that explains it.',
  module: GradingModule,
  migrations: [
    messagingMigrations,
    deadlineMigrations,
    { name: 'grading', folder: migrationFolder('apps/grading') },
  ],
  beforeListen: async (app) => {
    await seedModels(app.get(Database), app.get(ModelStore), loadAllSeeds());
    await attachConsumer(app);
  },
};
