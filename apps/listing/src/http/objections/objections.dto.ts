import { ChoiceField, DateField, ListField, ObjectField, PageQuery, TextField } from '#platform';
import {
  OBJECTION_ABOUT,
  OBJECTION_GROUNDS,
  type ObjectionAbout,
  type ObjectionGround,
} from '../../domain/objection/about.js';
import { BEGUN, type Begun } from '../../domain/objection/objection.js';
import { UUID } from '../../store/uuid.js';
import { type FieldRequest, FieldsField } from '../cases/cases.dto.js';
import { CorrectedValues } from '../repairs/repairs.dto.js';

const CHANNELS = ['department', 'credit-site'] as const;
const OUTCOMES = ['upheld', 'partly-upheld', 'rejected'] as const;
const PAUSES = ['test', 'expert-review'] as const;

/** What is right: of an entry, or of a record that is published by itself; the rules refuse what is no field of it. */
export class RightValues extends CorrectedValues {
  @TextField({ max: 128, optional: true, description: 'of a record: document number' })
  documentNo?: string;

  @TextField({ max: 2000, optional: true, description: 'of a record: what was done' })
  conduct?: string;

  @DateField({
    optional: true,
    description: 'of a record: last day of its publication',
    example: '2027-04-07',
  })
  publishedUntil?: string;
}

class RightEntry extends RightValues {
  @FieldsField('of an entry; only what differs')
  fields?: FieldRequest[];
}

/** What every objection brings, whatever it is about. */
class Filing {
  @ListField('text', { max: 30, maxText: 300, description: 'proofs, by name or number' })
  materials!: string[];

  @ChoiceField({ values: CHANNELS, optional: true, description: 'where it came in', example: 'department' })
  channel?: (typeof CHANNELS)[number];

  @DateField({ optional: true, description: 'day of receipt, of a letter taken down later' })
  receivedOn?: string;

  @TextField({ max: 300, optional: true, description: 'power of attorney of who files for the party' })
  authorisation?: string;
}

export class ReviewBody {
  @TextField({ max: 36, pattern: UUID, description: 'the rejected application, by its id' })
  of!: string;

  @TextField({
    max: 200,
    optional: true,
    description: 'the court above, where it is no unit of the register; else the register says which it is',
    example: '最高人民法院',
  })
  court?: string;

  @DateField({ description: 'day on which the rejection was served', example: '2026-06-16' })
  servedOn!: string;
}

export class ObjectionBody extends Filing {
  @ObjectField(() => ReviewBody, {
    optional: true,
    description: 'asks the court above to review a rejection (court list: 法释〔2017〕7号 art. 12)',
  })
  review?: ReviewBody;

  @ChoiceField({ values: OBJECTION_ABOUT, description: 'what is objected to', example: 'listing' })
  about!: ObjectionAbout;

  @ChoiceField({
    values: OBJECTION_GROUNDS,
    optional: true,
    description: 'on what it rests, where the rule of the list takes certain grounds only',
    example: 'obvious-error',
  })
  ground?: ObjectionGround;

  @TextField({ max: 4000, description: 'why', example: '工资已在限期内付清（虚构）' })
  statement!: string;

  @ObjectField(() => RightEntry, {
    optional: true,
    description: 'what the entry should say instead, where the party knows; each is answered by the decision',
  })
  asked?: RightEntry;

  @TextField({
    max: 36,
    pattern: UUID,
    optional: true,
    description: 'the answered request, of a repair result',
  })
  repairId?: string;
}

const RECORD_ABOUT = ['content', 'period', 'repair-result'] as const;

export class RecordObjectionBody extends Filing {
  @TextField({
    max: 36,
    pattern: UUID,
    description: 'the record that is objected to, by its id at GET /api/records/{id}',
    example: '0192f0c4-6c00-7000-8000-0000000000a2',
  })
  recordId!: string;

  @ChoiceField({ values: RECORD_ABOUT, description: 'what is objected to', example: 'content' })
  about!: (typeof RECORD_ABOUT)[number];

  @TextField({ max: 4000, description: 'why', example: '文号录入有误（虚构）' })
  statement!: string;

  @ObjectField(() => RightValues, { optional: true, description: 'what the record should say instead' })
  asked?: RightValues;

  @TextField({
    max: 36,
    pattern: UUID,
    optional: true,
    description: 'the answered request at GET /api/repairs, of a repair result',
  })
  repairId?: string;
}

export class RecordObjectionQuery extends PageQuery {
  @TextField({ max: 36, pattern: UUID, optional: true, description: 'the record' })
  recordId?: string;

  @DateField({
    optional: true,
    description: 'of what waits: due on that day or before',
    example: '2026-06-04',
  })
  dueBy?: string;
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

export class MaterialRequestBody {
  @TextField({ max: 2000, description: 'all that is needed: it is named once', example: '银行流水（虚构）' })
  text!: string;
}

export class MaterialReceiptBody {
  @ListField('text', { max: 30, maxText: 300, description: 'what came in, by name or number' })
  materials!: string[];

  @DateField({ optional: true, description: 'day of receipt, where it is entered later' })
  receivedOn?: string;
}

export class TerminationBody {
  @ChoiceField({
    values: BEGUN,
    description: 'what the party began against the same decision',
    example: 'suit',
  })
  begun!: Begun;

  @DateField({ description: 'when it was begun', example: '2026-06-01' })
  begunOn!: string;
}

export class NonAcceptanceBody {
  @TextField({ max: 4000, description: 'why it is not accepted', example: '所提事项不属于复查范围（虚构）' })
  reasons!: string;
}

class RefusedValue {
  @TextField({ max: 60, description: 'name or code of the value that was asked', example: 'performance' })
  field!: string;

  @TextField({ max: 1000, description: 'why it is not adopted', example: '银行流水显示尚未付清（虚构）' })
  reasons!: string;
}

export class ObjectionDecisionBody {
  @ChoiceField({ values: OUTCOMES, description: 'what was decided', example: 'rejected' })
  outcome!: (typeof OUTCOMES)[number];

  @TextField({ max: 4000, description: 'reasons', example: '列入事实清楚,证据确凿（虚构）' })
  reasons!: string;

  @ObjectField(() => RightEntry, {
    optional: true,
    description: 'what is right, of content and period, beside what is adopted',
  })
  corrected?: RightEntry;

  @ListField('text', {
    max: 30,
    maxText: 60,
    optional: true,
    description: 'of the values that the party asked for those that are right, by name or code',
    example: ['duty'],
  })
  adopted?: string[];

  @TextField({
    max: 100,
    optional: true,
    description: 'number of the letter; without one it is numbered after the case',
    example: '（2026）黑执复12号（虚构）',
  })
  decisionNo?: string;

  @ListField(() => RefusedValue, {
    max: 30,
    optional: true,
    description: 'those that are not, each with its reasons',
  })
  refused?: RefusedValue[];

  @ListField('text', {
    max: 30,
    maxText: 128,
    optional: true,
    description:
      'units that have not lifted their measures though the term is over, where that is appealed against',
    example: ['hlj.communications'],
  })
  unlifted?: string[];
}
