import { defineRefusals } from '#kernel';

/** Everything that a check or the answer to its hit refuses. */
export const checkRefusals = defineRefusals({
  'check.purpose-missing': {
    kind: 'invalid',
    zh: '查询须说明用途',
    en: 'A check needs its purpose.',
    cureZh: '在 purpose 中写明办理的事项和查询理由(条例第22条:因履行职责共享的信息只能用于履行职责)',
    cureEn:
      'Say in purpose which decision it serves: what is shared for a duty may be used only for it (ordinance art. 22).',
  },
  'check.department-missing': {
    kind: 'forbidden',
    zh: '该登录不属于任何单位,不能以单位名义查询',
    en: 'The login belongs to no unit, so it cannot ask for one.',
    cureZh: '使用本单位的系统或人员登录',
    cureEn: "Use a login of the unit's system or staff.",
  },
  'check.subject-malformed': {
    kind: 'invalid',
    zh: '第 {place} 个主体不是统一社会信用代码,也不是主体编号',
    en: 'Subject number {place} is neither a unified social credit code nor the id of a subject.',
    cureZh: '法人和非法人组织填18位代码;自然人先通过 /api/subjects/match 取得编号,不得填写身份证号',
    cureEn:
      'Give the 18 characters of an organisation; of a person the id from /api/subjects/match, never an identity number.',
  },
  'check.subject-twice': {
    kind: 'invalid',
    zh: '第 {place} 个主体重复',
    en: 'Subject number {place} was named before.',
    cureZh: '每个主体只填一次',
    cureEn: 'Name each subject once.',
  },
  'check.subjects-missing': {
    kind: 'invalid',
    zh: '没有填写主体',
    en: 'No subject was named.',
    cureZh: '在 subjects 中填写 1 至 {limit} 个主体',
    cureEn: 'Name 1 to {limit} subjects.',
  },
  'check.not-found': {
    kind: 'not-found',
    zh: '没有编号为 {id} 的查询',
    en: 'There is no check {id}.',
    cureZh: '核对编号',
    cureEn: 'Check the id.',
  },
  'check.hit-not-found': {
    kind: 'not-found',
    zh: '该查询没有命中措施 {action}',
    en: 'The check has no hit on the action {action}.',
    cureZh: '读取该查询的命中清单',
    cureEn: 'Read the hits of the check.',
  },
  'check.hit-answered': {
    kind: 'conflict',
    zh: '该命中已反馈: {result}',
    en: 'The hit was answered already: {result}.',
    cureZh: '无需再次反馈;办理情况有变化时重新查询',
    cureEn: 'Nothing more is to be answered; ask again when the approval takes another turn.',
  },
  'check.reason-missing': {
    kind: 'invalid',
    zh: '未采取措施必须选择原因',
    en: 'An answer "not applied" needs a reason from the list.',
    cureZh: '从原因清单中选择:{reasons}',
    cureEn: 'Choose one of: {reasons}.',
  },
  'check.reason-unknown': {
    kind: 'invalid',
    zh: '原因 {reason} 不适用于该措施',
    en: 'The reason {reason} is not one for this kind of action.',
    cureZh: '从原因清单中选择:{reasons}',
    cureEn: 'Choose one of: {reasons}.',
  },
  'check.reason-without-need': {
    kind: 'invalid',
    zh: '已采取措施的反馈不应填写未采取的原因',
    en: 'An answer "applied" carries no reason for not applying.',
    cureZh: '删除 reason 字段,或将结果改为 not-applied',
    cureEn: 'Leave the reason out, or answer not-applied.',
  },
  'check.counted-from-records': {
    kind: 'invalid',
    zh: '{field} 的办理数量由归集的记录统计,不由单位申报',
    en: 'Decisions of the kind {field} are counted from what is on record, or are no duty of art. 44.',
    cureZh: '可以申报的事项:{fields};行政许可和表彰奖励请按规定归集记录',
    cureEn: 'Declare {fields} only; put permits and honours on record.',
  },
  'check.month-not-over': {
    kind: 'conflict',
    zh: '{month} 尚未结束,办理数量还不能确定',
    en: 'The month {month} is not over: how much was decided in it is not known yet.',
    cureZh: '于 {from} 起申报',
    cureEn: 'Declare it from {from} on.',
  },
  'check.declared-already': {
    kind: 'conflict',
    zh: '{month} 的 {field} 办理数量已经申报',
    en: 'The number of {field} decisions of {month} has been declared.',
    cureZh: '需要更改时通过 /api/discipline/checks/declarations/correction 更正并说明理由',
    cureEn: 'To change it, correct it at /api/discipline/checks/declarations/correction and say why.',
  },
  'check.not-declared': {
    kind: 'not-found',
    zh: '{month} 的 {field} 办理数量没有申报过',
    en: 'No number of {field} decisions was declared for {month}.',
    cureZh: '先申报,再更正',
    cureEn: 'Declare it first.',
  },
  'check.nothing-corrected': {
    kind: 'conflict',
    zh: '{month} 申报的数量本来就是 {decisions}',
    en: 'The number declared for {month} is {decisions} already.',
    cureZh: '无需更正',
    cureEn: 'There is nothing to correct.',
  },
});
