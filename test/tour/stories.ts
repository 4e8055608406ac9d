import type { Story } from './main-job.js';

/**
 * A food penalty of a city bureau of market regulation. Order 44 art. 22 asks the consent of the next
 * level up; removal may be asked one year after listing. In November 2025 the procedure is still that of
 * order 44 itself (15 working days); order 107 came on 2025-12-25.
 */
export const marketRegulation: Story = {
  title: 'SAMR',
  list: 'SAMR',
  conductKind: 'samr.food',
  unit: 'hlj.city.230100.market-regulation',
  consentBy: 'hlj.market-regulation',
  defence: 'stated',
  penalty: {},
  days: {
    opened: '2024-11-04',
    noticeServed: '2024-11-04',
    defenceUntil: '2024-11-11',
    defended: '2024-11-06',
    afterDefence: '2024-11-12',
    decided: '2024-11-13',
    served: '2024-11-14',
    published: '2024-11-15',
    answered: '2024-11-21',
    corrected: '2024-11-25',
    tooEarly: '2025-05-12',
    eligibleOn: '2025-11-15',
    requested: '2025-11-17',
    granted: '2025-11-20',
    lifted: '2025-11-21',
  },
};

/**
 * Wage arrears, found by the provincial department. Order 45: the defence clock ends in silence; removal
 * may be asked six months after correction, with a written commitment; three years otherwise.
 */
export const wageArrears: Story = {
  title: 'WAGE',
  list: 'WAGE',
  conductKind: 'wage.amount-of-crime',
  unit: 'hlj.human-resources',
  defence: 'silent',
  penalty: {
    CF_WFXW: '拖欠农民工工资,经责令限期支付逾期未支付',
    CF_SY: '拖欠农民工工资数额达到认定拒不支付劳动报酬罪的数额标准（虚构）',
    CF_YJ: '《保障农民工工资支付条例》第五十三条',
    CF_JDRQ: '2025-02-20',
    CF_CFJG: '黑龙江省人力资源和社会保障厅',
    CF_SJLY: '黑龙江省人力资源和社会保障厅',
  },
  days: {
    opened: '2025-03-03',
    noticeServed: '2025-03-03',
    defenceUntil: '2025-03-10',
    defended: '2025-03-10',
    afterDefence: '2025-03-11',
    decided: '2025-03-12',
    served: '2025-03-13',
    published: '2025-03-14',
    answered: '2025-03-20',
    corrected: '2025-04-01',
    tooEarly: '2025-06-03',
    eligibleOn: '2025-10-02',
    requested: '2025-10-09',
    granted: '2025-10-15',
    lifted: '2025-10-16',
  },
};
