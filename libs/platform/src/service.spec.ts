import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Module, Param, Post, Put, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Allow, checkVersion, Creates, CurrentActor, IfMatch, ownedBy, Public } from './access/access.js';
import type { Actor } from './access/actor.js';
import { Database } from './database/database.js';
import { DateField, IntegerField, TextField } from './http/fields.js';
import { createLogger } from './logger.js';
import { INSTANT_PART, PageQuery, pageRequest } from './http/paging.js';
import { createService, serviceSettings } from './start.js';

class MakeThing {
  @TextField({ max: 10, description: 'name' })
  name!: string;

  @DateField({ description: 'day' })
  day!: string;

  @IntegerField({ min: 1, max: 9, optional: true, description: 'count' })
  count?: number;
}

@Controller('api/things')
class ThingsController {
  constructor(private readonly db: Database) {}

  @Post()
  @Creates()
  @Allow('handler')
  make(@Body() body: MakeThing): Promise<object> {
    return this.db.command(async (tx) => {
      const { rows } = await tx.query<{ id: number }>('INSERT INTO thing (name) VALUES ($1) RETURNING id', [
        body.name,
      ]);
      return { id: rows[0]!.id, name: body.name, version: 1 };
    });
  }

  @Put(':department')
  @Allow('handler')
  change(
    @CurrentActor() actor: Actor,
    @Param('department') department: string,
    @IfMatch() version: number,
  ): object {
    ownedBy(actor, department);
    checkVersion(3, version);
    return { version: 4 };
  }

  @Get('pages')
  @Allow()
  pages(@Query() query: PageQuery): object {
    return pageRequest(query);
  }

  @Get('instants')
  @Allow()
  instants(@Query() query: PageQuery): object {
    return pageRequest(query, INSTANT_PART);
  }

  @Get('broken')
  @Public()
  broken(): never {
    throw new Error('secret detail');
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

@Controller('open')
class ForgottenController {
  @Get()
  nothing(): void {}
}

@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

const handler: Actor = {
  kind: 'person',
  id: 'handler.a',
  name: 'H',
  department: 'hlj.a',
  region: '230000',
  roles: ['handler'],
};
let database: TestDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await testDatabase('platform');
  await database.db.query('CREATE TABLE thing (id serial PRIMARY KEY, name text NOT NULL)');
  app = await start(ThingsModule);
});

afterAll(async () => {
  await app.close();
  await database.drop();
  await (await testIssuer()).close();
});

async function start(module: new () => object): Promise<NestFastifyApplication> {
  const { settings: issuer } = await testIssuer();
  const env = {
    ...issuer,
    NODE_ENV: 'test',
    PORT: '0',
    DATABASE_URL: database.url,
    KAFKA_BROKERS: '127.0.0.1:1',
  };
  const definition = { name: 'things', description: 'a service for this spec', module };
  const service = await createService(
    definition,
    serviceSettings(definition, env),
    createLogger('things', 'silent'),
  );
  await service.init();
  await service.getHttpAdapter().getInstance().ready();
  return service;
}

type Reply = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };

async function send(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  options: { as?: Actor | null; token?: string; payload?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const token = options.token ?? (options.as === null ? undefined : await issueToken(options.as ?? handler));
  const reply = await app.inject({
    method,
    url,
    payload: options.payload as string | object,
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...options.headers },
  });
  return {
    status: reply.statusCode,
    body: reply.body.startsWith('{') ? reply.json() : { text: reply.body },
    headers: reply.headers,
  };
}

