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
import { IncentiveLaw } from '../commands/incentive-law.js';
import { type IncentiveTask, SELECT_TASK } from '../store/tasks.js';
import { type TaskView, taskViewOf } from './find-tasks.js';

export interface TaskWorkFilter extends OwedFilter {
  /** id of its rule */
  incentive?: string | undefined;
}

const TASKS: OwedRows = {
  table: 'incentive_task',
  named: { table: 'incentive_ground', key: 'subject_id' },
  select: SELECT_TASK,
  alias: 't',
  escalatedTo: 'w.escalated_to',
  withCode: (code) => `SELECT g.subject_id FROM incentive_ground g WHERE g.subject_ref ->> 'code' = ${code}`,
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

export function taskWorklist(filter: TaskWorkFilter, duties: Duties, page: PageRequest): Question {
  return owedWorklist(TASKS, filter, { incentive: filter.incentive }, duties, page);
}
