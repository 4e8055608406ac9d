import { Controller, Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventOf, gradeComputed, measureProgressReported, TOPICS } from '#contracts';
import { defineRefusals } from '#kernel';
import { type Actor, type BaseSettings, createLogger, createService, Database } from '#platform';
import { eventually, startTestIssuer, type TestIssuer } from '#testing';
import { openStage, type Stage, told } from '../specs/stage.js';
import { attachConsumer, Delivery, Hears, MessagingModule, publish } from './index.js';

const refusals = defineRefusals({
  'spec.refused': { kind: 'conflict', zh: '不予受理', en: 'Refused.', cureZh: '无', cureEn: 'None.' },
});
let refusing = true;

@Controller()
class Inbox {
  constructor(private readonly database: Database) {}

  @Hears(measureProgressReported)
  async progressReported(
    @Payload() event: EventOf<typeof measureProgressReported>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    if (event.subject === 'measure-9' && refusing) refusals.refuse('spec.refused');
    await delivery.tx.query('INSERT INTO effect (subject, percent, actor, pooled) VALUES ($1, $2, $3, $4)', [
      event.subject,
      event.data.percent,
      delivery.actor.id,
      this.database.pool.totalCount > 0,
    ]);
  }
}

@Controller()
class StrayInbox {
  @Hears(gradeComputed)
  gradeComputed(): void {}
}

@Module({
  imports: [MessagingModule.forRoot({ service: 'spec', consumes: ['measures'] })],
  controllers: [Inbox],
})
class SpecModule {}

@Module({
  imports: [MessagingModule.forRoot({ service: 'stray', consumes: ['measures'] })],
  controllers: [StrayInbox],
})
class StrayModule {}

let stage: Stage;
let issuer: TestIssuer;
let app: NestFastifyApplication;
const as = async (...roles: Actor['roles']) =>
  `Bearer ${await issuer.issueToken({ kind: 'person', id: 'op-1', name: '运维', roles })}`;
const settings = (): BaseSettings => ({
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: 0,
  DATABASE_URL: stage.database.url,
  DATABASE_POOL: 6,
  KAFKA_BROKERS: stage.brokers.join(','),
  CHENGXIN_TOPIC_PREFIX: stage.prefix,
  CHENGXIN_PARTITIONS: 2,
  CHENGXIN_REPLICATION: 1,
  CHENGXIN_RELAY: 'inside',
  ...issuer.settings,
  LOG_LEVEL: 'silent',
});

beforeAll(async () => {
  [stage, issuer] = await Promise.all([openStage(TOPICS, 2), startTestIssuer()]);
  await stage.database.db.query(
    'CREATE TABLE effect (subject text, percent int, actor text, pooled boolean)',
  );
  app = await createService(
    { name: 'spec', description: 'spec', module: SpecModule },
    settings(),
    createLogger('spec', process.env['LOG_LEVEL'] ?? 'silent'),
  );
  await attachConsumer(app);
});
afterAll(async () => {
  await app.close();
  await Promise.all([stage.strike(), issuer.close()]);
});

const get = async (path: string, authorization: string) => {
  const answer = await app.inject({
    method: 'GET',
    url: `/api/operations/spec/messaging${path}`,
    headers: { authorization },
  });
  return { status: answer.statusCode, body: answer.json<Record<string, never>>() };
};
const post = async (path: string, authorization: string, payload?: object) => {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/operations/spec/messaging${path}`,
    headers: { authorization },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};

describe('a service with messaging', () => {
  it('tells in a command and hears in its inbox', async () => {
    const actor: Actor = { kind: 'person', id: 'approver-7', name: '李', roles: [] };
    await app.get(Database).transaction((tx) => publish(tx, { ...told('measure-8', 42), actor }));
    await eventually(async () => {
      const { rows } = await stage.database.db.query('SELECT * FROM effect');
      expect(rows).toEqual([{ subject: 'measure-8', percent: 42, actor: 'approver-7', pooled: true }]);
    });
  });

  it('is ready while its consumer gets on', async () => {
    await eventually(async () => {
      const answer = await app.inject({ method: 'GET', url: '/health/ready' });
      expect(answer.json()).toMatchObject({ status: 'ready', checks: { consumer: 'ok', database: 'ok' } });
    });
  });

  it('shows operators, and nobody else, what is set aside, and lets them redrive it', async () => {
    await app.get(Database).transaction((tx) => publish(tx, told('measure-9', 1)));
    await app.get(Database).transaction((tx) => publish(tx, told('measure-9', 2)));
    const operator = await as('operator');
    const status = await eventually(async () => {
      const { body } = await get('', operator);
      expect(body).toMatchObject({
        setAside: { openByCause: { refused: 1 }, parkedEvents: 1, parkedSubjects: 1, blockedSubjects: 1 },
      });
      return body as Record<string, unknown>;
    });
    expect(status).toMatchObject({
      service: 'spec',
      outbox: { carriedHere: [0, 1, 2, 3] },
      consumer: { group: `${stage.prefix}.spec`, state: 'ok' },
    });
    expect((status['consumer'] as { lag: unknown[] }).lag).toHaveLength(2);

    const { body } = await get('/dead-letters', operator);
    const [letter] = body['items'] as unknown as { id: string; payload: string }[];
    expect(letter).toMatchObject({
      topic: 'measures',
      subject: 'measure-9',
      cause: 'refused',
      sequence: 1,
      attempts: 1,
      state: 'open',
    });
    expect(JSON.parse(letter!.payload)).toMatchObject({ subject: 'measure-9' });

    expect((await get('', await as('handler'))).status).toBe(403);
    expect((await post(`/dead-letters/${letter!.id}/redrive`, await as('auditor'))).status).toBe(403);
    expect(await post('/dead-letters/none/redrive', operator)).toMatchObject({
      status: 404,
      body: { code: 'messaging.no-such-dead-letter' },
    });
    expect((await post(`/dead-letters/${letter!.id}/discard`, operator, {})).status).toBe(422);

    refusing = false;
    expect(await post(`/dead-letters/${letter!.id}/redrive`, operator)).toMatchObject({
      status: 200,
      body: { outcome: 'redriven' },
    });
    expect(await post(`/dead-letters/${letter!.id}/redrive`, operator)).toMatchObject({ status: 409 });
    const { rows } = await stage.database.db.query(
      `SELECT percent FROM effect WHERE subject = 'measure-9' ORDER BY percent`,
    );
    expect(rows).toEqual([{ percent: 1 }, { percent: 2 }]);
  });

  it('counts what it does', async () => {
    const text = (await app.inject({ method: 'GET', url: '/metrics' })).body;
    for (const line of [
      'messaging_published_total 3',
      'messaging_consumed_total{topic="measures",outcome="handled"} 3',
      'messaging_dead_letters_total{topic="measures",cause="refused"} 1',
      'messaging_outbox_depth 0',
      'messaging_outbox_oldest_seconds 0',
      'messaging_parked 0',
    ]) {
      expect(text).toContain(`\n${line}\n`);
    }
  });

  it('does not start when handlers and topics do not fit together', async () => {
    const stray = await createService(
      { name: 'stray', description: 'spec', module: StrayModule },
      settings(),
      createLogger('spec', process.env['LOG_LEVEL'] ?? 'silent'),
    );
    await expect(attachConsumer(stray)).rejects.toThrow(
      /grade\.computed\.v1 is heard, but its topic grades is not consumed/,
    );
    await stray.close();
  });
});
