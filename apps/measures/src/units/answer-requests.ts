import type { LocalDate } from '#kernel';
import { ChoiceField, DateField, IntegerField, ListField, TextField } from '#platform';

/* What departments say of a measure and of an incentive alike; what only one of the two takes stands beside it. */

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export class GivenAnswerRequest {
  @ChoiceField({ values: ['applied', 'not-applied'], description: 'what the department did' })
  result!: 'applied' | 'not-applied';

  @DateField({ description: 'day of the application, or of the answer', example: '2024-11-21' })
  on!: LocalDate;

  @TextField({
    max: 60,
    optional: true,
    description:
      'why not applied; codes at /api/discipline/reasons, of incentives at /api/discipline/incentives/reasons',
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

/** That a measure is lifted, or an incentive given no more. */
export class ConfirmationRequest {
  @DateField({ description: 'day on which it was undone', example: '2025-11-21' })
  on!: LocalDate;

  @TextField({ max: 2000, description: 'what was undone, in words', example: '已恢复评优资格' })
  note!: string;
}

export class ReceiptOfManyRequest {
  @TextField({ max: 36, pattern: UUID, description: 'id of the action, or of the task' })
  id!: string;

  @IntegerField({ min: 1, max: 1_000_000, description: 'version that was read' })
  version!: number;
}

export class ReceiptsRequest {
  @ListField(() => ReceiptOfManyRequest, { max: 200, description: 'what was taken in hand' })
  receipts!: ReceiptOfManyRequest[];
}

export class ConfirmationOfManyRequest extends ConfirmationRequest {
  @TextField({ max: 36, pattern: UUID, description: 'id of the action, or of the task' })
  id!: string;

  @IntegerField({ min: 1, max: 1_000_000, description: 'version that was read' })
  version!: number;
}
