import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import {
  type Duties,
  type OwedFilter,
  type OwedRows,
  owedWorklist,
  type Question,
} from '../../units/due-worklist.js';
import { seesAll } from '../../units/sight.js';
import { DisciplineLaw } from '../commands/discipline-law.js';
import { actionOf, SELECT_ACTION } from '../store/action.store.js';
import { type ActionView, viewOf } from './action-view.js';

export interface ActionWorkFilter extends OwedFilter {
  list?: string | undefined;
  measure?: string | undefined;
  assignee?: string | undefined;
}

const ACTIONS: OwedRows = {
  table: 'discipline_action',
  named: { table: 'discipline_case', key: 'case_id' },
  select: SELECT_ACTION,
  alias: 'a',
  escalatedTo: `w.state #>> '{handling,escalated,to}'`,
  withCode: (code) => `SELECT c.subject_id FROM discipline_case c WHERE c.subject_code = ${code}`,
};

/** What departments owe, an answer or the confirmation of a lift, by the day on which it is due. */
@Injectable()
export class ActionWorklist {
  constructor(
    private readonly database: Database,
    private readonly law: DisciplineLaw,
  ) {}

  async page(actor: Actor, filter: ActionWorkFilter, page: PageRequest): Promise<Page<ActionView>> {
    const duties = this.law.dutiesOf(actor);
    const { sql, values } = actionWorklist(filter, seesAll(actor) ? 'all' : duties, page);
    const { rows } = await this.database.query<{ id: string; due: LocalDate }>(sql, values);
    const { items, next } = pageOf(rows, page, ({ due, id }) => [due, id]);
    return {
      items: items.map(({ due: _, ...row }) => viewOf(actionOf(row), actor, duties)),
      ...(next ? { next } : {}),
    };
  }
}

export function actionWorklist(filter: ActionWorkFilter, duties: Duties, page: PageRequest): Question {
  const { list, measure, assignee } = filter;
  return owedWorklist(ACTIONS, filter, { list_type: list, measure, assignee }, duties, page);
}
