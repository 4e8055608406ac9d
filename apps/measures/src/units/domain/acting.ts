/** Bodies by id, each with the one that followed it, if any (合并、更名). */
export type Succession = ReadonlyMap<string, { successor: string | null }>;

/** A body acts for itself and for those that it followed: names change, duties stay. */
export function actsFor(department: string, named: string, units: Succession): boolean {
  const passed = new Set<string>();
  for (let id: string | null = named; id !== null && !passed.has(id); id = units.get(id)?.successor ?? null) {
    if (id === department) return true;
    passed.add(id);
  }
  return false;
}

/** All bodies for which a department acts, itself first; none where there is no department. */
export function dutiesOf(department: string | undefined, units: Succession): string[] {
  if (department === undefined) return [];
  const followed = [...units.keys()].filter((id) => id !== department && actsFor(department, id, units));
  return [department, ...followed];
}
