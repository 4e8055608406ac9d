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
    zh: '地方性法规增加的措施须有期限(条例第三十一条): {entries}',
    en: 'A measure that a local regulation adds has a term (ordinance art. 31): {entries}.',
    cureZh: '将 termRequired 设为 true,使每条规则都写明期限',
    cureEn: 'Set termRequired to true, so that each rule gives a term.',
  },
  'catalogue.contradiction': {
    kind: 'invalid',
    zh: '清单自相矛盾: {findings}',
    en: 'The edition contradicts itself or others: {findings}',
    cureZh: '逐项更正',
    cureEn: 'Correct each of them.',
  },
});

/** The refusal that says most of what keeps the law from standing with an edition in it. */
export function catalogueRefusalOf(
  found: readonly { file: string; row: string; code: string; text: string }[],
): Refusal {
  const has = (code: string): boolean => found.some((each) => each.code === code);
  const refusal = (code: keyof typeof catalogueRefusals.catalogue, own?: string): Refusal => {
    const told = own ? found.filter((each) => each.code === own) : found;
    const findings = told.map((each) => `${each.row}: ${each.text} (${each.code})`).join(' ');
    return catalogueRefusals.refusal(code, { findings: findings.slice(0, 2_000) }, 'content.entries');
  };
  if (has('catalogue.basis-not-direct'))
    return refusal('catalogue.basis-not-direct', 'catalogue.basis-not-direct');
  if (has('supplement.without-regulation'))
    return refusal('catalogue.supplement-without-regulation', 'supplement.without-regulation');
  // Rules that go on with an entry of the edition and do not fit it.
  if (found.every(({ file }) => file === 'discipline-rules')) return ruleRefusalOf(found);
  return refusal('catalogue.contradiction');
}
