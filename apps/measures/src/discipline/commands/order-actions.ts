import { Injectable } from '@nestjs/common';
import type { DataOf, EventOf, listingInForce, listingRestored, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { prepareAll, type Prepared, type Publication, publishAll, publishPrepared } from '#messaging';
import { newId, type Tx } from '#platform';
import { decide, ordered } from '../domain/action.js';
import {
  actionsFor,
  type AllowedAction,
  correctedUntil,
  type ListingInForce,
  type RuleBook,
} from '../domain/allowed-actions.js';
import { endUndoneBy, onInForce, onRestored } from '../domain/case-standing.js';
import { type Referral, referralsFor } from '../domain/referrals.js';
import { toldChanged, toldCompleted, toldOrdered, toldReferred } from '../events/outbox.js';
import { ActionStore, type DisciplineAction } from '../store/action.store.js';
import { type BegunCase, CaseStore } from '../store/case.store.js';
import type { StoredReferral } from '../store/referral.store.js';
import { RuleBookStore } from '../store/rule-book.store.js';
import { SubjectChanges } from '../store/subject-changes.js';
import { lockSubject, lockSubjects } from '../store/subject-lock.js';
import { ActionClocks } from './action-clocks.js';
import { DisciplineLaw } from './discipline-law.js';
import { OrderLifts } from './order-lifts.js';
import { newReferrals, Refer } from './refer.js';

/** `toldAs`: the subject as the event told it, where it is called otherwise, or is somewhere else by now. */
type InForce = Omit<DataOf<typeof listingInForce>, 'decisionNo'> & { toldAs?: SubjectRef };
type Restored = DataOf<typeof listingRestored> & { toldAs?: SubjectRef };

/** A listing that came into force; heard from an event, that is the cause of what follows. */
export type HeardInForce = { data: InForce } | EventOf<typeof listingInForce>;

/** A listing came into force: every measure that the rules allow is ordered, once, or nothing where none is allowed. */
@Injectable()
export class OrderActions {
  constructor(
    private readonly law: DisciplineLaw,
    private readonly book: RuleBookStore,
    private readonly cases: CaseStore,
    private readonly actions: ActionStore,
    private readonly clocks: ActionClocks,
    private readonly refer: Refer,
    private readonly lifts: OrderLifts,
    private readonly subjects: SubjectChanges,
  ) {}

  /** @returns whether the listing stands now: an event that comes late may find it lifted or ended */
  async run(tx: Tx, listing: InForce): Promise<boolean> {
    const [stands] = await this.together(tx, [{ data: listing }]);
    return stands!;
  }

  /**
   * Many listings in the order in which they were heard: one look at the standings and at the version of the law, one
   * statement each for cases, actions, referrals, clocks and events, however many there are.
   *
   * @returns of each whether it stands now
   */
  async together(tx: Tx, heard: readonly HeardInForce[]): Promise<boolean[]> {
    await lockSubjects(
      tx,
      heard.map(({ data }) => data.subject.id),
    );
    const standings = await this.cases.standingsOf(
      tx,
      heard.map(({ data }) => data.case.id),
    );
    const books = await this.book.now(tx);
    const rules = this.law.today();
    const state = ordered(rules);
    const begun: BegunCase[] = [];
    const actions: DisciplineAction[] = [];
    const referred: StoredReferral[] = [];
    const told: (() => Publication[])[] = [];
    const actors = new Map<string, string>();
    const stands: boolean[] = [];
    const listings = await this.subjects.shown(
      tx,
      heard.map(({ data }): InForce => data),
    );
    for (const [nth, event] of heard.entries()) {
      const listing = listings[nth]!;
      const { id } = listing.case;
      const standing = standings.get(id) ?? 'unknown';
      stands.push(standing === 'unknown' || standing === 'live');
      switch (onInForce(standing)) {
        case 'repeat':
          break;
        case 'order-nothing':
          await this.cases.beginUnseen(tx, id, listing);
          standings.set(id, standing === 'ended-unseen' ? 'ended' : 'suspended');
          told.push(() => causedBy(event, [toldCompleted(listing.case, listing.subject, 'ordered', 0)]));
          break;
        case 'order': {
          const { allowed, referrals } = lawfulFor(listing, await books(listing.case.listType));
          begun.push({ listing, rulesOn: listing.inForceOn, expected: keysOf(allowed) });
          standings.set(id, 'live');
          if ('type' in event) actors.set(id, event.actor);
          const own = allowed.map((action) => newAction(action, listing, 1, rules.today, state));
          actions.push(...own);
          const passedOn = newReferrals(listing, referrals, 1);
          referred.push(...passedOn);
          told.push(() =>
            causedBy(event, [
              ...passedOn.map(toldReferred),
              ...own.map(toldOrdered),
              toldCompleted(listing.case, listing.subject, 'ordered', own.length),
            ]),
          );
        }
      }
    }
    await this.cases.begin(tx, begun);
    // While PostgreSQL writes the actions, this thread writes out what is told of them.
    const [saved, events] = await Promise.all([
      this.actions.order(tx, actions, (action) => actors.get(action.case.id)),
      writtenOut(told),
    ]);
    // The cases are new, so a difference can only be a fault of the stores.
    if (saved.length !== actions.length)
      throw new Error(`${saved.length} of ${actions.length} actions were ordered`);
    await this.refer.keep(tx, referred);
    await this.clocks.begin(tx, actions, rules);
    await publishPrepared(tx, events);
    return stands;
  }

  /**
   * A listing that was lifted provisionally, or left the list on false material, stands again: its measures are
   * ordered anew from that day, by the rules of that day. What was lifted stays lifted in its own row.
   *
   * Heard while the listing is live, it orders the same: what stood is lifted first, under what the restoration undoes.
   * So what stands, from when and by which rules, hangs on what was told (`domain/case-memory.ts`). To let the old
   * measures stand on would spare their departments a lift, and leave them bound by rules, and answered to orders, that
   * are not those of the day.
   */
  async again(tx: Tx, told: DataOf<typeof listingRestored>): Promise<void> {
    await lockSubject(tx, told.subject.id);
    const [shown] = await this.subjects.shown<Restored>(tx, [told]);
    const restored = shown!;
    switch (onRestored(await this.cases.standingOf(tx, restored.case.id))) {
      case 'order-first':
        return this.#orderFirst(tx, restored);
      case 'order-again':
        return this.#orderAgain(tx, restored);
      case 'lift-and-order':
        await this.lifts.undone(tx, restored, endUndoneBy(restored.cause));
        return this.#orderAgain(tx, restored);
    }
  }

  /**
   * One action that a live listing misses, as its rules stood when it came into force, or was restored.
   *
   * @returns false where those rules do not order it
   */
  async missing(tx: Tx, caseId: string, key: { rule: string; executor: string }): Promise<boolean> {
    const { listing, round } = await this.cases.live(tx, caseId);
    const lawful = await this.#lawful(tx, listing);
    const allowed = lawful.allowed.filter(
      ({ rule, executor }) => rule === key.rule && executor === key.executor,
    );
    if (allowed.length > 0) await this.#orderAll(tx, listing, allowed, round);
    return allowed.length > 0;
  }

  /**
   * The term of a listing was corrected: each measure ends as the rules that ordered it say of the corrected term.
   * What is being lifted already keeps the term that it had.
   */
  async followTerm(tx: Tx, caseId: string): Promise<void> {
    if ((await this.cases.standingOf(tx, caseId)) !== 'live') return;
    const { listing } = await this.cases.live(tx, caseId);
    const { allowed, referrals } = await this.#lawful(tx, listing);
    const rules = this.law.today();
    const changes = await this.actions.changeOpen(
      tx,
      caseId,
      (action) => {
        const until = correctedUntil(action, allowed, listing.termEndsOn);
        return until === action.until
          ? []
          : decide(action, action.state, { type: 'correct-term', until }, rules);
      },
      rules.today,
    );
    await this.clocks.follow(tx, changes, rules);
    await this.refer.followTerm(tx, caseId, referrals);
    await publishAll(tx, changes.flatMap(toldChanged));
  }

  async #orderFirst(tx: Tx, restored: Restored): Promise<void> {
    const listing = fromRestoration(restored);
    const { allowed, referrals } = await this.#lawful(tx, listing);
    const expected = keysOf(allowed);
    await this.cases.begin(tx, [{ listing: restored, rulesOn: restored.restoredOn, expected }]);
    await this.refer.begin(tx, listing, referrals, 1);
    await this.#orderAll(tx, listing, allowed, 1);
  }

  async #orderAgain(tx: Tx, restored: Restored): Promise<void> {
    const listing = fromRestoration(restored);
    const { allowed, referrals } = await this.#lawful(tx, listing);
    const round = await this.cases.restore(tx, listing, restored, keysOf(allowed));
    await this.refer.begin(tx, listing, referrals, round);
    await this.#orderAll(tx, listing, allowed, round);
  }

  async #lawful(tx: Tx, listing: InForce): Promise<{ allowed: AllowedAction[]; referrals: Referral[] }> {
    const books = await this.book.now(tx);
    return lawfulFor(listing, await books(listing.case.listType));
  }

  async #orderAll(tx: Tx, listing: InForce, allowed: readonly AllowedAction[], round: number): Promise<void> {
    const rules = this.law.today();
    const state = ordered(rules);
    const actions = await this.actions.order(
      tx,
      allowed.map((action) => newAction(action, listing, round, rules.today, state)),
    );
    await this.clocks.begin(tx, actions, rules);
    // The count is that of the whole case: what was lifted before is a receipt, too.
    const { all } = await this.actions.countOf(tx, listing.case.id);
    await publishAll(tx, [
      ...actions.map(toldOrdered),
      toldCompleted(listing.case, listing.subject, 'ordered', all),
    ]);
  }
}

