import { Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline } from '#deadlines';
import { type Actor, checkVersion, Clock, newId, platformActor, requestRefusals, type Tx } from '#platform';
import { type ListingCase, partyOf } from '../domain/case/case.js';
import { objectionRemediesOf, REVIEW_IS_LAST } from '../domain/procedure/decision-texts.js';
import { decideObjection, notPossible, type ObjectionCommand } from '../domain/objection/decide.js';
import { type AskedInWords, askedOfEntry, checkedDecision } from '../domain/objection/asked.js';
import { fileObjection, type Filing, type Objected } from '../domain/objection/filing.js';
import { type ObjectionAction, type ObjectionActor, objectionStep } from '../domain/objection/lifecycle.js';
import type { LateClock, Objection } from '../domain/objection/objection.js';
import type { Seats } from '../domain/objection/standing.js';
import { shellRefusals } from '../refusals.js';
import { Cases } from '../store/cases.js';
import type { NewYear } from '../store/days-to-count.js';
import { Objections, type VersionedObjection } from '../store/objections.js';
import { Repairs } from '../store/repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';
import { CaseChanges, handOf } from './case-changes.js';
import { endedNow, entryObjected, madeBy, settlingOf } from './entry-objected.js';
import { HandleRecordObjections } from './handle-record-objections.js';
import { ObjectionBook, ofEntry } from './objection-book.js';

/**
 * Files an objection and takes its steps. The case is locked first, always: its mark, and what a decision does to
 * the entry, are written in the same transaction as the objection itself.
 */
