import { Injectable } from '@nestjs/common';
import { type Actor, Clock, Database, pageOf, type PageRequest, requestRefusals } from '#platform';
import { isInside } from '../commands/case-access.js';
import { HandleRecordObjections, recordSeatsOf } from '../commands/handle-record-objections.js';
import { madeBy } from '../commands/entry-objected.js';
import { seatsOf } from '../commands/handle-objections.js';
import { ObjectionBook } from '../commands/objection-book.js';
import { objectionClocks } from '../domain/objection/decide.js';
import type { ObjectionAction } from '../domain/objection/lifecycle.js';
import { ruleOf } from '../domain/objection/rules.js';
import { isMarkedLate, OBJECTION_CLOCK_MEANINGS, type Objection } from '../domain/objection/objection.js';
import { recordRepairRefusals } from '../domain/record-repair/refusals.js';
import { possibleObjectionActions, type Seats } from '../domain/objection/standing.js';
import { Cases } from '../store/cases.js';
import { Objections, type VersionedObjection } from '../store/objections.js';
import { RecordRepairs } from '../store/record-repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';
import { asDepartment, departmentsOnly } from './departments-only.js';
import { NEVER } from '../store/due-columns.js';
import { ReadCases, whyNot } from './read-cases.js';
import { demandRecordSight } from './read-record-repairs.js';
import { withMeaning } from './with-meaning.js';

/** Objections as their readers see them: the finder, the level above, the party; a helping unit what it was asked. */
@Injectable()
export class ReadObjections {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly objections: Objections,
    private readonly cases: ReadCases,
    private readonly listings: Cases,
    private readonly units: Units,
    private readonly book: ObjectionBook,
    private readonly records: RecordRepairs,
    private readonly ofRecords: HandleRecordObjections,
  ) {}

  async ofCase(actor: Actor, caseId: string): Promise<object> {
    await this.cases.found(actor, caseId, ['whole', 'party']);
    const found = await this.objections.ofCase(this.database, caseId);
    return { items: found.map((one) => this.view(actor, one)) };
  }

  async one(actor: Actor, id: string): Promise<object> {
    return this.view(actor, await this.#seen(actor, id));
  }

  async historyOf(actor: Actor, id: string): Promise<object> {
    const { state } = await this.#seen(actor, id);
    const items = await this.objections.historyOf(this.database, id);
    return { items: this.#isInside(actor, state) ? items : items.map(asDepartment) };
  }

  /** What this actor may do now, from the objection's table, and why not where it must wait. */
  async actions(actor: Actor, id: string): Promise<object> {
    const { state, version } = await this.#seen(actor, id);
    const helpers = state.help.filter(({ answer }) => answer === null).map(({ unit }) => unit);
    const { seats, hands } = await this.#seat(actor, state, helpers);
    const look = { ...this.book.look(actor), madeBy: hands };
    const items = possibleObjectionActions(state, look, { roles: actor.roles, seats }).map(
      ({ refusal, ...possible }) => ({
        ...possible,
        href: `/api/objections/${id}/${pathOf(possible.action, state, actor)}`,
        ...(refusal ? { why: whyNot(refusal) } : {}),
      }),
    );
    return { id, version, status: state.status, items };
  }

  async ofRecord(actor: Actor, recordId: string): Promise<object> {
    await this.#demandRecordSight(actor, recordId);
    const found = await this.objections.ofRecord(this.database, recordId);
    return { items: found.map((one) => this.view(actor, one)) };
  }

  /** What waits at the caller's unit, entries and records alike: which, until when; what it says is read one by one. */
  async open(actor: Actor, asked: { dueBy?: string | undefined; page: PageRequest }): Promise<object> {
    const found = await this.objections.openAt(this.database, actor.department ?? '', asked);
    const cut = pageOf(found, asked.page, ({ state, dueOn }) => [dueOn ?? NEVER, state.id]);
    const items = cut.items.map(({ state, version, dueOn, dueClock }) => {
      const { id, about, status, caseId, caseNo, recordId = null, department, receivedOn, overdue } = state;
      const clocks = this.#clocks(state);
      const of = recordId === null ? { caseId, caseNo } : { recordId, documentNo: caseNo };
      const { material } = state;
      // Nothing is due while it is awaited, and no text gives it a day.
      const awaiting = material?.receivedOn === null ? { what: 'material', since: material.on } : null;
      const due = { dueOn, dueClock, overdue, markedLate: isMarkedLate(state), clocks, awaiting };
      return { id, about, status, ...of, department, receivedOn, ...due, version };
    });
    return { ...cut, items };
  }

  /** Where a login sits, and whose work the objection is about. */
  async #seat(
    actor: Actor,
    state: Objection,
    helpers: readonly string[],
  ): Promise<{ seats: Seats; hands: string[] }> {
    const superior = this.units.superiorOf(state.department);
    if (state.recordId === undefined) {
      const listed = (await this.listings.read(this.database, state.caseId)).state;
      return { seats: seatsOf(actor, listed, superior, helpers), hands: madeBy(listed) };
    }
    const record = (await this.records.recordToRepair(this.database, state.recordId))!;
    const hands = await this.ofRecords.madeBy(this.database, state);
    return { seats: recordSeatsOf(actor, record, superior, helpers), hands };
  }

  /** @throws Refusal `repair.record-unknown`, `repair.not-your-record`, `request.other-department` */
  async #demandRecordSight(actor: Actor, recordId: string): Promise<void> {
    const record = await this.records.recordToRepair(this.database, recordId);
    if (!record) throw recordRepairRefusals.refusal('repair.record-unknown', { recordId });
    demandRecordSight(actor, record, this.units.superiorOf(record.department));
  }

  view(actor: Actor, { state, version }: VersionedObjection): object {
    const rules = this.ruleBook.objectionRules(this.clock.today());
    const seen = {
      ...state,
      version,
      markedLate: isMarkedLate(state),
      clocks: this.#clocks(state),
      basis: ruleOf(state, rules).basis,
    };
    return this.#isInside(actor, state) ? seen : departmentsOnly(seen);
  }

  #clocks(state: Objection): object[] {
    const today = this.clock.today();
    const running = objectionClocks(state, this.ruleBook.objectionRules(today));
    return withMeaning(running, OBJECTION_CLOCK_MEANINGS, today);
  }

  #isInside(actor: Actor, { department }: Objection): boolean {
    return isInside(actor, department, this.units.superiorOf(department));
  }

  /** @throws Refusal `request.not-found`, `request.other-department` */
  async #seen(actor: Actor, id: string): Promise<VersionedObjection> {
    const found = await this.objections.read(this.database, id);
    const asked = found.state.help.some(({ unit }) => unit === actor.department);
    const { recordId, caseId } = found.state;
    if (!asked && recordId !== undefined) await this.#demandRecordSight(actor, recordId);
    else if (!asked) await this.cases.found(actor, caseId, ['whole', 'party']);
    if (asked && !actor.department) throw requestRefusals.refusal('request.not-found', { what: 'objection' });
    return found;
  }
}

/** Where the action is posted to; an answer names the question that this unit was asked. */
function pathOf(action: ObjectionAction, { help }: Objection, actor: Actor): string {
  if (action !== 'help-answer') return action;
  const asked = help.find(({ unit, answer }) => unit === actor.department && answer === null);
  return `${action}/${asked?.id ?? '-'}`;
}
