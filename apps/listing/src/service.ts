import { deadlineMigrations } from '#deadlines';
import { attachConsumer, messagingMigrations } from '#messaging';
import { migrationFolder, type ServiceDefinition } from '#platform';
import { ListingModule } from './listing.module.js';
import { listingSettings } from './settings.js';

export const listing: ServiceDefinition = {
  name: 'listing',
  description: 'The procedure of law by which an entity comes onto a dishonesty list and off it.',
  module: ListingModule,
  settings: listingSettings,
  migrations: [
    messagingMigrations,
    deadlineMigrations,
    { name: 'listing', folder: migrationFolder('apps/listing') },
  ],
  beforeListen: attachConsumer,
};
