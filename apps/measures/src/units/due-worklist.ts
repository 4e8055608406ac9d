import { isLocalDate, type LocalDate } from '#kernel';
import type { PageRequest } from '#platform';

/** A question to the database. */
export interface Question {
  sql: string;
  values: unknown[];
}

/** How a worklist is told of a value: it becomes a parameter. */
export type Value = (one: unknown) => string;

/** A table whose rows are owed while `due_on` stands, and where the names of their subjects are kept. */
export interface OwedRows {
  table: string;
  /** the table of names (`names`, folded, and `name_pairs`), and the column by which a row `w` is of one of it */
  named: { table: string; key: string };
  /** every read of a row begins so, the row being `alias`; `JOIN` and `ORDER` follow */
  select: string;
  alias: string;
}

export interface WorklistQuestion {
  /** conditions of which each is one run of an index, and none holds for a row of another; empty: of everywhere */
  arms: readonly string[];
  /** what every row meets */
  where: readonly string[];
  /** a part of a name, two characters or more */
  name?: string | undefined;
}

/** Of a cursor of a worklist, for `pageRequest`: the day, and the id. */
export const DUE_PART = { test: (part: string): boolean => isLocalDate(part) };

/**
 * Of a thousand names as many as make a part of a name common: 1 of 100 is met within some thousand rows along the run,
 * and from fewer names their rows are sorted sooner than the run is walked.
 */
const COMMON_PER_MILLE = 10;
/** Names that are looked at to know which, by whole pages. */
const SAMPLE = 3_000;

/**
 * One page of what is owed, what is due first first; of one day in the order of ids. Each arm is read along its index for
 * at most a page, and their heads are merged. By a part of a name there are two ways, each of which finds all: along the
 * runs where it is common, and from the names that hold its pairs of characters where it is not.
 */
export function worklistQuestion(
  rows: OwedRows,
  ask: (value: Value) => WorklistQuestion,
  page: PageRequest,
): Question {
  const values: unknown[] = [];
  const value: Value = (one) => `$${values.push(one)}`;
  const { arms, where, name } = ask(value);
  const conditions = ['w.due_on IS NOT NULL', ...where];
  if (page.after) {
    const [due, id] = page.after as [LocalDate, string];
    conditions.push(`(w.due_on, w.id) > (${value(due)}::date, ${value(id)}::uuid)`);
  }
  const limit = value(page.limit + 1);
  const found =
    name === undefined
      ? inRuns(rows, arms, conditions, limit)
      : byName(rows, arms, conditions, limit, value(name));
  return {
    sql: `SELECT page.due_on AS due, own.* FROM (${found} ORDER BY due_on, id LIMIT ${limit}) page
      CROSS JOIN LATERAL (${rows.select} WHERE ${rows.alias}.id = page.id) own ORDER BY page.due_on, page.id`,
    values,
  };
}

function inRuns(
  { table }: OwedRows,
  arms: readonly string[],
  where: readonly string[],
  limit: string,
): string {
  const run = (...more: string[]): string =>
    `(SELECT w.id, w.due_on FROM ${table} w WHERE ${[...more, ...where].join(' AND ')} ORDER BY w.due_on, w.id LIMIT ${limit})`;
  return `SELECT * FROM (${arms.length === 0 ? run() : arms.map((arm) => run(arm)).join(' UNION ALL ')}) runs`;
}

function byName(
  rows: OwedRows,
  arms: readonly string[],
  where: readonly string[],
  limit: string,
  part: string,
): string {
  const { table, key } = rows.named;
  const fits = `strpos(n.names, folded(${part})) > 0`;
  const along = inRuns(
    rows,
    arms,
    // A look at each row that is passed, and no join: PostgreSQL would read all names first.
    [...where, `(SELECT ${fits} FROM ${table} n WHERE n.${key} = w.${key})`],
    limit,
  );
  const mine = [...(arms.length === 0 ? [] : [`(${arms.join(' OR ')})`]), ...where].join(' AND ');
  return `SELECT * FROM (
    WITH look AS MATERIALIZED (
      SELECT held > 0 AND held * 1000 >= seen * ${COMMON_PER_MILLE} AS common
      FROM (SELECT count(*) FILTER (WHERE ${fits}) AS held, count(*) AS seen
            FROM (SELECT least(100, ${SAMPLE * 100} / greatest(reltuples, 1)) AS percent
                  FROM pg_class WHERE oid = '${table}'::regclass) share
            CROSS JOIN LATERAL (
              SELECT n.names FROM ${table} n TABLESAMPLE SYSTEM (share.percent) REPEATABLE (1)
            ) n) sample
    ), called AS MATERIALIZED (
      SELECT n.${key} FROM ${table} n
      WHERE NOT (SELECT common FROM look) AND n.name_pairs @> bigrams(${part}) AND ${fits}
    )
    SELECT * FROM (${along} ORDER BY due_on, id LIMIT ${limit}) first WHERE (SELECT common FROM look)
    UNION ALL
    SELECT own.id, own.due_on FROM called CROSS JOIN LATERAL (
      SELECT w.id, w.due_on FROM ${rows.table} w WHERE w.${key} = called.${key} AND ${mine} OFFSET 0
    ) own
  ) either`;
}

const CODE = /^[0-9A-Z]{18}$/i;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is neither a unified code nor an id is a part of a name. */
export function partOfName(subject: string | undefined): string | undefined {
  return subject === undefined || CODE.test(subject) || ID.test(subject) ? undefined : subject;
}

/**
 * By its code or its id: few rows, found by the subject.
 *
 * @param withCode the ids of subjects with a code, as a statement
 */
export function ofSubject(
  subject: string | undefined,
  value: Value,
  withCode: (code: string) => string,
): string[] {
  if (subject === undefined) return [];
  if (ID.test(subject)) return [`w.subject_id = ${value(subject)}::uuid`];
  if (CODE.test(subject)) return [`w.subject_id = ANY (ARRAY(${withCode(value(subject.toUpperCase()))}))`];
  return [];
}

/**
 * The runs of a worklist: of each body that the caller acts for, and what was escalated to them of others.
 *
 * @param duties the bodies for which the caller acts; or all bodies
 * @param escalatedTo the condition that a row was escalated to a unit
 */
export function armsOf(
  duties: readonly string[] | 'all',
  department: string | undefined,
  value: Value,
  escalatedTo: (unit: string) => string,
): string[] {
  const only = department === undefined ? [] : [`w.executor = ${value(department)}`];
  if (duties === 'all') return only;
  // Whoever acts for nobody sees nothing, and not everything.
  if (duties.length === 0) return ['false'];
  // What they are to do themselves is in the runs of their own.
  const others = `w.executor <> ALL (${value(duties)}::text[])`;
  const told = duties.map((unit) =>
    [escalatedTo(value(unit)), 'w.escalated_on IS NOT NULL', others, ...only].join(' AND '),
  );
  return [
    ...duties
      .filter((unit) => department === undefined || department === unit)
      .map((unit) => `w.executor = ${value(unit)}`),
    ...told,
  ];
}
