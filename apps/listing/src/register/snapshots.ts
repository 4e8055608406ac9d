import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type Deadline, OnDeadline, schedule } from '#deadlines';
import { addDays, startOfDay } from '#kernel';
import { Clock, Database, type Queryable, type Tx } from '#platform';
import { RegisterFile } from './register-file.js';

export const SNAPSHOT_DEADLINE = 'listing.register-snapshot';

/** In the quiet of the night, after the terms that ended at midnight have been swept. */
const HOUR = 2;

/** A proof of what the register was: no names, only how many and which digest. */
export interface Snapshot {
  version: number;
  takenAt: Date;
  entries: number;
  sha256: string;
}

/** Once a day the register is counted and digested, so that nobody can later say that it held something else. */
@Injectable()
export class Snapshots implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly file: RegisterFile,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction((tx) => this.#next(tx));
  }

  @OnDeadline(SNAPSHOT_DEADLINE)
  async daily(_: Deadline, tx: Tx): Promise<void> {
    await this.take();
    await this.#next(tx);
  }

  async take(): Promise<Snapshot> {
    const { version, entries, sha256 } = await this.file.digest();
    const takenAt = this.clock.now();
    await this.database.query(
      `INSERT INTO register_snapshot (position, taken_at, entries, sha256) VALUES ($1, $2, $3, $4)
       ON CONFLICT (position) DO NOTHING`,
      [version, takenAt, entries, sha256],
    );
    return { version, takenAt, entries, sha256 };
  }

  async newest(db: Queryable, limit: number): Promise<Snapshot[]> {
    const { rows } = await db.query<Snapshot>(
      `SELECT position AS version, taken_at AS "takenAt", entries, sha256 FROM register_snapshot
       ORDER BY position DESC LIMIT $1`,
      [limit],
    );
    return rows;
  }

  async #next(tx: Tx): Promise<void> {
    const tomorrow = startOfDay(addDays(this.clock.today(), 1));
    const dueAt = new Date(tomorrow.getTime() + HOUR * 3_600_000);
    await schedule(tx, { kind: SNAPSHOT_DEADLINE, ref: 'register', dueAt });
  }
}
