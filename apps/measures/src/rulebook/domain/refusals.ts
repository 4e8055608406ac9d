import { defineRefusals, type Refusal } from '#kernel';

export const ruleRefusals = defineRefusals({
  'rules.not-found': {
    kind: 'not-found',
    zh: '没有编号为 {id} 的规则草案',
    en: 'There is no draft {id}.',
    cureZh: '查询草案清单',
    cureEn: 'Look at the list of drafts.',
  },
  'rules.malformed': {
    kind: 'invalid',
    zh: '规则格式不符: {faults}',
    en: 'The rule has not the shape of one: {faults}.',
    cureZh: '参照 /api/discipline/rules 中的规则填写',
    cureEn: 'Give it the shape of those at /api/discipline/rules.',
  },
  'rules.contradiction': {
    kind: 'invalid',
    zh: '规则与法律目录或其他规则矛盾: {findings}',
    en: 'The rule contradicts the closed lists or other rules: {findings}',
    cureZh: '按所列问题修改;减损权益的措施须直接援引法律、行政法规或中央政策文件',
    cureEn:
      'Mend what is named; a measure that reduces rights must itself cite a law, administrative regulation or central policy.',
  },
  'rules.list-unknown': {
    kind: 'invalid',
    zh: '没有这种名单: {findings}',
    en: 'There is no such list: {findings}',
    cureZh: '填写 GET /api/list-types 列出的名单',
    cureEn: 'Name a list that GET /api/list-types gives.',
  },
  'rules.measure-unknown': {
    kind: 'invalid',
    zh: '清单之外的措施: {findings}',
    en: 'The measure is outside the closed lists: {findings}',
    cureZh: '填写 GET /api/discipline/catalogue 列出的措施;清单之外不得惩戒(条例第三十条)',
    cureEn:
      'Name one of GET /api/discipline/catalogue; outside the lists nobody is disciplined (ordinance art. 30).',
  },
  'rules.basis-not-direct': {
    kind: 'invalid',
    zh: 'A类措施减损权益或者增加义务,须直接援引法律、行政法规或者党中央、国务院政策文件: {findings}',
    en: 'A class A measure reduces rights or adds duties and must itself cite a law, administrative regulation or central policy: {findings}',
    cureZh: '在 basis 填写直接依据,或者改用 B 类措施',
    cureEn: 'Cite the direct basis in basis, or use a measure of class B.',
  },
  'rules.class-c-ordered': {
    kind: 'invalid',
    zh: 'C类措施由市场主体、行业自行决定,只能推送供参考: {findings}',
    en: 'Class C is decided by non-public bodies themselves and only passed on for reference: {findings}',
    cureZh: '将 mode 改为 reference',
    cureEn: 'Give it the mode reference.',
  },
  'rules.supplement-basis': {
    kind: 'invalid',
    zh: '省补充清单的措施须以地方性法规为依据: {findings}',
    en: 'A measure of the provincial supplement rests on the local regulation: {findings}',
    cureZh: '在 basis 填写地方性法规及其条款',
    cureEn: 'Cite the local regulation and its article in basis.',
  },
  'rules.measure-ended': {
    kind: 'invalid',
    zh: '{measure} 所在的清单有效期至 {lastDay},早于规则的施行日期 {validFrom}',
    en: 'The list of {measure} ends on {lastDay}, before the rule would begin on {validFrom}.',
    cureZh: '先发布接续的清单,再填写其中的措施',
    cureEn: 'Publish the list that follows first, and name its measure.',
  },
  'rules.constraint-basis': {
    kind: 'invalid',
    zh: '失信约束措施须以地方性法规或者更高依据为据: {findings}',
    en: 'A constraint rests on the local regulation or what stands above it: {findings}',
    cureZh: '在 basis 填写已登记的地方性法规及其条款',
    cureEn: 'Cite the registered local regulation and its article in basis.',
  },
  'rules.term-required': {
    kind: 'invalid',
    zh: '地方性法规设定的该项措施须有期限(条例第三十一条): {findings}',
    en: 'A measure added by local regulation needs a term of its own (ordinance art. 31): {findings}',
    cureZh: '在 term 填写期限,并填写 termFrom',
    cureEn: 'Give a period in term, and termFrom.',
  },
  'rules.person-measure': {
    kind: 'invalid',
    zh: '只能对自然人采取的措施不得适用于单位: {findings}',
    en: 'A measure that binds natural persons does not fall on an entity: {findings}',
    cureZh: '在 subjectKinds 只保留 natural-person;条款明定约束单位负责人等的,在 reaches 写明',
    cureEn:
      'Leave only natural-person in subjectKinds, or name in reaches whom of the entity the article itself binds.',
  },
  'rules.beyond-serious': {
    kind: 'invalid',
    zh: '只能对严重失信主体采取的措施不得适用于未列入严重失信主体名单的情形(条例第三十条、第三十一条、第四十五条): {findings}',
    en: 'What is reserved for the seriously dishonest does not fall on conduct that is on no such list (ordinance art. 30, 31, 45): {findings}',
    cureZh: '在 conductKinds 只保留列入严重失信主体名单的情形',
    cureEn: 'Leave in conductKinds only what is on a list of the seriously dishonest.',
  },
  'rules.overlap': {
    kind: 'conflict',
    zh: '与规则 {rule} 自 {from} 起施行的版本有效期重叠',
    en: 'It overlaps the version of {rule} that holds from {from}.',
    cureZh: '填写早于 {from} 的 validTo',
    cureEn: 'Give a validTo before {from}.',
  },
  'rules.backdated': {
    kind: 'invalid',
    zh: '自 {validFrom} 起施行,不晚于今天 {today};规则和清单不得溯及既往',
    en: 'It would hold from {validFrom}, which is not after today, {today}; rules and lists do not reach back.',
    cureZh: '填写明天或之后的日期',
    cureEn: 'Give tomorrow or a later day.',
  },
  'rules.day-taken': {
    kind: 'conflict',
    zh: '规则 {rule} 自 {validFrom} 起施行的版本已经发布',
    en: 'A version of {rule} from {validFrom} on is published already.',
    cureZh: '选择另一个施行日期',
    cureEn: 'Choose another day.',
  },
  'rules.second-person': {
    kind: 'forbidden',
    zh: '起草人不能发布自己的草案',
    en: 'Whoever drafted a rule cannot publish it.',
    cureZh: '由本单位另一人审核发布',
    cureEn: 'Let another person of the unit check and publish it.',
  },
  'rules.draft-settled': {
    kind: 'conflict',
    zh: '草案已处理: {status}',
    en: 'The draft is settled already: {status}.',
    cureZh: '需要修改时另行起草',
    cureEn: 'Write a new draft to change anything.',
  },
  'rules.not-lead-unit': {
    kind: 'forbidden',
    zh: '只有 {lead} 可以起草和发布规则',
    en: 'Only {lead} drafts and publishes rules.',
    cureZh: '向牵头部门提出建议',
    cureEn: 'Propose it to the lead unit.',
  },
});

