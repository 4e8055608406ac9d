import { describe, expect, it } from '@jest/globals';
import { lateBySubject, type OpenHitOfCheck } from './late-hits.js';

const trade = {
  id: '0192f0c4-6c00-7000-8000-000000000001',
  kind: 'enterprise',
  code: '91230100MA1ABCDE8J',
  name: '松江示例商贸有限公司（虚构）',
  region: '230100',
} as const;
const other = { ...trade, id: '0192f0c4-6c00-7000-8000-000000000002', code: '91230100MA1ABCDE9G' };
const hit = (actionId: string, subject: typeof trade | typeof other): OpenHitOfCheck => ({
  checkId: 'c1',
  department: 'hlj.finance',
  field: 'procurement',
  item: '政府采购供应商资格',
  reference: null,
  askedOn: '2024-11-14',
  dueOn: '2024-11-21',
  actionId,
  rule: `rule of ${actionId}`,
  title: '限制参与政府采购活动',
  subject,
});

describe('hits that are late', () => {
  it('are told subject by subject, with each action once', () => {
    const late = lateBySubject([hit('a1', trade), hit('a2', other), hit('a3', trade), hit('a1', trade)]);
    expect(late).toMatchObject([
      { check: 'c1', unit: 'hlj.finance', due: '2024-11-21', subject: trade, askedOn: '2024-11-14' },
      { subject: other },
    ]);
    expect(late.map(({ hits }) => hits.map(({ action }) => action))).toEqual([['a1', 'a3'], ['a2']]);
  });

  it('are none where all are answered', () => {
    expect(lateBySubject([])).toEqual([]);
  });
});
