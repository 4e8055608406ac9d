import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Actor } from './access/actor.js';

/** What identifies a repeated request: the caller, its key, the route; `digest` tells whether the body is the same. */
export interface IdempotencyClaim {
  key: string;
  caller: string;
  route: string;
  digest: string;
}

/** What a request, an event delivery or a deadline carries through the code without being passed along. */
export interface Context {
  /** W3C Trace Context, `00-<32 hex>-<16 hex>-01`. */
  traceparent: string;
  actor?: Actor;
  idempotency?: IdempotencyClaim;
}

const storage = new AsyncLocalStorage<Context>();

export function runInContext<T>(context: Context, work: () => T): T {
  return storage.run(context, work);
}

export function currentContext(): Context | undefined {
  return storage.getStore();
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/**
 * Continues the caller's trace with a span of our own, or starts one (W3C Trace Context §3.2). Chance comes from
 * UUIDs, for which Node draws in blocks; randomBytes asks for each, which was 5 % of the time of a check (4.8 µs against 0.7).
 */
export function continueTrace(traceparent?: string): string {
  const match = traceparent ? TRACEPARENT.exec(traceparent) : null;
  const valid = match && !/^0+$/.test(match[1]!) && !/^0+$/.test(match[2]!);
  const traceId = valid ? match[1]! : randomUUID().replaceAll('-', '');
  return `00-${traceId}-${randomUUID().slice(19).replace('-', '')}-01`;
}

export function traceIdOf(traceparent: string): string {
  return traceparent.slice(3, 35);
}
