import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Refusal } from '#kernel';
import { type Actor, Clock, Database, newId, requestRefusals } from '#platform';
import { Catalogue } from '../catalogue/catalogue.js';
import type { RowCheck } from '../catalogue/row-check.js';
import { intakeRefusals } from '../intake/intake-refusals.js';
import { CsvRows, JsonRows, type Row, type RowReader } from '../intake/rows.js';
import { Upload, UPLOAD_LIMIT } from '../intake/upload.js';
import { type BatchCounts, type BatchRow, BatchesStore, type RowError } from '../store/batches.store.js';
import { AcceptRecords, type Arriving } from './accept-records.js';
import { type Provider, providerOf } from './provider.js';

/** Rows of one transaction: the cost of a commit is spread, locks are short, a broken upload loses little. */
const CHUNK_ROWS = 500;

export interface Uploading {
  type: string;
  media: 'text/csv' | 'application/x-ndjson';
  body: Readable;
  /** Content-Length, where the client said it */
  length?: number;
  idempotencyKey: string;
}

/**
 * Takes a file of records: right rows in, wrong rows answered. Rows are read, checked and written in chunks,
 * so memory stays the same whatever the size of the file. There is no transaction around the file: an upload
 * that breaks off leaves what was accepted, and the same file sent again finds those rows as duplicates.
 */
@Injectable()
export class PushBatch {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly catalogue: Catalogue,
    private readonly batches: BatchesStore,
    private readonly acceptRecords: AcceptRecords,
  ) {}

  /**
   * @returns the batch with its counts; of a repeated request that of the first one
   * @throws Refusal `record.type-unknown`, `batch.*`, `request.idempotency-key-reused`
   */
  async push(actor: Actor, uploading: Uploading): Promise<BatchRow> {
    const provider = providerOf(actor);
    const check = this.catalogue.checkOf(uploading.type, this.clock.today());
    if ((uploading.length ?? 0) > UPLOAD_LIMIT)
      throw intakeRefusals.refusal('batch.too-large', { limit: UPLOAD_LIMIT, rows: 0 });
    const upload = new Upload(uploading.body);
    const earlier = await this.batches.byKey(this.db, provider.actor, uploading.idempotencyKey);
    if (earlier?.status === 'done') return this.#repeated(earlier, uploading, upload);

    const reader = uploading.media === 'text/csv' ? new CsvRows(check) : new JsonRows();
    const run = new Run(upload, reader);
    // The first rows are read before anything is written: a file that is refused as a whole leaves nothing.
    const chunks = run.chunks(CHUNK_ROWS);
    const first = await chunks.next();
    const batch = await this.#begin(provider, uploading);
    return this.#takeAll(check, first, chunks, provider, batch, upload);
  }

  async #takeAll(
    check: RowCheck,
    first: IteratorResult<Row[], undefined>,
    chunks: AsyncGenerator<Row[], undefined>,
    provider: Provider,
    batch: BatchRow,
    upload: Upload,
  ): Promise<BatchRow> {
    try {
      for (let chunk = first; !chunk.done; chunk = await chunks.next()) {
        await this.#take(check, chunk.value, provider, batch);
      }
      return (
        (await this.batches.end(this.db, batch, 'done', upload.digest(), this.clock.now())) ??
        this.#takenOver()
      );
    } catch (error) {
      await this.batches.end(this.db, batch, 'broken-off', null, this.clock.now());
      throw error;
    }
  }

  async #begin(provider: Provider, { type, media, idempotencyKey }: Uploading): Promise<BatchRow> {
    const begun = {
      id: newId(),
      type,
      media,
      department: provider.unit,
      uploadedBy: provider.actor,
      key: idempotencyKey,
      at: this.clock.now(),
    };
    const batch = await this.db.transaction((tx) => this.batches.begin(tx, begun));
    if (!batch) throw requestRefusals.refusal('request.idempotency-key-reused', { key: idempotencyKey });
    return batch;
  }

  /** A repeated request answers the first result, if it brings the same file. */
  async #repeated(batch: BatchRow, uploading: Uploading, upload: Upload): Promise<BatchRow> {
    await upload.readToEnd();
    const same =
      batch.type === uploading.type &&
      batch.media === uploading.media &&
      batch.digest?.equals(upload.digest());
    if (!same)
      throw requestRefusals.refusal('request.idempotency-key-reused', { key: uploading.idempotencyKey });
    return batch;
  }

  async #take(check: RowCheck, rows: readonly Row[], provider: Provider, batch: BatchRow): Promise<void> {
    const today = this.clock.today();
    const arriving: Arriving[] = [];
    const errors: RowError[] = [];
    for (const row of rows) {
      if ('fault' in row) {
        errors.push(errorOf(row.line, row.fault));
        continue;
      }
      const checked = check.check(row.fields, today);
      if (checked.ok) arriving.push({ checked, line: row.line });
      else errors.push(...checked.faults.map((fault) => errorOf(row.line, fault)));
    }
    const wrongRows = rows.length - arriving.length;
    await this.db.transaction(async (tx) => {
      const outcomes = await this.acceptRecords.accept(tx, check, arriving, provider, batch.id);
      const counts: BatchCounts = { total: rows.length, accepted: 0, duplicates: 0, refused: wrongRows };
      const refused: RowError[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.as === 'accepted') counts.accepted += 1;
        else if (outcome.as === 'duplicate') counts.duplicates += 1;
        else {
          counts.refused += 1;
          refused.push(errorOf(arriving[index]!.line!, outcome.refusal));
        }
      }
      const all = [...errors, ...refused].sort((a, b) => a.line - b.line);
      if (!(await this.batches.add(tx, batch, counts, all))) this.#takenOver();
    });
  }

  #takenOver(): never {
    throw intakeRefusals.refusal('batch.key-taken');
  }
}

/** The rows of one upload, cut into chunks. */
class Run {
  #rows = 0;

  constructor(
    private readonly upload: Upload,
    private readonly reader: RowReader,
  ) {}

  async *chunks(size: number): AsyncGenerator<Row[], undefined> {
    let chunk: Row[] = [];
    for await (const text of this.upload.texts(() => this.#rows)) {
      for (const row of this.reader.push(text)) {
        chunk.push(row);
        this.#rows += 1;
        if (chunk.length < size) continue;
        yield chunk;
        chunk = [];
      }
    }
    for (const row of this.reader.end()) {
      chunk.push(row);
      this.#rows += 1;
    }
    if (this.#rows === 0) throw intakeRefusals.refusal('batch.empty');
    if (chunk.length > 0) yield chunk;
  }
}

function errorOf(line: number, fault: Refusal): RowError {
  return {
    line,
    field: fault.field ?? null,
    code: fault.code,
    reason: fault.en,
    reasonZh: fault.zh,
    cure: fault.cureEn,
    cureZh: fault.cureZh,
  };
}
