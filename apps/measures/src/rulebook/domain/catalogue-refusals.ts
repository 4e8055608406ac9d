import { defineRefusals, type Refusal } from '#kernel';
import { ruleRefusalOf } from './refusals.js';

export const catalogueRefusals = defineRefusals({
  'catalogue.draft-not-found': {
    kind: 'not-found',
    zh: '没有编号为 {id} 的清单草案',
    en: 'There is no draft {id}.',
    cureZh: '查询草案清单',
    cureEn: 'Look at the list of drafts.',
  },
  'catalogue.malformed': {
    kind: 'invalid',
    zh: '清单格式不符: {faults}',
    en: 'The edition has not the shape of one: {faults}.',
    cureZh: '参照 /api/discipline/catalogue 中的条目填写,不填 id、edition、validFrom、validTo',
    cureEn:
      'Give its entries the shape of those at /api/discipline/catalogue, without id, edition, validFrom and validTo.',
  },
  'catalogue.without-expiry': {
    kind: 'invalid',
    zh: '清单须有有效期: {edition} 没有 validTo',
    en: 'An edition has a last day: {edition} gives no validTo.',
    cureZh: '填写有效期的最后一日',
    cureEn: 'Give the last day on which it is valid.',
  },
  'catalogue.validity-reversed': {
    kind: 'invalid',
    zh: '有效期的最后一日 {validTo} 早于第一日 {validFrom}',
    en: 'Its last day {validTo} lies before its first day {validFrom}.',
    cureZh: '更正 validFrom 或 validTo',
    cureEn: 'Correct validFrom or validTo.',
  },
  'catalogue.edition-taken': {
    kind: 'conflict',
    zh: '版次 {edition} 已经存在',
    en: 'There is an edition {edition} already.',
    cureZh: '另取版次名称',
    cureEn: 'Choose another name for the edition.',
  },
  'catalogue.overlap': {
    kind: 'conflict',
    zh: '与版次 {editions} 的有效期重叠',
    en: 'It would be valid together with edition {editions}.',
    cureZh: '在 replaces 填写被接替的版次,或者更正 validFrom、validTo',
    cureEn: 'Name the edition that it takes the place of as replaces, or correct validFrom and validTo.',
  },
  'catalogue.replaces-unknown': {
    kind: 'invalid',
    zh: '在 {validFrom} 没有正在有效的版次 {replaces}',
    en: 'No edition {replaces} is valid on {validFrom}.',
    cureZh: '填写届时仍然有效的版次;已经到期的不必填写',
    cureEn: 'Name the edition that is still valid then; one that has ended by itself is not named.',
  },
  'catalogue.follows-unknown': {
    kind: 'invalid',
    zh: '条目 {entry} 接续的 {follows} 不在此前的清单中,或者已被其他条目接续',
    en: 'Entry {entry} follows {follows}, which is in no earlier edition or is followed by another entry already.',
    cureZh: '更正 follows',
    cureEn: 'Correct follows.',
  },
  'catalogue.basis-not-direct': {
    kind: 'invalid',
    zh: 'A类措施须有法律、行政法规或者党中央、国务院政策文件为直接依据: {findings}',
    en: 'A class A measure needs a law, administrative regulation or central policy of its own: {findings}',
    cureZh: '在 basis 填写直接依据',
    cureEn: 'Cite the direct basis in basis.',
  },
  'catalogue.supplement-without-regulation': {
    kind: 'invalid',
    zh: '省补充清单只能以地方性法规为依据: {findings}',
    en: 'The provincial supplement rests on a local regulation only: {findings}',
    cureZh: '在 basis 填写已登记的地方性法规及其条款',
    cureEn: 'Cite the registered local regulation and its article in basis.',
  },
  'catalogue.supplement-without-term': {
    kind: 'invalid',
    zh: '地方性法规增加的措施须有期限(条例第三十一条): {findings}',
    en: 'A measure that a local regulation adds has a term (ordinance art. 31): {findings}',
    cureZh: '将 termRequired 设为 true,使每条规则都写明期限',
    cureEn: 'Set termRequired to true, so that each rule gives a term.',
  },
  'catalogue.constraint-without-regulation': {
    kind: 'invalid',
    zh: '失信约束措施须以地方性法规为依据: {findings}',
    en: 'A constraint rests on the local regulation: {findings}',
    cureZh: '在 basis 填写已登记的地方性法规及其条款',
    cureEn: 'Cite the registered local regulation and its article in basis.',
  },
  'catalogue.constraint-is-discipline': {
    kind: 'invalid',
    zh: '失信约束措施不得是失信惩戒措施(条例第三十一条): {findings}',
    en: 'A constraint may not be discipline under another name (ordinance art. 31): {findings}',
    cureZh: '只写不予或者取消的便利;惩戒措施列入省补充清单',
    cureEn: 'Name only the convenience that is not given or taken back; discipline goes into the supplement.',
  },
  'catalogue.constraint-without-term': {
    kind: 'invalid',
    zh: '接续的失信约束措施有期限要求: {findings}',
    en: 'The constraint whose place it takes has a term: {findings}',
    cureZh: '将 termRequired 设为 true',
    cureEn: 'Set termRequired to true.',
  },
  'catalogue.commitment-open': {
    kind: 'invalid',
    zh: '清单须保留对信用承诺制的约束(条例第四十五条): {findings}',
    en: 'The list goes on closing the commitment procedure (ordinance art. 45): {findings}',
    cureZh: '保留 closes 为 commitment 的条目,在 appliesTo 写明条例第四十五条所列主体',
    cureEn: 'Keep an entry with closes = commitment that reaches whom art. 45 names in appliesTo.',
  },
  'catalogue.contradiction': {
    kind: 'invalid',
    zh: '清单自相矛盾: {findings}',
    en: 'The edition contradicts itself or others: {findings}',
    cureZh: '逐项更正',
    cureEn: 'Correct each of them.',
  },
});

type CatalogueCode = keyof typeof catalogueRefusals.catalogue;

/** Contradictions that have a refusal of their own, the gravest first. */
const BY_FINDING: readonly (readonly [CatalogueCode, readonly string[]])[] = [
  ['catalogue.basis-not-direct', ['catalogue.basis-not-direct']],
  ['catalogue.supplement-without-regulation', ['supplement.without-regulation']],
  ['catalogue.supplement-without-term', ['supplement.without-term']],
  ['catalogue.constraint-is-discipline', ['constraint.is-discipline', 'constraint.says-discipline']],
  ['catalogue.constraint-without-regulation', ['constraint.without-regulation']],
  ['catalogue.constraint-without-term', ['constraint.without-term']],
  ['catalogue.commitment-open', ['constraint.commitment-open']],
];

/** The refusal that says most of what keeps the law from standing with an edition in it. */
export function catalogueRefusalOf(
  found: readonly { file: string; row: string; code: string; text: string }[],
): Refusal {
  const refusal = (code: CatalogueCode, told: typeof found): Refusal => {
    const findings = told.map((each) => `${each.row}: ${each.text} (${each.code})`).join(' ');
    return catalogueRefusals.refusal(code, { findings: findings.slice(0, 2_000) }, 'content.entries');
  };
  for (const [code, own] of BY_FINDING) {
    const told = found.filter((each) => own.includes(each.code));
    if (told.length > 0) return refusal(code, told);
  }
  // Rules that go on with an entry of the edition and do not fit it.
  if (found.every(({ file }) => file === 'discipline-rules')) return ruleRefusalOf(found);
  return refusal('catalogue.contradiction', found);
}
