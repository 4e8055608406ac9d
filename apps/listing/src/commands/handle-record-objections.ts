import { Injectable } from '@nestjs/common';
import { type Actor, checkVersion, Clock, newId, platformActor, requestRefusals, type Tx } from '#platform';
import { partyOf, type Subject } from '../domain/case/case.js';
import { decideObjection, notPossible, type ObjectionCommand } from '../domain/objection/decide.js';
import { fileObjection, type Filing, type Objected } from '../domain/objection/filing.js';
import { type ObjectionAction, objectionStep } from '../domain/objection/lifecycle.js';
import { isLive, type Objection, type LateClock } from '../domain/objection/objection.js';
import { checkCorrectedPeriod } from '../domain/objection/record-period.js';
import { fittingActor, type Seats } from '../domain/objection/standing.js';
import { recordRepairRefusals } from '../domain/record-repair/refusals.js';
import type { RecordRepair } from '../domain/record-repair/repair.js';
import type { RecordToRepair } from '../domain/record-repair/request.js';
import { recordObjectionEventsOf } from '../events/record-objection-outbox.js';
import { Objections, type VersionedObjection } from '../store/objections.js';
import { RecordRepairs } from '../store/record-repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Subjects } from '../store/subjects.js';
import { Units } from '../store/units.js';
import { handOf } from './case-changes.js';
import { endedNow } from './entry-objected.js';
import { HandleRecordRepairs } from './handle-record-repairs.js';
import { ObjectionBook, type Teller } from './objection-book.js';

/**
 * An objection to a record that is published by itself: filed and marked, decided by the unit that made the record,
 * its way the same table as that of an objection to an entry. The subject is locked first, always.
 */
