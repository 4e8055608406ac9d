import { ChoiceField, DateField, FlagField, ListField, ObjectField, PageQuery, TextField } from '#platform';
import type { Status } from '../domain/case.js';
import { UUID } from '../store/uuid.js';

const STATUSES = [
  'proposed',
  'noticed',
  'heard',
  'silent',
  'reviewed',
  'consented',
  'approved',
  'decided',
  'served',
  'in-force',
  'ended',
  'closed',
  'withdrawn',
] as const satisfies readonly Status[];

export class CorrectionOrder {
  @DateField({
    optional: true,
    description:
      'last day of the payment limit (责令限期支付), from which the decision clock of the wage list runs',
    example: '2025-02-28',
  })
  paymentLimit?: string;
}

export class OpenCaseRequest {
  @TextField({ max: 12, pattern: /^[A-Z]{2,12}$/, description: 'list type', example: 'SAMR' })
  listType!: string;

  @TextField({
    max: 36,
    pattern: UUID,
    description: 'subject',
    example: '0192f0c4-6c00-7000-8000-000000000001',
  })
  subjectId!: string;

  @ListField('text', {
    max: 20,
    maxText: 36,
    description: 'ids of the records on which the case rests',
    example: ['0192f0c4-6c00-7000-8000-0000000000a1'],
  })
  recordIds!: string[];

  @TextField({ max: 60, description: 'conduct kind of the list type', example: 'samr.food' })
  conductKind!: string;

  @ObjectField(() => CorrectionOrder, {
    optional: true,
    description: 'the order to pay or to correct that came before',
  })
  correctionOrdered?: CorrectionOrder;

  @DateField({
    optional: true,
    description:
      'day from which the decision clock runs where the list counts from a request, a discovery or an acceptance',
    example: '2025-02-14',
  })
  clockFrom?: string;

  @DateField({
    optional: true,
    description: 'checked birth date of a natural person; used to refuse minors, not kept',
    example: '1980-05-05',
  })
  bornOn?: string;
}

export class CaseQuery extends PageQuery {
  @TextField({ max: 12, pattern: /^[A-Z]{2,12}$/, optional: true, description: 'list type', example: 'SAMR' })
  listType?: string;

  @ChoiceField({ values: STATUSES, optional: true, description: 'status', example: 'noticed' })
  status?: Status;

  @TextField({ max: 80, optional: true, description: 'deciding unit', example: 'hlj.market-regulation' })
  department?: string;

  @TextField({ max: 36, optional: true, description: 'id or code of the subject' })
  subject?: string;
}

export class RepairRequest {
  @DateField({ description: 'day on which the conduct was corrected', example: '2025-04-01' })
  correctedOn!: string;

  @FlagField({ description: 'a written commitment is given', example: true })
  commitment!: boolean;

  @TextField({ max: 4000, description: 'what was corrected', example: '拖欠工资已全部支付' })
  statement!: string;

  @ListField('text', {
    max: 30,
    maxText: 300,
    description: 'proofs, by name or number',
    example: ['工资支付凭证'],
  })
  materials!: string[];
}

export class AcceptanceRequest {
  @FlagField({ description: 'false: not accepted, with the one-time list of what is missing', example: true })
  accepted!: boolean;

  @TextField({ max: 4000, description: 'what was checked, or what is missing', example: '材料齐全' })
  text!: string;
}

export class RemovalDecisionRequest {
  @FlagField({ description: 'whether the entry ends', example: true })
  granted!: boolean;

  @TextField({ max: 4000, description: 'reasons', example: '已履行义务并满规定期限' })
  reasons!: string;
}
