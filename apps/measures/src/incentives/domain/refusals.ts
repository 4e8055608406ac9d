import { defineRefusals } from '#kernel';

/** What is refused of what departments do about incentives. */
export const incentiveRefusals = defineRefusals({
  'incentive.already-received': {
    kind: 'conflict',
    zh: '该激励任务已签收(当前状态 {status})',
    en: 'The incentive was received already; it is {status}.',
    cureZh: '无需再次签收',
    cureEn: 'Nothing more is to be received.',
  },
  'incentive.already-answered': {
    kind: 'conflict',
    zh: '该激励任务已反馈,当前状态为 {status}',
    en: 'The incentive was answered already; it is {status}.',
    cureZh: '重新读取该任务;反馈有误的,请更正',
    cureEn: 'Read it again; where the answer was wrong, correct it.',
  },
  'incentive.not-answered': {
    kind: 'conflict',
    zh: '该激励任务尚未反馈,没有可更正的内容(当前状态 {status})',
    en: 'The incentive was not answered yet, so there is nothing to correct; it is {status}.',
    cureZh: '请先反馈',
    cureEn: 'Answer it.',
  },
  'incentive.nothing-corrected': {
    kind: 'conflict',
    zh: '更正后的反馈与原反馈相同',
    en: 'The corrected answer is the one that was given.',
    cureZh: '填写更正后的内容',
    cureEn: 'Give the answer as it should have been.',
  },
  'incentive.answer-after-end': {
    kind: 'conflict',
    zh: '该激励已取消,不再接受反馈(当前状态 {status})',
    en: 'The incentive has fallen away and takes no answer any more; it is {status}.',
    cureZh: '如曾给予激励,请停止并确认;否则无需操作',
    cureEn: 'Where it was given, stop giving it and confirm; otherwise nothing is to be done.',
  },
  'incentive.end-not-ordered': {
    kind: 'conflict',
    zh: '该激励仍然有效,没有需要确认的取消(当前状态 {status})',
    en: 'The incentive stands, so there is no end to confirm; it is {status}.',
    cureZh: '激励依据消失时平台会立即通知',
    cureEn: 'The platform tells at once when its ground is lost.',
  },
  'incentive.end-already-ordered': {
    kind: 'conflict',
    zh: '该激励的取消已通知(当前状态 {status})',
    en: 'The end of the incentive was told already; it is {status}.',
    cureZh: '无需再次通知',
    cureEn: 'Nothing more is to be told.',
  },
  'incentive.already-ended': {
    kind: 'conflict',
    zh: '该激励的取消已经确认',
    en: 'The end of the incentive is confirmed already.',
    cureZh: '无需操作',
    cureEn: 'Nothing is to be done.',
  },
  'incentive.nothing-due': {
    kind: 'conflict',
    zh: '该激励任务没有待办期限(当前状态 {status})',
    en: 'Nothing is due on the incentive; it is {status}.',
    cureZh: '无需操作',
    cureEn: 'Nothing is to be done.',
  },
  'incentive.date-in-future': {
    kind: 'invalid',
    zh: '日期 {on} 晚于今天 {today}',
    en: 'The day {on} is later than today, {today}.',
    cureZh: '填写不晚于今天的日期',
    cureEn: 'Give a day that is not later than today.',
  },
  'incentive.date-before': {
    kind: 'invalid',
    zh: '日期 {on} 早于 {earliest}',
    en: 'The day {on} is before {earliest}.',
    cureZh: '填写不早于该日的日期',
    cureEn: 'Give a day that is not before that one.',
  },
  'incentive.reason-missing': {
    kind: 'invalid',
    zh: '未给予激励须说明原因',
    en: 'An answer "not applied" needs a reason.',
    cureZh: '从原因清单中选择:{reasons}',
    cureEn: 'Choose one of: {reasons}.',
  },
  'incentive.reason-unknown': {
    kind: 'invalid',
    zh: '原因 {reason} 不在清单中',
    en: 'The reason {reason} is not in the list.',
    cureZh: '从原因清单中选择:{reasons}',
    cureEn: 'Choose one of: {reasons}.',
  },
  'incentive.reason-without-need': {
    kind: 'invalid',
    zh: '已给予激励的反馈不应填写未给予的原因',
    en: 'An answer "applied" carries no reason for not applying.',
    cureZh: '删除 reason 字段,或将结果改为 not-applied',
    cureEn: 'Leave the reason out, or answer not-applied.',
  },
  'incentive.task-not-found': {
    kind: 'not-found',
    zh: '没有编号为 {id} 的激励任务',
    en: 'There is no incentive task {id}.',
    cureZh: '核对编号',
    cureEn: 'Check the id.',
  },
});

export type RefusalCode = keyof typeof incentiveRefusals.catalogue;
