import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { endOfDay } from '#kernel';
import type { Tx } from '#platform';
import { Clock, createLogger, currentContext, Database, LOGGER, Metrics } from '#platform';
import { eventually, movableClock, type TestClock, type TestDatabase, testDatabase } from '#testing';
import type { Deadline } from './deadline-store.js';
import { cancel, overdueDeadlines, schedule, scheduleAll, scheduleSame } from './deadline-store.js';
import { DeadlinesModule } from './deadlines.module.js';
import { OnDeadline } from './on-deadline.js';
import { Sweeper } from './sweeper.js';

/** What the next handler does beside writing that it ran; a spec sets it. */
let also: (deadline: Deadline, tx: Tx) => Promise<unknown> = async () => undefined;

@Injectable()
class Cases {
  @OnDeadline('case.defence')
  async defenceEnded(deadline: Deadline, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO brought_about (ref, data) VALUES ($1, $2)', [deadline.ref, deadline.data]);
    await also(deadline, tx);
  }

  @OnDeadline('case.expiry')
  async expired(deadline: Deadline<{ list: string }>, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO brought_about (ref, data) VALUES ($1, $2)', [
      deadline.ref,
      { list: deadline.data.list },
    ]);
  }
}

let database: TestDatabase;
let clock: TestClock;
const started: INestApplicationContext[] = [];

beforeAll(async () => {
  database = await testDatabase('deadlines');
  await database.db.query('CREATE TABLE brought_about (ref text NOT NULL, data jsonb)');
  await database.db.query(`CREATE TABLE a_case (id text PRIMARY KEY)`);
  await database.db.query(`INSERT INTO a_case VALUES ('c1')`);
});
afterAll(() => database.drop());

beforeEach(async () => {
  await database.db.query('TRUNCATE deadlines.deadline, brought_about');
  clock = movableClock('2024-11-04T09:00:00+08:00');
  also = async () => undefined;
});
afterEach(async () => {
  for (const app of started.splice(0)) await app.close();
});

/** One process of the service: its own pool, the same database. */
async function startService(sweepEveryMs: number | null = null, kinds = ['case.defence', 'case.expiry']) {
  const logger = createLogger('spec', 'silent');
  const parts = [
    {
      provide: Database,
      useFactory: () => new Database({ DATABASE_URL: database.url, DATABASE_POOL: 4 }, logger),
    },
    { provide: Clock, useValue: clock },
    { provide: LOGGER, useValue: logger },
    Metrics,
  ];
  @Module({})
  class Parts {}
  @Module({})
  class Service {}
  const app = await NestFactory.createApplicationContext(
    {
      module: Service,
      imports: [
        { module: Parts, global: true, providers: parts, exports: parts },
        DeadlinesModule.forRoot({ kinds, sweepEveryMs }),
      ],
      providers: kinds.length > 0 ? [Cases] : [],
    },
    { logger: false, abortOnError: false },
  );
  started.push(app);
  return { sweeper: app.get(Sweeper), metrics: app.get(Metrics) };
}

const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction(work);

async function broughtAbout(): Promise<string[]> {
  const { rows } = await database.db.query<{ ref: string }>('SELECT ref FROM brought_about ORDER BY ref');
  return rows.map((row) => row.ref);
}

interface Row {
  ref: string;
  outcome: string | null;
  attempts: number;
  last_error: string | null;
  wait: number | null;
}
async function rows(): Promise<Row[]> {
  const result = await database.db.query<Row>(
    `SELECT ref, outcome, attempts, last_error, extract(epoch FROM next_try_at - now())::float8 AS wait
     FROM deadlines.deadline ORDER BY id`,
  );
  return result.rows;
}

