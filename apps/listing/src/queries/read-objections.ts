import { Injectable } from '@nestjs/common';
import { type Actor, Clock, Database, requestRefusals } from '#platform';
import { madeBy, seatsOf } from '../commands/handle-objections.js';
import { ObjectionBook } from '../commands/objection-book.js';
import { objectionClocks } from '../domain/objection/decide.js';
import type { ObjectionAction } from '../domain/objection/lifecycle.js';
import type { Objection } from '../domain/objection/objection.js';
import { possibleObjectionActions } from '../domain/objection/standing.js';
import { Cases } from '../store/cases.js';
import { Objections, type VersionedObjection } from '../store/objections.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';
import { ReadCases, whyNot } from './read-cases.js';

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
  ) {}

  async ofCase(actor: Actor, caseId: string): Promise<object> {
    await this.cases.found(actor, caseId, ['whole', 'party']);
    const found = await this.objections.ofCase(this.database, caseId);
    return { items: found.map((one) => this.view(one)) };
  }

  async one(actor: Actor, id: string): Promise<object> {
    return this.view(await this.#seen(actor, id));
  }

  async historyOf(actor: Actor, id: string): Promise<object> {
    await this.#seen(actor, id);
    return { items: await this.objections.historyOf(this.database, id) };
  }

  /** What this actor may do now, from the objection's table, and why not where it must wait. */
  async actions(actor: Actor, id: string): Promise<object> {
    const { state, version } = await this.#seen(actor, id);
    const listed = (await this.listings.read(this.database, state.caseId)).state;
    const helpers = state.help.filter(({ answer }) => answer === null).map(({ unit }) => unit);
    const seats = seatsOf(actor, listed, this.units.superiorOf(listed.department), helpers);
    const look = { ...this.book.look(actor), madeBy: madeBy(listed) };
    const items = possibleObjectionActions(state, look, { roles: actor.roles, seats }).map(
      ({ refusal, ...possible }) => ({
        ...possible,
        href: `/api/objections/${id}/${pathOf(possible.action, state, actor)}`,
        ...(refusal ? { why: whyNot(refusal) } : {}),
      }),
    );
    return { id, version, status: state.status, items };
  }

  view({ state, version }: VersionedObjection): object {
    const rules = this.ruleBook.objectionRules(this.clock.today());
    return {
      ...state,
      version,
      clocks: objectionClocks(state, rules),
      basis: rules.about[state.about].basis,
    };
  }

  /** @throws Refusal `request.not-found`, `request.other-department` */
  async #seen(actor: Actor, id: string): Promise<VersionedObjection> {
    const found = await this.objections.read(this.database, id);
    const asked = found.state.help.some(({ unit }) => unit === actor.department);
    if (!asked) await this.cases.found(actor, found.state.caseId, ['whole', 'party']);
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
