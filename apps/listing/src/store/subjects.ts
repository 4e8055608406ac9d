import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import type { Queryable, Tx } from '#platform';
import type { Subject } from '../domain/case/case.js';

/** Credit subjects as the records service tells of them. */
@Injectable()
export class Subjects {
  /**
   * Keeps the newest word: topics overtake each other, so an event may be older than what is known.
   *
   * @returns the name that it bore until now, where it bears another
   */
  async hear(tx: Tx, subject: SubjectRef, toldAt: string): Promise<string | undefined> {
    const { rows } = await tx.query<{ before: string | null }>(
      `INSERT INTO subject (id, kind, code, name, region, told_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, code = excluded.code, name = excluded.name,
         region = excluded.region, told_at = excluded.told_at
       WHERE subject.told_at <= excluded.told_at
       RETURNING old.name AS before`,
      [subject.id, subject.kind, subject.code, subject.name, subject.region, toldAt],
    );
    const before = rows[0]?.before ?? undefined;
    return before === subject.name ? undefined : before;
  }

  /** Locked, so that two openings for one subject come one after the other. */
  async lock(tx: Tx, id: string): Promise<Subject | undefined> {
    const { rows } = await tx.query<Subject>(
      'SELECT id, kind, code, name, region FROM subject WHERE id = $1 FOR NO KEY UPDATE',
      [id],
    );
    return rows[0];
  }

  async find(db: Queryable, codeOrId: string): Promise<Subject | undefined> {
    const { rows } = await db.query<Subject>(
      'SELECT id, kind, code, name, region FROM subject WHERE id::text = $1 OR code = $1',
      [codeOrId],
    );
    return rows[0];
  }
}
