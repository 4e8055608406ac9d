import { Injectable } from '@nestjs/common';
import type { IncentiveRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { newId, type Queryable, type Tx } from '#platform';
import type { ExecutingUnit } from '../../discipline/domain/rule.js';
import { subjectNow } from '../../discipline/store/subject-changes.js';
import type { Changes, Ground, Grounds, Held, IncentiveRule, Why } from '../domain/incentive.js';

/** A change of one ground; null takes it away. */
export interface GroundChange {
  grade?: { model: string; grade: string };
  honour?: { recordId: string; documentNo: string | null };
  seriousCase?: { caseId: string; caseNo: string | null };
}

/** Cases of one subject that put it among the seriously dishonest, by id with their number; null: it does so no more. */
export interface SeriousChange {
  subject: SubjectRef;
  cases: Record<string, string | null>;
}

/** The subject as it is called now, with its grounds. */
export interface GroundsOfSubject {
  subject: SubjectRef;
  grounds: Grounds;
}

export interface StoredIncentive extends IncentiveRef {
  subjectId: string;
  /** last day by its rule; null = as long as its ground holds */
  until: LocalDate | null;
  /** what its departments answered, by unit */
  answers: Readonly<Record<string, 'applied' | 'not-applied'>>;
  withdrawnOn: LocalDate | null;
  why: Why | null;
  caseId: string | null;
}

/** An incentive that a subject is granted, with who gives it. */
export interface NewEntry {
  rule: IncentiveRule;
  ground: Ground;
  executors: readonly string[];
}

/** What changes for one subject. */
export interface ChangesOfSubject {
  subject: SubjectRef;
  grant: readonly NewEntry[];
  withdraw: Changes['withdraw'];
}

/** Every read of an entry begins so; `WHERE` follows. */
export const SELECT_ENTRY = `
  SELECT e.id, e.incentive, e.content -> 'title' AS title, e.content -> 'fields' AS fields,
         e.content -> 'executors' AS executors, e.content -> 'basis' AS basis, e.content -> 'ground' AS ground,
         e.granted_on AS "from", e.until, e.answers, e.subject_id AS "subjectId", e.withdrawn_on AS "withdrawnOn", e.why,
         e.case_id AS "caseId"
  FROM incentive_entry e`;

@Injectable()
export class IncentivesStore {
  async rules(db: Queryable): Promise<IncentiveRule[]> {
    const { rows } = await db.query<{ content: IncentiveRule }>(
      'SELECT content FROM incentive_rule ORDER BY id, valid_from',
    );
    return rows.map(({ content }) => content);
  }

  /** Notes a ground, whatever was known before. @returns the subject and all its grounds as they now are */
  async note(
    tx: Tx,
    subject: SubjectRef,
    { grade, honour, seriousCase }: GroundChange,
  ): Promise<GroundsOfSubject> {
    const { rows } = await tx.query<{
      subject: SubjectRef;
      grade: Grounds['grade'];
      honours: object;
      serious_cases: object;
    }>(
      `INSERT INTO incentive_ground AS g (subject_id, subject_ref, grade, honours, serious_cases)
       VALUES ($1, coalesce((${subjectNow('$1')}), $2), $3, jsonb_strip_nulls($4), jsonb_strip_nulls($5))
       ON CONFLICT (subject_id) DO UPDATE
         SET subject_ref = coalesce((${subjectNow('g.subject_id')}), EXCLUDED.subject_ref), grade = coalesce(EXCLUDED.grade, g.grade),
             honours = jsonb_strip_nulls(g.honours || $4), serious_cases = jsonb_strip_nulls(g.serious_cases || $5)
       RETURNING subject_ref AS subject, grade, honours, serious_cases`,
      [
        subject.id,
        JSON.stringify(subject),
        grade ? JSON.stringify(grade) : null,
        JSON.stringify(honour ? { [honour.recordId]: honour.documentNo } : {}),
        JSON.stringify(seriousCase ? { [seriousCase.caseId]: seriousCase.caseNo } : {}),
      ],
    );
    const { subject: shown, grade: now, honours, serious_cases } = rows[0]!;
    return {
      subject: shown,
      grounds: {
        grade: now,
        honours: honours as Record<string, string>,
        seriousCases: serious_cases as Record<string, string>,
      },
    };
  }

  /** As `note`, the serious cases of many subjects, each once. */
  async noteSerious(tx: Tx, changes: readonly SeriousChange[]): Promise<Map<string, GroundsOfSubject>> {
    const { rows } = await tx.query<{
      subject_id: string;
      subject: SubjectRef;
      grade: Grounds['grade'];
      honours: Grounds['honours'];
      serious_cases: Grounds['seriousCases'];
    }>(
      `INSERT INTO incentive_ground AS g (subject_id, subject_ref, grade, honours, serious_cases)
       SELECT subject_id, coalesce((${subjectNow('given.subject_id')}), subject_ref), NULL, '{}', cases
       FROM jsonb_to_recordset($1) AS given (subject_id uuid, subject_ref jsonb, cases jsonb)
       ON CONFLICT (subject_id) DO UPDATE
         SET subject_ref = coalesce((${subjectNow('g.subject_id')}), EXCLUDED.subject_ref), serious_cases = g.serious_cases || EXCLUDED.serious_cases
       RETURNING subject_id, subject_ref AS subject, grade, honours, serious_cases`,
      [
        JSON.stringify(
          changes.map(({ subject, cases }) => ({ subject_id: subject.id, subject_ref: subject, cases })),
        ),
      ],
    );
    const gone = changes.flatMap(({ subject, cases }) =>
      Object.values(cases).includes(null) ? [subject.id] : [],
    );
    if (gone.length > 0)
      await tx.query(
        'UPDATE incentive_ground SET serious_cases = jsonb_strip_nulls(serious_cases) WHERE subject_id = ANY($1)',
        [gone],
      );
    return new Map(
      rows.map(({ subject_id, subject, grade, honours, serious_cases }) => [
        subject_id,
        { subject, grounds: { grade, honours, seriousCases: withoutNulls(serious_cases) } },
      ]),
    );
  }

  /** The subject has another name or division; what it was granted stays as it is. */
  async show(tx: Tx, subject: SubjectRef): Promise<void> {
    await tx.query('UPDATE incentive_ground SET subject_ref = $2 WHERE subject_id = $1', [
      subject.id,
      JSON.stringify(subject),
    ]);
  }

  async heldBy(tx: Tx, subjectIds: readonly string[]): Promise<Map<string, Held[]>> {
    const { rows } = await tx.query<Held & { subject: string }>(
      `SELECT id, incentive, subject_id AS subject FROM incentive_entry
       WHERE subject_id = ANY($1) AND withdrawn_on IS NULL ORDER BY incentive`,
      [subjectIds],
    );
    const held = new Map<string, Held[]>();
    for (const { subject, ...entry } of rows) held.set(subject, [...(held.get(subject) ?? []), entry]);
    return held;
  }

  /** What is known of the subject of an entry; undefined where there is no such entry. */
  async groundsOf(tx: Tx, entry: string): Promise<GroundsOfSubject | undefined> {
    const { rows } = await tx.query<GroundsOfSubject>(
      `SELECT g.subject_ref AS subject, jsonb_build_object('grade', g.grade, 'honours', g.honours,
                                                          'seriousCases', g.serious_cases) AS grounds
       FROM incentive_entry e JOIN incentive_ground g USING (subject_id) WHERE e.id = $1`,
      [entry],
    );
    return rows[0];
  }

  /** The register by which givers are found; a hundred rows. */
  async units(db: Queryable): Promise<Map<string, ExecutingUnit>> {
    const { rows } = await db.query<ExecutingUnit>(
      'SELECT id, successor, valid_from AS "validFrom", valid_to AS "validTo" FROM unit',
    );
    return new Map(rows.map((unit) => [unit.id, unit]));
  }

  /** Grants and withdraws, of any number of subjects. @returns the entries concerned, as they now are */
  async change(tx: Tx, changes: readonly ChangesOfSubject[], on: LocalDate): Promise<StoredIncentive[]> {
    const granted = changes.flatMap(({ subject, grant }) =>
      grant.map(({ rule, ground, executors }) => ({
        id: newId(),
        subject_id: subject.id,
        subject_code: subject.code,
        incentive: rule.id,
        until: rule.validTo,
        content: { title: rule.zh, fields: rule.fields, executors, basis: rule.basis, ground },
      })),
    );
    const withdrawn = changes.flatMap(({ withdraw }) =>
      withdraw.map(({ held, why, caseId }) => ({ id: held.id, why, case_id: caseId })),
    );
    await tx.query(
      `INSERT INTO incentive_entry (id, subject_id, subject_code, incentive, content, granted_on, until)
       SELECT id, subject_id, subject_code, incentive, content, $2, until
       FROM jsonb_to_recordset($1) AS g (id uuid, subject_id uuid, subject_code text, incentive text, content jsonb, until date)`,
      [JSON.stringify(granted), on],
    );
    await tx.query(
      `UPDATE incentive_entry e SET withdrawn_on = $2, why = g.why, case_id = g.case_id
       FROM jsonb_to_recordset($1) AS g (id uuid, why text, case_id uuid) WHERE e.id = g.id`,
      [JSON.stringify(withdrawn), on],
    );
    const { rows } = await tx.query<StoredIncentive>(
      `${SELECT_ENTRY} WHERE e.id = ANY($1) ORDER BY e.withdrawn_on NULLS LAST, e.incentive`,
      [[...granted, ...withdrawn].map(({ id }) => id)],
    );
    return rows;
  }

  async ofSubject(db: Queryable, codeOrId: string): Promise<StoredIncentive[]> {
    const { rows } = await db.query<StoredIncentive>(
      `${SELECT_ENTRY} WHERE e.subject_code = $1 OR e.subject_id::text = $1 ORDER BY e.id DESC`,
      [codeOrId],
    );
    return rows;
  }
}

function withoutNulls(cases: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(cases).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
