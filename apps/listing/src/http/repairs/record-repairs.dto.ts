import { ChoiceField, DateField, FlagField, ListField, ObjectField, PageQuery, TextField } from '#platform';
import { UUID } from '../../store/uuid.js';
import { HandedInBody, VerifiedCondition } from './repairs.dto.js';

const RECORD_ID = {
  max: 36,
  pattern: UUID,
  description: 'the published record, by its id at GET /api/records/{id}',
  example: '0192f0c4-6c00-7000-8000-0000000000a2',
};

export class RecordRepairBody {
  @TextField(RECORD_ID)
  recordId!: string;

  @DateField({ description: 'day on which the conduct was corrected', example: '2026-04-20' })
  correctedOn!: string;

  @FlagField({ description: 'a public commitment is given (order 36 art. 14)', example: true })
  commitment!: boolean;

  @TextField({ max: 4000, description: 'what was corrected', example: '罚款已缴清,已整改（虚构）' })
  statement!: string;

  @ListField('text', {
    max: 30,
    maxText: 300,
    description: 'proofs, by name or number',
    example: ['缴款凭证（虚构）'],
  })
  materials!: string[];

  @ObjectField(() => HandedInBody, {
    optional: true,
    description: 'what lies behind the materials; the rest may follow (POST …/supplement)',
  })
  handedIn?: HandedInBody;
}

export class RecordMaskingBody {
  @TextField(RECORD_ID)
  recordId!: string;

  @ChoiceField({
    values: ['plan', 'stay'],
    description: 'an approved reorganisation plan or settlement (art. 20), or a stay of execution (art. 19)',
    example: 'plan',
  })
  aim!: 'plan' | 'stay';

  @TextField({
    max: 100,
    description: 'number of the ruling that approved the plan, or of the decision that stopped the execution',
    example: '（虚构）（2026）黑01破1号之一',
  })
  rulingNo!: string;

  @TextField({
    max: 4000,
    description: 'what is asked and why',
    example: '重整计划执行期间,申请临时屏蔽（虚构）',
  })
  statement!: string;

  @ListField('text', {
    max: 30,
    maxText: 300,
    description: 'proofs, by name or number',
    example: ['批准重整计划裁定书（虚构）'],
  })
  materials!: string[];

  @ObjectField(() => HandedInBody, {
    optional: true,
    description: 'what lies behind the materials; the rest may follow (POST …/supplement)',
  })
  handedIn?: HandedInBody;
}

export class RecordEligibilityQuery {
  @TextField(RECORD_ID)
  recordId!: string;
}

export class RecordRepairQuery extends PageQuery {
  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'only those that wait for an answer',
  })
  open?: 'true' | 'false';

  @DateField({
    optional: true,
    description: 'only those that wait and are due by that day',
    example: '2026-07-21',
  })
  dueBy?: string;
}

export class RecordVerificationBody {
  @TextField({ max: 4000, description: 'what was checked and how', example: '经查验缴款凭证（虚构）' })
  text!: string;

  @ListField(() => VerifiedCondition, { max: 20, description: 'every condition of the rule, met or not' })
  conditions!: VerifiedCondition[];

  @DateField({
    optional: true,
    description:
      'last day of the penalty’s own term, where it has one: publication does not end before (art. 12)',
    example: '2026-10-07',
  })
  ownTermEndsOn?: string;
}
