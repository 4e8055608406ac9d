import { Injectable } from '@nestjs/common';
import type { LocalDate, SubjectKind } from '#kernel';
import type { Queryable, Tx } from '#platform';

export const LINK_KINDS = [
  'legal-representative',
  'subsidiary',
  'actual-controller',
  'responsible-person',
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export interface LinkRow {
  id: string;
  kind: LinkKind;
  organisationId: string;
  partyId: string;
  since: LocalDate;
  until: LocalDate | null;
  provider: string;
}

/** A link as one of its two ends sees it: the other end, persons masked. */
export interface SeenLink {
  id: string;
  kind: LinkKind;
  /** whether the subject asked for is the organisation of the link or the party behind it */
  as: 'organisation' | 'party';
  since: LocalDate;
  until: LocalDate | null;
  other: { id: string; kind: SubjectKind; code: string | null; name: string };
}

export const LINK_COLUMNS = `id, kind, organisation_id AS "organisationId", party_id AS "partyId", since, until, provider`;

@Injectable()
export class LinksStore {
  /** @returns the link, and whether it is new: the same link told twice is one */
  async add(
    tx: Tx,
    link: LinkRow,
    by: { actor: string; at: Date },
  ): Promise<{ link: LinkRow; created: boolean }> {
    const { rowCount } = await tx.query(
      `INSERT INTO subject_link (id, kind, organisation_id, party_id, since, until, provider, added_at, added_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (kind, organisation_id, party_id, since) DO NOTHING`,
      [
        link.id,
        link.kind,
        link.organisationId,
        link.partyId,
        link.since,
        link.until,
        link.provider,
        by.at,
        by.actor,
      ],
    );
    const { rows } = await tx.query<LinkRow>(
      `SELECT ${LINK_COLUMNS} FROM subject_link WHERE kind = $1 AND organisation_id = $2 AND party_id = $3 AND since = $4`,
      [link.kind, link.organisationId, link.partyId, link.since],
    );
    return { link: rows[0]!, created: rowCount === 1 };
  }

  async ofSubject(db: Queryable, subjectId: string): Promise<SeenLink[]> {
    const { rows } = await db.query<SeenLink>(
      `SELECT l.id, l.kind, CASE WHEN l.organisation_id = $1 THEN 'organisation' ELSE 'party' END AS "as", l.since, l.until,
         jsonb_build_object('id', o.id, 'kind', o.kind, 'code', o.code, 'name', o.name) AS other
       FROM subject_link l
       JOIN subject o ON o.id = CASE WHEN l.organisation_id = $1 THEN l.party_id ELSE l.organisation_id END
       WHERE l.organisation_id = $1 OR l.party_id = $1
       ORDER BY l.since DESC, l.id LIMIT 200`,
      [subjectId],
    );
    return rows;
  }
}
