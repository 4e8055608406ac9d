import { Injectable } from '@nestjs/common';
import { cancelAll, scheduleAll } from '#deadlines';
import { publishAll } from '#messaging';
import { type Actor, actorLine, checkVersion, Clock, newId, type Tx } from '#platform';
import type { Hand, ListingCase } from '../domain/case/case.js';
import { clockKey, instantOf, type RunningClock, runningClocks } from '../domain/term/clocks.js';
import type { Action, Circumstances, Command } from '../domain/case/commands.js';
import { IssueDocuments } from '../documents/issue-documents.js';
import { followsFor } from '../domain/case/case-file.js';
import { decide } from '../domain/case/decide.js';
import { evolve } from '../domain/case/evolve.js';
import type { Fact, FactOf } from '../domain/case/facts.js';
import type { ReceiptKind } from '../domain/ending/receipt.js';
import { countRepairDays } from '../domain/repair/count-days.js';
import { lowered, loweredTo } from '../domain/repair/lowering.js';
import type { Rules } from '../domain/rules/rules.js';
import { runningTermOf } from '../domain/term/term.js';
import type { RunningTerm } from '../domain/term/term-after.js';
import { eventsOf } from '../events/outbox.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { Closures } from '../store/closures.js';
import { DecisionNumbers, type NumberedDecision } from '../store/decision-numbers.js';
import { History, type ToldChange } from '../store/history.js';
import { Records } from '../store/records.js';
import { Register } from '../store/register.js';
import { Repairs } from '../store/repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';
import { demandStanding } from './case-access.js';
import { wasUndone } from './entry-objected.js';
import { ObjectionBook } from './objection-book.js';

