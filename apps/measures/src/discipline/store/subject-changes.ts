import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import { prepared, type Tx } from '#platform';

/** The last that was told of a subject whose name or division changed; no row where nothing was told. */
export const subjectNow = (subjectId: string): string =>
  `SELECT s.subject_ref FROM subject_change s WHERE s.subject_id = ${subjectId} ORDER BY s.sequence DESC LIMIT 1`;

const NOW = prepared(
  `SELECT u.id, now.subject_ref AS subject
   FROM unnest($1::uuid[]) AS u (id) CROSS JOIN LATERAL (${subjectNow('u.id')}) now`,
);

/**
 * How subjects are called, and where they are, by what records itself told of it. What a listing or a grade says of its
 * subject may be older: those services hear of a change as we do.
 */
@Injectable()
export class SubjectChanges {
  /** @returns the subject as it now is to be shown: a later change may have been heard before this one */
  async note(tx: Tx, subject: SubjectRef, sequence: number): Promise<SubjectRef> {
    await tx.query(
      `INSERT INTO subject_change (subject_id, sequence, subject_ref) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [subject.id, sequence, JSON.stringify(subject)],
    );
    return (await this.of(tx, [subject.id])).get(subject.id)!;
  }

  /** Whether records ever told that it is called so. */
  async toldName(tx: Tx, { id, name }: SubjectRef): Promise<boolean> {
    const { rows } = await tx.query(
      `SELECT FROM subject_change WHERE subject_id = $1 AND subject_ref ->> 'name' = $2 LIMIT 1`,
      [id, name],
    );
    return rows.length > 0;
  }

  /** Of these subjects, those of whom a change was told. */
  async of(tx: Tx, subjectIds: readonly string[]): Promise<Map<string, SubjectRef>> {
    const { rows } = await tx.query<{ id: string; subject: SubjectRef }>(NOW, [[...new Set(subjectIds)]]);
    return new Map(rows.map(({ id, subject }) => [id, subject]));
  }

  /** Every event of a batch with its subject as it is now, and as the event told it where that differs. */
  async shown<Data extends { subject: SubjectRef }>(
    tx: Tx,
    events: readonly Data[],
  ): Promise<(Data & { toldAs?: SubjectRef })[]> {
    const now = await this.of(
      tx,
      events.map(({ subject }) => subject.id),
    );
    return events.map((data) => {
      const subject = now.get(data.subject.id);
      const same = !subject || (subject.name === data.subject.name && subject.region === data.subject.region);
      return same ? data : { ...data, subject, toldAs: data.subject };
    });
  }
}
