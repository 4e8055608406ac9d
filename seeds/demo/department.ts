import { setTimeout as pause } from 'node:timers/promises';

/** The system refused something that it must take, or is away for too long. */
export class LoadFailed extends Error {
  override readonly name = 'LoadFailed';
}

export interface Sent {
  status: number;
  // Answers are read by name; a wrong one shows up as a difference.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** A service that starts anew is back within seconds. */
const AWAY_LIMIT_MS = 60_000;
const AWAY = new Set([502, 503, 504]);
/** Tokens live ten minutes. */
const TOKEN_MS = 4 * 60_000;

/** The system of one department, talking to the public API as a department's own system would. */
export class Department {
  #token?: { value: string; until: number };

  constructor(
    private readonly base: string,
    private readonly unit: string,
  ) {}

  /**
   * Sends, and sends again with the same key while a service is away.
   *
   * @throws LoadFailed when nobody answers
   */
  async post(path: string, key: string, body: string, contentType = 'application/json'): Promise<Sent> {
    return retried(`POST ${path}`, async () => {
      const response = await fetch(new URL(path, this.base), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.#bearer()}`,
          'content-type': contentType,
          'idempotency-key': key,
        },
        body,
      });
      if (AWAY.has(response.status)) return undefined;
      return { status: response.status, body: await response.json() };
    });
  }

  async #bearer(): Promise<string> {
    if (this.#token && this.#token.until > Date.now()) return this.#token.value;
    const credentials = [`system.${this.unit}`, `demo-secret-${this.unit}`].map(encodeURIComponent).join(':');
    const value = await retried(`a token for ${this.unit}`, async () => {
      const response = await fetch(new URL('/oidc/token', this.base), {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:chengxin:api' }),
      });
      if (response.status >= 500) return undefined;
      const { access_token, error } = (await response.json()) as { access_token?: string; error?: string };
      if (!access_token)
        throw new LoadFailed(`no token for system.${this.unit}: ${error ?? response.status}`);
      return access_token;
    });
    this.#token = { value, until: Date.now() + TOKEN_MS };
    return value;
  }
}

/** Repeats while the other side is away (`undefined`, or no connection). */
async function retried<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + AWAY_LIMIT_MS;
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    let why = 'the service is away';
    try {
      const value = await attempt();
      if (value !== undefined) return value;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch tells a lost connection as a TypeError
      why = (error.cause as Error | undefined)?.message ?? error.message;
    }
    if (Date.now() > until) throw new LoadFailed(`${what}: no answer for ${AWAY_LIMIT_MS / 1000} s (${why})`);
    await pause(wait);
  }
}