/** A change of a case: whose, of which version, by what. */
export interface CaseChange {
  id: string;
  /**
   * The version that the caller read, at a principal's case that of the whole file; absent for clocks and events,
   * which change the case as it is.
   */
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
    private readonly numbers: DecisionNumbers,
    private readonly history: History,
    private readonly repairs: Repairs,
    private readonly records: Records,
    private readonly closures: Closures,
    private readonly objections: ObjectionBook,
    private readonly register: Register,
    private readonly documents: IssueDocuments,
  ) {}

  /**
   * A step at the principal's case is taken for the parties bound with it in the same transaction, unless it is
   * the principal's own; a refusal for one of them refuses it for all, and so does a change of one of them since
   * the file was read: a defence, minutes or an opinion that somebody else has just added to a person's case
   * would else be decided over unseen.
   *
   * @throws Refusal `listing.not-found`, 403 for another's case, 412 for a stale version, what `decide` refuses, and
   *   `listing.decision-no-taken` for a number that the unit gave to another decision of the year
   */
  async change(
    tx: Tx,
    { id, expectedVersion, actor, command: given, alone }: CaseChange,
  ): Promise<VersionedCase> {
    const found = await this.cases.lock(tx, id);
    const { state } = found;
    const command = typeof given === 'function' ? await given(state) : given;
    if (!command) return found;
    const byPerson = expectedVersion !== undefined;
    const circumstances = {
      ...this.circumstances(state, actor, byPerson ? command.type : undefined),
      alone: alone === true,
    };
    if (byPerson) checkVersion(found.fileVersion, expectedVersion);
    const rules = this.ruleBook.rulesFor(state, circumstances.today);
    const facts = decide(
      state,
      command,
      rules,
      await this.#knowing(tx, state, command, rules, circumstances),
    );
    if (facts.length === 0) return found;
    const changed = await this.#save(tx, found, facts, actor);
    await this.#lower(tx, state, changed.state, { rules, circumstances, actor });
    if (alone) return changed;
    const followed = await this.#followFile(tx, state, { command, facts, circumstances, actor });
    return { ...changed, fileVersion: changed.fileVersion + followed };
  }

  /** The parties of a file, the principal first. */
  async open(tx: Tx, opened: readonly FactOf<'opened'>[], actor: Actor): Promise<VersionedCase> {
    const cases: VersionedCase[] = [];
    for (const fact of opened) cases.push(await this.#save(tx, undefined, [fact], actor));
    return cases[0]!;
  }

  /** The decision that lets a subject go may find it lower by the same stroke: an entry of its own, to be served. */
  async #lower(
    tx: Tx,
    before: ListingCase,
    after: ListingCase,
    of: { rules: Rules; circumstances: Circumstances; actor: Actor },
  ): Promise<void> {
    const { rules, circumstances, actor } = of;
    const request = 'removalRequest' in before ? before.removalRequest : null;
    if (!request || after.status !== 'ended' || !loweredTo(after, rules)) return;
    // Carried out, a plan ends the entry for good: nobody asked for less.
    if (after.end.repair?.id !== request.id) return;
    const { today, actor: grantedBy } = circumstances;
    const names = {
      id: newId(),
      decider: circumstances.owner,
      no: await this.cases.nextNumber(tx, after.listType, Number(today.slice(0, 4))),
      unitName: this.units.nameOf(after.department),
      today,
    };
    const verifiedBy = request?.verification?.by ?? grantedBy;
    const granted = { verifiedBy, grantedBy, reasons: after.end.reasons };
    const { opened, decided } = lowered(after, granted, rules, names);
    await this.#save(tx, await this.#save(tx, undefined, [opened], actor), decided, actor);
  }

  /** @returns how many of the parties bound with the principal went along */
  async #followFile(
    tx: Tx,
    { file }: ListingCase,
    taken: { command: Command; facts: readonly Fact[]; circumstances: Circumstances; actor: Actor },
  ): Promise<number> {
    const circumstances = { ...taken.circumstances, byParty: false, alone: false };
    let followed = 0;
    for (const id of file.companions) {
      const companion = await this.cases.lock(tx, id);
      const { state } = companion;
      const own = followsFor(state, taken.command, taken.facts);
      if (!own) continue;
      const rules = this.ruleBook.rulesFor(state, circumstances.today);
      const facts = decide(state, own, rules, await this.#knowing(tx, state, own, rules, circumstances));
      if (facts.length === 0) continue;
      await this.#save(tx, companion, facts, taken.actor);
      followed += 1;
    }
    return followed;
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
      owner: { level, superior, ...this.units.deciderOf(state.department) },
    };
  }

  /** Where terms add up, a decision must know the subject's others. */
  async #knowing(
    tx: Tx,
    state: ListingCase,
    { type }: Command,
    { list }: Rules,
    circumstances: Circumstances,
  ): Promise<Circumstances> {
    if (type !== 'decision' || !list.term.cumulative) return circumstances;
    return { ...circumstances, earlierTerms: await this.cases.termsBeside(tx, state) };
  }

  rules(state: ListingCase): Rules {
    return this.ruleBook.rulesFor(state, this.clock.today());
  }

  /**
   * A clock that ran out for many cases at once: each is changed as by `change`, but loaded, written and
   * published together, a dozen statements for all of them. What cannot be done for one is done for none.
   */
  async changeAll(tx: Tx, ids: readonly string[], actor: Actor, command: Command): Promise<void> {
    const changes: Change[] = [];
    for (const before of await this.cases.lockAll(tx, ids)) {
      const { state } = before;
      const circumstances = this.circumstances(state, actor);
      const rules = this.ruleBook.rulesFor(state, circumstances.today);
      const facts = decide(state, command, rules, circumstances);
      if (facts.length > 0) changes.push({ before, facts });
    }
    await this.#saveAll(tx, changes, actor);
    for (const { before, facts } of changes) {
      const { state } = before!;
      const circumstances = this.circumstances(state, actor);
      await this.#followFile(tx, state, { command, facts, circumstances, actor });
    }
  }

  /** The calendar of a year came in that a request for repair waits for; nothing where its days are known. */
  async countDays(tx: Tx, id: string, actor: Actor): Promise<void> {
    const found = await this.cases.lock(tx, id);
    const today = this.clock.today();
    const facts = countRepairDays(found.state, this.ruleBook.rulesFor(found.state, today), today);
    if (facts.length > 0) await this.#save(tx, found, facts, actor);
  }

  async #save(
    tx: Tx,
    before: VersionedCase | undefined,
    facts: Fact[],
    actor: Actor,
  ): Promise<VersionedCase> {
    const [saved] = await this.#saveAll(tx, [{ before, facts }], actor);
    return saved!;
  }

  async #saveAll(tx: Tx, changes: readonly Change[], actor: Actor): Promise<VersionedCase[]> {
    const saved = changes.map(({ before, facts }) => {
      const states: ListingCase[] = [];
      for (const fact of facts) states.push(evolve(states.at(-1) ?? before?.state, fact));
      const state = states.at(-1)!;
      const version = (before?.version ?? 0) + 1;
      const fileVersion = before ? before.fileVersion + 1 : 1 + state.file.companions.length;
      return { id: state.id, before, facts, states, state, version, fileVersion };
    });
    const changed = saved.flatMap(({ before, state }) =>
      before ? { state, version: before.version, before: before.state } : [],
    );
    if (changed.length > 0) await this.cases.update(tx, changed);
    for (const { before, state } of saved)
      if (!before) await this.cases.insert(tx, state, this.units.regionOf(state.department));
    for (const numbered of saved.flatMap(newlyNumbered)) await this.numbers.take(tx, numbered);

    const eventIds = await this.#publish(tx, saved, actor);
    const told = saved.map(({ id, version, state, facts }, of) => ({
      id,
      version,
      rulesVersion: state.rulesVersion,
      told: facts.map((fact, index) => ({ fact, eventId: eventIds[of]![index] ?? null })),
    }));
    await this.history.append(tx, told, actor, this.clock.now());
    await this.#setClocks(tx, saved);
    await this.repairs.follow(tx, saved);
    for (const fact of saved.flatMap(({ facts }) => facts)) {
      if (fact.type === 'penalty-publication-ended')
        await this.records.unpublish(tx, fact.recordIds, fact.on);
      if (fact.type === 'penalty-publication-resumed') await this.records.unpublish(tx, fact.recordIds, null);
    }
    for (const { id, facts } of saved)
      if (facts.some(({ type }) => type === 'restored')) await this.closures.reopen(tx, id);
    for (const { state } of saved)
      if (wasUndone(state)) await this.objections.lapseAll(tx, state, actor, '列入决定已撤销或者更正');
    await this.register.follow(
      tx,
      saved.map(({ before, state }) => ({
        before: before?.state,
        after: state,
        list: this.rules(state).list,
      })),
    );
    await this.#ownReceipts(tx, saved, told);
    for (const { before, state } of saved) await this.#rejoinTerms(tx, before?.state, state, actor);
    await this.documents.follow(
      tx,
      saved.map(({ before, state, ...change }) => {
        const { list } = this.rules(state);
        return { ...change, before: before?.state, list };
      }),
    );
    return saved.map(({ state, version, fileVersion }) => ({ state, version, fileVersion }));
  }

  /**
   * Where terms add up, those that followed a term which is another now, or was never, are worked out anew: in the
   * order of their decisions, each with those before it as they stand by then.
   */
  async #rejoinTerms(
    tx: Tx,
    before: ListingCase | undefined,
    after: ListingCase,
    actor: Actor,
  ): Promise<void> {
    if (!before || !this.rules(after).list.term.cumulative) return;
    if (sameTerm(standingTerm(before), standingTerm(after))) return;
    for (const id of await this.cases.followingOf(tx, after)) {
      // Read only now: one that came before it has changed it already where that, too, has another term.
      const following = await this.cases.lockBesideSubject(tx, id);
      const { state } = following;
      const circumstances = { ...this.circumstances(state, actor), byParty: false };
      const counted = 'decision' in state ? (state.decision.term.earlier ?? []) : [];
      const terms = await this.cases.termsBeside(tx, state);
      const earlier = terms.filter(({ caseId }) => caseId !== undefined && counted.includes(caseId));
      const command = { type: 'rejoin-term', earlier, because: after.no } as const;
      const facts = decide(state, command, this.rules(state), circumstances);
      if (facts.length > 0) await this.#save(tx, following, facts, actor);
    }
  }

  /** @returns for each change the id of the first event of each fact */
  async #publish(
    tx: Tx,
    saved: readonly { facts: readonly Fact[]; states: readonly ListingCase[] }[],
    actor: Actor,
  ): Promise<(string | undefined)[][]> {
    const events = saved.map(({ facts, states }) =>
      facts.map((fact, index) => {
        const state = states[index]!;
        return eventsOf(fact, state, this.rules(state).list).map((event) => ({ ...event, actor }));
      }),
    );
    const published = await publishAll(tx, events.flat(2));
    let next = 0;
    return events.map((ofChange) =>
      ofChange.map((ofFact) => {
        const first = ofFact.length > 0 ? published[next]?.id : undefined;
        next += ofFact.length;
        return first;
      }),
    );
  }

  /** The deadline rows follow the clocks that the state has running. */
  async #setClocks(
    tx: Tx,
    saved: readonly { before: VersionedCase | undefined; state: ListingCase }[],
  ): Promise<void> {
    const moves = saved.map(({ before, state }) => {
      const was = before ? runningClocks(before.state) : [];
      const days = new Map(was.map((one) => [clockKey(one), one.dueOn]));
      const is = runningClocks(state);
      const running = new Set(is.map(clockKey));
      return {
        started: is
          .filter((one) => days.get(clockKey(one)) !== one.dueOn)
          .map((one) => ({ ...deadlineKey(state.id, one), dueAt: instantOf(one) })),
        stopped: was.filter((one) => !running.has(clockKey(one))).map((one) => deadlineKey(state.id, one)),
      };
    });
    await scheduleAll(
      tx,
      moves.flatMap(({ started }) => started),
    );
    await cancelAll(
      tx,
      moves.flatMap(({ stopped }) => stopped),
    );
  }

  /** The end of publication is our own doing, and a receipt like any other. */
  async #ownReceipts(
    tx: Tx,
    saved: readonly { state: ListingCase }[],
    changes: readonly ToldChange[],
  ): Promise<void> {
    const at = this.clock.now().toISOString();
    const receipts = changes.flatMap(({ id, told }, of) =>
      told.flatMap(({ fact, eventId }) => {
        const kind = OWN_RECEIPTS[fact.type];
        const by = saved[of]!.state.department;
        return kind && eventId ? { caseId: id, kind, ref: '', by, at, eventId } : [];
      }),
    );
    await this.closures.addReceipts(tx, receipts);
  }
}

