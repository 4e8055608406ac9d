import type { Tx } from '#platform';
import type { ActionState, Handling } from '../src/discipline/domain/action.js';
import type { TaskHandling, TaskState } from '../src/incentives/domain/task.js';

/*
 * A province's worth of what departments owe and have done, in a statement a table. A third is owed, as in a busy month;
 * the rest is answered or lifted. All of it is made up: （虚构）.
 */

export const CITIES =
  '230100 230200 230300 230400 230500 230600 230700 230800 230900 231000 231100 231200 232700 110100'.split(
    ' ',
  );
export const LISTS =
  'SAMR COURT TAX WAGE SAFETY MEDICAL CUSTOMS FINANCE BUILD CULTURE TRANSPORT SOCORG CHARITY TRAVEL'.split(
    ' ',
  );
const LINES =
  'market-regulation finance tax human-resources emergency natural-resources housing transport culture ecology'.split(
    ' ',
  );
/** Provincial units, then those of the cities. */
export const EXECUTORS = [
  ...LINES.map((line) => `hlj.${line}`),
  ...CITIES.slice(0, 13).flatMap((city) => LINES.map((line) => `hlj.city.${city}.${line}`)),
];
export const MEASURES = Array.from({ length: 28 }, (_, nth) => `2024/${nth + 1}`);
export const INCENTIVES = ['green-channel', 'fewer-inspections', 'simpler-files', 'rare-benefit'].map(
  (one) => `incentive/${one}`,
);
const PLACES = '松江 黑水 嫩江 呼兰 牡丹 绥芬 兴安 完达 镜泊 扎龙 双城 阿城 宾州 依兰 方正 木兰'.split(' ');
const WORDS = '鑫源 宏达 顺发 华盛 金泰 瑞丰 恒隆 德和 盛旺 天通 福润 兴祥 永茂 嘉邦 泰美 龙城'.split(' ');
const RARE = '赟骉 翊犇 曜羴 昶猋'.split(' ');
const TRADES = '商贸 建筑工程 食品 农机 餐饮 运输 物业 医药'.split(' ');

/** The day on which the province stands as it stands. */
export const TODAY = '2024-11-25';
export const LEAD = 'hlj.business-environment';

const handling: Handling = { receivedOn: null, check: null, assignee: null, missed: null, escalated: null };
const owed = { handling, answerDue: '2024-12-06', overdue: false };
const answer = { result: 'applied' as const, on: '2024-11-20', note: '已执行（虚构）', evidence: [] };
const lift = { end: 'expired', orderedOn: '2024-11-22' };
/** One of a status each, with its share in a thousand. */
const STATES: readonly [share: number, state: ActionState][] = [
  [150, { status: 'ordered', ...owed }],
  [50, { status: 'received', ...owed }],
  [20, { status: 'checked', ...owed }],
  [80, { status: 'lift-ordered', handling, answer, lift, liftDue: '2024-11-27', overdue: false }],
  [300, { status: 'applied', handling, answer }],
  [
    200,
    {
      status: 'not-applied',
      handling,
      answer: { result: 'not-applied', on: '2024-11-20', reason: 'no-business-with-subject', note: '' },
    },
  ],
  [
    200,
    {
      status: 'lifted',
      handling,
      answer,
      lift,
      lifted: { how: 'confirmed', on: '2024-11-23', note: '' },
    },
  ],
];
const ofTask: TaskHandling = { receivedOn: null, missed: null, escalated: null };
const given = { result: 'applied' as const, on: '2024-11-20', note: '已给予（虚构）' };
const TASK_STATES: readonly [share: number, state: TaskState][] = [
  [200, { status: 'granted', handling: ofTask, answerDue: '2024-12-06', overdue: false }],
  [50, { status: 'received', handling: ofTask, answerDue: '2024-12-06', overdue: false }],
  [
    50,
    {
      status: 'end-ordered',
      handling: ofTask,
      answer: given,
      end: { why: 'ground-lost', orderedOn: '2024-11-22' },
      endDue: '2024-11-27',
      overdue: false,
    },
  ],
  [700, { status: 'applied', handling: ofTask, answer: given }],
];

