import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Database, type Tx } from '#platform';
import { RegisterChanges } from '../store/register-changes.js';
import { ENTRY_JSON, stillShown } from '../store/register.js';

const LINES_AT_ONCE = 2_000;
const TRIES = 5;

/** The register as a whole: its version is the position up to which changes are in it. */
export interface WholeRegister {
  version: number;
  entries: number;
  sha256: string;
}

/**
 * The whole register as lines, one entry a line in the order of their ids, in constant memory. Read in one
 * snapshot, so that nobody is missing in it or found twice while entries come and go.
 */
@Injectable()
export class RegisterFile {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly changes: RegisterChanges,
  ) {}

  /**
   * Hands the file over chunk by chunk; the next is read when `write` has taken the last.
   *
   * First line: name, version and time. Last line: version, count of entries, SHA-256 of the lines between,
   * each with its line feed. Version and lines belong together exactly, but for a stream of changes without
   * pause: then the lines may be ahead of the version, and changes since it repeat what is in them. An entry whose
   * last day is over is in no file, also before the sweep has told its removal: that change then repeats it, too.
   */
  async write(write: (chunk: string) => Promise<void>): Promise<WholeRegister> {
    return this.#inSnapshot(async (tx, version) => {
      const at = this.clock.now().toISOString();
      await write(`${JSON.stringify({ register: 'chengxin.public-listings', version, at })}\n`);
      const whole = await this.#lines(tx, version, write);
      await write(`${JSON.stringify({ end: true, ...whole })}\n`);
      return whole;
    });
  }

  /** Only the digest. */
  digest(): Promise<WholeRegister> {
    return this.#inSnapshot((tx, version) => this.#lines(tx, version, () => Promise.resolve()));
  }

  async #inSnapshot<T>(work: (tx: Tx, version: number) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      await this.changes.number();
      const done = await this.database.transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        if (attempt < TRIES && (await this.changes.aheadOfPositions(tx))) return undefined;
        return { result: await work(tx, await this.changes.last(tx)) };
      });
      if (done) return done.result;
    }
  }

  async #lines(tx: Tx, version: number, write: (chunk: string) => Promise<void>): Promise<WholeRegister> {
    const digest = createHash('sha256');
    let entries = 0;
    await tx.query(
      `DECLARE register_lines NO SCROLL CURSOR FOR SELECT ${ENTRY_JSON}::text AS line FROM register_entry e
       WHERE ${stillShown('$1')} ORDER BY e.case_id`,
      [this.clock.today()],
    );
    for (;;) {
      const { rows } = await tx.query<{ line: string }>(`FETCH ${LINES_AT_ONCE} FROM register_lines`);
      if (rows.length === 0) return { version, entries, sha256: digest.digest('hex') };
      const chunk = rows.map(({ line }) => `${line}\n`).join('');
      digest.update(chunk);
      entries += rows.length;
      await write(chunk);
    }
  }
}
