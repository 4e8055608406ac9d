import { Injectable } from '@nestjs/common';
import {
  type ActionRef,
  type DataOf,
  type gradeComputed,
  listingEnded,
  disciplineLifted,
  disciplineLiftOrdered,
  type noticeDelivered,
  type recordCorrectionApplied,
  type recordEndApplied,
} from '#contracts';
import { platformActor, type Tx } from '#platform';
import { missingReceipts, SHARER } from '../domain/ending/closure.js';
import type { Receipt } from '../domain/ending/receipt.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { Closures } from '../store/closures.js';
import { CaseChanges } from './case-changes.js';

/** Where a receipt comes from: the event that is one. */
export interface Evidence {
  eventId: string;
  at: string;
  by: string;
}

/** Telling a department that the listing ended, or that its measure is to be lifted, or is lifted. */
const TELLS_THE_END: ReadonlySet<string> = new Set([
  listingEnded.type,
  disciplineLiftOrdered.type,
  disciplineLifted.type,
]);

/**
 * Collects what shows that an ended listing is undone everywhere, and closes the case with the last receipt.
 * Events of different topics come in any order: a lift before its order, a receipt before the others.
 */
@Injectable()
export class CollectReceipts {
  constructor(
    private readonly cases: Cases,
    private readonly closures: Closures,
    private readonly changes: CaseChanges,
  ) {}

  async ordered(tx: Tx, action: ActionRef): Promise<void> {
    await this.#record(tx, action.caseId, () => this.closures.hearAction(tx, action));
  }

  async allOrdered(tx: Tx, caseId: string, actions: number): Promise<void> {
    await this.#record(tx, caseId, () => this.closures.hearOrders(tx, caseId, actions));
  }

  async lifted(tx: Tx, action: ActionRef, evidence: Evidence): Promise<void> {
    await this.#record(tx, action.caseId, async () => {
      await this.closures.hearAction(tx, action);
      const receipt = {
        kind: 'discipline-lifted',
        ref: action.id,
        ...evidence,
        by: action.executor,
      } as const;
      await this.closures.addReceipt(tx, action.caseId, receipt);
    });
  }

  /** The credit file shows the entry no more; of an end that was undone meanwhile the word comes too late. */
  async unshared(
    tx: Tx,
    { case: about, endedOn }: DataOf<typeof recordEndApplied>,
    evidence: Evidence,
  ): Promise<void> {
    const { state } = await this.cases.lock(tx, about.id);
    if (state.status !== 'ended' || state.end.endedOn !== endedOn) return;
    await this.#receive(tx, about.id, { kind: 'sharing-stopped', ref: SHARER, ...evidence });
  }

  /** Only the grade that was computed because the listing ended shows that it counts no more. */
  async graded(tx: Tx, { cause }: DataOf<typeof gradeComputed>, evidence: Evidence): Promise<void> {
    if (cause.caseId === null || cause.type !== listingEnded.type) return;
    await this.#receive(tx, cause.caseId, { kind: 'grade-computed', ref: '', ...evidence });
  }

  async told(tx: Tx, { notice }: DataOf<typeof noticeDelivered>, evidence: Evidence): Promise<void> {
    const { caseId, causeType, recipient } = notice;
    if (caseId === null) return;
    const by = recipient.id;
    if (recipient.kind === 'party' && causeType === listingEnded.type) {
      await this.#receive(tx, caseId, { kind: 'party-told', ref: '', ...evidence, by });
    }
    if (recipient.kind === 'unit' && TELLS_THE_END.has(causeType)) {
      await this.#receive(tx, caseId, { kind: 'departments-told', ref: recipient.id, ...evidence, by });
    }
  }

  /** A system that holds a copy of the entry has corrected it (ordinance art. 39). */
  async corrected(
    tx: Tx,
    { case: about, correction: number }: DataOf<typeof recordCorrectionApplied>,
    { by: system, at, eventId }: Evidence,
  ): Promise<void> {
    await this.changes.change(tx, {
      id: about.id,
      actor: platformActor('listing'),
      command: { type: 'confirm-correction', number, confirmation: { system, at, eventId } },
      alone: true,
    });
  }

  #receive(tx: Tx, caseId: string, receipt: Receipt): Promise<void> {
    return this.#record(tx, caseId, () => this.closures.addReceipt(tx, caseId, receipt));
  }

  /** The case is locked first, so that of two last receipts at once one sees the other. */
  async #record(tx: Tx, caseId: string, write: () => Promise<void>): Promise<void> {
    await this.cases.lock(tx, caseId);
    await write();
    await this.closeIfDone(tx, caseId);
  }

  /** Closes an ended case of which no receipt is missing; otherwise nothing happens. */
  closeIfDone(tx: Tx, caseId: string): Promise<VersionedCase> {
    return this.changes.change(tx, {
      id: caseId,
      actor: platformActor('listing'),
      command: async (state) => {
        if (state.status !== 'ended') return undefined;
        const known = await this.closures.of(tx, caseId);
        if (missingReceipts(state, known).length > 0) return undefined;
        return { type: 'close', receipts: [...known.receipts] };
      },
    });
  }
}
