import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type TestDatabase, testDatabase } from '#testing';
import { Browser, CodeFlow } from '../../specs/browser.js';
import { type RunningIdentity, startIdentity } from '../../specs/running-identity.js';

const HANDLER = 'handler.hlj.human-resources';
const GOOD = { username: HANDLER, password: 'chengxin-demo' };
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

const flow = (browser?: Browser): CodeFlow => new CodeFlow(running.base, browser);

async function tokenOf(username: string, password?: string): Promise<string> {
  const login = flow();
  return (await login.exchange(await login.code(username, password))).body.access_token!;
}

describe('a person', () => {
  it('logs in by the form and gets a token with department, region and role', async () => {
    const login = flow();
    const { body, status } = await login.exchange(await login.code(HANDLER));
    expect([status, body.expires_in]).toEqual([200, 600]);
    expect(decodeJwt(body.access_token!)).toMatchObject({
      sub: HANDLER,
      client_id: 'chengxin-console',
      aud: 'urn:chengxin:api',
      department: 'hlj.human-resources',
      region: '230000',
      roles: ['handler'],
      name: '省人社厅经办人(演示)',
    });
    const me = await fetch(`${running.base}/api/identity/me`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect([me.status, await me.json()]).toEqual([
      200,
      expect.objectContaining({ kind: 'person', id: HANDLER, departmentName: '省人社厅' }),
    ]);
  });

  it('comes back with the same state, and nobody is asked for consent', async () => {
    const login = flow();
    const { url } = await login.open();
    const end = await login.submit(url, GOOD);
    expect(end.url).toMatch(new RegExp(`^${login.redirect}\\?code=`));
    expect(new URL(end.url).searchParams.get('state')).toBe('state-of-the-spec');
  });

  it('with a wrong password, as nobody, with odd texts: the form again, no code', async () => {
    for (const form of [
      { username: HANDLER, password: 'wrong' },
      { username: 'nobody', password: 'chengxin-demo' },
      { username: '', password: '' },
      { username: 'a\u0000b', password: 'c\u0000d' },
      { username: 'x'.repeat(5_000), password: 'y'.repeat(5_000) },
    ] as Record<string, string>[]) {
      const login = flow();
      const { url } = await login.open();
      const end = await login.submit(url, form);
      expect([end.response.status, end.url]).toEqual([403, url]);
      expect(await end.response.text()).toContain('账号或密码不正确');
    }
  });

  it('may cancel, and the console is told', async () => {
    const login = flow();
    const { url } = await login.open();
    const end = await login.submit(url, { username: '', password: '', cancel: 'yes' });
    expect(new URL(end.url).searchParams.get('error')).toBe('access_denied');
  });

  it('has no session in another browser; in the same one needs no second login', async () => {
    const browser = new Browser();
    const first = flow(browser);
    await first.exchange(await first.code(HANDLER));
    const again = await flow(browser).open();
    expect(again.url).toContain('/callback?code=');
    const elsewhere = await flow().open({ prompt: 'none' });
    expect(new URL(elsewhere.url).searchParams.get('error')).toBe('login_required');
  });

  it('stays logged in while the service is killed and started again', async () => {
    const browser = new Browser();
    const port = Number(new URL(running.base).port);
    const login = flow(browser);
    const token = (await login.exchange(await login.code('operator'))).body.access_token!;
    await running.app.close();
    running = await startIdentity(database.url, {}, port);
    const again = flow(browser);
    const { url } = await again.open({ prompt: 'none' });
    const code = new URL(url).searchParams.get('code')!;
    expect((await again.exchange(code)).status).toBe(200);
    const me = await fetch(`${running.base}/api/identity/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(me.status).toBe(200);
  });

  it('whose login is closed has no more token, whatever the session says', async () => {
    const browser = new Browser();
    const username = 'reviewer.hlj.youth-league';
    const login = flow(browser);
    const code = await login.code(username);
    await database.db.query('UPDATE person SET closed_at = now() WHERE username = $1', [username]);
    const late = await login.exchange(code);
    expect([late.status, late.body.error]).toEqual([400, 'invalid_grant']);
    const { url } = await flow(browser).open();
    expect(url).toContain('/oidc/interaction/');
    expect((await login.submit(url, { username, password: 'chengxin-demo' })).response.status).toBe(403);
  });

  it('signs out: the session is gone', async () => {
    const browser = new Browser();
    const login = flow(browser);
    const { body } = await login.exchange(await login.code(HANDLER));
    const home = `${running.base}/`;
    const query = new URLSearchParams({ id_token_hint: body.id_token!, post_logout_redirect_uri: home });
    const asked = await browser.get(`${running.base}/oidc/session/end?${query}`);
    const page = await asked.text();
    expect([asked.status, page]).toEqual([200, expect.stringContaining('退出登录')]);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)![1]!;
    const action = /action="([^"]+)"/.exec(page)![1]!;
    const forged = await new Browser().post(action, { xsrf, logout: 'yes' });
    expect(forged.status).toBe(400);
    const out = await browser.post(action, { xsrf, logout: 'yes' });
    expect([out.status, out.headers.get('location')]).toEqual([303, home]);
    expect((await flow(browser).open()).url).toContain('/oidc/interaction/');
  });
});

describe('the login form', () => {
  it('runs no script, sits in no frame, is kept nowhere', async () => {
    const { response, page } = await flow().open();
    expect(response.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(page).not.toMatch(/<script|https?:\/\//);
    const cookies = await fetch(flow().startUrl(), { redirect: 'manual' });
    for (const cookie of cookies.headers.getSetCookie()) expect(cookie).toMatch(/samesite=lax; httponly/i);
  });

  it('shows what was typed as text, never as markup', async () => {
    const login = flow();
    const { url } = await login.open();
    const end = await login.submit(url, { username: '"><script>alert(1)</script>', password: 'x' });
    const page = await end.response.text();
    expect(page).not.toContain('<script');
    expect(page).toContain('&#60;script&#62;');
    const hint = await flow().open({ login_hint: '"><b>' });
    expect(hint.page).not.toContain('<b>');
  });

  it('posted from another browser, at another address or after its time: start again', async () => {
    const login = flow();
    const { url } = await login.open();
    const elsewhere = await new Browser().post(url, GOOD);
    expect([elsewhere.status, await elsewhere.text()]).toEqual([400, expect.stringContaining('登录已失效')]);
    const other = await login.browser.post(`${running.base}/oidc/interaction/another`, GOOD);
    expect(other.status).toBe(400);
    const hasty = await startIdentity(database.url, { IDENTITY_LOGIN_SECONDS: '1' });
    const late = new CodeFlow(hasty.base);
    const opened = await late.open();
    await pause(1_200);
    const expired = await late.browser.post(opened.url, GOOD);
    expect([expired.status, await expired.text()]).toEqual([400, expect.stringContaining('登录已失效')]);
    await hasty.app.close();
  });
});

describe('an authorization code', () => {
  it('works once, and also once when two come at the same time', async () => {
    const login = flow();
    const code = await login.code(HANDLER);
    expect((await login.exchange(code)).status).toBe(200);
    const again = await login.exchange(code);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    const twice = flow();
    const other = await twice.code(HANDLER);
    const answers = await Promise.all([1, 2, 3, 4].map(() => twice.exchange(other)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('needs the verifier with which it was asked for, and the same redirect', async () => {
    const login = flow();
    const wrong = await login.exchange(await login.code(HANDLER), { code_verifier: flow().verifier });
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant']);
    const elsewhere = await login.exchange(await login.code(HANDLER), {
      redirect_uri: 'https://evil.example/',
    });
    expect(elsewhere.status).toBe(400);
  });

  it('is not given without PKCE, to an unknown client, or to an address that is not registered', async () => {
    const login = flow();
    const [bare, unknown, away] = [
      new URL(login.startUrl()),
      new URL(login.startUrl()),
      new URL(login.startUrl()),
    ];
    bare.searchParams.delete('code_challenge');
    bare.searchParams.delete('code_challenge_method');
    unknown.searchParams.set('client_id', 'nobody');
    away.searchParams.set('redirect_uri', 'https://evil.example/callback');
    const answer = async (url: URL): Promise<[number, string | null]> => {
      const response = await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } });
      return [response.status, response.headers.get('location')];
    };
    expect((await answer(bare))[1]).toMatch(/\/callback\?error=invalid_request/);
    expect(await answer(unknown)).toEqual([400, null]);
    expect(await answer(away)).toEqual([400, null]);
  });
});

describe('guessing passwords', () => {
  const guess = async (username: string, password: string, address: string): Promise<Response> => {
    const login = flow();
    const { url } = await login.open();
    return login.browser.post(url, { username, password }, { 'x-forwarded-for': address });
  };

  it('five tries, then even the right password waits; from another address it does not', async () => {
    const username = 'handler.hlj.finance';
    for (let i = 0; i < 5; i++) expect((await guess(username, 'wrong', '10.0.0.1')).status).toBe(403);
    const blocked = await guess(username, 'chengxin-demo', '10.0.0.1');
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(20);
    expect((await guess(username, 'chengxin-demo', '10.0.0.2')).status).toBe(303);
    await database.db.query(`UPDATE login_try SET wait_until = now() WHERE address = '10.0.0.1'`);
    expect((await guess(username, 'chengxin-demo', '10.0.0.1')).status).toBe(303);
    expect((await guess(username, 'wrong', '10.0.0.1')).status).toBe(403);
  });

  it('many at once have no more tries than one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => guess('handler.hlj.tax', 'wrong', '10.0.0.3')),
    );
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  it('from ever new addresses ends too, at fifty', async () => {
    const username = 'handler.hlj.education';
    await guess(username, 'wrong', '10.1.0.1');
    // Forty-seven more, as if from as many addresses.
    await database.db.query(
      `UPDATE login_try SET tries = 48 WHERE address = '*' AND login = (SELECT login FROM login_try WHERE address = '10.1.0.1')`,
    );
    for (const address of ['10.1.0.2', '10.1.0.3']) {
      expect((await guess(username, 'wrong', address)).status).toBe(403);
    }
    expect((await guess(username, 'chengxin-demo', '10.2.0.1')).status).toBe(429);
  });

  it('keeps no text that was typed', async () => {
    await guess('my-secret-password', 'x', '10.0.0.4');
    const { rows } = await database.db.query<{ text: string }>(
      'SELECT row_to_json(t)::text AS text FROM login_try t',
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('my-secret-password');
  });
});

describe('the login of a party', () => {
  const post = async (
    body: object,
    token: string,
    key: string = randomUUID(),
  ): Promise<{ status: number; body: Record<string, string> }> => {
    const response = await fetch(`${running.base}/api/identity/parties`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };
  const party = { code: '91350100M000100Y43', name: '示例有限公司(虚构)' };

  it('is made by the operator only, for a code that exists', async () => {
    const operator = await tokenOf('operator');
    expect((await post(party, await tokenOf(HANDLER))).body['code']).toBe('request.role-missing');
    const wrong = await post({ ...party, code: '91350100M000100Y44' }, operator);
    expect([wrong.status, wrong.body['code'], wrong.body['field']]).toEqual([
      422,
      'identity.party-code-invalid',
      'code',
    ]);
    const made = await post(party, operator);
    expect(made).toEqual({
      status: 201,
      body: { username: `party.${party.code}`, password: 'chengxin-demo' },
    });
    expect(decodeJwt(await tokenOf(made.body['username']!))).toMatchObject({
      party: party.code,
      roles: ['party'],
      name: party.name,
    });
  });

  it('made again has the new password and no session of the old one', async () => {
    const operator = await tokenOf('operator');
    const browser = new Browser();
    await flow(browser).code(`party.${party.code}`);
    const made = await post({ ...party, password: 'another long password' }, operator);
    expect(made.status).toBe(201);
    expect((await flow(browser).open()).url).toContain('/oidc/interaction/');
    await expect(tokenOf(`party.${party.code}`)).rejects.toThrow('403');
    expect(await tokenOf(`party.${party.code}`, 'another long password')).toBeDefined();
  });

  it('without demo accounts gets a random password, told again to a repeated request and kept nowhere', async () => {
    const strict = await startIdentity(database.url, {
      CHENGXIN_DEMO_ACCOUNTS: 'false',
      OIDC_ISSUER: `${running.base}/oidc`,
      OIDC_JWKS_URI: `${running.base}/oidc/jwks`,
    });
    const operator = await tokenOf('operator');
    const key = randomUUID();
    const ask = async (): Promise<Record<string, string>> => {
      const response = await fetch(`${strict.base}/api/identity/parties`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${operator}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(party),
      });
      return (await response.json()) as Record<string, string>;
    };
    const [first, second] = [await ask(), await ask()];
    expect(first['password']).toMatch(/^[\w-]{22}$/);
    expect(second).toEqual(first);
    const { rows } = await database.db.query<{ text: string }>(
      'SELECT row_to_json(t)::text AS text FROM platform.idempotency t',
    );
    expect(rows.map(({ text }) => text).join()).not.toContain(first['password']);
    expect(await tokenOf(first['username']!, first['password'])).toBeDefined();
    await strict.app.close();
  });
});

describe('accounts of the demonstration', () => {
  it('made once, are refused where they are switched off', async () => {
    const count = async (): Promise<unknown> =>
      (await database.db.query('SELECT count(*) AS n, max(created_at) AS last FROM person WHERE demo'))
        .rows[0];
    const before = await count();
    const again = await startIdentity(database.url);
    expect(await count()).toEqual(before);
    await again.app.close();
    const strict = await startIdentity(database.url, { CHENGXIN_DEMO_ACCOUNTS: 'false' });
    const login = new CodeFlow(strict.base);
    const { url } = await login.open();
    expect((await login.submit(url, GOOD)).response.status).toBe(403);
    const system = await fetch(`${strict.base}/oidc/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from('system.hlj.tax:demo-secret-hlj.tax').toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(system.status).toBe(401);
    await strict.app.close();
  });
});
