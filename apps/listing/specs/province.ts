import pg from 'pg';

/*
 * A province's worth of cases, in one statement a table: tables first, then their indexes and foreign keys
 * (which are checked as they are added), then what the planner knows of them. A million cases with parties,
 * entries, changes of the register and clocks take a minute or two; one by one through the API they would take
 * days. All of it is made up: （虚构）.
 */

export interface Province {
  /** How many cases; a file's bound persons are cases of their own. */
  cases: number;
  /** The day on which they stand as they stand. */
  today: string;
  /** Real cases whose states are copied: under way, on the list, off it. */
  like: { open: string; listed: string; ended: string };
  /** `mixed`: most are closed, a third on the list. `listed`: every one is on the public register. */
  stages: 'mixed' | 'listed';
}

/** Who decides on which list, in which division, and what share of all cases that is. */
const UNITS: readonly [share: number, list: string, department: string, region: string][] = [
  ...offices('COURT', 'hlj.court', 0.04, []),
  ...offices('SAMR', 'market-regulation', 0.38, ['230100', '230200', '230600']),
  ...offices('WAGE', 'human-resources', 0.08, ['230100', '230200', '230600']),
  ...offices('TAX', 'tax', 0.06, ['230100', '230200', '230600']),
  ...offices('SAFETY', 'emergency', 0.02, ['230100', '230200', '230600']),
  [0.005, 'SOCORG', 'hlj.civil-affairs', '230000'],
  [0.001, 'CHARITY', 'hlj.civil-affairs', '230000'],
];

/** The provincial office and its larger cities; what is left goes to counties, each with a court of its own. */
function offices(
  list: string,
  line: string,
  share: number,
  cities: readonly string[],
): [number, string, string, string][] {
  const province = line.startsWith('hlj.') ? line : `hlj.${line}`;
  if (cities.length === 0) return [[share, list, province, '230000']];
  return [
    [share * 0.25, list, province, '230000'],
    ...cities.map((city, nth): [number, string, string, string] => [
      share * [0.45, 0.2, 0.1][nth]!,
      list,
      `hlj.city.${city}.${line}`,
      city,
    ]),
  ];
}

const PREFECTURES =
  '230100 230200 230300 230400 230500 230600 230700 230800 230900 231000 231100 231200 232700';
const PLACES =
  '松江 黑水 嫩江 呼兰 牡丹 绥芬 兴安 完达 镜泊 扎龙 双城 阿城 宾州 依兰 方正 木兰 通河 延寿 尚志 五常 讷河 龙江 甘南 克山 拜泉 富裕 鸡东 虎林 密山 萝北 绥滨 集贤 友谊 宝清 饶河 肇源 林甸 伊春 铁力 嘉荫';
const FIRST =
  '鑫 宏 顺 华 金 瑞 恒 德 盛 天 福 兴 永 嘉 泰 龙 中 新 广 博 万 东 北 友 安 信 诚 源 海 江 凯 利 凌 沃 麒 曜 珺 翊 昶 赟';
const SECOND =
  '源 达 发 盛 泰 丰 隆 和 旺 通 润 祥 茂 邦 美 城 远 洋 硕 森 霖 铭 昊 宇 峰 诺 格 迪 辰 灏 骐 鋆 翀 燊 彧 赟 犇 羴 猋 骉';
const TRADES =
  '商贸 建筑工程 食品 物流 装饰工程 农业科技 建筑劳务 机械设备 餐饮管理 科技 粮食贸易 旅游 能源 服饰 生物科技 环保工程 广告传媒 种植 养殖 家具 印刷 医药 包装材料 酒业';
const FORMS = '有限公司 有限公司 有限公司 有限公司 有限公司 有限公司 有限责任公司 经营部 专业合作社 商行';
const SURNAMES = '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗';

/** Share of cases in each stage, in the order of the list. */
const STAGES: Readonly<Record<string, number>> = {
  closed: 0.5,
  'in-force': 0.33,
  withdrawn: 0.05,
  reminded: 0.02,
  ended: 0.02,
  noticed: 0.025,
  proposed: 0.015,
  heard: 0.008,
  silent: 0.007,
  reviewed: 0.01,
  consented: 0.001,
  approved: 0.004,
  decided: 0.005,
  served: 0.002,
  suspended: 0.003,
};

