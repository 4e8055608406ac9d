import { Injectable } from '@nestjs/common';
import { Clock, Database, type Queryable, type Tx } from '#platform';
import type { RegisterEntry } from '../register/public-entry.js';
import { ENTRY_JSON, stillShown } from './register.js';

/** One entry as it stands, at the position of its last change; without content where it is off the register. */
export interface RegisterStanding {
  position: number;
  entryId: string;
  entry: RegisterEntry | null;
}

/** Any number, the same in every replica: only one gives positions at a time. */
const NUMBERING = 0x72_65_67;

/** Changes of the register in the order of their positions, and the register as a whole at one. */
@Injectable()
export class RegisterChanges {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives positions to what was committed since the last time. Whatever is not committed yet gets a later one:
   * no reader can have passed it.
   */
  async number(): Promise<void> {
    const { rowCount } = await this.database.query(
      'SELECT FROM register_change WHERE position IS NULL LIMIT 1',
    );
    if (rowCount === 0) return;
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [NUMBERING]);
      // A statement of its own: its snapshot is taken after the lock, so it sees every position given before.
      await tx.query(
        `UPDATE register_change c SET position = n.position FROM (
           SELECT id, (SELECT coalesce(max(position), 0) FROM register_change) + row_number() OVER (ORDER BY id) AS position
           FROM register_change WHERE position IS NULL
         ) n WHERE n.id = c.id`,
      );
    });
  }

  /**
   * Entries whose last change lies after a position, as they stand now. An entry that changed twice comes once,
   * at its last position; one that is off the register comes without its content.
   */
  async after(db: Queryable, position: number, limit: number): Promise<RegisterStanding[]> {
    const { rows } = await db.query<RegisterStanding>(
      `SELECT c.position, c.case_id AS "entryId", CASE WHEN e.case_id IS NOT NULL AND ${stillShown('$3')} THEN ${ENTRY_JSON} END AS entry
       FROM register_change c LEFT JOIN register_entry e ON e.case_id = c.case_id
       WHERE c.position > $1
         AND NOT EXISTS (SELECT FROM register_change l WHERE l.case_id = c.case_id AND l.id > c.id AND l.position IS NOT NULL)
       ORDER BY c.position LIMIT $2`,
      [position, limit, this.clock.today()],
    );
    return rows;
  }

  async last(db: Queryable): Promise<number> {
    const { rows } = await db.query<{ last: number }>(
      'SELECT coalesce(max(position), 0)::bigint AS last FROM register_change',
    );
    return rows[0]!.last;
  }

  /** Whether the transaction sees a change that has no position: its register is then a little ahead of any. */
  async aheadOfPositions(tx: Tx): Promise<boolean> {
    const { rowCount } = await tx.query('SELECT FROM register_change WHERE position IS NULL LIMIT 1');
    return rowCount > 0;
  }
}
