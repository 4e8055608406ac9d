import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import { checkCitizenId, checkCreditCode, maskCitizenId } from '#kernel';
import { type Actor, Database, requestRefusals } from '#platform';
import { creditCode } from '../commands/register-subject.js';
import { LookLog } from '../commands/look-log.js';
import { sealedNamePlace, sealedNumberPlace } from '../commands/subject-registrar.js';
import { subjectRefusals } from '../domain/subject-refusals.js';
import { subjectRef } from '../events/outbox.js';
import { FieldSealer } from '../sealing/field-sealer.js';
import {
  type FileActionRow,
  type FileGradeRow,
  type FileListingRow,
  FileStore,
} from '../store/file.store.js';
import { LinksStore, type SeenLink } from '../store/links.store.js';
import type { SealedSubjectRow } from '../store/subject.row.js';
import { SubjectsStore } from '../store/subjects.store.js';
import { mayReadSubject } from './readers.js';
import { RecordsQuery, type ShownRecord } from './records.query.js';

export interface ShownSubject extends SubjectRef {
  version: number;
  unit: string | null;
  /** of a natural person: masked */
  citizenId?: string;
  /** of a natural person, for a look that is logged */
  fullName?: string;
}

/** One credit archive for one subject: what this service holds, and what the others told. */
export interface CreditFile {
  subject: ShownSubject;
  records: ShownRecord[];
  /** there are more records: GET /api/subjects/{id}/records */
  moreRecords: boolean;
  listings: FileListingRow[];
  grades: FileGradeRow[];
  discipline: FileActionRow[];
  links: SeenLink[];
}

/** Records in the file itself; a subject with more is paged. */
const FILE_RECORDS = 200;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

@Injectable()
export class CreditFileQuery {
  constructor(
    private readonly db: Database,
    private readonly subjects: SubjectsStore,
    private readonly records: RecordsQuery,
    private readonly file: FileStore,
    private readonly links: LinksStore,
    private readonly sealer: FieldSealer,
    private readonly looks: LookLog,
  ) {}

  /** @throws Refusal `request.not-found`, `subject.code-invalid`, `subject.citizen-id-in-address`, `subject.not-own`, `subject.purpose-missing` */
  async read(actor: Actor, codeOrId: string, purpose: string | undefined): Promise<CreditFile> {
    const subject = await this.find(actor, codeOrId, purpose, 'credit file');
    const records = await this.records.ofSubject(subject.id, { limit: FILE_RECORDS });
    const listings = await this.file.liveListings(this.db, subject.id);
    const grades = await this.file.grades(this.db, subject.id);
    const discipline = await this.file.openActions(this.db, subject.id);
    const links = await this.links.ofSubject(this.db, subject.id);
    return {
      subject: this.#shown(subject),
      records: records.items,
      moreRecords: records.next !== undefined,
      listings,
      grades,
      discipline,
      links,
    };
  }

  /** The subject of an address, after right and purpose are checked and a look at a person is in the log. */
  async find(
    actor: Actor,
    codeOrId: string,
    purpose: string | undefined,
    what: string,
  ): Promise<SealedSubjectRow> {
    const subject = UUID.test(codeOrId)
      ? await this.subjects.byId(this.db, codeOrId)
      : await this.#byCode(codeOrId);
    if (!subject) throw requestRefusals.refusal('request.not-found', { what: 'subject' });
    mayReadSubject(actor, subject);
    if (subject.kind === 'natural-person') await this.looks.note(actor, purpose, what, subject.id);
    return subject;
  }

  #byCode(code: string): Promise<SealedSubjectRow | undefined> {
    if (!checkCreditCode(code).ok && checkCitizenId(code.toUpperCase()).ok)
      throw subjectRefusals.refusal('subject.citizen-id-in-address');
    return this.subjects.byCode(this.db, creditCode(code));
  }

  #shown(subject: SealedSubjectRow): ShownSubject {
    const common = { ...subjectRef(subject), version: subject.version, unit: subject.unit };
    if (subject.kind !== 'natural-person') return common;
    const number = this.sealer.open(subject.sealed_number!, sealedNumberPlace(subject.id));
    return {
      ...common,
      citizenId: maskCitizenId(number),
      fullName: this.sealer.open(subject.sealed_name!, sealedNamePlace(subject.id)),
    };
  }
}
