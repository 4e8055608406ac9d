import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { type LocalDate, type WorkingCalendar, workingCalendar } from '#kernel';
import { calendarGauge, Clock, Database, LOGGER, type Logger, Metrics } from '#platform';
import {
  assertSeeds,
  type ClueRule,
  type ListTypeVersion,
  loadAllSeeds,
  procedureOn,
  type ProcedureRule,
  type ListObjectionRule,
  type OrdinanceClock,
  type RepairRule,
  validOn,
} from '#seeds';
import type { ListingCase } from '../domain/case/case.js';
import type { ClueLaw } from '../domain/clue/rule.js';
import { type ObjectionRules, objectionRulesFrom } from '../domain/objection/rules.js';
import type { RecordRepairRules } from '../domain/record-repair/law.js';
import { siteLawOn } from '../domain/repair/site-law.js';
import type { Rules } from '../domain/rules/rules.js';
import { countsFromStatedDay } from '../domain/term/time-limits.js';
import { shellRefusals } from '../refusals.js';
import { loadRules, readCalendar, readListTypes } from './rules-store.js';

/** A version is published at the latest on the day before it begins, so that half a minute is soon enough. */
const REREAD_MS = 30_000;

/**
 * The law as data: loaded from the seeds into the database at start, read from there, and kept in memory. Rows
 * change with a release, or when a version is published: here at once, in other replicas within half a minute.
 */
@Injectable()
export class RuleBook implements OnModuleInit, OnApplicationShutdown {
  #lists: ListTypeVersion[] = [];
  #calendar: WorkingCalendar = workingCalendar([]);
  #years: ReadonlySet<number> = new Set();
  #procedure: ProcedureRule[] = [];
  #sites: RepairRule[] = [];
  #repairs: RepairRule[] = [];
  #ordinance: OrdinanceClock[] = [];
  #objections: ListObjectionRule[] = [];
  #clues: ClueRule[] = [];
  #conditionTexts: Record<string, string> = {};
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    calendarGauge(metrics, clock, () => this.#calendar);
  }

  /** @throws ContradictingRules, and what `assertSeeds` finds: the service does not start on broken law */
  async onModuleInit(): Promise<void> {
    const seeds = loadAllSeeds();
    assertSeeds(seeds);
    await this.database.transaction((tx) =>
      loadRules(tx, seeds['list-types'], seeds.calendars, this.clock.now()),
    );
    await this.reread();
    this.#timer = setInterval(
      () => void this.reread().catch((error: unknown) => this.#stale(error)),
      REREAD_MS,
    ).unref();
    this.#procedure = seeds['procedure-rules'];
    this.#repairs = seeds['repair-rules'];
    this.#sites = seeds['repair-rules'].filter(({ sector }) => sector === 'general');
    this.#ordinance = seeds['ordinance-clocks'];
    this.#objections = seeds['objection-rules'];
    this.#clues = seeds['clue-rules'];
    this.#conditionTexts = Object.fromEntries(seeds['removal-conditions'].map((row) => [row.code, row.zh]));
  }

  /** Versions and calendar as they stand in the database. A failure leaves those that were read before. */
  async reread(): Promise<void> {
    this.#lists = await readListTypes(this.database);
    const years = await readCalendar(this.database);
    this.#years = new Set(years.map(({ year }) => year));
    this.#calendar = workingCalendar(years);
  }

