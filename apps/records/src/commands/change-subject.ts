import { Injectable } from '@nestjs/common';
import { maskName } from '#kernel';
import { publish } from '#messaging';
import { type Actor, actorLine, checkVersion, Clock, Database, ownedBy, requestRefusals } from '#platform';
import { subjectRefusals } from '../domain/subject-refusals.js';
import { subjectRef, tellChanged } from '../events/outbox.js';
import { FieldSealer } from '../sealing/field-sealer.js';
import { SubjectsStore } from '../store/subjects.store.js';
import type { RegisteredSubject } from './register-subject.js';
import { sealedNamePlace } from './subject-registrar.js';

export interface SubjectChange {
  name?: string;
  region?: string;
  reason: string;
}

/** A new name or division of a subject, told by the unit that registered it. Code and kind never change. */
@Injectable()
export class ChangeSubject {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly subjects: SubjectsStore,
    private readonly sealer: FieldSealer,
  ) {}

  /** @throws Refusal `request.not-found`, `request.other-department`, `request.if-match-stale`, `subject.nothing-changed` */
  change(actor: Actor, id: string, version: number, command: SubjectChange): Promise<RegisteredSubject> {
    return this.db.command(async (tx) => {
      const before = await this.subjects.lock(tx, id);
      if (!before) throw requestRefusals.refusal('request.not-found', { what: 'subject' });
      ownedBy(actor, before.registered_by);
      checkVersion(before.version, version);
      const person = before.kind === 'natural-person';
      const name =
        command.name === undefined ? before.name : person ? maskName(command.name) : command.name.trim();
      const region = command.region ?? before.region;
      const changed = [
        ...(command.name !== undefined && (person || name !== before.name) ? ['name'] : []),
        ...(region !== before.region ? ['region'] : []),
      ];
      if (changed.length === 0) throw subjectRefusals.refusal('subject.nothing-changed');
      const sealedName =
        person && command.name !== undefined
          ? this.sealer.seal(command.name.trim(), sealedNamePlace(id))
          : null;
      const by = { reason: command.reason, actor: actorLine(actor), at: this.clock.now() };
      const after = await this.subjects.change(tx, before, { name, sealedName, region }, by);
      await publish(tx, tellChanged(after, changed));
      return { ...subjectRef(after), version: after.version, unit: after.unit, existing: true };
    });
  }
}
