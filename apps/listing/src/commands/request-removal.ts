import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { type Actor, Clock, type Tx } from '#platform';
import type { CommandOf } from '../domain/commands.js';
import { knownBars } from '../domain/removal.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';

export type RemovalApplication = Omit<CommandOf<'repair-request'>, 'type' | 'requestId' | 'bars'>;

/** The party asks for early removal; what the register knows against it is looked up here. */
@Injectable()
export class RequestRemoval {
  constructor(
    private readonly clock: Clock,
    private readonly cases: Cases,
    private readonly changes: CaseChanges,
  ) {}

  async execute(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    application: RemovalApplication,
  ): Promise<VersionedCase & { requestId: string }> {
    const requestId = uuidv7();
    const changed = await this.changes.change(tx, {
      id,
      expectedVersion,
      actor,
      command: async (state) => {
        const others = state.status === 'in-force' ? await this.cases.othersOf(tx, state) : [];
        const bars = state.status === 'in-force' ? knownBars(state, others, this.clock.today()) : [];
        return { type: 'repair-request', requestId, ...application, bars };
      },
    });
    return { ...changed, requestId };
  }
}
