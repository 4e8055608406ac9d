import { Injectable } from '@nestjs/common';
import type { DataOf, recordObjectionUpheld } from '#contracts';
import { publish } from '#messaging';
import { type Actor, actorLine, Clock, type Tx } from '#platform';
import { tellCorrected } from '../events/outbox.js';
import { RecordsStore } from '../store/records.store.js';
import { SubjectsStore } from '../store/subjects.store.js';

/**
 * 更正: a record is corrected as the unit that made it decided on an objection (ordinance art. 38, 39), and told as it
 * now stands, so that every system that has a copy follows.
 */
@Injectable()
export class CorrectRecord {
  constructor(
    private readonly clock: Clock,
    private readonly records: RecordsStore,
    private readonly subjects: SubjectsStore,
  ) {}

  /** Nothing happens for a record that was withdrawn meanwhile, or that says so already. */
  async run(tx: Tx, data: DataOf<typeof recordObjectionUpheld>, actor: Actor): Promise<void> {
    const { recordObjection, corrected, reasons } = data;
    const record = await this.records.lock(tx, recordObjection.record.id);
    if (!record || record.status !== 'counted') return;
    const was = {
      documentNo: record.document_no,
      conduct: record.conduct,
      publishedUntil: record.published_until,
    };
    const is = { ...was, ...corrected };
    const changed = (Object.keys(was) as (keyof typeof was)[]).filter((field) => was[field] !== is[field]);
    if (changed.length === 0) return;
    const from = Object.fromEntries(changed.map((field) => [field, was[field]]));
    const to = Object.fromEntries(changed.map((field) => [field, is[field]]));
    const fact = { objectionId: recordObjection.id, reasons, from, to };
    const by = { actor: actorLine(actor), at: this.clock.now() };
    const after = await this.records.correct(tx, record, is, fact, by);
    const subject = (await this.subjects.byId(tx, record.subject_id))!;
    await publish(tx, { ...tellCorrected(after, subject, reasons, changed), actor });
  }
}