/** The listing as it is ordered from the day of its restoration. */
function fromRestoration(restored: Restored): InForce {
  return { ...restored, inForceOn: restored.restoredOn };
}

async function writtenOut(told: readonly (() => Publication[])[]): Promise<Prepared> {
  return prepareAll(told.flatMap((tell) => tell()));
}

/** Whoever handles several events together says of each what it brought about. */
function causedBy(event: HeardInForce, told: Publication[]): Publication[] {
  if ('type' in event) for (const each of told) each.cause = event;
  return told;
}

function aboutOf(listing: InForce): ListingInForce {
  const { listType, conductKind } = listing.case;
  // Who executes hangs on where the subject was when its measures were ordered.
  const { kind: subjectKind, region } = listing.toldAs ?? listing.subject;
  return { ...listing, listType, conductKind, subjectKind, region };
}

function lawfulFor(listing: InForce, book: RuleBook): { allowed: AllowedAction[]; referrals: Referral[] } {
  const about = aboutOf(listing);
  return { allowed: actionsFor(about, book), referrals: referralsFor(about, book) };
}

function newAction(
  allowed: AllowedAction,
  listing: InForce,
  round: number,
  today: LocalDate,
  state: DisciplineAction['state'],
): DisciplineAction {
  // Named one by one: spread, they took a tenth of the time of a decision of 200 actions.
  const { rule, measure, title, mode, fields, executor, basis, from, until, ownTerm, reaches } = allowed;
  return {
    rule,
    measure,
    title,
    class: allowed.class,
    mode,
    fields,
    executor,
    basis,
    from,
    until,
    ownTerm,
    reaches,
    id: newId(),
    version: 1,
    orderedOn: today,
    case: listing.case,
    subject: listing.subject,
    orderedAs: listing.toldAs ?? null,
    round,
    objectionSince: null,
    listingUntil: listing.termEndsOn,
    state,
  };
}

function keysOf(allowed: readonly AllowedAction[]): { rule: string; executor: string }[] {
  return allowed.map(({ rule, executor }) => ({ rule, executor }));
}
