import type { FastifyReply } from 'fastify';
import { Refusal } from '#kernel';
import { problemOf, requestRefusals, traceIdOf } from '#platform';
import { consoleRefusals } from '../refusals.js';
import type { ServiceName } from './prefixes.js';

/** How long a service may take to begin its answer; an upload of 25 MB is answered row by row. */
export const ANSWER_LIMIT_MS = 130_000;

/** Never reached the service: safe to repeat, whatever it was. */
const NOT_REACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** What a failed connection means to the caller, and with which status (RFC 9110 §15.6.3–5) it is told. */
export function awayRefusal(service: ServiceName, error: unknown): { refusal: Refusal; status: number } {
  const code = codeOf(error);
  if (NOT_REACHED.test(code))
    return { refusal: consoleRefusals.refusal('console.service-away', { service }), status: 503 };
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    const facts = { service, seconds: ANSWER_LIMIT_MS / 1_000 };
    return { refusal: consoleRefusals.refusal('console.service-slow', facts), status: 504 };
  }
  return { refusal: consoleRefusals.refusal('console.service-broke-off', { service }), status: 502 };
}

/** The code of the first cause; several addresses of one name fail together in an AggregateError. */
function codeOf(error: unknown): string {
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  if (cause) return codeOf(cause);
  if (errors?.[0]) return codeOf(errors[0]);
  return typeof code === 'string' ? code : '';
}

/** Answers as the platform's own filter does, which does not reach routes outside Nest. */
export function sendProblem(reply: FastifyReply, refusal: Refusal, status?: number): void {
  const problem = problemOf(refusal, traceOf(reply));
  if (status) problem.status = status;
  if (refusal.kind === 'unavailable') reply.header('retry-after', '2');
  void reply
    .status(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

/** What stopped a request before it was passed on: an address of nobody, a path that climbs. */
export function refusalBefore(error: unknown, reply: FastifyReply): Refusal {
  if (error instanceof Refusal) return error;
  const { statusCode, message } = error as { statusCode?: number; message: string };
  if (statusCode === 400) return consoleRefusals.refusal('console.address-invalid', { reason: message });
  return requestRefusals.refusal('request.internal', { traceId: traceOf(reply) });
}

function traceOf(reply: FastifyReply): string {
  return traceIdOf(String(reply.getHeader('traceparent')));
}
