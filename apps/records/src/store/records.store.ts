import { Injectable } from '@nestjs/common';
import type { PageRequest, Queryable, Tx } from '#platform';
import { markObjection } from './objection-marks.js';
import {
  type EarlierRow,
  type FullRecordRow,
  type Intake,
  type NewRecordRow,
  RECORD_COLUMNS,
  type RecordRow,
} from './record.row.js';

/** What a repair, or the end of an entry, did to the publication of a record. */
export type RepairChange =
  | { repairedOn: string }
  | { maskedOn: string }
  | { unmaskedOn: string }
  | { resumedOn: string }
  | { foundFalseOn: string; shownUntil: string };

@Injectable()
export class RecordsStore {
  /**
   * Everything that came under these natural keys, counted first, then the last withdrawn. Two halves, because
   * each has its own partial index and a query without the status would read the whole table.
   */
  async earlier(tx: Tx, type: string, keys: readonly Buffer[]): Promise<EarlierRow[]> {
    const columns = 'id, natural_key, content, status, withdrawn_on, withdrawn_cause';
    const { rows } = await tx.query<EarlierRow>(
      `SELECT ${columns} FROM credit_record WHERE status = 'counted' AND type = $1 AND natural_key = ANY($2::bytea[])
       UNION ALL
       SELECT ${columns} FROM credit_record WHERE status = 'withdrawn' AND type = $1 AND natural_key = ANY($2::bytea[])
       ORDER BY status, withdrawn_on DESC, id DESC`,
      [type, keys],
    );
    return rows;
  }

  /**
   * Inserts in one statement: `unnest` of whole columns has few parameters whatever the number of rows, and
   * was the fastest simple form (69,000 rows/s measured; COPY twice that, but it cannot pass over a row that
   * another transaction has just written).
   *
   * @returns ids of the rows that went in; the others lost against a concurrent one of the same natural key
   */
  async insert(tx: Tx, intake: Intake, records: readonly NewRecordRow[]): Promise<Set<string>> {
    if (records.length === 0) return new Set();
    const { rows } = await tx.query<{ id: string }>(
      `INSERT INTO credit_record (type, type_version, provider, batch_id, accepted_at, accepted_by, id, subject_id, natural_key, content,
         document_no, decided_on, severity, severity_rule, category, conduct, fine_yuan, authority_name, authority_code, published_until,
         payload, sealed, line)
       SELECT $1, $2, $3, $4, $5, $6, n.*
       FROM unnest($7::uuid[], $8::uuid[], $9::bytea[], $10::bytea[], $11::text[], $12::date[], $13::text[], $14::text[], $15::text[],
         $16::text[], $17::numeric[], $18::text[], $19::text[], $20::date[], $21::jsonb[], $22::jsonb[], $23::int[])
         AS n (id, subject_id, natural_key, content, document_no, decided_on, severity, severity_rule, category, conduct, fine_yuan,
           authority_name, authority_code, published_until, payload, sealed, line)
       ORDER BY n.natural_key
       ON CONFLICT DO NOTHING
       RETURNING id`,
      [
        intake.type,
        intake.typeVersion,
        intake.provider,
        intake.batchId,
        intake.at,
        intake.by,
        records.map((row) => row.id),
        records.map((row) => row.subjectId),
        records.map((row) => row.naturalKey),
        records.map((row) => row.content),
        records.map(({ facts }) => facts.documentNo),
        records.map(({ facts }) => facts.decidedOn),
        records.map(({ facts }) => facts.severity),
        records.map(({ facts }) => facts.severityRule),
        records.map(({ facts }) => facts.category),
        records.map(({ facts }) => facts.conduct),
        records.map(({ facts }) => facts.fineYuan),
        records.map(({ facts }) => facts.authority.name),
        records.map(({ facts }) => facts.authority.code),
        records.map(({ facts }) => facts.publishedUntil),
        records.map((row) => JSON.stringify(row.payload)),
        records.map((row) => row.sealed && JSON.stringify(row.sealed)),
        records.map((row) => row.line),
      ],
    );
    return new Set(rows.map((row) => row.id));
  }

  async byId(db: Queryable, id: string): Promise<FullRecordRow | undefined> {
    const { rows } = await db.query<FullRecordRow>(
      `SELECT ${RECORD_COLUMNS}, payload, sealed FROM credit_record WHERE id = $1`,
      [id],
    );
    return rows[0];
  }

