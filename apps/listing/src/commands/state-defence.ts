import { Injectable } from '@nestjs/common';
import type { Actor, Tx } from '#platform';
import { Attachments } from '../store/attachments.js';
import type { VersionedCase } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';

/** A defence with the files that its side handed in before. */
@Injectable()
export class StateDefence {
  constructor(
    private readonly attachments: Attachments,
    private readonly changes: CaseChanges,
  ) {}

  execute(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    { text, attachments: ids = [] }: { text: string; attachments?: string[] },
  ): Promise<VersionedCase> {
    return this.changes.change(tx, {
      id,
      expectedVersion,
      actor,
      command: async (state) => {
        const byParty = actor.party !== undefined;
        const attachments = await this.attachments.refs(tx, { caseId: state.id }, byParty, ids);
        return { type: 'defence', text, attachments };
      },
    });
  }
}
