import { Injectable } from '@nestjs/common';
import { type Actor, Clock, newId, type Tx } from '#platform';
import type { ListingCase } from '../domain/case/case.js';
import type { Command } from '../domain/case/commands.js';
import type { Way } from '../domain/repair/eligibility.js';
import type { RepairAim } from '../domain/repair/entry.js';
import { knownBars, type Standing } from '../domain/repair/request.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';
import { HandIn, type HandedInByIds } from './hand-in.js';

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
  handedIn?: HandedInByIds | undefined;
}

/** The party asks for repair; what the register knows against it is looked up here. */
@Injectable()
export class RequestRepair {
  constructor(
    private readonly clock: Clock,
    private readonly cases: Cases,
    private readonly changes: CaseChanges,
    private readonly handing: HandIn,
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
      command: (state) => this.#command(tx, state, requestId, { application, byParty: isParty(actor) }),
    });
    return { ...changed, requestId };
  }

  /** 补正: what was missing comes in. */
  supplement(
    tx: Tx,
    actor: Actor,
    id: string,
    of: { expectedVersion: number; requestId: string; handedIn: HandedInByIds },
  ): Promise<VersionedCase> {
    const { expectedVersion, requestId, handedIn } = of;
    return this.changes.change(tx, {
      id,
      expectedVersion,
      actor,
      command: async (state) => {
        const handingIn = await this.handing.filesOf(tx, { caseId: state.id }, isParty(actor), handedIn);
        return { type: 'repair-supplement', requestId, handingIn };
      },
    });
  }

  /** Bars that the register can see: of the list, and of earlier applications that were false. */
  async against(tx: Tx, state: ListingCase) {
    const repairBars = await this.cases.repairBars(tx, state);
    if (state.status !== 'in-force' && state.status !== 'suspended') return { bars: [], repairBars };
    const others = await this.cases.othersOf(tx, state);
    return { bars: knownBars(state satisfies Standing, others, this.clock.today()), repairBars };
  }

  async #command(
    tx: Tx,
    state: ListingCase,
    requestId: string,
    asked: { application: RepairApplication; byParty: boolean },
  ): Promise<Command> {
    const { aim, way, ground, askedBy, rulingNo, handedIn, ...stated } = asked.application;
    const application = {
      ...stated,
      ...(handedIn
        ? { handingIn: await this.handing.filesOf(tx, { caseId: state.id }, asked.byParty, handedIn) }
        : {}),
    };
    if (aim === 'suspension') return { type: 'suspension-request', requestId, ...application, rulingNo };
    const { bars, repairBars } = await this.against(tx, state);
    if (aim === 'site') return { type: 'site-repair-request', requestId, ...application, repairBars };
    return { type: 'repair-request', requestId, ...application, way, ground, askedBy, bars, repairBars };
  }
}

function isParty(actor: Actor): boolean {
  return actor.party !== undefined;
}
