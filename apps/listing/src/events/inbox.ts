import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import * as contracts from '#contracts';
import type { CloudEvent, EventOf } from '#contracts';
import { Delivery, Hears } from '#messaging';
import { CollectReceipts, type Evidence } from '../commands/collect-receipts.js';
import { FollowRecords } from '../commands/follow-records.js';

/** What this service hears, in the order of the story. */
@Controller()
export class Inbox {
  constructor(
    private readonly records: FollowRecords,
    private readonly receipts: CollectReceipts,
  ) {}

  @Hears(contracts.subjectRegistered)
  async subjectRegistered(
    @Payload() event: EventOf<typeof contracts.subjectRegistered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.records.subject(delivery.tx, event.data.subject, event.time, delivery.actor);
  }

  @Hears(contracts.subjectChanged)
  async subjectChanged(
    @Payload() event: EventOf<typeof contracts.subjectChanged>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.records.subject(delivery.tx, event.data.subject, event.time, delivery.actor);
  }

  @Hears(contracts.recordAccepted)
  async recordAccepted(
    @Payload() event: EventOf<typeof contracts.recordAccepted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.records.accepted(delivery.tx, event.data, event.time, delivery.actor);
  }

  @Hears(contracts.recordCorrected)
  async recordCorrected(
    @Payload() event: EventOf<typeof contracts.recordCorrected>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.records.corrected(delivery.tx, event.data, event.time, delivery.actor);
  }

  @Hears(contracts.recordWithdrawn)
  async recordWithdrawn(
    @Payload() event: EventOf<typeof contracts.recordWithdrawn>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.records.withdrawn(delivery.tx, event.data, event.time, delivery.actor);
  }

  @Hears(contracts.disciplineOrdered)
  async disciplineOrdered(
    @Payload() event: EventOf<typeof contracts.disciplineOrdered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.ordered(delivery.tx, event.data.action);
  }

  @Hears(contracts.disciplineCompleted)
  async disciplineCompleted(
    @Payload() event: EventOf<typeof contracts.disciplineCompleted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    if (event.data.stage === 'ordered')
      await this.receipts.allOrdered(delivery.tx, event.data.case.id, event.data.actions);
  }

  @Hears(contracts.disciplineLifted)
  async disciplineLifted(
    @Payload() event: EventOf<typeof contracts.disciplineLifted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.lifted(delivery.tx, event.data.action, evidenceOf(event));
  }

  @Hears(contracts.gradeComputed)
  async gradeComputed(
    @Payload() event: EventOf<typeof contracts.gradeComputed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.graded(delivery.tx, event.data, evidenceOf(event));
  }

  @Hears(contracts.noticeDelivered)
  async noticeDelivered(
    @Payload() event: EventOf<typeof contracts.noticeDelivered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.told(delivery.tx, event.data, evidenceOf(event));
  }

  @Hears(contracts.recordEndApplied)
  async recordEndApplied(
    @Payload() event: EventOf<typeof contracts.recordEndApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.unshared(delivery.tx, event.data, evidenceOf(event));
  }

  @Hears(contracts.recordCorrectionApplied)
  async recordCorrectionApplied(
    @Payload() event: EventOf<typeof contracts.recordCorrectionApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.corrected(delivery.tx, event.data, evidenceOf(event));
  }

  @Hears(contracts.disciplineCorrectionApplied)
  async disciplineCorrectionApplied(
    @Payload() event: EventOf<typeof contracts.disciplineCorrectionApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.corrected(delivery.tx, event.data, evidenceOf(event));
  }

  @Hears(contracts.gradeCorrectionApplied)
  async gradeCorrectionApplied(
    @Payload() event: EventOf<typeof contracts.gradeCorrectionApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.receipts.corrected(delivery.tx, event.data, evidenceOf(event));
  }
}

/** Given by the service that tells, whoever set it in motion. */
function evidenceOf(event: CloudEvent): Evidence {
  return { eventId: event.id, at: event.time, by: event.source.slice(1) };
}
