import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { Agent } from 'undici';
import { currentContext, LOGGER, type Logger, requestRefusals, SETTINGS } from '#platform';
import { type ConsoleSettings, serviceUrls } from '../settings.js';
import { ANSWER_LIMIT_MS, awayRefusal, refusalBefore, sendProblem } from './away.js';
import { forwarded, type TrustedProxies, trustedProxies } from './forwarded.js';
import { addressAtService, PREFIXES, serviceBehind, type ServiceName, SERVICES } from './prefixes.js';

/** Headers of one connection (RFC 9110 §7.6.1), not of the message; `expect` is answered by Node itself. */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
];

/**
 * Passes requests on to the services, bodies as streams: nothing is parsed, held or limited here, that is the
 * service's business. One undici agent for all of them, because the proxy's own switches off the check of
 * certificates.
 */
@Injectable()
export class PassOn implements OnModuleInit, OnApplicationShutdown {
  readonly #urls: Record<ServiceName, string>;
  readonly #isTrusted: TrustedProxies;
  readonly #agent = new Agent({
    connections: 128,
    connect: { timeout: 3_000 },
    headersTimeout: ANSWER_LIMIT_MS,
    bodyTimeout: ANSWER_LIMIT_MS,
  });

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(SETTINGS) settings: ConsoleSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#urls = serviceUrls(settings);
    this.#isTrusted = trustedProxies(settings.TRUSTED_PROXIES);
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    // Not awaited: that would boot Fastify before Nest has set its error handler, and its routes would lose it.
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers(); // those of the platform would read and check the body
      scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, throughput(payload)));
      scope.setErrorHandler((error, _request, reply) => {
        const refusal = refusalBefore(error, reply);
        if (refusal.kind === 'internal') this.logger.error({ err: error }, 'unexpected error');
        sendProblem(reply, refusal);
      });
      for (const service of SERVICES) {
        scope.get(`/docs/${service}`, (_request, reply) => reply.redirect(`/docs/${service}/`, 308));
      }
      this.#passOn(scope);
      done();
    });
  }

  #passOn(scope: FastifyInstance): void {
    const tops = new Set(Object.keys(PREFIXES).map((prefix) => prefix.split('/')[1]!));
    const routes = [...tops].flatMap((top) =>
      top === 'docs' ? SERVICES.map((name) => `/docs/${name}/*`) : [`/${top}/*`],
    );
    void scope.register(httpProxy, {
      upstream: '',
      routes,
      undici: this.#agent,
      proxyPayloads: false,
      internalRewriteLocationHeader: false,
      disableRequestLogging: true,
      preRewrite: addressAtService,
      preHandler: (request, _reply, done) => {
        const known = serviceBehind(pathOf(request)) !== undefined;
        done(
          known
            ? undefined
            : requestRefusals.refusal('request.not-found', { what: `${request.method} ${pathOf(request)}` }),
        );
      },
      replyOptions: {
        getUpstream: (request) => this.#urls[serviceBehind(pathOf(request))!],
        rewriteRequestHeaders: (request, headers) =>
          this.#requestHeaders(request as FastifyRequest, headers as IncomingHttpHeaders),
        rewriteHeaders: (headers) => without(headers, [...HOP_BY_HOP, ...namedBy(headers.connection)]),
        // Left to itself the proxy would repeat a 503 ten times at once.
        retryDelay: ({ err, req, attempt }) => (attempt === 0 && isStaleRead(req.method, err) ? 20 : null),
        // Set where an answer comes before its request has ended; the rest is read away instead (see throughput).
        onResponse: (_request, reply, response) => reply.removeHeader('connection').send(response.stream),
        onError: (reply, { error }) => {
          if (reply.raw.headersSent || reply.raw.destroyed) return;
          const service = serviceBehind(pathOf(reply.request))!;
          const { refusal, status } = awayRefusal(service, error);
          this.logger.warn({ service, err: error.cause ?? error }, refusal.code);
          sendProblem(reply as Parameters<typeof sendProblem>[0], refusal, status);
        },
      },
    });
  }

  #requestHeaders(request: FastifyRequest, headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const peer = request.raw.socket.remoteAddress ?? '';
    return {
      ...without(headers, [...HOP_BY_HOP, 'forwarded', 'x-real-ip']),
      ...forwarded(peer, request.headers, this.#isTrusted),
      // Our own span of the caller's trace; `prepareHttp` has set it for this request.
      traceparent: currentContext()?.traceparent,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.close();
  }
}

/**
 * The body on its way. Not the request itself: a service that answers early (no token, too large) makes undici
 * destroy what it was sending, and with the request would go the connection on which the answer must return.
 * What still arrives after that is read and thrown away, at the longest until the platform's request timeout.
 */
function throughput(payload: IncomingMessage): PassThrough {
  const body = new PassThrough();
  payload.pipe(body);
  body.once('close', () => payload.resume());
  payload.once('close', () => {
    if (!payload.complete) body.destroy(new Error('the caller left'));
  });
  return body;
}

/** A read on a connection that ended while it lay idle, as after a restart: it is asked once more, unseen. */
function isStaleRead(method: string, error: Error | null): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return (method === 'GET' || method === 'HEAD') && (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET');
}

function pathOf(request: { raw: { url?: string } }): string {
  return request.raw.url!.split('?', 1)[0]!;
}

/** Headers that a Connection header declares to be of that connection only. */
function namedBy(connection: string | undefined): string[] {
  return (connection ?? '').split(',').map((name) => name.trim().toLowerCase());
}

function without<H extends object>(headers: H, names: readonly string[]): H {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))) as H;
}
