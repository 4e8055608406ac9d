import { Inject, Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline } from '#deadlines';
import { LOGGER, type Logger, platformActor, type Tx } from '#platform';
import { type Clock, CLOCKS } from '../domain/case.js';
import type { Command } from '../domain/commands.js';
import { SNAPSHOT_DEADLINE } from '../register/snapshots.js';
import { CaseChanges } from './case-changes.js';

/** Kinds of deadline rows that this service writes: one for each legal clock, and the nightly proof of the register. */
export const DEADLINE_KINDS = [...CLOCKS.map((clock) => `listing.${clock}` as const), SNAPSHOT_DEADLINE];

/**
 * What happens when a legal clock has run out: a defence becomes silence, a public notice takes effect, a
 * term ends. A duty of the authority that was not done by its day is marked, never done by the software.
 */
@Injectable()
export class RunClocks {
  constructor(
    private readonly changes: CaseChanges,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @OnDeadline('listing.defence')
  defence(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#run(deadline, tx, { type: 'fall-silent' });
  }

  @OnDeadline('listing.in-force')
  inForce(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#run(deadline, tx, { type: 'take-effect' });
  }

  @OnDeadline('listing.expiry')
  expiry(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#run(deadline, tx, { type: 'expire' });
  }

  @OnDeadline('listing.grace')
  grace(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#run(deadline, tx, { type: 'end-grace' });
  }

  @OnDeadline('listing.letter-answer')
  letterAnswer(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'letter-answer');
  }

  @OnDeadline('listing.performance-order')
  performanceOrder(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'performance-order');
  }

  @OnDeadline('listing.verification')
  verification(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'verification');
  }

  @OnDeadline('listing.decision')
  decision(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'decision');
  }

  @OnDeadline('listing.publication')
  publication(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'publication');
  }

  @OnDeadline('listing.repair-acceptance')
  repairAcceptance(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'repair-acceptance');
  }

  @OnDeadline('listing.repair-decision')
  repairDecision(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'repair-decision');
  }

  @OnDeadline('listing.removal')
  removal(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#mark(deadline, tx, 'removal');
  }

  #mark(deadline: Deadline, tx: Tx, clock: Clock): Promise<void> {
    this.logger.warn(
      { caseId: deadline.ref, clock, dueAt: deadline.dueAt },
      'a legal time limit passed without the step that it waits for',
    );
    return this.#run(deadline, tx, { type: 'mark-overdue', clock });
  }

  async #run({ ref }: Deadline, tx: Tx, command: Command): Promise<void> {
    await this.changes.change(tx, { id: ref, actor: platformActor('listing'), command });
  }
}
