import type { ServiceDefinition } from '#platform';
import { ConsoleModule } from './console.module.js';
import { serveMergedOpenApi } from './openapi/serve.js';
import { consoleSettings } from './settings.js';

export const consoleService: ServiceDefinition = {
  name: 'console',
  description: 'The one address for people and systems; passes requests on to the services.',
  module: ConsoleModule,
  settings: consoleSettings,
  database: false,
  openApi: (app) => serveMergedOpenApi(app),
};
