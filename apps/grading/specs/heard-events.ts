import { v7 as uuidv7 } from 'uuid';
import {
  type CloudEvent,
  contractOf,
  faultsOf,
  listingEnded,
  listingCorrected,
  listingInForce,
  listingRestored,
  listingSuspended,
  recordAccepted,
  recordCorrected,
  type RecordRef,
  recordWithdrawn,
  repairFoundFalse,
  repairGranted,
  type SubjectRef,
} from '#contracts';
import type { Database, Queryable } from '#platform';
import { HearListing } from '../src/commands/hear-listing.js';
import { HearRecord } from '../src/commands/hear-record.js';

/** A fictitious subject whose events are handed to the service as its inbox would, each in a transaction of its own. */
export class HeardSubject {
  readonly subject: SubjectRef;
  #sequence = 0;

  constructor(
    private readonly parts: { db: Database; records: HearRecord; listings: HearListing },
    who: Partial<SubjectRef> = {},
  ) {
    this.subject = {
      id: uuidv7(),
      kind: 'enterprise',
      code: '91230100MA1ABCDE8J',
      name: '松江示例商贸有限公司（虚构）',
      region: '230100',
      ...who,
    };
  }

  nextSequence(): number {
    return ++this.#sequence;
  }

  penalty(facts: Partial<RecordRef> = {}): RecordRef {
    return {
      id: uuidv7(),
      type: 'penalty',
      documentNo: '哈市监罚〔2024〕101号（虚构）',
      decidedOn: '2024-10-28',
      severity: 'serious',
      category: '罚款',
      conduct: '生产不符合食品安全标准的食品',
      fineYuan: 520000,
      performance: null,
      authority: { name: '哈尔滨市市场监督管理局', code: null },
      provider: 'hlj.city.230100.market-regulation',
      publishedUntil: '2027-10-28',
      ...facts,
    };
  }

  record(
    what: 'accepted' | 'corrected' | 'withdrawn',
    record: RecordRef,
    facts: { sequence?: number; withdrawnOn?: string } = {},
  ): Promise<void> {
    const { type } = { accepted: recordAccepted, corrected: recordCorrected, withdrawn: recordWithdrawn }[
      what
    ];
    const heard = {
      eventId: uuidv7(),
      type,
      sequence: facts.sequence ?? this.nextSequence(),
      subject: this.subject,
      record,
      withdrawnOn: what === 'withdrawn' ? (facts.withdrawnOn ?? '2024-12-01') : null,
    };
    return this.parts.db.transaction((tx) => this.parts.records.run(tx, heard));
  }

  /** @param repairedOn null: the repair is found false */
  repaired(recordId: string, repairedOn: string | null, sequence = this.nextSequence()): Promise<void> {
    const { type } = repairedOn === null ? repairFoundFalse : repairGranted;
    const heard = { eventId: uuidv7(), type, sequence, subject: this.subject, recordId, repairedOn };
    return this.parts.db.transaction((tx) => this.parts.records.repaired(tx, heard));
  }

  inForce(caseId: string, on = '2024-11-14', listType = 'SAMR'): Promise<void> {
    return this.parts.db.transaction((tx) =>
      this.parts.listings.began(tx, { ...this.#about(caseId, listType), type: listingInForce.type, on }),
    );
  }

  ended(caseId: string, on: string, listType = 'SAMR'): Promise<void> {
    return this.parts.db.transaction((tx) =>
      this.parts.listings.ended(tx, { ...this.#about(caseId, listType), type: listingEnded.type, on }),
    );
  }

  suspended(caseId: string, on: string): Promise<void> {
    return this.parts.db.transaction((tx) =>
      this.parts.listings.suspended(tx, { ...this.#about(caseId, 'SAMR'), type: listingSuspended.type, on }),
    );
  }

  restored(caseId: string, on: string): Promise<void> {
    return this.parts.db.transaction((tx) =>
      this.parts.listings.restored(tx, { ...this.#about(caseId, 'SAMR'), type: listingRestored.type, on }),
    );
  }

  /** @param name to which the entry was corrected; absent: something else of it was */
  corrected(caseId: string, name?: string): Promise<void> {
    const { about } = this.#about(caseId, 'SAMR');
    const { name: from } = this.subject;
    const renamed = name !== undefined && {
      subject: { ...this.subject, name },
      changes: [{ field: 'subjectName' as const, from, to: name }],
    };
    return this.parts.db.transaction((tx) =>
      this.parts.listings.corrected(tx, {
        ...{ ...listingCorrected.sample, case: about, subject: this.subject },
        ...renamed,
      }),
    );
  }

  #about(caseId: string, listType: string) {
    const about = {
      id: caseId,
      no: `${listType}-2024-000012`,
      listType,
      listName: '严重违法失信名单',
      rulesVersion: '2021-09-01',
      conductKind: 'samr.food',
      department: 'hlj.city.230100.market-regulation',
      serious: listType !== 'SAMRABN',
    };
    return { eventId: uuidv7(), sequence: this.nextSequence(), subject: this.subject, about };
  }
}

/** What the service told of a subject, in order; every event is held against its contract. */
export async function toldGrades(db: Queryable, subjectId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query<{ envelope: string }>(
    'SELECT envelope FROM messaging.outbox WHERE key = $1 ORDER BY sequence',
    [subjectId],
  );
  return rows.map(({ envelope }) => {
    const { type, data } = JSON.parse(envelope) as CloudEvent<Record<string, unknown>>;
    const faults = faultsOf(contractOf(type)!, data);
    if (faults.length > 0) throw new Error(`${type}: ${faults.join('; ')}`);
    return data;
  });
}
