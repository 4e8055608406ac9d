/** Events of one type that a handler gets together. */
export interface Group<T> {
  type: string;
  events: T[];
}

/**
 * Gathers the events of a chunk by type, as few groups as the order of each subject allows: handled group
 * after group, every subject sees its events in the order in which they came, whatever their types. An event
 * joins the first group of its type that is not before the last event of its subject; `ordered, applied,
 * lifted` of a hundred subjects are three groups, while `a b a` of one subject stays three.
 */
export function groupsOf<T>(
  events: readonly T[],
  keyOf: (event: T) => string,
  typeOf: (event: T) => string,
): Group<T>[] {
  const groups: Group<T>[] = [];
  const lastOfKey = new Map<string, number>();
  const groupsOfType = new Map<string, number[]>();
  for (const event of events) {
    const key = keyOf(event);
    const type = typeOf(event);
    const earliest = lastOfKey.get(key) ?? 0;
    let ofType = groupsOfType.get(type);
    if (!ofType) groupsOfType.set(type, (ofType = []));
    let place = ofType.find((index) => index >= earliest);
    if (place === undefined) {
      place = groups.push({ type, events: [] }) - 1;
      ofType.push(place);
    }
    groups[place]!.events.push(event);
    lastOfKey.set(key, place);
  }
  return groups;
}
