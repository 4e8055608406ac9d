import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import {
  CITIES,
  caseOf,
  codeOf,
  EXECUTORS,
  fillActions,
  fillTasks,
  INCENTIVES,
  LEAD,
  LISTS,
  MEASURES,
} from '../../specs/province.js';
import { type RunningMeasures, startMeasures } from '../../specs/running-measures.js';
import { type ActionWorkFilter, actionWorklist } from '../discipline/queries/action-worklist.js';
import { type ActionFilter, actionsStatement } from '../discipline/queries/find-actions.js';
import { type TaskWorkFilter, taskWorklist } from '../incentives/queries/task-worklist.js';
import type { Question } from './due-worklist.js';

/*
 * What departments owe of a province's actions, and of its tasks about incentives. CI holds the plans, and that no page
 * reads more than what it is narrowed by; the times are taken at a million of each with
 * `CHENGXIN_ACTIONS=1000000 npm test -- --no-stories apps/measures/src/units/worklists-at-scale.spec`.
 */
const ACTIONS = Number(process.env['CHENGXIN_ACTIONS'] ?? 20_000);
const MILLION = 1_000_000;
const P50_MS = 20;
const RUNS = ACTIONS >= MILLION ? 100 : 10;
/** Blocks of 8 KiB that a page of 50 with its cases may read, of a narrow choice along a whole run of what is owed. */
const BLOCKS = 6_000;
/** Two narrow ones: both are passed along the run of a unit, or of the narrower of the two. */
const BLOCKS_OF_TWO = 12_000;
/** In the order of ids: along the primary key past other units, or all that a small unit has. */
const BLOCKS_OF_REGISTER = 40_000;
/** A name: a sample of names, and up to a hundredth of the cases, or as many rows as hold fifty of them. */
const BLOCKS_BY_NAME = 25_000;

let database: TestDatabase;
let running: RunningMeasures;
beforeAll(async () => {
  database = await testDatabase('measures');
  const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };
  running = await startMeasures(database.url, issuer, '2024-11-25');
  const began = performance.now();
  await running.db.transaction((tx) => fillActions(tx, ACTIONS));
  await running.db.transaction((tx) => fillTasks(tx, ACTIONS));
  // A snapshot that somebody holds meanwhile keeps rows from being known as visible to all, and plans from their indexes.
  await eventually(
    async () => {
      await running.db.query(
        'VACUUM (ANALYZE) discipline_action, discipline_case, incentive_task, incentive_ground, incentive_entry',
      );
      const { rows } = await running.db.query<{ share: number }>(
        `SELECT min(relallvisible::float8 / relpages) AS share FROM pg_class
       WHERE oid = ANY (ARRAY['discipline_action', 'incentive_task']::regclass[])`,
      );
      expect(rows[0]!.share).toBeGreaterThan(0.99);
    },
    { within: 120_000 },
  );
  tell(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}, 1_200_000);
afterAll(async () => {
  await running.close();
  await database.drop();
});

const page = { limit: 50 };
const pick = <T>(from: readonly T[], nth: number): T => from[nth % from.length]!;
const DEEP = { ...page, after: ['2024-11-30', '00000000-0000-4000-8000-000000000000'] };
const OWED = ['ordered', 'received', 'checked', 'lift-ordered'];
const NAMES = {
  frequent: ['有限公司', '商贸', '鑫源'],
  some: ['松江鑫源', '黑水宏达', '嫩江顺发食品', '宏达医药'],
  rare: ['赟骉', '翊犇', '曜羴食品', '龘龘'],
};

interface Asked {
  index: RegExp;
  ask: (nth: number) => Question;
  blocks?: number;
  /** what must not be read as a whole */
  whole?: RegExp;
}
type Duties = readonly string[] | 'all';
const own = (nth: number): Duties => [pick(EXECUTORS, nth)];
const lead = [LEAD];

