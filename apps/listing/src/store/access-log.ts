import { Injectable } from '@nestjs/common';
import type { PageRequest, Queryable } from '#platform';

export interface AccessLine {
  at: Date;
  actor: string;
  actorName: string;
  department: string | null;
  what: string;
  caseId: string | null;
  subjectId: string | null;
  purpose: string;
  detail: object;
  traceId: string;
}

/** Who looked at the file of which natural person, and who took cases out. New lines and nothing else. */
@Injectable()
export class AccessLog {
  async add(db: Queryable, line: AccessLine): Promise<void> {
    await db.query(
      `INSERT INTO access_log (at, actor, actor_name, department, what, case_id, subject_id, purpose, detail, trace_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        line.at,
        line.actor,
        line.actorName,
        line.department,
        line.what,
        line.caseId,
        line.subjectId,
        line.purpose,
        JSON.stringify(line.detail),
        line.traceId,
      ],
    );
  }

  /** Newest first. */
  async list(
    db: Queryable,
    filter: { caseId?: string | undefined; department?: string | undefined },
    page: PageRequest,
  ): Promise<(AccessLine & { id: number })[]> {
    const { rows } = await db.query<AccessLine & { id: number }>(
      `SELECT id, at, actor, actor_name AS "actorName", department, what, case_id AS "caseId", subject_id AS "subjectId",
         purpose, detail, trace_id AS "traceId" FROM access_log
       WHERE ($1::uuid IS NULL OR case_id = $1) AND ($2::text IS NULL OR department = $2) AND ($3::bigint IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [filter.caseId ?? null, filter.department ?? null, page.after?.[0] ?? null, page.limit + 1],
    );
    return rows;
  }
}
