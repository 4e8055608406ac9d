import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { isCommon, type PageRequest, type Queryable, type Tx } from '#platform';
import type { Clock, Status } from '../domain/case/case.js';
import { DECIDED, UNDECIDED } from '../domain/case/lifecycle.js';
import { OPEN } from './case-list.js';
import { afterDue, NEVER } from './due-columns.js';

/** One line of a worklist: enough to choose what to do next. */
export interface WorkItem {
  id: string;
  no: string;
  listType: string;
  listName: string;
  stage: Status;
  subjectName: string;
  subjectCode: string | null;
  department: string;
  region: string;
  openedOn: LocalDate;
  decidedOn: LocalDate | null;
  inForceOn: LocalDate | null;
  termEndsOn: LocalDate | null;
  endedOn: LocalDate | null;
  closedOn: LocalDate | null;
  /** The clock that runs out next. */
  dueOn: LocalDate | null;
  dueClock: Clock | null;
  overdue: Clock[];
  /** No decision clock runs although the list has one: the day from which it runs was not stated yet. */
  waitsForClock: boolean;
}

export interface WorkFilter {
  stage?: Status | undefined;
  listType?: string | undefined;
  /** due on that day or before */
  dueBy?: LocalDate | undefined;
  overdue?: boolean | undefined;
  /** only cases whose decision clock waits for its day */
  waitsForClock?: boolean | undefined;
  /** Lists whose decision clock runs from a day that is stated; of no other case it is said that it waits. */
  listsByStatedDay?: readonly string[] | undefined;
  /** a division: 230000 the province, 230100 a city with its counties */
  region?: string | undefined;
  /** a case number, a code, or any part of a name of two characters or more */
  search?: string | undefined;
  /** Departments whose cases are shown; all of them where absent. */
  departments?: readonly string[] | undefined;
  /** Also cases at their end. */
  finished?: boolean | undefined;
}

const COLUMNS = `c.id, c.no, c.list_type AS "listType", c.state->>'listName' AS "listName", c.status AS stage,
  s.name AS "subjectName", s.code AS "subjectCode", c.department, c.region, c.opened_on AS "openedOn",
  c.decided_on AS "decidedOn", c.in_force_on AS "inForceOn", c.term_ends_on AS "termEndsOn", c.ended_on AS "endedOn",
  c.closed_on AS "closedOn", c.due_on AS "dueOn", c.due_clock AS "dueClock", c.overdue`;

/** @returns the condition that the decision clock of a case waits for its day */
function waits({ listsByStatedDay = [] }: WorkFilter, value: Value): string {
  return `(c.without_decision_day AND c.list_type = ANY(${value(listsByStatedDay)}::text[]))`;
}

const DUE = `coalesce(c.due_on, 'infinity')`;

/** Each is a run of its own in the indexes of worklists. */
const OPEN_STAGES: readonly Status[] = [...UNDECIDED, ...DECIDED, 'ended'];

/** Cases by what is due next. */
@Injectable()
export class Worklist {
  async page(db: Queryable, filter: WorkFilter, page: PageRequest): Promise<WorkItem[]> {
    const { sql, values } = worklistStatement(filter, page);
    const { rows } = await db.query<WorkItem>(sql, values);
    return rows;
  }

  /** Every case of the filter, in the order of their ids, in constant memory; the transaction is the snapshot. */
  async each(tx: Tx, filter: WorkFilter, take: (items: WorkItem[]) => Promise<void>): Promise<number> {
    const values: unknown[] = [];
    const value = (one: unknown): string => `$${values.push(one)}`;
    const name = partOfName(filter.search);
    const where = [
      ...conditions(filter, value),
      ...ofUnits(filter.departments, value),
      ...(name === undefined ? [] : [`strpos(s.name_folded, platform.folded(${value(name)})) > 0`]),
    ];
    await tx.query(
      `DECLARE exported NO SCROLL CURSOR FOR SELECT ${COLUMNS}, ${waits(filter, value)} AS "waitsForClock" FROM listing_case c JOIN subject s ON s.id = c.subject_id
       ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY c.id`,
      values,
    );
    let count = 0;
    for (;;) {
      const { rows } = await tx.query<WorkItem>('FETCH 2000 FROM exported');
      if (rows.length === 0) return count;
      count += rows.length;
      await take(rows);
    }
  }
}

