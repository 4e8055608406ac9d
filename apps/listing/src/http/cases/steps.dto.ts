import { ChoiceField, DateField, FlagField, IntegerField, ListField, TextField } from '#platform';
import type { WithdrawalGround } from '../../domain/case/case.js';
import { REVOCATION_GROUNDS, type RevocationGround } from '../../domain/case/commands.js';
import { GRAVITIES, type Gravity } from '../../domain/rules/rules.js';
import { SERVICE_WAYS, type ServiceWay } from '../../domain/procedure/service.js';
import { UUID } from '../../store/uuid.js';
import { FieldRequest, FieldsField } from './cases.dto.js';

const GROUNDS = [
  'spared',
  'no-intent',
  'defence-accepted',
  'opened-by-mistake',
  'consent-refused',
  'other',
] as const satisfies readonly WithdrawalGround[];

/** Steps that hold for every party of the file when they are taken at the principal's case. */
class FileStep {
  @FlagField({
    optional: true,
    description: 'for this party alone, although the step would hold for the whole file',
    example: false,
  })
  alone?: boolean;
}

const PROOF =
  'what shows it: witness (left), receipt (post), signed consent (electronic), unit (entrusted), why and how (public notice)';

export class NoticeRequest extends FileStep {
  @TextField({
    max: 100,
    description: 'number of the notice (告知书文号)',
    example: '哈市监列告〔2024〕12号',
  })
  noticeNo!: string;

  @TextField({ max: 4000, description: 'reasons (事由)', example: '违法行为情节严重' })
  reasons!: string;

  @ChoiceField({ values: SERVICE_WAYS, description: 'way of service', example: 'personal' })
  way!: ServiceWay;

  @DateField({ optional: true, description: 'day on which it was served', example: '2024-11-04' })
  servedOn?: string;

  @DateField({
    optional: true,
    description: 'public notice: day on which it was issued; the day of service follows from the rule',
    example: '2024-11-04',
  })
  announcedOn?: string;

  @TextField({ max: 500, optional: true, description: PROOF, example: 'EMS 1234567890123' })
  proof?: string;

  @DateField({
    optional: true,
    description: 'last day of the defence, only where the rule of the list fixes no period',
    example: '2024-11-11',
  })
  defenceUntil?: string;
}

export class DefenceRequest {
  @TextField({ max: 10_000, description: 'what the party states (陈述申辩)', example: '我公司已完成整改' })
  text!: string;

  @ListField('text', {
    max: 30,
    maxText: 36,
    optional: true,
    description: 'ids of files uploaded before (POST …/attachments)',
  })
  attachments?: string[];
}

export class FindingRequest {
  @TextField({ max: 60, description: 'what the list asks to be found, by code', example: 'security-given' })
  code!: string;

  @FlagField({ description: 'whether it was found', example: false })
  found!: boolean;

  @TextField({ max: 2000, optional: true, description: 'why it is listed nevertheless, as an exception' })
  reasons?: string;
}

export class ReviewRequest extends FileStep {
  @ChoiceField({ values: ['list', 'do-not-list'], description: 'opinion of the reviewer', example: 'list' })
  opinion!: 'list' | 'do-not-list';

  @TextField({ max: 4000, description: 'grounds of the opinion', example: '事实清楚,证据充分' })
  text!: string;

  @ListField(() => FindingRequest, {
    max: 20,
    optional: true,
    description:
      'of each finding that the list asks for (GET /api/list-types/{key}); to be left out where it asks for none',
  })
  findings?: FindingRequest[];
}

export class ConsentRequest extends FileStep {
  @FlagField({ description: 'whether the next level up consents', example: true })
  granted!: boolean;

  @TextField({ max: 4000, description: 'grounds', example: '同意列入' })
  text!: string;
}

export class ApprovalRequest extends FileStep {
  @TextField({ max: 4000, description: 'words of the approval', example: '同意' })
  text!: string;
}

export class FieldsOfPersonRequest {
  @TextField({
    max: 36,
    pattern: UUID,
    description: 'listing of the person, one of file.companions',
    example: '0192f0c4-6c00-7000-8000-0000000000c2',
  })
  listingId!: string;

  @ListField(() => FieldRequest, {
    max: 30,
    description: 'what the list asks for of this person and its opening did not bring, or brought otherwise',
  })
  fields!: FieldRequest[];
}

export class DecisionRequest extends FileStep {
  @TextField({
    max: 100,
    description: 'number of the decision (决定书文号), given once by the unit in a year',
    example: '哈市监列决〔2024〕12号',
  })
  decisionNo!: string;

  @TextField({ max: 4000, description: 'reasons', example: '违法行为情节严重,处以较重行政处罚' })
  reasons!: string;

