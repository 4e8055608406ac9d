import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform';
import { Database } from '#platform';
import { DISAGREEMENT_KINDS, type DisagreementKind } from '../queries/reconcile.js';

/** The last round of reconciliation, whichever replica made it. */
export interface Round {
  /** how many of each kind it found; every kind is there */
  found: Record<DisagreementKind, number>;
  endedAt: Date;
}

@Injectable()
export class RoundStore {
  constructor(private readonly database: Database) {}

  async ended(tx: Tx, found: readonly { kind: DisagreementKind }[]): Promise<void> {
    const counts = Object.fromEntries(
      DISAGREEMENT_KINDS.map((kind) => [kind, found.filter((each) => each.kind === kind).length]),
    );
    await tx.query(
      `INSERT INTO discipline_round (found, ended_at) VALUES ($1, clock_timestamp())
       ON CONFLICT (one) DO UPDATE SET found = excluded.found, ended_at = excluded.ended_at`,
      [JSON.stringify(counts)],
    );
  }

  /** undefined before the first */
  async last(): Promise<Round | undefined> {
    const { rows } = await this.database.query<Round>(
      'SELECT found, ended_at AS "endedAt" FROM discipline_round',
    );
    return rows[0];
  }
}
