import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeadlinesModule, Sweeper } from '#deadlines';
import { startOfDay } from '#kernel';
import { Clock, createLogger, createService, Database, MovableClock, serviceSettings } from '#platform';
import { loadAllSeeds, type Seeds } from '#seeds';
import { ChecksModule } from '../src/checks/checks.module.js';
import { CHECK_CLOCKS } from '../src/checks/store/check-log.js';
import { DISCIPLINE_CLOCKS } from '../src/discipline/commands/action-clocks.js';
import { DisciplineModule } from '../src/discipline/discipline.module.js';
import { INCENTIVE_CLOCKS } from '../src/incentives/commands/task-clocks.js';
import { PersonsModule } from '../src/persons/persons.module.js';
import { RulebookModule } from '../src/rulebook/rulebook.module.js';
import { LedgerModule } from '../src/ledger/ledger.module.js';
import { seedMeasures } from '../src/seeding.js';
import { measures } from '../src/service.js';

/** The service as it runs, but for its broker (specs hand events over themselves) and with clocks that wait to be swept. */
@Module({
  imports: [
    DeadlinesModule.forRoot({
      kinds: [...DISCIPLINE_CLOCKS, ...CHECK_CLOCKS, ...INCENTIVE_CLOCKS],
      sweepEveryMs: null,
    }),
    LedgerModule,
    DisciplineModule,
    ChecksModule,
    PersonsModule,
    RulebookModule,
  ],
})
class MeasuresWithoutBroker {}

export interface RunningMeasures {
  app: NestFastifyApplication;
  db: Database;
  /** to 09:00 in China of that day; what fell due until then is brought about */
  moveTo(day: string): Promise<void>;
  close(): Promise<void>;
}

export async function startMeasures(
  databaseUrl: string,
  issuer: Record<string, string>,
  day: string,
  seeds: Seeds = loadAllSeeds(),
): Promise<RunningMeasures> {
  const folder = mkdtempSync(join(tmpdir(), 'chengxin-measures-'));
  const settings = serviceSettings(measures, {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    CHENGXIN_CLOCK_FILE: join(folder, 'clock.json'),
    PORT: '7999',
    ...issuer,
  });
  const app = await createService(
    { ...measures, module: MeasuresWithoutBroker },
    settings,
    createLogger('measures', 'silent'),
  );
  const clock = app.get<MovableClock>(Clock);
  clock.moveTo(new Date(startOfDay(day).getTime() + 9 * 3_600_000));
  await seedMeasures(app.get(Database), seeds);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    db: app.get(Database),
    async moveTo(next) {
      clock.moveTo(new Date(startOfDay(next).getTime() + 9 * 3_600_000));
      await app.get(Sweeper).sweepDue();
    },
    async close() {
      await app.close();
      rmSync(folder, { recursive: true });
    },
  };
}