  /** Where another replica has just stored a year of the calendar, it is read now. */
  async knowing(year: number): Promise<void> {
    if (!this.#years.has(year)) await this.reread();
  }

  /** A replica that goes on under older versions must be seen to do so. */
  #stale(error: unknown): void {
    this.logger.warn({ err: error }, 'list types and calendar not read again, those read before stay');
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Words of removal conditions and bars, by code. */
  get conditionTexts(): Readonly<Record<string, string>> {
    return this.#conditionTexts;
  }

  /** Every version of every list. */
  all(): readonly ListTypeVersion[] {
    return this.#lists;
  }

  /** Every list type as valid on the day. */
  listTypesOn(day: LocalDate): ListTypeVersion[] {
    return this.#lists.filter((list) => validOn(list, day));
  }

  versionsOf(key: string): ListTypeVersion[] {
    return this.#lists.filter((list) => list.key === key);
  }

  versionOn(key: string, day: LocalDate): ListTypeVersion | undefined {
    return this.#lists.find((list) => list.key === key && validOn(list, day));
  }

  /** Lists whose undecided cases wait, without a decision clock, until somebody states the day from which it runs. */
  listsByStatedDay(day: LocalDate): string[] {
    const keys = [...new Set(this.#lists.map(({ key }) => key))];
    return keys.filter((key) => {
      const list = this.versionOn(key, day) ?? this.versionsOf(key).at(-1);
      return list !== undefined && countsFromStatedDay(list);
    });
  }

  /** @throws Refusal `listing.list-type-unknown`, `listing.list-type-not-in-force` */
  rulesForOpening(key: string, today: LocalDate): Rules {
    if (this.versionsOf(key).length === 0) {
      throw shellRefusals.refusal('listing.list-type-unknown', { listType: key }, 'listType');
    }
    const list = this.versionOn(key, today);
    if (!list)
      throw shellRefusals.refusal(
        'listing.list-type-not-in-force',
        { listType: key, day: today },
        'listType',
      );
    return this.#rules(list, list, today);
  }

  /** The rules of the procedure that hold on a day, whatever the list. */
  procedureOn(today: LocalDate): Rules['procedure'] {
    return procedureOn(this.#procedure, today);
  }

  /**
   * The rules of a case on a day: until the decision the version of that day (a procedure follows the law as
   * it stands), from then on the version under which it was decided. Where a list was repealed without
   * successor, its last version goes on for the entries that it left.
   */
  rulesFor(state: ListingCase, today: LocalDate): Rules {
    const own = this.versionsOf(state.listType).find((list) => list.version === state.rulesVersion);
    if (!own)
      throw new Error(
        `case ${state.id} names ${state.listType} of ${state.rulesVersion}, which is not loaded`,
      );
    const current = this.versionOn(state.listType, today) ?? own;
    return this.#rules('decision' in state ? own : current, current, today);
  }

  /**
   * Clocks of an objection as they stand on a day.
   *
   * @param to list of the entry that is objected to, and the day of receipt, which tells whether its own procedure holds
   */
  objectionRules(day: LocalDate, to?: { list: string; receivedOn: LocalDate }): ObjectionRules {
    const site = siteLawOn(this.#sites, day);
    const own = to
      ? this.#objections.filter((rule) => rule.list === to.list && validOn(rule, to.receivedOn))
      : [];
    return objectionRulesFrom(this.#ordinanceOn(day), site?.clocks ?? [], this.#calendar, own);
  }

  /** Kinds of clues, and the calendar by which their clocks are counted. */
  get clueLaw(): ClueLaw & { rules: readonly ClueRule[] } {
    return { rules: this.#clues, calendar: this.#calendar };
  }

  /** The repair of records, in every sector that has a rule. */
  get recordRepairRules(): RecordRepairRules {
    return { laws: this.#repairs, calendar: this.#calendar, conditionTexts: this.#conditionTexts };
  }

  #ordinanceOn(day: LocalDate): OrdinanceClock[] {
    return this.#ordinance.filter((clock) => validOn(clock, day));
  }

  #rules(list: ListTypeVersion, today: ListTypeVersion, day: LocalDate): Rules {
    return {
      list,
      today,
      calendar: this.#calendar,
      procedure: procedureOn(this.#procedure, day),
      sites: this.#sites,
      ordinance: this.#ordinanceOn(day),
      conditionTexts: this.#conditionTexts,
    };
  }
}