const make = (payload: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  send('POST', '/api/things', { payload, headers: { 'idempotency-key': randomUUID(), ...headers } });

const count = async (): Promise<number> =>
  (await database.db.query<{ n: number }>('SELECT count(*) AS n FROM thing')).rows[0]!.n;

describe('who may call', () => {
  it('no token, an expired one, a foreign key, another audience, another issuer: 401 with cure', async () => {
    const refused = [
      await send('POST', '/api/things', { as: null, payload: {} }),
      await send('POST', '/api/things', {
        token: await issueToken(handler, { expiresIn: -60 }),
        payload: {},
      }),
      await send('POST', '/api/things', {
        token: await issueToken(handler, { foreignKey: true }),
        payload: {},
      }),
      await send('POST', '/api/things', {
        token: await issueToken(handler, { audience: 'urn:other' }),
        payload: {},
      }),
      await send('POST', '/api/things', {
        token: await issueToken(handler, { issuer: 'http://elsewhere' }),
        payload: {},
      }),
    ];
    expect(refused.map(({ status, body }) => [status, body['code']])).toEqual([
      [401, 'request.no-token'],
      [401, 'request.token-expired'],
      [401, 'request.token-invalid'],
      [401, 'request.token-invalid'],
      [401, 'request.token-invalid'],
    ]);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({
        status: 401,
        cure: expect.any(String),
        cureZh: expect.any(String),
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
      expect(headers['content-type']).toContain('application/problem+json');
    }
  });

  it('another role: 403', async () => {
    const { status, body } = await send('POST', '/api/things', {
      as: { ...handler, roles: ['auditor'] },
      payload: {},
    });
    expect([status, body['code']]).toEqual([403, 'request.role-missing']);
  });

  it('another department: 403; a stale, an absent and an odd If-Match: 412, 428, 400', async () => {
    const change = (department: string, etag?: string): Promise<Reply> =>
      send('PUT', `/api/things/${department}`, { headers: etag ? { 'if-match': etag } : {} });
    const replies = [
      await change('hlj.b', '"3"'),
      await change('hlj.a', '"2"'),
      await change('hlj.a'),
      await change('hlj.a', 'x'),
      await change('hlj.a', '"3"'),
    ];
    expect(replies.map(({ status }) => status)).toEqual([403, 412, 428, 400, 200]);
    expect(replies[4]!.headers['etag']).toBe('"4"');
  });

  it('a route that says neither who may call it nor that it is public stops the start', async () => {
    await expect(start(ForgottenModule)).rejects.toThrow('GET ForgottenController.nothing');
  });
});

describe('what may be sent', () => {
  const good = { name: 'a', day: '2024-11-04' };

  it('every field that does not fit is named with code, reason and cure', async () => {
    const { status, body } = await make({ name: 'far too long', day: '2024-02-30', count: 10, extra: 1 });
    expect(status).toBe(422);
    expect((body['errors'] as { field: string; cure: string }[]).map(({ field }) => field).sort()).toEqual([
      'count',
      'day',
      'extra',
      'name',
    ]);
    for (const { cure } of body['errors'] as { cure: string }[]) expect(cure).not.toBe('');
  });

  it.each([
    ['10 MB', 413, 'request.body-too-large', JSON.stringify({ ...good, name: 'x'.repeat(10 * 1024 * 1024) })],
    ['20,000 deep', 400, 'request.body-too-deep', '['.repeat(20_000)],
    [
      'brackets inside a text are not depth',
      422,
      'request.field-invalid',
      JSON.stringify({ ...good, name: '['.repeat(100) }),
    ],
    ['__proto__', 400, 'request.forbidden-key', '{"name":"a","day":"2024-11-04","__proto__":{"x":1}}'],
    ['__proto__ in escapes', 400, 'request.forbidden-key', '{"name":"a","\\u005f_proto__":{"x":1}}'],
    ['constructor.prototype', 400, 'request.forbidden-key', '{"constructor":{"prototype":{"x":1}}}'],
    ['NUL', 400, 'request.forbidden-character', '{"name":"a\\u0000","day":"2024-11-04"}'],
    ['a lone surrogate', 400, 'request.forbidden-character', '{"name":"\\ud83d","day":"2024-11-04"}'],
    ['half a text', 400, 'request.body-malformed', '{"name":'],
  ])('%s', async (_name, status, code, payload) => {
    const before = await count();
    const reply = await make(payload, { 'content-type': 'application/json' });
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
    expect(await count()).toBe(before);
  });

  it.each(['text/csv', 'application/x-ndjson'])('a file (%s) where fields are expected', async (type) => {
    const reply = await make('name,day', { 'content-type': type });
    expect([reply.status, reply.body['code']]).toEqual([415, 'request.unsupported-media-type']);
    expect((await make(good)).status).toBe(201);
  });

  it.each([[''], [' 3'], [true], [[3]], [{ toString: 1 }], [1.5], ['1e0']])(
    'a whole number is not read out of %j',
    async (value) => {
      const reply = await make({ ...good, count: value });
      expect([reply.status, reply.body['code']]).toEqual([422, 'request.field-invalid']);
    },
  );

  it('bytes that are not UTF-8', async () => {
    const reply = await make(Buffer.from([0x7b, 0xff, 0x7d]) as unknown, {
      'content-type': 'application/json',
    });
    expect([reply.status, reply.body['code']]).toEqual([400, 'request.body-malformed']);
  });

  it('an unknown address and an odd cursor', async () => {
    expect((await send('GET', '/api/nothing')).body['code']).toBe('request.not-found');
    expect((await send('GET', '/api/things/pages?after=rubbish')).body['code']).toBe(
      'request.cursor-invalid',
    );
    expect((await send('GET', '/api/things/pages?limit=100000')).status).toBe(422);
  });

  it.each(['/api/%zz', '/%zz', '/api/things/%ED%A0%80', `/api/things/${'x'.repeat(201)}`])(
    'an address that cannot be read: %.30s',
    async (url) => {
      const { status, body, headers } = await send('PUT', url);
      expect([status, body['code']]).toEqual([400, 'request.address-malformed']);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(headers['traceparent']).toContain(body['traceId']);
    },
  );

  it.each([
    ['2024-02-31T00:00:00.000Z', 400],
    ['9999-99-99T99:99:99.999Z', 400],
    ['2024-11-04', 400],
    ['2024-11-04T01:02:03.004Z', 200],
  ])('a cursor with the instant %s', async (instant, status) => {
    const after = Buffer.from(JSON.stringify([instant])).toString('base64url');
    expect((await send('GET', `/api/things/instants?after=${after}`)).status).toBe(status);
  });

  it('an unexpected error tells the caller a trace id and nothing else', async () => {
    const { status, body } = await send('GET', '/api/things/broken');
    expect([status, body['code']]).toEqual([500, 'request.internal']);
    expect(JSON.stringify(body)).not.toContain('secret detail');
  });
});

describe('a repeated request', () => {
  const good = { name: 'once', day: '2024-11-04' };

  it('without a key is refused', async () => {
    const reply = await send('POST', '/api/things', { payload: good });
    expect([reply.status, reply.body['code']]).toEqual([400, 'request.idempotency-key-missing']);
  });

  it('with the same key has one effect and the same answer, also when both come at once', async () => {
    const before = await count();
    const headers = { 'idempotency-key': randomUUID() };
    const [a, b] = await Promise.all([make(good, headers), make(good, headers)]);
    const c = await make(good, headers);
    expect([a.status, b.body, c.body]).toEqual([201, a.body, a.body]);
    expect(await count()).toBe(before + 1);
  });

  it('with another body is refused and has no effect; the same key of another caller is another key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    await make(good, headers);
    const before = await count();
    expect((await make({ ...good, name: 'other' }, headers)).body['code']).toBe(
      'request.idempotency-key-reused',
    );
    expect(await count()).toBe(before);
    const other = await send('POST', '/api/things', {
      as: { ...handler, id: 'handler.b' },
      payload: good,
      headers,
    });
    expect(other.status).toBe(201);
    const moved = await send('POST', '/api/things', {
      as: { ...handler, department: 'hlj.b' },
      payload: good,
      headers,
    });
    expect(moved.body['id']).toBeGreaterThan(other.body['id'] as number);
  });

  it('is known by its body whatever the case of its content type', async () => {
    const headers = { 'idempotency-key': randomUUID(), 'content-type': 'Application/JSON' };
    expect((await make(JSON.stringify(good), headers)).status).toBe(201);
    const other = await make(JSON.stringify({ ...good, name: 'other' }), headers);
    expect(other.body['code']).toBe('request.idempotency-key-reused');
  });

  it('a refused command keeps no key: the mended request may use it', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    expect((await make({ ...good, day: 'x' }, headers)).status).toBe(422);
    expect((await make(good, headers)).status).toBe(201);
  });
});

