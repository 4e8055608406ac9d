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
import { IncentiveLaw } from '../commands/incentive-law.js';
import { type IncentiveTask, SELECT_TASK } from '../store/tasks.js';
import { type TaskView, taskViewOf } from './find-tasks.js';

export interface TaskWorkFilter {
  /** executing unit */
  department?: string | undefined;
  /** GB/T 2260 of a city: subjects there and in its counties */
  city?: string | undefined;
  /** id of its rule */
  incentive?: string | undefined;
  /** unified code, id, or any part of the name of two characters or more */
  subject?: string | undefined;
  status?: string | undefined;
  overdue?: boolean | undefined;
  escalated?: boolean | undefined;
  dueBy?: LocalDate | undefined;
}

const TASKS: OwedRows = {
  table: 'incentive_task',
  named: { table: 'incentive_ground', key: 'subject_id' },
  select: SELECT_TASK,
  alias: 't',
};

/** What departments owe about incentives, an answer or the confirmation of an end, by the day on which it is due. */
@Injectable()
export class TaskWorklist {
  constructor(
    private readonly database: Database,
    private readonly law: IncentiveLaw,
  ) {}

  async page(actor: Actor, filter: TaskWorkFilter, page: PageRequest): Promise<Page<TaskView>> {
    const duties = this.law.dutiesOf(actor);
    const { sql, values } = taskWorklist(filter, seesAll(actor) ? 'all' : duties, page);
    const { rows } = await this.database.query<IncentiveTask & { due: LocalDate }>(sql, values);
    const { items, next } = pageOf(rows, page, ({ due, id }) => [due, id]);
    return {
      items: items.map(({ due: _, ...task }) => taskViewOf(task, actor, duties)),
      ...(next ? { next } : {}),
    };
  }
}

/** @param duties the bodies for which the caller acts, who sees also what was escalated to them; or all bodies */
export function taskWorklist(
  filter: TaskWorkFilter,
  duties: readonly string[] | 'all',
  page: PageRequest,
): Question {
  const { department, city, incentive, subject, status, overdue, escalated, dueBy } = filter;
  return worklistQuestion(
    TASKS,
    (value) => {
      const is = (column: string, one: unknown): string[] =>
        one === undefined ? [] : [`w.${column} = ${value(one)}`];
      return {
        arms: armsOf(duties, department, value, (unit) => `w.escalated_to = ${unit}`),
        where: [
          ...is('city', city),
          ...is('incentive', incentive),
          ...is('status', status),
          ...(dueBy ? [`w.due_on <= ${value(dueBy)}::date`] : []),
          ...(overdue === undefined ? [] : [overdue ? 'w.overdue' : 'NOT w.overdue']),
          ...(escalated === undefined ? [] : [`w.escalated_on IS ${escalated ? 'NOT ' : ''}NULL`]),
          ...ofSubject(
            subject,
            value,
            (code) => `SELECT g.subject_id FROM incentive_ground g WHERE g.subject_ref ->> 'code' = ${code}`,
          ),
        ],
        name: partOfName(subject),
      };
    },
    page,
  );
}
