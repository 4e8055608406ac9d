import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestIssuer, type TestDatabase, testDatabase } from '#testing';
import { askToken, CodeFlow } from '../../specs/browser.js';
import { type RunningIdentity, startIdentity } from '../../specs/running-identity.js';
import { SeverableLine } from '../../specs/severable-line.js';

const UNIT = 'hlj.city.230100.market-regulation';
const CREDENTIALS: [string, string] = [`system.${UNIT}`, `demo-secret-${UNIT}`];
let database: TestDatabase;
let running: RunningIdentity;

beforeAll(async () => {
  database = await testDatabase('identity');
  running = await startIdentity(database.url);
});

afterAll(async () => {
  await running.app.close();
  await database.drop();
});

const clientCredentials = (
  basic: [string, string],
  other: Record<string, string> = {},
): ReturnType<typeof askToken> =>
  askToken(running.base, { grant_type: 'client_credentials', ...other }, basic);

async function me(base: string, token: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${base}/api/identity/me`, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('a department system', () => {
  it('gets a token that says for which department it acts, and the guard of a service takes it', async () => {
    const { status, body } = await clientCredentials(CREDENTIALS);
    expect([status, body.expires_in]).toEqual([200, 600]);
    expect(decodeProtectedHeader(body.access_token!)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(body.access_token!)).toMatchObject({
      iss: `${running.base}/oidc`,
      aud: 'urn:chengxin:api',
      sub: `system.${UNIT}`,
      client_id: `system.${UNIT}`,
      department: UNIT,
      region: '230100',
      roles: ['department-system'],
      name: '哈尔滨市市场监督管理局业务系统(演示)',
    });
    expect(await me(running.base, body.access_token!)).toMatchObject({
      status: 200,
      body: { kind: 'system', id: `system.${UNIT}`, department: UNIT, departmentNameEn: expect.any(String) },
    });
  });

  it.each<Record<string, string>>([
    { client_id: 'a\0b', client_secret: 'x' },
    { client_id: 'chengxin-console', grant_type: 'authorization_code', code: '\0', code_verifier: 'x' },
  ])('is refused, not failed on, with a NUL in its parameters: %j', async (parameters) => {
    const { status } = await askToken(running.base, { grant_type: 'client_credentials', ...parameters });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it('is answered on a connection on which a body before it was refused as too large', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (body: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const asked = request(
          `${running.base}/oidc/token`,
          { method: 'POST', agent, headers, timeout: 5_000 },
          (answer) => answer.resume().once('end', () => resolve(answer.statusCode!)),
        );
        asked.once('timeout', () => asked.destroy(new Error('no answer')));
        asked.once('error', reject).end(body);
      });
    expect(await ask('x'.repeat(200_000))).toBe(400);
    expect(await ask('grant_type=client_credentials&client_id=x&client_secret=x')).toBe(401);
    agent.destroy();
  });

  it('may name the audience, but no other', async () => {
    expect((await clientCredentials(CREDENTIALS, { resource: 'urn:chengxin:api' })).status).toBe(200);
    const other = await clientCredentials(CREDENTIALS, { resource: 'https://elsewhere.example' });
    expect([other.status, other.body.error]).toEqual([400, 'invalid_target']);
  });

  it('with a wrong secret, as an unknown client, by another way in, or closed: refused', async () => {
    const refused = [
      await clientCredentials([CREDENTIALS[0], 'demo-secret-of-another']),
      await clientCredentials(['system.nobody', CREDENTIALS[1]]),
      await clientCredentials(['system.\u0000', CREDENTIALS[1]]),
      await askToken(
        running.base,
        { grant_type: 'password', username: 'operator', password: 'x' },
        CREDENTIALS,
      ),
      await askToken(running.base, { grant_type: 'client_credentials', client_id: 'chengxin-console' }),
    ];
    expect(refused.map(({ status, body }) => [status, body.error])).toEqual([
      [401, 'invalid_client'],
      [401, 'invalid_client'],
      [400, 'invalid_request'], // characters that no client id has
      [400, 'unsupported_grant_type'],
      [400, 'invalid_request'], // the console is not a client of this way
    ]);
    const closing = ['system.hlj.youth-league', 'demo-secret-hlj.youth-league'] as [string, string];
    expect((await clientCredentials(closing)).status).toBe(200);
    await database.db.query('UPDATE machine_client SET closed_at = now() WHERE client_id = $1', [closing[0]]);
    expect((await clientCredentials(closing)).status).toBe(401);
  });

  it('keeps no secret in the database, only its digest', async () => {
    const { rows } = await database.db.query<{ text: string }>(
      'SELECT row_to_json(c)::text AS text FROM machine_client c WHERE client_id = $1',
      [CREDENTIALS[0]],
    );
    expect(rows[0]!.text).not.toContain(CREDENTIALS[1]);
  });
});

describe('tokens', () => {
  it('run out: 401 with code', async () => {
    const short = await startIdentity(database.url, { IDENTITY_TOKEN_SECONDS: '1' });
    const { body } = await askToken(short.base, { grant_type: 'client_credentials' }, CREDENTIALS);
    expect(body.expires_in).toBe(1);
    // The guard grants clocks that differ five seconds.
    const expired = decodeJwt(body.access_token!).exp! * 1000 + 5_100 - Date.now();
    await pause(expired);
    expect(await me(short.base, body.access_token!)).toMatchObject({
      status: 401,
      body: { code: 'request.token-expired' },
    });
    await short.app.close();
  });

  it('of another issuer take their place by configuration alone', async () => {
    const issuer = await startTestIssuer();
    const other = await startIdentity(database.url, issuer.settings);
    const foreign = await issuer.issueToken({
      kind: 'system',
      id: 'their-system',
      name: 'S',
      department: UNIT,
      region: '230100',
      roles: ['department-system'],
    });
    expect(await me(other.base, foreign)).toMatchObject({
      status: 200,
      body: { id: 'their-system', department: UNIT },
    });
    const { body } = await clientCredentials(CREDENTIALS);
    expect(await me(other.base, body.access_token!)).toMatchObject({
      status: 401,
      body: { code: 'request.token-invalid' },
    });
    expect((await fetch(`${other.base}/oidc/.well-known/openid-configuration`)).status).toBe(404);
    const operator = await issuer.issueToken({
      kind: 'person',
      id: 'their-operator',
      name: 'O',
      roles: ['operator'],
    });
    const party = await fetch(`${other.base}/api/identity/parties`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operator}`,
        'content-type': 'application/json',
        'idempotency-key': 'k',
      },
      body: JSON.stringify({ code: '91230199MA1C5TK04A', name: 'x' }),
    });
    expect([party.status, ((await party.json()) as { code: string }).code]).toEqual([
      409,
      'identity.other-issuer',
    ]);
    await other.app.close();
    await issuer.close();
  });

  it('are verified with keys that another start of the service, and another replica, have too', async () => {
    const { body } = await clientCredentials(CREDENTIALS);
    const replica = await startIdentity(database.url, {
      OIDC_ISSUER: `${running.base}/oidc`,
      OIDC_JWKS_URI: `${running.base}/oidc/jwks`,
    });
    const keys = await Promise.all(
      [running, replica].map(async ({ base }) => (await fetch(`${base}/oidc/jwks`)).json()),
    );
    expect(keys[1]).toEqual(keys[0]);
    expect(JSON.stringify(keys[0])).not.toContain('"d"');
    expect((await me(replica.base, body.access_token!)).status).toBe(200);
    await replica.app.close();
  });

  it('another IDENTITY_KEY_SECRET stops the start with the reason', async () => {
    await expect(
      startIdentity(database.url, { IDENTITY_KEY_SECRET: 'another secret of 32 characters.' }),
    ).rejects.toThrow(/IDENTITY_KEY_SECRET does not open/);
  });
});

