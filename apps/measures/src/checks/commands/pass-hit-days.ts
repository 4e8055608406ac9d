import { Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline, schedule } from '#deadlines';
import { deadline, endOfDay } from '#kernel';
import { publishAll } from '#messaging';
import type { Tx } from '#platform';
import { DisciplineLaw } from '../../discipline/commands/discipline-law.js';
import { lateBySubject } from '../domain/late-hits.js';
import { toldEscalated, toldOverdue } from '../events/outbox.js';
import { CHECK_CLOCK, CHECK_ESCALATION_CLOCK } from '../store/check-log.js';
import { Hits } from '../store/hits.js';

/** What the clocks of a check bring about. A hit that is late can still be answered. */
@Injectable()
export class PassHitDays {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly hits: Hits,
  ) {}

  /** The day for answering has passed: what is open is marked, its department told, and the next clock started. */
  @OnDeadline(CHECK_CLOCK)
  async passed({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.hits.markOverdue(tx, ref);
    const open = await this.hits.openFor(tx, ref);
    if (open.length === 0) return;
    const { calendar, escalateAfter } = this.law.today();
    await schedule(tx, {
      kind: CHECK_ESCALATION_CLOCK,
      ref,
      dueAt: endOfDay(deadline(calendar, open[0]!.dueOn, escalateAfter)),
    });
    await publishAll(tx, lateBySubject(open).map(toldOverdue));
  }

  /** Long after that day: the lead unit is told who asked, about whom, and has not said what came of it. */
  @OnDeadline(CHECK_ESCALATION_CLOCK)
  async escalated({ ref }: Deadline, tx: Tx): Promise<void> {
    const { leadUnit, today } = this.law.today();
    await this.hits.markEscalated(tx, ref, leadUnit, today);
    const open = await this.hits.openFor(tx, ref);
    await publishAll(
      tx,
      lateBySubject(open).map((late) => toldEscalated(late, leadUnit, today)),
    );
  }
}
