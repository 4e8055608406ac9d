import { Inject, Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline, OnDeadlines } from '#deadlines';
import { LOGGER, type Logger, platformActor, type Tx } from '#platform';
import { type Clock, CLOCKS } from '../domain/case/case.js';
import { whenRunOut } from '../domain/term/run-out.js';
import { SNAPSHOT_DEADLINE } from '../register/snapshots.js';
import { COUNTING_DEADLINES, type NewYear } from '../store/days-to-count.js';
import { RuleBook } from '../store/rule-book.js';
import { CaseChanges } from './case-changes.js';
import { CLUE_DEADLINES } from './handle-clues.js';
import { RECORD_REPAIR_DEADLINES } from './handle-record-repairs.js';
import { OBJECTION_DEADLINES } from './objection-book.js';

/** Kinds of deadline rows that this service writes: one for each legal clock, days to be counted, and the nightly proof of the register. */
export const DEADLINE_KINDS = [
  ...CLOCKS.map((clock) => `listing.${clock}` as const),
  ...OBJECTION_DEADLINES,
  ...RECORD_REPAIR_DEADLINES,
  ...CLUE_DEADLINES,
  ...COUNTING_DEADLINES,
  SNAPSHOT_DEADLINE,
];

/** Brings about what follows when a legal clock has run out (`whenRunOut`); a duty that was missed is logged, too. */
@Injectable()
export class RunClocks {
  constructor(
    private readonly changes: CaseChanges,
    private readonly ruleBook: RuleBook,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @OnDeadlines('listing.defence')
  defence(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#run(deadlines, tx, 'defence');
  }

  @OnDeadlines('listing.in-force')
  inForce(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#run(deadlines, tx, 'in-force');
  }

  @OnDeadlines('listing.expiry')
  expiry(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#run(deadlines, tx, 'expiry');
  }

  @OnDeadlines('listing.grace')
  grace(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#run(deadlines, tx, 'grace');
  }

  @OnDeadlines('listing.publication-end')
  publicationEnd(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#run(deadlines, tx, 'publication-end');
  }

  @OnDeadlines('listing.letter-reminder')
  letterReminder(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#ofLetters(deadlines, tx, 'letter-reminder');
  }

  @OnDeadlines('listing.letter-answer')
  letterAnswer(deadlines: Deadline[], tx: Tx): Promise<void> {
    this.#warn(deadlines, 'letter-answer');
    return this.#ofLetters(deadlines, tx, 'letter-answer');
  }

  @OnDeadlines('listing.performance-order')
  performanceOrder(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'performance-order');
  }

  @OnDeadlines('listing.verification')
  verification(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'verification');
  }

  @OnDeadlines('listing.decision')
  decision(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'decision');
  }

  @OnDeadlines('listing.publication')
  publication(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'publication');
  }

  @OnDeadlines('listing.repair-acceptance')
  repairAcceptance(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'repair-acceptance');
  }

  @OnDeadlines('listing.repair-decision')
  repairDecision(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'repair-decision');
  }

  @OnDeadlines('listing.site-publication')
  sitePublication(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#run(deadlines, tx, 'site-publication');
  }

  @OnDeadlines('listing.correction')
  correction(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'correction');
  }

  @OnDeadlines('listing.basis-review')
  basisReview(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'basis-review');
  }

  @OnDeadlines('listing.removal')
  removal(deadlines: Deadline[], tx: Tx): Promise<void> {
    return this.#mark(deadlines, tx, 'removal');
  }

  /** Not a clock: the calendar came in that a day of a request waited for. */
  @OnDeadline('listing.days')
  async days({ ref, data: { year } }: Deadline<NewYear>, tx: Tx): Promise<void> {
    await this.ruleBook.knowing(year);
    await this.changes.countDays(tx, ref, platformActor('listing'));
  }

  #mark(deadlines: Deadline[], tx: Tx, clock: Clock): Promise<void> {
    this.#warn(deadlines, clock);
    return this.#run(deadlines, tx, clock);
  }

  #warn(deadlines: Deadline[], clock: Clock): void {
    for (const { ref: caseId, dueAt } of deadlines) {
      this.logger.warn(
        { caseId, clock, dueAt },
        'a legal time limit passed without the step that it waits for',
      );
    }
  }

  /** Each letter of a case has clocks of its own. */
  async #ofLetters(deadlines: Deadline[], tx: Tx, clock: Clock): Promise<void> {
    for (const { ref } of deadlines) {
      const [caseId, letterId] = ref.split('/');
      await this.changes.changeAll(tx, [caseId!], platformActor('listing'), whenRunOut(clock, letterId!));
    }
  }

  async #run(deadlines: Deadline[], tx: Tx, clock: Clock): Promise<void> {
    const ids = deadlines.map(({ ref }) => ref);
    await this.changes.changeAll(tx, ids, platformActor('listing'), whenRunOut(clock));
  }
}
