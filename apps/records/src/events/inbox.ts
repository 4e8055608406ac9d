import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import {
  disciplineApplied,
  disciplineLifted,
  disciplineLiftOrdered,
  disciplineNotApplied,
  disciplineOrdered,
  type EventOf,
  gradeComputed,
  listingEnded,
  listingInForce,
  listingPublicationEnded,
  listingPublished,
} from '#contracts';
import { Delivery, Hears } from '#messaging';
import { FileStore } from '../store/file.store.js';

/** What other services tell of a subject, for its credit file: listed, published, disciplined, graded, and all of it undone. */
@Controller()
export class Inbox {
  constructor(private readonly file: FileStore) {}

  @Hears(listingInForce)
  async listingInForce(
    @Payload() { data }: EventOf<typeof listingInForce>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { inForceOn, termEndsOn, decisionNo } = data;
    await this.file.noteListing(
      tx,
      { case: data.case, subjectId: data.subject.id },
      { inForceOn, termEndsOn, decisionNo },
    );
  }

  @Hears(listingPublished)
  async listingPublished(
    @Payload() { data }: EventOf<typeof listingPublished>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteListing(
      tx,
      { case: data.case, subjectId: data.subject.id },
      { publishedOn: data.publishedOn },
    );
  }

  @Hears(listingEnded)
  async listingEnded(
    @Payload() { data }: EventOf<typeof listingEnded>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteListing(
      tx,
      { case: data.case, subjectId: data.subject.id },
      { endedOn: data.endedOn, endedHow: data.end },
    );
  }

  @Hears(listingPublicationEnded)
  async listingPublicationEnded(
    @Payload() { data }: EventOf<typeof listingPublicationEnded>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteListing(
      tx,
      { case: data.case, subjectId: data.subject.id },
      { publicationEndedOn: data.publicationEndedOn },
    );
  }

  @Hears(gradeComputed)
  async gradeComputed(
    @Payload() { data }: EventOf<typeof gradeComputed>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    const { model, modelVersion, grade, gradeClass, score, veto, computedOn } = data;
    await this.file.noteGrade(tx, data.subject.id, {
      model,
      modelVersion,
      grade,
      gradeClass,
      score,
      veto,
      computedOn,
    });
  }

  @Hears(disciplineOrdered)
  async disciplineOrdered(
    @Payload() { data }: EventOf<typeof disciplineOrdered>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteAction(tx, data.subject.id, data.action, 'ordered');
  }

  @Hears(disciplineApplied)
  async disciplineApplied(
    @Payload() { data }: EventOf<typeof disciplineApplied>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteAction(tx, data.subject.id, data.action, 'applied');
  }

  @Hears(disciplineNotApplied)
  async disciplineNotApplied(
    @Payload() { data }: EventOf<typeof disciplineNotApplied>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteAction(tx, data.subject.id, data.action, 'not-applied');
  }

  @Hears(disciplineLiftOrdered)
  async disciplineLiftOrdered(
    @Payload() { data }: EventOf<typeof disciplineLiftOrdered>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteAction(tx, data.subject.id, data.action, 'lift-ordered');
  }

  @Hears(disciplineLifted)
  async disciplineLifted(
    @Payload() { data }: EventOf<typeof disciplineLifted>,
    @Ctx() { tx }: Delivery,
  ): Promise<void> {
    await this.file.noteAction(tx, data.subject.id, data.action, 'lifted');
  }
}
