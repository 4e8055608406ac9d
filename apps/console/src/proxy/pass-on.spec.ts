import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventually } from '#testing';
import { Behind, startConsole } from '../../specs/behind.js';

const MEGABYTE = 1024 * 1024;
let behind: Behind;
let base: string;
let app: NestFastifyApplication;

beforeAll(async () => {
  behind = new Behind();
  const url = await behind.listen();
  ({ base, app } = await startConsole({ SERVICE_RECORDS_URL: url, SERVICE_IDENTITY_URL: url }));
});

afterAll(async () => {
  await app.close();
  await behind.close();
});

beforeEach(() => {
  const fresh = new Behind();
  behind.answer = fresh.answer;
  behind.impatient = false;
});

type Problem = Record<string, unknown>;

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return (await response.json()) as Problem;
}

describe('what is passed on', () => {
  it('method, address, query, headers and body go through, and the answer comes back', async () => {
    behind.answer = (_request, response) => {
      response.writeHead(201, {
        'content-type': 'application/json',
        etag: '"1"',
        'set-cookie': ['a=1', 'b=2'],
        location: '/api/records/7',
      });
      response.end('{"id":7}');
    };
    const response = await fetch(`${base}/api/records?type=penalty&name=%E7%A4%BA%20x&name=y`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer t',
        'content-type': 'application/json',
        'idempotency-key': 'k',
        'if-match': '"3"',
        cookie: 'c=d',
      },
      body: '{"type":"penalty","__proto__":1}',
    });
    expect([response.status, await response.text()]).toEqual([201, '{"id":7}']);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.headers.get('location')).toBe('/api/records/7');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(behind.last).toMatchObject({
      method: 'POST',
      url: '/api/records?type=penalty&name=%E7%A4%BA%20x&name=y',
      bytes: 32,
      headers: {
        authorization: 'Bearer t',
        'content-type': 'application/json',
        'idempotency-key': 'k',
        'if-match': '"3"',
        cookie: 'c=d',
      },
    });
  });

  it('every method, with and without a body, also where the body is no body of ours', async () => {
    for (const [method, type, body] of [
      ['GET', undefined, undefined],
      ['HEAD', undefined, undefined],
      ['DELETE', undefined, undefined],
      ['PUT', 'application/json', '{'],
      ['PATCH', 'text/plain', 'x'],
      ['POST', 'application/x-www-form-urlencoded', 'grant_type=x&a=%26'],
      ['POST', 'application/octet-stream', '\u0000'],
      ['POST', undefined, undefined],
      ['OPTIONS', undefined, undefined],
    ] as const) {
      const response = await fetch(`${base}/api/subjects/x`, {
        method,
        headers: type ? { 'content-type': type } : {},
        body,
      });
      expect([method, response.status]).toEqual([method, 200]);
      expect(behind.last).toMatchObject({ method, url: '/api/subjects/x', bytes: body?.length ?? 0 });
      if (type) expect(behind.last.headers['content-type']).toBe(type);
    }
  });

  it('a file of 25 MB, with and without its length, is streamed and not held', async () => {
    const file = Buffer.alloc(25 * MEGABYTE, 'a,b,c\n');
    const known = await fetch(`${base}/api/records/batches?type=penalty`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: file,
    });
    expect([known.status, behind.last.bytes, behind.last.headers['content-length']]).toEqual([
      200,
      file.length,
      String(file.length),
    ]);
    const chunks = Readable.from(
      (function* () {
        for (let i = 0; i < 25; i++) yield file.subarray(0, MEGABYTE);
      })(),
    );
    const chunked = await fetch(`${base}/api/records/batches?type=penalty`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: Readable.toWeb(chunks) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    expect([chunked.status, behind.last.bytes, behind.last.headers['content-length']]).toEqual([
      200,
      file.length,
      undefined,
    ]);
  });

  it('a refusal in the middle of an upload reaches the caller, and the connection stays of use', async () => {
    behind.impatient = true;
    behind.answer = (_request, response) => {
      response
        .writeHead(401, { 'content-type': 'application/problem+json' })
        .end('{"code":"request.no-token"}');
    };
    const body = Buffer.alloc(10 * MEGABYTE);
    for (let i = 0; i < 10; i++) {
      const response = await fetch(`${base}/api/records/batches`, { method: 'POST', body });
      expect([response.status, await response.json()]).toEqual([401, { code: 'request.no-token' }]);
    }
  });

  it('an answer of many megabytes comes whole', async () => {
    behind.answer = (_request, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/x-ndjson' })
        .end(Buffer.alloc(20 * MEGABYTE, '{}\n'));
    const response = await fetch(`${base}/api/records/batches/1/errors`);
    expect((await response.arrayBuffer()).byteLength).toBe(20 * MEGABYTE);
  });

  it('an Expect: 100-continue, as curl sends it with large bodies, is answered', async () => {
    const request = httpRequest(`${base}/api/records/batches`, {
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 5 },
    });
    request.on('continue', () => request.end('a,b\n\n'));
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect([response.statusCode, behind.last.bytes]).toEqual([200, 5]);
  });
});