function actions(
  index: RegExp,
  filter: (nth: number) => ActionWorkFilter,
  duties: (nth: number) => Duties = () => 'all',
  blocks = BLOCKS,
  at: { limit: number; after?: string[] } = page,
): Asked {
  return { index, ask: (nth) => actionWorklist(filter(nth), duties(nth), at), blocks };
}
function tasks(
  index: RegExp,
  filter: (nth: number) => TaskWorkFilter,
  duties: (nth: number) => Duties = () => 'all',
  blocks = BLOCKS,
): Asked {
  return { index, ask: (nth) => taskWorklist(filter(nth), duties(nth), page), blocks };
}
/** Whatever its status, in the order of ids, for the auditor: as many blocks as the unit has actions of that half. */
function register(filter: (nth: number) => ActionFilter): Asked {
  return {
    index: /discipline_action_(executor|pkey)\b/,
    ask: (nth) => actionsStatement(filter(nth), { all: true, duties: [], party: undefined }, page),
    blocks: BLOCKS_OF_REGISTER,
    whole: /Seq Scan on discipline_action/,
  };
}
const ANY = /_(due|overdue|escalated)\w*\b/;
const codes = (nth: number): { subject: string } => ({ subject: codeOf(1 + ((nth * 97) % (ACTIONS / 10))) });

const questions: Record<string, Asked> = {
  'actions of a unit': actions(/discipline_action_due_of_executor\b/, () => ({}), own),
  'actions of a unit, deep': actions(/discipline_action_due_of_executor\b/, () => ({}), own, BLOCKS, DEEP),
  'actions of a unit in one status': actions(ANY, (nth) => ({ status: pick(OWED, nth) }), own),
  'lifts that a unit has to confirm': actions(ANY, () => ({ status: 'lift-ordered' }), own),
  'late lifts of a unit': actions(ANY, () => ({ status: 'lift-ordered', overdue: true }), own),
  'late actions of a unit': actions(ANY, () => ({ overdue: true }), own),
  'actions of a unit in one city': actions(ANY, (nth) => ({ city: pick(CITIES, nth) }), own),
  'actions of a unit for one list': actions(ANY, (nth) => ({ list: pick(LISTS, nth) }), own),
  'actions of a unit of one measure in one city': actions(
    ANY,
    (nth) => ({ measure: pick(MEASURES, nth), city: pick(CITIES, nth) }),
    own,
    BLOCKS_OF_TWO,
  ),
  'actions of one officer': actions(ANY, (nth) => ({ assignee: `officer.${nth % 200}` }), own),
  'what was escalated to the lead unit': actions(
    /discipline_action_escalated\b/,
    () => ({}),
    () => lead,
  ),
  'what was escalated to the lead unit, of one department': actions(
    ANY,
    (nth) => ({ department: pick(EXECUTORS, nth) }),
    () => lead,
  ),
  'actions of everywhere': actions(/discipline_action_due\b/, () => ({})),
  'actions of everywhere in one status': actions(ANY, (nth) => ({ status: pick(OWED, nth) })),
  'lifts of everywhere that are not confirmed': actions(ANY, () => ({ status: 'lift-ordered' })),
  'late actions of everywhere': actions(/discipline_action_overdue\b/, () => ({ overdue: true })),
  'late lifts of everywhere': actions(ANY, () => ({ status: 'lift-ordered', overdue: true })),
  'actions in one city': actions(ANY, (nth) => ({ city: pick(CITIES, nth) })),
  'actions for one list': actions(ANY, (nth) => ({ list: pick(LISTS, nth) })),
  'actions of one measure': actions(ANY, (nth) => ({ measure: pick(MEASURES, nth) })),
  'actions of one list and measure in one city': actions(
    ANY,
    (nth) => ({ list: pick(LISTS, nth), measure: pick(MEASURES, nth * 3), city: pick(CITIES, nth * 5) }),
    undefined,
    BLOCKS_OF_TWO,
  ),
  'actions of one department, for the auditor': actions(ANY, (nth) => ({
    department: pick(EXECUTORS, nth),
  })),
  'actions by a code': actions(/discipline_action_subject\b/, codes),
  'actions of a unit by a code': actions(ANY, codes, own),
  'actions by a name in most': actions(
    ANY,
    (nth) => ({ subject: pick(NAMES.frequent, nth) }),
    undefined,
    BLOCKS_BY_NAME,
  ),
  'actions of a unit by a name in most': actions(
    ANY,
    (nth) => ({ subject: pick(NAMES.frequent, nth) }),
    own,
    BLOCKS_BY_NAME,
  ),
  'actions by a name of some': actions(
    /discipline_case_names\b/,
    (nth) => ({ subject: pick(NAMES.some, nth) }),
    undefined,
    BLOCKS_BY_NAME,
  ),
  'actions of a unit by a rare name': actions(
    /discipline_case_names\b/,
    (nth) => ({ subject: pick(NAMES.rare, nth) }),
    own,
    BLOCKS_BY_NAME,
  ),
  'every action of a unit': register((nth) => ({ executor: pick(EXECUTORS, nth * 7) })),
  'answered actions of a unit': register((nth) => ({
    executor: pick(EXECUTORS, nth * 7),
    status: pick(['applied', 'not-applied', 'lifted'], nth),
  })),
  'every action of a case': {
    ...register((nth) => ({ caseId: caseOf(1 + ((nth * 97) % (ACTIONS / 10))) })),
    index: /discipline_action_case_id_\w+\b/,
  },
  'tasks of a unit': tasks(/incentive_task_due_of_executor\b/, () => ({}), own),
  'tasks of a unit in one city': tasks(ANY, (nth) => ({ city: pick(CITIES, nth) }), own),
  'ends that a unit has to confirm': tasks(ANY, () => ({ status: 'end-ordered' }), own),
  'late tasks of a unit': tasks(ANY, () => ({ overdue: true }), own),
  'tasks that were escalated': tasks(
    /incentive_task_due_escalated\b/,
    () => ({}),
    () => lead,
  ),
  'tasks of everywhere': tasks(/incentive_task_due\b/, () => ({})),
  'late tasks of everywhere': tasks(ANY, () => ({ overdue: true })),
  'tasks in one city': tasks(ANY, (nth) => ({ city: pick(CITIES, nth) })),
  'tasks of one incentive': tasks(ANY, (nth) => ({ incentive: pick(INCENTIVES, nth) })),
  'tasks by a code': tasks(/incentive_task_due_of_subject\b/, codes),
  'tasks by a name in most': tasks(
    ANY,
    (nth) => ({ subject: pick(NAMES.frequent, nth) }),
    undefined,
    BLOCKS_BY_NAME,
  ),
  'tasks by a rare name': tasks(
    /incentive_ground_names\b/,
    (nth) => ({ subject: pick(NAMES.rare, nth) }),
    undefined,
    BLOCKS_BY_NAME,
  ),
};

