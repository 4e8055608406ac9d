import { Injectable } from '@nestjs/common';
import type { Queryable, Tx } from '#platform';
import type { DocumentKind } from '#seeds';
import type { Letter } from '../documents/letter.js';
import { isUuid } from './uuid.js';

/** A letter to keep. */
export interface NewDocument {
  id: string;
  caseId: string;
  version: number;
  fact: string;
  kind: DocumentKind;
  issuedOn: string;
  letter: Letter;
  /** The letter as it is digested and kept. */
  content: string;
  contentSha256: string;
}

/** A letter without its file. */
export interface IssuedDocument {
  id: string;
  kind: DocumentKind;
  no: string;
  title: string;
  issuedOn: string;
  version: number;
  fact: string;
  template: { id: string; version: number };
  contentSha256: string;
  pdfSha256: string | null;
  pdfSm3: string | null;
}

const READ = `id, kind, no, content->>'title' AS title, issued_on AS "issuedOn", version, fact,
  json_build_object('id', template, 'version', template_version) AS template, content_sha256 AS "contentSha256",
  pdf_sha256 AS "pdfSha256", pdf_sm3 AS "pdfSm3"`;

/** Letters of cases: written once; the file is added once. */
@Injectable()
export class Documents {
  async insert(tx: Tx, documents: readonly NewDocument[]): Promise<void> {
    if (documents.length === 0) return;
    await tx.query(
      `INSERT INTO document (id, case_id, version, fact, kind, no, template, template_version, issued_on, content, content_sha256)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::date[], $10::json[], $11::text[])`,
      [
        documents.map(({ id }) => id),
        documents.map(({ caseId }) => caseId),
        documents.map(({ version }) => version),
        documents.map(({ fact }) => fact),
        documents.map(({ kind }) => kind),
        documents.map(({ letter }) => letter.no),
        documents.map(({ letter }) => letter.template.id),
        documents.map(({ letter }) => letter.template.version),
        documents.map(({ issuedOn }) => issuedOn),
        documents.map(({ content }) => content),
        documents.map(({ contentSha256 }) => contentSha256),
      ],
    );
  }

  async ofCase(db: Queryable, caseId: string): Promise<IssuedDocument[]> {
    const { rows } = await db.query<IssuedDocument>(
      `SELECT ${READ} FROM document WHERE case_id = $1 ORDER BY version, id`,
      [caseId],
    );
    return rows;
  }

  async read(db: Queryable, caseId: string, id: string): Promise<IssuedDocument | undefined> {
    if (!isUuid(id)) return undefined;
    const { rows } = await db.query<IssuedDocument>(
      `SELECT ${READ} FROM document WHERE case_id = $1 AND id = $2`,
      [caseId, id],
    );
    return rows[0];
  }

  /** The kept letter and its file, if that was made. */
  async fileOf(db: Queryable, id: string): Promise<{ letter: Letter; pdf: Buffer | null }> {
    const { rows } = await db.query<{ letter: Letter; pdf: Buffer | null }>(
      'SELECT content AS letter, pdf FROM document WHERE id = $1',
      [id],
    );
    return rows[0]!;
  }

  /** Of two who print at once the first is kept; both made the same bytes. */
  async keepFile(db: Queryable, id: string, pdf: Buffer, sha256: string, sm3: string): Promise<void> {
    await db.query(
      'UPDATE document SET pdf = $2, pdf_sha256 = $3, pdf_sm3 = $4 WHERE id = $1 AND pdf IS NULL',
      [id, pdf, sha256, sm3],
    );
  }
}
