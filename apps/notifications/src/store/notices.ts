import { Injectable } from '@nestjs/common';
import { newId, type PageRequest, type Queryable, type Tx } from '#platform';
import type { Notice } from '../domain/telling.js';

export interface NoticeRow {
  id: string;
  cause_event_id: string;
  cause_type: string;
  subject_id: string;
  case_id: string | null;
  recipient_kind: 'party' | 'unit';
  recipient_id: string;
  zh: string;
  en: string;
  told_at: Date;
  read_at: Date | null;
  version: number;
}

export interface Cause {
  eventId: string;
  type: string;
  subjectId: string;
  caseId: string | null;
}

export interface Inbox {
  kind: 'party' | 'unit';
  id: string;
}

@Injectable()
export class Notices {
  /** Stores what is told; a fact that was told before is left alone. Returns the new rows only. */
  async add(tx: Tx, cause: Cause, notices: Notice[], toldAt: Date): Promise<NoticeRow[]> {
    const { rows } = await tx.query<NoticeRow>(
      `INSERT INTO notice (id, cause_event_id, cause_type, subject_id, case_id, recipient_kind, recipient_id, zh, en, told_at)
       SELECT n.id, $2, $3, $4, $5, n.kind, n.recipient, n.zh, n.en, $6
       FROM unnest($1::uuid[], $7::text[], $8::text[], $9::text[], $10::text[]) AS n(id, kind, recipient, zh, en)
       ON CONFLICT (cause_event_id, recipient_kind, recipient_id) DO NOTHING
       RETURNING *`,
      [
        notices.map(() => newId()),
        cause.eventId,
        cause.type,
        cause.subjectId,
        cause.caseId,
        toldAt,
        notices.map((notice) => notice.recipient.kind),
        notices.map((notice) => notice.recipient.id),
        notices.map((notice) => notice.zh),
        notices.map((notice) => notice.en),
      ],
    );
    return rows;
  }

  async list(
    db: Queryable,
    inbox: Inbox,
    caseId: string | undefined,
    page: PageRequest,
  ): Promise<NoticeRow[]> {
    const { rows } = await db.query<NoticeRow>(
      `SELECT * FROM notice
       WHERE recipient_kind = $1 AND recipient_id = $2
         AND ($3::uuid IS NULL OR case_id = $3)
         AND ($4::timestamptz IS NULL OR (told_at, id) < ($4, $5::uuid))
       ORDER BY told_at DESC, id DESC LIMIT $6`,
      [
        inbox.kind,
        inbox.id,
        caseId ?? null,
        page.after?.[0] ?? null,
        page.after?.[1] ?? null,
        page.limit + 1,
      ],
    );
    return rows;
  }

  async markRead(tx: Tx, inbox: Inbox, id: string, at: Date): Promise<NoticeRow | undefined> {
    const { rows } = await tx.query<NoticeRow>(
      `UPDATE notice SET read_at = coalesce(read_at, $4), version = version + (read_at IS NULL)::int
       WHERE id = $3 AND recipient_kind = $1 AND recipient_id = $2 RETURNING *`,
      [inbox.kind, inbox.id, id, at],
    );
    return rows[0];
  }
}
