import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { intakeRefusals } from './intake-refusals.js';

/** Largest file: a year of one province's penalties of one department is below it. */
export const UPLOAD_LIMIT = 25 * 1024 * 1024;

/**
 * A file on its way in: counted, digested and decoded piece by piece. What cannot go on ends with a refusal.
 * Whoever stops reading lets the rest run off (`body.resume()`), or the client never sees the answer.
 */
export class Upload {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  constructor(
    private readonly body: Readable,
    private readonly limit = UPLOAD_LIMIT,
  ) {}

  /** SHA-256 of what came; complete when `texts` has ended. */
  digest(): Buffer {
    return this.#hash.copy().digest();
  }

  /**
   * The text in pieces, without a byte order mark. The decoder is strict: a file in GBK would otherwise turn
   * into another text without a word.
   *
   * @param rows rows read so far, for the texts of the refusals
   * @throws Refusal `batch.too-large`, `batch.encoding`, `batch.broken-off`
   */
  async *texts(rows: () => number): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const decode = (piece: Buffer | undefined): string => {
      try {
        return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
        throw intakeRefusals.refusal('batch.encoding', { rows: rows() });
      }
    };
    // Leaving the loop must not destroy the body: that would close the connection before the answer.
    const pieces = this.body.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
    try {
      for await (const piece of pieces) {
        this.#bytes += piece.length;
        if (this.#bytes > this.limit)
          throw intakeRefusals.refusal('batch.too-large', { limit: this.limit, rows: rows() });
        this.#hash.update(piece);
        yield decode(piece);
      }
      yield decode(undefined);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
        throw intakeRefusals.refusal('batch.broken-off', { rows: rows() });
      }
      throw error;
    }
  }

  /** Reads what is left for its digest only. */
  async readToEnd(): Promise<void> {
    const texts = this.texts(() => 0);
    while (!(await texts.next()).done);
  }
}