describe('a worklist of what is owed', () => {
  it.each(Object.entries(questions))(
    '%s: reads its index, whatever else there is',
    async (_which, { index, ask, blocks = BLOCKS, whole = /Seq Scan on (discipline_|incentive_)/ }) => {
      for (let nth = 0; nth < 6; nth++) {
        const { plan, blocks: read } = await planOf(ask(nth));
        expect(done(plan)).not.toMatch(whole);
        expect(plan).toMatch(index);
        expect(read).toBeLessThanOrEqual(blocks);
      }
    },
    60_000,
  );

  it.each(Object.entries(questions))(
    '%s: answers in time',
    async (which, { ask }) => {
      const times: number[] = [];
      for (let nth = 0; nth < RUNS; nth++) {
        const { sql, values } = ask(nth);
        const began = performance.now();
        await running.db.query(sql, values);
        times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      const [p50, p99] = [times[Math.floor(RUNS / 2)]!, times[Math.floor(RUNS * 0.99)]!];
      tell(`${which}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
      // At the size of CI the machine says more about its load than about the plan.
      if (ACTIONS >= MILLION) expect(p50).toBeLessThanOrEqual(P50_MS);
    },
    600_000,
  );
});

async function planOf({ sql, values }: Question): Promise<{ plan: string; blocks: number }> {
  const { rows } = await running.db.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY OFF) ${sql}`,
    values,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const [, hit = '0', read = '0'] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan) ?? [];
  return { plan, blocks: Number(hit) + Number(read) };
}

/** Of the two ways to a name one is not gone. */
function done(plan: string): string {
  return plan
    .split('\n')
    .filter((line) => !line.includes('never executed'))
    .join('\n');
}

function tell(what: string): void {
  process.stdout.write(`${ACTIONS} actions, ${what}\n`);
}
