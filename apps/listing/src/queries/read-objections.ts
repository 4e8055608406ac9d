import { Injectable } from '@nestjs/common';
import { type Actor, Clock, Database, requestRefusals } from '#platform';
import { objectionClocks } from '../domain/objection/decide.js';
import { OBJECTION_LIFECYCLE } from '../domain/objection/lifecycle.js';
import { Objections, type VersionedObjection } from '../store/objections.js';
import { RuleBook } from '../store/rule-book.js';
import { ReadCases } from './read-cases.js';

/** Objections as their readers see them: the finder, the level above, the party; a helping unit what it was asked. */
@Injectable()
export class ReadObjections {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly objections: Objections,
    private readonly cases: ReadCases,
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

  /** What the table allows now, by whom; whether the caller is one of them is told when it acts. */
  async actions(actor: Actor, id: string): Promise<object> {
    const { state, version } = await this.#seen(actor, id);
    const items = OBJECTION_LIFECYCLE.filter(
      ({ from, who }) => from === state.status && typeof who === 'object',
    )
      .filter(({ who }) => typeof who === 'object' && who.some(({ role }) => actor.roles.includes(role)))
      .map(({ action, to }) => ({ action, to, href: `/api/objections/${id}/${action}` }));
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
