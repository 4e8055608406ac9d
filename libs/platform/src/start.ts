import 'reflect-metadata';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type as T, type TObject } from '@sinclair/typebox';
import { Database } from './database/database.js';
import { HealthRegistry } from './health.js';
import { httpAdapter, prepareHttp } from './http/http.js';
import { createLogger, type Logger, NestLogger } from './logger.js';
import { migrate, type MigrationSet, platformMigrations } from './database/migrate.js';
import { serveOpenApi } from './http/open-api.js';
import { PlatformModule } from './platform.module.js';
import { checkRouteAccess } from './access/route-access.js';
import {
  baseProductionRules,
  baseSettings,
  type BaseSettings,
  ConfigurationError,
  type ProductionRule,
  readSettings,
} from './settings.js';

export interface ServiceDefinition {
  name: string;
  /** One sentence for the OpenAPI page. */
  description: string;
  module: Type;
  /** Migration sets beside the platform's own, in the order in which they run. */
  migrations?: readonly MigrationSet[];
  /** Settings beside the common ones; a TypeBox object with defaults. */
  settings?: TObject;
  productionRules?: readonly ProductionRule[];
  /** false: the service owns no database (console). */
  database?: boolean;
  /** false: the service neither tells nor hears events (identity); without a database it never does. */
  kafka?: boolean;
  /** Instead of the service's own `/openapi.json` and `/docs` (console: one page of all services). */
  openApi?: (app: NestFastifyApplication) => void;
  /** After migration, before requests: seeds, consumers, work queues. */
  beforeListen?: (app: NestFastifyApplication) => Promise<void> | void;
}

/** How long open requests and the running batch may take after SIGTERM. */
const STOP_LIMIT_MS = 12_000;

const KAFKA_SETTINGS = [
  'KAFKA_BROKERS',
  'CHENGXIN_TOPIC_PREFIX',
  'CHENGXIN_PARTITIONS',
  'CHENGXIN_REPLICATION',
  'CHENGXIN_RELAY',
] as const;

/** Settings of a service: the common ones and its own, every fault at once. */
export function serviceSettings(
  definition: ServiceDefinition,
  env: Record<string, string | undefined>,
): BaseSettings {
  const properties: Record<string, TObject['properties'][string]> = { ...baseSettings.properties };
  const unused = [
    ...(definition.database === false ? ['DATABASE_URL', 'DATABASE_POOL'] : []),
    ...(definition.database === false || definition.kafka === false ? KAFKA_SETTINGS : []),
  ];
  for (const name of unused) delete properties[name];
  // Its own last: the console knows the topics by name, though it never meets Kafka.
  Object.assign(properties, definition.settings?.properties);
  return readSettings(T.Object(properties), env, [
    baseProductionRules,
    ...(definition.productionRules ?? []),
  ]) as unknown as BaseSettings;
}

/** Builds the whole service without listening; specs use it with their own settings. */
export async function createService(
  definition: ServiceDefinition,
  settings: BaseSettings,
  logger: Logger,
): Promise<NestFastifyApplication> {
  @Module({})
  class Root {
    static of(): DynamicModule {
      return {
        module: Root,
        imports: [
          PlatformModule.forRoot({ settings, logger, database: definition.database }),
          definition.module,
        ],
      };
    }
  }
  const app = await NestFactory.create<NestFastifyApplication>(Root.of(), httpAdapter(), {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
  });
  prepareHttp(app);
  checkRouteAccess(app);
  if (definition.database !== false) {
    const database = app.get(Database);
    app.get(HealthRegistry).addReadiness('database', async () => {
      await database.query('SELECT 1');
    });
  }
  return app;
}

/**
 * The one way a service starts: settings checked, database migrated, module built, consumers attached,
 * listening; and the one way it stops: not ready, HTTP drained, batch finished, relay handed over.
 */
export async function startService(definition: ServiceDefinition): Promise<void> {
  const logger = createLogger(definition.name, process.env['LOG_LEVEL'] ?? 'info');
  try {
    const settings = serviceSettings(definition, process.env);
    const started = performance.now();
    if (definition.database !== false) {
      await migrate(settings.DATABASE_URL, [platformMigrations, ...(definition.migrations ?? [])], logger);
    }
    const app = await createService(definition, settings, logger);
    if (definition.openApi) definition.openApi(app);
    else serveOpenApi(app, definition.name, definition.description);
    stopOnSignal(app, logger);
    await definition.beforeListen?.(app);
    await app.listen(settings.PORT, settings.HOST);
    logger.info({ port: settings.PORT, ms: Math.round(performance.now() - started) }, 'ready');
  } catch (error) {
    if (error instanceof ConfigurationError) {
      for (const { name, fault } of error.faults) logger.fatal({ setting: name }, fault);
    } else logger.fatal({ err: error }, 'cannot start');
    process.exit(1);
  }
}

function stopOnSignal(app: NestFastifyApplication, logger: Logger): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    app.get(HealthRegistry).beginStop();
    setTimeout(() => {
      logger.error('stop took too long');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
}
