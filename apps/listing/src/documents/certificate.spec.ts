import { describe, expect, it } from '@jest/globals';
import { receiptsInWords } from './certificate.js';

describe('receipts on a certificate', () => {
  it('name units, and services of the platform by what they do', () => {
    const at = '2025-11-21T01:00:00Z';
    const receipts = [
      { kind: 'sharing-stopped' as const, ref: 'records', by: 'records', at, eventId: 'e1' },
      { kind: 'grade-computed' as const, ref: '', by: 'grading', at, eventId: 'e2' },
      { kind: 'departments-told' as const, ref: 'hlj.finance', by: 'hlj.finance', at, eventId: 'e3' },
    ];
    expect(receiptsInWords(receipts, [], () => '黑龙江省财政厅')).toEqual([
      '共享停止　公共信用信息归集系统　2025年11月21日 09:00　事件号 e1',
      '信用评价更新　公共信用综合评价系统　2025年11月21日 09:00　事件号 e2',
      '通知部门　黑龙江省财政厅　2025年11月21日 09:00　事件号 e3',
    ]);
  });
});
