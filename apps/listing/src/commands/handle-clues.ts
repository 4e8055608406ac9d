import { Injectable } from '@nestjs/common';
import { cancelAll, type Deadline, OnDeadline, scheduleAll } from '#deadlines';
import { endOfDay, type LocalDate } from '#kernel';
import { publishAll } from '#messaging';
import { type Actor, checkVersion, Clock, newId, platformActor, requestRefusals, type Tx } from '#platform';
import { CLUE_CLOCKS, type Clue, type ClueClock } from '../domain/clue/clue.js';
import { clueRefusals } from '../domain/clue/clue-refusals.js';
import { clueStep } from '../domain/clue/lifecycle.js';
import { receiveClue } from '../domain/clue/receive.js';
import { type ClueSource, GENERAL } from '../domain/clue/rule.js';
import { type ClueCommand, clueStepNotPossible, takeClueStep } from '../domain/clue/take-clue-step.js';
import { clueEventsOf } from '../events/clue-outbox.js';
import { shellRefusals } from '../refusals.js';
import { Clues, type VersionedClue } from '../store/clues.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';
import { handOf } from './case-changes.js';

export interface ClueReceived {
  source: ClueSource;
  content: string;
  about: string;
  /** absent: no kind that has clocks of its own */
  kind?: string | undefined;
  /** absent: today */
  receivedOn?: LocalDate | undefined;
}

/** Kinds of deadline rows of a clue. */
export const CLUE_DEADLINES = CLUE_CLOCKS.map((clock) => `clue.${clock}` as const);

/** Clues of a unit: received, accepted, handed on, verified or dropped, used for a case; each within its clocks. */
@Injectable()
export class HandleClues {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly units: Units,
    private readonly clues: Clues,
  ) {}

  /** @throws Refusal `clue.*`, `listing.unit-unknown` */
  async receive(tx: Tx, actor: Actor, told: ClueReceived): Promise<VersionedClue> {
    if (!actor.department) throw shellRefusals.refusal('listing.unit-unknown');
    const today = this.clock.today();
    const clue = receiveClue(
      {
        ...told,
        id: newId(),
        kind: told.kind ?? GENERAL,
        department: actor.department,
        receivedOn: told.receivedOn ?? today,
      },
      this.ruleBook.clueLaw,
      { today, actor: handOf(actor) },
    );
    await setClocks(tx, [], clue);
    return this.clues.insert(tx, clue);
  }

  /** @throws Refusal `clue.*`, 403, 412 */
  async take(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    command: ClueCommand,
  ): Promise<VersionedClue> {
    const before = await this.clues.read(tx, id, true);
    demandOwner(before.clue, actor);
    if (!clueStep(before.clue.status, command.type)) throw clueStepNotPossible(before.clue, command.type);
    checkVersion(before.version, expectedVersion);
    if (command.type === 'forwarding' && this.units.levelOf(command.to) === undefined)
      throw clueRefusals.refusal('clue.unit-unknown', { unit: command.to }, 'to');
    return this.#carry(tx, actor, before, command);
  }

  /** @returns the clue with the document on which the case rests */
  async open(tx: Tx, actor: Actor, id: string, caseId: string): Promise<Clue & { status: 'used' }> {
    const before = await this.clues.read(tx, id, true);
    demandOwner(before.clue, actor);
    const { clue } = await this.#carry(tx, actor, before, { type: 'opening', caseId });
    if (clue.status !== 'used') throw new Error(`clue ${id} is ${clue.status} after it was used`);
    return clue;
  }

  @OnDeadline('clue.acceptance')
  acceptance(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'acceptance');
  }

  @OnDeadline('clue.forwarding')
  forwarding(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'forwarding');
  }

  @OnDeadline('clue.result')
  result(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'result');
  }

  /** What a step asks of rules and day. */
  look(actor: Actor) {
    return { today: this.clock.today(), actor: handOf(actor), calendar: this.ruleBook.clueLaw.calendar };
  }

  async #late({ ref: id }: Deadline, tx: Tx, clock: ClueClock): Promise<void> {
    const before = await this.clues.read(tx, id, true);
    await this.#carry(tx, platformActor('listing'), before, { type: 'mark-overdue', clock });
  }

  async #carry(tx: Tx, actor: Actor, before: VersionedClue, command: ClueCommand): Promise<VersionedClue> {
    const after = takeClueStep(before.clue, command, this.look(actor));
    if (after === before.clue) return before;
    await setClocks(tx, before.clue.clocks, after);
    const events = clueEventsOf(before.clue, after, command);
    await publishAll(
      tx,
      events.map((event) => ({ ...event, actor })),
    );
    return this.clues.update(tx, after, before.version);
  }
}

async function setClocks(tx: Tx, before: Clue['clocks'], { id: ref, clocks, overdue }: Clue): Promise<void> {
  const row = (clock: ClueClock) => ({ kind: `clue.${clock}`, ref });
  // One that was missed has told so and is done; its day still stands until the step is taken.
  const running = clocks.filter(({ clock }) => !overdue.includes(clock));
  await scheduleAll(
    tx,
    running.map(({ clock, dueOn }) => ({ ...row(clock), dueAt: endOfDay(dueOn) })),
  );
  const stopped = before.filter(({ clock }) => !clocks.some((one) => one.clock === clock));
  await cancelAll(
    tx,
    stopped.map(({ clock }) => row(clock)),
  );
}

/**
 * What was told to a unit before anything is found concerns that unit only. Steps are those of the unit at which the
 * clue is; the one that handed it on goes on reading it, since the result is told to it, too.
 *
 * @throws Refusal `request.other-department`
 */
export function demandOwner(clue: Clue, actor: Actor): void {
  if (actor.department !== clue.department)
    throw requestRefusals.refusal('request.other-department', { owner: clue.department });
}

/** @throws Refusal `request.other-department` */
export function demandClueSight(clue: Clue, actor: Actor): void {
  const across = actor.roles.includes('auditor') || actor.roles.includes('operator');
  if (across || (clue.forwarding !== null && clue.forwarding.from === actor.department)) return;
  demandOwner(clue, actor);
}
