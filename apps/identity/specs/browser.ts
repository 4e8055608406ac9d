import { createHash, randomBytes } from 'node:crypto';

/** What a browser does in a login: cookies kept by path, redirects followed one by one, a form filled in. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#keep(
      url,
      await fetch(url, { redirect: 'manual', headers: { cookie: this.#for(url), ...headers } }),
    );
  }

  async post(
    url: string,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: this.#for(url), ...headers },
      body: new URLSearchParams(form),
    });
    return this.#keep(url, response);
  }

  /** Follows redirects until a page comes, or an address of `stopAt`. */
  async follow(
    response: Response,
    url: string,
    stopAt: string,
  ): Promise<{ url: string; response: Response }> {
    for (let at = url, answer = response; ;) {
      const location = answer.headers.get('location');
      if (!location) return { url: at, response: answer };
      at = new URL(location, at).href;
      if (at.startsWith(stopAt)) return { url: at, response: answer };
      answer = await this.get(at);
    }
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value;
  }

  #for(url: string): string {
    const { pathname } = new URL(url);
    return [...this.#cookies]
      .filter(
        ([, { path }]) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
      )
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  #keep(url: string, response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf('=');
      const path =
        attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? new URL(url).pathname;
      const value = pair.slice(at + 1);
      if (value) this.#cookies.set(pair.slice(0, at), { value, path });
      else this.#cookies.delete(pair.slice(0, at));
    }
    return response;
  }
}

/** One run of authorization code + PKCE as the console begins it. */
export class CodeFlow {
  readonly browser: Browser;
  readonly verifier = randomBytes(32).toString('base64url');
  readonly redirect: string;

  constructor(
    readonly base: string,
    browser?: Browser,
  ) {
    this.browser = browser ?? new Browser();
    this.redirect = `${base}/callback`;
  }

  startUrl(other: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: 'chengxin-console',
      response_type: 'code',
      redirect_uri: this.redirect,
      scope: 'openid',
      resource: 'urn:chengxin:api',
      state: 'state-of-the-spec',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...other,
    });
    return `${this.base}/oidc/auth?${query}`;
  }

  /** Opens the login form; gives its address and page. */
  async open(other: Record<string, string> = {}): Promise<{ url: string; page: string; response: Response }> {
    const url = this.startUrl(other);
    const at = await this.browser.follow(await this.browser.get(url), url, this.redirect);
    return { url: at.url, response: at.response, page: await at.response.text() };
  }

  /** Sends the form, and gives where the browser ends: the console with a code, or a page. */
  async submit(formUrl: string, form: Record<string, string>): Promise<{ url: string; response: Response }> {
    return this.browser.follow(await this.browser.post(formUrl, form), formUrl, this.redirect);
  }

  async code(username: string, password = 'chengxin-demo'): Promise<string> {
    const { url } = await this.open();
    const end = await this.submit(url, { username, password });
    const code = new URL(end.url).searchParams.get('code');
    if (!code) throw new Error(`no code: ${end.url} ${end.response.status}`);
    return code;
  }

  exchange(code: string, other: Record<string, string> = {}): Promise<TokenAnswer> {
    return askToken(this.base, {
      grant_type: 'authorization_code',
      client_id: 'chengxin-console',
      code,
      redirect_uri: this.redirect,
      code_verifier: this.verifier,
      ...other,
    });
  }
}

export interface TokenAnswer {
  status: number;
  body: { access_token?: string; id_token?: string; expires_in?: number; error?: string };
}

export async function askToken(
  base: string,
  form: Record<string, string>,
  basic?: [string, string],
): Promise<TokenAnswer> {
  const response = await fetch(`${base}/oidc/token`, {
    method: 'POST',
    headers: basic
      ? { authorization: `Basic ${Buffer.from(basic.map(encodeURIComponent).join(':')).toString('base64')}` }
      : {},
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}