describe('a legal clock', () => {
  test('given a defence period to the end of a day, when that day is over, its handler runs once', async () => {
    const { sweeper } = await startService();
    await write((tx) =>
      schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: endOfDay('2024-11-11'), data: { round: 1 } }),
    );
    clock.moveTo('2024-11-11T23:59:59.999+08:00');
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    clock.moveTo('2024-11-12T00:00:00+08:00');
    expect(await sweeper.sweepDue()).toEqual({ done: 1, postponed: 0 });
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    expect(await broughtAbout()).toEqual(['c1']);
    expect(await rows()).toMatchObject([{ outcome: 'done', attempts: 0 }]);
  });

  test('runs down in the order of its instants, whatever the order of writing', async () => {
    const order: string[] = [];
    also = async ({ ref, dueAt }) => order.push(`${ref} ${dueAt.toISOString()}`);
    const { sweeper } = await startService();
    await write((tx) =>
      scheduleAll(tx, [
        { kind: 'case.defence', ref: 'later', dueAt: new Date('2024-11-03T00:00:00Z') },
        { kind: 'case.defence', ref: 'earlier', dueAt: new Date('2024-11-02T00:00:00Z') },
      ]),
    );
    await sweeper.sweepDue();
    expect(order).toEqual(['earlier 2024-11-02T00:00:00.000Z', 'later 2024-11-03T00:00:00.000Z']);
  });

  test('does not start when its transaction does not commit', async () => {
    const failing = write(async (tx) => {
      await schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() });
      throw new Error('the decision was refused');
    });
    await expect(failing).rejects.toThrow('refused');
    expect(await rows()).toEqual([]);
  });

  test('scheduled again, it is replaced and its failures are forgotten', async () => {
    const { sweeper } = await startService();
    await write((tx) =>
      schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now(), data: { round: 1 } }),
    );
    also = async () => Promise.reject(new Error('not yet'));
    await sweeper.sweepDue();
    await write((tx) =>
      schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: endOfDay('2024-11-20'), data: { round: 2 } }),
    );
    expect(await rows()).toMatchObject([{ outcome: null, attempts: 0, last_error: null, wait: null }]);
    also = async () => undefined;
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    expect(await sweeper.sweepDue(endOfDay('2024-11-20'))).toEqual({ done: 1, postponed: 0 });
    expect((await database.db.query('SELECT data FROM brought_about')).rows).toEqual([
      { data: { round: 2 } },
    ]);
  });

  test('of several for one thing in one list the last counts; other kinds of the same thing are others', async () => {
    await write((tx) =>
      scheduleAll(tx, [
        { kind: 'case.defence', ref: 'c1', dueAt: endOfDay('2024-11-10') },
        { kind: 'case.expiry', ref: 'c1', dueAt: endOfDay('2027-11-10'), data: { list: 'WAGE' } },
        { kind: 'case.defence', ref: 'c1', dueAt: endOfDay('2024-11-15') },
      ]),
    );
    const { rows: live } = await database.db.query(
      'SELECT kind, due_at FROM deadlines.deadline ORDER BY kind',
    );
    expect(live).toEqual([
      { kind: 'case.defence', due_at: endOfDay('2024-11-15') },
      { kind: 'case.expiry', due_at: endOfDay('2027-11-10') },
    ]);
    await write((tx) => scheduleAll(tx, []));
  });

  test('the same for many things is what each would have been given; live ones are replaced', async () => {
    const live = { kind: 'case.defence', ref: 'c2', dueAt: endOfDay('2024-11-10'), data: { round: 1 } };
    await write((tx) => schedule(tx, live));
    const clocks = [
      { kind: 'case.defence', dueAt: endOfDay('2024-11-15') },
      { kind: 'case.expiry', dueAt: endOfDay('2027-11-10') },
    ];
    await write((tx) => scheduleSame(tx, clocks, ['c3', 'c1', 'c2']));
    await write((tx) => scheduleSame(tx, clocks, []));
    await write((tx) => scheduleSame(tx, [], ['c4']));
    const { rows: found } = await database.db.query(
      'SELECT kind, ref, due_at, data FROM deadlines.deadline WHERE outcome IS NULL ORDER BY kind, ref',
    );
    expect(found).toEqual(
      clocks.flatMap(({ kind, dueAt }) =>
        ['c1', 'c2', 'c3'].map((ref) => ({ kind, ref, due_at: dueAt, data: {} })),
      ),
    );
  });

  test('cancelled, it never runs; a second cancel finds nothing', async () => {
    const { sweeper } = await startService();
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    expect(await write((tx) => cancel(tx, 'case.defence', 'c1'))).toBe(true);
    expect(await write((tx) => cancel(tx, 'case.defence', 'c1'))).toBe(false);
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    expect(await rows()).toMatchObject([{ outcome: 'cancelled' }]);
  });

  test('started again by its own handler, it is a new one', async () => {
    const { sweeper } = await startService();
    also = async (deadline, tx) => schedule(tx, { ...deadline, dueAt: endOfDay('2025-11-04') });
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'yearly', dueAt: clock.now() }));
    expect(await sweeper.sweepDue()).toEqual({ done: 1, postponed: 0 });
    expect(await rows()).toMatchObject([{ outcome: 'done' }, { outcome: null }]);
  });

  test('acts in the name of the service and in a trace of its own', async () => {
    const seen: unknown[] = [];
    also = async () => seen.push(currentContext());
    const { sweeper } = await startService();
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    await sweeper.sweepDue();
    expect(seen).toEqual([
      {
        traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
        actor: expect.objectContaining({ kind: 'system', id: 'chengxin-case' }),
      },
    ]);
  });
});

