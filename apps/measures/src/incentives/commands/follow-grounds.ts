import { Injectable } from '@nestjs/common';
import type { CaseRef, CloudEvent, RecordRef, SubjectRef } from '#contracts';
import { type Publication, publishAll } from '#messaging';
import { Clock, type Tx } from '#platform';
import { lockSubject, lockSubjects } from '../../discipline/store/subject-lock.js';
import { changesOf } from '../domain/incentive.js';
import { toldIncentive } from '../events/outbox.js';
import { type GroundChange, IncentivesStore, type SeriousChange } from '../store/incentives.store.js';

/** A listing that was heard, and whether it stands. */
export interface HeardListing {
  cause: CloudEvent;
  subject: SubjectRef;
  listing: CaseRef;
  stands: boolean;
}

/** A grade, an honour or a listing changed: the subject gets what its grounds now bring, and loses the rest. */
@Injectable()
export class FollowGrounds {
  constructor(
    private readonly clock: Clock,
    private readonly store: IncentivesStore,
  ) {}

  graded(tx: Tx, subject: SubjectRef, grade: { model: string; grade: string }): Promise<void> {
    return this.#follow(tx, subject, { grade });
  }

  /** Only honours count; other records bring no incentive. */
  async recorded(tx: Tx, subject: SubjectRef, record: RecordRef, stands: boolean): Promise<void> {
    if (record.type !== 'honour') return;
    const honour = { recordId: record.id, documentNo: stands ? record.documentNo : null };
    await this.#follow(tx, subject, { honour });
  }

  /** Only lists of the seriously dishonest take incentives away. */
  async listed(tx: Tx, subject: SubjectRef, listing: CaseRef, stands: boolean): Promise<void> {
    if (!listing.serious) return;
    await this.#follow(tx, subject, {
      seriousCase: { caseId: listing.id, caseNo: stands ? listing.no : null },
    });
  }

  /** As `listed`, for many at a time: one statement each to note and to look up; changes, which are few, one by one. */
  async listedTogether(tx: Tx, heard: readonly HeardListing[]): Promise<void> {
    const serious = heard.filter(({ listing }) => listing.serious);
    if (serious.length === 0) return;
    const bySubject = new Map<string, SeriousChange & { cause: CloudEvent }>();
    for (const { subject, listing, stands, cause } of serious) {
      const cases = { ...bySubject.get(subject.id)?.cases, [listing.id]: stands ? listing.no : null };
      bySubject.set(subject.id, { subject, cases, cause });
    }
    const changed = [...bySubject.values()];
    await lockSubjects(tx, [...bySubject.keys()]);
    const grounds = await this.store.noteSerious(tx, changed);
    const held = await this.store.heldBy(tx, [...bySubject.keys()]);
    const rules = await this.store.rules(tx);
    const today = this.clock.today();
    const told: Publication[] = [];
    for (const { subject, cause } of changed) {
      const changes = changesOf(held.get(subject.id) ?? [], grounds.get(subject.id)!, rules, today);
      if (changes.grant.length + changes.withdraw.length === 0) continue;
      const entries = await this.store.change(tx, subject, changes, today);
      told.push(...entries.map((entry) => ({ ...toldIncentive(entry, subject), cause })));
    }
    await publishAll(tx, told);
  }

  async #follow(tx: Tx, subject: SubjectRef, change: GroundChange): Promise<void> {
    await lockSubject(tx, subject.id);
    const today = this.clock.today();
    const grounds = await this.store.note(tx, subject, change);
    const changes = changesOf(
      await this.store.held(tx, subject.id),
      grounds,
      await this.store.rules(tx),
      today,
    );
    if (changes.grant.length + changes.withdraw.length === 0) return;
    const changed = await this.store.change(tx, subject, changes, today);
    await publishAll(
      tx,
      changed.map((entry) => toldIncentive(entry, subject)),
    );
  }
}
