/** An optional field that is sent as null means what an absent one means; the rules know only the absent one. */
export function withoutNulls<T extends object>(body: T): T {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as T;
}
