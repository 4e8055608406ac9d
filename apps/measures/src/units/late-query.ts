import { ChoiceField, PageQuery } from '#platform';

/** What every list of what departments owe is narrowed by. */
export class LateQuery extends PageQuery {
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

/** What was not asked for is absent. */
export function lateFilterOf({ overdue, escalated }: Pick<LateQuery, 'overdue' | 'escalated'>): {
  overdue?: boolean;
  escalated?: boolean;
} {
  return {
    ...(overdue === undefined ? {} : { overdue: overdue === 'true' }),
    ...(escalated === undefined ? {} : { escalated: escalated === 'true' }),
  };
}
