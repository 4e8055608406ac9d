import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Clock, newId, type Tx } from '#platform';
import { listingRefusals } from '../domain/case/refusals.js';
import { type BoundParty, type OpenCase, openFile } from '../domain/procedure/opening.js';
import type { FoundingDocument, Origin, Subject } from '../domain/case/case.js';
import type { Clue } from '../domain/clue/clue.js';
import type { GivenField } from '../domain/procedure/case-field.js';
import type { PublicStanding } from '../domain/oversight/oversight.js';
import { refuseBarred } from '../domain/repair/relisting.js';
import type { Capacity, Rules } from '../domain/rules/rules.js';
import { shellRefusals } from '../refusals.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { caseOnDocument } from '../store/documents-in-use.js';
import { type KnownRecord, Records } from '../store/records.js';
import { RuleBook } from '../store/rule-book.js';
import { Subjects } from '../store/subjects.js';
import { Units } from '../store/units.js';
import { isUuid } from '../store/uuid.js';
import { CaseChanges, handOf } from './case-changes.js';
import { HandleClues } from './handle-clues.js';

export interface OpeningRequest {
  listType: string;
  subjectId: string;
  recordIds: string[];
  conductKind: string;
  clockFrom?: LocalDate;
  bornOn?: LocalDate;
  documents?: FoundingDocument[];
  fields?: GivenField[];
  origin?: Origin;
  clueId?: string;
  /** The creditor at whose request the court lists; absent: the court by itself. */
  requestedBy?: string;
  publicStanding?: PublicStanding;
  persons?: {
    subjectId: string;
    capacity: Capacity;
    bornOn?: LocalDate;
    evidence?: string;
    fields?: GivenField[];
  }[];
}

/** A handler opens a case, from what events have told of subject and records. */
@Injectable()
export class OpenCaseCommand {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly units: Units,
    private readonly subjects: Subjects,
    private readonly records: Records,
    private readonly cases: Cases,
    private readonly clues: HandleClues,
    private readonly changes: CaseChanges,
  ) {}

  /** @throws Refusal; 404 for a subject or record that has not been heard of (yet) */
  async execute(tx: Tx, actor: Actor, request: OpeningRequest): Promise<VersionedCase> {
    const today = this.clock.today();
    const rules = this.ruleBook.rulesForOpening(request.listType, today);
    const level = actor.department ? this.units.levelOf(actor.department) : undefined;
    if (!actor.department || !level) throw shellRefusals.refusal('listing.unit-unknown');
    const { listType: _, subjectId, recordIds, persons = [], clueId, ...given } = request;
    const id = newId();
    const clue = clueId === undefined ? undefined : await this.clues.open(tx, actor, clueId, id);
    const subjects = await this.#subjects(tx, [subjectId, ...persons.map((person) => person.subjectId)]);
    const records = await this.#records(tx, recordIds);
    const command: OpenCase = {
      ...given,
      ...(clue
        ? {
            origin: { kind: 'clue', clueId: clue.id },
            documents: [clue.document, ...(given.documents ?? [])],
            ...clockFromAcceptance(clue, rules, given.clockFrom),
          }
        : {}),
      id,
      no: '',
      subject: subjects[0]!,
      records,
      persons: persons.map(({ subjectId: __, ...person }, index): BoundParty => ({
        ...person,
        id: newId(),
        no: '',
        subject: subjects[index + 1]!,
      })),
      department: { id: actor.department, level },
      by: handOf(actor),
      today,
    };
    const opened = openFile(command, rules);
    for (const subject of subjects) {
      await this.#refuseTaken(tx, request, subject.id);
      await this.#refuseCarrying(tx, command, { listType: request.listType, subjectId: subject.id });
      await this.#refuseBarred(tx, rules, subject.id, { requestedBy: given.requestedBy ?? null, today });
    }
    // Last, so that the row of the number is locked for as short as can be.
    for (const fact of opened)
      fact.dossier.no = await this.cases.nextNumber(tx, request.listType, Number(today.slice(0, 4)));
    return this.changes.open(tx, opened, actor);
  }

  /** Locked in one order, whoever is named first, so that two openings wait for each other. */
  async #subjects(tx: Tx, ids: readonly string[]): Promise<Subject[]> {
    const known = new Map<string, Subject>();
    for (const id of [...new Set(ids)].sort()) {
      const subject = await this.subjects.lock(tx, id);
      if (subject) known.set(id, subject);
    }
    return ids.map((id, index) => {
      const subject = known.get(id);
      if (subject) return subject;
      const field = index === 0 ? 'subjectId' : `persons[${index - 1}].subjectId`;
      throw shellRefusals.refusal('listing.subject-unknown', { subjectId: id }, field);
    });
  }

  async #records(tx: Tx, ids: readonly string[]): Promise<KnownRecord[]> {
    const unique = [...new Set(ids.map((id) => id.toLowerCase()))];
    const records = await this.records.find(tx, unique.filter(isUuid));
    const missing = unique.find((id) => !records.some((record) => record.id === id));
    if (missing) throw shellRefusals.refusal('listing.record-unknown', { recordId: missing }, 'recordIds');
    return records;
  }

  /** Nobody is listed twice on one list for one thing. The subject is locked, so no second opening slips by. */
  async #refuseTaken(tx: Tx, { listType, recordIds }: OpeningRequest, subjectId: string): Promise<void> {
    const taken = await this.cases.holdingRecord(tx, listType, recordIds, subjectId);
    if (taken) {
      throw listingRefusals.refusal(
        'listing.record-in-use',
        { recordId: taken.recordId, caseNo: taken.no },
        'recordIds',
      );
    }
  }

  /** The same of a document that is no record; one that carries a case which is over may carry another. */
  async #refuseCarrying(
    tx: Tx,
    { documents = [] }: OpenCase,
    of: { listType: string; subjectId: string },
  ): Promise<void> {
    const taken = await caseOnDocument(tx, of, documents);
    if (!taken) return;
    const facts = { documentNo: documents[taken.index]!.no, caseNo: taken.caseNo };
    throw listingRefusals.refusal('listing.document-in-use', facts, 'documents');
  }

  /** Re-listing bars of the list: after a deletion that a creditor asked for, that creditor waits (court list). */
  async #refuseBarred(
    tx: Tx,
    { list }: Rules,
    subjectId: string,
    opening: { requestedBy: string | null; today: LocalDate },
  ): Promise<void> {
    if (!list.relisting?.length || opening.requestedBy === null) return;
    const ends = await this.cases.earlierEnds(tx, list.key, subjectId);
    refuseBarred(list.relisting, ends, opening);
  }
}

/** Of a list whose clock runs from acceptance (research, art. 34) the clue knows the day; one that is stated wins. */
function clockFromAcceptance(
  { acceptance }: Clue,
  { list }: Rules,
  stated: LocalDate | undefined,
): { clockFrom?: LocalDate } {
  const counts = list.decision?.from === 'acceptance' && stated === undefined;
  return counts && acceptance !== null ? { clockFrom: acceptance.on } : {};
}
