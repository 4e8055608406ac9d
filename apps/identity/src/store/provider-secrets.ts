import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Database, Tx } from '#platform';
import type { Seal } from '../provider/seal.js';

/** What the provider signs with: the newest key first. */
export interface ProviderSecrets {
  signingKeys: JWK[];
  cookieKeys: string[];
}

interface SecretRow {
  id: string;
  purpose: 'signing' | 'cookies';
  sealed: Buffer;
}

/**
 * The keys of this provider, made at the first start of the first replica and kept for all: a restart
 * must not end sessions or make issued tokens invalid.
 *
 * @throws Error when the rows do not open with the given seal
 */
export function providerSecrets(db: Database, seal: Seal): Promise<ProviderSecrets> {
  return db.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin identity secrets'))`);
    const { rows } = await tx.query<SecretRow>(
      'SELECT id, purpose, sealed FROM provider_secret ORDER BY created_at DESC',
    );
    const of = (purpose: SecretRow['purpose']): string[] =>
      rows.filter((row) => row.purpose === purpose).map((row) => seal.open(row.id, row.sealed));
    const signing = of('signing').map((text) => JSON.parse(text) as JWK);
    const cookies = of('cookies');
    return {
      signingKeys: signing.length > 0 ? signing : [await addSigningKey(tx, seal)],
      cookieKeys: cookies.length > 0 ? cookies : [await addCookieKey(tx, seal)],
    };
  });
}

async function addSigningKey(tx: Tx, seal: Seal): Promise<JWK> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  const key: JWK = { ...jwk, kid, alg: 'ES256', use: 'sig' };
  await add(tx, kid, 'signing', seal.close(kid, JSON.stringify(key)));
  return key;
}

async function addCookieKey(tx: Tx, seal: Seal): Promise<string> {
  const id = `cookies-${randomBytes(8).toString('hex')}`;
  const secret = randomBytes(32).toString('base64url');
  await add(tx, id, 'cookies', seal.close(id, secret));
  return secret;
}

async function add(tx: Tx, id: string, purpose: SecretRow['purpose'], sealed: Buffer): Promise<void> {
  await tx.query('INSERT INTO provider_secret (id, purpose, sealed) VALUES ($1, $2, $3)', [
    id,
    purpose,
    sealed,
  ]);
}
