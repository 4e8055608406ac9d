import type { Queryable } from '#platform';
import type { DrawnTable } from '../../src/domain/case/drawing.js';
import type { Row } from './cut.js';

/** What a lifecycle table is about, as it lies in the database. */
export interface Matter {
  table: DrawnTable;
  status: string;
  version: number;
  /** Its history, each with the version to which it belongs; of what has none the status is its only fact. */
  facts: readonly string[];
}
/** Every matter by its id, and every event that was told. */
export interface Matters {
  all: ReadonlyMap<string, Matter>;
  /** As `subject type case`, in the order of their ids. */
  told: readonly string[];
}

const WITH_HISTORY = {
  lifecycle: ['listing_case', 'case_history', 'case_id'],
  objection: ['objection', 'objection_history', 'objection_id'],
  'record-repair': ['record_repair', 'record_repair_history', 'repair_id'],
} as const;
const KEPT = {
  clue: 'clue',
  'list-type-draft': 'list_type_draft',
  'calendar-draft': 'calendar_draft',
} as const;

/** Everything at once, in one statement, so that nothing lies between. */
export async function readMatters(db: Queryable): Promise<Matters> {
  const statements = [
    ...Object.entries(WITH_HISTORY).map(
      ([table, [row, history, key]]) =>
        `SELECT '${table}' AS "table", m.id::text, m.status, m.version, ARRAY(
           SELECT h.position || ' ' || h.version || ' ' || h.fact FROM ${history} h WHERE h.${key} = m.id ORDER BY h.position
         ) AS facts FROM ${row} m`,
    ),
    ...Object.entries(KEPT).map(
      ([table, row]) =>
        `SELECT '${table}', id::text, status, version, ARRAY['1 ' || version || ' ' || status] FROM ${row}`,
    ),
    `SELECT 'told', id::text, key, 0, ARRAY[concat_ws(' ', key, envelope::json ->> 'type',
       envelope::json #>> '{data,case,id}', envelope::json #>> '{data,objection,id}')] FROM messaging.outbox`,
  ];
  const { rows } = await db.query<Omit<Matter, 'table'> & { table: DrawnTable | 'told'; id: string }>(
    statements.join(' UNION ALL '),
  );
  const events = rows.filter(({ table }) => table === 'told').sort((a, b) => Number(a.id) - Number(b.id));
  return {
    all: new Map(
      rows.filter(({ table }) => table !== 'told').map(({ id, ...matter }) => [id, matter as Matter]),
    ),
    told: events.flatMap(({ facts }) => facts),
  };
}

/**
 * What must lie there when each row was gone along once, and nothing else happened: one version more, and behind the
 * history as it was one entry of that version for each fact, without a gap. What begins with the step is listed apart.
 */
export function afterEach(
  before: Matters,
  rows: readonly Row[],
): { all: Map<string, Omit<Matter, 'status'>>; begun: Omit<Matter, 'status'>[] } {
  const all = new Map<string, Omit<Matter, 'status'>>(withoutStatus(before));
  for (const { id, facts } of rows) {
    if (id === null) continue;
    const was = before.all.get(id)!;
    all.set(id, next(was, facts));
  }
  const begun = rows.filter(({ id }) => id === null);
  return { all, begun: begun.map(({ table, facts }) => next({ table, version: 0, facts: [] }, facts)) };
}

function next(
  { table, version, facts }: Omit<Matter, 'status'>,
  more: readonly string[],
): Omit<Matter, 'status'> {
  const kept = table in KEPT;
  const already = kept ? [] : facts;
  const added = more.map((fact, index) => `${already.length + index + 1} ${version + 1} ${fact}`);
  return { table, version: version + 1, facts: [...already, ...added] };
}

export function withoutStatus({ all }: Matters): Map<string, Omit<Matter, 'status'>> {
  return new Map([...all].map(([id, { status: _, ...matter }]) => [id, matter]));
}