@Injectable()
export class HandleObjections {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly cases: Cases,
    private readonly repairs: Repairs,
    private readonly units: Units,
    private readonly objections: Objections,
    private readonly book: ObjectionBook,
    private readonly changes: CaseChanges,
    private readonly ofRecords: HandleRecordObjections,
  ) {}

  /** @throws Refusal `objection.*`, 403 for another's case */
  async file(
    tx: Tx,
    actor: Actor,
    caseId: string,
    {
      asked: said,
      ...filing
    }: Omit<Filing, 'id' | 'receivedOn' | 'asked'> & {
      receivedOn?: string;
      asked: AskedInWords;
    },
  ): Promise<VersionedObjection> {
    const { state } = await this.cases.lock(tx, caseId);
    const as = this.#standing('file', null, actor, state, []);
    const today = this.clock.today();
    const receivedOn = filing.receivedOn ?? today;
    const objected = await this.#objected(tx, state, filing.about);
    const asked = askedOfEntry(said, filing.about, this.changes.rules(state), state, today);
    const filed = fileObjection(
      objected,
      { ...filing, asked, id: newId(), receivedOn },
      this.ruleBook.objectionRules(today, { list: state.listType, receivedOn }),
      { today, actor: handOf(actor), byParty: as.role === 'party' },
    );
    const saved = await this.book.save(tx, undefined, [filed], { tell: ofEntry(state), actor });
    const { id, about, markedOn: since } = saved.state;
    await this.changes.change(tx, {
      id: caseId,
      actor,
      command: { type: 'mark-objection', mark: { id, about, since } },
      alone: true,
    });
    return saved;
  }

  /** @throws Refusal `objection.*`, 403, 412 */
  async take(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    command: ObjectionCommand,
  ): Promise<VersionedObjection> {
    const found = await this.objections.read(tx, id);
    if (found.state.recordId !== undefined)
      return this.ofRecords.take(tx, actor, found.state, expectedVersion, command);
    const { state } = await this.cases.lock(tx, found.state.caseId);
    const before = await this.objections.lock(tx, id);
    if (!objectionStep(before.state.status, command.type)) throw notPossible(before.state, command.type);
    const helpers = before.state.help.map(({ unit }) => unit);
    this.#standing(command.type, before.state, actor, state, helpers);
    checkVersion(before.version, expectedVersion);
    return this.#carry(tx, actor, state, before, this.#checked(state, before.state, command));
  }

  /** Of an identity number only the masked one is kept, in the objection, too. */
  #checked(state: ListingCase, objection: Objection, command: ObjectionCommand): ObjectionCommand {
    if (command.type !== 'decision') return command;
    return checkedDecision(command, objection, this.changes.rules(state), state, this.clock.today());
  }

  @OnDeadline('objection.acceptance')
  acceptance(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'acceptance');
  }

  @OnDeadline('objection.decision')
  decision(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'decision');
  }

  @OnDeadline('objection.help')
  help(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'help');
  }

  /** No duty that could be late: from here on nothing can be named any more. */
  @OnDeadline('objection.material')
  async material({ ref }: Deadline, tx: Tx): Promise<void> {
    const found = await this.objections.read(tx, ref);
    if (found.state.recordId !== undefined) return;
    const { state } = await this.cases.lock(tx, found.state.caseId);
    const before = await this.objections.lock(tx, ref);
    await this.#carry(tx, platformActor('listing'), state, before, { type: 'close-material' });
  }

  /** The calendar came in that a day of it waited for. */
  @OnDeadline('objection.days')
  async days({ ref: id, data: { year } }: Deadline<NewYear>, tx: Tx): Promise<void> {
    await this.ruleBook.knowing(year);
    const found = await this.objections.read(tx, id);
    if (found.state.recordId !== undefined) return this.ofRecords.countDays(tx, found.state, year);
    const { state } = await this.cases.lock(tx, found.state.caseId);
    await this.book.countDays(tx, id, year, ofEntry(state));
  }

  async #late({ ref }: Deadline, tx: Tx, clock: LateClock): Promise<void> {
    const [id = '', helpId = null] = ref.split('/');
    const found = await this.objections.read(tx, id);
    if (found.state.recordId !== undefined) return this.ofRecords.late(tx, found.state, clock, helpId);
    const { state } = await this.cases.lock(tx, found.state.caseId);
    const before = await this.objections.lock(tx, id);
    const command = { type: 'mark-overdue', clock, helpId } as const;
    await this.#carry(tx, platformActor('listing'), state, before, command);
  }

  async #carry(
    tx: Tx,
    actor: Actor,
    state: ListingCase,
    before: VersionedObjection,
    command: ObjectionCommand,
  ): Promise<VersionedObjection> {
    const look = {
      ...this.book.look(actor),
      madeBy: madeBy(state),
      remedies: before.state.review
        ? REVIEW_IS_LAST
        : objectionRemediesOf(this.changes.rules(state).list, this.units.deciderOf(state.department)),
      isUnit: (unit: string) => this.units.levelOf(unit) !== undefined,
    };
    const facts = decideObjection(before.state, command, look);
    if (facts.length === 0) return before;
    const saved = await this.book.save(tx, before, facts, { tell: ofEntry(state), actor });
    const { id: objectionId, about } = saved.state;
    const named = facts.find((fact) => fact.type === 'material-named');
    if (named) {
      const told = { type: 'tell-material', objectionId, about, text: named.text } as const;
      await this.changes.change(tx, { id: saved.state.caseId, actor, command: told, alone: true });
    }
    if (endedNow(before.state, saved.state)) await this.#settle(tx, actor, saved.state);
    return saved;
  }

  /** What the end of an objection does to the entry, and to those of the persons bound with it. */
  async #settle(tx: Tx, actor: Actor, objection: Objection): Promise<void> {
    const { caseId, repairId } = objection;
    const asked = repairId ? await this.repairs.asked(tx, repairId) : undefined;
    const command = settlingOf(objection, asked);
    if (command) await this.changes.change(tx, { id: caseId, actor, command });
  }

  async #objected(tx: Tx, state: ListingCase, about: Filing['about']): Promise<Objected> {
    const filed = await this.objections.ofCase(tx, state.id);
    const repairs = await this.repairs.ofCase(tx, state.id);
    const above = this.units.superiorOf(state.department);
    return entryObjected(state, about, {
      superior: above === null ? null : { id: above, name: this.units.nameOf(above) },
      filed: filed.map((one) => one.state),
      refusedRepairs: repairs
        .filter(({ status }) => status === 'refused' || status === 'not-accepted')
        .map(({ id, answeredOn }) => ({ id, answeredOn })),
    });
  }

  /** The table's column "who". @throws Refusal `request.role-missing`, `request.other-department`, `listing.not-your-case` */
  #standing(
    action: ObjectionAction,
    objection: Objection | null,
    actor: Actor,
    state: ListingCase,
    helpers: readonly string[],
  ): ObjectionActor {
    const who = objectionStep(objection?.status ?? null, action)?.who;
    const actors = typeof who === 'object' ? who : [];
    const held = actors.filter(({ role }) => actor.roles.includes(role));
    if (held.length === 0) {
      const roles = [...new Set(actors.map(({ role }) => role))].join(', ');
      throw requestRefusals.refusal('request.role-missing', { roles });
    }
    const superior = this.units.superiorOf(state.department);
    const seats = seatsOf(actor, state, superior, helpers);
    const fitting = held.find(({ of }) => seats[of]);
    if (fitting) return fitting;
    if (held.every(({ of }) => of === 'party')) throw shellRefusals.refusal('listing.not-your-case');
    throw requestRefusals.refusal('request.other-department', { owner: state.department });
  }
}

/** Where an actor sits towards an objection to this case. */
export function seatsOf(
  actor: Actor,
  state: ListingCase,
  superior: string | null,
  helpers: readonly string[],
): Seats {
  return {
    owner: actor.department === state.department,
    superior: superior !== null && actor.department === superior,
    helper: actor.department !== undefined && helpers.includes(actor.department),
    party: actor.party !== undefined && actor.party === partyOf(state.subject),
  };
}
