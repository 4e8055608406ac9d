import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Actor } from '#platform';

export interface TokenOptions {
  /** Seconds from now, 300 when absent; negative for an expired token. */
  expiresIn?: number;
  issuer?: string;
  audience?: string;
  /** Signed with a key that the issuer does not publish. */
  foreignKey?: boolean;
  /** Further or other claims. */
  claims?: JWTPayload;
}

/** An issuer of access tokens for specs of guarded HTTP: one ES256 key, published over real HTTP. */
export interface TestIssuer {
  /** The settings with which a service trusts this issuer. */
  settings: { OIDC_ISSUER: string; OIDC_JWKS_URI: string; OIDC_AUDIENCE: string };
  issueToken(actor: Actor, options?: TokenOptions): Promise<string>;
  close(): Promise<void>;
}

const AUDIENCE = 'urn:chengxin:api';

export async function startTestIssuer(): Promise<TestIssuer> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}`;
    const known: Record<string, object> = {
      '/jwks': { keys: [jwk] },
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/jwks` },
    };
    const body = known[request.url ?? ''];
    response
      .writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref(); // a spec that forgets close() still ends
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: { OIDC_ISSUER: url, OIDC_JWKS_URI: `${url}/jwks`, OIDC_AUDIENCE: AUDIENCE },
    issueToken(actor, options = {}) {
      const key = options.foreignKey ? foreign.privateKey : own.privateKey;
      const now = Math.floor(Date.now() / 1000);
      const expires = now + (options.expiresIn ?? 300);
      return new SignJWT({ ...claimsOf(actor), ...options.claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
        .setIssuer(options.issuer ?? url)
        .setAudience(options.audience ?? AUDIENCE)
        .setIssuedAt(Math.min(now, expires) - 1)
        .setExpirationTime(expires)
        .sign(key);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The claims from which `#platform` reads an actor: a system is its own client, a person comes by the console. */
function claimsOf(actor: Actor): JWTPayload {
  const { kind, id, name, department, region, roles, party } = actor;
  return {
    sub: id,
    client_id: kind === 'system' ? id : 'chengxin-console',
    name,
    department,
    region,
    roles,
    party,
  };
}

let shared: Promise<TestIssuer> | undefined;

/** The issuer of this spec file, started when first asked for. */
export function testIssuer(): Promise<TestIssuer> {
  return (shared ??= startTestIssuer());
}

/** An access token of `testIssuer()`. */
export async function issueToken(actor: Actor, options?: TokenOptions): Promise<string> {
  return (await testIssuer()).issueToken(actor, options);
}
