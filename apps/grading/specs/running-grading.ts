import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeadlinesModule, Sweeper } from '#deadlines';
import { startOfDay } from '#kernel';
import { Clock, createLogger, createService, Database, MovableClock, serviceSettings } from '#platform';
import { loadAllSeeds } from '#seeds';
import { DECAY } from '../src/commands/regrade.js';
import { gradingParts } from '../src/grading.module.js';
import { seedModels } from '../src/seeding.js';
import { grading } from '../src/service.js';
import { ModelStore } from '../src/store/model.store.js';

/** The service as it runs, but for its broker (specs hand events over themselves) and with clocks that wait to be swept. */
@Module({ ...gradingParts, imports: [DeadlinesModule.forRoot({ kinds: [DECAY], sweepEveryMs: null })] })
class GradingWithoutBroker {}

export interface RunningGrading {
  app: NestFastifyApplication;
  db: Database;
  /** to 09:00 in China of that day; what fell due until then is brought about */
  moveTo(day: string): Promise<void>;
  close(): Promise<void>;
}

export async function startGrading(
  databaseUrl: string,
  issuer: Record<string, string>,
  day: string,
): Promise<RunningGrading> {
  const folder = mkdtempSync(join(tmpdir(), 'chengxin-grading-'));
  const settings = serviceSettings(grading, {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    CHENGXIN_CLOCK_FILE: join(folder, 'clock.json'),
    PORT: '7999',
    ...issuer,
  });
  const app = await createService(
    { ...grading, module: GradingWithoutBroker },
    settings,
    createLogger('grading', 'silent'),
  );
  const clock = app.get<MovableClock>(Clock);
  clock.moveTo(new Date(startOfDay(day).getTime() + 9 * 3_600_000));
  await seedModels(app.get(Database), app.get(ModelStore), loadAllSeeds());
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
