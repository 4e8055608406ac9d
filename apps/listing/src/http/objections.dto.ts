import { ChoiceField, DateField, ListField, ObjectField, TextField } from '#platform';
import { OBJECTION_ABOUT, type ObjectionAbout } from '../domain/objection/objection.js';
import { UUID } from '../store/uuid.js';
import { CorrectedValues } from './repairs.dto.js';

const CHANNELS = ['department', 'credit-site'] as const;
const OUTCOMES = ['upheld', 'partly-upheld', 'rejected'] as const;
const PAUSES = ['test', 'expert-review'] as const;

export class ObjectionBody {
  @ChoiceField({ values: OBJECTION_ABOUT, description: 'what is objected to', example: 'listing' })
  about!: ObjectionAbout;

  @TextField({ max: 4000, description: 'why', example: '工资已在限期内付清（虚构）' })
  statement!: string;

  @ListField('text', { max: 30, maxText: 300, description: 'proofs, by name or number' })
  materials!: string[];

  @ObjectField(() => CorrectedValues, { optional: true, description: 'what the entry should say instead' })
  asked?: CorrectedValues;

  @TextField({
    max: 36,
    pattern: UUID,
    optional: true,
    description: 'the answered request, of a repair result',
  })
  repairId?: string;

  @ChoiceField({ values: CHANNELS, optional: true, description: 'where it came in', example: 'department' })
  channel?: (typeof CHANNELS)[number];

  @DateField({ optional: true, description: 'day of receipt, of a letter taken down later' })
  receivedOn?: string;

  @TextField({ max: 300, optional: true, description: 'power of attorney of who files for the party' })
  authorisation?: string;
}

export class HelpRequestBody {
  @TextField({ max: 80, description: 'unit that is asked', example: 'hlj.finance' })
  unit!: string;

  @TextField({ max: 2000, description: 'what it is asked', example: '罚款是否已经缴清？（虚构）' })
  question!: string;
}

export class HelpAnswerBody {
  @TextField({ max: 4000, description: 'what the unit knows', example: '已于限期内缴清（虚构）' })
  text!: string;
}

export class PauseBody {
  @ChoiceField({ values: PAUSES, description: 'a test or an expert review, not counted', example: 'test' })
  why!: (typeof PAUSES)[number];
}

export class ObjectionExtensionBody {
  @DateField({ description: 'new last day for the answer', example: '2026-06-30' })
  until!: string;

  @TextField({ max: 2000, description: 'why, as told to the party', example: '案情复杂（虚构）' })
  reason!: string;
}

export class ObjectionDecisionBody {
  @ChoiceField({ values: OUTCOMES, description: 'what was decided', example: 'rejected' })
  outcome!: (typeof OUTCOMES)[number];

  @TextField({ max: 4000, description: 'reasons', example: '列入事实清楚,证据确凿（虚构）' })
  reasons!: string;

  @ObjectField(() => CorrectedValues, { optional: true, description: 'what is right, of content and period' })
  corrected?: CorrectedValues;
}
