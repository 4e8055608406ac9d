import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Database, prepared } from '#platform';
import { closingsOn, type CommitmentClosing } from '../domain/commitment-closing.js';

const CLOSINGS = prepared(`
  SELECT content ->> 'edition' AS edition, content -> 'appliesTo' AS "appliesTo", content -> 'basis' AS basis,
         coalesce(valid_from, '-infinity'::date) AS "validFrom", valid_to AS "validTo"
  FROM discipline_catalogue WHERE part = 'constraint' AND content ->> 'closes' = 'commitment' ORDER BY id`);

/** What of the list of constraints closes the commitment procedure; a handful of rows, read anew for every round of checks. */
@Injectable()
export class CommitmentClosings {
  constructor(private readonly database: Database) {}

  async on(day: LocalDate): Promise<CommitmentClosing[]> {
    const { rows } = await this.database.query<CommitmentClosing>(CLOSINGS);
    // As it is signed into evidence: in the order in which laws are cited, which jsonb does not keep.
    return closingsOn(rows, day).map((closing) => ({
      ...closing,
      basis: closing.basis.map(({ instrument, ...place }) => ({ instrument, ...place })),
    }));
  }
}
