import { createHash, randomBytes } from 'node:crypto';
import { type Caller, Difference, eventually } from './api.js';

const CLIENT = 'chengxin-console';
/** Tokens live ten minutes; a new one is asked for well before. */
const KEEP_MS = 4 * 60_000;

abstract class Login implements Caller {
  #token?: { value: Promise<string>; until: number };

  constructor(
    protected readonly base: string,
    readonly name: string,
  ) {}

  token(): Promise<string> {
    if (!this.#token || this.#token.until < Date.now()) {
      const value = eventually(`a token for ${this.name}`, () => this.obtain(), 60_000);
      value.catch(() => (this.#token = undefined));
      this.#token = { value, until: Date.now() + KEEP_MS };
    }
    return this.#token.value;
  }

  /** undefined while the identity service is away */
  protected abstract obtain(): Promise<string | undefined>;

  protected async tokenRequest(
    fields: Record<string, string>,
    authorization?: string,
  ): Promise<string | undefined> {
    const response = await fetch(`${this.base}/oidc/token`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(authorization ? { authorization } : {}),
      },
      body: new URLSearchParams(fields),
    });
    if (response.status >= 500) return undefined;
    const body = (await response.json()) as {
      access_token?: string;
      error?: string;
      error_description?: string;
    };
    if (!body.access_token)
      throw new Difference(
        `token for ${this.name}: ${response.status} ${body.error} ${body.error_description ?? ''}`,
      );
    return body.access_token;
  }
}

/** A department system: OAuth 2 client credentials (RFC 6749 §4.4). */
export class SystemLogin extends Login {
  constructor(
    base: string,
    private readonly unit: string,
  ) {
    super(base, `system.${unit}`);
  }

  protected override obtain(): Promise<string | undefined> {
    const credentials = [this.name, `demo-secret-${this.unit}`].map(encodeURIComponent).join(':');
    return retryAway(() =>
      this.tokenRequest(
        { grant_type: 'client_credentials', resource: 'urn:chengxin:api' },
        `Basic ${Buffer.from(credentials).toString('base64')}`,
      ),
    );
  }
}

/** A person: authorization code with PKCE (RFC 7636), through the login form that a browser would show. */
export class PersonLogin extends Login {
  constructor(
    base: string,
    username: string,
    private readonly password = 'chengxin-demo',
  ) {
    super(base, username);
  }

  protected override obtain(): Promise<string | undefined> {
    return retryAway(async () => {
      const verifier = randomBytes(32).toString('base64url');
      const redirect = `${this.base}/callback`;
      const query = new URLSearchParams({
        client_id: CLIENT,
        response_type: 'code',
        redirect_uri: redirect,
        scope: 'openid',
        resource: 'urn:chengxin:api',
        state: randomBytes(8).toString('hex'),
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      const code = await this.#browse(`${this.base}/oidc/auth?${query}`, redirect);
      if (!code) return undefined;
      return this.tokenRequest({
        grant_type: 'authorization_code',
        client_id: CLIENT,
        code,
        redirect_uri: redirect,
        code_verifier: verifier,
      });
    });
  }

  /** Follows the redirects with a cookie jar, fills in the form once, and returns the code. */
  async #browse(start: string, redirect: string): Promise<string | undefined> {
    const cookies = new Map<string, string>();
    let url = start;
    let form: URLSearchParams | undefined;
    for (let step = 0; step < 12; step++) {
      const response = await fetch(url, {
        method: form ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; '),
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        body: form,
      });
      if (response.status >= 500) return undefined;
      for (const line of response.headers.getSetCookie()) {
        const [pair] = line.split(';');
        const at = pair!.indexOf('=');
        cookies.set(pair!.slice(0, at), pair!.slice(at + 1));
      }
      const location = response.headers.get('location');
      if (location) {
        url = new URL(location, url).href;
        form = undefined;
        if (url.startsWith(redirect)) {
          const code = new URL(url).searchParams.get('code');
          if (!code) throw new Difference(`login of ${this.name}: ${new URL(url).search}`);
          return code;
        }
        continue;
      }
      const page = await response.text();
      if (form) throw new Difference(`login of ${this.name} was refused (HTTP ${response.status})`);
      const action = /<form[^>]*action="([^"]*)"/.exec(page)?.[1];
      if (action === undefined)
        throw new Difference(`login page of ${this.name} has no form (HTTP ${response.status})`);
      url = new URL(action.replaceAll('&amp;', '&') || url, url).href;
      form = new URLSearchParams({ username: this.name, password: this.password });
      for (const [input] of page.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
        form.set(/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '');
      }
    }
    throw new Difference(`login of ${this.name}: too many redirects`);
  }
}

async function retryAway(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError) return undefined; // fetch could not connect
    throw error;
  }
}
