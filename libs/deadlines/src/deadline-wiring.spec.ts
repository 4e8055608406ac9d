import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type INestApplicationContext, Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Clock, createLogger, Database, LOGGER, Metrics } from '#platform';
import { movableClock, type TestDatabase, testDatabase } from '#testing';
import { DeadlinesModule } from './deadlines.module.js';
import { OnDeadline } from './on-deadline.js';

@Injectable()
class Defence {
  @OnDeadline('case.defence')
  async ended(): Promise<void> {}
}

@Injectable()
class SecondDefence {
  @OnDeadline('case.defence')
  async alsoEnded(): Promise<void> {}
}

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('deadlines');
});
afterAll(() => database.drop());

async function start(kinds: string[], providers: Type[]): Promise<INestApplicationContext> {
  const logger = createLogger('spec', 'silent');
  const parts = [
    {
      provide: Database,
      useFactory: () => new Database({ DATABASE_URL: database.url, DATABASE_POOL: 2 }, logger),
    },
    { provide: Clock, useValue: movableClock('2024-11-04T09:00:00+08:00') },
    { provide: LOGGER, useValue: logger },
    Metrics,
  ];
  @Module({})
  class Parts {}
  @Module({})
  class Service {}
  return NestFactory.createApplicationContext(
    {
      module: Service,
      imports: [
        { module: Parts, global: true, providers: parts, exports: parts },
        DeadlinesModule.forRoot({ kinds, sweepEveryMs: null }),
      ],
      providers,
    },
    { logger: false, abortOnError: false },
  );
}

describe('the wiring of the deadlines is checked at start', () => {
  test('each declared kind with one handler starts', async () => {
    const app = await start(['case.defence'], [Defence]);
    expect(app.get(Defence)).toBeInstanceOf(Defence);
    await app.close();
  });

  test.each<[string, string[], Type[], string]>([
    [
      'a kind without handler',
      ['case.defence', 'case.expiry'],
      [Defence],
      "case.expiry is declared but no provider has @OnDeadline('case.expiry')",
    ],
    [
      'two handlers of one kind',
      ['case.defence'],
      [Defence, SecondDefence],
      'case.defence has two handlers, Defence.ended and SecondDefence.alsoEnded',
    ],
    [
      'a handler of an undeclared kind',
      [],
      [Defence],
      'Defence.ended handles case.defence, which is not declared',
    ],
    ['a kind declared twice', ['case.defence', 'case.defence'], [Defence], 'case.defence is declared twice'],
    ['a kind without its service', ['defence'], [], 'defence is not <service>.<what falls due>'],
  ])('%s stops it', async (_, kinds, providers, fault) => {
    await expect(start(kinds, providers)).rejects.toThrow(fault);
  });
});