/** What a case was, and what became so. */
interface Change {
  before: VersionedCase | undefined;
  facts: Fact[];
}

/** The term that others may follow; null: it was undone, or has none. */
function standingTerm(state: ListingCase): RunningTerm | null {
  return wasUndone(state) ? null : runningTermOf(state);
}

function sameTerm(one: RunningTerm | null, other: RunningTerm | null): boolean {
  return one?.startsOn === other?.startsOn && one?.endsOn === other?.endsOn;
}

const OWN_RECEIPTS: Partial<Record<Fact['type'], ReceiptKind>> = {
  'publication-ended': 'publication-ended',
};

function deadlineKey(caseId: string, { clock, letterId }: RunningClock): { kind: string; ref: string } {
  return { kind: `listing.${clock}`, ref: letterId === undefined ? caseId : `${caseId}/${letterId}` };
}

/** The number that a case was given now: with its decision, or by a correction of it. */
function newlyNumbered({ state, facts }: { state: ListingCase; facts: readonly Fact[] }): NumberedDecision[] {
  if (!('decision' in state)) return [];
  const given = facts.some(
    (fact) =>
      fact.type === 'decided' ||
      (fact.type === 'corrected' && fact.correction.changes.some(({ field }) => field === 'decisionNo')),
  );
  const { no, decidedOn } = state.decision;
  const fileId = state.file.principal ?? state.id;
  return given ? [{ department: state.department, decidedOn, no, fileId }] : [];
}

export function handOf(actor: Actor): Hand {
  return { id: actor.id, name: actor.name || actorLine(actor), department: actor.department ?? null };
}
