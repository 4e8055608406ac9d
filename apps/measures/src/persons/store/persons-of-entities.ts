import { Injectable } from '@nestjs/common';
import type { DataOf, subjectLinked } from '#contracts';
import type { Tx } from '#platform';

/** Persons behind organisations; a check about a person finds what binds it through one of them. */
@Injectable()
export class PersonsOfEntities {
  async add(tx: Tx, { subject, link }: DataOf<typeof subjectLinked>): Promise<void> {
    await tx.query(
      `INSERT INTO person_of_entity (id, organisation_id, person_id, capacity, since, until)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`,
      [link.id, subject.id, link.party, link.kind, link.since, link.until],
    );
  }
}
