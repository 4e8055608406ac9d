/** An optional field that is sent as null means what an absent one means; the rules know only the absent one. */
export function withoutNulls<T>(body: T): T {
  if (Array.isArray(body)) return body.map((item: unknown) => withoutNulls(item)) as T;
  if (body === null || typeof body !== 'object') return body;
  const kept = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutNulls(value as unknown)])) as T;
}
