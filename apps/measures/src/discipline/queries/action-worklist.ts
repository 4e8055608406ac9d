import { Injectable } from '@nestjs/common';
import type { LocalDate } from '#kernel';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import {
  armsOf,
  ofSubject,
  type OwedRows,
  partOfName,
  type Question,
  worklistQuestion,
} from '../../units/due-worklist.js';
import { seesAll } from '../../units/sight.js';
import { DisciplineLaw } from '../commands/discipline-law.js';
import { actionOf, SELECT_ACTION } from '../store/action.store.js';
import { type ActionView, viewOf } from './action-view.js';

export interface ActionWorkFilter {
  /** executing unit */
  department?: string | undefined;
  /** GB/T 2260 of a city: subjects there and in its counties */
  city?: string | undefined;
  list?: string | undefined;
  measure?: string | undefined;
  /** unified code, id, or any part of the name of two characters or more, now or when its measures were ordered */
  subject?: string | undefined;
  status?: string | undefined;
  overdue?: boolean | undefined;
  escalated?: boolean | undefined;
  dueBy?: LocalDate | undefined;
  assignee?: string | undefined;
}

/** For whom: all bodies, or those that the caller acts for, with what was escalated to them. */
export type Duties = readonly string[] | 'all';

const ACTIONS: OwedRows = {
  table: 'discipline_action',
  named: { table: 'discipline_case', key: 'case_id' },
  select: SELECT_ACTION,
  alias: 'a',
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
  const { department, city, list, measure, subject, status, overdue, escalated, dueBy, assignee } = filter;
  return worklistQuestion(
    ACTIONS,
    (value) => {
      const is = (column: string, one: unknown): string[] =>
        one === undefined ? [] : [`w.${column} = ${value(one)}`];
      return {
        arms: armsOf(duties, department, value, (unit) => `w.state #>> '{handling,escalated,to}' = ${unit}`),
        where: [
          ...is('city', city),
          ...is('list_type', list),
          ...is('measure', measure),
          ...is('status', status),
          ...is('assignee', assignee),
          ...(dueBy ? [`w.due_on <= ${value(dueBy)}::date`] : []),
          ...(overdue === undefined ? [] : [overdue ? 'w.overdue' : 'NOT w.overdue']),
          ...(escalated === undefined ? [] : [`w.escalated_on IS ${escalated ? 'NOT ' : ''}NULL`]),
          ...ofSubject(
            subject,
            value,
            (code) => `SELECT c.subject_id FROM discipline_case c WHERE c.subject_code = ${code}`,
          ),
        ],
        name: partOfName(subject),
      };
    },
    page,
  );
}