  @ListField('text', {
    max: 20,
    maxText: 500,
    optional: true,
    description: 'removal conditions; from the rule when absent',
  })
  removalConditions?: string[];

  @TextField({ max: 1000, optional: true, description: 'remedies; those of the law when absent' })
  remedies?: string;

  @FieldsField()
  fields?: FieldRequest[];

  @ListField(() => FieldsOfPersonRequest, {
    max: 20,
    optional: true,
    description: 'the same of the persons bound with the principal, where the decision is on the whole file',
  })
  persons?: FieldsOfPersonRequest[];

  @TextField({
    max: 100,
    optional: true,
    description:
      'number of the repair notice (信用修复告知书) made with the decision; without one it is numbered after the case',
    example: '哈市监修告〔2024〕12号',
  })
  repairNoticeNo?: string;

  @DateField({
    optional: true,
    description: 'first day of the term, only where no step of the case fixes it',
    example: '2026-06-30',
  })
  termStartsOn?: string;

  @DateField({
    optional: true,
    description:
      'last day of the term, only where the rule leaves the term to the decision, or of a ban that lasts longer than the term (market regulation)',
    example: '2028-06-30',
  })
  termEndsOn?: string;

  @IntegerField({
    min: 1,
    max: 600,
    optional: true,
    description: 'length of the term in months, only where the rule leaves the term to the decision',
    example: 24,
  })
  termMonths?: number;

  @FlagField({
    optional: true,
    description: 'permanent, only where the rule knows that (research database, over 5 years)',
    example: true,
  })
  permanent?: boolean;

  @ChoiceField({
    values: GRAVITIES,
    optional: true,
    description: 'how grave, where the rule sets bounds to the term by it (research database)',
    example: 'limited',
  })
  gravity?: Gravity;

  @IntegerField({
    min: 1,
    max: 10,
    optional: true,
    description: 'years added, only where the rule lengthens the term (court list: 1 to 3)',
    example: 1,
  })
  extraYears?: number;

  @DateField({
    optional: true,
    description: 'last day of a grace in which nothing is published (court list: 1 to 3 months)',
    example: '2025-02-14',
  })
  graceUntil?: string;
}

/** How a document reached the party. */
export class DeliveryRequest {
  @ChoiceField({ values: SERVICE_WAYS, description: 'way of service', example: 'personal' })
  way!: ServiceWay;

  @DateField({ optional: true, description: 'day of service', example: '2024-11-14' })
  servedOn?: string;

  @DateField({
    optional: true,
    description: 'public notice: day on which it was issued; the day of service follows from the rule',
    example: '2024-11-14',
  })
  announcedOn?: string;

  @TextField({ max: 500, optional: true, description: PROOF, example: 'EMS 1234567890123' })
  proof?: string;
}

export class ServiceRequest extends DeliveryRequest {
  @TextField({
    max: 100,
    optional: true,
    description:
      'number of the repair notice (信用修复告知书) that went with the decision, as decision.repairNoticeNo says; due since 2025-06-22',
    example: '哈市监修告〔2024〕12号',
  })
  repairNoticeNo?: string;
}

export class PublicationRequest {
  @ChoiceField({
    values: ['passed', 'not-passed'],
    description: 'result of the secrecy review',
    example: 'passed',
  })
  secrecyReview!: 'passed' | 'not-passed';

  @TextField({ max: 2000, description: 'grounds of the review', example: '不涉密' })
  text!: string;

  @TextField({
    max: 200,
    optional: true,
    description:
      'authority of another province to which the entry is sent for publication, where the subject is registered there (order 44 art. 14)',
    example: '吉林省市场监督管理厅',
  })
  sentTo?: string;
}

export class WithdrawalRequest extends FileStep {
  @TextField({ max: 1000, description: 'why no listing follows', example: '当事人已改正并作出书面承诺' })
  reason!: string;

  @ChoiceField({
    values: GROUNDS,
    optional: true,
    description: '`spared` needs correctedOn and commitment; `other` when absent',
    example: 'spared',
  })
  ground?: WithdrawalGround;

  @DateField({ optional: true, description: 'sparing: day of the correction', example: '2025-03-05' })
  correctedOn?: string;

  @FlagField({ optional: true, description: 'sparing: a written commitment was given', example: true })
  commitment?: boolean;
}

export class RevocationRequest extends FileStep {
  @TextField({ max: 1000, description: 'why the decision is taken back', example: '认定事实有误' })
  reason!: string;

  @ChoiceField({
    values: REVOCATION_GROUNDS,
    optional: true,
    description:
      'by when it must be undone (ordinance art. 38): its basis fell away, or the unit erred; the latter when absent',
    example: 'basis-lost',
  })
  ground?: RevocationGround;
}
