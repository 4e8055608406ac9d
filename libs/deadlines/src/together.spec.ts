import { EventEmitter } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { endOfDay } from '#kernel';
import type { Tx } from '#platform';
import { Clock, createLogger, Database, LOGGER, Metrics, RequestsInFlight } from '#platform';
import { movableClock, type TestClock, type TestDatabase, testDatabase } from '#testing';
import type { Deadline } from './deadline-store.js';
import { scheduleAll } from './deadline-store.js';
import { DeadlinesModule } from './deadlines.module.js';
import { OnDeadlines } from './on-deadline.js';
import { Sweeper } from './sweeper.js';

/** How many were handed over at once, and the ref that cannot be done. */
let sizes: number[] = [];
let cannot: string | undefined;

@Injectable()
class Terms {
  @OnDeadlines('case.term')
  async ended(deadlines: Deadline[], tx: Tx): Promise<void> {
    sizes.push(deadlines.length);
    await tx.query('INSERT INTO term_ended SELECT * FROM unnest($1::text[])', [
      deadlines.map(({ ref }) => ref),
    ]);
    if (deadlines.some(({ ref }) => ref === cannot)) throw new Error('cannot be done');
  }
}

let database: TestDatabase;
let clock: TestClock;
let app: INestApplicationContext;

beforeAll(async () => {
  database = await testDatabase('deadlines');
  await database.db.query('CREATE TABLE term_ended (ref text PRIMARY KEY)');
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.query('TRUNCATE deadlines.deadline, term_ended');
  clock = movableClock('2024-11-04T09:00:00+08:00');
  [sizes, cannot] = [[], undefined];
  const logger = createLogger('spec', 'silent');
  const parts = [
    {
      provide: Database,
      useFactory: () => new Database({ DATABASE_URL: database.url, DATABASE_POOL: 4 }, logger),
    },
    { provide: Clock, useValue: clock },
    { provide: LOGGER, useValue: logger },
    Metrics,
    RequestsInFlight,
  ];
  @Module({})
  class Parts {}
  @Module({})
  class Service {}
  app = await NestFactory.createApplicationContext(
    {
      module: Service,
      imports: [
        { module: Parts, global: true, providers: parts, exports: parts },
        DeadlinesModule.forRoot({ kinds: ['case.term'], sweepEveryMs: null }),
      ],
      providers: [Terms],
    },
    { logger: false },
  );
});
afterEach(() => app.close());

const due = (count: number): Promise<void> =>
  database.db.transaction((tx) =>
    scheduleAll(
      tx,
      Array.from({ length: count }, (_, index) => ({
        kind: 'case.term',
        ref: `case-${String(index).padStart(4, '0')}`,
        dueAt: endOfDay('2024-11-03'),
      })),
    ),
  );
const count = async (sql: string): Promise<number> =>
  (await database.db.query<{ count: number }>(sql)).rows[0]!.count;

describe('deadlines of a kind that fall due together', () => {
  test('are brought about a hundred at a time, each once', async () => {
    await due(250);
    expect(await app.get(Sweeper).sweepDue()).toEqual({ done: 250, postponed: 0 });
    expect(sizes[0]).toBe(100);
    expect(Math.max(...sizes)).toBe(100);
    expect(sizes.length).toBeLessThanOrEqual(5); // two lanes may divide the rest unevenly
    expect(await count('SELECT count(*) FROM term_ended')).toBe(250);
    expect(await app.get(Sweeper).sweepDue()).toEqual({ done: 0, postponed: 0 });
  });

  test('do not wait for one that cannot be done: its batch is repeated one by one', async () => {
    await due(150);
    cannot = 'case-0007';
    // On a slow machine it is due again before the others are through.
    const { done, postponed } = await app.get(Sweeper).sweepDue();
    expect(done).toBe(149);
    expect(postponed).toBeGreaterThanOrEqual(1);
    expect(sizes.slice(0, 3)).toEqual([100, 1, 1]);
    expect(Math.max(...sizes.slice(1))).toBeGreaterThanOrEqual(50);
    expect(await count('SELECT count(*) FROM term_ended')).toBe(149);
    expect(
      await count('SELECT count(*) FROM deadlines.deadline WHERE outcome IS NULL AND attempts >= 1'),
    ).toBe(1);
  });

  test('are brought about in one lane while people ask, and all of them, however many ask', async () => {
    const requests = app.get(RequestsInFlight);
    requests.add(new EventEmitter()); // never answered
    const again = setInterval(() => requests.add(new EventEmitter()), 50);
    await due(250);
    const { done } = await app
      .get(Sweeper)
      .sweepDue()
      .finally(() => clearInterval(again));
    expect(done).toBe(250);
    expect(sizes).toEqual([100, 100, 50]);
    expect(await count('SELECT count(*) FROM term_ended')).toBe(250);
  });

  test('are shared by two who sweep at once', async () => {
    await due(400);
    const [one, other] = await Promise.all([app.get(Sweeper).sweepDue(), app.get(Sweeper).sweepDue()]);
    expect(one.done + other.done).toBe(400);
    expect(await count('SELECT count(*) FROM term_ended')).toBe(400);
  });
});
