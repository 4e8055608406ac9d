import { Injectable } from '@nestjs/common';
import type { IncentiveRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import { demandSight, seesAll } from '../../units/sight.js';
import { IncentiveLaw } from '../commands/incentive-law.js';
import { incentiveRefusals } from '../domain/refusals.js';
import {
  answerInTask,
  type EndOrder,
  isTaskOverdue,
  type TaskAnswer,
  type TaskFact,
  type TaskHandling,
} from '../domain/task.js';
import { type TaskAct, taskActs, type TaskStatus } from '../domain/task-lifecycle.js';
import { type IncentiveTask, SELECT_TASK, TaskStore } from '../store/tasks.js';

/** A task as the API shows it. */
export interface TaskView {
  id: string;
  version: number;
  executor: string;
  incentive: IncentiveRef;
  subject: SubjectRef;
  status: TaskStatus;
  handling: TaskHandling;
  answerDue: LocalDate | null;
  answer: TaskAnswer | null;
  end: EndOrder | null;
  endDue: LocalDate | null;
  ended: { how: 'confirmed' | 'never-given'; on: LocalDate; note: string } | null;
  overdue: boolean;
  /** what this caller may do now, from the lifecycle table */
  mayDo: TaskAct[];
}

export interface TaskFilter {
  subject?: string;
  status?: string;
  executor?: string;
  overdue?: boolean;
  /** the lead unit was told that it is late */
  escalated?: boolean;
}

/** What happened to a task, in order; the first entry is the grant. */
export interface TaskHistoryEntry {
  version: number;
  fact: TaskFact | { type: 'granted'; answerDue: LocalDate };
  actor: string;
  on: LocalDate;
  at: Date;
}

/** @param duties the bodies for which the caller acts */
export function taskViewOf(
  { state, ...task }: IncentiveTask,
  actor: Actor,
  duties: readonly string[],
): TaskView {
  const acts = actor.roles.includes('discipline-officer') && duties.includes(task.executor);
  return {
    ...task,
    status: state.status,
    handling: state.handling,
    answerDue: 'answerDue' in state ? state.answerDue : null,
    answer: answerInTask(state),
    end: 'end' in state ? state.end : null,
    endDue: state.status === 'end-ordered' ? state.endDue : null,
    ended: state.status === 'ended' ? state.ended : null,
    overdue: isTaskOverdue(state),
    mayDo: acts ? taskActs(state.status) : [],
  };
}

@Injectable()
export class FindTasks {
  constructor(
    private readonly database: Database,
    private readonly tasks: TaskStore,
    private readonly law: IncentiveLaw,
  ) {}

  /** Tasks that the caller may see, oldest first: executed, escalated to the caller's unit, or about itself. */
  async list(actor: Actor, filter: TaskFilter, page: PageRequest): Promise<Page<TaskView>> {
    const duties = this.law.dutiesOf(actor);
    const { rows } = await this.database.query<IncentiveTask>(
      `${SELECT_TASK}
       WHERE ($1::text IS NULL OR e.subject_code = $1 OR t.subject_id::text = $1)
         AND ($2::text IS NULL OR t.status = $2) AND ($3::text IS NULL OR t.executor = $3)
         AND ($4::boolean IS NULL OR t.overdue = $4)
         AND ($5::boolean IS NULL OR (t.escalated_on IS NOT NULL) = $5)
         AND ($6 OR t.executor = ANY($7) OR t.escalated_to = ANY($7) OR e.subject_code = $8 OR t.subject_id::text = $8)
         AND ($9::uuid IS NULL OR t.id > $9)
       ORDER BY t.id LIMIT $10`,
      [
        filter.subject ?? null,
        filter.status ?? null,
        filter.executor ?? null,
        filter.overdue ?? null,
        filter.escalated ?? null,
        seesAll(actor),
        duties,
        actor.party ?? null,
        page.after?.[0] ?? null,
        page.limit + 1,
      ],
    );
    const { items, next } = pageOf(rows, page, ({ id }) => [id]);
    return { items: items.map((task) => taskViewOf(task, actor, duties)), ...(next ? { next } : {}) };
  }

  /** @throws Refusal `incentive.task-not-found`, `request.other-department` */
  async one(actor: Actor, id: string): Promise<TaskView> {
    return taskViewOf(await this.#visible(actor, id), actor, this.law.dutiesOf(actor));
  }

  async history(actor: Actor, id: string): Promise<TaskHistoryEntry[]> {
    await this.#visible(actor, id);
    const { rows } = await this.database.query<TaskHistoryEntry>(
      `SELECT version, fact, actor, on_day AS "on", recorded_at AS at
       FROM incentive_task_history WHERE task_id = $1 ORDER BY version`,
      [id],
    );
    return rows;
  }

  async #visible(actor: Actor, id: string): Promise<IncentiveTask> {
    const task = await this.tasks.find(this.database, id);
    if (!task) throw incentiveRefusals.refusal('incentive.task-not-found', { id });
    const { subject, executor, state } = task;
    const escalatedTo = state.handling.escalated?.to ?? null;
    demandSight(actor, this.law.dutiesOf(actor), { subject, executor, escalatedTo });
    return task;
  }
}
