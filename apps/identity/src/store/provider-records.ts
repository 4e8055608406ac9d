import type { Queryable } from '#platform';

/** What the provider keeps for one of its models; `payload` is its own and opaque to us. */
export interface ProviderRecord {
  payload: Record<string, unknown>;
  consumed_at: Date | null;
}

const ALIVE = '(expires_at IS NULL OR expires_at > now())';

export async function putRecord(
  db: Queryable,
  model: string,
  id: string,
  payload: { grantId?: string; userCode?: string; uid?: string },
  expiresIn?: number,
): Promise<void> {
  await db.query(
    `INSERT INTO provider_record (model, id, payload, grant_id, user_code, uid, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
     ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
       user_code = excluded.user_code, uid = excluded.uid, expires_at = excluded.expires_at`,
    [
      model,
      id,
      JSON.stringify(payload),
      payload.grantId ?? null,
      payload.userCode ?? null,
      payload.uid ?? null,
      expiresIn ?? null,
    ],
  );
}

export async function findRecord(
  db: Queryable,
  model: string,
  by: 'id' | 'uid' | 'user_code',
  value: string,
): Promise<ProviderRecord | undefined> {
  const { rows } = await db.query<ProviderRecord>(
    `SELECT payload, consumed_at FROM provider_record WHERE model = $1 AND ${by} = $2 AND ${ALIVE}`,
    [model, value],
  );
  return rows[0];
}

/** @returns false when somebody else was first: of two that come at once only one may have it */
export async function consumeRecord(db: Queryable, model: string, id: string): Promise<boolean> {
  const consumed = await db.query(
    `UPDATE provider_record SET consumed_at = now()
     WHERE model = $1 AND id = $2 AND consumed_at IS NULL AND ${ALIVE}`,
    [model, id],
  );
  return consumed.rowCount === 1;
}

export async function destroyRecord(db: Queryable, model: string, id: string): Promise<void> {
  await db.query('DELETE FROM provider_record WHERE model = $1 AND id = $2', [model, id]);
}

export async function revokeGrant(db: Queryable, model: string, grantId: string): Promise<void> {
  await db.query('DELETE FROM provider_record WHERE model = $1 AND grant_id = $2', [model, grantId]);
}

/** Ends every session of a login: whoever is in with the old password is out. */
export async function endSessions(db: Queryable, username: string): Promise<void> {
  await db.query(`DELETE FROM provider_record WHERE payload ->> 'accountId' = $1 AND payload ? 'accountId'`, [
    username,
  ]);
}

/** @returns how many rows went; at most `limit`, so that a long pause does not end in one huge statement */
export async function sweepRecords(db: Queryable, limit: number): Promise<number> {
  const swept = await db.query(
    `DELETE FROM provider_record WHERE (model, id) IN
       (SELECT model, id FROM provider_record WHERE expires_at < now() LIMIT $1)`,
    [limit],
  );
  return swept.rowCount;
}
