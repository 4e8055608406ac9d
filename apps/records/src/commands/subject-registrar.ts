import { Injectable } from '@nestjs/common';
import { maskName } from '#kernel';
import { Clock, newId, type Tx } from '#platform';
import { regionOfCode, type SubjectIdentity } from '../domain/subject-identity.js';
import { FieldSealer } from '../sealing/field-sealer.js';
import type { NewSubjectRow, SubjectRow } from '../store/subject.row.js';
import { SubjectsStore } from '../store/subjects.store.js';
import type { Provider } from './provider.js';

export interface Newcomer {
  identity: SubjectIdentity;
  name: string;
  /** as given; from the code, else the provider's, when absent */
  region?: string;
  unit?: string;
}

/** Registers subjects that are not known yet. */
@Injectable()
export class SubjectRegistrar {
  constructor(
    private readonly subjects: SubjectsStore,
    private readonly sealer: FieldSealer,
    private readonly clock: Clock,
  ) {}

  /** One text for one identity; for a person the blind index, so that the number goes no further. */
  keyOf(identity: SubjectIdentity): string {
    return identity.kind === 'natural-person'
      ? this.sealer.personIndex(identity.citizenId).toString('hex')
      : identity.code;
  }

  /** @returns the rows by {@link keyOf}; the first of several newcomers of one identity gives the name */
  async register(
    tx: Tx,
    newcomers: readonly Newcomer[],
    provider: Provider,
  ): Promise<Map<string, { row: SubjectRow; created: boolean }>> {
    const distinct = new Map<string, Newcomer>();
    for (const newcomer of newcomers) {
      const key = this.keyOf(newcomer.identity);
      if (!distinct.has(key)) distinct.set(key, newcomer);
    }
    const rows = [...distinct.values()].map((newcomer) => this.#row(newcomer, provider));
    const registered = await this.subjects.registerMissing(tx, rows, this.clock.now());
    return new Map([...distinct.keys()].map((key, index) => [key, registered[index]!]));
  }

  #row({ identity, name, region, unit }: Newcomer, provider: Provider): NewSubjectRow {
    const id = newId();
    const common = { id, unit: unit ?? null, registered_by: provider.unit, version: 1 };
    if (identity.kind === 'natural-person') {
      return {
        ...common,
        kind: identity.kind,
        code: null,
        name: maskName(name),
        // Not from the number: its division is that of a birth long ago, and would tell a part of it.
        region: region ?? provider.region,
        person_index: this.sealer.personIndex(identity.citizenId),
        sealed_number: this.sealer.seal(identity.citizenId, sealedNumberPlace(id)),
        sealed_name: this.sealer.seal(name, sealedNamePlace(id)),
      };
    }
    return {
      ...common,
      kind: identity.kind,
      code: identity.code,
      name,
      region: region ?? regionOfCode(identity.code, provider.region),
      person_index: null,
      sealed_number: null,
      sealed_name: null,
    };
  }
}

export const sealedNumberPlace = (subjectId: string): string => `subject:${subjectId}:number`;
export const sealedNamePlace = (subjectId: string): string => `subject:${subjectId}:name`;
