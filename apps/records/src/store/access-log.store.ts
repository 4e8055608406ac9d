import { Injectable } from '@nestjs/common';
import type { PageRequest, Queryable } from '#platform';

export interface AccessLogRow {
  id: number;
  at: Date;
  actor: string;
  actor_name: string;
  department: string | null;
  subject_id: string | null;
  what: string;
  purpose: string;
  trace_id: string;
}

/** Who looked at which natural person, for what. The table takes new lines and nothing else. */
@Injectable()
export class AccessLogStore {
  async add(db: Queryable, line: Omit<AccessLogRow, 'id'>): Promise<void> {
    await db.query(
      `INSERT INTO access_log (at, actor, actor_name, department, subject_id, what, purpose, trace_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        line.at,
        line.actor,
        line.actor_name,
        line.department,
        line.subject_id,
        line.what,
        line.purpose,
        line.trace_id,
      ],
    );
  }

  async list(
    db: Queryable,
    filter: { subject?: string; department?: string },
    page: PageRequest,
  ): Promise<AccessLogRow[]> {
    const { rows } = await db.query<AccessLogRow>(
      `SELECT id, at, actor, actor_name, department, subject_id, what, purpose, trace_id FROM access_log
       WHERE ($1::uuid IS NULL OR subject_id = $1) AND ($2::text IS NULL OR department = $2) AND ($3::bigint IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [filter.subject ?? null, filter.department ?? null, page.after?.[0] ?? null, page.limit + 1],
    );
    return rows;
  }
}
