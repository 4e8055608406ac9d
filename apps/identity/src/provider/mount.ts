import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { OPENID_PROVIDER } from './provider.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Puts the provider under `/oidc` as one Fastify route: it reads its bodies and writes its answers itself, and
 * metrics and trace of the platform stay around it. The login form (`/oidc/interaction/…`) is a controller of
 * ours and wins over the wildcard.
 */
@Injectable()
export class ProviderMount implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(OPENID_PROVIDER) private readonly provider: Provider | undefined,
  ) {}

  onModuleInit(): void {
    if (!this.provider) return;
    const answer = this.provider.callback();
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    // Not awaited: that would boot Fastify before Nest has set its error handler, and its routes would lose it.
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
      scope.route({
        method: METHODS,
        url: '/oidc/*',
        handler: (request, reply) => pass(request, reply, answer),
      });
      done();
    });
  }
}

function pass(request: FastifyRequest, reply: FastifyReply, answer: ReturnType<Provider['callback']>): void {
  const raw = request.raw as typeof request.raw & { originalUrl?: string };
  const url = raw.url ?? '/';
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value as string);
  // As a mounted Express application sees it; from both the provider reads where it is mounted.
  raw.originalUrl = url;
  raw.url = url.slice('/oidc'.length);
  // A body that the provider refused (too large) lies unread in the connection, and the next request behind it would
  // wait for ever; the console sends many people's requests through one connection.
  reply.raw.once('finish', () => raw.resume());
  void answer(raw, reply.raw);
}
