import { createHash } from 'node:crypto';
import type { IdempotencyClaim } from '../context.js';
import type { Tx } from '../database/queryable.js';
import { requestRefusals } from './request-refusals.js';

export function bodyDigest(body: unknown): string {
  return createHash('sha256')
    .update(typeof body === 'string' ? body : JSON.stringify(body ?? null))
    .digest('hex');
}

/**
 * Takes the key in the caller's transaction. Two requests at once with one key meet on the primary key:
 * the second waits until the first has committed, then answers the stored result.
 */
export async function claimIdempotency<T>(
  tx: Tx,
  claim: IdempotencyClaim,
): Promise<{ result: T } | undefined> {
  const taken = await tx.query(
    `INSERT INTO platform.idempotency (caller, key, route, digest) VALUES ($1, $2, $3, $4)
     ON CONFLICT (caller, key) DO NOTHING`,
    [claim.caller, claim.key, claim.route, claim.digest],
  );
  if (taken.rowCount === 1) return undefined;
  const { rows } = await tx.query<{ route: string; digest: string; result: T }>(
    'SELECT route, digest, result FROM platform.idempotency WHERE caller = $1 AND key = $2',
    [claim.caller, claim.key],
  );
  const earlier = rows[0];
  if (!earlier || earlier.route !== claim.route || earlier.digest !== claim.digest) {
    throw requestRefusals.refusal('request.idempotency-key-reused', { key: claim.key });
  }
  return { result: earlier.result };
}

export async function storeIdempotentResult(tx: Tx, claim: IdempotencyClaim, result: unknown): Promise<void> {
  await tx.query('UPDATE platform.idempotency SET result = $3 WHERE caller = $1 AND key = $2', [
    claim.caller,
    claim.key,
    JSON.stringify(result ?? null),
  ]);
}
