import { Injectable } from '@nestjs/common';
import type { RecordRef, SubjectRef } from '#contracts';
import type { Tx } from '#platform';
import { lockSubject } from '../../discipline/store/subject-lock.js';
import type { Told } from '../domain/commitment.js';
import { CommitmentsStore } from '../store/commitments.store.js';

interface Placed<Data> {
  /** place among the events of its subject, a number as text */
  sequence: string;
  data: Data;
}

/** Which subjects broke a commitment: the commitment procedure is closed to them until repaired (ordinance art. 45). */
@Injectable()
export class FollowCommitments {
  constructor(private readonly store: CommitmentsStore) {}

  /** A first telling of a commitment that was not broken changes nothing, and most are. */
  async accepted(
    tx: Tx,
    { data, sequence }: Placed<{ record: RecordRef; subject: SubjectRef }>,
  ): Promise<void> {
    if (data.record.performance !== 'broken') return;
    await this.#recorded(tx, data, { type: 'recorded', performance: data.record.performance }, sequence);
  }

  async corrected(
    tx: Tx,
    { data, sequence }: Placed<{ record: RecordRef; subject: SubjectRef }>,
  ): Promise<void> {
    await this.#recorded(tx, data, { type: 'recorded', performance: data.record.performance }, sequence);
  }

  async withdrawn(
    tx: Tx,
    { data, sequence }: Placed<{ record: RecordRef; subject: SubjectRef }>,
  ): Promise<void> {
    await this.#recorded(tx, data, { type: 'withdrawn' }, sequence);
  }

  /** @param stands false: the repair was found to rest on false material */
  async repaired(
    tx: Tx,
    {
      data,
      sequence,
    }: Placed<{ repair: { record: { id: string; documentNo: string } }; subject: SubjectRef }>,
    stands: boolean,
  ): Promise<void> {
    const { repair, subject } = data;
    await lockSubject(tx, subject.id);
    const told: Told = { type: 'repair', stands };
    await this.store.note(tx, { record: repair.record, subject, told, sequence: Number(sequence) });
  }

  /** Only commitments: a broken judgment is the court list's affair. */
  async #recorded(
    tx: Tx,
    { record, subject }: { record: RecordRef; subject: SubjectRef },
    told: Told,
    sequence: string,
  ): Promise<void> {
    if (record.type !== 'commitment') return;
    await lockSubject(tx, subject.id);
    await this.store.note(tx, { record, subject, told, sequence: Number(sequence) });
  }
}
