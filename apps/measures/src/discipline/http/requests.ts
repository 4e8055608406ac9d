import type { LocalDate } from '#kernel';
import { ChoiceField, DateField, PageQuery, TextField } from '#platform';
import { STATUSES } from '../domain/lifecycle.js';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class CatalogueQuery extends PageQuery {
  @ChoiceField({
    values: ['national', 'supplement', 'constraint'],
    optional: true,
    description: 'one part of the catalogue',
  })
  part?: string;

  @DateField({ optional: true, description: 'entries valid on that day', example: '2024-11-14' })
  asOf?: LocalDate;
}

export class RulesQuery extends PageQuery {
  @TextField({
    max: 12,
    pattern: /^[A-Z]{2,12}$/,
    optional: true,
    description: 'key of a list type',
    example: 'SAMR',
  })
  list?: string;

  @DateField({ optional: true, description: 'rules valid on that day', example: '2024-11-14' })
  asOf?: LocalDate;
}

export class ActionsQuery extends PageQuery {
  @TextField({ max: 36, pattern: UUID, optional: true, description: 'actions of one listing case' })
  caseId?: string;

  @ChoiceField({ values: STATUSES, optional: true, description: 'actions in one status' })
  status?: string;

  @TextField({
    max: 80,
    optional: true,
    description: 'actions of one executing unit',
    example: 'hlj.finance',
  })
  executor?: string;

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only those that are, or are not, overdue',
  })
  overdue?: string;
}

export class AnswerRequest {
  @ChoiceField({ values: ['applied', 'not-applied'], description: 'what the department did' })
  result!: 'applied' | 'not-applied';

  @DateField({ description: 'day of the application, or of the answer', example: '2024-11-21' })
  on!: LocalDate;

  @TextField({
    max: 60,
    optional: true,
    description: 'why not applied; codes at /api/discipline/reasons',
    example: 'no-business-with-subject',
  })
  reason?: string;

  @TextField({
    max: 2000,
    description: 'what was applied and where, or why not, in words',
    example: '已取消年度评优资格',
  })
  note!: string;
}

export class LiftRequest {
  @DateField({ description: 'day on which the measure was lifted', example: '2025-11-21' })
  on!: LocalDate;

  @TextField({ max: 2000, description: 'what was lifted, in words', example: '已恢复评优资格' })
  note!: string;
}
