import { Injectable } from '@nestjs/common';
import { Database, prepared } from '#platform';
import type { BindingAction, BrokenCommitment, LiveListing, Standing } from '../domain/check.js';

/** Codes of organisations and ids of persons are told apart by their form. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isSubjectId(subject: string): boolean {
  return ID.test(subject);
}

/*
 * All subjects of all waiting questions in one statement: live actions, live listings and broken commitments, as rows
 * of one shape.
 * The condition stands in the text as it stands in the partial index: with a parameter that could not be used.
 */
const BINDING = `(a.status IN ('ordered', 'received', 'checked', 'applied', 'not-applied') OR a.own_ground IS NOT NULL)`;
const ACTION = `jsonb_build_object('id', a.id, 'rule', a.rule, 'title', a.content -> 'title', 'mode', a.mode,
  'class', a.class, 'executor', a.executor, 'fields', a.fields, 'basis', a.content -> 'basis', 'from', a.begins_on,
  'until', a.until, 'caseId', a.case_id, 'ownGround', CASE WHEN a.own_ground IS NOT NULL THEN a.own_ground ||
    (SELECT jsonb_build_object('listing', jsonb_build_object('caseNo', c.case_ref -> 'no', 'listName', c.case_ref -> 'listName',
       'department', c.department, 'objection', NULL)) FROM discipline_case c WHERE c.case_id = a.case_id) END)`;
const LISTING = `jsonb_build_object('caseId', c.case_id, 'caseNo', c.case_ref -> 'no', 'listType', c.list_type,
  'listName', c.case_ref -> 'listName', 'serious', c.serious, 'department', c.department, 'inForceOn', c.in_force_on,
  'termEndsOn', c.term_ends_on,
  'objection', CASE WHEN c.objection_since IS NOT NULL THEN jsonb_build_object('since', c.objection_since) END)`;
const FIND = prepared(`
  SELECT a.subject_code AS subject, ${ACTION} AS action, NULL::jsonb AS listing, NULL::jsonb AS commitment
    FROM discipline_action a WHERE a.subject_code = ANY ($1::text[]) AND ${BINDING}
  UNION ALL
  SELECT a.subject_id::text, ${ACTION}, NULL, NULL FROM discipline_action a WHERE a.subject_id = ANY ($2::uuid[]) AND ${BINDING}
  UNION ALL
  SELECT c.subject_code, NULL, ${LISTING}, NULL FROM discipline_case c WHERE c.subject_code = ANY ($1::text[]) AND c.standing = 'live'
  UNION ALL
  SELECT c.subject_id::text, NULL, ${LISTING}, NULL FROM discipline_case c WHERE c.subject_id = ANY ($2::uuid[]) AND c.standing = 'live'
  UNION ALL
  SELECT b.subject, NULL, NULL, jsonb_build_object('documentNo', b.document_no)
    FROM commitment_bar b WHERE b.subject = ANY ($3::text[])`);

interface Row {
  subject: string;
  action: BindingAction | null;
  listing: LiveListing | null;
  commitment: BrokenCommitment | null;
}

/** What stands against subjects now. */
@Injectable()
export class Standings {
  constructor(private readonly database: Database) {}

  /** @returns only subjects against whom something stands */
  async of(subjects: readonly string[]): Promise<Map<string, Standing>> {
    const { rows } = await this.database.query<Row>(FIND, [
      subjects.filter((subject) => !isSubjectId(subject)),
      subjects.filter(isSubjectId),
      subjects,
    ]);
    const found = new Map<
      string,
      { actions: BindingAction[]; listings: LiveListing[]; commitments: BrokenCommitment[] }
    >();
    for (const { subject, action, listing, commitment } of rows) {
      let standing = found.get(subject);
      if (!standing) found.set(subject, (standing = { actions: [], listings: [], commitments: [] }));
      if (action) standing.actions.push(action);
      if (listing) standing.listings.push(listing);
      if (commitment) standing.commitments.push(commitment);
    }
    return found;
  }
}
