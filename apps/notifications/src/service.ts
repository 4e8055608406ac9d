import { attachConsumer, messagingMigrations } from '#messaging';
import { migrationFolder, type ServiceDefinition } from '#platform';
import { NotificationsModule } from './notifications.module.js';
import { notificationProductionRules, notificationSettings } from './settings.js';

export const notifications: ServiceDefinition = {
  name: 'notifications',
  description: 'Tells parties, departments and subscribers what was decided, and keeps the proof.',
  module: NotificationsModule,
  migrations: [messagingMigrations, { name: 'notifications', folder: migrationFolder('apps/notifications') }],
  settings: notificationSettings,
  productionRules: [notificationProductionRules],
  beforeListen: attachConsumer,
};
