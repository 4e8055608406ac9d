import { defineRefusals } from '#kernel';
import { procedureRefusals } from './procedure-refusals.js';

/** Why a step of the procedure is refused, and what is needed instead. */
export const listingRefusals = defineRefusals({
  ...procedureRefusals,
  'listing.action-not-possible': {
    kind: 'conflict',
    zh: '案件处于“{status}”状态,不能进行“{action}”',
    en: 'A case that is {status} does not allow {action}.',
    cureZh: '该操作可在以下状态进行: {possibleIn};可用操作见 GET /api/listings/{id}/actions',
    cureEn:
      'It is possible while the case is: {possibleIn}. GET /api/listings/{id}/actions tells what is possible now.',
  },
  'listing.ended-already': {
    kind: 'conflict',
    zh: '案件已于 {endedOn} 终结({end}),不再办理',
    en: 'The listing ended on {endedOn} ({end}); nothing can be done on it any more.',
    cureZh: '如有新的事实,另立新案',
    cureEn: 'Open a new case where there are new facts.',
  },
  'listing.withdrawn-already': {
    kind: 'conflict',
    zh: '案件已于 {withdrawnOn} 撤回,不予列入',
    en: 'The case was withdrawn on {withdrawnOn}.',
    cureZh: '如有新的事实,另立新案',
    cureEn: 'Open a new case where there are new facts.',
  },

  // Opening
  'listing.conduct-kind-unknown': {
    kind: 'invalid',
    zh: '{listType} 没有列入情形 {conductKind}',
    en: 'The list {listType} knows no conduct kind {conductKind}.',
    cureZh: '使用 GET /api/list-types/{listType} 列出的列入情形',
    cureEn: 'Use a conduct kind that GET /api/list-types/{listType} gives.',
  },
  'listing.subject-kind-excluded': {
    kind: 'conflict',
    zh: '{listName}不适用于{kindZh}',
    en: 'A {kind} cannot be put on the list {listType}.',
    cureZh: '核对主体类别,或适用其他名单',
    cureEn: 'Check the kind of the subject, or use the list that applies to it.',
  },
  'listing.minor': {
    kind: 'conflict',
    zh: '未成年人不得列入{listName}',
    en: 'A minor is never put on the list {listType}.',
    cureZh: '终止办理;对监护人另行核实是否符合列入情形',
    cureEn: 'Do not go on; whether a guardian fulfils the conditions is another case.',
  },
  'listing.age-unknown': {
    kind: 'invalid',
    zh: '列入自然人须核实其出生日期',
    en: 'The birth date of a natural person must be checked before a case is opened.',
    cureZh: '在 bornOn 填写核实过的出生日期(仅用于判断是否成年,不保存)',
    cureEn: 'Send the checked birth date as bornOn; it is used for the check only and not kept.',
  },
  'listing.record-missing': {
    kind: 'invalid',
    zh: '立案须以至少一条信用信息或者法律文书为依据',
    en: 'A case must rest on at least one record or document of finding.',
    cureZh: '在 recordIds 填写处罚、裁判等信用信息的编号,或者在 documents 填写认定文书',
    cureEn: 'Name the records (penalty, judgment) in recordIds, or the documents of finding in documents.',
  },
  'listing.record-of-other-subject': {
    kind: 'invalid',
    zh: '信用信息 {recordId} 属于另一主体',
    en: 'The record {recordId} belongs to another subject.',
    cureZh: '核对主体与信用信息编号',
    cureEn: 'Check subject and record.',
  },
  'listing.record-withdrawn': {
    kind: 'conflict',
    zh: '信用信息 {documentNo} 已撤回,不能作为列入依据',
    en: 'The record {documentNo} was withdrawn and cannot carry a listing.',
    cureZh: '以有效的决定为依据',
    cureEn: 'Use a decision that stands.',
  },
  'listing.record-in-use': {
    kind: 'conflict',
    zh: '信用信息 {recordId} 已是案件 {caseNo} 的列入依据',
    en: 'The record {recordId} already carries the case {caseNo} of this list.',
    cureZh: '在原案件中办理',
    cureEn: 'Go on in that case.',
  },
  'listing.department-not-competent': {
    kind: 'forbidden',
    zh: '{department} 不是{listName}的认定部门',
    en: '{department} does not decide on the list {listType}.',
    cureZh: '移送认定部门: {deciders}',
    cureEn: 'Pass the case on to a deciding department: {deciders}.',
  },

  // Dates
  'listing.date-in-future': {
    kind: 'invalid',
    zh: '{field} 不能晚于今天({today})',
    en: '{field} cannot lie after today ({today}).',
    cureZh: '填写实际日期',
    cureEn: 'Give the day on which it happened.',
  },
  'listing.date-too-early': {
    kind: 'invalid',
    zh: '{field} 不能早于 {earliest}',
    en: '{field} cannot lie before {earliest}.',
    cureZh: '核对日期',
    cureEn: 'Check the date.',
  },

  // Notice and defence
  'listing.notice-missing': {
    kind: 'conflict',
    zh: '尚未告知当事人事由、依据和权利,不能复核',
    en: 'The party has not been given notice of reasons, basis and rights.',
    cureZh: '先送达列入告知书(POST …/notice)',
    cureEn: 'Serve the notice first (POST …/notice).',
  },
  'listing.notice-not-prescribed': {
    kind: 'conflict',
    zh: '{listName}没有事先告知程序',
    en: 'The list {listType} prescribes no notice.',
    cureZh: '直接提请复核',
    cureEn: 'Go on to the review.',
  },
  'listing.defence-period-needed': {
    kind: 'invalid',
    zh: '{listName}未规定陈述申辩期限,须在告知书中确定',
    en: 'The rule of the list {listType} fixes no period for the defence; the notice must.',
    cureZh: '在 defenceUntil 填写告知书确定的最后一日',
    cureEn: 'Send the last day that the notice gives as defenceUntil.',
  },
  'listing.defence-period-fixed': {
    kind: 'invalid',
    zh: '{listName}的陈述申辩期限由规定确定,至 {defenceUntil}',
    en: 'The rule of the list {listType} fixes the defence: it ends on {defenceUntil}.',
    cureZh: '删除 defenceUntil',
    cureEn: 'Leave defenceUntil out.',
  },
  'listing.defence-not-prescribed': {
    kind: 'conflict',
    zh: '{listName}没有陈述申辩程序',
    en: 'The list {listType} has no step for a defence.',
    cureZh: '对列入决定不服的,依法申请纠正或者复议',
    cureEn: 'Ask for correction or review of the decision.',
  },
  'listing.defence-open': {
    kind: 'conflict',
    zh: '陈述申辩期限至 {defenceUntil} 届满,期满前不得复核、决定',
    en: 'The period for the defence runs until {defenceUntil}; nothing may be reviewed or decided before it is over.',
    cureZh: '期满后再办理',
    cureEn: 'Wait until the period is over.',
  },
  'listing.defence-over': {
    kind: 'conflict',
    zh: '陈述申辩期限已于 {defenceUntil} 届满',
    en: 'The period for the defence ended on {defenceUntil}.',
    cureZh: '对决定不服的,可以申请行政复议或者提起行政诉讼',
    cureEn: 'Use the remedies against the decision.',
  },

  // Review, consent, approval, decision
  'listing.second-person': {
    kind: 'forbidden',
    zh: '复核人不得是本案经办人',
    en: 'The reviewer must be another person than the handlers of the case.',
    cureZh: '由另一名工作人员复核',
    cureEn: 'Have another person review it.',
  },
  'listing.third-person': {
    kind: 'forbidden',
    zh: '批准人不得是本案经办人或者复核人',
    en: 'The approver must be another person than handlers and reviewer of the case.',
    cureZh: '由另一名负责人批准',
    cureEn: 'Have another person approve it.',
  },
  'listing.opinion-against': {
    kind: 'conflict',
    zh: '复核意见为不予列入',
    en: 'The reviewer is of the opinion not to list.',
    cureZh: '撤回案件(POST …/withdrawal)',
    cureEn: 'Withdraw the case (POST …/withdrawal).',
  },
  'listing.consent-not-demanded': {
    kind: 'conflict',
    zh: '{listName}由本级决定,不需要上级同意',
    en: 'The list {listType} asks for no consent from above at this level.',
    cureZh: '直接批准',
    cureEn: 'Go on to the approval.',
  },
  'listing.consent-missing': {
    kind: 'conflict',
    zh: '列入须经上一级部门同意({superior})',
    en: 'The next level up must consent first ({superior}).',
    cureZh: '由上一级部门办理(POST …/consent)',
    cureEn: 'Have the next level up consent (POST …/consent).',
  },
  'listing.sparing-not-provided': {
    kind: 'conflict',
    zh: '{listName}没有“改正并承诺后可以不予列入”的规定',
    en: 'The list {listType} has no rule that spares who has corrected and promised.',
    cureZh: '以其他理由撤回,或者继续办理',
    cureEn: 'Withdraw on another ground, or go on.',
  },
  'listing.sparing-incomplete': {
    kind: 'invalid',
    zh: '不予列入须在决定前已改正并作出书面承诺',
    en: 'Sparing needs both: corrected before the decision, and a written commitment.',
    cureZh: '填写 correctedOn 和 commitment: true',
    cureEn: 'Send correctedOn and commitment: true.',
  },
  'listing.term-needed': {
    kind: 'invalid',
    zh: '{listName}的期限由决定书确定',
    en: 'The rule of the list {listType} leaves the term to the decision.',
    cureZh: '在 termEndsOn 填写决定书确定的最后一日',
    cureEn: 'Send the last day of the term as termEndsOn.',
  },
  'listing.term-start-needed': {
    kind: 'invalid',
    zh: '期限自{startsAt}起算,须填写该日期',
    en: 'The term runs from the day of {startsAt}, which the decision must name.',
    cureZh: '在 termStartsOn 填写起算日期',
    cureEn: 'Send that day as termStartsOn.',
  },
  'listing.term-fixed': {
    kind: 'invalid',
    zh: '期限及起算日由规定确定,决定书不得另定',
    en: 'The rule fixes the term and its start; the decision cannot set others.',
    cureZh: '删除 {field}',
    cureEn: 'Leave {field} out.',
  },
  'listing.already-served': {
    kind: 'conflict',
    zh: '决定书已于 {servedOn} 送达',
    en: 'The decision was served on {servedOn}.',
    cureZh: '无需再次送达',
    cureEn: 'Nothing needs to be done.',
  },

  // Publication
  'listing.not-public': {
    kind: 'conflict',
    zh: '{listName}(该列入情形)不公示',
    en: 'Entries of this kind on the list {listType} are not published.',
    cureZh: '无需公示',
    cureEn: 'Nothing needs to be published.',
  },
  'listing.already-published': {
    kind: 'conflict',
    zh: '已于 {publishedOn} 公示',
    en: 'The listing is public since {publishedOn}.',
    cureZh: '无需再次公示',
    cureEn: 'Nothing needs to be done.',
  },
});
