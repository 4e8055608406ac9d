import { startOfDay } from '#kernel';
import type { SnapshotSource } from '#messaging';
import type { GradeModel } from '../domain/model.js';
import { type KeptGrade, SELECT_GRADE } from '../store/grade.store.js';
import { toldGrade } from './outbox.js';

/**
 * The grade that stands of each subject, as it was told when it was computed. Of a subject that no model grades
 * nothing stands: what is answered for it is a receipt for its listing, not a grade.
 */
export const gradesSnapshot: SnapshotSource = {
  topic: 'grades',
  async standing(db, subjects) {
    const { rows } = await db.query<KeptGrade & { model: GradeModel }>(
      `${SELECT_GRADE}, g.version, m.terms || m.notes AS model
       FROM subject s JOIN grade g ON g.subject_id = s.id JOIN grade_history h ON h.id = g.history_id
         JOIN grade_model m ON (m.id, m.version) = (h.model_id, h.model_version)
       WHERE s.id = ANY ($1::uuid[])`,
      [subjects],
    );
    return new Map(
      rows.map((kept) => {
        const { contract, data } = toldGrade(kept.subject, kept.model, kept, kept.previous);
        return [kept.subject.id, [{ contract, data, time: startOfDay(kept.computedOn).toISOString() }]];
      }),
    );
  },
};
