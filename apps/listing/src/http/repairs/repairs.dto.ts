import {
  ChoiceField,
  DateField,
  FlagField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
} from '#platform';
import type { LocalDate } from '#kernel';
import { STAY_ENDS, type StayEnd } from '../../domain/repair/commands.js';
import { type FieldRequest, FieldsField } from '../cases/cases.dto.js';
import { PAPER_KINDS, type PaperKind } from '../../domain/repair/handed-in.js';
import { REPAIR_AIMS, type RepairAim, STAYED_IN, type StayedIn } from '../../domain/repair/entry.js';

const FILE_IDS = {
  max: 30,
  maxText: 36,
  description: 'files by the ids under which they were uploaded (POST …/attachments)',
  example: ['0192f0c4-6c00-7000-8000-0000000000e1'],
};

export class HandedInPaper {
  @ChoiceField({
    values: PAPER_KINDS,
    description: 'proof: of correction or performance; ruling: of the court that approved a plan',
    example: 'proof',
  })
  kind!: PaperKind;

  @TextField({ max: 300, description: 'what it is', example: '缴款凭证（虚构）' })
  name!: string;

  @ListField('text', FILE_IDS)
  files!: string[];
}

export class SignedCommitment {
  @TextField({
    max: 60,
    optional: true,
    description: 'the words of the rule, by the version that GET …/eligibility gives',
    example: 'ndrc-36/1',
  })
  template?: string;

  @TextField({ max: 4000, optional: true, description: 'own words, where no template is named' })
  text?: string;

  @TextField({ max: 200, description: 'who signed', example: '李某（虚构）,法定代表人' })
  signedBy!: string;

  @DateField({ description: 'day of the signature', example: '2026-07-06' })
  signedOn!: string;

  @ListField('text', { ...FILE_IDS, optional: true })
  files?: string[];
}

/** What is handed in, by the party or for it. */
export class HandedInBody {
  @ListField(() => HandedInPaper, { max: 30, optional: true, description: 'papers, each with its files' })
  papers?: HandedInPaper[];

  @ObjectField(() => SignedCommitment, {
    optional: true,
    description: 'the commitment (信用承诺书); a handler shows the signed letter',
  })
  commitment?: SignedCommitment;
}

export class RepairRequestBody {
  @ChoiceField({
    values: REPAIR_AIMS,
    optional: true,
    description:
      'removal: off the list early; suspension: lifted for an approved bankruptcy plan; site: 信用中国 only',
    example: 'removal',
  })
  aim?: RepairAim;

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

  @ObjectField(() => HandedInBody, {
    optional: true,
    description: 'what lies behind the materials; the rest may follow (POST …/supplement)',
  })
  handedIn?: HandedInBody;

  @IntegerField({
    min: 0,
    max: 20,
    optional: true,
    description: 'another way than the regular one, by its number in GET …/repairs/eligibility',
    example: 0,
  })
  way?: number;

  @TextField({
    max: 60,
    optional: true,
    description: 'ground of deletion from the court list, by code of the removal conditions',
    example: 'court-creditor-asks',
  })
  ground?: string;

  @TextField({
    max: 200,
    optional: true,
    description: 'who asked for the deletion (creditor)',
    example: '债权人甲（虚构）',
  })
  askedBy?: string;

  @TextField({
    max: 100,
    optional: true,
    description: 'number of the ruling that approved the plan; demanded for a suspension',
    example: '（虚构）（2026）黑01破1号之一',
  })
  rulingNo?: string;
}

export class EligibilityQuery {
  @DateField({
    optional: true,
    description: 'day on which the conduct was corrected',
    example: '2025-04-01',
  })
  correctedOn?: string;
}

export class AcceptanceRequest {
  @FlagField({ description: 'false: not accepted, with the one-time list of what is missing', example: true })
  accepted!: boolean;

  @TextField({ max: 4000, description: 'what was checked, or what is missing', example: '材料齐全' })
  text!: string;
}

export class VerifiedCondition {
  @TextField({ max: 60, description: 'condition of the way, by code', example: 'corrected' })
  code!: string;

  @FlagField({ description: 'whether it was found met', example: true })
  met!: boolean;
}

export class VerifiedBar {
  @TextField({ max: 60, description: 'bar of the list, by code', example: 'criminal-case' })
  code!: string;

  @FlagField({ description: 'whether it was found to hold', example: false })
  found!: boolean;
}