/** A share as the upper end of its slice of 0 … 1, for `width_bucket`. */
function slices(shares: readonly number[]): number[] {
  const all = shares.reduce((sum, share) => sum + share, 0);
  let upTo = 0;
  return shares.map((share) => (upTo += share / all)).slice(0, -1);
}

const TABLES = ['subject', 'listing_case', 'register_entry', 'register_change', 'deadlines.deadline'];

/** @returns seconds that it took */
export async function fillProvince(url: string, province: Province): Promise<number> {
  const began = performance.now();
  const hands = [await session(url), await session(url)] as const;
  const [client] = hands;
  try {
    const putBack = await takeDown(client);
    await draw(client, province);
    await client.query('ANALYZE lot');
    const half = Math.ceil(province.cases / 2);
    await Promise.all([
      fill(hands[0], province, [1, half]),
      fill(hands[1], province, [half + 1, province.cases]),
    ]);
    await fillWhole(client);
    for (const statement of putBack) await client.query(statement);
    await client.query('DROP TABLE lot');
    // As autovacuum would: pages that everybody sees, and how frequent what is.
    for (const table of TABLES) await client.query(`VACUUM (ANALYZE) ${table}`);
  } finally {
    for (const hand of hands) await hand.end();
  }
  return (performance.now() - began) / 1_000;
}

async function session(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'; SET synchronous_commit = off`,
  );
  return client;
}

/**
 * Indexes and foreign keys are dropped and put back as they were: an index that is built at once costs a fifth of
 * one that is kept row by row, and a foreign key that is added checks every row in one join.
 *
 * @returns the statements that put them back
 */
