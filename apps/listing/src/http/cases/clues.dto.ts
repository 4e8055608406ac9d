import { ChoiceField, DateField, FlagField, ObjectField, PageQuery, TextField } from '#platform';
import { CLUE_STATUS_ZH, type ClueStatus } from '../../domain/clue/lifecycle.js';
import { CLUE_SOURCES, type ClueSource } from '../../domain/clue/rule.js';
import { FoundingDocumentRequest } from './cases.dto.js';

const STATUSES = Object.keys(CLUE_STATUS_ZH) as ClueStatus[];
const KIND = /^[a-z][a-z-]{1,39}$/;

export class ClueRequest {
  @ChoiceField({ values: CLUE_SOURCES, description: 'where it comes from', example: 'complaint' })
  source!: ClueSource;

  @TextField({
    max: 40,
    pattern: KIND,
    optional: true,
    description: 'a kind whose law gives it clocks (GET /api/clues/kinds); general when absent',
    example: 'arrears',
  })
  kind?: string;

  @TextField({ max: 4000, description: 'what is told', example: '某工地拖欠工资' })
  content!: string;

  @TextField({ max: 200, description: 'whom it is about, as told', example: '松江示例建筑有限公司（虚构）' })
  about!: string;

  @DateField({
    optional: true,
    description: 'day of receipt, from which the clocks of its kind run; today when absent',
    example: '2026-04-07',
  })
  receivedOn?: string;
}

export class ClueAcceptanceRequest {
  @FlagField({ description: 'whether it is accepted; else it is dropped', example: true })
  accepted!: boolean;

  @TextField({ max: 2000, description: 'grounds', example: '有明确的举报对象和可查证线索' })
  reason!: string;
}

export class ClueForwardingRequest {
  @TextField({
    max: 80,
    description: 'the unit that handles it; the own one where that does',
    example: 'hlj.city.230100.housing',
  })
  to!: string;
}

export class ClueExtensionRequest {
  @DateField({ description: 'last day for the result', example: '2026-06-30' })
  until!: string;

  @TextField({ max: 2000, description: 'grounds', example: '情况复杂' })
  reasons!: string;
}

export class ClueFeedbackRequest {
  @DateField({ description: 'day on which it came in', example: '2026-04-20' })
  receivedOn!: string;

  @TextField({
    max: 4000,
    description: 'what who is complained of tells',
    example: '款项将于本月支付（虚构）',
  })
  text!: string;

  @FlagField({
    description: 'whether it is as prescribed; else an urging letter may still be sent',
    example: true,
  })
  asPrescribed!: boolean;
}

export class UrgingLetterRequest {
  @TextField({
    max: 100,
    description: 'number of the letter (督办书文号)',
    example: '（虚构）督办〔2026〕1号',
  })
  letterNo!: string;

  @TextField({ max: 4000, description: 'what it asks', example: '限期反馈拖欠款项的情况（虚构）' })
  text!: string;

  @DateField({ description: 'until when it waits; the text gives no days', example: '2026-04-30' })
  answerBy!: string;
}

export class ClueInterviewRequest {
  @DateField({ description: 'day', example: '2026-05-06' })
  heldOn!: string;

  @TextField({ max: 200, description: 'with whom', example: '主要负责人' })
  with!: string;

  @TextField({ max: 4000, description: 'minutes', example: '承诺支付（虚构）' })
  minutes!: string;
}

export class CircularRequest {
  @TextField({ max: 100, description: 'number of the circular', example: '（虚构）通报〔2026〕1号' })
  circularNo!: string;

  @TextField({ max: 500, description: 'to whom', example: '其上级机关、行业主管部门' })
  to!: string;

  @TextField({ max: 4000, description: 'what it says', example: '收到督办书仍拒不配合（虚构）' })
  text!: string;
}

export class CorrectionOrderRequest {
  @TextField({ max: 100, description: 'number of the order', example: '（虚构）责整〔2026〕1号' })
  orderNo!: string;

  @TextField({ max: 4000, description: 'what is to be corrected', example: '支付无争议部分款项（虚构）' })
  text!: string;

  @DateField({ description: 'until when; the text gives no days', example: '2026-05-29' })
  correctBy!: string;
}

export class ClueAnswerRequest {
  @FlagField({ description: 'whether it proved true; else it is dropped', example: true })
  verified!: boolean;

  @TextField({ max: 2000, description: 'grounds', example: '核查属实' })
  reason!: string;

  @ObjectField(() => FoundingDocumentRequest, {
    optional: true,
    description: 'of a verified clue: the document of finding on which a case may rest',
  })
  document?: FoundingDocumentRequest;
}

export class ClueQuery extends PageQuery {
  @ChoiceField({ values: STATUSES, optional: true, description: 'status', example: 'received' })
  status?: ClueStatus;

  @TextField({ max: 40, pattern: KIND, optional: true, description: 'kind', example: 'arrears' })
  kind?: string;

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'what waits for a step or a result, what is due first first, instead of all, newest first',
  })
  open?: 'true' | 'false';

  @DateField({
    optional: true,
    description: 'of those: due on that day or before',
    example: '2026-04-30',
  })
  dueBy?: string;

  @ChoiceField({ values: ['true', 'false'], optional: true, description: 'of those: with a late duty' })
  overdue?: 'true' | 'false';

  @ChoiceField({
    values: ['true', 'false'],
    optional: true,
    description: 'what the own unit handed on to others, instead of what is at it',
  })
  forwarded?: 'true' | 'false';
}
