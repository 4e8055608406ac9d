import { defineRefusals } from '#kernel';

/** Everything the discipline loop refuses. */
export const disciplineRefusals = defineRefusals({
  'discipline.executor-gone': {
    kind: 'conflict',
    zh: '执行单位 {executor} 在 {day} 已撤销且无承继单位',
    en: 'The executing unit {executor} had ended by {day} and has no successor.',
    cureZh: '在单位登记中补充承继单位,然后重新投递该事件',
    cureEn: 'Give the unit a successor in the register, then redrive the event.',
  },
  'discipline.already-answered': {
    kind: 'conflict',
    zh: '该措施已反馈,当前状态为 {status}',
    en: 'The action was answered already; it is {status}.',
    cureZh: '重新读取该任务,无需再次反馈',
    cureEn: 'Read the action again; nothing more is to be answered.',
  },
  'discipline.answer-after-lift': {
    kind: 'conflict',
    zh: '名单已结束并已要求解除该措施,不再接受反馈(当前状态 {status})',
    en: 'The listing has ended and the lift is ordered, so the action takes no answer any more; it is {status}.',
    cureZh: '如曾采取措施,请解除并确认;否则无需操作',
    cureEn: 'Lift what was applied and confirm it; otherwise nothing is to be done.',
  },
  'discipline.lift-of-unapplied': {
    kind: 'conflict',
    zh: '该措施未被采取,不能解除(当前状态 {status})',
    en: 'The measure was not applied, so there is nothing to lift; the action is {status}.',
    cureZh: '请先反馈是否采取;未采取的措施在名单结束时自动终结',
    cureEn: 'Answer the action first; what was never applied ends by itself with the listing.',
  },
  'discipline.lift-not-ordered': {
    kind: 'conflict',
    zh: '名单仍然有效,尚未要求解除该措施',
    en: 'The listing is live and no lift is ordered.',
    cureZh: '名单结束后平台会立即下达解除要求',
    cureEn: 'The platform orders the lift at once when the listing ends.',
  },
  'discipline.lift-already-ordered': {
    kind: 'conflict',
    zh: '该措施的解除已下达(当前状态 {status})',
    en: 'The lift of the action was ordered already; it is {status}.',
    cureZh: '无需再次下达',
    cureEn: 'Nothing more is to be ordered.',
  },
  'discipline.already-lifted': {
    kind: 'conflict',
    zh: '该措施已经解除',
    en: 'The measure is lifted already.',
    cureZh: '无需操作',
    cureEn: 'Nothing is to be done.',
  },
  'discipline.nothing-due': {
    kind: 'conflict',
    zh: '该措施没有待办期限(当前状态 {status})',
    en: 'Nothing is due on the action; it is {status}.',
    cureZh: '无需操作',
    cureEn: 'Nothing is to be done.',
  },
  'discipline.date-in-future': {
    kind: 'invalid',
    zh: '日期 {on} 晚于今天 {today}',
    en: 'The day {on} is later than today, {today}.',
    cureZh: '填写实际日期,不得晚于今天',
    cureEn: 'Give the day on which it really happened.',
  },
  'discipline.date-before': {
    kind: 'invalid',
    zh: '日期 {on} 早于 {earliest},此前没有依据',
    en: 'The day {on} lies before {earliest}, when there was no ground for it.',
    cureZh: '填写 {earliest} 或之后的日期',
    cureEn: 'Give {earliest} or a later day.',
  },
  'discipline.reason-missing': {
    kind: 'invalid',
    zh: '未采取措施必须选择原因',
    en: 'An answer "not applied" needs a reason from the list.',
    cureZh: '从原因清单中选择:{reasons}',
    cureEn: 'Choose one of: {reasons}.',
  },
  'discipline.reason-unknown': {
    kind: 'invalid',
    zh: '原因 {reason} 不适用于该措施',
    en: 'The reason {reason} is not one for this kind of action.',
    cureZh: '从原因清单中选择:{reasons}',
    cureEn: 'Choose one of: {reasons}.',
  },
  'discipline.reason-without-need': {
    kind: 'invalid',
    zh: '已采取措施的反馈不应填写未采取的原因',
    en: 'An answer "applied" carries no reason for not applying.',
    cureZh: '删除 reason 字段,或将结果改为 not-applied',
    cureEn: 'Leave the reason out, or answer not-applied.',
  },
  'discipline.action-not-found': {
    kind: 'not-found',
    zh: '没有编号为 {id} 的惩戒措施任务',
    en: 'There is no discipline action {id}.',
    cureZh: '核对编号',
    cureEn: 'Check the id.',
  },
});

export type RefusalCode = keyof typeof disciplineRefusals.catalogue;
