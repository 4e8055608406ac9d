import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Refusal } from '#kernel';
import type { Actor } from '#platform';
import { Allow, createLogger, createService, CurrentActor, serviceSettings } from '#platform';
import { eventually } from './eventually.js';
import { ownWork, stopwatch } from './stopwatch.js';
import { fixedClock, movableClock } from './test-clock.js';
import { testDatabase } from './test-database.js';
import { issueToken, startTestIssuer, testIssuer, type TokenOptions } from './test-issuer.js';

describe('a test database', () => {
  test('has the tables of the libraries, is empty, and is gone after drop', async () => {
    const { db, url, drop } = await testDatabase('platform');
    expect((await db.query('SELECT * FROM platform.idempotency')).rows).toEqual([]);
    expect(new URL(url).pathname).toMatch(/^\/chengxin_test_platform_/);
    await drop();
    await expect(db.query('SELECT 1')).rejects.toThrow();
  });

  test('is one of many clones of one template, also when specs ask at once', async () => {
    const databases = await Promise.all([1, 2, 3].map(() => testDatabase('platform')));
    expect(new Set(databases.map((database) => database.url)).size).toBe(3);
    await databases[0]!.db.query(
      `INSERT INTO platform.idempotency (caller, key, route, digest) VALUES ('a', 'b', 'c', 'd')`,
    );
    expect((await databases[1]!.db.query('SELECT * FROM platform.idempotency')).rows).toEqual([]);
    const { rows } = await databases[0]!.db.query(
      `SELECT datname FROM pg_database WHERE datname LIKE 'chengxin_template_platform_%'`,
    );
    expect(rows).toHaveLength(1);
    await Promise.all(databases.map((database) => database.drop()));
  });

  test('an unknown app is refused', async () => {
    await expect(testDatabase('nothing')).rejects.toThrow(/neither apps\/nothing nor libs\/nothing/);
  });
});

describe('a clock of a spec', () => {
  test('stands still, and moves only by hand', () => {
    const clock = movableClock('2024-11-04T09:00:00+08:00');
    expect(clock.now().toISOString()).toBe('2024-11-04T01:00:00.000Z');
    clock.advanceDays(3);
    expect(clock.now().toISOString()).toBe('2024-11-07T01:00:00.000Z');
    clock.advance(15 * 3_600_000);
    expect(clock.today()).toBe('2024-11-08');
    clock.moveToMorningOf('2027-11-04');
    expect(clock.now().toISOString()).toBe('2027-11-04T01:00:00.000Z');
    clock.now().setFullYear(1999);
    expect(clock.today()).toBe('2027-11-04');
  });

  test('an instant without offset is refused', () => {
    expect(() => fixedClock('2024-11-04T09:00:00')).toThrow(Refusal);
  });
});

describe('eventually', () => {
  test('returns the first value that was reached without throwing', async () => {
    let attempts = 0;
    const value = await eventually(() => {
      attempts += 1;
      expect(attempts).toBeGreaterThan(2);
      return attempts;
    });
    expect(value).toBe(3);
  });

  test('gives up at its limit with the last failure', async () => {
    const failing = eventually(
      () => {
        throw new Error('still empty');
      },
      { within: 60 },
    );
    await expect(failing).rejects.toThrow(/^not within \d+ ms: still empty$/);
  });
});

describe('what a busy machine does to limits', () => {
  const work = (ms: number): void => {
    const until = performance.now() + ms;
    while (performance.now() < until);
  };

  test('a stopwatch counts the time that passes, less that in which the process could not run', async () => {
    const waiting = stopwatch();
    await sleep(300);
    expect(waiting()).toBeGreaterThan(200);
    const held = stopwatch();
    await sleep(40);
    work(400);
    await sleep(40);
    expect(held()).toBeLessThan(300);
  });

  test('own work is counted by itself: waiting is none', async () => {
    const waiting = ownWork();
    await sleep(300);
    expect(waiting()).toBeLessThan(200);
    const working = ownWork();
    while (working() < 100) work(10);
    expect(working()).toBeGreaterThanOrEqual(100);
  });
});

@Controller('who')
class Who {
  @Get()
  @Allow('handler', 'department-system')
  read(@CurrentActor() actor: Actor): Actor {
    return actor;
  }
}

@Module({ controllers: [Who] })
class WhoModule {}

describe('tokens of the test issuer, at a guarded route', () => {
  const person: Actor = {
    kind: 'person',
    id: 'u-17',
    name: '王敏',
    department: 'hlj.market-regulation',
    region: '230000',
    roles: ['handler', 'reviewer'],
  };
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const definition = { name: 'who', description: 'who asks', module: WhoModule, database: false };
    const { settings } = await testIssuer();
    app = await createService(
      definition,
      serviceSettings(definition, { ...settings, PORT: '0' }),
      createLogger('who', 'silent'),
    );
    await app.init();
  });
  afterAll(async () => {
    await app.close();
    await (await testIssuer()).close();
  });

  const ask = (token: string) =>
    app.inject({ method: 'GET', url: '/who', headers: { authorization: `Bearer ${token}` } });

  test('are read as the actor they were made for', async () => {
    const answer = await ask(await issueToken(person));
    expect([answer.statusCode, answer.json()]).toEqual([200, person]);
    const system: Actor = { kind: 'system', id: 'samr-system', name: 'SAMR', roles: ['department-system'] };
    expect((await ask(await issueToken(system))).json()).toEqual(system);
  });

  test.each<[string, TokenOptions]>([
    ['expired', { expiresIn: -60 }],
    ['signed with a key that is not published', { foreignKey: true }],
    ['for another audience', { audience: 'urn:other' }],
    ['from another issuer', { issuer: 'https://elsewhere.example' }],
  ])('are refused when they are %s', async (_, options) => {
    expect((await ask(await issueToken(person, options))).statusCode).toBe(401);
  });

  test('are refused when the role is missing', async () => {
    expect((await ask(await issueToken({ ...person, roles: ['auditor'] }))).statusCode).toBe(403);
  });

  test('of another test issuer are refused', async () => {
    const other = await startTestIssuer();
    expect((await ask(await other.issueToken(person))).statusCode).toBe(401);
    await other.close();
  });
});
