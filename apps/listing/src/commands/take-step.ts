import { Injectable } from '@nestjs/common';
import type { Actor, Tx } from '#platform';
import type { Command } from '../domain/case/commands.js';
import type { VersionedCase } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';

/** Steps that a person takes and that need nothing but the case and the law. */
export type PersonalStep = Extract<
  Command,
  {
    type:
      | 'notice'
      | 'hearing-request'
      | 'hearing-notice'
      | 'hearing-record'
      | 'extension'
      | 'clock-start'
      | 'reminder'
      | 'review'
      | 'consent'
      | 'approval'
      | 'decision'
      | 'service'
      | 'publication'
      | 'publication-answer'
      | 'hold-back'
      | 'letter'
      | 'letter-answer'
      | 'interview'
      | 'order-performed'
      | 'lifting-feedback'
      | 'accountability'
      | 'performance-order'
      | 'withdrawal'
      | 'revocation'
      | 'repair-acceptance'
      | 'repair-verification'
      | 'repair-extension'
      | 'repair-withdrawal'
      | 'repair-decision'
      | 'plan-failure'
      | 'plan-completion'
      | 'stay'
      | 'stay-end'
      | 'false-application'
      | 'correction'
      | 'basis-review';
  }
>;

/**
 * A person takes a step of the lifecycle table. One class for all of them: what differs is the pure decision, and
 * as many classes that pass a command on would differ only in name.
 */
@Injectable()
export class TakeStep {
  constructor(private readonly changes: CaseChanges) {}

  execute(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    command: PersonalStep,
    alone = false,
  ): Promise<VersionedCase> {
    return this.changes.change(tx, { id, expectedVersion, actor, command, alone });
  }
}
