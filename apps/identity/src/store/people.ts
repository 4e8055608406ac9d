import type { Queryable, Role, Tx } from '#platform';
import type { DemoPerson } from '../domain/demo-accounts.js';

export interface PersonRow {
  username: string;
  name: string;
  unit: string | null;
  region: string | null;
  roles: Role[];
  party: string | null;
  password_hash: string;
}

/** An open login; one of the demonstration only where those are accepted. */
export async function findPerson(
  db: Queryable,
  username: string,
  acceptDemo: boolean,
): Promise<PersonRow | undefined> {
  const { rows } = await db.query<PersonRow>(
    `SELECT p.username, p.name, p.unit, u.region, p.roles, p.party, p.password_hash
     FROM person p LEFT JOIN unit u ON u.id = p.unit
     WHERE p.username = $1 AND p.closed_at IS NULL AND ($2 OR NOT p.demo)`,
    [username, acceptDemo],
  );
  return rows[0];
}

/** Those of the given logins that the database does not have yet. */
export async function missingPeople(tx: Tx, people: readonly DemoPerson[]): Promise<DemoPerson[]> {
  const { rows } = await tx.query<{ username: string }>(
    'SELECT username FROM person WHERE username = ANY($1)',
    [people.map(({ username }) => username)],
  );
  const known = new Set(rows.map(({ username }) => username));
  return people.filter(({ username }) => !known.has(username));
}

export async function addDemoPeople(
  tx: Tx,
  people: readonly DemoPerson[],
  passwordHash: string,
): Promise<void> {
  await tx.query(
    `INSERT INTO person (username, name, unit, roles, password_hash, demo)
     SELECT p.username, p.name, p.unit, ARRAY[p.role], $2, true
     FROM jsonb_to_recordset($1) AS p (username text, name text, unit text, role text)
     ON CONFLICT (username) DO NOTHING`,
    [JSON.stringify(people), passwordHash],
  );
}

/** The one login of a party; an existing one gets the new name and password, and is open again. */
export async function savePartyLogin(
  tx: Tx,
  login: { username: string; name: string; party: string; passwordHash: string; demo: boolean },
): Promise<void> {
  await tx.query(
    `INSERT INTO person (username, name, roles, party, password_hash, demo)
     VALUES ($1, $2, ARRAY['party'], $3, $4, $5)
     ON CONFLICT (username) DO UPDATE SET name = excluded.name, password_hash = excluded.password_hash,
       demo = excluded.demo, closed_at = NULL`,
    [login.username, login.name, login.party, login.passwordHash, login.demo],
  );
}
