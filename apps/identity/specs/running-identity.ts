import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, createService, serviceSettings } from '#platform';
import { identity } from '../src/service.js';

export interface RunningIdentity {
  base: string;
  app: NestFastifyApplication;
}

/** The service as `startService` starts it, on a real port, over a migrated database. */
export async function startIdentity(
  databaseUrl: string,
  env: Record<string, string> = {},
  port?: number,
): Promise<RunningIdentity> {
  const at = port ?? (await freePort());
  const base = `http://127.0.0.1:${at}`;
  const settings = serviceSettings(identity, {
    NODE_ENV: 'test',
    PORT: String(at),
    DATABASE_URL: databaseUrl,
    OIDC_ISSUER: `${base}/oidc`,
    ...env,
  });
  const app = await createService(identity, settings, createLogger('identity', 'silent'));
  await identity.beforeListen?.(app);
  await app.listen(at, '127.0.0.1');
  return { base, app };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