describe('headers', () => {
  it('of one connection end here, on both ways', async () => {
    behind.answer = (_request, response) => {
      response.setHeader('connection', 'close, x-hop');
      response.setHeader('proxy-connection', 'close');
      response.setHeader('x-hop', '1');
      response.writeHead(200).end('ok');
    };
    const request = httpRequest(`${base}/api/records`, {
      headers: {
        connection: 'keep-alive, x-secret-hop',
        'x-secret-hop': '1',
        'keep-alive': 'timeout=5',
        te: 'trailers',
        'proxy-connection': 'x',
        'x-kept': '1',
      },
    });
    request.end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.headers['proxy-connection']).toBeUndefined();
    expect(response.headers['x-hop']).toBeUndefined();
    expect(response.headers['connection'] ?? '').not.toContain('x-hop');
    const { headers } = behind.last;
    expect(headers['x-kept']).toBe('1');
    for (const name of ['x-secret-hop', 'keep-alive', 'te', 'proxy-connection'])
      expect(headers[name]).toBeUndefined();
  });

  it('say to the service who asked and by which address, whatever the client claims', async () => {
    await fetch(`${base}/api/records`, {
      headers: {
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'evil',
        'x-forwarded-proto': 'https',
        forwarded: 'for=1.2.3.4',
        'x-real-ip': '1.2.3.4',
      },
    });
    expect(behind.last.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': new URL(base).host,
    });
    expect(behind.last.headers['forwarded']).toBeUndefined();
    expect(behind.last.headers['x-real-ip']).toBeUndefined();
  });

  it('a trusted balancer in front is believed', async () => {
    const trusting = await startConsole({ SERVICE_RECORDS_URL: behind.url, TRUSTED_PROXIES: '127.0.0.0/8' });
    await fetch(`${trusting.base}/api/records`, {
      headers: {
        'x-forwarded-for': '1.2.3.4, 203.0.113.9',
        'x-forwarded-proto': 'https',
        'x-forwarded-host': 'credit.example',
      },
    });
    expect(behind.last.headers).toMatchObject({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'credit.example',
    });
    await trusting.app.close();
  });

  it('carry the trace of the caller on', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const response = await fetch(`${base}/api/records`, {
      headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` },
    });
    expect(behind.last.headers['traceparent']).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    expect(behind.last.headers['traceparent']).not.toContain('b7ad6b7169203331');
    expect(response.headers.get('traceparent')).toContain(trace);
    await fetch(`${base}/api/records`);
    expect(behind.last.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});

describe('a service that is away', () => {
  it('is said so: 503, with code, cure and trace', async () => {
    const response = await fetch(`${base}/api/listings`, {
      method: 'POST',
      body: Buffer.alloc(2 * MEGABYTE),
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await problemOf(response)).toMatchObject({
      status: 503,
      code: 'console.service-away',
      facts: { service: 'listing' },
      detail: 'The service listing is away; the request did not reach it.',
      cure: expect.any(String),
      cureZh: expect.any(String),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('and dies in the middle of a request: 502, which says that the effect is unknown', async () => {
    behind.answer = (request) => request.socket.destroy();
    const response = await fetch(`${base}/api/records`, { method: 'POST', body: 'x' });
    const before = behind.heard.length;
    expect([response.status, (await problemOf(response))['code']]).toEqual([
      502,
      'console.service-broke-off',
    ]);
    expect(behind.heard.length).toBe(before);
  });

  it('and died while the connection lay idle: a read is asked once more, a change never', async () => {
    const dying = (request: IncomingMessage): void => {
      behind.answer = new Behind().answer;
      request.socket.destroy();
    };
    behind.answer = dying;
    const before = behind.heard.length;
    expect((await fetch(`${base}/api/records`)).status).toBe(200);
    expect(behind.heard.length).toBe(before + 2);
    behind.answer = (request) => request.socket.destroy();
    expect((await fetch(`${base}/api/records`)).status).toBe(502);
    expect(behind.heard.length).toBe(before + 4);
    behind.answer = dying;
    expect((await fetch(`${base}/api/records/7`, { method: 'DELETE' })).status).toBe(502);
    expect(behind.heard.length).toBe(before + 5);
  });

  it('and dies in the middle of its answer: the caller sees a broken answer, not a short one', async () => {
    behind.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half', () => response.destroy());
    };
    await expect(fetch(`${base}/api/records`).then((response) => response.text())).rejects.toThrow();
  });

  it('is reached again as soon as it is back', async () => {
    const later = new Behind();
    const url = await later.listen();
    const port = Number(new URL(url).port);
    const front = await startConsole({ SERVICE_GRADING_URL: url });
    expect((await fetch(`${front.base}/api/grades/x`)).status).toBe(200);
    await later.close();
    expect((await fetch(`${front.base}/api/grades/x`)).status).toBe(503);
    const back = new Behind();
    await back.listen(port);
    expect((await fetch(`${front.base}/api/grades/x`)).status).toBe(200);
    await front.app.close();
    await back.close();
  });

  it('a 503 of the service itself is passed on once, not tried ten times', async () => {
    behind.answer = (_request, response) =>
      void response.writeHead(503, { 'retry-after': '2' }).end('{"code":"request.database-unavailable"}');
    const before = behind.heard.length;
    const response = await fetch(`${base}/api/records`);
    expect([response.status, await response.json()]).toEqual([503, { code: 'request.database-unavailable' }]);
    expect(behind.heard.length).toBe(before + 1);
  });
});

describe('what is not passed on', () => {
  it.each([
    ['/api/nothing', 404, 'request.not-found'],
    ['/api/', 404, 'request.not-found'],
    ['/nothing', 404, 'request.not-found'],
    ['/api/%72ecords', 404, 'request.not-found'],
    ['/api/records/%2e%2e/%2e%2e/metrics', 400, 'console.address-invalid'],
    ['/api/records/..%2f..%2fmetrics', 400, 'console.address-invalid'],
    ['/docs/nothing/', 404, 'request.not-found'],
  ])('%s: %d %s', async (path, status, code) => {
    const before = behind.heard.length;
    const raw = httpRequest(base, { path });
    raw.end();
    const [response] = (await once(raw, 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    expect([response.statusCode, (JSON.parse(body) as Problem)['code']]).toEqual([status, code]);
    expect(behind.heard.length).toBe(before);
  });

  it('a caller who leaves in the middle of an upload takes the request to the service along', async () => {
    let broken = false;
    behind.impatient = true;
    behind.answer = (request) => {
      request.on('error', () => (broken = true));
      request.resume();
    };
    const before = behind.heard.length;
    const upload = httpRequest(`${base}/api/records/batches`, {
      method: 'POST',
      headers: { 'content-length': 10 * MEGABYTE },
    });
    upload.on('error', () => undefined); // it is we who break it off
    upload.write(Buffer.alloc(MEGABYTE));
    await eventually(() => expect(behind.heard.length).toBe(before + 1));
    upload.destroy();
    await eventually(() => expect(broken).toBe(true));
    behind.impatient = false;
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
  });
});
