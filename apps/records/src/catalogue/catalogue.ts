import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { Database } from '#platform';
import { assertSeeds, loadAllSeeds, type RecordType as SeededType, type SeverityRule } from '#seeds';
import { recordRefusals } from '../domain/record-refusals.js';
import { holdsOn } from '../domain/record-type.js';
import { CatalogueStore } from '../store/catalogue.store.js';
import { RowCheck } from './row-check.js';

/** A record type of the information catalogue with all that the seed says of it. */
export type CatalogueEntry = SeededType;

/**
 * The information catalogue as this service holds it: record types by version and the rules that tell how
 * serious a record is. Read once at start; schemas are compiled then and never again.
 */
@Injectable()
export class Catalogue {
  #entries: readonly CatalogueEntry[] = [];
  #checks = new Map<string, RowCheck>();
  #rules = new Map<string, SeverityRule[]>();

  constructor(
    private readonly db: Database,
    private readonly store: CatalogueStore,
  ) {}

  /**
   * Brings the seeds into the database and reads it back. Repeatable; replicas that start together wait for
   * each other.
   *
   * @throws Error when seeds contradict each other: the service must not start
   */
  async load(): Promise<void> {
    const seeds = loadAllSeeds();
    assertSeeds(seeds);
    const rows = await this.db.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin records seeds'))`);
      await this.store.save(tx, seeds['record-types'], seeds['severity-rules']);
      return this.store.all(tx);
    });
    this.use(rows.types, rows.rules);
  }

  /** Takes these rows as the catalogue. @throws Error for a schema that cannot be compiled */
  use(types: readonly CatalogueEntry[], rules: readonly SeverityRule[]): void {
    this.#entries = types;
    this.#checks = new Map(types.map((type) => [`${type.id}/${type.version}`, new RowCheck(type)]));
    this.#rules = new Map(types.map(({ id }) => [id, rules.filter((rule) => rule.recordType === id)]));
  }

  entriesOn(day: LocalDate): readonly CatalogueEntry[] {
    return this.#entries.filter((entry) => holdsOn(entry, day));
  }

  /** The checks of a type as it stands on the day of intake. @throws Refusal `record.type-unknown` */
  checkOf(type: string, day: LocalDate): RowCheck {
    const entry = this.entriesOn(day).findLast(({ id }) => id === type);
    if (!entry) throw recordRefusals.refusal('record.type-unknown', { type: type.slice(0, 60) }, 'type');
    return this.#checks.get(`${entry.id}/${entry.version}`)!;
  }

  /** The entry under which a record was accepted, whatever is valid now. */
  entryOf(type: string, version: number): CatalogueEntry {
    return this.#checks.get(`${type}/${version}`)!.type as CatalogueEntry;
  }

  severityRules(type: string): readonly SeverityRule[] {
    return this.#rules.get(type) ?? [];
  }
}