describe('a handler that fails', () => {
  test('leaves nothing behind but its error, and does not hold up the others', async () => {
    const { sweeper, metrics } = await startService();
    also = async ({ ref }) => (ref === 'bad' ? Promise.reject(new Error('no such case')) : undefined);
    await write((tx) =>
      scheduleAll(tx, [
        { kind: 'case.defence', ref: 'bad', dueAt: new Date('2024-11-01T00:00:00Z') },
        { kind: 'case.defence', ref: 'good', dueAt: new Date('2024-11-02T00:00:00Z') },
      ]),
    );
    await database.db.query('UPDATE deadlines.deadline SET attempts = 11'); // an hour's pause, not two seconds
    expect(await sweeper.sweepDue()).toEqual({ done: 1, postponed: 1 });
    expect(await broughtAbout()).toEqual(['good']);
    const bad = (await rows()).find((row) => row.ref === 'bad')!;
    expect(bad).toMatchObject({ outcome: null, attempts: 12, last_error: 'no such case' });
    expect(bad.wait).toBeGreaterThan(1);
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    expect(await overdueDeadlines(database.db, clock.now())).toMatchObject([
      { kind: 'case.defence', ref: 'bad', attempts: 12, lastError: 'no such case' },
    ]);
    expect(await metrics.registry.metrics()).toContain('deadlines_overdue{kind="case.defence"} 1');
    expect(await metrics.registry.metrics()).toContain(
      'deadlines_runs_total{kind="case.defence",outcome="failed"} 1',
    );
  });

  test('is tried again after its pause, which the database measures and legal time does not shorten', async () => {
    const { sweeper } = await startService();
    also = async () => Promise.reject(new Error('not yet'));
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    await database.db.query('UPDATE deadlines.deadline SET attempts = 11'); // an hour's pause, not two seconds
    await sweeper.sweepDue();
    also = async () => undefined;
    clock.advanceDays(365);
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    await database.db.query('UPDATE deadlines.deadline SET next_try_at = now()');
    expect(await sweeper.sweepDue()).toEqual({ done: 1, postponed: 0 });
    expect(await rows()).toMatchObject([{ outcome: 'done', attempts: 12, last_error: 'not yet' }]);
  });

  test.each([
    [0, 2],
    [3, 16],
    [11, 3600],
    [5000, 3600],
  ])('after %i earlier failures waits %i seconds', async (earlier, seconds) => {
    const { sweeper } = await startService();
    also = async () => Promise.reject(new Error('still not'));
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    await database.db.query('UPDATE deadlines.deadline SET attempts = $1', [earlier]);
    const [from] = (await database.db.query<{ at: Date }>('SELECT clock_timestamp() AS at')).rows;
    await sweeper.sweepDue();
    const { rows: waits } = await database.db.query<{ least: number; most: number }>(
      `SELECT extract(epoch FROM next_try_at - clock_timestamp())::float8 AS least,
              extract(epoch FROM next_try_at - $1::timestamptz)::float8 AS most FROM deadlines.deadline`,
      [from!.at],
    );
    expect((await rows())[0]!.attempts).toBe(earlier + 1);
    // It was tried between the two looks at the clock of the database, however far they are apart.
    expect(waits[0]!.least).toBeLessThanOrEqual(seconds);
    expect(waits[0]!.most).toBeGreaterThanOrEqual(seconds);
  });
});

