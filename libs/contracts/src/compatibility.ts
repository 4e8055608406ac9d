import { type Contract, envelopeSchema } from './contract.js';
import { breakingChanges, type Change } from './schema-changes.js';
import type { Schema } from './schema-alternatives.js';

/** All events of one release, by type, as plain JSON: what `libs/contracts/released/<n>.json` holds. */
export type Release = Readonly<Record<string, { topic: string; schema: Schema }>>;

export interface Incompatibility extends Change {
  type: string;
}

/** The contracts as they would be released now. */
export function releaseOf(contracts: readonly Contract[]): Release {
  const events = [...contracts].sort((a, b) => (a.type < b.type ? -1 : 1));
  return Object.fromEntries(
    events.map((contract) => [
      contract.type,
      { topic: contract.topic, schema: JSON.parse(JSON.stringify(envelopeSchema(contract))) as Schema },
    ]),
  );
}

/**
 * What in `current` does not go together with `released`. Releases run mixed: while one is rolled out, services
 * of release N and of N+1 send to each other, and after it the log still holds what N sent, for every replay.
 * Readers check what they read against their own schema; so each schema must accept what the other's producer
 * sends. A producer sends what its schema describes; readers pass over what they do not know.
 *
 * | change of a field or of its values                            | reader N, event N+1 | reader N+1, event N |
 * |----------------------------------------------------------------|---------------------|---------------------|
 * | optional field added (to an open object)                        | reads on            | reads on            |
 * | title, description, examples, order of fields or values         | reads on            | reads on            |
 * | required field added; optional became required                  | reads on            | **breaks**          |
 * | field removed; required became optional                         | **breaks**          | reads on            |
 * | wider: value or type added, nullable, limit or pattern loosened | **breaks**          | reads on            |
 * | narrower: value or type dropped, not nullable, limit tightened  | reads on            | **breaks**          |
 * | other pattern, format, source, audience, type                   | **breaks**          | **breaks**          |
 *
 * A removed optional field breaks old readers too: they were told it, and its name could come back as
 * something else. Whatever breaks somebody is a new version of the event (`.v2`), never a change of this one.
 *
 * An event or version that is new in `current` is allowed. Readers of N do not know it: its subject waits with
 * them until a reader of N+1 takes it up. So that nothing waits, it is heard one release before it is sent.
 *
 * @returns the incompatible changes, by type and place; empty when both releases can run mixed
 */
export function incompatibilities(released: Release, current: Release): Incompatibility[] {
  return Object.entries(released).flatMap(([type, old]): Incompatibility[] => {
    const now = current[type];
    if (!now) return [{ type, path: '', what: 'event removed', breaks: 'both' }];
    const changes = breakingChanges(old.schema, now.schema);
    if (old.topic !== now.topic) {
      const what = `moved from topic ${old.topic} to ${now.topic}`;
      changes.unshift({ path: '', what, breaks: 'both' });
    }
    return changes.map((change) => ({ type, ...change }));
  });
}
