import { listTypeOn, loadSeeds } from '#seeds';
import { EXAMPLES } from './all.js';
import type { Follows, Happened } from './example.js';
import { RECORD_REPAIRS, type RepairFollows, type RepairHappened } from './record-repairs.js';

const HAPPENED: Readonly<Record<keyof Happened, string>> = {
  opened: '立案、告知送达',
  city: '由市级决定',
  subject: '主体类别',
  bornOn: '出生',
  clockFrom: '决定期限起算',
  extended: '批准延长',
  penaltyOn: '处罚决定',
  decided: '列入决定',
  termStartsOn: '决定载明起算日',
  termEndsOn: '决定载明截止日',
  termMonths: '决定期限(月)',
  permanent: '永久',
  gravity: '情节',
  earlierFrom: '此前期限起算',
  earlierUntil: '此前期限至',
  extraYears: '延长年数',
  graceUntil: '宽限至',
  served: '决定送达',
  announced: '发出公告',
  published: '公示',
  registeredIn: '登记地(住所地)区划',
  sentOn: '推送登记地',
  publishedThere: '登记地公示',
  paid: '缴清',
  corrected: '改正',
  asked: '申请移出',
  revoked: '撤销',
  revokedFor: '撤销事由',
  deletedAtRequest: '此前经申请执行人申请删除',
  requestedBy: '再次申请纳入',
};

const FOLLOWS: Readonly<Record<keyof Follows, string>> = {
  version: '适用规定版本',
  serious: '严重失信主体名单',
  defenceUntil: '陈述申辩截止',
  decisionDue: '决定期限',
  publicationDue: '公示期限',
  graceUntil: '宽限期届满',
  inForceOn: '生效',
  shownUntil: '公示至',
  termStartsOn: '期限起算',
  termEndsOn: '在列至',
  eligibleOn: '可申请之日',
  relistableOn: '可再次申请纳入之日',
  acceptanceDue: '受理期限',
  repairDecisionDue: '移出决定期限',
  removalDue: '停止公示期限',
  siteUntil: '“信用中国”公示至',
  publication: '公示状态',
  refusal: '拒绝',
};

const REPAIR_HAPPENED: Readonly<Record<keyof RepairHappened, string>> = {
  decided: '处罚决定',
  kind: '失信程度',
  category: '处罚类别',
  publishedUntil: '公示截止',
  asked: '申请修复',
  subject: '主体类别',
  marketRegulation: '由市场监管部门认定',
  masking: '申请暂不公示',
  barredUntil: '因虚假申请限制至',
};

const REPAIR_FOLLOWS: Readonly<Record<keyof RepairFollows, string>> = {
  acceptanceDue: '受理期限',
  decisionDue: '决定期限',
  eligibleOn: '可申请之日',
  refusal: '拒绝',
};

/** What is told in words and not as a date. */
const SAID: Readonly<Record<string, string>> = {
  'same-creditor': '原申请删除的申请执行人',
  'other-creditor': '其他申请执行人',
  'basis-lost': '列入依据被撤销',
  'own-error': '认定有误',
  plan: '重整计划、和解协议执行期间',
  stay: '停止执行',
  false: '否',
  limited: '未影响主要任务',
  serious: '影响主要任务、造成严重负面影响',
  grave: '导致停滞或者造成特别严重负面影响',
};

const GRAVITY: Readonly<Record<string, string>> = { minor: '轻微', general: '一般', serious: '严重' };

const CONFIRMED = { true: '已与官方文本核对', text: '已读文本', false: '未核对' } as const;

/** The examples as a table that a lawyer reads. */
export function examplesPage(): string {
  const lists = loadSeeds('list-types');
  const rows = EXAMPLES.map((example, index) => {
    const version = listTypeOn(lists, example.list, example.happened.decided ?? example.happened.opened);
    const name = version?.name ?? example.list;
    // What a bar of its own was checked against, where the row is about one.
    const [rule] = example.happened.deletedAtRequest ? (version?.relisting ?? []) : [];
    const checked = rule ? rule.confirmed : (version?.confirmed ?? false);
    const confirmed = CONFIRMED[String(checked) as keyof typeof CONFIRMED];
    const cells = [
      index + 1,
      `${name}(${example.list})`,
      example.shows,
      example.basis,
      words(HAPPENED, example.happened),
      words(FOLLOWS, example.follows),
      confirmed,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return `${[
    '# 名单办理期限计算示例',
    '',
    'Worked examples of the listing procedure: each row is run as a test on the rules in `seeds/`. Written by `node dist/apps/listing/examples/write-page.js`; the rows themselves stand in `apps/listing/examples/`.',
    '',
    '首日不计入;末日逢休息日顺延(期限类);调休上班日为工作日;期限(效力)届满不顺延。“核对”一栏为该名单规定的核对程度,个别字段更弱的见 `seeds/list-types.json` 的 `unconfirmed`。',
    '',
    '| 序号 | 名单 | 说明 | 依据 | 事实 | 结果 | 核对 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '## 没有列入名单的处罚信息的信用修复',
    '',
    'Repair of penalties that carry no listing; the rows stand in `apps/listing/examples/record-repairs.ts`. 规定的核对程度见 `seeds/repair-rules.json`。',
    '',
    '| 序号 | 说明 | 依据 | 事实 | 结果 |',
    '| --- | --- | --- | --- | --- |',
    ...RECORD_REPAIRS.map(({ shows, basis, happened, follows }, index) => {
      const cells = [
        index + 1,
        shows,
        basis,
        words(REPAIR_HAPPENED, happened, GRAVITY),
        words(REPAIR_FOLLOWS, follows),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n')}\n`;
}

function words<T extends object>(
  labels: Readonly<Record<keyof T, string>>,
  of: T,
  said: Readonly<Record<string, string>> = SAID,
): string {
  return (Object.entries(of) as [keyof T, unknown][])
    .map(
      ([field, value]) =>
        `${labels[field]}${value === true ? '' : ` ${value === null ? '无' : (said[String(value)] ?? String(value))}`}`,
    )
    .join('; ');
}
