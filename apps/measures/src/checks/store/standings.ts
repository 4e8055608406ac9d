import { Injectable } from '@nestjs/common';
import { Database, prepared } from '#platform';
import type { BindingAction, BrokenCommitment, LiveListing, Standing } from '../domain/check.js';
import type { StandingIncentive } from '../domain/entitlement.js';

/** Codes of organisations and ids of persons are told apart by their form. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isSubjectId(subject: string): boolean {
  return ID.test(subject);
}

/*
 * All subjects of all waiting questions in one statement: live actions, live listings, broken commitments and incentives,
 * as rows of one shape, each branch one index scan (standings.spec.ts holds the buffers that it reads).
 * The conditions stand in the text as they stand in the partial indexes: with a parameter those could not be used.
 * The given subjects come through a sub-select, whose content the planner does not look at. With the bare parameter a plan
 * for few subjects looked so much cheaper than the general one that PostgreSQL planned anew for every round of a quiet
 * hour: 0.31 ms of planning for 0.10 ms of reading, and 1,900 reads a second on two cores where it now does 9,000.
 */
const CODES = '((SELECT $1::text[])::text[])';
const IDS = '((SELECT $2::uuid[])::uuid[])';
const BINDING = `(a.status IN ('ordered', 'received', 'checked', 'applied', 'not-applied') OR a.own_ground IS NOT NULL)`;
const ACTION = `jsonb_build_object('id', a.id, 'rule', a.rule, 'title', a.content -> 'title', 'mode', a.mode,
  'class', a.class, 'executor', a.executor, 'fields', a.fields, 'basis', a.content -> 'basis', 'from', a.begins_on,
  'until', a.until, 'caseId', a.case_id, 'reaches', coalesce(a.content -> 'reaches', '[]'), 'ownGround', CASE WHEN a.own_ground IS NOT NULL THEN a.own_ground ||
    (SELECT jsonb_build_object('listing', jsonb_build_object('caseNo', c.case_ref -> 'no', 'listName', c.case_ref -> 'listName',
       'department', c.department, 'objection', NULL)) FROM discipline_case c WHERE c.case_id = a.case_id) END)`;
const LISTING = `jsonb_build_object('caseId', c.case_id, 'caseNo', c.case_ref -> 'no', 'listType', c.list_type,
  'listName', c.case_ref -> 'listName', 'serious', c.serious, 'department', c.department, 'inForceOn', c.in_force_on,
  'termEndsOn', c.term_ends_on,
  'objection', CASE WHEN c.objection_since IS NOT NULL THEN jsonb_build_object('since', c.objection_since) END)`;
/** What binds a person as the legal representative that an organisation had when the measure began. */
const THROUGH = `jsonb_build_object('through', jsonb_build_object('organisation', c.subject_code, 'name', c.subject_ref -> 'name',
    'capacity', p.capacity, 'listing', jsonb_build_object('caseNo', c.case_ref -> 'no', 'listName', c.case_ref -> 'listName',
    'department', c.department, 'objection',
    CASE WHEN c.objection_since IS NOT NULL THEN jsonb_build_object('since', c.objection_since) END)))`;
const INCENTIVE = `e.content || jsonb_build_object('id', e.id, 'incentive', e.incentive, 'from', e.granted_on, 'until', e.until,
  'answers', e.answers)`;
export const FIND_STANDINGS = prepared(`
  SELECT a.subject_code AS subject, ${ACTION} AS action, NULL::jsonb AS listing, NULL::jsonb AS commitment,
         NULL::jsonb AS incentive
    FROM discipline_action a WHERE a.subject_code = ANY ${CODES} AND ${BINDING}
  UNION ALL
  SELECT a.subject_id::text, ${ACTION}, NULL, NULL, NULL FROM discipline_action a WHERE a.subject_id = ANY ${IDS} AND ${BINDING}
  UNION ALL
  SELECT p.person_id::text, b.action, NULL, NULL, NULL
    FROM person_of_entity p CROSS JOIN LATERAL (
      SELECT ${ACTION} || ${THROUGH} AS action FROM discipline_action a
      JOIN discipline_case c ON c.case_id = a.case_id AND (c.standing = 'live' OR a.own_ground IS NOT NULL)
      WHERE a.subject_id = p.organisation_id AND ${BINDING} AND a.content -> 'reaches' ? p.capacity
        AND p.since <= a.begins_on AND (p.until IS NULL OR a.begins_on <= p.until) OFFSET 0
    ) b WHERE p.person_id = ANY ${IDS}
  UNION ALL
  SELECT c.subject_code, NULL, ${LISTING}, NULL, NULL FROM discipline_case c WHERE c.subject_code = ANY ${CODES} AND c.standing = 'live'
  UNION ALL
  SELECT c.subject_id::text, NULL, ${LISTING}, NULL, NULL FROM discipline_case c WHERE c.subject_id = ANY ${IDS} AND c.standing = 'live'
  UNION ALL
  SELECT b.subject, NULL, NULL, jsonb_build_object('documentNo', b.document_no), NULL
    FROM commitment_bar b WHERE b.subject = ANY ((SELECT $3::text[])::text[])
  UNION ALL
  SELECT e.subject_code, NULL, NULL, NULL, ${INCENTIVE} FROM incentive_entry e WHERE e.subject_code = ANY ${CODES} AND e.withdrawn_on IS NULL
  UNION ALL
  SELECT e.subject_id::text, NULL, NULL, NULL, ${INCENTIVE} FROM incentive_entry e WHERE e.subject_id = ANY ${IDS} AND e.withdrawn_on IS NULL`);

interface Row {
  subject: string;
  action: BindingAction | null;
  listing: LiveListing | null;
  commitment: BrokenCommitment | null;
  incentive: StandingIncentive | null;
}

/** While it is put together. */
interface Growing {
  actions: BindingAction[];
  listings: LiveListing[];
  commitments: BrokenCommitment[];
  incentives: StandingIncentive[];
}

/** What stands against subjects now, and what they are entitled to. */
@Injectable()
export class Standings {
  constructor(private readonly database: Database) {}

  /** @returns only subjects of whom something is known */
  async of(subjects: readonly string[]): Promise<Map<string, Standing>> {
    const { rows } = await this.database.query<Row>(FIND_STANDINGS, [
      subjects.filter((subject) => !isSubjectId(subject)),
      subjects.filter(isSubjectId),
      subjects,
    ]);
    const found = new Map<string, Growing>();
    for (const { subject, action, listing, commitment, incentive } of rows) {
      let standing = found.get(subject);
      if (!standing)
        found.set(subject, (standing = { actions: [], listings: [], commitments: [], incentives: [] }));
      // Once, however many links of a person lead to it.
      if (action && !standing.actions.some(({ id }) => id === action.id)) standing.actions.push(action);
      if (listing) standing.listings.push(listing);
      if (commitment) standing.commitments.push(commitment);
      if (incentive) standing.incentives.push(incentive);
    }
    return found;
  }
}
