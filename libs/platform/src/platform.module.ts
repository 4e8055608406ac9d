import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './access/access-guard.js';
import { Clock, MovableClock, SystemClock } from './clock.js';
import { Database } from './database/database.js';
import { DevelopmentClockController } from './development.js';
import { EtagInterceptor } from './http/etag.js';
import { RequestsInFlight } from './http/in-flight.js';
import { HealthController, HealthRegistry } from './health.js';
import { IdempotencySweep } from './http/idempotency-sweep.js';
import { LOGGER, type Logger } from './logger.js';
import { Metrics, MetricsController } from './metrics.js';
import { ProblemFilter } from './http/problems.js';
import { BASE_SETTINGS, type BaseSettings, SETTINGS } from './settings.js';
import { Tokens } from './access/tokens.js';
import { requestValidation } from './http/validation.js';

export interface PlatformOptions {
  settings: BaseSettings;
  logger: Logger;
  /** false for the console, which owns no database */
  database?: boolean;
  /** replaces the clock in specs */
  clock?: Clock;
}

/** What every service has: settings, clock, database, logs, metrics, health, guard, problems. */
@Module({})
export class PlatformModule {
  static forRoot(options: PlatformOptions): DynamicModule {
    const { settings, logger } = options;
    const file = settings.NODE_ENV === 'production' ? undefined : settings.CHENGXIN_CLOCK_FILE;
    const clock = options.clock ?? (file ? new MovableClock(file) : new SystemClock());
    const shared: (Type | symbol | typeof Clock)[] = [
      Clock,
      HealthRegistry,
      Metrics,
      RequestsInFlight,
      Tokens,
      LOGGER,
      SETTINGS,
      BASE_SETTINGS,
    ];
    if (options.database !== false) shared.push(Database);
    return {
      module: PlatformModule,
      global: true,
      controllers: [
        HealthController,
        MetricsController,
        ...(clock instanceof MovableClock ? [DevelopmentClockController] : []),
      ],
      providers: [
        { provide: BASE_SETTINGS, useValue: settings },
        { provide: SETTINGS, useValue: settings },
        { provide: LOGGER, useValue: logger },
        { provide: Clock, useValue: clock },
        HealthRegistry,
        Metrics,
        RequestsInFlight,
        Tokens,
        ...(options.database === false ? [] : [Database, IdempotencySweep]),
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: requestValidation },
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
      ],
      exports: shared as Type[],
    };
  }
}