describe('many processes and lost ones', () => {
  test('two sweepers at once run each of 200 deadlines once', async () => {
    const [one, two] = [await startService(), await startService()];
    const refs = Array.from({ length: 200 }, (_, index) => `c${String(index).padStart(3, '0')}`);
    await write((tx) =>
      scheduleAll(
        tx,
        refs.map((ref) => ({ kind: 'case.defence', ref, dueAt: clock.now() })),
      ),
    );
    const results = await Promise.all([
      one.sweeper.sweepDue(),
      two.sweeper.sweepDue(),
      one.sweeper.sweepDue(),
    ]);
    expect(results.reduce((sum, result) => sum + result.done, 0)).toBe(200);
    expect(results.filter((result) => result.done > 0).length).toBeGreaterThan(1);
    expect(await broughtAbout()).toEqual(refs);
  });

  test('a process that is lost in the middle of a handler leaves the deadline due, and no attempt is counted', async () => {
    const { sweeper } = await startService();
    also = async (_, tx) => {
      const { rows: backends } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.db.query('SELECT pg_terminate_backend($1)', [backends[0]!.pid]);
      await tx.query('SELECT 1');
    };
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 1 });
    expect(await broughtAbout()).toEqual([]);
    expect(await rows()).toMatchObject([{ outcome: null, attempts: 0 }]);
    also = async () => undefined;
    await eventually(async () => expect(await sweeper.sweepDue()).toEqual({ done: 1, postponed: 0 }));
    expect(await broughtAbout()).toEqual(['c1']);
  });

  test('a command that meets the sweep crosswise wins, and the sweep comes again', async () => {
    const { sweeper } = await startService();
    let swept: Promise<unknown> = Promise.resolve();
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    await write(async (tx) => {
      await tx.query(`SELECT * FROM a_case WHERE id = 'c1' FOR UPDATE`);
      await new Promise<void>((resolve) => {
        also = async (_, own) => {
          resolve(); // the handler holds the clock, and now waits for the case
          await own.query(`SELECT * FROM a_case WHERE id = 'c1' FOR UPDATE`);
        };
        swept = sweeper.sweepDue();
      });
      expect(await cancel(tx, 'case.defence', 'c1')).toBe(true);
    });
    expect(await swept).toEqual({ done: 0, postponed: 1 });
    expect(await rows()).toMatchObject([{ outcome: 'cancelled', attempts: 0 }]);
    expect(await broughtAbout()).toEqual([]);
  });

  test('a row that a command has in hand is passed over', async () => {
    const { sweeper } = await startService();
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    await write(async (tx) => {
      await cancel(tx, 'case.defence', 'c1');
      expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    });
  });
});

describe('the sweep of a running service', () => {
  test('runs by itself when legal time has come, and ends with the service', async () => {
    await startService(20);
    await write((tx) =>
      schedule(tx, { kind: 'case.expiry', ref: 'c1', dueAt: endOfDay('2027-11-04'), data: { list: 'WAGE' } }),
    );
    await sleep(60);
    expect(await broughtAbout()).toEqual([]);
    clock.moveToMorningOf('2027-11-05');
    await eventually(async () => expect(await broughtAbout()).toEqual(['c1']));
    await started.pop()!.close();
    await write((tx) =>
      schedule(tx, { kind: 'case.expiry', ref: 'c2', dueAt: endOfDay('2027-11-04'), data: { list: 'TAX' } }),
    );
    await sleep(60);
    expect(await broughtAbout()).toEqual(['c1']);
  });

  test('leaves kinds alone that this version does not know, and shows them', async () => {
    await write((tx) => schedule(tx, { kind: 'case.defence', ref: 'c1', dueAt: clock.now() }));
    const { sweeper, metrics } = await startService(null, []);
    expect(await sweeper.sweepDue()).toEqual({ done: 0, postponed: 0 });
    expect(await metrics.registry.metrics()).toContain('deadlines_unhandled{kind="case.defence"} 1');
    expect(await rows()).toMatchObject([{ outcome: null, attempts: 0 }]);
  });
});
