import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import * as contracts from '#contracts';
import type { EventOf } from '#contracts';
import { type Delivery, Hears } from '#messaging';
import { Announce } from '../commands/announce.js';

/** Everything that is told to somebody, in the order of the story. */
@Controller()
export class Inbox {
  constructor(private readonly announce: Announce) {}

  @Hears(contracts.recordAccepted)
  async recordAccepted(
    @Payload() event: EventOf<typeof contracts.recordAccepted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordCorrected)
  async recordCorrected(
    @Payload() event: EventOf<typeof contracts.recordCorrected>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordWithdrawn)
  async recordWithdrawn(
    @Payload() event: EventOf<typeof contracts.recordWithdrawn>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingOpened)
  async listingOpened(
    @Payload() event: EventOf<typeof contracts.listingOpened>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingNoticed)
  async listingNoticed(
    @Payload() event: EventOf<typeof contracts.listingNoticed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingDefended)
  async listingDefended(
    @Payload() event: EventOf<typeof contracts.listingDefended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingWithdrawn)
  async listingWithdrawn(
    @Payload() event: EventOf<typeof contracts.listingWithdrawn>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingDecided)
  async listingDecided(
    @Payload() event: EventOf<typeof contracts.listingDecided>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingServed)
  async listingServed(
    @Payload() event: EventOf<typeof contracts.listingServed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingInForce)
  async listingInForce(
    @Payload() event: EventOf<typeof contracts.listingInForce>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingPublished)
  async listingPublished(
    @Payload() event: EventOf<typeof contracts.listingPublished>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingHearingRequested)
  async listingHearingRequested(
    @Payload() event: EventOf<typeof contracts.listingHearingRequested>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingHearingSet)
  async listingHearingSet(
    @Payload() event: EventOf<typeof contracts.listingHearingSet>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingDecisionExtended)
  async listingDecisionExtended(
    @Payload() event: EventOf<typeof contracts.listingDecisionExtended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingReminded)
  async listingReminded(
    @Payload() event: EventOf<typeof contracts.listingReminded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingPublicationHeldBack)
  async listingPublicationHeldBack(
    @Payload() event: EventOf<typeof contracts.listingPublicationHeldBack>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingLetterSent)
  async listingLetterSent(
    @Payload() event: EventOf<typeof contracts.listingLetterSent>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingLetterAnswered)
  async listingLetterAnswered(
    @Payload() event: EventOf<typeof contracts.listingLetterAnswered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingPerformanceOrdered)
  async listingPerformanceOrdered(
    @Payload() event: EventOf<typeof contracts.listingPerformanceOrdered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingStepOverdue)
  async listingStepOverdue(
    @Payload() event: EventOf<typeof contracts.listingStepOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineOrdered)
  async disciplineOrdered(
    @Payload() event: EventOf<typeof contracts.disciplineOrdered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineReceived)
  async disciplineReceived(
    @Payload() event: EventOf<typeof contracts.disciplineReceived>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineChecked)
  async disciplineChecked(
    @Payload() event: EventOf<typeof contracts.disciplineChecked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineReminded)
  async disciplineReminded(
    @Payload() event: EventOf<typeof contracts.disciplineReminded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineApplied)
  async disciplineApplied(
    @Payload() event: EventOf<typeof contracts.disciplineApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineNotApplied)
  async disciplineNotApplied(
    @Payload() event: EventOf<typeof contracts.disciplineNotApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineOverdue)
  async disciplineOverdue(
    @Payload() event: EventOf<typeof contracts.disciplineOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineEscalated)
  async disciplineEscalated(
    @Payload() event: EventOf<typeof contracts.disciplineEscalated>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineTermCorrected)
  async disciplineTermCorrected(
    @Payload() event: EventOf<typeof contracts.disciplineTermCorrected>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineHitsOverdue)
  async disciplineHitsOverdue(
    @Payload() event: EventOf<typeof contracts.disciplineHitsOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineHitsEscalated)
  async disciplineHitsEscalated(
    @Payload() event: EventOf<typeof contracts.disciplineHitsEscalated>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineReferred)
  async disciplineReferred(
    @Payload() event: EventOf<typeof contracts.disciplineReferred>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineReferralEnded)
  async disciplineReferralEnded(
    @Payload() event: EventOf<typeof contracts.disciplineReferralEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveGranted)
  async incentiveGranted(
    @Payload() event: EventOf<typeof contracts.incentiveGranted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveWithdrawn)
  async incentiveWithdrawn(
    @Payload() event: EventOf<typeof contracts.incentiveWithdrawn>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveReceived)
  async incentiveReceived(
    @Payload() event: EventOf<typeof contracts.incentiveReceived>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveApplied)
  async incentiveApplied(
    @Payload() event: EventOf<typeof contracts.incentiveApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveNotApplied)
  async incentiveNotApplied(
    @Payload() event: EventOf<typeof contracts.incentiveNotApplied>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveReminded)
  async incentiveReminded(
    @Payload() event: EventOf<typeof contracts.incentiveReminded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveOverdue)
  async incentiveOverdue(
    @Payload() event: EventOf<typeof contracts.incentiveOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveEscalated)
  async incentiveEscalated(
    @Payload() event: EventOf<typeof contracts.incentiveEscalated>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.incentiveEnded)
  async incentiveEnded(
    @Payload() event: EventOf<typeof contracts.incentiveEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.gradeComputed)
  async gradeComputed(
    @Payload() event: EventOf<typeof contracts.gradeComputed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRemovalRequested)
  async listingRemovalRequested(
    @Payload() event: EventOf<typeof contracts.listingRemovalRequested>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRemovalRefused)
  async listingRemovalRefused(
    @Payload() event: EventOf<typeof contracts.listingRemovalRefused>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingEnded)
  async listingEnded(
    @Payload() event: EventOf<typeof contracts.listingEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingPublicationEnded)
  async listingPublicationEnded(
    @Payload() event: EventOf<typeof contracts.listingPublicationEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineLiftOrdered)
  async disciplineLiftOrdered(
    @Payload() event: EventOf<typeof contracts.disciplineLiftOrdered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.disciplineLifted)
  async disciplineLifted(
    @Payload() event: EventOf<typeof contracts.disciplineLifted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingClosed)
  async listingClosed(
    @Payload() event: EventOf<typeof contracts.listingClosed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRemovalAccepted)
  async listingRemovalAccepted(
    @Payload() event: EventOf<typeof contracts.listingRemovalAccepted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRemovalIncomplete)
  async listingRemovalIncomplete(
    @Payload() event: EventOf<typeof contracts.listingRemovalIncomplete>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRemovalExtended)
  async listingRemovalExtended(
    @Payload() event: EventOf<typeof contracts.listingRemovalExtended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRemovalWithdrawn)
  async listingRemovalWithdrawn(
    @Payload() event: EventOf<typeof contracts.listingRemovalWithdrawn>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingSuspended)
  async listingSuspended(
    @Payload() event: EventOf<typeof contracts.listingSuspended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingRestored)
  async listingRestored(
    @Payload() event: EventOf<typeof contracts.listingRestored>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingFalseApplication)
  async listingFalseApplication(
    @Payload() event: EventOf<typeof contracts.listingFalseApplication>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingSitePublicationStarted)
  async listingSitePublicationStarted(
    @Payload() event: EventOf<typeof contracts.listingSitePublicationStarted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingSitePublicationMasked)
  async listingSitePublicationMasked(
    @Payload() event: EventOf<typeof contracts.listingSitePublicationMasked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingSitePublicationResumed)
  async listingSitePublicationResumed(
    @Payload() event: EventOf<typeof contracts.listingSitePublicationResumed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingSitePublicationEnded)
  async listingSitePublicationEnded(
    @Payload() event: EventOf<typeof contracts.listingSitePublicationEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingPenaltyPublicationEnded)
  async listingPenaltyPublicationEnded(
    @Payload() event: EventOf<typeof contracts.listingPenaltyPublicationEnded>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingPenaltyPublicationResumed)
  async listingPenaltyPublicationResumed(
    @Payload() event: EventOf<typeof contracts.listingPenaltyPublicationResumed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionFiled)
  async objectionFiled(
    @Payload() event: EventOf<typeof contracts.objectionFiled>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionMarked)
  async objectionMarked(
    @Payload() event: EventOf<typeof contracts.objectionMarked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionUnmarked)
  async objectionUnmarked(
    @Payload() event: EventOf<typeof contracts.objectionUnmarked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionHelpRequested)
  async objectionHelpRequested(
    @Payload() event: EventOf<typeof contracts.objectionHelpRequested>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionHelpAnswered)
  async objectionHelpAnswered(
    @Payload() event: EventOf<typeof contracts.objectionHelpAnswered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionExtended)
  async objectionExtended(
    @Payload() event: EventOf<typeof contracts.objectionExtended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionDecided)
  async objectionDecided(
    @Payload() event: EventOf<typeof contracts.objectionDecided>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.objectionOverdue)
  async objectionOverdue(
    @Payload() event: EventOf<typeof contracts.objectionOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairRequested)
  async repairRequested(
    @Payload() event: EventOf<typeof contracts.repairRequested>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairAccepted)
  async repairAccepted(
    @Payload() event: EventOf<typeof contracts.repairAccepted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairIncomplete)
  async repairIncomplete(
    @Payload() event: EventOf<typeof contracts.repairIncomplete>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairExtended)
  async repairExtended(
    @Payload() event: EventOf<typeof contracts.repairExtended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairRefused)
  async repairRefused(
    @Payload() event: EventOf<typeof contracts.repairRefused>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairWithdrawn)
  async repairWithdrawn(
    @Payload() event: EventOf<typeof contracts.repairWithdrawn>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairLapsed)
  async repairLapsed(
    @Payload() event: EventOf<typeof contracts.repairLapsed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairOverdue)
  async repairOverdue(
    @Payload() event: EventOf<typeof contracts.repairOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairGranted)
  async repairGranted(
    @Payload() event: EventOf<typeof contracts.repairGranted>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairFoundFalse)
  async repairFoundFalse(
    @Payload() event: EventOf<typeof contracts.repairFoundFalse>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.repairReopened)
  async repairReopened(
    @Payload() event: EventOf<typeof contracts.repairReopened>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionFiled)
  async recordObjectionFiled(
    @Payload() event: EventOf<typeof contracts.recordObjectionFiled>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionHelpRequested)
  async recordObjectionHelpRequested(
    @Payload() event: EventOf<typeof contracts.recordObjectionHelpRequested>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionHelpAnswered)
  async recordObjectionHelpAnswered(
    @Payload() event: EventOf<typeof contracts.recordObjectionHelpAnswered>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionExtended)
  async recordObjectionExtended(
    @Payload() event: EventOf<typeof contracts.recordObjectionExtended>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionDecided)
  async recordObjectionDecided(
    @Payload() event: EventOf<typeof contracts.recordObjectionDecided>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionOverdue)
  async recordObjectionOverdue(
    @Payload() event: EventOf<typeof contracts.recordObjectionOverdue>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionMarked)
  async recordObjectionMarked(
    @Payload() event: EventOf<typeof contracts.recordObjectionMarked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionUnmarked)
  async recordObjectionUnmarked(
    @Payload() event: EventOf<typeof contracts.recordObjectionUnmarked>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.recordObjectionUpheld)
  async recordObjectionUpheld(
    @Payload() event: EventOf<typeof contracts.recordObjectionUpheld>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingCorrected)
  async listingCorrected(
    @Payload() event: EventOf<typeof contracts.listingCorrected>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingCorrectionSpread)
  async listingCorrectionSpread(
    @Payload() event: EventOf<typeof contracts.listingCorrectionSpread>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingBasisQuestioned)
  async listingBasisQuestioned(
    @Payload() event: EventOf<typeof contracts.listingBasisQuestioned>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }

  @Hears(contracts.listingBasisReviewed)
  async listingBasisReviewed(
    @Payload() event: EventOf<typeof contracts.listingBasisReviewed>,
    @Ctx() delivery: Delivery,
  ): Promise<void> {
    await this.announce.execute(delivery.tx, event);
  }
}