/** Contradictions that have a refusal of their own, the gravest first. */
const BY_FINDING: readonly (readonly [string, keyof typeof ruleRefusals.catalogue])[] = [
  ['rule.list-unknown', 'rules.list-unknown'],
  ['rule.measure-unknown', 'rules.measure-unknown'],
  ['rule.class-c-ordered', 'rules.class-c-ordered'],
  ['rule.person-measure', 'rules.person-measure'],
  ['rule.beyond-serious', 'rules.beyond-serious'],
  ['rule.supplement-basis', 'rules.supplement-basis'],
  ['rule.constraint-basis', 'rules.constraint-basis'],
  ['rule.basis-not-direct', 'rules.basis-not-direct'],
  ['rule.term-required', 'rules.term-required'],
];

/** The refusal that says most of what keeps the law from standing with a draft in it. */
export function ruleRefusalOf(found: readonly { row: string; code: string; text: string }[]): Refusal {
  const own = BY_FINDING.find(([code]) => found.some((each) => each.code === code));
  const told = own ? found.filter(({ code }) => code === own[0]) : found;
  const findings = told.map(({ row, code, text }) => `${row}: ${text} (${code})`).join(' ');
  return ruleRefusals.refusal(
    own?.[1] ?? 'rules.contradiction',
    { findings: findings.slice(0, 2_000) },
    'rule',
  );
}
