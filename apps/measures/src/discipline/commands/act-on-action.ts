import { Injectable } from '@nestjs/common';
import { publishAll } from '#messaging';
import { type Actor, checkVersion, type Tx } from '#platform';
import { demandDuty } from '../../units/demand-duty.js';
import { type Command, decide } from '../domain/action.js';
import { disciplineRefusals } from '../domain/refusals.js';
import { toldChanged, toldCompleted } from '../events/outbox.js';
import { ActionStore, type DisciplineAction } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { Officers } from '../store/officers.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';

/** What an officer of the executing department may do. */
export type OfficerCommand = Extract<
  Command,
  { type: 'receive' | 'check' | 'assign' | 'answer' | 'correct-answer' | 'confirm-lift' | 'end-own-ground' }
>;

/** The executing department acts: receives, checks, names an officer, answers, corrects, confirms the lift. */
@Injectable()
export class ActOnAction {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
    private readonly officers: Officers,
  ) {}

  /** @throws Refusal `discipline.*`, `request.other-department`, `request.if-match-stale` */
  async run(
    tx: Tx,
    actor: Actor,
    id: string,
    version: number,
    command: OfficerCommand,
  ): Promise<DisciplineAction> {
    const rules = this.law.today();
    const duties = this.law.dutiesOf(actor);
    const given = command.type === 'assign' ? await this.#named(tx, actor, command) : command;
    const changed = await this.actions.change(
      tx,
      id,
      (action) => {
        demandDuty(duties, action.executor);
        checkVersion(action.version, version);
        // Whoever of the department may name another; everything else is for the one who was named.
        const { assignee } = action.state.handling;
        if (command.type !== 'assign' && assignee && assignee.id !== actor.id)
          throw disciplineRefusals.refusal('discipline.assigned-to-another');
        if (!given)
          throw disciplineRefusals.refusal('discipline.officer-unknown', officerOf(command), 'officer');
        return decide(action, action.state, given, rules);
      },
      rules.today,
    );
    if (!changed) throw disciplineRefusals.refusal('discipline.action-not-found', { id });
    await this.clocks.follow(tx, [changed], rules);
    await publishAll(tx, [...toldChanged(changed), ...(await this.#completion(tx, command, changed.action))]);
    return changed.action;
  }

  /** Whoever is named must be able to act; undefined: nobody of that login has been seen. */
  async #named(tx: Tx, { department }: Actor, command: Assign): Promise<Assign | undefined> {
    const to = await this.officers.find(tx, department ?? '', command.to.id);
    return to && { ...command, to };
  }

  /** With the last confirmation the case is complete. */
  async #completion(
    tx: Tx,
    { type }: OfficerCommand,
    { state, case: caseRef, subject }: DisciplineAction,
  ): Promise<Completion> {
    if (type !== 'confirm-lift' || state.status !== 'lifted') return [];
    const { all, unlifted } = await this.actions.countOf(tx, caseRef.id);
    // A measure whose own term was over may be lifted while its listing lives: then the case is not complete.
    const complete = unlifted === 0 && (await this.cases.standingOf(tx, caseRef.id)) === 'ended';
    return complete ? [toldCompleted(caseRef, subject, 'lifted', all)] : [];
  }
}

type Assign = Extract<OfficerCommand, { type: 'assign' }>;

function officerOf(command: OfficerCommand): { officer: string } {
  return { officer: command.type === 'assign' ? command.to.id : '' };
}

type Completion = ReturnType<typeof toldCompleted>[];
