import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** An answer that was not what the story expects; ends the tour. */
export class Difference extends Error {}

export interface Answer<T = Json> {
  status: number;
  body: T;
  etag?: string;
}

/* Answers are walked by name in the stories; a wrong name shows up as a Difference, not as a type error. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

export interface CallOptions {
  body?: unknown;
  /** media type of a body that is not JSON */
  contentType?: string;
  ifMatch?: string;
  /** the same key is sent again on every retry */
  idempotencyKey?: string;
  headers?: Record<string, string>;
}

export interface Caller {
  readonly name: string;
  token(): Promise<string>;
}

/** How long a service may be away before the tour gives up: a killed service is back within seconds. */
const AWAY_LIMIT_MS = 60_000;
/** Under faults on a busy machine everything takes longer, and may: `npm run faults` sets it. */
const PATIENCE = Number(process.env['CHENGXIN_PATIENCE'] ?? 1);
const AWAY = new Set([502, 503, 504]);

/**
 * A client as a careful department system would write it: every POST carries an Idempotency-Key and is
 * repeated, with the same key, while a service is away.
 */
export class Api {
  constructor(readonly base: string) {}

  async call<T = Json>(
    caller: Caller | undefined,
    method: string,
    path: string,
    options: CallOptions = {},
  ): Promise<Answer<T>> {
    const key = options.idempotencyKey ?? randomUUID();
    const until = Date.now() + AWAY_LIMIT_MS * PATIENCE;
    for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
      const fault = await this.#attempt<T>(caller, method, path, key, options);
      if (typeof fault === 'object') return fault;
      if (Date.now() > until)
        throw new Difference(
          `${method} ${path}: no answer for ${(AWAY_LIMIT_MS * PATIENCE) / 1000} s (${fault})`,
        );
      await pause(wait);
    }
  }

  async #attempt<T>(
    caller: Caller | undefined,
    method: string,
    path: string,
    key: string,
    options: CallOptions,
  ): Promise<Answer<T> | string> {
    const isJson = options.body !== undefined && !options.contentType;
    try {
      const response = await fetch(new URL(path, this.base), {
        method,
        headers: {
          ...(caller ? { authorization: `Bearer ${await caller.token()}` } : {}),
          ...(method === 'POST' ? { 'idempotency-key': key } : {}),
          ...(options.body === undefined
            ? {}
            : { 'content-type': options.contentType ?? 'application/json' }),
          ...(options.ifMatch ? { 'if-match': options.ifMatch } : {}),
          // The files of natural persons are looked at for a purpose, or not at all.
          'x-purpose': encodeURIComponent('办理案件（虚构）'),
          ...options.headers,
        },
        body:
          options.body === undefined
            ? undefined
            : isJson
              ? JSON.stringify(options.body)
              : (options.body as string),
        redirect: 'manual',
        signal: AbortSignal.timeout(30_000),
      });
      if (AWAY.has(response.status)) return `HTTP ${response.status}`;
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json') && text !== '';
      return {
        status: response.status,
        body: (json ? JSON.parse(text) : text) as T,
        etag: response.headers.get('etag') ?? undefined,
      };
    } catch (error) {
      if (error instanceof Difference) throw error;
      const cause = (error as Error).cause as Error | undefined;
      return cause?.message ?? (error as Error).message;
    }
  }
}

/**
 * Asks until `read` gives a value: what follows from an event follows soon, not at once.
 *
 * @throws Difference with what was seen last
 */
export async function eventually<T>(
  what: string,
  read: () => Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const limit = withinMs * PATIENCE;
  const until = Date.now() + limit;
  for (let wait = 30; ; wait = Math.min(wait * 1.5, 500)) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > until) throw new Difference(`${what}: not seen within ${limit / 1000} s`);
    await pause(wait);
  }
}

export function same(what: string, seen: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(expected)];
  if (a !== b) throw new Difference(`${what}: expected ${b}, saw ${a}`);
}

export function expectStatus<T>(answer: Answer<T>, status: number, what: string): Answer<T> {
  if (answer.status !== status) {
    throw new Difference(
      `${what}: expected HTTP ${status}, got ${answer.status} ${JSON.stringify(answer.body).slice(0, 1500)}`,
    );
  }
  return answer;
}
