import { Injectable } from '@nestjs/common';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import { SELECT_REFERRAL, type StoredReferral } from '../store/referral.store.js';

export interface ReferralFilter {
  caseId?: string;
  /** those that stand, or those that have ended */
  standing?: boolean;
}

/** The feed for bodies that receive listings for reference. */
@Injectable()
export class FindReferrals {
  constructor(private readonly database: Database) {}

  /** What the caller may see, oldest first: received, brought about by its own listing, or about itself. */
  async list(actor: Actor, filter: ReferralFilter, page: PageRequest): Promise<Page<StoredReferral>> {
    const { rows } = await this.database.query<StoredReferral>(
      `${SELECT_REFERRAL}
       WHERE ($1::uuid IS NULL OR r.case_id = $1) AND ($2::boolean IS NULL OR (r.ended_on IS NULL) = $2)
         AND ($3 OR r.receivers @> ARRAY[$4::text] OR c.department = $4 OR c.subject_code = $5
              OR r.subject_id::text = $5)
         AND ($6::uuid IS NULL OR r.id > $6)
       ORDER BY r.id LIMIT $7`,
      [
        filter.caseId ?? null,
        filter.standing ?? null,
        actor.roles.includes('operator') || actor.roles.includes('auditor'),
        actor.department ?? null,
        actor.party ?? null,
        page.after?.[0] ?? null,
        page.limit + 1,
      ],
    );
    return pageOf(rows, page, ({ id }) => [id]);
  }
}
