import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type RefusalKind } from '#kernel';
import { BODY_LIMIT } from './body.js';
import { currentContext, traceIdOf } from '../context.js';
import { databaseAway } from '../database/database-away.js';
import { LOGGER, type Logger } from '../logger.js';
import { requestRefusals } from './request-refusals.js';
import { type FieldError, InvalidRequest } from './validation.js';

const STATUS: Record<RefusalKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  unsupported: 415,
  invalid: 422,
  'precondition-required': 428,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
};

/** RFC 9457 with this platform's members. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  detailZh: string;
  cure: string;
  cureZh: string;
  field?: string;
  facts?: Record<string, unknown>;
  errors?: FieldError[];
  traceId: string;
}

/** The one place where a refusal becomes HTTP. */
export function problemOf(refusal: Refusal, traceId: string, errors?: FieldError[]): Problem {
  return {
    type: `https://chengxin.example/problems/${refusal.code}`,
    title: refusal.code,
    status: STATUS[refusal.kind],
    code: refusal.code,
    detail: refusal.en,
    detailZh: refusal.zh,
    cure: refusal.cureEn,
    cureZh: refusal.cureZh,
    ...(refusal.field ? { field: refusal.field } : {}),
    ...(Object.keys(refusal.facts).length > 0 ? { facts: refusal.facts } : {}),
    ...(errors ? { errors } : {}),
    traceId,
  };
}

function refusalOf(error: unknown, request: FastifyRequest, traceId: string): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof InvalidRequest)
    return requestRefusals.refusal('request.field-invalid', { count: error.errors.length });
  // Faults before a route is reached arrive as Nest's exceptions of Fastify's status.
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : ((error as { statusCode?: number }).statusCode ?? 500);
  if (status === 413) return requestRefusals.refusal('request.body-too-large', { limit: BODY_LIMIT });
  if (status === 415)
    return requestRefusals.refusal('request.unsupported-media-type', {
      type: request.headers['content-type'] ?? '(none)',
    });
  if (status === 404)
    return requestRefusals.refusal('request.not-found', {
      what: `${request.method} ${request.url.split('?')[0]}`,
    });
  if (status >= 400 && status < 500)
    return requestRefusals.refusal('request.body-malformed', {
      reason: (error as Error).message.slice(0, 200),
    });
  if (databaseAway(error)) return requestRefusals.refusal('request.database-unavailable');
  // 22P02, 22001 … would be a check that is missing in front of the database: an internal error, and logged as one.
  return requestRefusals.refusal('request.internal', { traceId });
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const traceId = traceIdOf(currentContext()?.traceparent ?? `00-${'0'.repeat(32)}-`);
    const refusal = refusalOf(error, request, traceId);
    if (refusal.kind === 'internal')
      this.logger.error({ err: error, route: request.routeOptions?.url }, 'unexpected error');
    else this.logger.debug({ code: refusal.code, facts: refusal.facts }, 'refused');
    if (refusal.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
    if (refusal.kind === 'unavailable') reply.header('retry-after', '2');
    const problem = problemOf(refusal, traceId, error instanceof InvalidRequest ? error.errors : undefined);
    // Fastify asks to close the connection after a refused body. A close over unread bytes resets it, and a caller
    // that is still sending then loses the answer as often as not; left open, Node reads the rest of the body away.
    reply.removeHeader('connection');
    void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(problem);
  }
}
