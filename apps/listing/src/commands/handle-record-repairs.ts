import { Injectable } from '@nestjs/common';
import { cancelAll, type Deadline, OnDeadline, scheduleAll } from '#deadlines';
import { endOfDay } from '#kernel';
import { publishAll } from '#messaging';
import { type Actor, checkVersion, Clock, newId, platformActor, requestRefusals, type Tx } from '#platform';
import { partyOf } from '../domain/case/case.js';
import { countRecordRepairDays } from '../domain/record-repair/count-days.js';
import {
  decideRecordRepair,
  recordRepairClocks,
  type RecordRepairCommand,
  repairActionNotPossible,
} from '../domain/record-repair/decide.js';
import { evolveRecordRepair } from '../domain/record-repair/evolve.js';
import type { RecordRepairFact } from '../domain/record-repair/facts.js';
import { type RecordRepairAction, recordRepairStep } from '../domain/record-repair/lifecycle.js';
import { type MaskingApplication, requestRecordMasking } from '../domain/record-repair/masking.js';
import { recordRepairRefusals } from '../domain/record-repair/refusals.js';
import {
  RECORD_REPAIR_CLOCKS,
  type RecordRepair,
  type RecordRepairClock,
} from '../domain/record-repair/repair.js';
import {
  type RecordApplication,
  type RecordToRepair,
  requestRecordRepair,
} from '../domain/record-repair/request.js';
import type { HandingIn } from '../domain/repair/handed-in.js';
import { recordRepairEventsOf } from '../events/record-repair-outbox.js';
import type { NewYear } from '../store/days-to-count.js';
import { RecordRepairs, type VersionedRecordRepair } from '../store/record-repairs.js';
import { RuleBook } from '../store/rule-book.js';
import { Subjects } from '../store/subjects.js';
import { handOf } from './case-changes.js';
import { HandIn, type HandedInByIds } from './hand-in.js';

/** Kinds of deadline rows of the repair of a record. */
export const RECORD_REPAIR_DEADLINES = RECORD_REPAIR_CLOCKS.map((clock) => `record-repair.${clock}` as const);

/**
 * The repair of a record that is published by itself: asked, accepted, verified, decided by the unit that made the
 * record. The subject is locked first, always: an opening that takes the record for a listing, and the record's
 * own end, come before or after and never meanwhile.
 */
