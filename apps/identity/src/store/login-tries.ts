import { createHash } from 'node:crypto';
import type { Queryable } from '#platform';

/** Tries of one login from one address before it must wait. */
const FROM_ONE_ADDRESS = 5;
/**
 * Tries of one login from everywhere: a botnet, or a forged X-Forwarded-For, must not have unlimited tries.
 * Higher, because whoever reaches it locks the rightful person out as well.
 */
const FROM_EVERYWHERE = 50;

/**
 * Takes one try of the login from that address. Tries are taken before the password is looked at, in one
 * statement: a hundred requests at once have five tries, not a hundred. The fifth try, and each one after it,
 * starts a wait: 30 s, doubling up to 15 minutes. A quarter of an hour without a try forgets them.
 *
 * @returns seconds to wait, 0 when the try may go on
 */
export async function takeTry(db: Queryable, username: string, address: string): Promise<number> {
  const login = digest(username);
  const here = await take(db, login, address, FROM_ONE_ADDRESS);
  return here > 0 ? here : take(db, login, '*', FROM_EVERYWHERE);
}

/** The right password was given: the tries of that login from that address are forgotten. */
export async function forgetTries(db: Queryable, username: string, address: string): Promise<void> {
  await db.query(`DELETE FROM login_try WHERE login = $1 AND address = ANY($2)`, [
    digest(username),
    [address, '*'],
  ]);
}

export async function sweepTries(db: Queryable): Promise<void> {
  await db.query(`DELETE FROM login_try WHERE last_at < now() - interval '1 day'`);
}

async function take(db: Queryable, login: string, address: string, limit: number): Promise<number> {
  const taken = await db.query(
    `INSERT INTO login_try AS t (login, address, tries, last_at, wait_until)
     VALUES ($1, $2, 1, now(), NULL)
     ON CONFLICT (login, address) DO UPDATE SET
       tries = CASE WHEN t.last_at < now() - interval '15 minutes' THEN 1 ELSE t.tries + 1 END,
       last_at = now(),
       wait_until = CASE WHEN t.last_at >= now() - interval '15 minutes' AND t.tries + 1 >= $3
         THEN now() + make_interval(secs => least(900, 30 * power(2, least(t.tries + 1 - $3, 10)))) END
     WHERE t.wait_until IS NULL OR t.wait_until <= now()`,
    [login, address, limit],
  );
  if (taken.rowCount === 1) return 0;
  const { rows } = await db.query<{ seconds: number }>(
    `SELECT ceil(extract(epoch FROM wait_until - now()))::int AS seconds FROM login_try WHERE login = $1 AND address = $2`,
    [login, address],
  );
  return Math.max(1, rows[0]?.seconds ?? 1);
}

function digest(username: string): string {
  return createHash('sha256').update(username).digest('base64url');
}
