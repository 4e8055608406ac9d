import { Injectable } from '@nestjs/common';
import { type Actor, Clock, newId, type Tx } from '#platform';
import type { InForce, ListingCase } from '../domain/case.js';
import type { Command } from '../domain/commands.js';
import type { Way } from '../domain/repair/eligibility.js';
import type { RepairAim } from '../domain/repair/entry.js';
import { knownBars } from '../domain/repair/request.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';

/** What the party, or who acts for it, asks for. */
export interface RepairApplication {
  aim: RepairAim;
  correctedOn: string;
  commitment: boolean;
  statement: string;
  materials: string[];
  way: Way['way'];
  ground: string | null;
  askedBy: string | null;
  rulingNo: string;
}

/** The party asks for repair; what the register knows against it is looked up here. */
@Injectable()
export class RequestRepair {
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
    application: RepairApplication,
  ): Promise<VersionedCase & { requestId: string }> {
    const requestId = newId();
    const changed = await this.changes.change(tx, {
      id,
      expectedVersion,
      actor,
      command: (state) => this.#command(tx, state, requestId, application),
    });
    return { ...changed, requestId };
  }

  /** Bars that the register can see: of the list, and of earlier applications that were false. */
  async against(tx: Tx, state: ListingCase) {
    const repairBars = await this.cases.repairBars(tx, state);
    if (state.status !== 'in-force') return { bars: [], repairBars };
    const others = await this.cases.othersOf(tx, state);
    return { bars: knownBars(state satisfies InForce, others, this.clock.today()), repairBars };
  }

  async #command(
    tx: Tx,
    state: ListingCase,
    requestId: string,
    { aim, way, ground, askedBy, rulingNo, ...application }: RepairApplication,
  ): Promise<Command> {
    if (aim === 'suspension') return { type: 'suspension-request', requestId, ...application, rulingNo };
    const { bars, repairBars } = await this.against(tx, state);
    if (aim === 'site') return { type: 'site-repair-request', requestId, ...application, repairBars };
    return { type: 'repair-request', requestId, ...application, way, ground, askedBy, bars, repairBars };
  }
}
