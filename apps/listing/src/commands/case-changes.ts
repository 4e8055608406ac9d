import { Injectable } from '@nestjs/common';
import { cancel, scheduleAll } from '#deadlines';
import { publishAll } from '#messaging';
import { type Actor, actorLine, checkVersion, Clock, type Tx } from '#platform';
import type { Hand, ListingCase } from '../domain/case.js';
import { instantOf, type RunningClock, runningClocks } from '../domain/clocks.js';
import type { Action, Circumstances, Command } from '../domain/commands.js';
import { IssueDocuments } from '../documents/issue-documents.js';
import { followsFor } from '../domain/case-file.js';
import { decide } from '../domain/decide.js';
import { evolve } from '../domain/evolve.js';
import type { Fact, FactOf } from '../domain/facts.js';
import type { ReceiptKind } from '../domain/receipt.js';
import type { Rules } from '../domain/rules.js';
import { eventsOf } from '../events/outbox.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { Closures } from '../store/closures.js';
import { History, type ToldFact } from '../store/history.js';
import { Register } from '../store/register.js';
import { Repairs } from '../store/repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';
import { demandStanding } from './case-access.js';

/** A change of a case: whose, of which version, by what. */
export interface CaseChange {
  id: string;
  /** The version that the caller read; absent for clocks and events, which change the case as it is. */
  expectedVersion?: number;
  actor: Actor;
  /** The command, or how to find it once the case is locked; nothing where nothing is to be done. */
  command: Command | ((state: ListingCase) => Promise<Command | undefined>);
  /** For this party only, where the step would else hold for the whole file. */
  alone?: boolean;
}

/**
 * The one way to change a case: load and lock, check who acts, decide, save, write history, publish, set the
 * clocks, keep the register. In one call, so that no part of it can be forgotten or done twice.
 */
