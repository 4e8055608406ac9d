import { Injectable } from '@nestjs/common';
import { cancelAll, scheduleAll } from '#deadlines';
import { endOfDay, type LocalDate } from '#kernel';
import { type Publication, publishAll } from '#messaging';
import { type Actor, Clock, platformActor, type Tx } from '#platform';
import type { ListingCase } from '../domain/case/case.js';
import { countObjectionDays } from '../domain/objection/count-days.js';
import { decideObjection, objectionClocks, type RunningObjectionClock } from '../domain/objection/decide.js';
import { decisionDue } from '../domain/objection/due-day.js';
import { evolveObjection } from '../domain/objection/evolve.js';
import type { ObjectionFact } from '../domain/objection/facts.js';
import { isLive, OBJECTION_CLOCKS, type Objection } from '../domain/objection/objection.js';
import { objectionEventsOf } from '../events/objection-outbox.js';
import { Objections, type VersionedObjection } from '../store/objections.js';
import { RuleBook } from '../store/rule-book.js';

/** Kinds of deadline rows of an objection; `help` runs once for each unit that is asked. */
export const OBJECTION_DEADLINES = OBJECTION_CLOCKS.map((clock) => `objection.${clock}` as const);

/** How what became of an objection is told: of an entry, or of a record. */
export type Teller = (
  fact: ObjectionFact,
  objection: Objection,
  decisionDue: LocalDate | null,
) => Publication[];

export function ofEntry(state: ListingCase): Teller {
  return (fact, objection, due) => objectionEventsOf(fact, objection, state, due);
}

/** Saves what becomes of an objection: row, history, events and clocks in one call. */
@Injectable()
export class ObjectionBook {
  constructor(
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly objections: Objections,
  ) {}

  async save(
    tx: Tx,
    before: VersionedObjection | undefined,
    facts: readonly ObjectionFact[],
    { tell, actor }: { tell: Teller; actor: Actor },
  ): Promise<VersionedObjection> {
    const rules = this.ruleBook.objectionRules(this.clock.today());
    const states: Objection[] = [];
    for (const fact of facts) states.push(evolveObjection(states.at(-1) ?? before?.state, fact));
    const after = states.at(-1)!;
    const saved = await this.objections.save(tx, before, after, facts, {
      actor,
      at: this.clock.now(),
      clocks: objectionClocks(after, rules),
    });
    const due = isLive(after) ? decisionDue(after, rules) : null;
    const events = facts.flatMap((fact, index) => tell(fact, states[index]!, due));
    await publishAll(
      tx,
      events.map((event) => ({ ...event, actor })),
    );
    await this.#setClocks(tx, before ? objectionClocks(before.state, rules) : [], after, rules);
    return saved;
  }

  /** The entry was undone in another way: nothing is left to decide. */
  async lapseAll(tx: Tx, state: ListingCase, actor: Actor, reason: string): Promise<void> {
    for (const open of await this.objections.ofCase(tx, state.id)) {
      if (!isLive(open.state)) continue;
      const facts = decideObjection(open.state, { type: 'lapse', reason }, this.look(actor));
      await this.save(tx, open, facts, { tell: ofEntry(state), actor });
    }
  }

  /** The days that lie in a year whose calendar has come in; what it is about is locked before. */
  async countDays(tx: Tx, id: string, year: number, tell: Teller): Promise<void> {
    const before = await this.objections.lock(tx, id);
    const actor = platformActor('listing');
    const { rules, today } = this.look(actor);
    const facts = countObjectionDays(before.state, year, rules, today);
    if (facts.length > 0) await this.save(tx, before, facts, { tell, actor });
  }

  look(actor: Actor) {
    return {
      rules: this.ruleBook.objectionRules(this.clock.today()),
      today: this.clock.today(),
      actor: { id: actor.id, name: actor.name, department: actor.department ?? null },
      madeBy: [] as string[],
      remedies: '',
      procedure: this.ruleBook.procedureOn(this.clock.today()),
      isUnit: () => false,
    };
  }

  async #setClocks(
    tx: Tx,
    was: readonly RunningObjectionClock[],
    after: Objection,
    rules: Parameters<typeof objectionClocks>[1],
  ): Promise<void> {
    const key = (one: RunningObjectionClock) => ({
      kind: `objection.${one.clock}`,
      ref: one.helpId === null ? after.id : `${after.id}/${one.helpId}`,
    });
    const is = objectionClocks(after, rules);
    await scheduleAll(
      tx,
      is.map((one) => ({ ...key(one), dueAt: endOfDay(one.dueOn) })),
    );
    const running = new Set(is.map((one) => JSON.stringify(key(one))));
    await cancelAll(
      tx,
      was.map(key).filter((one) => !running.has(JSON.stringify(one))),
    );
  }
}
