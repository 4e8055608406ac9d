import { Injectable } from '@nestjs/common';
import type { SubjectRef } from '#contracts';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import { LookLog } from '../commands/look-log.js';
import { subjectRef } from '../events/outbox.js';
import { FieldSealer } from '../sealing/field-sealer.js';
import { type SubjectSearch, SubjectsStore } from '../store/subjects.store.js';
import type { SubjectIdentity } from '../domain/subject-identity.js';

@Injectable()
export class SubjectsQuery {
  constructor(
    private readonly db: Database,
    private readonly subjects: SubjectsStore,
    private readonly sealer: FieldSealer,
    private readonly looks: LookLog,
  ) {}

  /** @throws Refusal `subject.purpose-missing` when natural persons are asked for */
  async search(
    actor: Actor,
    search: SubjectSearch,
    page: PageRequest,
    purpose: string | undefined,
  ): Promise<Page<SubjectRef>> {
    if (search.kind === 'natural-person') await this.looks.note(actor, purpose, 'list of persons', null);
    const rows = await this.subjects.search(this.db, search, page);
    const { items, next } = pageOf(rows, page, (row) => [row.name, row.id]);
    return { items: items.map(subjectRef), ...(next ? { next } : {}) };
  }

  /** Whether a subject is known, asked with its number in a body. @returns null when it is not */
  async match(
    actor: Actor,
    identity: SubjectIdentity,
    purpose: string | undefined,
  ): Promise<SubjectRef | null> {
    if (identity.kind !== 'natural-person') {
      const found = await this.subjects.byCode(this.db, identity.code);
      return found ? subjectRef(found) : null;
    }
    const found = await this.subjects.byPersonIndex(this.db, this.sealer.personIndex(identity.citizenId));
    await this.looks.note(actor, purpose, found ? 'match' : 'match without result', found?.id ?? null);
    return found ? subjectRef(found) : null;
  }
}
