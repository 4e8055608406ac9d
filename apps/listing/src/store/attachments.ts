import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId, type Queryable, type Tx } from '#platform';
import { attachmentRefusals, mediaTypeOf, MOST_FILES } from '../files/attachment.js';
import type { Hand } from '../domain/hand.js';
import type { AttachmentRef } from '../domain/attachment-ref.js';
import { isUuid } from './uuid.js';

/** A case, or a record that is published by itself, for which files come in. */
export type FilesOf = { caseId: string } | { recordId: string };

const REF = 'id, name, media_type AS "mediaType", size, digest';

function ownerOf(of: FilesOf): { column: 'case_id' | 'record_id'; owner: string } {
  return 'caseId' in of
    ? { column: 'case_id', owner: of.caseId }
    : { column: 'record_id', owner: of.recordId };
}

/** Files of a case or of a record, addressed by id; the same bytes of one side are kept once. */
@Injectable()
export class Attachments {
  /** @throws Refusal of `mediaTypeOf`, `attachment.too-many` */
  async add(
    tx: Tx,
    of: FilesOf & { byParty: boolean; name: string; by: Hand; at: Date },
    content: Buffer,
  ): Promise<AttachmentRef> {
    const { column, owner } = ownerOf(of);
    const mediaType = mediaTypeOf(content);
    const digest = createHash('sha256').update(content).digest('hex');
    // Concurrent uploads of one side wait for each other, so that the limit holds.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${owner} ${of.byParty}`]);
    const { rows } = await tx.query<AttachmentRef>(
      `SELECT ${REF} FROM attachment WHERE ${column} = $1 AND by_party = $2`,
      [owner, of.byParty],
    );
    const same = rows.find((row) => row.digest === digest);
    if (same) return same;
    if (rows.length >= MOST_FILES)
      throw attachmentRefusals.refusal('attachment.too-many', { most: MOST_FILES });
    const ref = { id: newId(), name: of.name, mediaType, size: content.length, digest };
    await tx.query(
      `INSERT INTO attachment (id, ${column}, by_party, name, media_type, size, digest, content, uploaded_by, uploaded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        ref.id,
        owner,
        of.byParty,
        ref.name,
        mediaType,
        ref.size,
        digest,
        content,
        JSON.stringify(of.by),
        of.at,
      ],
    );
    return ref;
  }

  /** @throws Refusal `attachment.not-found` for the first that this side did not hand in for the case */
  async refs(db: Queryable, of: FilesOf, byParty: boolean, ids: readonly string[]): Promise<AttachmentRef[]> {
    const { column, owner } = ownerOf(of);
    const { rows } = await db.query<AttachmentRef>(
      `SELECT ${REF} FROM attachment WHERE ${column} = $1 AND by_party = $2 AND id = ANY($3::uuid[])`,
      [owner, byParty, ids.filter(isUuid)],
    );
    return ids.map((id) => {
      const ref = rows.find((row) => row.id === id.toLowerCase());
      if (!ref) throw attachmentRefusals.refusal('attachment.not-found', { id }, 'attachments');
      return ref;
    });
  }

  async all(db: Queryable, of: FilesOf): Promise<(AttachmentRef & { byParty: boolean })[]> {
    const { column, owner } = ownerOf(of);
    const { rows } = await db.query<AttachmentRef & { byParty: boolean }>(
      `SELECT ${REF}, by_party AS "byParty" FROM attachment WHERE ${column} = $1 ORDER BY id`,
      [owner],
    );
    return rows;
  }

  /** @throws Refusal `attachment.not-found` */
  async content(
    db: Queryable,
    of: FilesOf,
    id: string,
  ): Promise<AttachmentRef & { byParty: boolean; content: Buffer }> {
    const { column, owner } = ownerOf(of);
    const { rows } = isUuid(id)
      ? await db.query<AttachmentRef & { byParty: boolean; content: Buffer }>(
          `SELECT ${REF}, by_party AS "byParty", content FROM attachment WHERE ${column} = $1 AND id = $2`,
          [owner, id],
        )
      : { rows: [] };
    if (!rows[0]) throw attachmentRefusals.refusal('attachment.not-found', { id });
    return rows[0];
  }
}
