import type { Tx } from '#platform';
import type { FoundingDocument, ListingCase } from '../domain/case/case.js';
import { comparedNumber } from '../domain/procedure/decision-number.js';

/*
 * Documents of finding that carry a live case: judgments and minutes that are no records of the platform. The subject is
 * locked with its cases, so nobody slips by between a look and a write; the unique index holds what that lock means.
 */

type Named = Pick<FoundingDocument, 'no' | 'issuer'>;

const keysOf = (documents: readonly Named[]): string =>
  JSON.stringify(
    documents.map(({ no, issuer }) => ({ no: comparedNumber(no), issuer: comparedNumber(issuer) })),
  );

/** The subject's live case of the list that one of the documents carries already. */
export async function caseOnDocument(
  tx: Tx,
  { listType, subjectId }: { listType: string; subjectId: string },
  documents: readonly Named[],
): Promise<{ index: number; caseNo: string } | undefined> {
  if (documents.length === 0) return undefined;
  const { rows } = await tx.query<{ index: number; caseNo: string }>(
    `SELECT (n.position - 1)::integer AS index, c.no AS "caseNo"
     FROM jsonb_array_elements($3) WITH ORDINALITY AS n (named, position)
     JOIN case_document d ON d.no = n.named ->> 'no' AND d.issuer = n.named ->> 'issuer' AND d.taken
     JOIN listing_case c ON c.id = d.case_id
     WHERE d.subject_id = $1 AND d.list_type = $2 ORDER BY n.position LIMIT 1`,
    [subjectId, listType, keysOf(documents)],
  );
  return rows[0];
}

/** A case that is opened takes its documents. */
export async function takeDocuments(
  tx: Tx,
  { id, listType, subject, documents }: ListingCase,
): Promise<void> {
  if (documents.length === 0) return;
  await tx.query(
    `INSERT INTO case_document (case_id, list_type, subject_id, no, issuer)
     SELECT DISTINCT $1::uuid, $2, $3::uuid, n.no, n.issuer FROM jsonb_to_recordset($4) AS n (no text, issuer text)`,
    [id, listType, subject.id, keysOf(documents)],
  );
}

/**
 * What is over lets its documents go. An entry that stands again takes them again, except one that carries another live
 * case by now.
 */
export async function followDocuments(tx: Tx, changed: readonly ListingCase[]): Promise<void> {
  const resting = changed.filter(({ documents }) => documents.length > 0);
  const over = resting.filter(isOver).map(({ id }) => id);
  if (over.length > 0) {
    await tx.query('UPDATE case_document SET taken = false WHERE case_id = ANY($1::uuid[]) AND taken', [
      over,
    ]);
  }
  const again = resting.filter((state) => !isOver(state) && stoodAgain(state)).map(({ id }) => id);
  if (again.length === 0) return;
  await tx.query(
    `UPDATE case_document d SET taken = true WHERE case_id = ANY($1::uuid[]) AND NOT taken AND NOT EXISTS (
       SELECT FROM case_document o WHERE o.taken AND o.subject_id = d.subject_id AND o.list_type = d.list_type
         AND o.no = d.no AND o.issuer = d.issuer)`,
    [again],
  );
}

function isOver({ status }: ListingCase): boolean {
  return ['ended', 'closed', 'withdrawn', 'reminded'].includes(status);
}

function stoodAgain(state: ListingCase): boolean {
  return 'entry' in state && state.entry.restorations.length > 0;
}
