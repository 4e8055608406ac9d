import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventOf, measureProgressReported, TOPICS } from '#contracts';
import { defineRefusals } from '#kernel';
import { type Actor, createLogger, createService, Database, ROLES } from '#platform';
import { eventually, startTestIssuer, type TestIssuer } from '#testing';
import { openStage, type Stage, told } from '../../specs/stage.js';
import { attachConsumer, type Delivery, Hears, MessagingModule, publishAll } from '../index.js';

const refusals = defineRefusals({
  'spec.refused': { kind: 'conflict', zh: '不予受理', en: 'Refused.', cureZh: '无', cureEn: 'None.' },
});
let refusing = true;

@Controller()
class Inbox {
  @Hears(measureProgressReported)
  async progressReported(
    @Payload() event: EventOf<typeof measureProgressReported>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    if (refusing) refusals.refuse('spec.refused');
    await delivery.tx.query('INSERT INTO effect (subject) VALUES ($1)', [event.subject]);
  }
}

@Module({
  imports: [MessagingModule.forRoot({ service: 'spec', consumes: ['measures'] })],
  controllers: [Inbox],
})
class SpecModule {}

let stage: Stage;
let issuer: TestIssuer;
let app: NestFastifyApplication;
let operator: string;
const as = async (...roles: Actor['roles']) =>
  `Bearer ${await issuer.issueToken({ kind: 'person', id: 'op-1', name: '运维', roles })}`;

interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what the wire brings
  body: any;
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  options: { body?: unknown; key?: string | null; authorization?: string } = {},
): Promise<Answer> {
  const { body, key = randomUUID(), authorization = operator } = options;
  const answer = await app.inject({
    method,
    url: `/api/operations/spec/messaging${path}`,
    headers: {
      authorization,
      ...(method === 'POST' && key !== null ? { 'idempotency-key': key } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const SUBJECTS = Array.from({ length: 5 }, (_, number) => `http-${number}`);
const order = { action: 'redrive', cause: 'refused', perSecond: 100 };

beforeAll(async () => {
  [stage, issuer] = await Promise.all([openStage(TOPICS, 2), startTestIssuer()]);
  await stage.database.db.query('CREATE TABLE effect (subject text)');
  app = await createService(
    { name: 'spec', description: 'spec', module: SpecModule },
    {
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
    },
    createLogger('spec', process.env['LOG_LEVEL'] ?? 'silent'),
  );
  await attachConsumer(app);
  operator = await as('operator');
  await app.get(Database).transaction((tx) =>
    publishAll(
      tx,
      SUBJECTS.map((subject) => told(subject)),
    ),
  );
  await eventually(async () => {
    const { body } = await ask('POST', '/redrives/dry-run', { body: { cause: 'refused' } });
    expect(body).toMatchObject({ letters: SUBJECTS.length });
  });
});
afterAll(async () => {
  await app.close();
  await Promise.all([stage.strike(), issuer.close()]);
});

describe('everything under operations', () => {
  it('is for operators alone: each call that the document has', async () => {
    const others = await as(...ROLES.filter((role) => role !== 'operator'));
    const id = randomUUID();
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const under = '/api/operations/spec/messaging';
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      path.startsWith(under)
        ? Object.keys(methods).map(
            (method) =>
              [
                method.toUpperCase() as 'GET' | 'POST',
                path.slice(under.length).replace('{id}', id).replace('{topic}', 'measures'),
              ] as const,
          )
        : [],
    );
    expect(calls.map(([method, path]) => `${method} ${path.replace(id, '<id>')}`).sort()).toEqual(
      [
        'GET ',
        'GET /dead-letters',
        'POST /dead-letters/<id>/discard',
        'POST /dead-letters/<id>/redrive',
        'POST /fills',
        'GET /redrive-audit',
        'GET /redrives',
        'POST /redrives',
        'GET /redrives/<id>',
        'POST /redrives/<id>/cancel',
        'GET /redrives/<id>/items',
        'POST /redrives/<id>/pause',
        'POST /redrives/<id>/resume',
        'POST /redrives/<id>/start',
        'POST /redrives/dry-run',
        'GET /replays',
        'POST /replays',
        'GET /snapshots',
        'GET /snapshots/measures',
      ].sort(),
    );
    for (const [method, path] of calls) {
      const body = method === 'POST' ? order : undefined;
      const refused = await ask(method, path, { body, authorization: others });
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'request.role-missing']);
      expect((await ask(method, path, { body, authorization: '' })).status).toBe(401);
    }
  });
});

describe('redrives over HTTP', () => {
  it('refuse rubbish with the field, the reason and the cure, and never break', async () => {
    const rubbish: [unknown, number, string][] = [
      ['{"action":', 400, 'request.body-malformed'],
      [[], 422, 'request.field-invalid'],
      [{}, 422, 'request.field-invalid'],
      [{ ...order, action: 'erase' }, 422, 'request.field-invalid'],
      [{ ...order, unknown: 1 }, 422, 'request.field-invalid'],
      [{ ...order, perSecond: 0 }, 422, 'request.field-invalid'],
      [{ ...order, perSecond: 1e9 }, 422, 'request.field-invalid'],
      [{ ...order, first: -1 }, 422, 'request.field-invalid'],
      [{ ...order, first: 1.5 }, 422, 'request.field-invalid'],
      [{ ...order, ids: ['not-an-id'] }, 422, 'request.field-invalid'],
      [{ ...order, ids: 'x' }, 422, 'request.field-invalid'],
      [{ ...order, ids: [{}] }, 422, 'request.field-invalid'],
      [{ ...order, cause: "'; DROP TABLE messaging.dead_letter; --" }, 422, 'request.field-invalid'],
      [{ ...order, cutOff: 'yesterday' }, 422, 'request.field-invalid'],
      [{ ...order, cutOff: '2026-02-31T00:00:00Z' }, 422, 'request.field-invalid'],
      [{ ...order, from: '2026-01-01T25:00:00Z' }, 422, 'request.field-invalid'],
      [{ ...order, cutOff: '2999-01-01T00:00:00Z' }, 422, 'messaging.cut-off-in-future'],
      [{ ...order, subject: '\ud800' }, 400, 'request.forbidden-character'],
      [{ action: 'redrive' }, 422, 'messaging.selection-empty'],
      [{ action: 'discard', cause: 'refused' }, 422, 'messaging.discard-without-reason'],
      [{ action: 'redrive', topic: 'no-such' }, 409, 'messaging.nothing-selected'],
      [{ action: 'redrive', ids: [randomUUID()] }, 409, 'messaging.letters-not-open'],
    ];
    for (const [body, status, code] of rubbish) {
      const answer = await ask('POST', '/redrives', { body });
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code]);
      expect(answer.body.cure).toMatch(/\S/);
      expect(answer.body.cureZh).toMatch(/\S/);
    }
    for (const path of [
      '/redrives/none',
      `/redrives/${randomUUID()}`,
      `/redrives/${randomUUID()}/items`,
      '/redrives/%00/items',
    ])
      expect([path, (await ask('GET', path)).status]).toEqual([path, 404]);
    expect((await ask('POST', `/redrives/${randomUUID()}/start`)).body.code).toBe(
      'messaging.no-such-redrive',
    );
    for (const path of [
      '/redrives?after=bm8',
      '/redrives?state=lost',
      '/redrives?limit=0',
      '/redrive-audit?deadLetter=x',
      `/redrive-audit?after=${Buffer.from('["x"]').toString('base64url')}`,
    ])
      expect([path, (await ask('GET', path)).status >= 400 && (await ask('GET', path)).status < 500]).toEqual(
        [path, true],
      );
    expect((await ask('GET', '/redrives')).body.items).toEqual([]);
  });

  it('are made once for one Idempotency-Key, whatever has happened since', async () => {
    expect((await ask('POST', '/redrives', { body: order, key: null })).body.code).toBe(
      'request.idempotency-key-missing',
    );
    const key = randomUUID();
    const made = await ask('POST', '/redrives', { body: { ...order, first: 2 }, key });
    expect(made).toMatchObject({ status: 201, body: { state: 'ready', items: 2, perSecond: 100 } });
    expect((await ask('POST', `/redrives/${made.body.id}/cancel`)).body.state).toBe('cancelled');
    const again = await ask('POST', '/redrives', { body: { ...order, first: 2 }, key });
    expect(again).toEqual(made);
    expect((await ask('GET', '/redrives')).body.items).toHaveLength(1);
    expect((await ask('POST', '/redrives', { body: { ...order, first: 3 }, key })).body.code).toBe(
      'request.idempotency-key-reused',
    );
  });

  it('show progress and results page by page, and the audit', async () => {
    refusing = false;
    const { body: made } = await ask('POST', '/redrives', { body: order });
    const { body: waiting } = await ask('GET', `/redrives/${made.id}/items?limit=200`);
    expect(waiting.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
      SUBJECTS.map(() => 'waiting'),
    );
    expect((await ask('GET', '')).body.redrives).toMatchObject([{ id: made.id, state: 'ready' }]);
    expect((await ask('POST', `/redrives/${made.id}/pause`)).body).toMatchObject({
      status: 409,
      code: 'messaging.redrive-not-so',
      cure: 'Possible now: start, cancel.',
    });
    expect((await ask('POST', `/redrives/${made.id}/start`)).body.state).toBe('running');
    await eventually(async () =>
      expect((await ask('GET', `/redrives/${made.id}`)).body).toMatchObject({
        state: 'finished',
        redriven: SUBJECTS.length,
      }),
    );
    const seen: unknown[] = [];
    for (let after = ''; ;) {
      const { body } = await ask('GET', `/redrives/${made.id}/items?limit=2${after}`);
      seen.push(...body.items);
      if (!body.next) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toHaveLength(SUBJECTS.length);
    expect(seen).toEqual(
      SUBJECTS.map((_, index) =>
        expect.objectContaining({ number: index + 1, outcome: 'redriven', topic: 'measures' }),
      ),
    );
    expect((await ask('GET', `/redrives/${made.id}/items?outcome=failed`)).body.items).toEqual([]);
    const { body: audit } = await ask('GET', `/redrive-audit?redrive=${made.id}`);
    expect(audit.items.map(({ action, actor }: Record<string, string>) => `${action} ${actor}`)).toEqual([
      'finish person:op-1',
      ...SUBJECTS.map(() => 'redrive person:op-1'),
      'start person:op-1',
      'create person:op-1',
    ]);
    const letter = (seen[0] as { deadLetterId: string }).deadLetterId;
    expect((await ask('GET', `/redrive-audit?deadLetter=${letter}`)).body.items).toMatchObject([
      { action: 'redrive', job: made.id, letter, outcome: 'redriven' },
    ]);
    expect((await ask('GET', '/dead-letters?cause=refused&topic=measures')).body.items).toEqual([]);
    expect((await ask('GET', '/dead-letters?state=redriven&subject=http-1')).body.items).toMatchObject([
      { subject: 'http-1', settledBy: 'person:op-1' },
    ]);
  });
});
