import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { publish } from '#messaging';
import { type Actor, Clock, Database, newId, requestRefusals } from '#platform';
import { subjectRefusals } from '../domain/subject-refusals.js';
import { tellLinked } from '../events/outbox.js';
import { type LinkKind, type LinkRow, LinksStore } from '../store/links.store.js';
import { SubjectsStore } from '../store/subjects.store.js';
import { providerOf } from './provider.js';

export interface LinkToAdd {
  kind: LinkKind;
  /** id of the subject behind the organisation */
  party: string;
  since: LocalDate;
  until?: LocalDate;
}

@Injectable()
export class LinkSubjects {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly subjects: SubjectsStore,
    private readonly links: LinksStore,
  ) {}

  /** @throws Refusal `request.not-found`, `subject.link-impossible` */
  add(
    actor: Actor,
    organisationId: string,
    { kind, party, since, until }: LinkToAdd,
  ): Promise<LinkRow & { existing: boolean }> {
    const provider = providerOf(actor);
    return this.db.command(async (tx) => {
      const organisation = await this.subjects.byId(tx, organisationId);
      const behind = await this.subjects.byId(tx, party);
      if (!organisation || !behind) throw requestRefusals.refusal('request.not-found', { what: 'subject' });
      const impossible =
        organisation.kind === 'natural-person' ||
        organisation.id === behind.id ||
        (until !== undefined && until < since);
      if (impossible) throw subjectRefusals.refusal('subject.link-impossible');
      const link = {
        id: newId(),
        kind,
        organisationId,
        partyId: party,
        since,
        until: until ?? null,
        provider: provider.unit,
      };
      const added = await this.links.add(tx, link, { actor: provider.actor, at: this.clock.now() });
      if (added.created) await publish(tx, tellLinked(organisation, added.link));
      return { ...added.link, existing: !added.created };
    });
  }
}
