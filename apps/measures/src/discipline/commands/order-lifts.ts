import { Injectable } from '@nestjs/common';
import type {
  CaseRef,
  CloudEvent,
  DataOf,
  EventOf,
  listingEnded,
  listingSuspended,
  SubjectRef,
} from '#contracts';
import { type Publication, publishAll } from '#messaging';
import type { Tx } from '#platform';
import { decide } from '../domain/action.js';
import { onEnded, onSuspended } from '../domain/case-standing.js';
import { toldChanged, toldCompleted } from '../events/outbox.js';
import { ActionStore, type ChangedAction } from '../store/action.store.js';
import { CaseStore } from '../store/case.store.js';
import { lockSubject, lockSubjects } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';
import { Refer } from './refer.js';

type Ended = DataOf<typeof listingEnded>;
type Suspended = DataOf<typeof listingSuspended>;

/** An end; heard from an event, that is the cause of what follows. */
export type HeardEnd = { data: Ended } | EventOf<typeof listingEnded>;
type HeardLift =
  { data: { case: CaseRef; subject: SubjectRef } } | CloudEvent<{ case: CaseRef; subject: SubjectRef }>;

/** A listing ended, in whatever way: nothing of it may stand a day longer (order 36; ordinance art. 40). */
@Injectable()
export class OrderLifts {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
    private readonly refer: Refer,
  ) {}

  async run(tx: Tx, ended: Ended): Promise<void> {
    await this.together(tx, [{ data: ended }]);
  }

  /** Many ends, in the order in which they were heard: terms end at midnight, many at once. */
  async together(tx: Tx, heard: readonly HeardEnd[]): Promise<void> {
    await lockSubjects(
      tx,
      heard.map(({ data }) => data.subject.id),
    );
    const standings = await this.cases.standingsOf(
      tx,
      heard.map(({ data }) => data.case.id),
    );
    // Of two ends of one listing the later one counts.
    const lifted = new Map<string, HeardEnd>();
    const told: Publication[] = [];
    for (const event of heard) {
      const { data: ended } = event;
      const { id } = ended.case;
      switch (onEnded(standings.get(id) ?? 'unknown')) {
        case 'remember':
          await this.cases.rememberUnseen(tx, ended, { ending: ended.end, endedOn: ended.endedOn });
          standings.set(id, 'ended-unseen');
          told.push({ ...toldCompleted(ended.case, ended.subject, 'lifted', 0), ...causeOf(event) });
          break;
        case 'lift':
          standings.set(id, 'ended');
          lifted.delete(id);
          lifted.set(id, event);
      }
    }
    const ends = [...lifted.values()];
    await this.cases.end(
      tx,
      ends.map(({ data }) => ({ caseId: data.case.id, ending: data.end, endedOn: data.endedOn })),
    );
    told.push(
      ...(await this.#lift(
        tx,
        ends.map((event) => ({ event, end: event.data.end })),
      )),
    );
    await publishAll(tx, told);
  }

  /** Provisionally, for a bankruptcy plan (order 36 art. 20) or by a stay: lifted and confirmed like at an end. */
  async suspend(tx: Tx, suspended: Suspended): Promise<void> {
    await lockSubject(tx, suspended.subject.id);
    switch (onSuspended(await this.cases.standingOf(tx, suspended.case.id))) {
      case 'repeat':
        return;
      case 'remember':
        return this.cases.rememberUnseen(tx, suspended, null);
      case 'lift':
        await this.cases.suspend(tx, suspended.case.id);
        await publishAll(tx, await this.#lift(tx, [{ event: { data: suspended }, end: 'suspended' }]));
    }
  }

  /** What a restoration undoes was told, and not heard: what it lifted is to be lifted all the same. */
  async undone(tx: Tx, about: { case: CaseRef; subject: SubjectRef }, end: string): Promise<void> {
    await publishAll(tx, await this.#lift(tx, [{ event: { data: about }, end }]));
  }

  /** @returns what is to be told of it, case by case in their order */
  async #lift(tx: Tx, lifts: readonly { event: HeardLift; end: string }[]): Promise<Publication[]> {
    if (lifts.length === 0) return [];
    const rules = this.law.today();
    const byCase = new Map(lifts.map((lift) => [lift.event.data.case.id, lift]));
    const caseIds = [...byCase.keys()];
    const changes = await this.actions.changeOpenOf(
      tx,
      caseIds,
      (action) =>
        decide(action, action.state, { type: 'order-lift', end: byCase.get(action.case.id)!.end }, rules),
      rules.today,
      (action) => actorOf(byCase.get(action.case.id)!.event),
    );
    await this.clocks.follow(tx, changes, rules);
    const referrals = await this.refer.end(
      tx,
      lifts.map(({ event, end }) => ({ caseId: event.data.case.id, ending: end })),
    );
    const counts = await this.actions.countsOf(tx, caseIds);
    const changedOf = new Map<string, ChangedAction[]>(caseIds.map((id) => [id, []]));
    for (const change of changes) changedOf.get(change.action.case.id)!.push(change);
    return lifts.flatMap(({ event }) => {
      const { case: about, subject } = event.data;
      const { all, unlifted } = counts.get(about.id) ?? { all: 0, unlifted: 0 };
      return [
        ...(referrals.get(about.id) ?? []),
        ...changedOf.get(about.id)!.flatMap(toldChanged),
        ...(unlifted === 0 ? [toldCompleted(about, subject, 'lifted', all)] : []),
      ].map((each) => ({ ...each, ...causeOf(event) }));
    });
  }
}

function causeOf(event: HeardLift): { cause?: CloudEvent } {
  return 'type' in event ? { cause: event } : {};
}

function actorOf(event: HeardLift): string | undefined {
  return 'type' in event ? event.actor : undefined;
}
