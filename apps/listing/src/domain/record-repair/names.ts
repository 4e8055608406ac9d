import type { RecordRepairAction } from './lifecycle.js';
import type { RecordRepairStatus } from './repair.js';

/* How Chinese texts call the statuses and actions of the table of record repair. */

export const RECORD_REPAIR_STATUS_ZH: Readonly<Record<RecordRepairStatus, string>> = {
  requested: '待受理',
  accepted: '已受理',
  verified: '已核实',
  'not-accepted': '不予受理',
  refused: '不予修复',
  granted: '已准予修复',
  masked: '暂停公示',
  resumed: '已恢复公示',
  'found-false': '已认定虚假',
  withdrawn: '已撤回',
  lapsed: '已终止',
};

export const RECORD_REPAIR_ACTION_ZH: Readonly<Record<RecordRepairAction, string>> = {
  request: '申请修复',
  supplement: '补正',
  acceptance: '受理',
  verification: '核实',
  extension: '延长决定期限',
  decision: '修复决定',
  withdrawal: '撤回',
  resumption: '恢复公示',
  completion: '终局修复',
  'false-application': '认定修复申请虚假',
  reopen: '重新办理',
  lapse: '终止',
  'mark-overdue': '逾期标记',
};
