import type { Publication, SnapshotSource, StandingFact } from '#messaging';
import type { Queryable } from '#platform';
import { LINK_COLUMNS, type LinkRow } from '../store/links.store.js';
import { RECORD_COLUMNS, type RecordRow } from '../store/record.row.js';
import { SUBJECT_COLUMNS, type SubjectRow } from '../store/subject.row.js';
import { recordRefOf, tellAccepted, tellLinked, tellRegistered, tellWithdrawn } from './outbox.js';

/*
 * What stands of subjects and records, for a subscriber that is filled instead of having heard how it came about. As
 * everywhere else the name of a person is the masked one: only rows that hold nothing else are read here.
 */

type Told<Row> = Row & { told_at: Date };

/** Each subject as it is called today, told when it came to be called so, and who stands behind it. */
export const subjectsSnapshot: SnapshotSource = {
  topic: 'subjects',
  async standing(db, subjects) {
    const rows = await subjectsOf(db, subjects);
    const links = await linksOf(db, subjects);
    const factsOf = (row: Told<SubjectRow>): StandingFact[] => [
      standing(tellRegistered(row), row.told_at),
      ...links
        .filter(({ organisationId }) => organisationId === row.id)
        .map((link) => standing(tellLinked(row, link), link.told_at)),
    ];
    return new Map(rows.map((row) => [row.id, factsOf(row)]));
  },
};

/**
 * Each record as it reads today: accepted, or withdrawn with why. What was corrected is told as accepted, for nothing
 * of the correction stands but the record; that a correction of an entry was followed here is a receipt, which was
 * given once and stands nowhere.
 */
export const recordsSnapshot: SnapshotSource = {
  topic: 'records',
  async standing(db, subjects) {
    const of = new Map((await subjectsOf(db, subjects)).map((row) => [row.id, row]));
    const { rows } = await db.query<Told<RecordRow>>(
      `SELECT ${RECORD_COLUMNS},
              coalesce((SELECT max(changed_at) FROM credit_record_history h WHERE h.record_id = credit_record.id), accepted_at) AS told_at
       FROM credit_record WHERE subject_id = ANY ($1::uuid[]) ORDER BY accepted_at, id`,
      [subjects],
    );
    const facts = new Map<string, StandingFact[]>();
    for (const row of rows) {
      const ofSubject = facts.get(row.subject_id);
      const fact = standing(lastWordOf(row, of.get(row.subject_id)!), row.told_at);
      if (ofSubject) ofSubject.push(fact);
      else facts.set(row.subject_id, [fact]);
    }
    return facts;
  },
};

function lastWordOf(row: RecordRow, subject: SubjectRow): Publication {
  if (row.status === 'counted') return tellAccepted(recordRefOf(row), subject);
  const { withdrawn_on: withdrawnOn, withdrawn_cause: cause, withdrawn_reason: reason } = row;
  return tellWithdrawn(row, subject, { cause: cause!, reason: reason!, withdrawnOn: withdrawnOn! });
}

async function linksOf(db: Queryable, organisations: readonly string[]): Promise<Told<LinkRow>[]> {
  const { rows } = await db.query<Told<LinkRow>>(
    `SELECT ${LINK_COLUMNS}, added_at AS told_at FROM subject_link
     WHERE organisation_id = ANY ($1::uuid[]) ORDER BY added_at, id`,
    [organisations],
  );
  return rows;
}

async function subjectsOf(db: Queryable, ids: readonly string[]): Promise<Told<SubjectRow>[]> {
  const { rows } = await db.query<Told<SubjectRow>>(
    `SELECT ${SUBJECT_COLUMNS},
            coalesce((SELECT max(changed_at) FROM subject_history h WHERE h.subject_id = subject.id), registered_at) AS told_at
     FROM subject WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  return rows;
}

function standing({ contract, data }: Publication, at: Date): StandingFact {
  return { contract, data, time: at.toISOString() };
}
