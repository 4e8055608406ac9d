import { Injectable } from '@nestjs/common';
import type { CaseRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { prepared, type Tx } from '#platform';

/** What of an event a correction replaces. */
export interface Correctable {
  /** place among the events of its subject, a number as text */
  sequence: string;
  data: { case: CaseRef; termEndsOn: LocalDate | null };
}

interface Row {
  case_id: string;
  sequence: number;
  case_ref: CaseRef;
  term_ends_on: LocalDate | null;
}

const LAST = prepared('SELECT * FROM discipline_correction WHERE case_id = ANY($1::uuid[])');

/** Entries as they were last corrected, whichever of the events about them is heard last. */
@Injectable()
export class Corrections {
  /** @returns false where a later correction of the entry was heard before, or this one */
  async note(tx: Tx, { data, sequence }: Correctable): Promise<boolean> {
    const { rowCount } = await tx.query(
      `INSERT INTO discipline_correction AS c (case_id, sequence, case_ref, term_ends_on) VALUES ($1, $2, $3, $4)
       ON CONFLICT (case_id) DO UPDATE
       SET sequence = excluded.sequence, case_ref = excluded.case_ref, term_ends_on = excluded.term_ends_on
       WHERE c.sequence < excluded.sequence`,
      [data.case.id, Number(sequence), JSON.stringify(data.case), data.termEndsOn],
    );
    return rowCount > 0;
  }

  /** The same events, each saying of its entry what a later correction said; one look for all. */
  async asCorrected<Event extends Correctable>(tx: Tx, events: readonly Event[]): Promise<Event[]> {
    const { rows } = await tx.query<Row>(LAST, [events.map(({ data }) => data.case.id)]);
    if (rows.length === 0) return [...events];
    const last = new Map(rows.map((row) => [row.case_id, row]));
    return events.map((event) => {
      const later = last.get(event.data.case.id);
      if (!later || later.sequence <= Number(event.sequence)) return event;
      return { ...event, data: { ...event.data, case: later.case_ref, termEndsOn: later.term_ends_on } };
    });
  }
}
