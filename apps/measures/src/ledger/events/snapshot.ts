import type { SnapshotSource, StandingFact } from '#messaging';
import type { Measure } from '#seeds';
import type { ProgressReport } from '../store/measure.store.js';
import { toldProgress } from './outbox.js';

interface LastReport extends ProgressReport {
  content: Measure;
  recordedAt: Date;
}

/** How far each measure is: the last report of each of its units, in the order in which they came. */
export const progressSnapshot: SnapshotSource = {
  topic: 'measures',
  async standing(db, subjects) {
    const { rows } = await db.query<LastReport>(
      `SELECT * FROM (
         SELECT DISTINCT ON (p.number, p.unit) p.id, p.number, p.unit, p.percent, p.text, p.reported_on AS "reportedOn",
                p.reported_by AS "reportedBy", p.recorded_at AS "recordedAt", p.nth, m.content
         FROM measure_progress p JOIN measure m USING (number)
         WHERE 'measure-' || p.number = ANY ($1) ORDER BY p.number, p.unit, p.nth DESC) AS last
       ORDER BY number, nth`,
      [subjects],
    );
    const standing = new Map<string, StandingFact[]>();
    for (const { content, recordedAt, ...report } of rows) {
      const { contract, subject, data } = toldProgress(content.title, report);
      const facts = standing.get(subject) ?? [];
      standing.set(subject, [...facts, { contract, data, time: recordedAt.toISOString() }]);
    }
    return standing;
  },
};
