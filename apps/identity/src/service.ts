import { migrationFolder, type ServiceDefinition } from '#platform';
import { LoadSeeds } from './commands/load-seeds.js';
import { IdentityModule } from './identity.module.js';
import { identityProductionRules, identitySettings } from './settings.js';

export const identity: ServiceDefinition = {
  name: 'identity',
  description: 'Units, logins of people and systems, and the OpenID provider that issues their tokens.',
  module: IdentityModule,
  kafka: false,
  migrations: [{ name: 'identity', folder: migrationFolder('apps/identity') }],
  settings: identitySettings,
  productionRules: [identityProductionRules],
  beforeListen: (app) => app.get(LoadSeeds).run(),
};
