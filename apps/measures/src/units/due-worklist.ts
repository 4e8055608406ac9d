import { isLocalDate, type LocalDate } from '#kernel';
import { isCommon, type PageRequest } from '#platform';

/** A question to the database. */
export interface Question {
  sql: string;
  values: unknown[];
}

type Value = (one: unknown) => string;

/** A table whose rows `w` are owed while `due_on` stands, and where the names of their subjects are kept. */
export interface OwedRows {
  table: string;
  /** the table of names (`names`, folded, and `name_pairs`), and the column by which a row is of one of it */
  named: { table: string; key: string };
  /** every read of a row begins so, the row being `alias`; `JOIN` and `ORDER` follow */
  select: string;
  alias: string;
  /** the unit to which a row was escalated */
  escalatedTo: string;
  /** the ids of subjects with a code, as a statement */
  withCode: (code: string) => string;
}

/** What every worklist of what departments owe is narrowed by. */
export interface OwedFilter {
  /** executing unit */
  department?: string | undefined;
  /** GB/T 2260 of a city: subjects there and in its counties */
  city?: string | undefined;
  /** unified code, id, or any part of the name of two characters or more, now or when it was ordered */
  subject?: string | undefined;
  status?: string | undefined;
  overdue?: boolean | undefined;
  escalated?: boolean | undefined;
  dueBy?: LocalDate | undefined;
}

/** For whom: all bodies, or those that the caller acts for, with what was escalated to them. */
export type Duties = readonly string[] | 'all';

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
 *
 * @param own what else a row must hold, by its column; what is undefined narrows nothing
 */
export function owedWorklist(
  rows: OwedRows,
  filter: OwedFilter,
  own: Readonly<Record<string, string | undefined>>,
  duties: Duties,
  page: PageRequest,
): Question {
  const values: unknown[] = [];
  const value: Value = (one) => `$${values.push(one)}`;
  const arms = armsOf(rows, duties, filter.department, value);
  const conditions = ['w.due_on IS NOT NULL', ...narrowed(rows, filter, own, value)];
  if (page.after) {
    const [due, id] = page.after as [LocalDate, string];
    conditions.push(`(w.due_on, w.id) > (${value(due)}::date, ${value(id)}::uuid)`);
  }
  const limit = value(page.limit + 1);
  const name = partOfName(filter.subject);
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

function narrowed(
  rows: OwedRows,
  { city, subject, status, overdue, escalated, dueBy }: OwedFilter,
  own: Readonly<Record<string, string | undefined>>,
  value: Value,
): string[] {
  const equal = Object.entries({ city, ...own, status }).filter(([, one]) => one !== undefined);
  return [
    ...equal.map(([column, one]) => `w.${column} = ${value(one)}`),
    ...(dueBy ? [`w.due_on <= ${value(dueBy)}::date`] : []),
    ...(overdue === undefined ? [] : [overdue ? 'w.overdue' : 'NOT w.overdue']),
    ...(escalated === undefined ? [] : [`w.escalated_on IS ${escalated ? 'NOT ' : ''}NULL`]),
    ...ofSubject(rows, subject, value),
  ];
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
  const fits = `strpos(n.names, platform.folded(${part})) > 0`;
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
      ${isCommon(`${table} n`, fits, COMMON_PER_MILLE, pagesOf(table))}
    ), called AS MATERIALIZED (
      SELECT n.${key} FROM ${table} n
      WHERE NOT (SELECT common FROM look) AND n.name_pairs @> platform.bigrams(${part}) AND ${fits}
    )
    SELECT * FROM (${along} ORDER BY due_on, id LIMIT ${limit}) first WHERE (SELECT common FROM look)
    UNION ALL
    SELECT own.id, own.due_on FROM called CROSS JOIN LATERAL (
      SELECT w.id, w.due_on FROM ${rows.table} w WHERE w.${key} = called.${key} AND ${mine} OFFSET 0
    ) own
  ) either`;
}

/** The share of a table's pages, in percent, that hold the sample. */
const pagesOf = (table: string): string =>
  `(SELECT least(100, ${SAMPLE * 100} / greatest(reltuples, 1)) FROM pg_class WHERE oid = '${table}'::regclass)`;

const CODE = /^[0-9A-Z]{18}$/i;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What is neither a unified code nor an id is a part of a name. */
export function partOfName(subject: string | undefined): string | undefined {
  return subject === undefined || CODE.test(subject) || ID.test(subject) ? undefined : subject;
}

/** By its code or its id: few rows, found by the subject. */
function ofSubject({ withCode }: OwedRows, subject: string | undefined, value: Value): string[] {
  if (subject === undefined) return [];
  if (ID.test(subject)) return [`w.subject_id = ${value(subject)}::uuid`];
  if (CODE.test(subject)) return [`w.subject_id = ANY (ARRAY(${withCode(value(subject.toUpperCase()))}))`];
  return [];
}

/** The runs of a worklist: of each body that the caller acts for, and what was escalated to them of others. */
function armsOf(
  { escalatedTo }: OwedRows,
  duties: Duties,
  department: string | undefined,
  value: Value,
): string[] {
  const only = department === undefined ? [] : [`w.executor = ${value(department)}`];
  if (duties === 'all') return only;
  // Whoever acts for nobody sees nothing, and not everything.
  if (duties.length === 0) return ['false'];
  // What they are to do themselves is in the runs of their own.
  const others = `w.executor <> ALL (${value(duties)}::text[])`;
  const told = duties.map((unit) =>
    [`${escalatedTo} = ${value(unit)}`, 'w.escalated_on IS NOT NULL', others, ...only].join(' AND '),
  );
  return [
    ...duties
      .filter((unit) => department === undefined || department === unit)
      .map((unit) => `w.executor = ${value(unit)}`),
    ...told,
  ];
}
