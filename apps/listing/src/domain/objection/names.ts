import type { ObjectionAction } from './lifecycle.js';
import type { ObjectionStatus } from './objection.js';

/* How Chinese texts call the statuses and actions of the table of objections. */

export const OBJECTION_STATUS_ZH: Readonly<Record<ObjectionStatus, string>> = {
  filed: '待受理',
  open: '处理中',
  'not-accepted': '不予受理',
  decided: '已作出处理决定',
  withdrawn: '已撤回',
  lapsed: '已终止',
};

export const OBJECTION_ACTION_ZH: Readonly<Record<ObjectionAction, string>> = {
  file: '提出异议',
  acceptance: '受理',
  'non-acceptance': '不予受理',
  'help-request': '协助请求',
  'help-answer': '协助答复',
  pause: '检验检测或者专家评审',
  resumption: '恢复办理',
  extension: '延长处理期限',
  decision: '处理决定',
  service: '送达处理决定',
  'material-request': '一次性告知需要提供的材料',
  'material-receipt': '收到材料',
  'close-material': '告知材料的期限届满',
  withdrawal: '撤回',
  termination: '因复议或者诉讼终止',
  lapse: '终止',
  'mark-overdue': '逾期标记',
};
