import { Injectable } from '@nestjs/common';
import { isLocalDate, type LocalDate } from '#kernel';
import type { PageRequest, Queryable, Tx } from '#platform';
import type { Clock, Status } from '../domain/case.js';
import { FINAL } from '../domain/lifecycle.js';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

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
}

export interface WorkFilter {
  stage?: Status | undefined;
  listType?: string | undefined;
  /** due on that day or before */
  dueBy?: LocalDate | undefined;
  overdue?: boolean | undefined;
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

const DUE = `coalesce(c.due_on, 'infinity')`;
const OPEN = `c.status NOT IN (${FINAL.map((status) => `'${status}'`).join(', ')})`;
const NEVER = 'infinity';

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
    const where = [
      ...conditions(filter, value),
      ...(filter.departments ? [`c.department = ANY(${value(filter.departments)}::text[])`] : []),
    ];
    await tx.query(
      `DECLARE exported NO SCROLL CURSOR FOR SELECT ${COLUMNS} FROM listing_case c JOIN subject s ON s.id = c.subject_id
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
 * For several departments the index of each is read from its earliest due date on and the heads are merged: one
 * index for all of them would be read past every case of the others.
 */
export function worklistStatement(filter: WorkFilter, page: PageRequest): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const where = conditions(filter, value);
  if (page.after) {
    const [due, id] = page.after;
    if (!(due === NEVER || isLocalDate(due)) || !isUuid(id))
      throw shellRefusals.refusal('listing.cursor-invalid');
    where.push(`(${DUE}, c.id) > (${value(due)}::date, ${value(id)}::uuid)`);
  }
  const limit = value(page.limit + 1);
  const select = (more: string[]): string =>
    `SELECT ${COLUMNS} FROM listing_case c JOIN subject s ON s.id = c.subject_id
     WHERE ${[...where, ...more].join(' AND ')} ORDER BY ${DUE}, c.id LIMIT ${limit}`;
  if (!filter.departments) return { sql: select(['true']), values };
  const departments = value(filter.departments);
  return {
    sql: `SELECT w.* FROM unnest(${departments}::text[]) AS d (department)
       CROSS JOIN LATERAL (${select(['c.department = d.department'])}) w
       ORDER BY coalesce(w."dueOn", 'infinity'), w.id LIMIT ${limit}`,
    values,
  };
}

export function cursorOf(item: WorkItem): string[] {
  return [item.dueOn ?? NEVER, item.id];
}

function conditions(filter: WorkFilter, value: (one: unknown) => string): string[] {
  const { stage, listType, dueBy, overdue, region, search, finished } = filter;
  return [
    ...(finished ? [] : [OPEN]),
    ...(stage ? [`c.status = ${value(stage)}`] : []),
    ...(listType ? [`c.list_type = ${value(listType)}`] : []),
    ...(dueBy ? [`${DUE} <= ${value(dueBy)}::date`] : []),
    ...(overdue ? [`c.overdue <> '{}'`] : []),
    ...(region ? [`c.region LIKE ${value(`${region.replace(/(?:0000|00)$/, '')}%`)}`] : []),
    ...(search ? [found(search, value)] : []),
  ];
}

function found(search: string, value: (one: unknown) => string): string {
  if (/^[A-Z]{2,12}-\d{4}-\d+$/.test(search)) return `c.no = ${value(search)}`;
  if (/^[0-9A-Z]{18}$/i.test(search))
    return `c.subject_id IN (SELECT id FROM subject WHERE code = ${value(search.toUpperCase())})`;
  const part = value(search);
  return `c.subject_id IN (SELECT id FROM subject n WHERE n.name_pairs @> bigrams(${part}) AND strpos(n.name_folded, folded(${part})) > 0)`;
}
