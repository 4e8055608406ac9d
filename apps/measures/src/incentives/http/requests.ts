import { ChoiceField, IntegerField, ListField, TextField } from '#platform';
import { LateQuery } from '../../units/late-query.js';
import { ConfirmationOfManyRequest, GivenAnswerRequest, UUID } from '../../units/answer-requests.js';
import { OwedQuery } from '../../units/owed-query.js';
import { TASK_STATUSES } from '../domain/task-lifecycle.js';

export class IncentivesQuery {
  @TextField({ max: 36, description: 'code or id of the subject', example: '91230100MA1ABCDE8J' })
  subject!: string;
}

export class TasksQuery extends LateQuery {
  @TextField({ max: 36, optional: true, description: 'code or id of the subject' })
  subject?: string;

  @ChoiceField({ values: TASK_STATUSES, optional: true, description: 'tasks in one status' })
  status?: string;

  @TextField({ max: 80, optional: true, description: 'tasks of one unit', example: 'hlj.market-regulation' })
  executor?: string;
}

export class TaskWorklistQuery extends OwedQuery {
  @ChoiceField({
    values: TASK_STATUSES.filter((status) => !['applied', 'not-applied', 'ended'].includes(status)),
    optional: true,
    description: 'in one status; end-ordered: to be confirmed',
  })
  status?: string;

  @TextField({ max: 100, optional: true, description: 'id of one kind of incentive' })
  incentive?: string;
}

export class TaskCorrectionRequest extends GivenAnswerRequest {
  @TextField({ max: 2000, description: 'why the answer is corrected', example: '原反馈误填为未给予' })
  why!: string;
}

export class TaskAnswerOfManyRequest extends GivenAnswerRequest {
  @TextField({ max: 36, pattern: UUID, description: 'id of the task' })
  id!: string;

  @IntegerField({ min: 1, max: 1_000_000, description: 'version that was read' })
  version!: number;
}

export class TaskAnswersRequest {
  @ListField(() => TaskAnswerOfManyRequest, { max: 200, description: 'answers, each to one task' })
  answers!: TaskAnswerOfManyRequest[];
}

export class TaskEndsRequest {
  @ListField(() => ConfirmationOfManyRequest, { max: 200, description: 'confirmations, each of one task' })
  ends!: ConfirmationOfManyRequest[];
}
