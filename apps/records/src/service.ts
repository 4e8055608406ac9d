import { attachConsumer, messagingMigrations } from '#messaging';
import { migrationFolder, type ServiceDefinition } from '#platform';
import { Catalogue } from './catalogue/catalogue.js';
import { RecordsModule } from './records.module.js';
import { KeyCheck } from './sealing/key-check.js';
import { noDevelopmentKey, recordsSettings } from './settings.js';

/** What starts as the service, and what specs build without listening. */
export const recordsService: ServiceDefinition = {
  name: 'records',
  description:
    'Credit subjects, the information catalogue, credit records one by one and as files, the credit file.',
  module: RecordsModule,
  migrations: [messagingMigrations, { name: 'records', folder: migrationFolder('apps/records') }],
  settings: recordsSettings,
  productionRules: [noDevelopmentKey],
  async beforeListen(app) {
    await app.get(KeyCheck).run();
    await app.get(Catalogue).load();
    await attachConsumer(app);
  },
};
