import { Refusal } from '#kernel';
import { parseJsonBody } from '#platform';
import type { RowCheck } from '../catalogue/row-check.js';
import { CsvReader, type CsvRow, ROW_LIMIT } from './csv-reader.js';
import { intakeRefusals } from './intake-refusals.js';

/** One row of a file as named fields, or why it cannot be read. */
export type Row = { line: number; fields: Record<string, unknown> } | { line: number; fault: Refusal };

/** Reads rows from pieces of text; stateful, one for each file. */
export interface RowReader {
  push(piece: string): Iterable<Row>;
  /** @throws Refusal `batch.empty` when there was nothing */
  end(): Iterable<Row>;
}

/**
 * CSV with the national field names in its first line. The header is checked before any row is taken: with a
 * wrong one every row would be wrong.
 */
export class CsvRows implements RowReader {
  readonly #reader = new CsvReader();
  #columns: string[] | undefined;

  constructor(private readonly check: RowCheck) {}

  *push(piece: string): Iterable<Row> {
    for (const row of this.#reader.push(piece)) yield* this.#row(row);
  }

  *end(): Iterable<Row> {
    for (const row of this.#reader.end()) yield* this.#row(row);
    if (!this.#columns) throw intakeRefusals.refusal('batch.empty');
  }

  *#row(row: CsvRow): Iterable<Row> {
    if (!this.#columns) this.#columns = this.#header(row);
    else if ('fault' in row) yield { line: row.line, fault: faultOf(row.fault) };
    else if (row.cells.some((cell) => cell.trim() !== ''))
      yield this.#fields(row.line, row.cells, this.#columns);
  }

  /** @throws Refusal `batch.column-unknown`, `batch.column-repeated`, `batch.column-missing` */
  #header(row: CsvRow): string[] {
    if ('fault' in row) throw faultOf(row.fault);
    const columns = row.cells.map((cell) => cell.trim());
    const known = this.check.fieldNames;
    const unknown = columns.findIndex((column) => !known.has(column));
    if (unknown !== -1) {
      const column = shownColumn(columns[unknown]!);
      throw intakeRefusals.refusal('batch.column-unknown', { position: unknown + 1, column }, column);
    }
    const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
    if (repeated !== undefined)
      throw intakeRefusals.refusal('batch.column-repeated', { column: repeated }, repeated);
    const missing = this.check.requiredFields.find((column) => !columns.includes(column));
    if (missing !== undefined)
      throw intakeRefusals.refusal('batch.column-missing', { column: missing }, missing);
    return columns;
  }

  /** Spreadsheets leave out empty cells at the end of a row, and add some: neither is a fault. */
  #fields(line: number, cells: readonly string[], columns: readonly string[]): Row {
    if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
      const facts = { cells: cells.length, columns: columns.length };
      return { line, fault: intakeRefusals.refusal('record.row-too-many-cells', facts) };
    }
    return { line, fields: Object.fromEntries(columns.map((column, index) => [column, cells[index]])) };
  }
}

/** One JSON object a line; blank lines are passed over. */
export class JsonRows implements RowReader {
  #text = '';
  #line = 0;
  #skipping = false;
  #any = false;

  *push(piece: string): Iterable<Row> {
    this.#text += piece;
    let start = 0;
    for (let end = this.#text.indexOf('\n'); end !== -1; end = this.#text.indexOf('\n', start)) {
      yield* this.#take(this.#text.slice(start, end));
      start = end + 1;
    }
    this.#text = this.#text.slice(start);
    if (this.#text.length > ROW_LIMIT) {
      // The row is answered when its line ends; until then nothing of it is kept.
      this.#skipping = true;
      this.#text = '';
    }
  }

  *end(): Iterable<Row> {
    if (this.#text !== '' || this.#skipping) yield* this.#take(this.#text);
    if (!this.#any) throw intakeRefusals.refusal('batch.empty');
  }

  *#take(text: string): Iterable<Row> {
    const line = (this.#line += 1);
    const tooLong = this.#skipping || text.length > ROW_LIMIT;
    this.#skipping = false;
    if (!tooLong && text.trim() === '') return;
    this.#any = true;
    yield tooLong ? { line, fault: faultOf('too-long') } : jsonRow(line, text);
  }
}

function jsonRow(line: number, text: string): Row {
  try {
    const value = parseJsonBody(Buffer.from(text));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return { line, fields: value as Record<string, unknown> };
    }
    return { line, fault: intakeRefusals.refusal('record.row-not-json', { reason: 'no object' }) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What the platform refuses in a body (depth, forbidden keys, characters) spoils one row here.
    const fault =
      error.code === 'request.body-malformed'
        ? intakeRefusals.refusal('record.row-not-json', { reason: 'malformed' })
        : error;
    return { line, fault };
  }
}

function faultOf(fault: 'too-long' | 'quote-open' | 'quote-stray'): Refusal {
  switch (fault) {
    case 'too-long':
      return intakeRefusals.refusal('record.row-too-long', { limit: ROW_LIMIT });
    case 'quote-open':
      return intakeRefusals.refusal('record.row-quote-open');
    case 'quote-stray':
      return intakeRefusals.refusal('record.row-quote-stray');
  }
}

/** A column as it may be shown back: storable, and not a whole row of a file without header. */
function shownColumn(column: string): string {
  return column.replaceAll('\0', '').slice(0, 60).toWellFormed();
}