/** A number for each row and purpose, the same in every run. */
const chance = (row: string, salt: number, of: number): string =>
  `((hashint8extended(${row}, ${salt}) & 2147483647) % ${of})`;
/** The first of the list in a quarter of all rows, and so on: the last ones are rare. */
const skewed = (list: string, length: number, row: string, salt: number): string =>
  `(${list})[1 + floor(${length} * power(${chance(row, salt, 10_000)} / 10000.0, 3))::int]`;
const uuidOf = (row: string, kind: string): string =>
  `('0192f0c4-6c${kind}-7000-8000-' || lpad(to_hex(${row}), 12, '0'))::uuid`;
export const caseOf = (nth: number): string =>
  `0192f0c4-6cca-7000-8000-${nth.toString(16).padStart(12, '0')}`;
export const codeOf = (nth: number): string => `91230100MA${String(nth).padStart(8, '0')}`;

/** Subjects of whom cases, or grounds, are; one of two hundred has a rare name. */
const SUBJECT = (row: string): string => `jsonb_build_object('id', ${uuidOf(row, '01')}, 'kind', 'enterprise',
  'code', '91230100MA' || lpad(${row}::text, 8, '0'),
  'name', ($1::text[])[1 + ${chance(row, 1, PLACES.length)}]
    || CASE WHEN ${chance(row, 2, 200)} = 0 THEN ($3::text[])[1 + ${chance(row, 3, RARE.length)}]
       ELSE ($2::text[])[1 + ${chance(row, 4, WORDS.length)}] END
    || ($4::text[])[1 + ${chance(row, 5, TRADES.length)}] || '有限公司（虚构）',
  'region', ${skewed('$5::text[]', CITIES.length, row, 6)})`;
const NAMES = [PLACES, WORDS, RARE, TRADES, CITIES];

const statesOf = (states: readonly [number, { status: string }][]): string =>
  JSON.stringify(
    states.map(([share, state], nth) => ({
      above: states.slice(0, nth).reduce((sum, [before]) => sum + before, 0),
      share,
      status: state.status,
      owed: 'overdue' in state,
      state,
    })),
  );

/** Ten actions a case, and a case a subject. */
export async function fillActions(tx: Tx, actions: number): Promise<void> {
  // What is made up here needs no check of its keys.
  await tx.query('SET LOCAL session_replication_role = replica');
  await tx.query(
    `INSERT INTO discipline_case (case_id, subject_id, subject_code, standing, list_type, serious, department, in_force_on,
       rules_on, case_ref, subject_ref)
     SELECT ${uuidOf('n', 'ca')}, ${uuidOf('n', '01')}, '91230100MA' || lpad(n::text, 8, '0'), 'live', list, true,
            'hlj.market-regulation', '2024-11-14', '2024-11-14',
            jsonb_build_object('id', ${uuidOf('n', 'ca')}, 'no', list || '-2024-' || n, 'listType', list,
              'listName', list || '（虚构）', 'rulesVersion', '2021-09-01', 'conductKind', 'samr.food',
              'department', 'hlj.market-regulation', 'serious', true),
            ${SUBJECT('n')}
     FROM generate_series(1, $6::int) AS n
     CROSS JOIN LATERAL (SELECT ${skewed('$7::text[]', LISTS.length, 'n', 7)} AS list) l`,
    [...NAMES, actions / 10, LISTS],
  );
  await tx.query(
    `INSERT INTO discipline_action (id, case_id, subject_id, subject_code, city, list_type, rule, executor, measure, class,
       mode, fields, begins_on, version, status, due_on, overdue, assignee, escalated_on, ordered_on, content, state)
     SELECT ${uuidOf('n', 'ac')}, c.case_id, c.subject_id, c.subject_code, left(c.subject_ref ->> 'region', 4) || '00',
            c.list_type, 'made-up.' || n % 10, ${skewed('$1::text[]', EXECUTORS.length, 'n', 10)},
            ${skewed('$2::text[]', MEASURES.length, 'n', 11)}, 'B', 'required', '{honours}', '2024-11-14', 1, s.status,
            CASE WHEN s.owed THEN $6::date + (CASE WHEN late THEN - ${chance('n', 12, 40)} - 1 ELSE ${chance('n', 13, 11)} END)::int END,
            s.owed AND late, CASE WHEN s.owed AND ${chance('n', 14, 20)} = 0 THEN 'officer.' || ${chance('n', 15, 200)} END,
            CASE WHEN s.owed AND told THEN '2024-11-20'::date END, '2024-11-14',
            '{"title": "限制参加评先评优", "basis": [{"instrument": "（虚构）"}]}',
            CASE WHEN s.owed AND told
              THEN jsonb_set(s.state, '{handling,escalated}', jsonb_build_object('to', $4::text, 'on', '2024-11-20')) ELSE s.state END
     FROM generate_series(1, $5::int) AS n
     JOIN discipline_case c ON c.case_id = ${uuidOf('((n + 9) / 10)', 'ca')}
     CROSS JOIN LATERAL (SELECT ${chance('n', 16, 1000)} AS draw, ${chance('n', 17, 15)} = 0 AS late,
                                ${chance('n', 17, 60)} = 0 AS told) d
     JOIN jsonb_to_recordset($3) AS s (above int, share int, status text, owed boolean, state jsonb)
       ON d.draw >= s.above AND d.draw < s.above + s.share`,
    [EXECUTORS, MEASURES, statesOf(STATES), LEAD, actions, TODAY],
  );
}

