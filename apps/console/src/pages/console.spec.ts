import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startTestIssuer, type TestIssuer } from '#testing';
import { Behind, NOBODY, startConsole } from '../../specs/behind.js';

let records: Behind;
let listing: Behind;
let base: string;
let app: NestFastifyApplication;
let issuer: TestIssuer;

beforeAll(async () => {
  [records, listing, issuer] = [new Behind(), new Behind(), await startTestIssuer()];
  records.answer = (request, response) => {
    const document = {
      openapi: '3.1.0',
      info: { title: 'records', description: 'Keeps records.', version: '1' },
      paths: { '/api/records': { post: { operationId: 'RecordsController_push' } } },
    };
    const body = request.url === '/openapi.json' ? document : { status: 'ready', checks: { database: 'ok' } };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  ({ base, app } = await startConsole({
    ...issuer.settings,
    CONSOLE_URL: 'http://console.example',
    SERVICE_RECORDS_URL: await records.listen(),
    SERVICE_LISTING_URL: await listing.listen(),
  }));
});

afterAll(async () => {
  await app.close();
  await records.close();
  await issuer.close();
});

describe('the start page', () => {
  it('leads to login, register, documents and health, in both languages, without scripts', async () => {
    const response = await fetch(`${base}/`);
    const page = await response.text();
    for (const href of [
      '/login',
      '/public/listings',
      '/docs',
      '/openapi.json',
      '/events',
      '/asyncapi.json',
      '/health/ready',
      '/docs/records/',
      '/docs/notifications/',
    ]) {
      expect(page).toContain(`href="${href}"`);
    }
    expect(page).toMatch(/公示名单 Public register/);
    expect(page).not.toMatch(/<script|https?:\/\//);
    expect(response.headers.get('content-security-policy')).toContain(`default-src 'none'`);
  });

  it('the console is live and ready by itself, whoever is away behind it', async () => {
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  });
});

describe('the page behind the code on a certificate', () => {
  const certificate = {
    valid: true,
    code: '7QK2-M9XH-0RTD-5VWA',
    listName: '名单（虚构）',
    subjectName: '<b>松江示例商贸有限公司（虚构）',
    departmentName: '某厅（虚构）',
    decisionNo: '（虚构）列入决定〔2025〕1号',
    documentNo: 'WAGE-2025-000001-9',
    issuedOn: '2025-06-02',
    endedOn: '2025-06-02',
    closedOn: '2025-06-02',
    receipts: 4,
    pdfSha256: null,
  };
  const answers = (status: number, body: object): void => {
    listing.answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
  };
  const opened = async (code = certificate.code) => {
    const response = await fetch(`${base}/certificates/${code}`);
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  // For what follows it is away.
  afterAll(() => listing.close());

  it('says whether it holds and what to compare, as text and without scripts', async () => {
    answers(200, certificate);
    const { status, text, headers } = await opened();
    expect([status, listing.last.url]).toEqual([200, `/public/certificates/${certificate.code}`]);
    expect(text).toContain('本证明有效。');
    expect(text).toContain('&#60;b&#62;松江示例商贸有限公司（虚构）');
    expect(text).not.toMatch(/<script|文件摘要/);
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'`);
  });

  it('says that it holds no longer, and that a code which nobody can check is not thereby wrong', async () => {
    const { endedOn: _ended, closedOn: _closed, ...paper } = certificate;
    answers(200, { ...paper, valid: false, reasonZh: '已经恢复', reason: 'restored' });
    expect((await opened()).text).toMatch(/已经无效。<\/strong> 已经恢复/);
    answers(404, { code: 'request.not-found' });
    expect(await opened('a%2F..%2Fb')).toMatchObject({
      status: 404,
      text: expect.stringContaining('没有以此'),
    });
    expect(listing.last.url).toBe('/public/certificates/a%2F..%2Fb');
    answers(500, {});
    expect(await opened()).toMatchObject({ status: 503, text: expect.stringContaining('这不说明证明无效') });
  });
});

describe('documents', () => {
  it('one of all services; those that are away are named', async () => {
    const document = (await (await fetch(`${base}/openapi.json`)).json()) as Record<string, unknown> & {
      paths: Record<string, object>;
    };
    expect(document['openapi']).toBe('3.1.0');
    expect(document.paths['/api/records']).toMatchObject({
      post: { operationId: 'records_RecordsController_push', tags: ['records'] },
    });
    expect(document.paths['/api/operations/health']).toBeDefined();
    expect(document['x-missing']).toEqual(['identity', 'listing', 'measures', 'grading', 'notifications']);
  });

  it('those of one service stand under its name', async () => {
    const bare = await fetch(`${base}/docs/records`, { redirect: 'manual' });
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/docs/records/']);
    await fetch(`${base}/docs/records/swagger-ui.css`);
    expect(records.last.url).toBe('/docs/swagger-ui.css');
    await fetch(`${base}/docs/records/openapi.json`);
    expect(records.last.url).toBe('/openapi.json');
  });
});

describe('health of all', () => {
  it('is for operators and names who is away', async () => {
    const ask = async (role?: 'operator' | 'auditor'): Promise<Response> => {
      const token = role && (await issuer.issueToken({ kind: 'person', id: 'p', name: 'P', roles: [role] }));
      return fetch(`${base}/api/operations/health`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
    };
    expect([(await ask()).status, (await ask('auditor')).status]).toEqual([401, 403]);
    const answer = await ask('operator');
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        status: 'degraded',
        services: expect.objectContaining({
          records: { ready: true, ms: expect.any(Number), checks: { database: 'ok' } },
          listing: { ready: false, ms: expect.any(Number), checks: { connection: 'ECONNREFUSED' } },
        }),
      },
    ]);
  });
});

describe('messaging of all services', () => {
  it('is gathered for operators with their own token, and says who did not answer', async () => {
    const as = async (role: 'operator' | 'auditor') =>
      `Bearer ${await issuer.issueToken({ kind: 'person', id: '1', name: '1', roles: [role] })}`;
    const ask = (authorization: string) =>
      fetch(`${base}/api/operations/messaging`, { headers: { authorization } });
    expect((await ask(await as('auditor'))).status).toBe(403);
    const token = await as('operator');
    const response = await ask(token);
    expect([response.status, await response.json()]).toEqual([
      200,
      {
        services: { records: { status: 'ready', checks: { database: 'ok' } } },
        missing: {
          listing: 'ECONNREFUSED',
          measures: 'ECONNREFUSED',
          grading: 'ECONNREFUSED',
          notifications: 'ECONNREFUSED',
        },
      },
    ]);
    expect(records.last).toMatchObject({
      url: '/api/operations/records/messaging',
      headers: { authorization: token },
    });
  });
});

describe('login at the console', () => {
  const own = async (): Promise<{ base: string; app: NestFastifyApplication }> =>
    startConsole({ OIDC_ISSUER: 'http://console.example/oidc', SERVICE_RECORDS_URL: records.url });

  it('goes to the issuer with PKCE, and the browser keeps state and verifier', async () => {
    const front = await own();
    const response = await fetch(`${front.base}/login`, { redirect: 'manual' });
    const address = new URL(response.headers.get('location')!);
    expect([response.status, address.origin + address.pathname]).toEqual([
      303,
      'http://console.example/oidc/auth',
    ]);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      client_id: 'chengxin-console',
      response_type: 'code',
      redirect_uri: 'http://console.example/callback',
      resource: 'urn:chengxin:api',
      code_challenge_method: 'S256',
    });
    expect(response.headers.get('set-cookie')).toMatch(
      /^chengxin_login=[\w-]+\.[\w-]{43}; Max-Age=600; Path=\/callback; HttpOnly; SameSite=Lax$/,
    );
    await front.app.close();
  });

  it('shows the code that comes back to the browser that asked, and to no other', async () => {
    const front = await own();
    const begun = await fetch(`${front.base}/login`, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location')!).searchParams.get('state')!;
    const cookie = begun.headers.get('set-cookie')!.split(';')[0]!;
    const back = `${front.base}/callback?code=${encodeURIComponent(`c"'><script>`)}&state=${state}`;
    const page = await fetch(back, { headers: { cookie } });
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toContain('curl http://console.example/oidc/token');
    expect(text).not.toContain('<script');
    expect(text).toMatch(/only shows the authorization code/);
    expect((await fetch(back)).status).toBe(400);
    expect((await fetch(`${front.base}/callback?code=c&state=other`, { headers: { cookie } })).status).toBe(
      400,
    );
    const refused = await fetch(
      `${front.base}/callback?error=access_denied&error_description=%3Cb%3E&state=${state}`,
      { headers: { cookie } },
    );
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('access_denied &#60;b&#62;'),
    ]);
    await front.app.close();
  });

  it('with an issuer elsewhere asks that issuer where to go, and says when it is away', async () => {
    const away = await startConsole({ OIDC_ISSUER: `${NOBODY}/realms/x` });
    const response = await fetch(`${away.base}/login`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      503,
      'console.issuer-away',
    ]);
    await away.app.close();
  });
});
