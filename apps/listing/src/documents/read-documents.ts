import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Actor, Database, requestRefusals } from '#platform';
import type { DocumentKind } from '#seeds';
import type { Sight } from '../commands/case-access.js';
import type { ListingCase } from '../domain/case/case.js';
import { ReadCases } from '../queries/read-cases.js';
import { Documents, type IssuedDocument } from '../store/documents.js';
import type { Letter } from './letter.js';

/** Letters that every unit may see, since it must act on what they decide; the others are between unit and party. */
const TOLD_TO_ALL: ReadonlySet<DocumentKind> = new Set([
  'decision',
  'removal-decision',
  'revocation',
  'final-repair',
  'false-application',
  'closure-certificate',
]);

/** A letter's file, and the digests by which a copy of it is checked. */
export interface DocumentFile {
  document: IssuedDocument;
  pdf: Buffer;
  sha256: string;
}

/** The letters of a case for whoever may see them. */
@Injectable()
export class ReadDocuments {
  constructor(
    private readonly database: Database,
    private readonly cases: ReadCases,
    private readonly documents: Documents,
  ) {}

  async ofCase(actor: Actor, caseId: string): Promise<object> {
    const seen = await this.cases.seen(actor, caseId);
    const all = await this.documents.ofCase(this.database, caseId);
    const items = all
      .filter((document) => shown(document, seen, actor))
      .map((document) => ({ ...document, href: `/api/listings/${caseId}/documents/${document.id}` }));
    return { items };
  }

  /**
   * The file of a letter: made when it is first asked for, the same bytes ever after.
   *
   * @throws Refusal `request.not-found`, and what hides the case
   */
  async file(actor: Actor, caseId: string, id: string): Promise<DocumentFile> {
    const seen = await this.cases.seen(actor, caseId);
    const document = await this.documents.read(this.database, caseId, id);
    if (!document || !shown(document, seen, actor))
      throw requestRefusals.refusal('request.not-found', { what: `document ${id.slice(0, 36)}` });
    const { letter, pdf: kept } = await this.documents.fileOf(this.database, id);
    const pdf = kept ?? (await fileOf(letter, document));
    const sha256 = digestOf('sha256', pdf);
    if (!kept) await this.documents.keepFile(this.database, id, pdf, sha256, digestOf('sm3', pdf));
    return { document, pdf, sha256 };
  }
}

/** What writes PDF is loaded with the first file: 0.2 s, of which the start of the service has no need. */
async function fileOf(letter: Letter, { issuedOn, contentSha256 }: IssuedDocument): Promise<Buffer> {
  const { renderPdf } = await import('./pdf.js');
  return renderPdf(letter, issuedOn, contentSha256);
}

/** SM3 stands beside SHA-256 where state cryptography (GB/T 32905) is asked for. */
function digestOf(algorithm: 'sha256' | 'sm3', bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function shown(
  { kind, no }: IssuedDocument,
  { state, sight }: { state: ListingCase; sight: Sight },
  { department }: Actor,
): boolean {
  if (kind === 'oversight-letter') {
    const letters = 'oversight' in state ? state.oversight.letters : [];
    // Between units: not the party's, and of other units only the one that was written to.
    return sight === 'whole' || letters.some((letter) => letter.no === no && letter.unit === department);
  }
  return sight !== 'decided' || TOLD_TO_ALL.has(kind);
}
