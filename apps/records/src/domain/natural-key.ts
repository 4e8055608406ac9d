import { type Payload, type RecordType, textOf } from './record-type.js';

/**
 * What makes a record the same record: of each group of the catalogue entry the first field that is filled,
 * for a penalty the number of the decision, the authority and the subject. Field names are left out, so that
 * a file with the authority's code and one with it in another column of the group agree.
 */
export function naturalKeyOf(type: RecordType, payload: Payload): string {
  const parts = type.naturalKey.map((group) => {
    const filled = group.find((field) => payload[field] !== undefined);
    return textOf(payload, filled ?? null) ?? null;
  });
  return JSON.stringify([type.id, ...parts]);
}

/** One text for one content, whatever the order of its fields. */
export function contentOf(payload: Payload): string {
  return JSON.stringify(Object.entries(payload).sort(([a], [b]) => (a < b ? -1 : 1)));
}
