import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  Optional,
} from '@nestjs/common';
import type { Logger, Tx } from '#platform';
import {
  Clock,
  continueTrace,
  Database,
  databaseAway,
  LOGGER,
  platformActor,
  RequestsInFlight,
  runInContext,
} from '#platform';
import { DeadlineHandlers } from './deadline-handlers.js';
import { DeadlineMetrics } from './deadline-metrics.js';
import { GivingWay } from './giving-way.js';
import {
  anyDue,
  beginClaims,
  claimDue,
  claimMore,
  type ClaimedDeadline,
  endClaims,
  recordFailure,
  recordGivenWay,
  type SweepPlace,
  unhandledByKind,
} from './sweep-store.js';

export const SWEEP_EVERY_MS = Symbol('SWEEP_EVERY_MS');

/**
 * The longest a handler waits for a lock before it gives way. A command holds its case and asks for the case's
 * clock (`cancel`), a handler holds the clock and asks for the case: they would meet crosswise. With this limit
 * far below PostgreSQL's deadlock_timeout (1 s) it is the sweep that steps back and comes again, never the
 * command of a person that is chosen as the victim.
 */
const LOCK_TIMEOUT = '250ms';

/** Serialisation failure, deadlock, lock not available: another transaction was in the way, the handler is not wrong. */
const IN_THE_WAY = new Set(['40001', '40P01', '55P03']);

/**
 * Deadlines of a kind that one transaction brings about, where the handler takes many. More would gain little and
 * hold their cases longer: at 100 the statements already cost less than the work between them.
 */
const TOGETHER = 100;

const LOOK_FOR_UNHANDLED_MS = 60_000;

export interface SweepResult {
  done: number;
  /** failed or given way; each is tried again later */
  postponed: number;
}

