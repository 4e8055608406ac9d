import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  listingCorrected,
  listingEnded,
  listingInForce,
  listingRestored,
  listingSuspended,
  recordAccepted,
  recordCorrected,
  recordWithdrawn,
  repairFoundFalse,
  repairGranted,
  repairMasked,
  repairResumed,
} from '#contracts';
import type { EventOf } from '#contracts';
import { Hears } from '#messaging';
import type { Delivery } from '#messaging';
import { HearListing } from '../commands/hear-listing.js';
import { HearRecord } from '../commands/hear-record.js';

/** What grading hears, in the order of the story. */
@Controller()
export class GradingInbox {
  constructor(
    private readonly records: HearRecord,
    private readonly listings: HearListing,
  ) {}

  @Hears(recordAccepted)
  async recordAccepted(
    @Payload() event: EventOf<typeof recordAccepted>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.records.run(tx, { ...named(event), ...event.data, withdrawnOn: null });
  }

  @Hears(recordCorrected)
  async recordCorrected(
    @Payload() event: EventOf<typeof recordCorrected>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.records.run(tx, { ...named(event), ...event.data, withdrawnOn: null });
  }

  @Hears(recordWithdrawn)
  async recordWithdrawn(
    @Payload() event: EventOf<typeof recordWithdrawn>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.records.run(tx, { ...named(event), ...event.data });
  }

  @Hears(repairGranted)
  async repairGranted(
    @Payload() event: EventOf<typeof repairGranted>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { subject, repair, grantedOn: repairedOn } = event.data;
    await this.records.repaired(tx, { ...named(event), subject, recordId: repair.record.id, repairedOn });
  }

  /** Not used while a plan is carried out or its execution is stopped, like an entry that is lifted (order 36 art. 19, 20). */
  @Hears(repairMasked)
  async repairMasked(@Payload() event: EventOf<typeof repairMasked>, @Ctx() { tx }: Delivery): Promise<void> {
    const { subject, repair, maskedOn: repairedOn } = event.data;
    await this.records.repaired(tx, { ...named(event), subject, recordId: repair.record.id, repairedOn });
  }

  @Hears(repairResumed)
  async repairResumed(
    @Payload() event: EventOf<typeof repairResumed>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { subject, repair } = event.data;
    const recordId = repair.record.id;
    await this.records.repaired(tx, { ...named(event), subject, recordId, repairedOn: null });
  }

  @Hears(repairFoundFalse)
  async repairFoundFalse(
    @Payload() event: EventOf<typeof repairFoundFalse>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { subject, repair } = event.data;
    const recordId = repair.record.id;
    await this.records.repaired(tx, { ...named(event), subject, recordId, repairedOn: null });
  }

  @Hears(listingInForce)
  async listingInForce(
    @Payload() event: EventOf<typeof listingInForce>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { subject, case: about, inForceOn } = event.data;
    await this.listings.began(tx, { ...named(event), subject, about, on: inForceOn });
  }

  @Hears(listingEnded)
  async listingEnded(@Payload() event: EventOf<typeof listingEnded>, @Ctx() { tx }: Delivery): Promise<void> {
    const { subject, case: about, endedOn } = event.data;
    await this.listings.ended(tx, { ...named(event), subject, about, on: endedOn });
  }

  @Hears(listingSuspended)
  async listingSuspended(
    @Payload() event: EventOf<typeof listingSuspended>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { subject, case: about, suspendedOn } = event.data;
    await this.listings.suspended(tx, { ...named(event), subject, about, on: suspendedOn });
  }

  @Hears(listingRestored)
  async listingRestored(
    @Payload() event: EventOf<typeof listingRestored>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { subject, case: about, restoredOn } = event.data;
    await this.listings.restored(tx, { ...named(event), subject, about, on: restoredOn });
  }

  @Hears(listingCorrected)
  async listingCorrected(
    @Payload() event: EventOf<typeof listingCorrected>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.listings.corrected(tx, event.data);
  }
}

function named(event: { id: string; type: string; sequence: string }): {
  eventId: string;
  type: string;
  sequence: number;
} {
  return { eventId: event.id, type: event.type, sequence: Number(event.sequence) };
}
