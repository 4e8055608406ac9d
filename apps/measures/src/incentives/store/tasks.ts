import { Injectable } from '@nestjs/common';
import type { IncentiveRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { actorLine, currentContext, platformActor, type Queryable, type Tx } from '#platform';
import { lockSubject } from '../../discipline/store/subject-lock.js';
import { cityOf } from '../../units/city-of.js';
import {
  answerInTask,
  evolveTask,
  isTaskOverdue,
  openDayOfTask,
  type TaskFact,
  type TaskState,
} from '../domain/task.js';

/** What one executing department does about one incentive of one subject. */
export interface IncentiveTask {
  id: string;
  version: number;
  executor: string;
  incentive: IncentiveRef;
  subject: SubjectRef;
  state: TaskState;
}

/** A task after a command, and what the command brought about. */
export interface ChangedTask {
  task: IncentiveTask;
  facts: readonly TaskFact[];
}

/** Every read of a task begins so; `WHERE` follows. */
export const SELECT_TASK = `
  SELECT t.id, t.version, t.executor, t.state, g.subject_ref AS subject,
         e.content || jsonb_build_object('id', e.id, 'incentive', e.incentive, 'from', e.granted_on) AS incentive
  FROM incentive_task t JOIN incentive_entry e ON e.id = t.entry_id JOIN incentive_ground g ON g.subject_id = t.subject_id`;

@Injectable()
export class TaskStore {
  /** Tasks of entries that were just granted, in one statement. */
  async begin(tx: Tx, tasks: readonly IncentiveTask[]): Promise<void> {
    if (tasks.length === 0) return;
    const given = tasks.map(({ id, executor, incentive, subject, state }) => ({
      id,
      entry_id: incentive.id,
      subject_id: subject.id,
      city: cityOf(subject.region),
      incentive: incentive.incentive,
      executor,
      granted_on: incentive.from,
      ...columnsOf(state),
      fact: { type: 'granted', answerDue: openDayOfTask(state) },
    }));
    await tx.query(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1) AS g (id uuid, entry_id uuid, subject_id uuid, city text, incentive text, executor text, granted_on date,
           status text, due_on date, overdue boolean, state jsonb, fact jsonb)
       ), begun AS (
         INSERT INTO incentive_task
           (id, entry_id, subject_id, city, incentive, executor, version, status, due_on, overdue, granted_on, state)
         SELECT id, entry_id, subject_id, city, incentive, executor, 1, status, due_on, overdue, granted_on, state FROM given
         RETURNING id
       )
       INSERT INTO incentive_task_history (task_id, version, fact, actor, on_day)
       SELECT id, 1, fact, $2, granted_on FROM given JOIN begun USING (id)`,
      [JSON.stringify(given), actingNow()],
    );
  }

  /**
   * Locks one task, lets `decide` say what happens to it, and saves that.
   *
   * @returns undefined when there is no such task
   */
  async change(
    tx: Tx,
    id: string,
    decide: (task: IncentiveTask) => readonly TaskFact[],
    on: LocalDate,
  ): Promise<ChangedTask | undefined> {
    const found = await this.find(tx, id);
    if (!found) return undefined;
    await lockSubject(tx, found.subject.id);
    const { rows } = await tx.query<IncentiveTask>(`${SELECT_TASK} WHERE t.id = $1 FOR UPDATE OF t`, [id]);
    const task = rows[0]!;
    const [changed] = await this.#save(tx, [{ task, facts: decide(task) }], on);
    return changed;
  }

  /** As `change`, for the tasks of entries that fell away; their subjects are locked already. */
  async changeOf(
    tx: Tx,
    entries: readonly string[],
    decide: (task: IncentiveTask) => readonly TaskFact[],
    on: LocalDate,
  ): Promise<ChangedTask[]> {
    if (entries.length === 0) return [];
    const { rows } = await tx.query<IncentiveTask>(
      `${SELECT_TASK} WHERE t.entry_id = ANY($1) ORDER BY t.id FOR UPDATE OF t`,
      [entries],
    );
    return this.#save(
      tx,
      rows.map((task) => ({ task, facts: decide(task) })),
      on,
    );
  }

  /** Its subject is in another city now: worklists find it there; who gives it stays. */
  async show(tx: Tx, subject: SubjectRef): Promise<void> {
    await tx.query('UPDATE incentive_task SET city = $2 WHERE subject_id = $1 AND city <> $2', [
      subject.id,
      cityOf(subject.region),
    ]);
  }

  async find(db: Queryable, id: string): Promise<IncentiveTask | undefined> {
    const { rows } = await db.query<IncentiveTask>(`${SELECT_TASK} WHERE t.id = $1`, [id]);
    return rows[0];
  }

  async #save(tx: Tx, changes: readonly ChangedTask[], on: LocalDate): Promise<ChangedTask[]> {
    const next = changes
      .filter(({ facts }) => facts.length > 0)
      .map(({ task, facts }) => ({
        before: task.version,
        facts,
        task: {
          ...task,
          version: task.version + facts.length,
          state: facts.reduce(evolveTask, task.state),
        },
      }));
    if (next.length === 0) return [];
    const { rows } = await tx.query<{ changed: number }>(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1) AS g (
           id uuid, before integer, version integer, facts jsonb, entry_id uuid, executor text, status text, due_on date,
           overdue boolean, received_on date, answered_on date, answer_missed date, end_ordered_on date, ended_on date,
           escalated_to text, escalated_on date, result text, state jsonb)
       ), changed AS (
         UPDATE incentive_task t
         SET version = g.version, status = g.status, due_on = g.due_on, overdue = g.overdue, received_on = g.received_on,
             answered_on = g.answered_on, answer_missed = g.answer_missed, end_ordered_on = g.end_ordered_on,
             ended_on = g.ended_on, escalated_to = g.escalated_to, escalated_on = g.escalated_on, state = g.state
         FROM given g WHERE t.id = g.id AND t.version = g.before
         RETURNING t.id
       ), shown AS (
         UPDATE incentive_entry e SET answers = e.answers || a.answers
         FROM (SELECT entry_id, jsonb_object_agg(executor, result) AS answers FROM given WHERE result IS NOT NULL
               GROUP BY entry_id) a
         WHERE e.id = a.entry_id
       ), told AS (
         INSERT INTO incentive_task_history (task_id, version, fact, actor, on_day)
         SELECT g.id, g.before + f.nth, f.fact, $2, $3
         FROM given g CROSS JOIN LATERAL jsonb_array_elements(g.facts) WITH ORDINALITY AS f (fact, nth)
       )
       SELECT count(*) AS changed FROM changed`,
      [
        JSON.stringify(
          next.map(({ task, before, facts }) => ({
            id: task.id,
            entry_id: task.incentive.id,
            executor: task.executor,
            before,
            version: task.version,
            facts,
            result: answerInTask(task.state)?.result ?? null,
            ...columnsOf(task.state),
          })),
        ),
        actingNow(),
        on,
      ],
    );
    // The rows are locked, so a difference can only be a fault of this store.
    if (rows[0]?.changed !== next.length)
      throw new Error(`${rows[0]?.changed} of ${next.length} incentive tasks were saved`);
    return next.map(({ task, facts }) => ({ task, facts }));
  }
}

/** What of a state is filtered, sorted or counted by. */
function columnsOf(state: TaskState): object {
  const { receivedOn, missed, escalated } = state.handling;
  const answer = answerInTask(state);
  return {
    status: state.status,
    due_on: openDayOfTask(state),
    overdue: isTaskOverdue(state),
    // Whoever answers has received.
    received_on: receivedOn ?? answer?.on ?? null,
    answered_on: answer?.on ?? null,
    answer_missed: missed,
    end_ordered_on: 'end' in state ? state.end.orderedOn : null,
    ended_on: state.status === 'ended' ? state.ended.on : null,
    escalated_to: escalated?.to ?? null,
    escalated_on: escalated?.on ?? null,
    state,
  };
}

function actingNow(): string {
  return actorLine(currentContext()?.actor ?? platformActor('measures'));
}
