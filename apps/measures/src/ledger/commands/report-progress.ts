import { Injectable } from '@nestjs/common';
import { publish } from '#messaging';
import { type Actor, actorLine, Clock, newId, requestRefusals, type Tx } from '#platform';
import { reportingPart } from '../domain/accountability.js';
import { ledgerRefusals } from '../domain/refusals.js';
import { toldProgress } from '../events/outbox.js';
import { MeasureStore, type RecordedProgress } from '../store/measure.store.js';

/** A lead or responsible unit reports how far a measure is. Every report stays; the last one counts. */
@Injectable()
export class ReportProgress {
  constructor(
    private readonly clock: Clock,
    private readonly store: MeasureStore,
  ) {}

  /** @throws Refusal `measure.not-found`, `measure.not-named`, `measure.collective-cannot-report` */
  async run(
    tx: Tx,
    actor: Actor,
    no: number,
    report: { percent: number; text: string },
  ): Promise<RecordedProgress> {
    const [measure] = await this.store.measures(tx, no);
    if (!measure) throw ledgerRefusals.refusal('measure.not-found', { no });
    if (!actor.department)
      throw requestRefusals.refusal('request.other-department', { owner: measure.leads.join(', ') });
    reportingPart(measure, actor.department, await this.store.units(tx));
    const recorded = await this.store.report(tx, {
      id: newId(),
      number: no,
      unit: actor.department,
      ...report,
      reportedOn: this.clock.today(),
      reportedBy: actorLine(actor),
    });
    await publish(tx, toldProgress(measure.content.title, recorded));
    return recorded;
  }
}
