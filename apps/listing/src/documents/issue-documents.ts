import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId, SETTINGS, type Tx } from '#platform';
import { type DocumentTemplate, loadSeeds } from '#seeds';
import type { ListingCase } from '../domain/case/case.js';
import type { Fact } from '../domain/case/facts.js';
import type { ListRules } from '../domain/rules/rules.js';
import { type ListingSettings, verifiedAt } from '../settings.js';
import { Certificates } from '../store/certificates.js';
import { Closures } from '../store/closures.js';
import { Documents, type NewDocument } from '../store/documents.js';
import { Units } from '../store/units.js';
import { certificateCode, receiptsInWords } from './certificate.js';
import { compose } from './compose.js';
import { type DueDocument, dueDocuments } from './due-documents.js';
import type { Values } from './letter.js';

/** A change of a case, as its letters need it. */
export interface ChangedCase {
  before: ListingCase | undefined;
  facts: readonly Fact[];
  /** The case after each fact. */
  states: readonly ListingCase[];
  version: number;
  list: ListRules;
}

/** Writes the letters that a change brings, in its own transaction: no decision without its document. */
@Injectable()
export class IssueDocuments {
  readonly #templates: DocumentTemplate[] = loadSeeds('document-templates');
  readonly #sites = loadSeeds('repair-rules').filter(({ sector }) => sector === 'general');
  readonly #objections = loadSeeds('objection-rules');

  constructor(
    private readonly units: Units,
    private readonly documents: Documents,
    private readonly certificates: Certificates,
    private readonly closures: Closures,
    @Inject(SETTINGS) private readonly settings: ListingSettings,
  ) {}

  async follow(tx: Tx, changes: readonly ChangedCase[]): Promise<void> {
    const letters: NewDocument[] = [];
    for (const change of changes) letters.push(...(await this.#lettersOf(tx, change)));
    await this.documents.insert(tx, letters);
  }

  async #lettersOf(tx: Tx, { before, facts, states, version, list }: ChangedCase): Promise<NewDocument[]> {
    const letters: NewDocument[] = [];
    const request = before && 'removalRequest' in before ? before.removalRequest : null;
    for (const [index, fact] of facts.entries()) {
      const state = states[index]!;
      for (const due of dueDocuments(fact, state, request)) {
        const code = due.kind === 'closure-certificate' ? certificateCode() : undefined;
        const more = code ? await this.#closing(tx, state, code) : {};
        const document = this.#write(due, state, { version, fact: fact.type, list, more });
        letters.push(document);
        if (code) await this.certificates.insert(tx, { code, caseId: state.id, documentId: document.id });
      }
    }
    return letters;
  }

  #write(
    due: DueDocument,
    state: ListingCase,
    of: { version: number; fact: string; list: ListRules; more: Values },
  ): NewDocument {
    const sender = {
      unitName: this.units.signsAs(due.from ?? state.department),
      list: of.list,
      templates: this.#templates,
      sites: this.#sites,
      objections: this.#objections,
    };
    const letter = compose(
      due,
      state,
      sender,
      due.no ?? `${state.no}-${of.version}${due.suffix ?? ''}`,
      due.from === undefined ? of.more : { ...of.more, decidedBy: this.units.signsAs(state.department) },
    );
    const content = JSON.stringify(letter);
    return {
      id: newId(),
      caseId: state.id,
      version: of.version,
      fact: of.fact,
      kind: due.kind,
      issuedOn: due.on,
      letter,
      content,
      contentSha256: createHash('sha256').update(content).digest('hex'),
    };
  }

  async #closing(tx: Tx, state: ListingCase, code: string): Promise<Values> {
    const { receipts, actions } = await this.closures.of(tx, state.id);
    const verifyAt = verifiedAt(this.settings, code);
    return {
      code,
      verifyAt,
      receipts: receiptsInWords(receipts, actions, (unit) => this.units.signsAs(unit)),
    };
  }
}
