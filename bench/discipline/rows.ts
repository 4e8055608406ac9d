import type { Database } from '#platform';

/** The rows that one decision leaves behind, as the service wrote them; `nth` is the action that a row belongs to, from 1. */
export interface DecisionRows {
  case: object;
  actions: Nth[];
  history: Nth[];
  deadlines: Nth[];
  events: Nth[];
}
export interface Nth {
  nth: number;
  row: Record<string, unknown>;
}

/** Of a case that the service has ordered. */
export async function rowsOf(db: Database, caseId: string): Promise<DecisionRows> {
  const read = async (sql: string): Promise<Record<string, unknown>[]> => {
    const { rows } = await db.query<{ row: Record<string, unknown> }>(sql, [caseId]);
    return rows.map(({ row }) => row);
  };
  const mine = 'SELECT id FROM discipline_action WHERE case_id = $1';
  // Its generated columns are worked out again wherever it is written.
  const [about] = await read(
    `SELECT to_jsonb(c) - '{names,name_pairs}'::text[] AS row FROM discipline_case c WHERE case_id = $1`,
  );
  const actions = await read(
    'SELECT to_jsonb(a) AS row FROM discipline_action a WHERE case_id = $1 ORDER BY id',
  );
  const nthOf = new Map(actions.map((row, index) => [row['id'], index + 1]));
  const ofActions = (rows: Record<string, unknown>[], column: string): Nth[] =>
    rows.map((row) => ({ nth: nthOf.get(row[column])!, row }));
  return {
    case: about!,
    actions: ofActions(actions, 'id'),
    history: ofActions(
      await read(
        `SELECT to_jsonb(h) AS row FROM discipline_action_history h WHERE version = 1 AND action_id IN (${mine})`,
      ),
      'action_id',
    ),
    deadlines: ofActions(
      await read(
        `SELECT to_jsonb(d) AS row FROM deadlines.deadline d WHERE ref IN (SELECT id::text FROM (${mine}) AS own)`,
      ),
      'ref',
    ),
    events: (
      await read(
        `SELECT to_jsonb(o) AS row FROM messaging.outbox o
         JOIN discipline_case c ON o.key = c.subject_id::text WHERE c.case_id = $1 ORDER BY o.sequence`,
      )
    ).map((row, index) => ({ nth: index + 1, row })),
  };
}

/** Table, where its rows lie ready, and what is another for each decision (`$1` case, `$2` subject, `g.id` action). */
const TABLES = {
  case: { table: 'discipline_case', own: { case_id: '$1::uuid', subject_id: '$2::uuid' } },
  actions: {
    table: 'discipline_action',
    own: { id: 'g.id', case_id: '$1::uuid', subject_id: '$2::uuid' },
  },
  history: { table: 'discipline_action_history', own: { action_id: 'g.id' } },
  deadlines: { table: 'deadlines.deadline', own: { ref: 'g.id::text' } },
  events: {
    table: 'messaging.outbox',
    own: { id: `nextval(('messaging.outbox_id_' || f.shard)::regclass)`, key: '$2::text' },
  },
} as const;

/**
 * Lays the rows of a decision ready in another database of the same tables.
 *
 * @returns the one statement that writes them all for another case: `$1` case, `$2` subject, `$3` an id for each action
 */
export async function layRowsReady(db: Database, name: string, rows: DecisionRows): Promise<string> {
  const parts: string[] = [];
  for (const [part, { table, own }] of Object.entries(TABLES)) {
    const ready = `ready_${part}_${name}`;
    const given = part === 'case' ? [{ nth: 0, row: rows.case }] : rows[part as 'actions'];
    await db.query(`CREATE TABLE ${ready} (nth bigint, LIKE ${table})`);
    await db.query(
      `INSERT INTO ${ready} SELECT (g.one ->> 'nth')::bigint, r.*
       FROM jsonb_array_elements($1) AS g (one), jsonb_populate_record(null::${table}, g.one -> 'row') AS r`,
      [JSON.stringify(given)],
    );
    const columns = (await columnsOf(db, table)).filter(
      (column) => !(part === 'deadlines' && column === 'id'),
    );
    const values = columns.map((column) => (own as Record<string, string>)[column] ?? `f.${column}`);
    const join = part === 'case' || part === 'events' ? '' : ' JOIN given g USING (nth)';
    parts.push(
      `${part}_written AS (INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${ready} f${join})`,
    );
  }
  return `WITH given AS MATERIALIZED (SELECT id, nth FROM unnest($3::uuid[]) WITH ORDINALITY AS g (id, nth)),
    ${parts.join(',\n    ')}
    SELECT 1`;
}

async function columnsOf(db: Database, table: string): Promise<string[]> {
  const { rows } = await db.query<{ attname: string }>(
    `SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  );
  return rows.map(({ attname }) => attname);
}