/**
 * One page, what is due first first. The indexes hold a run in the order of due dates for each stage of each unit
 * (division, list), and the heads of the runs in question are merged: a page costs at most a page of each run,
 * however many cases there are and however few of them are sought.
 */
export function worklistStatement(
  filter: Omit<WorkFilter, 'finished'>,
  page: PageRequest,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const where = conditions(filter, value);
  if (page.after) {
    const { due, id } = afterDue(page)!;
    where.push(`(${DUE}, c.id) > (${value(due)}::date, ${value(id)}::uuid)`);
  }
  const limit = value(page.limit + 1);
  const wanted = { where, limit, value };
  const name = partOfName(filter.search);
  const found = name === undefined ? merged(filter, wanted) : named(filter, name, wanted);
  const sql = `SELECT ${COLUMNS}, ${waits(filter, value)} AS "waitsForClock" FROM (${found} ORDER BY due, id LIMIT ${limit}) page
    JOIN listing_case c ON c.id = page.id JOIN subject s ON s.id = c.subject_id ORDER BY page.due, page.id`;
  return { sql, values };
}

type Value = (one: unknown) => string;

/** Conditions that every case of the page meets, how many are wanted, and how a value becomes a parameter. */
interface Wanted {
  where: readonly string[];
  limit: string;
  value: Value;
}

/** The heads of the runs that a filter names. */
function merged(filter: WorkFilter, { where, limit, value }: Wanted): string {
  const { departments, stage, region, search, overdue, waitsForClock } = filter;
  const head = (...more: string[]): string =>
    `SELECT c.id, ${DUE} AS due FROM listing_case c WHERE ${[...where, ...more].join(' AND ')} ORDER BY ${DUE}, c.id LIMIT ${limit}`;
  // By number, late, or without the day of their clock: few, that are sorted as a whole.
  if (overdue || waitsForClock || partOfName(search) !== search)
    return `SELECT * FROM (${head(...ofUnits(departments, value))}) few`;
  const stages = `unnest(${value(stage ? [stage] : OPEN_STAGES)}::text[]) AS in_stage (status)`;
  const run = (of: string, ...more: string[]): string =>
    `SELECT h.* FROM ${of} CROSS JOIN LATERAL (${head('c.status = in_stage.status', ...more)}) h`;
  if (departments) {
    return run(
      `unnest(${value(departments)}::text[]) AS of_unit (department) CROSS JOIN ${stages}`,
      'c.department = of_unit.department',
    );
  }
  const division = region && divisions(region);
  if (division && division.first.slice(2, 4) === division.last.slice(2, 4))
    return run(
      `(${regionsOfCases(division, value)}) AS of_division (region) CROSS JOIN ${stages}`,
      'c.region = of_division.region',
    );
  return run(stages);
}

/**
 * By a part of a name there are two ways, each of which finds all: along the runs of what is due first, whose index
 * holds the names, until a page is full; and from the parties that the pairs of characters find. The first is for
 * common names: of one name in five hundred it passes 25,000 entries of an index, where the second looks up 2,000 cases.
 */
function named(filter: WorkFilter, name: string, { where, limit, value }: Wanted): string {
  const part = value(name);
  const fits = (named: string): string => `strpos(${named}.name_folded, platform.folded(${part})) > 0`;
  const mine = [...where, ...ofUnits(filter.departments, value)].join(' AND ');
  return `SELECT * FROM (
    WITH look AS MATERIALIZED (${isCommon('subject n', fits('n'), 1, 0.5)}),
    parties AS MATERIALIZED (
      SELECT n.id FROM subject n
      WHERE NOT (SELECT common FROM look) AND n.name_pairs @> platform.bigrams(${part}) AND ${fits('n')}
    )
    SELECT * FROM (
      ${inOneRun(filter, { where: [...where, fits('c')], limit, value })} ORDER BY due, id LIMIT ${limit}
    ) first WHERE (SELECT common FROM look)
    UNION ALL
    SELECT c.id, c.due FROM parties CROSS JOIN LATERAL (
      SELECT c.id, ${DUE} AS due FROM listing_case c WHERE c.subject_id = parties.id AND ${mine} OFFSET 0
    ) c
  ) either`;
}