/** Two tasks an entry, where they are of different departments, and an entry a subject. */
export async function fillTasks(tx: Tx, tasks: number): Promise<void> {
  await tx.query('SET LOCAL session_replication_role = replica');
  await tx.query(
    `INSERT INTO incentive_ground (subject_id, subject_ref)
     SELECT ${uuidOf('n', '01')}, ${SUBJECT('n')} FROM generate_series(1, $6::int) AS n`,
    [...NAMES, tasks / 2],
  );
  await tx.query(
    `INSERT INTO incentive_entry (id, subject_id, subject_code, incentive, content, granted_on)
     SELECT ${uuidOf('n', 'e0')}, ${uuidOf('n', '01')}, '91230100MA' || lpad(n::text, 8, '0'),
            ${skewed('$1::text[]', INCENTIVES.length, 'n', 20)}, '{"title": "绿色通道", "executors": []}', '2024-11-14'
     FROM generate_series(1, $2::int) AS n`,
    [INCENTIVES, tasks / 2],
  );
  await tx.query(
    `INSERT INTO incentive_task (id, entry_id, subject_id, city, incentive, executor, version, status, due_on, overdue,
       granted_on, escalated_to, escalated_on, state)
     SELECT ${uuidOf('n', 'a5')}, e.id, e.subject_id, left(g.subject_ref ->> 'region', 4) || '00', e.incentive,
            ${skewed('$1::text[]', EXECUTORS.length, 'n', 21)}, 1, s.status,
            CASE WHEN s.owed THEN $4::date + (CASE WHEN late THEN - ${chance('n', 22, 40)} - 1 ELSE ${chance('n', 23, 11)} END)::int END,
            s.owed AND late, '2024-11-14', CASE WHEN s.owed AND told THEN $5 END,
            CASE WHEN s.owed AND told THEN '2024-11-20'::date END, s.state
     FROM generate_series(1, $3::int) AS n
     JOIN incentive_entry e ON e.id = ${uuidOf('((n + 1) / 2)', 'e0')}
     JOIN incentive_ground g ON g.subject_id = e.subject_id
     CROSS JOIN LATERAL (SELECT ${chance('n', 24, 1000)} AS draw, ${chance('n', 25, 15)} = 0 AS late,
                                ${chance('n', 25, 60)} = 0 AS told) d
     JOIN jsonb_to_recordset($2) AS s (above int, share int, status text, owed boolean, state jsonb)
       ON d.draw >= s.above AND d.draw < s.above + s.share
     ON CONFLICT DO NOTHING`,
    [EXECUTORS, statesOf(TASK_STATES), tasks, TODAY, LEAD],
  );
}
