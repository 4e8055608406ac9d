import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import type { Question } from '../../units/due-worklist.js';
import { demandSight, seesAll } from '../../units/sight.js';
import { DisciplineLaw } from '../commands/discipline-law.js';
import type { Fact } from '../domain/action.js';
import { disciplineRefusals } from '../domain/refusals.js';
import { actionOf, ActionStore, type DisciplineAction, SELECT_ACTION } from '../store/action.store.js';
import { type ActionView, viewOf } from './action-view.js';

export interface ActionFilter {
  caseId?: string;
  status?: string;
  executor?: string;
  overdue?: boolean;
  /** the lead unit was told that it is late */
  escalated?: boolean;
  assignee?: string;
}

/** What happened to an action, in order; the first entry is its order. */
export interface HistoryEntry {
  version: number;
  fact: Fact | { type: 'ordered'; answerDue: LocalDate };
  actor: string;
  on: LocalDate;
  at: Date;
}

@Injectable()
export class FindActions {
  constructor(
    private readonly database: Database,
    private readonly actions: ActionStore,
    private readonly law: DisciplineLaw,
  ) {}

  /** Actions that the caller may see, oldest first. */
  async list(actor: Actor, filter: ActionFilter, page: PageRequest): Promise<Page<ActionView>> {
    const duties = this.law.dutiesOf(actor);
    const { sql, values } = actionsStatement(
      filter,
      { all: seesAll(actor), duties, party: actor.party },
      page,
    );
    const { rows } = await this.database.query<{ id: string }>(sql, values);
    const { items, next } = pageOf(rows, page, (row) => [row.id]);
    return { items: items.map((row) => viewOf(actionOf(row), actor, duties)), ...(next ? { next } : {}) };
  }

  /** @throws Refusal `discipline.action-not-found`, `request.other-department` */
  async one(actor: Actor, id: string): Promise<ActionView> {
    return viewOf(await this.#visible(actor, id), actor, this.law.dutiesOf(actor));
  }

  async history(actor: Actor, id: string): Promise<HistoryEntry[]> {
    await this.#visible(actor, id);
    const { rows } = await this.database.query<HistoryEntry>(
      `SELECT version, fact, actor, on_day AS "on", recorded_at AS at
       FROM discipline_action_history WHERE action_id = $1 ORDER BY version`,
      [id],
    );
    return rows;
  }

  async #visible(actor: Actor, id: string): Promise<DisciplineAction> {
    const action = await this.actions.find(this.database, id);
    if (!action) throw disciplineRefusals.refusal('discipline.action-not-found', { id });
    const { subject, executor, state } = action;
    demandSight(actor, this.law.dutiesOf(actor), {
      subject,
      executor,
      escalatedTo: state.handling.escalated?.to ?? null,
      broughtAboutBy: action.case.department,
    });
    return action;
  }
}

/** Which actions a caller may see: all, or those of its bodies, and what is about itself. */
export interface Sight {
  all: boolean;
  duties: readonly string[];
  party: string | undefined;
}

/** In the order of their ids. What is owed, by its day: `action-worklist.ts`. */
export function actionsStatement(filter: ActionFilter, sight: Sight, page: PageRequest): Question {
  return {
    sql: `${SELECT_ACTION}
       WHERE ($1::uuid IS NULL OR a.case_id = $1) AND ($2::text IS NULL OR a.status = $2)
         AND ($3::text IS NULL OR a.executor = $3) AND ($4::boolean IS NULL OR a.overdue = $4)
         AND ($11::boolean IS NULL OR (a.escalated_on IS NOT NULL) = $11)
         AND ($5 OR a.executor = ANY($6) OR c.department = ANY($6) OR c.subject_ref ->> 'code' = $7 OR a.subject_id::text = $7
              OR a.state #>> '{handling,escalated,to}' = ANY($6))
         AND ($8::uuid IS NULL OR a.id > $8) AND ($10::text IS NULL OR a.assignee = $10)
       ORDER BY a.id LIMIT $9`,
    values: [
      filter.caseId ?? null,
      filter.status ?? null,
      filter.executor ?? null,
      filter.overdue ?? null,
      sight.all,
      sight.duties,
      sight.party ?? null,
      page.after?.[0] ?? null,
      page.limit + 1,
      filter.assignee ?? null,
      filter.escalated ?? null,
    ],
  };
}
