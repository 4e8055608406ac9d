import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { Declaration } from '../domain/declaration.js';

const SELECT = `
  SELECT department, field, to_char(month, 'YYYY-MM') AS month, version, decisions, why, declared_by AS "declaredBy",
         declared_on AS "declaredOn"
  FROM decision_declaration`;

/** What departments said of how much they decided; nothing is ever overwritten. */
@Injectable()
export class Declarations {
  /** The last version; undefined where nothing was said of the month. */
  async last(
    tx: Tx,
    { department, field, month }: Pick<Declaration, 'department' | 'field' | 'month'>,
  ): Promise<Declaration | undefined> {
    const { rows } = await tx.query<Declaration>(
      `${SELECT} WHERE department = $1 AND field = $2 AND month = $3::date ORDER BY version DESC LIMIT 1`,
      [department, field, `${month}-01`],
    );
    return rows[0];
  }

  /** @returns false where another hand has written that version meanwhile */
  async add(tx: Tx, said: Declaration): Promise<boolean> {
    const { department, field, month, version, decisions, why, declaredBy, declaredOn } = said;
    const { rowCount } = await tx.query(
      `INSERT INTO decision_declaration (department, field, month, version, decisions, why, declared_by, declared_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [department, field, `${month}-01`, version, decisions, why, declaredBy, declaredOn],
    );
    return rowCount === 1;
  }

  /** Every version, the newest month and the last version first; of some departments, or of all (null). */
  async list(
    db: Queryable,
    { departments, field, month }: { departments: readonly string[] | null; field?: string; month?: string },
    after: readonly string[] | undefined,
    limit: number,
  ): Promise<Declaration[]> {
    const [afterMonth, afterDepartment, afterField, afterVersion] = after ?? [];
    const { rows } = await db.query<Declaration>(
      `${SELECT} WHERE ($1::text[] IS NULL OR department = ANY($1)) AND ($2::text IS NULL OR field = $2)
         AND ($3::date IS NULL OR month = $3)
         AND ($4::date IS NULL OR (month, department, field, version) < ($4, $5, $6, $7::int))
       ORDER BY decision_declaration.month DESC, department DESC, field DESC, version DESC LIMIT $8`,
      [
        departments,
        field ?? null,
        month ? `${month}-01` : null,
        afterMonth ? `${afterMonth}-01` : null,
        afterDepartment ?? null,
        afterField ?? null,
        afterVersion ?? null,
        limit,
      ],
    );
    return rows;
  }
}