export class VerificationRequest {
  @TextField({ max: 4000, description: 'what was checked and how', example: '经查验工资支付凭证（虚构）' })
  text!: string;

  @ListField(() => VerifiedCondition, { max: 20, description: 'every condition of the way, met or not' })
  conditions!: VerifiedCondition[];

  @ListField(() => VerifiedBar, {
    max: 20,
    optional: true,
    description: 'every bar that the request names, found to hold or not; to be left out where it names none',
  })
  bars?: VerifiedBar[];
}

export class ReasonsRequest {
  @TextField({ max: 4000, description: 'reasons', example: '需要实地核实' })
  reasons!: string;
}

export class RemovalDecisionRequest {
  @FlagField({ description: 'whether what was asked for is granted', example: true })
  granted!: boolean;

  @TextField({ max: 4000, description: 'reasons', example: '已履行义务并满规定期限' })
  reasons!: string;
}

export class RepairDecisionRequest extends RemovalDecisionRequest {
  @DateField({
    optional: true,
    description: 'last day of the shortened term, where the list knows only that (research, art. 42)',
    example: '2027-06-30',
  })
  termEndsOn?: string;
}

export class PlanRequest {
  @TextField({
    max: 100,
    description: 'number of the court’s ruling',
    example: '（虚构）（2026）黑01破1号之三',
  })
  documentNo!: string;

  @TextField({ max: 4000, description: 'reasons', example: '债务人不能执行重整计划' })
  reasons!: string;
}

export class StayRequest {
  @ChoiceField({
    values: STAYED_IN,
    description: 'in which proceedings the execution was stopped',
    example: 'suit',
  })
  in!: StayedIn;

  @TextField({
    max: 200,
    description: 'the review body or the court',
    example: '（虚构）松江铁路运输法院',
  })
  body!: string;

  @TextField({
    max: 100,
    description: 'number of the order or ruling',
    example: '（虚构）（2026）黑7101行初1号之一',
  })
  orderNo!: string;

  @DateField({ description: 'when it was made', example: '2026-06-01' })
  orderedOn!: LocalDate;

  @TextField({ max: 4000, description: 'reasons that it gives', example: '执行会造成难以弥补的损失' })
  reasons!: string;
}

export class StayEndRequest {
  @ChoiceField({
    values: STAY_ENDS,
    description:
      'upheld: the decision was upheld; proceedings-over: withdrawn, dismissed or ended; stay-lifted: the proceedings go on without it',
    example: 'upheld',
  })
  why!: StayEnd;

  @TextField({
    max: 100,
    description: 'number of the decision, judgment or ruling',
    example: '（虚构）（2026）黑7101行初1号',
  })
  documentNo!: string;

  @DateField({ description: 'when it took effect', example: '2026-08-03' })
  endedOn!: LocalDate;

  @TextField({ max: 4000, description: 'reasons', example: '驳回原告的诉讼请求' })
  reasons!: string;
}

const CAUSES = ['false-material', 'broken-commitment'] as const;

export class FalseApplicationRequest {
  @ChoiceField({ values: CAUSES, description: 'what was found', example: 'false-material' })
  cause!: (typeof CAUSES)[number];

  @TextField({
    max: 4000,
    description: 'what was false, or which commitment was not kept',
    example: '支付凭证系伪造',
  })
  reasons!: string;
}

export class CorrectedValues {
  @TextField({ max: 100, optional: true, description: 'number of the decision' })
  decisionNo?: string;

  @TextField({ max: 4000, optional: true, description: 'reasons of the decision' })
  reasons?: string;

  @DateField({ optional: true, description: 'last day of the term', example: '2027-11-14' })
  termEndsOn?: string;
}

/** Of an entry also what its list asks for beside the reasons. */
export class CorrectedEntry extends CorrectedValues {
  @FieldsField('only what differs')
  fields?: FieldRequest[];
}

export class CorrectionRequest {
  @ObjectField(() => CorrectedEntry, { description: 'what is right; only what differs' })
  corrected!: CorrectedEntry;

  @TextField({ max: 4000, description: 'why it was wrong', example: '录入有误' })
  reasons!: string;
}

const OUTCOMES = ['stands', 'falls'] as const;

export class BasisReviewRequest {
  @ChoiceField({
    values: OUTCOMES,
    description: 'whether what is left of the basis carries the case',
    example: 'stands',
  })
  outcome!: (typeof OUTCOMES)[number];

  @TextField({ max: 4000, description: 'reasons', example: '其余处罚决定足以支持列入' })
  reasons!: string;
}
