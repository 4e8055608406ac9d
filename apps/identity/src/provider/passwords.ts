import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** log2 of scrypt's N; r and p. 32 MiB and about 0.2 s of one core: OWASP's "N=2^15, r=8, p=3". */
const COST = { n: 15, r: 8, p: 3 };

/** The password of the demonstration stands in the README, so hashing it hard would only slow the stories. */
export const DEMO_COST = { n: 10, r: 8, p: 1 };

type Cost = typeof COST;

/** `scrypt$<log2 N>$<r>$<p>$<salt>$<key>`: the cost travels with the hash, so it can be raised later. */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.n, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** A hash nobody has the password of: an unknown login must take as long to refuse as a wrong password. */
const NOBODY = `scrypt$${COST.n}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export async function passwordFits(password: string, hash: string | undefined): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = (hash ?? NOBODY).split('$');
  if (scheme !== 'scrypt' || !salt || !key) throw new Error('a password hash of an unknown form');
  const derived = await derive(password, Buffer.from(salt, 'base64url'), {
    n: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(derived, Buffer.from(key, 'base64url')) && hash !== undefined;
}

function derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  // The same password typed on two systems may come in two Unicode forms.
  const text = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, { N: 2 ** n, r, p, maxmem: 256 * 2 ** n * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