/**
 * The runs of a filter as ordered arms of one UNION ALL, which PostgreSQL merges as far as the page needs: of what
 * hardly fits, each run by itself would be read for a page of its own. A unit is one arm here, whatever the stages, because each
 * arm costs some planning; the cases of a division are in too many runs and stay with {@link merged}.
 */
function inOneRun(filter: WorkFilter, wanted: Wanted): string {
  const { departments, overdue, waitsForClock, region, stage } = filter;
  if (overdue || waitsForClock || (region && !departments)) return merged(filter, wanted);
  const arms = departments
    ? departments.map((one) => `c.department = ${wanted.value(one)}`)
    : (stage ? [stage] : OPEN_STAGES).map((one) => `c.status = ${wanted.value(one)}`);
  const run = (arm: string): string =>
    `(SELECT c.id, ${DUE} AS due FROM listing_case c WHERE ${[arm, ...wanted.where].join(' AND ')} ORDER BY ${DUE}, c.id)`;
  return `SELECT * FROM (${arms.map(run).join(' UNION ALL ')}) runs`;
}

function ofUnits(departments: readonly string[] | undefined, value: Value): string[] {
  return departments ? [`c.department = ANY(${value(departments)}::text[])`] : [];
}

/** Divisions of open cases, each found by one step in the index from the last. */
function regionsOfCases({ first, last }: { first: string; last: string }, value: Value): string {
  const next = (after: string): string =>
    `SELECT min(c.region) FROM listing_case c WHERE ${OPEN} AND c.region ${after} AND c.region <= ${value(last)}`;
  return `WITH RECURSIVE step (region) AS (
      ${next(`>= ${value(first)}`)}
      UNION ALL SELECT (${next('> step.region')}) FROM step WHERE step.region IS NOT NULL
    ) SELECT region FROM step WHERE region IS NOT NULL`;
}

/** A division with those below it: 230000 … 239999 the province, 230100 … 230199 a city with its counties. */
function divisions(region: string): { first: string; last: string } {
  const above = region.replace(/(?:0000|00)$/, '');
  return { first: above.padEnd(6, '0'), last: above.padEnd(6, '9') };
}

export function cursorOf(item: WorkItem): string[] {
  return [item.dueOn ?? NEVER, item.id];
}

function within({ first, last }: { first: string; last: string }, value: Value): string {
  return `c.region BETWEEN ${value(first)} AND ${value(last)}`;
}

function conditions(filter: WorkFilter, value: Value): string[] {
  const { stage, listType, dueBy, overdue, waitsForClock, region, search, finished } = filter;
  return [
    ...(finished ? [] : [OPEN]),
    ...(stage ? [`c.status = ${value(stage)}`] : []),
    ...(listType ? [`c.list_type = ${value(listType)}`] : []),
    ...(dueBy ? [`${DUE} <= ${value(dueBy)}::date`] : []),
    ...(overdue ? [`c.overdue <> '{}'`] : []),
    ...(waitsForClock ? [waits(filter, value)] : []),
    ...(region ? [within(divisions(region), value)] : []),
    ...(search ? exactly(search, value) : []),
  ];
}

/** A case number, or a code; else a search is for a part of a name. */
function exactly(search: string, value: Value): string[] {
  if (CASE_NO.test(search)) return [`c.no = ${value(search)}`];
  if (CODE.test(search))
    return [`c.subject_id = ANY (ARRAY(SELECT id FROM subject WHERE code = ${value(search.toUpperCase())}))`];
  return [];
}

function partOfName(search: string | undefined): string | undefined {
  return search === undefined || CASE_NO.test(search) || CODE.test(search) ? undefined : search;
}

const CASE_NO = /^[A-Z]{2,12}-\d{4}-\d+$/;
const CODE = /^[0-9A-Z]{18}$/i;
