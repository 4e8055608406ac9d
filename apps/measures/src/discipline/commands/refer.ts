import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import { type Publication, publishAll } from '#messaging';
import { Clock, newId, type Tx } from '#platform';
import type { Referral } from '../domain/referrals.js';
import { toldReferralEnded, toldReferred } from '../events/outbox.js';
import { ReferralStore, type StoredReferral } from '../store/referral.store.js';

interface About {
  case: CaseRef;
  subject: SubjectRef;
}

/** What a listing passes on for reference stands exactly as long as the listing. The caller holds the subject's lock. */
@Injectable()
export class Refer {
  constructor(
    private readonly clock: Clock,
    private readonly store: ReferralStore,
  ) {}

  async begin(tx: Tx, about: About, referrals: readonly Referral[], round: number): Promise<void> {
    const begun = await this.store.begin(tx, newReferrals(about, referrals, round));
    if (begun.length > 0) await publishAll(tx, begun.map(toldReferred));
  }

  /** Of listings that are new, in one statement; the caller tells them with everything else that it orders. */
  async keep(tx: Tx, referred: readonly StoredReferral[]): Promise<void> {
    const { length } = await this.store.begin(tx, referred);
    if (length !== referred.length) throw new Error(`${length} of ${referred.length} referrals were kept`);
  }

  /** Of listings that end, or are lifted provisionally. @returns what is to be told of each, by its case */
  async end(
    tx: Tx,
    ends: readonly { caseId: string; ending: string }[],
  ): Promise<Map<string, Publication[]>> {
    const told = new Map<string, Publication[]>();
    for (const ended of await this.store.end(tx, ends, this.clock.today())) {
      const { id } = ended.case;
      told.set(id, [...(told.get(id) ?? []), toldReferralEnded(ended)]);
    }
    return told;
  }

  /** `listing.corrected` tells it to everybody who holds a copy. */
  async followTerm(tx: Tx, caseId: string, lawful: readonly Referral[]): Promise<void> {
    await this.store.correctTerm(tx, caseId, lawful);
  }
}

export function newReferrals(about: About, referrals: readonly Referral[], round: number): StoredReferral[] {
  return referrals.map((referral) => ({
    ...referral,
    id: newId(),
    case: about.case,
    subject: about.subject,
    round,
    endedOn: null,
    ending: null,
  }));
}