describe('a transaction', () => {
  it('whose work hid a failed statement is an error, and nothing after the commit runs', async () => {
    let ran = false;
    const work = database.db.transaction(async (tx) => {
      tx.afterCommit(() => (ran = true));
      await tx.query('SELECT 1/0').catch((error: Error) => error);
    });
    await expect(work).rejects.toThrow('error was hidden');
    expect(ran).toBe(false);
  });

  it('of a command that PostgreSQL ends for a deadlock is done again', async () => {
    await database.db.query(`INSERT INTO thing (name) VALUES ('left'), ('right')`);
    const touch = (first: string, second: string): Promise<void> =>
      database.db.command(async (tx) => {
        await tx.query('UPDATE thing SET name = name WHERE name = $1', [first]);
        await tx.query('SELECT pg_sleep(0.2)');
        await tx.query('UPDATE thing SET name = name WHERE name = $1', [second]);
      });
    await expect(Promise.all([touch('left', 'right'), touch('right', 'left')])).resolves.toHaveLength(2);
  });

  it('whose backend ends in the middle is an error, and the next one works', async () => {
    const work = database.db.transaction(async (tx) => {
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toThrow();
    expect((await database.db.query<{ one: number }>('SELECT 1 AS one')).rows[0]!.one).toBe(1);
  });
});