  async lock(tx: Tx, id: string): Promise<RecordRow | undefined> {
    const { rows } = await tx.query<RecordRow>(
      `SELECT ${RECORD_COLUMNS} FROM credit_record WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return rows[0];
  }

  async withdraw(
    tx: Tx,
    record: RecordRow,
    fact: { cause: string; reason: string; withdrawnOn: string },
    by: { actor: string; at: Date },
  ): Promise<RecordRow> {
    const { rows } = await tx.query<RecordRow>(
      `UPDATE credit_record SET status = 'withdrawn', withdrawn_on = $3, withdrawn_cause = $4, withdrawn_reason = $5, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING ${RECORD_COLUMNS}`,
      [record.id, record.version, fact.withdrawnOn, fact.cause, fact.reason],
    );
    await tx.query(
      `INSERT INTO credit_record_history (record_id, version, change, facts, changed_by, changed_at)
       VALUES ($1, $2, 'withdrawn', $3, $4, $5)`,
      [record.id, rows[0]!.version, JSON.stringify(fact), by.actor, by.at],
    );
    return rows[0]!;
  }

  /**
   * Credit repair, or the end of an entry that rested on it, ended the publication of a record; or it is masked for a time; or that was undone. The unit that
   * sent the record does not change it, so its version stays; what was told last counts.
   *
   * @returns whether anything changed: a record that is not known, or heard of later already, stays
   */
  async followRepair(
    tx: Tx,
    { recordId, sequence }: { recordId: string; sequence: number },
    to: RepairChange,
    by: { cause: string; actor: string; at: Date },
  ): Promise<boolean> {
    const repairedOn = 'repairedOn' in to ? to.repairedOn : null;
    // A masking ends no publication, and what ends one leaves the masking be: each is undone by itself.
    const ofMask = 'maskedOn' in to || 'unmaskedOn' in to;
    const maskedOn = 'maskedOn' in to ? to.maskedOn : null;
    const maskStays = 'repairedOn' in to || 'resumedOn' in to;
    const [foundOn, shownUntil] = 'shownUntil' in to ? [to.foundFalseOn, to.shownUntil] : [null, null];
    const { rowCount } = await tx.query(
      `UPDATE credit_record SET repaired_on = CASE WHEN $7 THEN repaired_on ELSE $3::date END, repair_told = $2, found_false_on = coalesce($4, found_false_on),
         false_shown_until = coalesce($5, false_shown_until),
         masked_on = CASE WHEN $8 THEN masked_on ELSE $6::date END WHERE id = $1 AND repair_told < $2`,
      [recordId, sequence, repairedOn, foundOn, shownUntil, maskedOn, ofMask, maskStays],
    );
    if (rowCount !== 1) return false;
    await tx.query(
      `INSERT INTO credit_record_repair (record_id, told, change, facts, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [recordId, sequence, changeOf(to), JSON.stringify({ cause: by.cause, ...to }), by.actor, by.at],
    );
    return true;
  }

  markObjection(tx: Tx, recordId: string, objectionId: string, since: string | null): Promise<void> {
    return markObjection(tx, { table: 'credit_record', key: 'id' }, recordId, objectionId, since);
  }

  /** The finder upheld an objection: the record reads otherwise from now on; what it said stays in its history. */
  async correct(
    tx: Tx,
    record: RecordRow,
    to: { documentNo: string; conduct: string | null; publishedUntil: string | null },
    fact: object,
    by: { actor: string; at: Date },
  ): Promise<RecordRow> {
    const { rows } = await tx.query<RecordRow>(
      `UPDATE credit_record SET document_no = $3, conduct = $4, published_until = $5, version = version + 1
       WHERE id = $1 AND version = $2 RETURNING ${RECORD_COLUMNS}`,
      [record.id, record.version, to.documentNo, to.conduct, to.publishedUntil],
    );
    await tx.query(
      `INSERT INTO credit_record_history (record_id, version, change, facts, changed_by, changed_at)
       VALUES ($1, $2, 'corrected', $3, $4, $5)`,
      [record.id, rows[0]!.version, JSON.stringify(fact), by.actor, by.at],
    );
    return rows[0]!;
  }

  /** Records that count, newest decision first; withdrawn ones are kept and no longer shown (ordinance art. 38). */
  async ofSubject(db: Queryable, subjectId: string, page: PageRequest): Promise<RecordRow[]> {
    const { rows } = await db.query<RecordRow>(
      `SELECT ${RECORD_COLUMNS} FROM credit_record
       WHERE subject_id = $1 AND status = 'counted'
         AND ($2::uuid IS NULL OR (decided_on, id) < (SELECT decided_on, id FROM credit_record WHERE id = $2))
       ORDER BY decided_on DESC, id DESC LIMIT $3`,
      [subjectId, page.after?.[0] ?? null, page.limit + 1],
    );
    return rows;
  }
}

function changeOf(to: RepairChange): string {
  if ('repairedOn' in to) return 'repaired';
  if ('maskedOn' in to) return 'masked';
  return 'unmaskedOn' in to ? 'unmasked' : 'repair-undone';
}