@Injectable()
export class CaseChanges {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly units: Units,
    private readonly cases: Cases,
    private readonly history: History,
    private readonly repairs: Repairs,
    private readonly closures: Closures,
    private readonly register: Register,
    private readonly documents: IssueDocuments,
  ) {}

  /**
   * A step at the principal's case is taken for the parties bound with it in the same transaction, unless it is
   * the principal's own; a refusal for one of them refuses it for all.
   *
   * @throws Refusal `listing.not-found`, 403 for another's case, 412 for a stale version, and what `decide` refuses
   */
  async change(
    tx: Tx,
    { id, expectedVersion, actor, command: given, alone }: CaseChange,
  ): Promise<VersionedCase> {
    const { state, version } = await this.cases.lock(tx, id);
    const command = typeof given === 'function' ? await given(state) : given;
    if (!command) return { state, version };
    const byPerson = expectedVersion !== undefined;
    const circumstances = this.circumstances(state, actor, byPerson ? command.type : undefined);
    if (byPerson) checkVersion(version, expectedVersion);
    const facts = decide(state, command, this.ruleBook.rulesFor(state, circumstances.today), circumstances);
    if (facts.length === 0) return { state, version };
    const changed = await this.#save(tx, { state, version }, facts, actor);
    if (!alone) await this.#followFile(tx, state, { command, facts, circumstances, actor });
    return changed;
  }

  /** The parties of a file, the principal first. */
  async open(tx: Tx, opened: readonly FactOf<'opened'>[], actor: Actor): Promise<VersionedCase> {
    const cases: VersionedCase[] = [];
    for (const fact of opened) cases.push(await this.#save(tx, undefined, [fact], actor));
    return cases[0]!;
  }

  async #followFile(
    tx: Tx,
    { file }: ListingCase,
    taken: { command: Command; facts: readonly Fact[]; circumstances: Circumstances; actor: Actor },
  ): Promise<void> {
    const circumstances = { ...taken.circumstances, byParty: false };
    for (const id of file.companions) {
      const { state, version } = await this.cases.lock(tx, id);
      const own = followsFor(state, taken.command, taken.facts);
      if (!own) continue;
      const rules = this.ruleBook.rulesFor(state, circumstances.today);
      const followed = decide(state, own, rules, circumstances);
      if (followed.length > 0) await this.#save(tx, { state, version }, followed, taken.actor);
    }
  }

  /**
   * What a decision may know of the moment. With an action, the caller's standing is checked first.
   *
   * @throws Refusal 403 when role, department or party do not fit
   */
  circumstances(state: ListingCase, actor: Actor, action?: Action): Circumstances {
    const superior = this.units.superiorOf(state.department);
    const as = action ? demandStanding(action, state, actor, superior) : undefined;
    const level = this.units.levelOf(state.department);
    if (!level) throw new Error(`case ${state.id} is of ${state.department}, which is no unit`);
    return {
      today: this.clock.today(),
      actor: handOf(actor),
      byParty: as === 'party',
      owner: { level, superior },
    };
  }

  rules(state: ListingCase): Rules {
    return this.ruleBook.rulesFor(state, this.clock.today());
  }

  async #save(
    tx: Tx,
    before: VersionedCase | undefined,
    facts: Fact[],
    actor: Actor,
  ): Promise<VersionedCase> {
    const states: ListingCase[] = [];
    for (const fact of facts) states.push(evolve(states.at(-1) ?? before?.state, fact));
    const state = states.at(-1)!;
    const version = (before?.version ?? 0) + 1;

    if (before) await this.cases.update(tx, state, before.version);
    else await this.cases.insert(tx, state);
    const eventIds = await this.#publish(tx, facts, states, actor);
    const told = facts.map((fact, index) => ({ fact, eventId: eventIds[index] ?? null }));
    await this.history.append(
      tx,
      { id: state.id, version, rulesVersion: state.rulesVersion },
      told,
      actor,
      this.clock.now(),
    );
    await this.#setClocks(tx, before?.state, state);
    await this.repairs.follow(tx, state.id, facts);
    await this.register.follow(tx, [{ before: before?.state, after: state }]);
    await this.#ownReceipts(tx, state, told);
    const { list } = this.rules(state);
    await this.documents.follow(tx, { before: before?.state, facts, states, version, list });
    return { state, version };
  }

  /** @returns the id of the first event of each fact */
  async #publish(
    tx: Tx,
    facts: readonly Fact[],
    states: readonly ListingCase[],
    actor: Actor,
  ): Promise<(string | undefined)[]> {
    const events = facts.map((fact, index) =>
      eventsOf(fact, states[index]!).map((event) => ({ ...event, actor })),
    );
    const published = await publishAll(tx, events.flat());
    let next = 0;
    return events.map((of) => {
      const first = of.length > 0 ? published[next]?.id : undefined;
      next += of.length;
      return first;
    });
  }

  /** The deadline rows follow the clocks that the state has running. */
  async #setClocks(tx: Tx, before: ListingCase | undefined, after: ListingCase): Promise<void> {
    const was = new Map((before ? runningClocks(before) : []).map((one) => [one.clock, one.dueOn]));
    const is = runningClocks(after);
    const started = is.filter((one) => was.get(one.clock) !== one.dueOn);
    await scheduleAll(
      tx,
      started.map((one) => deadlineOf(after.id, one)),
    );
    const running = new Set(is.map((one) => one.clock));
    for (const clock of was.keys()) if (!running.has(clock)) await cancel(tx, `listing.${clock}`, after.id);
  }

  /** The end of publication and of sharing is our own doing, and a receipt like any other. */
  async #ownReceipts(tx: Tx, state: ListingCase, told: readonly ToldFact[]): Promise<void> {
    const at = this.clock.now().toISOString();
    for (const { fact, eventId } of told) {
      const kind = OWN_RECEIPTS[fact.type];
      if (!kind || !eventId) continue;
      await this.closures.addReceipt(tx, state.id, { kind, ref: '', by: state.department, at, eventId });
    }
  }
}

/** With the event of the end no service shares or counts the entry any more. */
const OWN_RECEIPTS: Partial<Record<Fact['type'], ReceiptKind>> = {
  'publication-ended': 'publication-ended',
  ended: 'sharing-stopped',
};

function deadlineOf(caseId: string, running: RunningClock) {
  return { kind: `listing.${running.clock}`, ref: caseId, dueAt: instantOf(running) };
}

export function handOf(actor: Actor): Hand {
  return { id: actor.id, name: actor.name || actorLine(actor), department: actor.department ?? null };
}