async function takeDown(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ down: string; up: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS down,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS up,
       CASE contype WHEN 'f' THEN 1 ELSE 3 END AS turn
     FROM pg_constraint WHERE (conrelid = ANY ($1::text[]::regclass[]) AND contype IN ('f', 'u'))
     UNION ALL
     SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 2
     FROM pg_index i WHERE indrelid = ANY ($1::text[]::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
     ORDER BY turn, down`,
    [TABLES],
  );
  for (const { down } of rows) await client.query(down);
  return rows.map(({ up }) => up).reverse();
}

/** Draws the lot of each case; with one seed, so that two fillings of one size are alike. */
async function draw(client: pg.Client, { cases, today, stages }: Province): Promise<void> {
  const stage = Object.entries(stages === 'listed' ? { 'in-force': 1, suspended: 0 } : STAGES);
  // A county has a court; its cases are a sixth of its prefecture's on average.
  const units = [...UNITS, [1 - UNITS.reduce((sum, [share]) => sum + share, 0), 'COURT', '', '']] as const;
  await client.query(`SELECT setseed(0.28)`);
  await client.query(
    `CREATE UNLOGGED TABLE lot AS
     SELECT n, uuidv7(opened - now()) AS case_id, uuidv7(opened - now()) AS subject_id, opened::date AS opened_on, person,
       of_file, list_type, coalesce(nullif(department, ''), 'hlj.county.' || county || '.court') AS department,
       coalesce(nullif(region, ''), county) AS region, status,
       CASE WHEN person THEN ($5::text[])[1 + floor(20 * r3 ^ 1.5)::int] || '*'
         ELSE ($6::text[])[1 + floor(40 * r3 ^ 1.8)::int] || ($7::text[])[1 + floor(40 * r4 ^ 1.8)::int]
           || ($8::text[])[1 + floor(40 * r5 ^ 1.8)::int] || ($9::text[])[1 + floor(24 * r6 ^ 1.5)::int]
           || ($10::text[])[1 + floor(10 * r7)::int] || '（虚构）' END AS name,
       -- whoever is on the list has some of the term left; a few stay until they have performed
       CASE WHEN r1 < 0.02 THEN NULL WHEN status IN ('ended', 'closed') THEN opened::date + 1140
         ELSE $2::date + 1 + (r2 * 1094)::int END AS ends_on, r1, r2
     FROM (
       SELECT g.*, u.list_type, u.department, u.region, ($4::text[])[1 + floor(13 * r8 ^ 1.6)::int] AS prefecture,
         left(($4::text[])[1 + floor(13 * r8 ^ 1.6)::int], 4) || lpad((1 + floor(24 * r9 ^ 1.4))::int::text, 2, '0') AS county,
         ($12::text[])[1 + width_bucket(r10, $11::float8[])] AS status
       FROM (
         SELECT n, $2::date - interval '6 years' * (1 - n / $1::float8) - interval '30 days' * random() AS opened,
           random() < 0.35 AS person, n % 9 = 0 AND n > 1 AS of_file,
           random() AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r5, random() AS r6, random() AS r7,
           random() AS r8, random() AS r9, random() AS r10, random() AS r11
         FROM generate_series(1, $1::int) AS n
       ) g
       CROSS JOIN LATERAL (SELECT width_bucket(r11, $3::float8[]) + 1 AS which) w
       CROSS JOIN LATERAL (SELECT ($13::text[])[which] AS list_type, ($14::text[])[which] AS department,
         ($15::text[])[which] AS region) u
     ) drawn`,
    [
      cases,
      today,
      slices(units.map(([share]) => share)),
      PREFECTURES.split(' '),
      SURNAMES.split(' '),
      PLACES.split(' '),
      FIRST.split(' '),
      SECOND.split(' '),
      TRADES.split(' '),
      FORMS.split(' '),
      slices(stage.map(([, share]) => share)),
      stage.map(([key]) => key),
      units.map(([, list]) => list),
      units.map(([, , department]) => department),
      units.map(([, , , region]) => region),
    ],
  );
}

async function fill(
  client: pg.Client,
  { today, like }: Province,
  [first, last]: [number, number],
): Promise<void> {
  const lot = `(SELECT l.*, before.case_id AS before_id FROM lot l LEFT JOIN lot before ON l.of_file AND before.n = l.n - 1
    WHERE l.n BETWEEN ${first} AND ${last})`;
  await client.query(
    `INSERT INTO subject (id, kind, code, name, region, told_at)
     SELECT subject_id, CASE WHEN person THEN 'natural-person' ELSE 'enterprise' END,
       CASE WHEN NOT person THEN '9123' || lpad(n::text, 14, '0') END, name, region, now() FROM ${lot} AS l`,
  );
  await client.query(
    `INSERT INTO listing_case (id, file_id, no, version, status, list_type, rules_version, subject_id, department, region,
       conduct_kind, opened_on, noticed_on, decided_on, in_force_on, term_ends_on, ended_on, closed_on, withdrawn_on,
       due_on, due_clock, overdue, late_since, state)
     SELECT case_id, CASE WHEN of_file THEN before_id ELSE case_id END,
       list_type || '-1999-' || n, 7, status, list_type, rules_version, subject_id, department, region,
       'fictitious.conduct', opened_on,
       CASE WHEN status <> 'proposed' THEN opened_on + 3 END, CASE WHEN decided THEN opened_on + 40 END,
       CASE WHEN decided AND status NOT IN ('decided', 'served') THEN opened_on + 45 END,
       CASE WHEN decided THEN ends_on END,
       CASE WHEN status IN ('ended', 'closed') THEN opened_on + 100 + (r1 * 900)::int END,
       CASE WHEN status = 'closed' THEN opened_on + 110 + (r1 * 900)::int END,
       CASE WHEN status IN ('withdrawn', 'reminded') THEN opened_on + 20 END,
       due_on, CASE WHEN due_on IS NOT NULL THEN clock END,
       CASE WHEN late THEN ARRAY[clock] ELSE '{}' END, CASE WHEN late THEN due_on + 1 END,
       state || jsonb_build_object('id', case_id, 'no', list_type || '-1999-' || n, 'listType', list_type,
         'decisionDue', CASE WHEN n % 10 <> 0 THEN opened_on + 30 END)
     FROM (
       SELECT d.*, due_on < $1::date AS late FROM (
         SELECT l.*, status IN ('in-force', 'suspended', 'decided', 'served', 'ended', 'closed') AS decided,
           CASE status WHEN 'in-force' THEN 'expiry' WHEN 'suspended' THEN 'expiry' WHEN 'noticed' THEN 'defence'
             WHEN 'heard' THEN 'verification' WHEN 'ended' THEN 'removal' WHEN 'served' THEN 'in-force'
             WHEN 'decided' THEN 'publication' ELSE 'decision' END AS clock,
           CASE WHEN status IN ('closed', 'withdrawn', 'reminded') OR status = 'in-force' AND r1 < 0.02 THEN NULL
             -- of one in ten the day is not stated yet from which the decision clock runs
             WHEN n % 10 = 0 AND status IN ('proposed', 'silent', 'reviewed', 'consented', 'approved') THEN NULL
             WHEN status IN ('in-force', 'suspended') THEN ends_on
             ELSE $1::date - 12 + (sqrt(r2) * 80)::int END AS due_on
         FROM ${lot} l
       ) d
     ) c
     JOIN (SELECT key, max(version) AS rules_version FROM list_type GROUP BY key) v ON v.key = c.list_type
     JOIN (SELECT id AS like_id, state || '{}' AS state FROM listing_case WHERE id IN ($2, $3, $4) OFFSET 0) s ON like_id = CASE WHEN status IN ('ended', 'closed') THEN $4 WHEN decided THEN $3 ELSE $2 END::uuid`,
    [today, like.open, like.listed, like.ended],
  );
  await client.query(
    `INSERT INTO register_entry (case_id, subject_id, list_type, list_name, name, code, searchable, department, decision_no,
       decided_on, published_on, term_ends_on, last_day, objection_since, reasons, basis)
     SELECT l.case_id, l.subject_id, l.list_type, e.list_name, l.name, CASE WHEN NOT l.person THEN '9123' || lpad(l.n::text, 14, '0') END,
       NOT l.person, l.department, '（虚构）' || l.list_type || l.n, l.opened_on + 40, l.opened_on + 47, l.ends_on, l.ends_on,
       CASE WHEN l.r2 < 0.01 THEN $2::date END, CASE WHEN l.person THEN '' ELSE e.reasons END, e.basis
     FROM ${lot} l, register_entry e WHERE e.case_id = $1 AND l.status = 'in-force'`,
    [like.listed, today],
  );
}

/** What has one order over all: changes of the register. And the clocks, which are live once per case. */
async function fillWhole(client: pg.Client): Promise<void> {
  // Each was added once; every twentieth has changed since, and those that are closed were added and removed.
  await client.query(
    `INSERT INTO register_change (case_id, change, changed_at, entry, position)
     SELECT l.case_id, c.change, c.at, CASE WHEN c.change <> 'removed' THEN json_build_object('entryId', l.case_id, 'listType', l.list_type,
       'listName', e.list_name, 'name', l.name, 'code', CASE WHEN NOT l.person THEN '9123' || lpad(l.n::text, 14, '0') END,
       'department', l.department, 'decisionNo', '（虚构）' || l.list_type || l.n, 'decidedOn', l.opened_on + 40,
       'publishedOn', l.opened_on + 47, 'termEndsOn', l.ends_on, 'reasons', CASE WHEN l.person THEN '' ELSE e.reasons END,
       'basis', e.basis, 'conduct', NULL, 'documents', '[]'::json, 'objectionSince', NULL) END,
       (SELECT coalesce(max(position), 0) FROM register_change) + row_number() OVER (ORDER BY c.at, l.n, c.turn)
     FROM lot l, (SELECT list_name, reasons, basis FROM register_entry ORDER BY published_on DESC LIMIT 1) e, LATERAL (
       VALUES (1, 'added', (l.opened_on + 47)::timestamptz, true),
         (2, 'changed', (l.opened_on + 90)::timestamptz, l.n % 20 = 0),
         (3, 'removed', (l.opened_on + 100 + (l.r1 * 900)::int)::timestamptz, l.status IN ('ended', 'closed'))
     ) AS c (turn, change, at, so)
     WHERE c.so AND l.status IN ('in-force', 'ended', 'closed')`,
  );
  await client.query(
    `INSERT INTO deadlines.deadline (kind, ref, due_at)
     SELECT 'listing.' || due_clock, id::text, due_on + 1 FROM listing_case
     WHERE due_on IS NOT NULL AND no LIKE '%-1999-%' AND overdue = '{}'`,
  );
}
