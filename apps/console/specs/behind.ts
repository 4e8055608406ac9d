import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, createService, serviceSettings } from '#platform';
import { serveMergedOpenApi } from '../src/openapi/serve.js';
import { consoleService } from '../src/service.js';

/** An address where nobody listens; not one that fetch itself refuses, as it does port 1. */
export const NOBODY = 'http://127.0.0.1:47';

export interface Heard {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  bytes: number;
}

/** A server in the place of a service: real HTTP, and it remembers what reached it. */
export class Behind {
  readonly heard: Heard[] = [];
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  };
  /** set: answers before the body has come */
  impatient = false;
  readonly #server: Server = createServer((request, response) => void this.#hear(request, response));

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get last(): Heard {
    return this.heard.at(-1)!;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const heard = { method: request.method!, url: request.url!, headers: request.headers, bytes: 0 };
    this.heard.push(heard);
    if (this.impatient) return this.answer(request, response);
    try {
      for await (const chunk of request) heard.bytes += (chunk as Buffer).length;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
      return; // the caller went away
    }
    this.answer(request, response);
  }
}

/** The console on a real port, in front of the given services; the others are away. */
export async function startConsole(
  env: Record<string, string>,
): Promise<{ base: string; app: NestFastifyApplication }> {
  const settings = serviceSettings(consoleService, {
    NODE_ENV: 'test',
    PORT: '0',
    OIDC_ISSUER: `${NOBODY}/oidc`,
    ...Object.fromEntries(
      ['IDENTITY', 'RECORDS', 'LISTING', 'MEASURES', 'GRADING', 'NOTIFICATIONS'].map((name) => [
        `SERVICE_${name}_URL`,
        NOBODY,
      ]),
    ),
    ...env,
  });
  const app = await createService(consoleService, settings, createLogger('console', 'silent'));
  // Without the page: under Jest on Node 20 @fastify/static cannot be loaded. The built console is asked for it
  // in test/stories/services.spec.ts.
  serveMergedOpenApi(app, false);
  await app.listen(0, '127.0.0.1');
  return { base: await app.getUrl(), app };
}
