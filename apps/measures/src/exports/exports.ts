import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import {
  type Actor,
  actorLine,
  Clock,
  csvLine,
  Database,
  LOGGER,
  type Logger,
  newId,
  type Page,
  type PageRequest,
  pageOf,
  streamed,
} from '#platform';
import { exportRefusals } from './export-refusals.js';

/** What is taken out: one row a line, `columns` by title and name of the column of `select`. */
export interface Exported {
  what: 'checks' | 'incentives';
  columns: readonly (readonly [title: string, column: string])[];
  select: string;
  values: readonly unknown[];
  /** for the log: what was asked for */
  asked: object;
}

export interface LoggedExport {
  id: string;
  what: Exported['what'];
  actor: string;
  actorName: string;
  department: string | null;
  purpose: string;
  asked: object;
  exportedAt: Date;
}

/** Rows that are fetched, and sent, together. */
const TOGETHER = 2_000;

/** Takes what is known here out as CSV, in constant memory, and notes who did so and for what. */
@Injectable()
export class Exports {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The log of it is committed before the first line is sent.
   *
   * @throws Refusal `export.purpose-missing`; nothing is sent then
   */
  async take(actor: Actor, purpose: string | undefined, exported: Exported): Promise<StreamableFile> {
    if (!purpose) throw exportRefusals.refusal('export.purpose-missing');
    const { what, columns, select, values, asked } = exported;
    await this.database.query(
      `INSERT INTO discipline_export (id, what, actor, actor_name, department, purpose, asked, exported_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        what,
        actorLine(actor),
        actor.name,
        actor.department ?? null,
        purpose,
        JSON.stringify(asked),
        this.clock.now(),
      ],
    );
    const produce = (write: (chunk: string) => Promise<void>): Promise<void> =>
      this.database.transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        await tx.query(`DECLARE exported NO SCROLL CURSOR FOR ${select}`, [...values]);
        // With a byte order mark, or spreadsheets read Chinese as another code.
        await write(`\ufeff${csvLine(columns.map(([title]) => title))}`);
        for (;;) {
          const { rows } = await tx.query<Record<string, string | number | null>>(
            `FETCH ${TOGETHER} FROM exported`,
          );
          if (rows.length === 0) return;
          await write(rows.map((row) => csvLine(columns.map(([, column]) => textOf(row[column])))).join(''));
        }
      });
    const filename = `${what}-${this.clock.today()}.csv`;
    return streamed(produce, { type: 'text/csv; charset=utf-8', filename, logger: this.logger });
  }

  /** What was taken out, the newest first. */
  async list(what: string | undefined, page: PageRequest): Promise<Page<LoggedExport>> {
    const { rows } = await this.database.query<LoggedExport>(
      `SELECT id, what, actor, actor_name AS "actorName", department, purpose, asked, exported_at AS "exportedAt"
       FROM discipline_export WHERE ($1::text IS NULL OR what = $1) AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [what ?? null, page.after?.[0] ?? null, page.limit + 1],
    );
    return pageOf(rows, page, ({ id }) => [id]);
  }
}

const textOf = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
