import type { Queryable, Role, Tx } from '#platform';
import type { DemoSystem } from '../domain/demo-accounts.js';
import { secretHash } from '../provider/secret-hash.js';

export interface MachineClientRow {
  client_id: string;
  name: string;
  unit: string;
  region: string;
  roles: Role[];
  secret_hash: string;
}

/** An open client; one of the demonstration only where those are accepted. */
export async function findMachineClient(
  db: Queryable,
  clientId: string,
  acceptDemo: boolean,
): Promise<MachineClientRow | undefined> {
  const { rows } = await db.query<MachineClientRow>(
    `SELECT c.client_id, c.name, c.unit, u.region, c.roles, c.secret_hash
     FROM machine_client c JOIN unit u ON u.id = c.unit
     WHERE c.client_id = $1 AND c.closed_at IS NULL AND ($2 OR NOT c.demo)`,
    [clientId, acceptDemo],
  );
  return rows[0];
}

/** @returns how many were new */
export async function addDemoSystems(tx: Tx, systems: readonly DemoSystem[]): Promise<number> {
  const rows = systems.map(({ clientId, name, unit, secret }) => ({
    client_id: clientId,
    name,
    unit,
    secret_hash: secretHash(secret),
  }));
  const added = await tx.query(
    `INSERT INTO machine_client (client_id, name, unit, roles, secret_hash, demo)
     SELECT c.client_id, c.name, c.unit, ARRAY['department-system'], c.secret_hash, true
     FROM jsonb_to_recordset($1) AS c (client_id text, name text, unit text, secret_hash text)
     ON CONFLICT (client_id) DO NOTHING`,
    [JSON.stringify(rows)],
  );
  return added.rowCount;
}
