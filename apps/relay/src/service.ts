import { Module } from '@nestjs/common';
import { Type } from '@sinclair/typebox';
import { messagingMigrations, RelayModule } from '#messaging';
import type { ServiceDefinition } from '#platform';

@Module({ imports: [RelayModule.forRoot('CHENGXIN_RELAY_OF')] })
class RelayProcess {}

/** A relay apart from its service: it shares nothing with it but the database. */
export const relay: ServiceDefinition = {
  name: 'relay',
  description: 'Carries the outbox of one service to Kafka.',
  module: RelayProcess,
  migrations: [messagingMigrations],
  settings: Type.Object({
    CHENGXIN_RELAY_OF: Type.String({
      pattern: '^[a-z][a-z-]*$',
      description: 'name of the service whose database DATABASE_URL is',
    }),
  }),
};