@Injectable()
export class HandleRecordObjections {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly subjects: Subjects,
    private readonly units: Units,
    private readonly repairs: RecordRepairs,
    private readonly handling: HandleRecordRepairs,
    private readonly objections: Objections,
    private readonly book: ObjectionBook,
  ) {}

  /** @throws Refusal `objection.*`, `repair.record-unknown`, 403 for another's record */
  async file(
    tx: Tx,
    actor: Actor,
    recordId: string,
    filing: Omit<Filing, 'id' | 'receivedOn'> & { receivedOn?: string },
  ): Promise<VersionedObjection> {
    const record = await this.#record(tx, recordId);
    const as = this.#standing('file', null, actor, record, []);
    const today = this.clock.today();
    const objected = await this.#objected(tx, record, filing.about);
    const filed = fileObjection(
      objected,
      { ...filing, id: newId(), receivedOn: filing.receivedOn ?? today },
      this.book.look(actor).rules,
      { today, actor: handOf(actor), byParty: as === 'party' },
    );
    checkCorrectedPeriod(record, filing.asked, this.ruleBook.recordRepairRules, 'asked');
    return this.book.save(tx, undefined, [filed], { tell: ofRecord(record.subject), actor });
  }

  /** @throws Refusal `objection.*`, 403, 412 */
  async take(
    tx: Tx,
    actor: Actor,
    { id, recordId }: Objection,
    expectedVersion: number,
    command: ObjectionCommand,
  ): Promise<VersionedObjection> {
    const record = await this.#record(tx, recordId!);
    const before = await this.objections.lock(tx, id);
    if (!objectionStep(before.state.status, command.type)) throw notPossible(before.state, command.type);
    const helpers = before.state.help.map(({ unit }) => unit);
    this.#standing(command.type, before.state, actor, record, helpers);
    checkVersion(before.version, expectedVersion);
    if (command.type === 'decision')
      checkCorrectedPeriod(record, command.corrected, this.ruleBook.recordRepairRules, 'corrected');
    return this.#carry(tx, actor, record, before, command);
  }

  async late(tx: Tx, { id, recordId }: Objection, clock: LateClock, helpId: string | null): Promise<void> {
    const record = await this.#record(tx, recordId!);
    const before = await this.objections.lock(tx, id);
    await this.#carry(tx, platformActor('listing'), record, before, { type: 'mark-overdue', clock, helpId });
  }

  /** The calendar of a year came in that a day of it waited for. */
  async countDays(tx: Tx, { id, recordId }: Objection, year: number): Promise<void> {
    const record = await this.#record(tx, recordId!);
    await this.book.countDays(tx, id, year, ofRecord(record.subject));
  }

  /** The decision behind a record fell away: nothing is left to object to. */
  async recordWithdrawn(tx: Tx, actor: Actor, recordId: string, reason: string): Promise<void> {
    const open = (await this.objections.ofRecord(tx, recordId)).filter(({ state }) => isLive(state));
    if (open.length === 0) return;
    const record = await this.#record(tx, recordId);
    for (const { state } of open) {
      const before = await this.objections.lock(tx, state.id);
      await this.#carry(tx, actor, record, before, { type: 'lapse', reason });
    }
  }

  /** Who made the answer that is objected to: nobody judges what they made. */
  async madeBy(tx: Parameters<RecordRepairs['read']>[0], { repairId }: Objection): Promise<string[]> {
    if (repairId === null) return [];
    return handsOf((await this.repairs.read(tx, repairId)).state);
  }

  async #carry(
    tx: Tx,
    actor: Actor,
    record: RecordToRepair,
    before: VersionedObjection,
    command: ObjectionCommand,
  ): Promise<VersionedObjection> {
    const look = {
      ...this.book.look(actor),
      madeBy: await this.madeBy(tx, before.state),
      isUnit: (unit: string) => this.units.levelOf(unit) !== undefined,
    };
    const facts = decideObjection(before.state, command, look);
    if (facts.length === 0) return before;
    const saved = await this.book.save(tx, before, facts, { tell: ofRecord(record.subject), actor });
    const { state } = saved;
    const upheldNow =
      endedNow(before.state, state) && state.status === 'decided' && state.decision.outcome === 'upheld';
    if (upheldNow && state.repairId !== null) await this.handling.reopen(tx, actor, state.repairId, state.id);
    return saved;
  }

  async #record(tx: Tx, recordId: string): Promise<RecordToRepair> {
    const known = await this.repairs.recordToRepair(tx, recordId);
    if (!known) throw recordRepairRefusals.refusal('repair.record-unknown', { recordId }, 'recordId');
    await this.subjects.lock(tx, known.subject.id);
    return (await this.repairs.recordToRepair(tx, recordId))!;
  }

  async #objected(tx: Tx, record: RecordToRepair, about: Filing['about']): Promise<Objected> {
    const open = (await this.objections.ofRecord(tx, record.id)).find(
      ({ state }) => isLive(state) && state.about === about,
    );
    const answered = await this.repairs.refusedOf(tx, record.id);
    return {
      caseId: record.id,
      caseNo: record.documentNo,
      recordId: record.id,
      subjectId: record.subject.id,
      department: record.department,
      decidedOn: record.decidedOn,
      ...(record.withdrawn
        ? { status: 'withdrawn', statusZh: '已撤销' }
        : { status: 'counted', statusZh: '有效' }),
      decided: !record.withdrawn && about !== 'listing',
      refusedRepairs: answered,
      sameOpen: open?.state.id ?? null,
    };
  }

  /** The table's column "who". @returns the role. @throws Refusal `request.role-missing`, `request.other-department`, `repair.not-your-record` */
  #standing(
    action: ObjectionAction,
    objection: Objection | null,
    actor: Actor,
    record: Pick<RecordToRepair, 'department' | 'subject'>,
    helpers: readonly string[],
  ): string {
    const step = objectionStep(objection?.status ?? null, action);
    const actors = typeof step?.who === 'object' ? step.who : [];
    const held = actors.filter(({ role }) => actor.roles.includes(role));
    if (held.length === 0) {
      const roles = [...new Set(actors.map(({ role }) => role))].join(', ');
      throw requestRefusals.refusal('request.role-missing', { roles });
    }
    const superior = this.units.superiorOf(record.department);
    const fitting = fittingActor(step!, actor.roles, recordSeatsOf(actor, record, superior, helpers));
    if (fitting) return fitting.role;
    if (held.every(({ of }) => of === 'party')) throw recordRepairRefusals.refusal('repair.not-your-record');
    throw requestRefusals.refusal('request.other-department', { owner: record.department });
  }
}

function ofRecord(subject: Subject): Teller {
  return (fact, objection, due) => recordObjectionEventsOf(fact, objection, subject, due);
}

/** Where an actor sits towards an objection to a record. */
export function recordSeatsOf(
  actor: Actor,
  { department, subject }: Pick<RecordToRepair, 'department' | 'subject'>,
  superior: string | null,
  helpers: readonly string[],
): Seats {
  return {
    owner: actor.department === department,
    superior: superior !== null && actor.department === superior,
    helper: actor.department !== undefined && helpers.includes(actor.department),
    party: actor.party !== undefined && actor.party === partyOf(subject),
  };
}

function handsOf(repair: RecordRepair): string[] {
  const hands = [
    'acceptance' in repair ? repair.acceptance.by.id : null,
    'verification' in repair ? (repair.verification?.by.id ?? null) : null,
    'answer' in repair ? repair.answer.by.id : null,
  ];
  return hands.filter((id) => id !== null);
}
