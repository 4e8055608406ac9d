import { deadlineMigrations } from '#deadlines';
import { attachConsumer, messagingMigrations } from '#messaging';
import { Database, migrationFolder, type ServiceDefinition } from '#platform';
import { loadAllSeeds } from '#seeds';
import { MeasuresModule } from './measures.module.js';
import { seedMeasures } from './seeding.js';
import { measuresSettings } from './settings.js';

/** What this process is; specs build it without listening. */
export const measures: ServiceDefinition = {
  name: 'measures',
  description: 'The 45 measures of the provincial opinion, and the discipline that follows from a listing.',
  module: MeasuresModule,
  settings: measuresSettings,
  migrations: [
    messagingMigrations,
    deadlineMigrations,
    { name: 'measures', folder: migrationFolder('apps/measures') },
  ],
  beforeListen: async (app) => {
    await seedMeasures(app.get(Database), loadAllSeeds());
    await attachConsumer(app);
  },
};
