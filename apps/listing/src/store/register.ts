import { Injectable } from '@nestjs/common';
import { isLocalDate } from '#kernel';
import type { PageRequest, Queryable, Tx } from '#platform';
import type { ListingCase } from '../domain/case.js';
import type { LegalBasis } from '../domain/rules.js';
import { shellRefusals } from '../refusals.js';
import { isUuid } from './uuid.js';

/** What everyone may see of a listing. */
export interface RegisterEntry {
  entryId: string;
  listType: string;
  listName: string;
  name: string;
  code: string | null;
  department: string;
  decisionNo: string;
  decidedOn: string;
  publishedOn: string;
  termEndsOn: string | null;
  reasons: string;
  basis: LegalBasis[];
}

export interface RegisterSearch {
  code?: string;
  name?: string;
  listType?: string;
}

/** The public register. It holds exactly what is published: nobody who is off a list is found in it. */
@Injectable()
export class Register {
  /** Called with every change of a case: the entry appears, changes or disappears with it, in one transaction. */
  async follow(tx: Tx, state: ListingCase): Promise<void> {
    if (state.status !== 'in-force' || state.publication.status !== 'published') {
      await tx.query('DELETE FROM register_entry WHERE case_id = $1', [state.id]);
      return;
    }
    const { subject, decision } = state;
    const person = subject.kind === 'natural-person';
    await tx.query(
      `INSERT INTO register_entry (case_id, subject_id, list_type, list_name, name, code, searchable, department,
         decision_no, decided_on, published_on, term_ends_on, reasons, basis)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (case_id) DO UPDATE SET name = excluded.name, code = excluded.code, term_ends_on = excluded.term_ends_on`,
      [
        state.id,
        subject.id,
        state.listType,
        state.listName,
        subject.name,
        person ? null : subject.code,
        !person,
        state.department,
        decision.no,
        decision.decidedOn,
        state.publication.publishedOn,
        state.term.endsOn,
        // Free text may name people; of a natural person only the structured facts are shown.
        person ? '' : decision.reasons,
        JSON.stringify(decision.basis),
      ],
    );
  }

  /** A company is listed under the name that it bears now. */
  async rename(tx: Tx, subjectId: string, name: string): Promise<void> {
    await tx.query('UPDATE register_entry SET name = $2 WHERE subject_id = $1 AND name <> $2', [
      subjectId,
      name,
    ]);
  }

  /** By code, or by a part of the name; newest first. A natural person is not found by name (ordinance art. 23). */
  async search(db: Queryable, search: RegisterSearch, page: PageRequest): Promise<RegisterEntry[]> {
    const [publishedOn, entryId] = page.after ?? [];
    if (page.after && !(isLocalDate(publishedOn) && isUuid(entryId))) {
      throw shellRefusals.refusal('listing.cursor-invalid');
    }
    const { rows } = await db.query<RegisterEntry>(
      `SELECT case_id AS "entryId", list_type AS "listType", list_name AS "listName", name, code, department,
         decision_no AS "decisionNo", decided_on AS "decidedOn", published_on AS "publishedOn",
         term_ends_on AS "termEndsOn", reasons, basis
       FROM register_entry
       WHERE ($1::text IS NULL OR code = $1) AND ($2::text IS NULL OR (searchable AND strpos(name, $2) > 0))
         AND ($3::text IS NULL OR list_type = $3)
         AND ($4::date IS NULL OR (published_on, case_id) < ($4::date, $5::uuid))
       ORDER BY published_on DESC, case_id DESC LIMIT $6`,
      [
        search.code ?? null,
        search.name ?? null,
        search.listType ?? null,
        publishedOn ?? null,
        entryId ?? null,
        page.limit + 1,
      ],
    );
    return rows;
  }
}