@Injectable()
export class HandleRecordRepairs {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly subjects: Subjects,
    private readonly repairs: RecordRepairs,
    private readonly handing: HandIn,
  ) {}

  /** @throws Refusal `repair.*`, `request.other-department`, `request.role-missing` */
  async request(
    tx: Tx,
    actor: Actor,
    recordId: string,
    { handedIn, ...application }: Omit<RecordApplication, 'id' | 'handingIn'> & { handedIn?: HandedInByIds },
  ): Promise<VersionedRecordRepair> {
    const record = await this.#lockRecord(tx, actor, recordId);
    const requested = requestRecordRepair(
      record,
      { ...application, id: newId(), ...(await this.#files(tx, actor, recordId, handedIn)) },
      this.ruleBook.recordRepairRules,
      { today: this.clock.today(), actor: handOf(actor) },
    );
    return this.#save(tx, undefined, [requested], actor);
  }

  /**
   * That a record be masked while a plan is carried out or its execution is stopped (order 36 art. 19, 20).
   *
   * @throws Refusal `repair.*`, `request.other-department`, `request.role-missing`
   */
  async requestMasking(
    tx: Tx,
    actor: Actor,
    recordId: string,
    { handedIn, ...application }: Omit<MaskingApplication, 'id' | 'handingIn'> & { handedIn?: HandedInByIds },
  ): Promise<VersionedRecordRepair> {
    const record = await this.#lockRecord(tx, actor, recordId);
    const requested = requestRecordMasking(
      record,
      { ...application, id: newId(), ...(await this.#files(tx, actor, recordId, handedIn)) },
      this.ruleBook.recordRepairRules,
      { today: this.clock.today(), actor: handOf(actor) },
    );
    return this.#save(tx, undefined, [requested], actor);
  }

  /**
   * 补正: what was missing comes in.
   *
   * @throws Refusal `repair.*`, `attachment.not-found`, 403, 412
   */
  async supplement(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    handedIn: HandedInByIds,
  ): Promise<VersionedRecordRepair> {
    const { state } = await this.repairs.read(tx, id);
    const { handingIn } = (await this.#files(tx, actor, state.record.id, handedIn))!;
    return this.take(tx, actor, id, expectedVersion, { type: 'supplement', handingIn });
  }

  /** @throws Refusal `repair.*`, 403, 412 */
  async take(
    tx: Tx,
    actor: Actor,
    id: string,
    expectedVersion: number,
    command: RecordRepairCommand,
  ): Promise<VersionedRecordRepair> {
    const before = await this.#lock(tx, id);
    if (!recordRepairStep(before.state.status, command.type))
      throw repairActionNotPossible(before.state, command.type);
    demandRepairStanding(command.type, before.state, actor, before.state);
    checkVersion(before.version, expectedVersion);
    return this.#carry(tx, actor, before, command);
  }

  /**
   * An objection to the answer was upheld: it is answered anew. Where the party has asked again meanwhile, that request
   * is answered, and the old one stays as it is.
   */
  async reopen(tx: Tx, actor: Actor, id: string, objectionId: string): Promise<void> {
    const before = await this.#lock(tx, id);
    const open = await this.repairs.openOf(tx, before.state.record.id);
    if (open.length === 0) await this.#carry(tx, actor, before, { type: 'reopen', objectionId });
  }

  /** The decision behind a record fell away: whoever asked for its repair, or had it masked, has nothing to wait for. */
  async recordWithdrawn(tx: Tx, actor: Actor, recordId: string, reason: string): Promise<void> {
    for (const id of await this.repairs.openOrMaskedOf(tx, recordId)) {
      const before = await this.#lock(tx, id);
      await this.#carry(tx, actor, before, { type: 'lapse', reason });
    }
  }

  @OnDeadline('record-repair.acceptance')
  acceptance(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'acceptance');
  }

  @OnDeadline('record-repair.decision')
  decision(deadline: Deadline, tx: Tx): Promise<void> {
    return this.#late(deadline, tx, 'decision');
  }

  /** The calendar came in that a day of it waited for. */
  @OnDeadline('record-repair.days')
  async days({ ref: id, data: { year } }: Deadline<NewYear>, tx: Tx): Promise<void> {
    await this.ruleBook.knowing(year);
    const before = await this.#lock(tx, id);
    const facts = countRecordRepairDays(before.state, this.ruleBook.recordRepairRules, this.clock.today());
    if (facts.length > 0) await this.#save(tx, before, facts, platformActor('listing'));
  }

  async #late({ ref: id }: Deadline, tx: Tx, clock: RecordRepairClock): Promise<void> {
    const before = await this.#lock(tx, id);
    await this.#carry(tx, platformActor('listing'), before, { type: 'mark-overdue', clock });
  }

  async #files(
    tx: Tx,
    actor: Actor,
    recordId: string,
    handedIn: HandedInByIds | undefined,
  ): Promise<{ handingIn: HandingIn } | undefined> {
    if (!handedIn) return undefined;
    const byParty = actor.party !== undefined;
    return { handingIn: await this.handing.filesOf(tx, { recordId }, byParty, handedIn) };
  }

  async #lockRecord(tx: Tx, actor: Actor, recordId: string): Promise<RecordToRepair> {
    const known = await this.repairs.recordToRepair(tx, recordId);
    if (!known) throw recordRepairRefusals.refusal('repair.record-unknown', { recordId }, 'recordId');
    await this.subjects.lock(tx, known.subject.id);
    const record = (await this.repairs.recordToRepair(tx, recordId))!;
    demandRepairStanding('request', null, actor, record);
    return record;
  }

  async #lock(tx: Tx, id: string): Promise<VersionedRecordRepair> {
    const { state } = await this.repairs.read(tx, id);
    await this.subjects.lock(tx, state.subject.id);
    return this.repairs.lock(tx, id);
  }

  async #carry(
    tx: Tx,
    actor: Actor,
    before: VersionedRecordRepair,
    command: RecordRepairCommand,
  ): Promise<VersionedRecordRepair> {
    const facts = decideRecordRepair(before.state, command, this.look(actor));
    return facts.length === 0 ? before : this.#save(tx, before, facts, actor);
  }

  look(actor: Actor) {
    return { rules: this.ruleBook.recordRepairRules, today: this.clock.today(), actor: handOf(actor) };
  }

  async #save(
    tx: Tx,
    before: VersionedRecordRepair | undefined,
    facts: readonly RecordRepairFact[],
    actor: Actor,
  ): Promise<VersionedRecordRepair> {
    const states: RecordRepair[] = [];
    for (const fact of facts) states.push(evolveRecordRepair(states.at(-1) ?? before?.state, fact));
    const after = states.at(-1)!;
    const saved = await this.repairs.save(tx, before, after, facts, { actor, at: this.clock.now() });
    const events = facts.flatMap((fact, index) => recordRepairEventsOf(fact, states[index]!));
    await publishAll(
      tx,
      events.map((event) => ({ ...event, actor })),
    );
    await this.#setClocks(tx, before?.state, after);
    return saved;
  }

  async #setClocks(tx: Tx, before: RecordRepair | undefined, after: RecordRepair): Promise<void> {
    const is = recordRepairClocks(after);
    const row = (clock: RecordRepairClock) => ({ kind: `record-repair.${clock}`, ref: after.id });
    await scheduleAll(
      tx,
      is.map(({ clock, dueOn }) => ({ ...row(clock), dueAt: endOfDay(dueOn) })),
    );
    const stopped = (before ? recordRepairClocks(before) : []).filter(
      ({ clock }) => !is.some((one) => one.clock === clock),
    );
    await cancelAll(
      tx,
      stopped.map(({ clock }) => row(clock)),
    );
  }
}

/**
 * The table's column "who": the finder's own people, or the party of the record.
 *
 * @throws Refusal `request.role-missing`, `request.other-department`, `repair.not-your-record`
 */
export function demandRepairStanding(
  action: RecordRepairAction,
  repair: RecordRepair | null,
  actor: Actor,
  { department, subject }: Pick<RecordToRepair, 'department' | 'subject'>,
): void {
  const who = recordRepairStep(repair?.status ?? null, action)?.who;
  const actors = typeof who === 'object' ? who : [];
  const held = actors.filter(({ role }) => actor.roles.includes(role));
  if (held.length === 0) {
    const roles = [...new Set(actors.map(({ role }) => role))].join(', ');
    throw requestRefusals.refusal('request.role-missing', { roles });
  }
  const seats = { owner: actor.department === department, party: actor.party === partyOf(subject) };
  if (held.some(({ of }) => of !== 'superior' && seats[of])) return;
  if (held.every(({ of }) => of === 'party')) throw recordRepairRefusals.refusal('repair.not-your-record');
  throw requestRefusals.refusal('request.other-department', { owner: department });
}
