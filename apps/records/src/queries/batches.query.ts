import { Injectable } from '@nestjs/common';
import { type Actor, Database, ownedBy, requestRefusals } from '#platform';
import { type BatchRow, BatchesStore, type RowError } from '../store/batches.store.js';

export interface ShownBatch {
  id: string;
  type: string;
  department: string;
  status: BatchRow['status'];
  total: number;
  accepted: number;
  duplicates: number;
  refused: number;
  startedAt: string;
  endedAt: string | null;
  /** the first thousand; all of them: GET /api/records/batches/{id}/errors */
  errors: RowError[];
}

const SHOWN_ERRORS = 1000;
const PAGE = 1000;

/** A batch belongs to the department that sent it; auditors see all. */
@Injectable()
export class BatchesQuery {
  constructor(
    private readonly db: Database,
    private readonly batches: BatchesStore,
  ) {}

  /** @throws Refusal `request.not-found`, `request.other-department` */
  async read(actor: Actor, id: string): Promise<ShownBatch> {
    return this.shown(await this.#owned(actor, id));
  }

  async shown(row: BatchRow): Promise<ShownBatch> {
    const { id, type, department, status, total, accepted, duplicates, refused } = row;
    const errors = await this.batches.errors(this.db, id, { line: 0, place: 0 }, SHOWN_ERRORS);
    return {
      id,
      type,
      department,
      status,
      total,
      accepted,
      duplicates,
      refused,
      startedAt: row.started_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      errors: errors.map(({ place: _place, ...error }) => error),
    };
  }

  /** All errors as lines of JSON, read page by page while the client takes them. */
  async errorLines(actor: Actor, id: string): Promise<AsyncGenerator<string>> {
    const batch = await this.#owned(actor, id);
    return this.#lines(batch.id);
  }

  async *#lines(id: string): AsyncGenerator<string> {
    let after = { line: 0, place: 0 };
    for (;;) {
      const errors = await this.batches.errors(this.db, id, after, PAGE);
      for (const { place, ...error } of errors) {
        yield `${JSON.stringify(error)}\n`;
        after = { line: error.line, place };
      }
      if (errors.length < PAGE) return;
    }
  }

  async #owned(actor: Actor, id: string): Promise<BatchRow> {
    const batch = await this.batches.byId(this.db, id);
    if (!batch) throw requestRefusals.refusal('request.not-found', { what: 'batch' });
    if (!actor.roles.includes('auditor')) ownedBy(actor, batch.department);
    return batch;
  }
}
