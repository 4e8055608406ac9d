import { ChoiceField, DateField, ListField, ObjectField, PageQuery, TextField } from '#platform';
import type { Status } from '../../domain/case/case.js';
import { PUBLIC_STANDINGS, type PublicStanding } from '../../domain/oversight/oversight.js';
import { CAPACITIES, type Capacity } from '../../domain/rules/rules.js';
import { UUID } from '../../store/uuid.js';

export const STATUSES = [
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
  'suspended',
  'ended',
  'closed',
  'withdrawn',
  'reminded',
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

export class FoundingDocumentRequest {
  @TextField({ max: 100, description: 'number of the document', example: '（2025）黑01执12号' })
  no!: string;

  @TextField({ max: 200, description: 'who issued it', example: '哈尔滨市中级人民法院' })
  issuer!: string;

  @TextField({ max: 200, description: 'what it is', example: '执行裁定书' })
  title!: string;

  @DateField({ description: 'its day', example: '2025-02-10' })
  issuedOn!: string;
}

export class FieldRequest {
  @TextField({ max: 60, description: 'what the list asks for, by code', example: 'duty' })
  code!: string;

  @TextField({
    max: 2000,
    description:
      'a text; a date as YYYY-MM-DD; an age in years; male or female; of an identity number the masked one is kept',
    example: '支付货款 100,000 元（虚构）',
  })
  value!: string;
}

const FIELDS = 'what the list asks for beside the reasons (fields of GET /api/list-types/{key})';

export const FieldsField = (which = 'all of it by the decision at the latest') =>
  ListField(() => FieldRequest, { max: 30, optional: true, description: `${FIELDS}, ${which}` });

export class BoundPersonRequest {
  @TextField({
    max: 36,
    pattern: UUID,
    description: 'the person, a subject of its own',
    example: '0192f0c4-6c00-7000-8000-000000000002',
  })
  subjectId!: string;

  @ChoiceField({
    values: CAPACITIES,
    description: 'in which capacity it is bound; which a list binds is said by its rule',
    example: 'legal-representative',
  })
  capacity!: Capacity;

  @DateField({ optional: true, description: 'checked birth date, not kept', example: '1980-05-05' })
  bornOn?: string;

  @FieldsField('of this person; all of it by the decision at the latest')
  fields?: FieldRequest[];

  @TextField({
    max: 500,
    optional: true,
    description:
      'judgment, article of law or finding by which the person is bound, where the rule asks for one',
    example: '（2024）黑01刑终1号判决书',
  })
  evidence?: string;
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
    optional: true,
    description: 'ids of the records on which the case rests',
    example: ['0192f0c4-6c00-7000-8000-0000000000a1'],
  })
  recordIds?: string[];

  @ListField(() => FoundingDocumentRequest, {
    max: 20,
    optional: true,
    description: 'judgments and other documents of finding that are no records here (ordinance art. 27)',
  })
  documents?: FoundingDocumentRequest[];

  @FieldsField()
  fields?: FieldRequest[];

  @TextField({
    max: 36,
    pattern: UUID,
    optional: true,
    description: 'the verified clue on which the case is opened; its document of finding is one of the case',
    example: '0192f0c4-6c00-7000-8000-0000000000e1',
  })
  clueId?: string;

  @TextField({
    max: 1000,
    optional: true,
    description: 'why the case is opened by hand, where no record brought it about',
    example: '日常检查发现',
  })
  reason?: string;

  @TextField({
    max: 200,
    optional: true,
    description:
      'creditor at whose request the court lists, written as in its request for deletion; without it the court acts by itself. Checked against re-listing bars, and kept',
    example: '债权人甲（虚构）',
  })
  requestedBy?: string;

  @ListField(() => BoundPersonRequest, {
    max: 20,
    optional: true,
    description: 'responsible persons who are to be listed with the subject, each by an entry of its own',
  })
  persons?: BoundPersonRequest[];

  @ChoiceField({
    values: PUBLIC_STANDINGS,
    optional: true,
    description:
      'state organ, state-owned unit, or member of their staff: others must be told (ordinance art. 32)',
    example: 'state-owned',
  })
  publicStanding?: PublicStanding;

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
