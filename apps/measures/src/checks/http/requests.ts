import type { LocalDate } from '#kernel';
import { ChoiceField, DateField, ListField, PageQuery, TextField } from '#platform';
import { BUSINESS_FIELDS } from '#seeds';
import { LateQuery } from '../../units/late-query.js';
import { UUID } from '../../discipline/http/requests.js';
import { LARGEST_BATCH } from '../commands/ask-check.js';

export class CheckBody {
  @ListField('text', {
    max: LARGEST_BATCH,
    maxText: 36,
    description:
      'unified social credit codes; of natural persons the id of the subject, never an identity number',
    example: ['91230100MA1ABCDE8J'],
  })
  subjects!: string[];

  @ChoiceField({
    values: BUSINESS_FIELDS,
    description: 'what is being decided; in the first four the query is a duty (ordinance art. 44)',
    example: 'permit',
  })
  field!: string;

  @TextField({ max: 200, description: 'the business item', example: '食品经营许可' })
  item!: string;

  @TextField({
    max: 500,
    optional: true,
    description: 'which decision the check serves; refused when missing',
    example: '审查食品经营许可申请',
  })
  purpose?: string;

  @TextField({
    max: 100,
    optional: true,
    description: 'number of the own file',
    example: '（虚构）哈食许〔2024〕77号',
  })
  reference?: string;
}

export class HitAnswerBody {
  @ChoiceField({ values: ['applied', 'not-applied'], description: 'what the department made of the hit' })
  result!: 'applied' | 'not-applied';

  @TextField({
    max: 60,
    optional: true,
    description: 'why not applied; codes at /api/discipline/reasons',
    example: 'no-business-with-subject',
  })
  reason?: string;

  @TextField({ max: 2000, description: 'in words', example: '不予受理该许可申请' })
  note!: string;
}

export class HitAnswerOfManyBody extends HitAnswerBody {
  @TextField({ max: 36, pattern: UUID, description: 'id of the action that is the hit' })
  action!: string;
}

export class HitAnswersBody {
  @ListField(() => HitAnswerOfManyBody, { max: 200, description: 'answers, each to one hit of the check' })
  answers!: HitAnswerOfManyBody[];
}

export class HitsQuery extends LateQuery {
  @ChoiceField({ values: ['true', 'false'], optional: true, description: 'only open, or only answered hits' })
  open?: string;
}

export class CoverageQuery {
  @DateField({ description: 'first day', example: '2024-11-01' })
  from!: LocalDate;

  @DateField({ optional: true, description: 'last day; today when absent', example: '2024-11-30' })
  to?: LocalDate;
}

export class AboutSubjectQuery extends PageQuery {
  @TextField({ max: 36, description: 'code or id of the subject', example: '91230100MA1ABCDE8J' })
  subject!: string;
}
