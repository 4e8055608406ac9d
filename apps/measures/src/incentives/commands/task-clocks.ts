import { Injectable } from '@nestjs/common';
import { cancelAll, type NewDeadline, scheduleAll } from '#deadlines';
import { deadline, endOfDay } from '#kernel';
import type { Tx } from '#platform';
import { owedClock } from '../../discipline/domain/owed-clock.js';
import type { TaskFact, TaskRules } from '../domain/task.js';
import type { StoredIncentive } from '../store/incentives.store.js';
import type { ChangedTask, IncentiveTask } from '../store/tasks.js';

const OF_TASKS = ['incentive.answer', 'incentive.reminder', 'incentive.end', 'incentive.escalation'] as const;
/** Every kind of clock that incentives start. */
export const INCENTIVE_CLOCKS = [...OF_TASKS, 'incentive.rule-end'] as const;
type Kind = (typeof INCENTIVE_CLOCKS)[number];

/** The clocks of what departments do about incentives; their days are those of the discipline loop. */
@Injectable()
export class TaskClocks {
  /** Of what was just granted: each task's answer, and the last day of the rule behind the entry. */
  async begin(
    tx: Tx,
    tasks: readonly IncentiveTask[],
    entries: readonly StoredIncentive[],
    rules: TaskRules,
  ): Promise<void> {
    await scheduleAll(tx, [
      ...tasks.flatMap(({ id, state }) =>
        'answerDue' in state
          ? [{ ref: id, ...owedClock('incentive', 'answer', state.answerDue, rules) }]
          : [],
      ),
      ...entries.flatMap(({ id, until }) =>
        until === null ? [] : [{ kind: 'incentive.rule-end', ref: id, dueAt: endOfDay(until) }],
      ),
    ]);
  }

  async follow(tx: Tx, changes: readonly ChangedTask[], rules: TaskRules): Promise<void> {
    const started: NewDeadline[] = [];
    const stopped: { kind: Kind; ref: string }[] = [];
    for (const { task, facts } of changes) {
      for (const fact of facts) {
        stopped.push(...stops(fact).map((kind) => ({ kind, ref: task.id })));
        started.push(...starts(task.id, fact, rules));
      }
    }
    await cancelAll(tx, stopped);
    await scheduleAll(tx, started);
  }
}

function stops(fact: TaskFact): Kind[] {
  switch (fact.type) {
    case 'answered':
      return ['incentive.answer', 'incentive.reminder', 'incentive.escalation'];
    case 'end-ordered':
    case 'ended':
      return [...OF_TASKS];
    default:
      return [];
  }
}

function starts(ref: string, fact: TaskFact, rules: TaskRules): NewDeadline[] {
  switch (fact.type) {
    case 'overdue': {
      const day = deadline(rules.calendar, fact.due, rules.escalateAfter);
      return [{ kind: 'incentive.escalation', ref, dueAt: endOfDay(day) }];
    }
    case 'end-ordered':
      return [{ ref, ...owedClock('incentive', 'end', fact.endDue, rules) }];
    case 'reminded':
      return [{ kind: `incentive.${fact.of}`, ref, dueAt: endOfDay(fact.due) }];
    default:
      return [];
  }
}
