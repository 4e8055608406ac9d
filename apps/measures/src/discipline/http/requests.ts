import type { LocalDate } from '#kernel';
import {
  ChoiceField,
  DateField,
  FlagField,
  IntegerField,
  ListField,
  ObjectField,
  PageQuery,
  TextField,
} from '#platform';
import { LateQuery } from '../../units/late-query.js';
import { ConfirmationOfManyRequest, GivenAnswerRequest, UUID } from '../../units/answer-requests.js';
import { STATUSES } from '../domain/lifecycle.js';

export { UUID };

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

export class ActionsQuery extends LateQuery {
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

  @TextField({ max: 100, optional: true, description: 'actions assigned to one officer' })
  assignee?: string;
}

export class OwnGroundRequest {
  @TextField({
    max: 200,
    description: 'number of the decision that bars the subject by itself',
    example: '（虚构）哈市监食罚〔2024〕31号',
  })
  documentNo!: string;

  @DateField({
    description: 'day of that decision; the last day follows from the law',
    example: '2024-11-08',
  })
  decidedOn!: LocalDate;
}

export class AnswerRequest extends GivenAnswerRequest {
  @ListField('text', {
    max: 20,
    maxText: 200,
    optional: true,
    description: 'numbers of the documents that show it',
    example: ['（虚构）黑评优〔2024〕9号'],
  })
  evidence?: string[];

  @ObjectField(() => OwnGroundRequest, {
    optional: true,
    description: 'with the reason own-ground: the decision on which the ban rests instead of on the listing',
  })
  ownGround?: OwnGroundRequest;
}

export class CorrectionRequest extends AnswerRequest {
  @TextField({ max: 2000, description: 'why the answer is corrected', example: '原反馈误填为未采取' })
  why!: string;
}

export class AnswerOfManyRequest extends AnswerRequest {
  @TextField({ max: 36, pattern: UUID, description: 'id of the action' })
  id!: string;

  @IntegerField({ min: 1, max: 1_000_000, description: 'version that was read' })
  version!: number;
}

export class AnswersRequest {
  @ListField(() => AnswerOfManyRequest, { max: 200, description: 'answers, each to one action' })
  answers!: AnswerOfManyRequest[];
}

export class CheckRequest {
  @DateField({ description: 'day on which the department looked', example: '2024-11-20' })
  on!: LocalDate;

  @FlagField({ description: 'whether the subject was found in the business of the department' })
  hit!: boolean;

  @TextField({ max: 2000, description: 'what was found, or where was looked', example: '申报了2024年度评优' })
  note!: string;
}

export class AssignmentRequest {
  @TextField({ max: 100, description: 'login of the officer', example: 'discipline-officer.hlj.finance' })
  officer!: string;
}

export class LiftsRequest {
  @ListField(() => ConfirmationOfManyRequest, { max: 200, description: 'confirmations, each of one action' })
  lifts!: ConfirmationOfManyRequest[];
}

export class OwnGroundEndRequest {
  @DateField({ description: 'day from which the decision stands no more', example: '2026-03-02' })
  on!: LocalDate;

  @TextField({
    max: 2000,
    description: 'why it stands no more',
    example: '（虚构）处罚决定经行政复议撤销',
  })
  why!: string;
}