describe('while the database is away', () => {
  it('nobody is told 500: 503, and all is well when it is back', async () => {
    const line = new SeverableLine(new URL(database.url));
    const service = await startIdentity(await line.url());
    const token = (): ReturnType<typeof askToken> =>
      askToken(service.base, { grant_type: 'client_credentials' }, CREDENTIALS);
    expect((await token()).status).toBe(200);
    await line.cut();
    const away = await token();
    expect([away.status, away.body.error]).toEqual([503, 'temporarily_unavailable']);
    expect((await fetch(`${service.base}/health/ready`)).status).toBe(503);
    expect((await fetch(`${service.base}/oidc/jwks`)).status).toBe(200);
    const login = new CodeFlow(service.base);
    const told = (await login.browser.get(login.startUrl())).headers.get('location')!;
    expect(new URL(told).searchParams.get('error')).toBe('temporarily_unavailable'); // RFC 6749 §4.1.2.1
    await line.mend();
    expect((await token()).status).toBe(200);
    expect((await login.code('auditor')).length).toBeGreaterThan(20);
    await service.app.close();
    await line.cut();
  });
});

describe('a client that answers to the proxy', () => {
  it('finds every endpoint under the address by which it came', async () => {
    const response = await fetch(`${running.base}/oidc/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'credit.example', 'x-forwarded-proto': 'https' },
    });
    expect(await response.json()).toMatchObject({
      issuer: `${running.base}/oidc`,
      token_endpoint: 'https://credit.example/oidc/token',
      jwks_uri: 'https://credit.example/oidc/jwks',
    });
    expect(response.headers.get('traceparent')).toMatch(/^00-/);
  });
});
