import { defineRefusals, type LocalDate } from '#kernel';
import { ChoiceField, DateField, PageQuery, TextField } from '#platform';
import { partOfName } from './due-worklist.js';

export const worklistRefusals = defineRefusals({
  'worklist.search-too-short': {
    kind: 'invalid',
    zh: '按名称查询至少输入 {min} 个字',
    en: 'A search by name needs at least {min} characters.',
    cureZh: '输入更完整的名称,或按统一社会信用代码查询',
    cureEn: 'Give more of the name, or search by code.',
  },
});

/** A shorter search would find half of all names. */
const SHORTEST = 2;

/** What every worklist of what departments owe is narrowed by. */
export class OwedQuery extends PageQuery {
  @TextField({ max: 80, optional: true, description: 'owed by one unit', example: 'hlj.finance' })
  department?: string;

  @TextField({
    max: 6,
    pattern: /^\d{4}00$/,
    optional: true,
    description: 'subjects of one city with its counties (GB/T 2260)',
    example: '230100',
  })
  city?: string;

  @TextField({
    max: 100,
    optional: true,
    description: 'code or id of the subject, or any part of its name of two characters or more',
    example: '松江示例',
  })
  subject?: string;

  @DateField({ optional: true, description: 'due on that day or before', example: '2024-11-28' })
  dueBy?: LocalDate;

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only those that are, or are not, overdue',
  })
  overdue?: string;

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only those that were, or were not, escalated to the lead unit',
  })
  escalated?: string;
}

/** @throws Refusal `worklist.search-too-short` */
export function owedFilterOf({ department, city, subject, dueBy, overdue, escalated }: OwedQuery): {
  department: string | undefined;
  city: string | undefined;
  subject: string | undefined;
  dueBy: LocalDate | undefined;
  overdue: boolean | undefined;
  escalated: boolean | undefined;
} {
  const asked = subject?.trim();
  const name = partOfName(asked);
  if (name !== undefined && [...name].length < SHORTEST)
    throw worklistRefusals.refusal('worklist.search-too-short', { min: SHORTEST }, 'subject');
  return { department, city, subject: asked, dueBy, overdue: flag(overdue), escalated: flag(escalated) };
}

function flag(asked: string | undefined): boolean | undefined {
  return asked === undefined ? undefined : asked === 'true';
}
