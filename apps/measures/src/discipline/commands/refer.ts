import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import { publishAll } from '#messaging';
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

  async end(tx: Tx, about: About, ending: string): Promise<void> {
    const ended = await this.store.end(tx, about.case.id, ending, this.clock.today());
    if (ended.length > 0) await publishAll(tx, ended.map(toldReferralEnded));
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
