import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Clock, Database, pageOf, type PageRequest } from '#platform';
import { validOn } from '#seeds';
import { demandClueSight, HandleClues } from '../commands/handle-clues.js';
import { CLUE_CLOCK_MEANINGS } from '../domain/clue/clue.js';
import { possibleClueSteps } from '../domain/clue/take-clue-step.js';
import { Clues, type ClueFilter, type VersionedClue } from '../store/clues.js';
import { nextDue, NEVER } from '../store/due-columns.js';
import { RuleBook } from '../store/rule-book.js';
import { whyNot } from './read-cases.js';
import { withMeaning } from './with-meaning.js';

export interface ClueSearch extends Omit<ClueFilter, 'department'> {
  /** what waits, what is due first first */
  open?: boolean | undefined;
  dueBy?: LocalDate | undefined;
  overdue?: boolean | undefined;
}

/** Clues as their unit reads them, with what is due; and the kinds that have clocks. */
@Injectable()
export class ReadClues {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ruleBook: RuleBook,
    private readonly clues: Clues,
    private readonly handling: HandleClues,
  ) {}

  /** Kinds that have a rule today, with its clocks and its basis. */
  kinds(): object {
    const today = this.clock.today();
    return { items: this.ruleBook.clueLaw.rules.filter((rule) => validOn(rule, today)) };
  }

  async list(actor: Actor, search: ClueSearch, page: PageRequest): Promise<object> {
    const across = actor.roles.includes('auditor') || actor.roles.includes('operator');
    const filter = { ...search, department: across ? null : (actor.department ?? '') };
    const waits = search.open === true || search.overdue === true || search.dueBy !== undefined;
    const found = waits
      ? await this.clues.waiting(this.database, filter, page)
      : await this.clues.list(this.database, filter, page);
    const cut = pageOf(found, page, ({ clue }) =>
      waits ? [nextDue(clue.clocks)?.dueOn ?? NEVER, clue.id] : [clue.id],
    );
    return { ...cut, items: cut.items.map((one) => this.view(one)) };
  }

  /** @throws Refusal `clue.not-found`, `request.other-department` */
  async one(actor: Actor, id: string): Promise<object> {
    return this.view(await this.#seen(actor, id));
  }

  /** What the caller may do now, from the lifecycle table, and why not where it must wait. */
  async actions(actor: Actor, id: string): Promise<object> {
    const { clue, version } = await this.#seen(actor, id);
    // Auditors, operators and the unit that handed it on read across units, and act in none.
    const roles = actor.department === clue.department ? actor.roles : [];
    const steps = possibleClueSteps(clue, roles, this.handling.look(actor));
    const items = steps.map(({ action, to, refusal }) => ({
      action,
      to,
      allowed: refusal === null,
      href: action === 'opening' ? '/api/listings' : `/api/clues/${id}/${action}`,
      ...(refusal ? { why: whyNot(refusal) } : {}),
    }));
    return { id, version, status: clue.status, items };
  }

  view({ clue, version }: VersionedClue): object {
    const due = nextDue(clue.clocks);
    const clocks = withMeaning(clue.clocks, CLUE_CLOCK_MEANINGS, this.clock.today());
    return { ...clue, version, clocks, dueOn: due?.dueOn ?? null, dueClock: due?.clock ?? null };
  }

  async #seen(actor: Actor, id: string): Promise<VersionedClue> {
    const found = await this.clues.read(this.database, id);
    demandClueSight(found.clue, actor);
    return found;
  }
}
