import { contractOf, type CloudEvent, faultsOf } from '#contracts';
import type { Queryable } from '#platform';

/** What the service told in the order of its outbox; every event is held against its contract. */
export async function toldEvents(
  db: Queryable,
  subjectId: string,
): Promise<CloudEvent<Record<string, unknown>>[]> {
  const { rows } = await db.query<{ envelope: string }>(
    'SELECT envelope FROM messaging.outbox WHERE key = $1 ORDER BY sequence',
    [subjectId],
  );
  return rows.map(({ envelope }) => {
    const event = JSON.parse(envelope) as CloudEvent<Record<string, unknown>>;
    const faults = faultsOf(contractOf(event.type)!, event.data);
    if (faults.length > 0) throw new Error(`${event.type}: ${faults.join('; ')}`);
    return event;
  });
}

/** `cn.chengxin.discipline.ordered.v1` → `ordered` */
export function shortType({ type }: { type: string }): string {
  return type.split('.').slice(3, -1).join('.');
}
