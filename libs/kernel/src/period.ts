import { addDays, addMonths, addYears, type LocalDate } from './local-date.js';
import { defineRefusals } from './refusal.js';
import type { WorkingCalendar } from './working-calendar.js';

/** 日 is `day` (calendar days), 工作日 is `working-day`. The text's unit counts: 30 days are not a month. */
export type PeriodUnit = 'day' | 'working-day' | 'month' | 'year';

export interface Period {
  count: number;
  unit: PeriodUnit;
}

export const periodRefusals = defineRefusals({
  'period.count-invalid': {
    kind: 'invalid',
    zh: '期限的数值必须是非负整数,而不是 {count}',
    en: 'The length of a period is a whole number from 0 on, not {count}.',
    cureZh: '检查规则中的期限',
    cureEn: 'Check the period in the rule.',
  },
  'period.term-in-working-days': {
    kind: 'invalid',
    zh: '有效期不能按工作日计算',
    en: 'A term is not counted in working days.',
    cureZh: '有效期使用日、月或年;工作日用于办理时限',
    cureEn: 'Give a term in days, months or years; working days are for time limits.',
  },
});

/**
 * The last day of a time limit (期间) that begins with an event on `from`. That day is not counted (民法典
 * art. 201; 行政处罚法 art. 85 for working days). A month or year ends on the same day of its last month, or
 * on that month's last day (art. 202). A last day that is a day off moves to the next working day (art. 203);
 * a make-up Saturday is a working day.
 *
 * @throws Refusal `calendar.year-unknown`, `period.count-invalid`
 */
export function deadline(calendar: WorkingCalendar, from: LocalDate, period: Period): LocalDate {
  if (period.unit === 'working-day') return calendar.addWorkingDays(from, checkedCount(period));
  return calendar.nextWorkingDay(plainEnd(from, period));
}

/**
 * The last day of a term (listing, publication, ban) that begins on `from`: counted the same way, but never
 * moved. It is an effect that ends, nobody has to do anything on its last day.
 *
 * @throws Refusal `period.term-in-working-days`, `period.count-invalid`
 */
export function periodEnd(from: LocalDate, period: Period): LocalDate {
  return plainEnd(from, period);
}

function plainEnd(from: LocalDate, period: Period): LocalDate {
  const count = checkedCount(period);
  switch (period.unit) {
    case 'day':
      return addDays(from, count);
    case 'month':
      return addMonths(from, count);
    case 'year':
      return addYears(from, count);
    case 'working-day':
      return periodRefusals.refuse('period.term-in-working-days');
    default:
      return period.unit satisfies never;
  }
}

function checkedCount({ count }: Period): number {
  if (!Number.isSafeInteger(count) || count < 0) periodRefusals.refuse('period.count-invalid', { count });
  return count;
}
