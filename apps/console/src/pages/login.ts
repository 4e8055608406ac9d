import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#platform';
import { consoleRefusals } from '../refusals.js';
import { consoleOrigin, type ConsoleSettings } from '../settings.js';

const CLIENT = 'chengxin-console';

export interface LoginStart {
  address: string;
  /** to be kept by the browser until it comes back */
  state: string;
  verifier: string;
}

interface Endpoints {
  authorization_endpoint: string;
  token_endpoint: string;
}

/** The console's side of authorization code + PKCE (RFC 7636), with whatever issuer is configured. */
@Injectable()
export class Login {
  readonly origin: string;
  readonly redirect: string;
  #discovered?: Promise<Endpoints>;

  constructor(@Inject(SETTINGS) private readonly settings: ConsoleSettings) {
    this.origin = consoleOrigin(settings);
    this.redirect = `${this.origin}/callback`;
  }

  /** @throws Refusal `console.issuer-away` */
  async start(): Promise<LoginStart> {
    const { authorization_endpoint } = await this.endpoints();
    const [state, verifier] = [randomBytes(16).toString('base64url'), randomBytes(32).toString('base64url')];
    const query = new URLSearchParams({
      client_id: CLIENT,
      response_type: 'code',
      redirect_uri: this.redirect,
      scope: 'openid',
      resource: this.settings.OIDC_AUDIENCE,
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return { address: `${authorization_endpoint}?${query}`, state, verifier };
  }

  /** Our own issuer stands behind this console and needs no asking: inside a cluster its public address may not be reachable. */
  async endpoints(): Promise<Endpoints> {
    const issuer = this.settings.OIDC_ISSUER;
    if (issuer === `${this.origin}/oidc`) {
      return { authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` };
    }
    try {
      return await (this.#discovered ??= discover(issuer));
    } catch {
      this.#discovered = undefined; // the next login asks again
      throw consoleRefusals.refusal('console.issuer-away', { issuer });
    }
  }
}

async function discover(issuer: string): Promise<Endpoints> {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(3_000),
  });
  if (!answer.ok) throw new Error(`discovery answered ${answer.status}`);
  return (await answer.json()) as Endpoints;
}
