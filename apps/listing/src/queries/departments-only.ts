/** Fields that name a person of an authority. */
const HAND_KEYS = ['department', 'id', 'name'];
/** Logins of those who acted, kept so that another one decides. */
const LOGINS = 'handlers';

/**
 * The same answer without the logins and names of those who acted: to a party and to other units an authority
 * acts as a department. (Whoever must be answered for is in the history that the unit itself and the auditor
 * read.)
 */
export function departmentsOnly<T>(value: T): T {
  if (Array.isArray(value)) return value.map(departmentsOnly) as T;
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (isHand(value)) return { department: value.department } as T;
  const told = Object.entries(value).filter(([key]) => key !== LOGINS);
  return Object.fromEntries(told.map(([key, item]) => [key, departmentsOnly(item) as unknown])) as T;
}

function isHand(value: object): value is { department: string | null } {
  const keys = Object.keys(value).sort();
  return keys.length === HAND_KEYS.length && keys.every((key, index) => key === HAND_KEYS[index]);
}

/** A step of a history without who inside the department took it. */
export function asDepartment<E extends { actor: { kind: string; department?: string } }>({
  actor: { kind, department },
  ...entry
}: E): object {
  return { ...departmentsOnly(entry), actor: { kind, department } };
}
