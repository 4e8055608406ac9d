import { Injectable } from '@nestjs/common';
import { Refusal } from '#kernel';
import { type Actor, Clock, Database, pageOf, type PageRequest, requestRefusals } from '#platform';
import { isInside } from '../commands/case-access.js';
import { HandleRecordRepairs } from '../commands/handle-record-repairs.js';
import { partyOf, type Subject } from '../domain/case/case.js';
import { RECORD_REPAIR_CONDITIONS, recordRepairClocks } from '../domain/record-repair/decide.js';
import { RECORD_REPAIR_LIFECYCLE } from '../domain/record-repair/lifecycle.js';
import { toHandIn } from '../domain/repair/handed-in.js';
import { recordRepairRefusals } from '../domain/record-repair/refusals.js';
import { materialLawOn } from '../domain/record-repair/law.js';
import { RECORD_REPAIR_CLOCK_MEANINGS, type RecordRepair } from '../domain/record-repair/repair.js';
import { eligibilityOfRecord, type RecordToRepair } from '../domain/record-repair/request.js';
import { RecordRepairs, type VersionedRecordRepair } from '../store/record-repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Subjects } from '../store/subjects.js';
import { Units } from '../store/units.js';
import { asDepartment, departmentsOnly } from './departments-only.js';
import { whyNot } from './read-cases.js';
import { withMeaning } from './with-meaning.js';

/** Requests for the repair of records as their readers see them: the finder, the level above, auditors, the party. */
@Injectable()
export class ReadRecordRepairs {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly repairs: RecordRepairs,
    private readonly handling: HandleRecordRepairs,
    private readonly subjects: Subjects,
    private readonly units: Units,
  ) {}

  /** @throws Refusal `repair.record-unknown` */
  async record(recordId: string): Promise<RecordToRepair> {
    const record = await this.repairs.recordToRepair(this.database, recordId);
    if (!record) throw recordRepairRefusals.refusal('repair.record-unknown', { recordId });
    return record;
  }

  /** @throws Refusal `repair.record-unknown`, and for whoever may not see what is done about the record */
  async recordFor(actor: Actor, recordId: string): Promise<RecordToRepair> {
    const record = await this.record(recordId);
    demandRecordSight(actor, record, this.units.superiorOf(record.department));
    return record;
  }

  /** From when the repair of a record may be asked, and what stands against it; told before anybody asks. */
  async eligibility(actor: Actor, recordId: string): Promise<object> {
    const record = await this.recordFor(actor, recordId);
    const today = this.clock.today();
    const eligibility = eligibilityOfRecord(record, this.ruleBook.recordRepairRules, today);
    const texts = this.ruleBook.conditionTexts;
    return {
      asOf: today,
      recordId,
      documentNo: record.documentNo,
      ...eligibility,
      ...toHandIn(materialLawOn(this.ruleBook.recordRepairRules, today)),
      conditions: eligibility.conditions.map((code) => ({ code, zh: texts[code] ?? code })),
    };
  }

  async list(actor: Actor, page: PageRequest): Promise<object> {
    const of = await this.#whose(actor);
    const found = of ? await this.repairs.list(this.database, of, page) : [];
    const cut = pageOf(found, page, ({ state }) => [state.id]);
    return { ...cut, items: cut.items.map((one) => this.view(actor, one)) };
  }

  /** Those that wait for an answer, what is due first first. */
  async waiting(actor: Actor, asked: { dueBy?: string | undefined; page: PageRequest }): Promise<object> {
    const of = await this.#whose(actor);
    const found = of ? await this.repairs.waiting(this.database, of, asked) : [];
    const cut = pageOf(found, asked.page, ({ state, dueOn }) => [dueOn, state.id]);
    return { ...cut, items: cut.items.map((one) => this.view(actor, one)) };
  }

  async one(actor: Actor, id: string): Promise<object> {
    return this.view(actor, await this.#seen(actor, id));
  }

  async historyOf(actor: Actor, id: string): Promise<object> {
    const { state } = await this.#seen(actor, id);
    const items = await this.repairs.historyOf(this.database, state.id);
    if (actor.party === undefined) return { items };
    // The party reads what was done by which department, not who inside it found what.
    const told = items.filter(({ fact }) => fact !== 'verified');
    return { items: told.map(asDepartment) };
  }

  /** What this actor may do now, from the table, and why not where it must wait. */
  async actions(actor: Actor, id: string): Promise<object> {
    const { state, version } = await this.#seen(actor, id);
    const seats = {
      owner: actor.department === state.department,
      party: actor.party === partyOf(state.subject),
      superior: false,
    };
    const rows = RECORD_REPAIR_LIFECYCLE.filter(
      ({ from, who }) =>
        from === state.status &&
        typeof who === 'object' &&
        who.some(({ role, of }) => actor.roles.includes(role) && seats[of]),
    );
    const items = rows.map(({ action, to, conditions = [] }) => {
      const href = `/api/repairs/${id}/${action}`;
      try {
        for (const condition of conditions)
          RECORD_REPAIR_CONDITIONS[condition](state, this.handling.look(actor));
        return { action, to, href, allowed: true };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { action, to, href, allowed: false, why: whyNot(error) };
      }
    });
    return { id, version, status: state.status, items };
  }

  view(actor: Actor, { state, version }: VersionedRecordRepair): object {
    const seen = { ...state, version, clocks: this.#clocks(state) };
    return actor.party === undefined ? seen : departmentsOnly(seen);
  }

  #clocks(state: RecordRepair): object[] {
    return withMeaning(recordRepairClocks(state), RECORD_REPAIR_CLOCK_MEANINGS, this.clock.today());
  }

  async #whose(actor: Actor): Promise<{ department: string } | { subjectId: string } | undefined> {
    if (actor.party === undefined) return { department: actor.department ?? '' };
    const subject = await this.subjects.find(this.database, actor.party);
    return subject && { subjectId: subject.id };
  }

  async #seen(actor: Actor, id: string): Promise<VersionedRecordRepair> {
    const found = await this.repairs.read(this.database, id);
    demandRecordSight(actor, found.state, this.units.superiorOf(found.state.department));
    return found;
  }
}

/**
 * The finder, the level above and auditors see what is done about a record, and the party of it.
 *
 * @throws Refusal `repair.not-your-record`, `request.other-department`
 */
export function demandRecordSight(
  actor: Actor,
  { department, subject }: { department: string; subject: Subject },
  superior: string | null,
): void {
  if (isInside(actor, department, superior)) return;
  if (actor.party !== undefined) {
    if (actor.party === partyOf(subject)) return;
    throw recordRepairRefusals.refusal('repair.not-your-record');
  }
  throw requestRefusals.refusal('request.other-department', { owner: department });
}
