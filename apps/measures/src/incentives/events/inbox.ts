import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type EventOf, gradeComputed, recordAccepted, recordCorrected, recordWithdrawn } from '#contracts';
import { type Delivery, Hears } from '#messaging';
import { FollowCommitments } from '../../commitments/commands/follow-commitments.js';
import { FollowPermits, PERMITS } from '../../permits/follow-permits.js';
import { FollowGrounds } from '../commands/follow-grounds.js';

/**
 * What brings incentives and takes them away; listings are heard by the discipline loop, which calls here, too. An event
 * has one hearer in a service, so the other two whom records concern are called from here. Permits alone are a read
 * model: when it is rebuilt the others have long done what followed.
 */
@Controller()
export class IncentivesInbox {
  constructor(
    private readonly grounds: FollowGrounds,
    private readonly commitments: FollowCommitments,
    private readonly permits: FollowPermits,
  ) {}

  @Hears(recordAccepted, { feeds: PERMITS.name })
  async recordAccepted(
    @Payload() event: EventOf<typeof recordAccepted>,
    @Ctx() { tx, rebuilding }: Delivery,
  ): Promise<void> {
    if (!rebuilding) {
      await this.grounds.recorded(tx, event.data.subject, event.data.record, true);
      await this.commitments.accepted(tx, event);
    }
    await this.permits.recorded(tx, event, true);
  }

  @Hears(recordCorrected, { feeds: PERMITS.name })
  async recordCorrected(
    @Payload() event: EventOf<typeof recordCorrected>,
    @Ctx() { tx, rebuilding }: Delivery,
  ): Promise<void> {
    if (!rebuilding) {
      await this.grounds.recorded(tx, event.data.subject, event.data.record, true);
      await this.commitments.corrected(tx, event);
    }
    await this.permits.recorded(tx, event, true);
  }

  @Hears(recordWithdrawn, { feeds: PERMITS.name })
  async recordWithdrawn(
    @Payload() event: EventOf<typeof recordWithdrawn>,
    @Ctx() { tx, rebuilding }: Delivery,
  ): Promise<void> {
    if (!rebuilding) {
      await this.grounds.recorded(tx, event.data.subject, event.data.record, false);
      await this.commitments.withdrawn(tx, event);
    }
    await this.permits.recorded(tx, event, false);
  }

  @Hears(gradeComputed)
  async gradeComputed(
    @Payload() { data: { subject, model, grade, changed } }: EventOf<typeof gradeComputed>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    // A regrade of the province tells a grade for each of its subjects; most stay as they were.
    if (changed) await this.grounds.graded(tx, subject, { model, grade });
  }
}
