import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { Database, SETTINGS } from '#platform';
import type { MeasuresSettings } from '../../settings.js';

const ISSUER = 'urn:chengxin:measures';

/**
 * Signs answers so that a department can keep them as evidence: a compact JWS (RFC 7515, ES256) over the whole
 * answer. Whoever holds it can verify it against `/public/discipline/evidence-keys` without asking again, and a
 * changed character breaks it.
 *
 * Without a key of its own in the settings a process makes one that never leaves its memory: what counts later is
 * the public half, and that is kept.
 *
 * Written by hand over node:crypto: signing on the thread costs 30 µs, through WebCrypto (jose) it takes a hop to
 * the pool and back for each answer.
 */
@Injectable()
export class Evidence implements OnApplicationBootstrap {
  readonly #private: KeyObject;
  readonly #public: JWK;
  #header = '';

  constructor(
    @Inject(SETTINGS) settings: MeasuresSettings,
    private readonly database: Database,
  ) {
    const given = settings.MEASURES_EVIDENCE_KEY;
    this.#private = given
      ? createPrivateKey({ key: Buffer.from(given, 'base64'), format: 'der', type: 'pkcs8' })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    this.#public = createPublicKey(this.#private).export({ format: 'jwk' }) as JWK;
  }

  /** The public half stays published when the key is changed: older evidence must still be verifiable. */
  async onApplicationBootstrap(): Promise<void> {
    const kid = await calculateJwkThumbprint(this.#public);
    this.#header = encode({ alg: 'ES256', kid, typ: 'JOSE' });
    await this.database.query(
      'INSERT INTO evidence_key (kid, jwk) VALUES ($1, $2) ON CONFLICT (kid) DO NOTHING',
      [kid, JSON.stringify({ ...this.#public, kid, alg: 'ES256', use: 'sig' })],
    );
  }

  /** @returns compact JWS whose payload is the answer with `iss` and `iat` (seconds) */
  sign(answer: object, at: Date): string {
    const payload = encode({ iss: ISSUER, iat: Math.floor(at.getTime() / 1000), ...answer });
    const signed = `${this.#header}.${payload}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.#private, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** Every key that has ever signed, as a JWK set (RFC 7517). */
  async keys(): Promise<{ keys: JWK[] }> {
    const { rows } = await this.database.query<{ jwk: JWK }>(
      'SELECT jwk FROM evidence_key ORDER BY first_used DESC, kid',
    );
    return { keys: rows.map(({ jwk }) => jwk) };
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
