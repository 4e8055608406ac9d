import { defineRefusals } from '#kernel';

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
  'rules.backdated': {
    kind: 'invalid',
    zh: '规则自 {validFrom} 起施行,不晚于今天 {today};规则不得溯及既往',
    en: 'The rule would hold from {validFrom}, which is not after today, {today}; rules do not reach back.',
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
