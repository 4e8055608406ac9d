import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import type { Queryable, Tx } from '#platform';
import type { Measure, Unit } from '#seeds';
import type { LatestReport, LedgerUnit, NamedUnits } from '../domain/accountability.js';

/** A unit of the register as the ledger shows it. */
export interface RegisteredUnit extends LedgerUnit {
  seedName: string | null;
  name: string;
  nameEn: string;
  kind: string;
}

/** A measure with the ids of its units. */
export interface LedgerMeasure extends NamedUnits {
  content: Measure;
}

export interface ProgressReport {
  id: string;
  number: number;
  unit: string;
  percent: number;
  text: string;
  reportedOn: LocalDate;
  reportedBy: string;
}

export interface RecordedProgress extends ProgressReport {
  nth: number;
  recordedAt: Date;
}

const SELECT_PROGRESS = `
  SELECT id, number, unit, percent, text, reported_on AS "reportedOn", reported_by AS "reportedBy", nth,
         recorded_at AS "recordedAt"
  FROM measure_progress`;

@Injectable()
export class MeasureStore {
  async units(db: Queryable): Promise<Map<string, RegisteredUnit>> {
    const { rows } = await db.query<RegisteredUnit & { collective: Unit['collective'] | null }>(
      `SELECT id, seed_name AS "seedName", name, name_en AS "nameEn", kind, successor, collective FROM unit`,
    );
    return new Map(rows.map((unit) => [unit.id, unit]));
  }

  /** All measures in the order of the opinion, or the one of that number. */
  async measures(db: Queryable, number?: number): Promise<LedgerMeasure[]> {
    const { rows } = await db.query<{ content: Measure & { leadIds: string[]; responsibleIds: string[] } }>(
      'SELECT content FROM measure WHERE $1::smallint IS NULL OR number = $1 ORDER BY number',
      [number ?? null],
    );
    return rows.map(({ content: { leadIds, responsibleIds, ...content } }) => ({
      number: content.number,
      deadline: content.deadline,
      leads: leadIds,
      responsible: responsibleIds,
      content,
    }));
  }

  /** The last report of each unit, by measure. */
  async latestReports(db: Queryable, numbers: readonly number[]): Promise<Map<number, LatestReport[]>> {
    const { rows } = await db.query<LatestReport & { number: number }>(
      `SELECT DISTINCT ON (number, unit) number, unit, percent FROM measure_progress
       WHERE number = ANY($1) ORDER BY number, unit, nth DESC`,
      [numbers],
    );
    const byNumber = new Map<number, LatestReport[]>();
    for (const { number, ...report } of rows) byNumber.set(number, [...(byNumber.get(number) ?? []), report]);
    return byNumber;
  }

  /** Reports of a measure, the latest first; `before` is the `nth` of the last one seen. */
  async history(
    db: Queryable,
    number: number,
    before: number | null,
    limit: number,
  ): Promise<RecordedProgress[]> {
    const { rows } = await db.query<RecordedProgress>(
      `${SELECT_PROGRESS} WHERE number = $1 AND ($2::integer IS NULL OR nth < $2) ORDER BY nth DESC LIMIT $3`,
      [number, before, limit],
    );
    return rows;
  }

  async report(tx: Tx, report: ProgressReport): Promise<RecordedProgress> {
    // The measure's row is the lock under which its reports are counted.
    await tx.query('SELECT 1 FROM measure WHERE number = $1 FOR UPDATE', [report.number]);
    await tx.query(
      `INSERT INTO measure_progress (id, number, unit, percent, text, reported_on, reported_by, nth)
       SELECT $1, $2, $3, $4, $5, $6, $7, coalesce(max(nth), 0) + 1 FROM measure_progress WHERE number = $2`,
      [
        report.id,
        report.number,
        report.unit,
        report.percent,
        report.text,
        report.reportedOn,
        report.reportedBy,
      ],
    );
    const { rows } = await tx.query<RecordedProgress>(`${SELECT_PROGRESS} WHERE id = $1`, [report.id]);
    return rows[0]!;
  }
}
