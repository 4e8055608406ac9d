import { ChoiceField, DateField, FlagField, TextField } from '#platform';
import { LETTER_TO, type LetterTo } from '../../domain/oversight/oversight.js';

export class HearingNoticeRequest {
  @TextField({
    max: 100,
    description: 'number of the notice of the hearing',
    example: '哈市监听通〔2024〕3号',
  })
  noticeNo!: string;

  @DateField({ description: 'day of the hearing, seven working days ahead at least', example: '2024-11-18' })
  heldOn!: string;

  @TextField({ max: 200, description: 'place', example: '第一会议室' })
  place!: string;
}

export class HearingRecordRequest {
  @ChoiceField({
    values: ['held', 'waived'],
    description: '`waived`: the party took its request back, did not come, or left',
    example: 'held',
  })
  outcome!: 'held' | 'waived';

  @DateField({ description: 'day on which it was held or waived', example: '2024-11-18' })
  on!: string;

  @TextField({ max: 10_000, description: 'minutes (听证笔录)', example: '当事人陈述已整改' })
  minutes!: string;
}

export class ExtensionRequest {
  @TextField({ max: 1000, description: 'why more time is needed', example: '案情复杂' })
  reason!: string;

  @FlagField({ optional: true, description: 'for this party alone', example: false })
  alone?: boolean;
}

export class ClockStartRequest {
  @DateField({ description: 'day from which the decision clock runs', example: '2025-02-28' })
  from!: string;

  @TextField({ max: 1000, description: 'from what the day is known', example: '限期支付指令书（虚构）' })
  source!: string;

  @FlagField({ optional: true, description: 'for this party alone', example: false })
  alone?: boolean;
}

export class ReminderRequest {
  @TextField({ max: 100, description: 'number of the reminder', example: '哈市监提〔2024〕3号' })
  reminderNo!: string;

  @TextField({ max: 4000, description: 'what the party is reminded of', example: '今后应当依法经营' })
  text!: string;

  @FlagField({ description: 'the conduct is minor (轻微)', example: true })
  minor!: boolean;

  @FlagField({ description: 'it happened once (偶发)', example: true })
  oneOff!: boolean;

  @DateField({ description: 'corrected in time, on this day (及时改正)', example: '2024-11-01' })
  correctedOn!: string;

  @FlagField({ description: 'it did no harm (没有造成危害后果)', example: true })
  harmless!: boolean;

  @FlagField({ optional: true, description: 'for this party alone', example: false })
  alone?: boolean;
}

export class HoldBackRequest {
  @DateField({ description: 'day on which tax, surcharge and fine were paid in full', example: '2025-03-10' })
  paidOn!: string;

  @TextField({ max: 1000, description: 'grounds', example: '公布前已缴清税款、滞纳金、罚款' })
  reason!: string;
}

export class PublicationAnswerRequest {
  @ChoiceField({
    values: ['published', 'returned'],
    description: 'what the authority answered to which the entry was sent for publication',
    example: 'published',
  })
  outcome!: 'published' | 'returned';

  @DateField({ optional: true, description: 'day on which it was published there', example: '2026-05-06' })
  publishedOn?: string;

  @TextField({ max: 2000, description: 'the answer', example: '已通过国家企业信用信息公示系统公示' })
  text!: string;
}

export class LetterRequest {
  @TextField({ max: 100, description: 'number of the letter (通报函)', example: '哈执通〔2025〕2号' })
  letterNo!: string;

  @ChoiceField({ values: LETTER_TO, description: 'in which capacity the unit is told', example: 'superior' })
  to!: LetterTo;

  @TextField({
    max: 80,
    pattern: /^[a-z0-9][a-z0-9.-]{1,79}$/,
    description: 'unit of the register',
    example: 'hlj.finance',
  })
  unit!: string;

  @TextField({ max: 4000, description: 'what is told', example: '该单位被纳入失信被执行人名单' })
  text!: string;

  @DateField({ description: 'last day for the answer; the ordinance fixes none', example: '2025-04-11' })
  answerDue!: string;
}

export class LetterAnswerRequest {
  @DateField({ description: 'day of the answer', example: '2025-04-01' })
  answeredOn!: string;

  @TextField({ max: 4000, description: 'what the unit did', example: '已督促其履行' })
  text!: string;
}

export class InterviewRequest {
  @DateField({ description: 'day of the interview (约谈)', example: '2025-05-12' })
  heldOn!: string;

  @TextField({ max: 200, description: 'with whom', example: '主要负责人' })
  with!: string;

  @TextField({ max: 4000, description: 'minutes', example: '承诺于六月底前履行' })
  minutes!: string;
}

export class OrderPerformedRequest {
  @DateField({ description: 'day on which what was ordered was performed', example: '2025-06-20' })
  performedOn!: string;

  @TextField({
    max: 4000,
    description: 'what was done, and from what it is known',
    example: '货款已付清（虚构）',
  })
  text!: string;
}

export class LiftingFeedbackRequest {
  @TextField({ max: 128, description: 'the unit that was urged', example: 'hlj.communications' })
  unit!: string;

  @DateField({ description: 'day on which its measures were lifted', example: '2026-12-18' })
  liftedOn!: string;

  @TextField({
    max: 4000,
    description: 'what was lifted, and from what it is known',
    example: '电话卡功能已恢复（虚构）',
  })
  text!: string;
}

export class AccountabilityRequest {
  @DateField({ description: 'day of the accountability (问责)', example: '2025-07-10' })
  on!: string;

  @TextField({ max: 4000, description: 'who answers for it, to whom, how', example: '对主要负责人通报批评' })
  text!: string;

  @TextField({ max: 4000, description: 'words of the public promise', example: '承诺于八月底前履行' })
  promise!: string;
}

export class PerformanceOrderRequest {
  @TextField({ max: 100, description: 'number of the order', example: '责令〔2025〕1号' })
  orderNo!: string;

  @DateField({ description: 'last day to perform', example: '2025-06-30' })
  performBy!: string;

  @TextField({ max: 4000, description: 'what is to be performed', example: '支付货款并公开承诺' })
  text!: string;
}