/**
 * Brings about what the legal clocks have in store: every due row in a transaction of its own, or with others of
 * its kind, claimed with SKIP LOCKED, so that any number of replicas share the work and each row runs once.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stop = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly handlers: DeadlineHandlers,
    private readonly metrics: DeadlineMetrics,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(SWEEP_EVERY_MS) private readonly everyMs: number | null,
    @Optional() private readonly requests?: RequestsInFlight,
  ) {}

  onApplicationBootstrap(): void {
    if (this.everyMs !== null) this.#loop = this.#sweepUntilStopped(this.everyMs);
  }

  /** The running handler finishes first; the pool closes later in the shutdown. */
  async onModuleDestroy(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }

  /**
   * Runs everything that is due at `now` and not put off, the oldest first; also on demand, for specs and
   * operators. Once a full batch shows that very much is due, a second lane takes every other batch: while one
   * waits for the database the other works. As long as people ask (`RequestsInFlight`), one lane goes on alone and
   * lets each request pass (`GivingWay`).
   *
   * @throws the database's error when it is away; what has been committed stays
   */
  async sweepDue(now: Date = this.clock.now()): Promise<SweepResult> {
    const result: SweepResult = { done: 0, postponed: 0 };
    if (!(await anyDue(this.database, this.handlers.kinds, now))) return result;
    const seconds: Promise<void>[] = [];
    let alongside = false;
    const lane = async (isSecond = false): Promise<void> => {
      const way = new GivingWay(this.requests);
      // After a batch failed, as many runs as it had deadlines take one at a time.
      let alone = 0;
      let from: SweepPlace | undefined;
      while (!this.#stop.signal.aborted) {
        const asked = this.requests?.lately ?? false;
        if (asked && isSecond) return;
        const most = alone > 0 ? 1 : TOGETHER;
        const { done, postponed, undone, place } = await this.#runNext(now, most, way, from);
        from = place;
        if (done + postponed + undone === 0) return;
        result.done += done;
        result.postponed += postponed;
        alone = Math.max(0, alone - 1) + undone;
        if (asked || isSecond || alongside || done < TOGETHER) continue;
        alongside = true;
        const second = lane(true).finally(() => (alongside = false));
        second.catch(() => undefined); // told below, when the first has ended
        seconds.push(second);
      }
    };
    await lane().finally(() => Promise.all(seconds));
    return result;
  }

  /** The oldest that is due, with others of its kind where its handler takes many; what a failed batch leaves is `undone`. */
  async #runNext(
    now: Date,
    most: number,
    way: GivingWay,
    from?: SweepPlace,
  ): Promise<SweepResult & { undone: number; place?: SweepPlace }> {
    const held: ClaimedDeadline[] = [];
    try {
      await way.letPass();
      await this.database.transaction(async (open) => {
        const tx = way.through(open);
        await beginClaims(tx, LOCK_TIMEOUT);
        const first = await claimDue(tx, this.handlers.kinds, now, from);
        if (!first) return;
        held.push(first);
        if (most > 1 && this.handlers.handlerOf(first.kind).together)
          held.push(...(await claimMore(tx, first, now, most - 1)));
        await endClaims(tx);
        await this.#handle(held, tx);
      });
    } catch (error) {
      if (held.length === 0) throw error;
      if (held.length > 1) return { done: 0, postponed: 0, undone: held.length, place: held[0]! };
      await this.#postpone(held[0]!, error);
      return { done: 0, postponed: 1, undone: 0, place: held[0]! };
    }
    if (held.length > 0) this.metrics.runs.inc({ kind: held[0]!.kind, outcome: 'done' }, held.length);
    return { done: held.length, postponed: 0, undone: 0, ...(held[0] && { place: held[0] }) };
  }

  /** In a trace of its own, and in the name of the service: nobody asked for it but the calendar. */
  #handle(claimed: readonly ClaimedDeadline[], tx: Tx): Promise<void> {
    const { kind } = claimed[0]!;
    const [service = kind] = kind.split('.');
    const context = { traceparent: continueTrace(), actor: platformActor(service) };
    const deadlines = claimed.map(({ kind, ref, dueAt, data }) => ({ kind, ref, dueAt, data }));
    return runInContext(context, () => this.handlers.handlerOf(kind).handle(deadlines, tx));
  }

  /** In a transaction of its own, after the handler's was rolled back. */
  async #postpone({ id, kind, ref }: ClaimedDeadline, error: unknown): Promise<void> {
    const text = error instanceof Error ? error.message : String(error);
    const { code = '' } = error as { code?: string };
    if (IN_THE_WAY.has(code) || databaseAway(error)) {
      await recordGivenWay(this.database, id, text);
      this.metrics.runs.inc({ kind, outcome: 'gave-way' });
      return;
    }
    const attempts = await recordFailure(this.database, id, text);
    this.metrics.runs.inc({ kind, outcome: 'failed' });
    this.logger.error(
      { err: error, kind, ref, attempts },
      'the handler of a deadline failed, it will be tried again',
    );
  }

  async #sweepUntilStopped(everyMs: number): Promise<void> {
    const { signal } = this.#stop;
    let nextLook = 0;
    while (!signal.aborted) {
      try {
        if (performance.now() >= nextLook) {
          await this.#reportUnhandled();
          nextLook = performance.now() + LOOK_FOR_UNHANDLED_MS;
        }
        await this.sweepDue();
      } catch (error) {
        this.logger.warn({ err: error }, 'deadlines could not be swept, trying again');
      }
      await sleep(everyMs, undefined, { signal, ref: false }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  /**
   * Clocks that nothing here handles: of a kind that was renamed without moving its rows, or that a newer
   * version brought before it was rolled back. They stay as they are until a version that knows them comes.
   */
  async #reportUnhandled(): Promise<void> {
    for (const { kind, count } of await unhandledByKind(this.database, this.handlers.kinds)) {
      this.logger.error({ kind, count }, 'live deadlines have no handler in this version');
    }
  }
}
