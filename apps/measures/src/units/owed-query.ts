import { defineRefusals, type LocalDate } from '#kernel';
import { DateField, TextField } from '#platform';
import { lateFilterOf, LateQuery } from './late-query.js';
import { type OwedFilter, partOfName } from './due-worklist.js';

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
export class OwedQuery extends LateQuery {
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
}

/** @throws Refusal `worklist.search-too-short` */
export function owedFilterOf({ department, city, subject, dueBy, ...late }: OwedQuery): OwedFilter {
  const asked = subject?.trim();
  const name = partOfName(asked);
  if (name !== undefined && [...name].length < SHORTEST)
    throw worklistRefusals.refusal('worklist.search-too-short', { min: SHORTEST }, 'subject');
  return { department, city, subject: asked, dueBy, ...lateFilterOf(late) };
}
