import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import type { PageRequest, Queryable, Tx } from '#platform';
import type { Clue } from '../domain/clue/clue.js';
import { type ClueStatus, WAITING } from '../domain/clue/lifecycle.js';
import { clueRefusals } from '../domain/clue/clue-refusals.js';
import { GENERAL } from '../domain/clue/rule.js';
import { shellRefusals } from '../refusals.js';
import { afterDue, lateSince, nextDue, stillLate } from './due-columns.js';
import { isUuid } from './uuid.js';

export interface VersionedClue {
  clue: Clue;
  version: number;
}

export interface ClueFilter {
  /** null: of every unit */
  department: string | null;
  status?: ClueStatus | undefined;
  kind?: string | undefined;
  /** what this unit handed on to others, instead of what is at it */
  forwarded?: boolean | undefined;
}

interface ClueRow {
  version: number;
  state: Clue;
}

/** What a clue from before there were kinds has not in its state. */
const NOTHING_YET = {
  ...{ kind: GENERAL, rule: null, acceptance: null, forwarding: null },
  ...{ extensions: [], pressed: [], clocks: [], overdue: [] },
} satisfies Partial<Clue>;

const clueOf = ({ state, version }: ClueRow): VersionedClue => ({
  clue: { ...NOTHING_YET, ...state },
  version,
});

const OPEN = `status IN (${WAITING.map((status) => `'${status}'`).join(', ')})`;

/** Clues, one row each; what was done with each stands in its state. */
@Injectable()
export class Clues {
  async insert(tx: Tx, clue: Clue): Promise<VersionedClue> {
    await tx.query(
      `INSERT INTO clue (id, version, received_on, department, status, kind, forwarded_by, due_on, due_clock, overdue,
         late_since, state)
       VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [clue.id, clue.receivedOn, ...columnsOf(clue)],
    );
    return { clue, version: 1 };
  }

  /** @throws Refusal `clue.not-found` */
  async read(db: Queryable, id: string, lock = false): Promise<VersionedClue> {
    if (!isUuid(id)) throw clueRefusals.refusal('clue.not-found', { id });
    const sql = `SELECT version, state FROM clue WHERE id = $1${lock ? ' FOR UPDATE' : ''}`;
    const { rows } = await db.query<ClueRow>(sql, [id]);
    if (!rows[0]) throw clueRefusals.refusal('clue.not-found', { id });
    return clueOf(rows[0]);
  }

  /** The row was locked when it was read. */
  async update(tx: Tx, clue: Clue, version: number): Promise<VersionedClue> {
    await tx.query(
      `UPDATE clue SET version = $2 + 1, department = $3, status = $4, kind = $5, forwarded_by = $6, due_on = $7,
         due_clock = $8, overdue = $9, late_since = coalesce(late_since, $10), state = $11
       WHERE id = $1`,
      [clue.id, version, ...columnsOf(clue)],
    );
    return { clue, version: version + 1 };
  }

  /** Newest first; one more than the page. @throws Refusal `listing.cursor-invalid` */
  async list(db: Queryable, filter: ClueFilter, page: PageRequest): Promise<VersionedClue[]> {
    const [after] = page.after ?? [];
    if (after !== undefined && !isUuid(after)) throw shellRefusals.refusal('listing.cursor-invalid');
    const { rows } = await db.query<ClueRow>(
      `SELECT version, state FROM clue
       WHERE ($1::text IS NULL OR ${columnOf(filter)} = $1) AND ($2::text IS NULL OR status = $2)
         AND ($3::text IS NULL OR kind = $3) AND ($4::uuid IS NULL OR id < $4)
         ${filter.forwarded ? 'AND forwarded_by IS NOT NULL' : ''}
       ORDER BY id DESC LIMIT $5`,
      [filter.department, filter.status ?? null, filter.kind ?? null, after ?? null, page.limit + 1],
    );
    return rows.map(clueOf);
  }

  /**
   * Those that wait for a step or a result, what is due first first, those without a clock last; one more than the page.
   *
   * @throws Refusal `listing.cursor-invalid`
   */
  async waiting(
    db: Queryable,
    filter: ClueFilter & { dueBy?: LocalDate | undefined; overdue?: boolean | undefined },
    page: PageRequest,
  ): Promise<VersionedClue[]> {
    const after = afterDue(page);
    const { rows } = await db.query<ClueRow>(
      `SELECT version, state FROM clue
       WHERE ${OPEN} AND ($1::text IS NULL OR ${columnOf(filter)} = $1) AND ($2::text IS NULL OR status = $2)
         AND ($3::text IS NULL OR kind = $3) AND ($4::date IS NULL OR due_on <= $4)
         AND ($5::date IS NULL OR (coalesce(due_on, 'infinity'), id) > ($5, $6::uuid))
         ${filter.forwarded ? 'AND forwarded_by IS NOT NULL' : ''} ${filter.overdue ? "AND overdue <> '{}'" : ''}
       ORDER BY coalesce(due_on, 'infinity'), id LIMIT $7`,
      [
        filter.department,
        filter.status ?? null,
        filter.kind ?? null,
        filter.dueBy ?? null,
        after?.due ?? null,
        after?.id ?? null,
        page.limit + 1,
      ],
    );
    return rows.map(clueOf);
  }
}

const columnOf = ({ forwarded }: ClueFilter): string => (forwarded ? 'forwarded_by' : 'department');

/** Department, status, kind, who handed it on, what is due next, what is late, since when, and the whole. */
function columnsOf(clue: Clue): unknown[] {
  const { department, status, kind, forwarding, clocks, overdue } = clue;
  const due = nextDue(clocks);
  return [
    department,
    status,
    kind,
    forwarding?.from ?? null,
    due?.dueOn ?? null,
    due?.clock ?? null,
    stillLate(clocks, overdue),
    lateSince(clocks, overdue),
    JSON.stringify(clue),
  ];
}
