import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import {
  type CloudEvent,
  type Contract,
  disciplineOrdered,
  gradeComputed,
  listingDecided,
  listingEnded,
  listingNoticed,
  objectionFiled,
  objectionOverdue,
} from '#contracts';
import { type Actor, createLogger, createService, Database, serviceSettings } from '#platform';
import { eventually, issueToken, partsSetting, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Receiver } from '../../../test/tour/receiver.js';
import { heardAlone } from '../../../test/contracts/heard-alone.js';
import { Announce } from './commands/announce.js';
import { notifications } from './service.js';

const department: Actor = {
  kind: 'system',
  id: 'system.hlj.finance',
  name: 'finance',
  department: 'hlj.finance',
  region: '230000',
  roles: ['department-system'],
};
const party: Actor = {
  kind: 'person',
  id: 'party',
  name: 'party',
  roles: ['party'],
  party: listingEnded.sample.subject.code!,
};
const prefix = `spec-${randomUUID()}`;
let database: TestDatabase;
let app: NestFastifyApplication;
let receiver: Receiver;

beforeAll(async () => {
  database = await testDatabase('notifications');
  const { settings: issuer } = await testIssuer();
  const env = {
    ...issuer,
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: partsSetting('KAFKA_BROKERS'),
    REDIS_URL: partsSetting('REDIS_URL'),
    REDIS_PREFIX: prefix,
    CHENGXIN_TOPIC_PREFIX: prefix,
    CHENGXIN_PARTITIONS: '2',
  };
  app = await createService(
    notifications,
    serviceSettings(notifications, env),
    createLogger('notifications', 'silent'),
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  receiver = await Receiver.listen();
});

afterAll(async () => {
  await app?.close();
  await receiver?.close();
  await (await testIssuer()).close();
  await database?.drop();
});

/** An event as the inbox hands it over. */
function eventOf<C extends Contract>(contract: C, data: object = contract.sample): CloudEvent<never> {
  return {
    specversion: '1.0',
    id: randomUUID(),
    type: contract.type,
    source: contract.source,
    subject: listingEnded.sample.subject.id,
    sequence: '0000000001',
    time: '2025-11-20T01:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: '',
    traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`,
    audience: contract.audience,
    actor: 'person:approver@hlj.market-regulation',
    data: data as never,
  };
}

function announce(event: CloudEvent<never>): Promise<void> {
  return app.get(Database).transaction((tx) => app.get(Announce).execute(tx, event));
}

async function call(
  actor: Actor,
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  payload?: object,
): Promise<{ status: number; body: Record<string, never> & { items?: Record<string, unknown>[] } }> {
  const reply = await app.inject({
    method,
    url,
    payload,
    headers: {
      authorization: `Bearer ${await issueToken(actor)}`,
      ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    },
  });
  return { status: reply.statusCode, body: reply.body === '' ? {} : reply.json() };
}

async function outboxTypes(): Promise<string[]> {
  const { rows } = await database.db.query<{ type: string }>(
    `SELECT envelope::json ->> 'type' AS type FROM messaging.outbox`,
  );
  return rows.map(({ type }) => type);
}

describe('what the service hears', () => {
  it('is settled with nothing but its own database and queue, whatever the contracts allow', async () => {
    const owner: Actor = {
      ...department,
      id: 'system.owner',
      department: listingEnded.sample.case.department,
    };
    const { body } = await call(owner, 'POST', '/api/webhooks', { url: receiver.url });
    const own = [database.url, partsSetting('REDIS_URL')!];
    const heard = await heardAlone({ service: 'notifications', app, own });
    await call(owner, 'DELETE', `/api/webhooks/${body['id']}`);
    expect(heard).toMatchObject({ unsettled: [], called: [], withoutEffect: [] });
  });
});

describe('notices', () => {
  it('of one fact come once, however often the event does, and each is told on as delivered', async () => {
    const event = eventOf(listingEnded);
    await announce(event);
    await announce(event);
    const inbox = await call(party, 'GET', `/api/notifications?caseId=${listingEnded.sample.case.id}`);
    expect(inbox.body.items).toHaveLength(1);
    expect(inbox.body.items![0]).toMatchObject({ type: listingEnded.type, eventId: event.id, readAt: null });
    expect((await outboxTypes()).filter((type) => type === 'cn.chengxin.notice.delivered.v1')).toHaveLength(
      2,
    ); // party and deciding unit
  });

  it('go to the department that executes, and to nobody else', async () => {
    await announce(
      eventOf(disciplineOrdered, {
        ...disciplineOrdered.sample,
        action: { ...disciplineOrdered.sample.action, executor: 'hlj.finance' },
      }),
    );
    expect((await call(department, 'GET', '/api/notifications')).body.items).toHaveLength(1);
    expect(
      (await call({ ...department, id: 'x', department: 'hlj.tax' }, 'GET', '/api/notifications')).body.items,
    ).toHaveLength(0);
  });

  it('of a review go to the unit above, which decides, as those of its lateness do; below it is told who decides', async () => {
    const court: Actor = { ...department, id: 'court', department: 'hlj.court' };
    const inbox = async (of: Actor) => (await call(of, 'GET', '/api/notifications')).body.items!;
    const finder = { ...court, department: objectionFiled.sample.case.department };
    const before = (await inbox(finder)).length;
    const review = { of: randomUUID(), court: '省法院', unit: 'hlj.court' };
    await announce(eventOf(objectionFiled, { ...objectionFiled.sample, review }));
    const late = { ...objectionOverdue.sample, clock: 'decision', unit: null, review };
    await announce(eventOf(objectionOverdue, late));
    const zh = (await inbox(court)).map((notice) => notice['zh']);
    expect(zh.sort()).toEqual([
      '向贵单位申请的案件 SAMR-2024-000012 的复议时限“decision”已于 2026-06-03 届满',
      '案件 SAMR-2024-000012 的异议被驳回后, 已向贵单位申请复议, 2026-06-04 前作出决定',
    ]);
    const below = await inbox(finder);
    expect(below).toHaveLength(before + 2);
    expect(JSON.stringify(below)).toContain('已向上级单位申请复议, 由其于 2026-06-04 前作出决定');
    expect(JSON.stringify(below)).not.toContain('收到异议, 2026-06-04 前作出处理');
  });

  it('say nothing of a grade that stayed the same', async () => {
    const before = (await outboxTypes()).length;
    await announce(eventOf(gradeComputed, { ...gradeComputed.sample, changed: false }));
    expect(await outboxTypes()).toHaveLength(before);
  });

  it('can be read once and by their owner only', async () => {
    const [notice] = (await call(party, 'GET', '/api/notifications')).body.items!;
    expect((await call(department, 'POST', `/api/notifications/${notice!['id']}/read`)).status).toBe(404);
    expect((await call(party, 'POST', `/api/notifications/${notice!['id']}/read`)).body).toMatchObject({
      version: 2,
    });
    expect((await call(party, 'GET', '/api/notifications?after=rubbish')).status).toBe(400);
    const day = Buffer.from(JSON.stringify(['2024-02-31T00:00:00.000Z', notice!['id']])).toString(
      'base64url',
    );
    expect((await call(party, 'GET', `/api/notifications?after=${day}`)).status).toBe(400);
  });
});

describe('webhooks', () => {
  it.each(['ftp://receiver.example/', 'nonsense', 'https://user:pw@receiver.example/'])(
    'refuses %s',
    async (url) => {
      expect((await call(department, 'POST', '/api/webhooks', { url })).status).toBe(422);
    },
  );

  it('refuses an unknown type', async () => {
    expect(
      (
        await call(department, 'POST', '/api/webhooks', {
          url: receiver.url,
          types: ['cn.chengxin.gossip.v1'],
        })
      ).body,
    ).toMatchObject({ code: 'webhook.type-unknown' });
  });

  it('hands an event over once, signed; a lost Redis loses nothing; an ended subscription gets no more', async () => {
    const { body } = await call(department, 'POST', '/api/webhooks', {
      url: receiver.url,
      types: [listingEnded.type],
    });
    receiver.trust(body['secret']!);
    const first = eventOf(listingEnded);
    await announce(first);
    await eventually(() => expect(receiver.received.map(({ id }) => id)).toEqual([first.id]));

    const redis = new Redis(partsSetting('REDIS_URL')!);
    const second = eventOf(listingEnded);
    await announce(second);
    for (const key of await redis.keys(`${prefix}:*`)) await redis.del(key);
    await eventually(() => expect(receiver.received.map(({ id }) => id)).toEqual([first.id, second.id]));
    redis.disconnect();
    expect(receiver.refused).toEqual([]);

    await eventually(async () => {
      const { items } = (await call(department, 'GET', `/api/webhooks/${body['id']}/deliveries`)).body;
      expect(items!.map((delivery) => delivery['state'])).toEqual(['delivered', 'delivered']);
    });
    expect(
      (await call({ ...department, department: 'hlj.tax' }, 'DELETE', `/api/webhooks/${body['id']}`)).status,
    ).toBe(404);
    expect((await call(department, 'DELETE', `/api/webhooks/${body['id']}`)).status).toBe(204);
    await announce(eventOf(listingEnded));
    const { rows } = await database.db.query<{ n: number }>('SELECT count(*) AS n FROM delivery');
    expect(rows[0]!.n).toBe(2);
  });

  it('gets what is restricted only where its unit is concerned', async () => {
    const subscribe = async (unit: string): Promise<string> => {
      const actor = { ...department, id: `system.${unit}`, department: unit };
      const types = [listingNoticed.type, listingDecided.type];
      return (await call(actor, 'POST', '/api/webhooks', { url: receiver.url, types })).body['id']!;
    };
    const [own, other] = [
      await subscribe(listingNoticed.sample.case.department),
      await subscribe('hlj.tourism'),
    ];
    const [notice, decision] = [eventOf(listingNoticed), eventOf(listingDecided)];
    await announce(notice);
    await announce(decision);
    const { rows } = await database.db.query<{ webhook_id: string; event_id: string }>(
      'SELECT webhook_id, event_id FROM delivery WHERE webhook_id = ANY ($1)',
      [[own, other]],
    );
    expect(rows.map((row) => [row.webhook_id, row.event_id]).sort()).toEqual(
      [
        [own, notice.id],
        [own, decision.id],
        [other, decision.id],
      ].sort(),
    );
  });

  it('shows its secret again to a repeated request, and keeps it nowhere as plain text', async () => {
    const headers = {
      authorization: `Bearer ${await issueToken(department)}`,
      'idempotency-key': randomUUID(),
    };
    const payload = { url: receiver.url, types: [listingEnded.type] };
    const post = (): ReturnType<NestFastifyApplication['inject']> =>
      app.inject({ method: 'POST', url: '/api/webhooks', payload, headers });
    const first = (await post()).json<{ secret: string }>();
    expect((await post()).json()).toEqual(first);
    const { rows } = await database.db.query<{ result: object }>('SELECT result FROM platform.idempotency');
    expect(JSON.stringify(rows)).not.toContain('whsec_');
  });

  it('lists every delivery once, page by page, also those of one instant', async () => {
    const tax: Actor = { ...department, id: 'system.hlj.tax', department: 'hlj.tax' };
    const url = 'http://127.0.0.1:1/';
    const { body } = await call(tax, 'POST', '/api/webhooks', { url, types: [listingEnded.type] });
    await app.get(Database).transaction(async (tx) => {
      for (let n = 0; n < 5; n++) await app.get(Announce).execute(tx, eventOf(listingEnded));
    });
    const seen: unknown[] = [];
    for (let after = ''; ;) {
      const page = await call(tax, 'GET', `/api/webhooks/${body['id']}/deliveries?limit=2${after}`);
      seen.push(...page.body.items!.map((delivery) => delivery['id']));
      if (!page.body['next']) break;
      after = `&after=${page.body['next']}`;
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  });

  it('are at most fifty of a unit', async () => {
    const busy: Actor = { ...department, id: 'system.hlj.customs', department: 'hlj.customs' };
    const subscribe = () => call(busy, 'POST', '/api/webhooks', { url: receiver.url, types: [] });
    for (let n = 0; n < 50; n++) expect((await subscribe()).status).toBe(201);
    expect((await subscribe()).body).toMatchObject({ code: 'webhook.too-many' });
  });

  it('is tried again when the receiver is away, and the row says why', async () => {
    const gone = await Receiver.listen();
    const { url } = gone;
    await gone.close();
    const { body } = await call(department, 'POST', '/api/webhooks', { url, types: [gradeComputed.type] });
    await announce(eventOf(gradeComputed));
    await eventually(async () => {
      const [delivery] = (await call(department, 'GET', `/api/webhooks/${body['id']}/deliveries`)).body
        .items!;
      expect(delivery).toMatchObject({
        state: 'pending',
        attempts: 1,
        lastError: expect.stringContaining('ECONNREFUSED'),
      });
    });
  });
});
