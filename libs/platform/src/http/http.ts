import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptBodies, BODY_LIMIT } from './body.js';
import { continueTrace, runInContext, traceIdOf } from '../context.js';
import { RequestsInFlight } from './in-flight.js';
import { Metrics } from '../metrics.js';
import { problemOf } from './problems.js';
import { requestRefusals } from './request-refusals.js';

const LONGEST_PART = 200;

/** Faults of the address itself come before hooks, routes and the problem filter, so they are answered here. */
function refuseAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const traceparent = continueTrace(request.headers['traceparent'] as string | undefined);
  const refusal = requestRefusals.refusal('request.address-malformed', { limit: LONGEST_PART });
  const problem = problemOf(refusal, traceIdOf(traceparent));
  void reply
    .header('traceparent', traceparent)
    .status(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem));
}

export function httpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // Open keep-alive connections are closed on stop, running requests finish first.
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    trustProxy: true,
    routerOptions: { maxParamLength: LONGEST_PART },
    frameworkErrors: refuseAddress,
  });
}

/** Trace context, duration metrics and bodies, for every request of a service. */
export function prepareHttp(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const metrics = app.get(Metrics);
  const inFlight = app.get(RequestsInFlight);
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    const traceparent = continueTrace(request.headers['traceparent'] as string | undefined);
    reply.header('traceparent', traceparent);
    inFlight.add(reply.raw);
    runInContext({ traceparent }, done);
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.httpSeconds.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    done();
  });
  acceptBodies(fastify);
}
