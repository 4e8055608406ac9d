import type { SubjectKind } from '#kernel';

/**
 * Who is told of which fact, in which words: one table, so that a lawyer can see at a glance that nobody
 * is listed, disciplined or repaired without being told. `{…}` are filled from the event.
 */
export interface Telling {
  /** last part of the event type, without version: `listing.noticed` */
  fact: string;
  party?: Text;
  /** the unit that runs the case */
  owner?: Text;
  /** the unit above the one that runs the case, of what it decides itself: the review of a rejection */
  above?: Text;
  /** what the unit that runs the case is told where the one above decides, if it is another text */
  below?: Text;
  /** the unit that executes the discipline action, or that asked in an approval and owes the answer */
  executor?: Text;
  /** the unit that pushed the record */
  provider?: Text;
  /** the lead unit to which something was escalated */
  lead?: Text;
  /** the units that give an incentive */
  givers?: Text;
  /** the units to which a listing is passed on for reference */
  receivers?: Text;
  /** what a value of the event is called in the texts, by name and value */
  words?: Record<string, Record<string, Text>>;
}

interface Text {
  zh: string;
  en: string;
}

export const TELLINGS: readonly Telling[] = [
  {
    fact: 'record.accepted',
    party: {
      zh: '归集了一条关于您的信用信息: {documentNo}',
      en: 'A credit record about you was collected: {documentNo}.',
    },
  },
  {
    fact: 'record.corrected',
    party: {
      zh: '关于您的信用信息 {documentNo} 已更正',
      en: 'The record {documentNo} about you was corrected.',
    },
    provider: {
      zh: '贵单位报送的 {documentNo} 已更正',
      en: 'The record {documentNo} that you sent was corrected.',
    },
  },
  {
    fact: 'record.withdrawn',
    party: {
      zh: '关于您的信用信息 {documentNo} 已撤回, 不再使用',
      en: 'The record {documentNo} about you was withdrawn and counts no more.',
    },
    provider: {
      zh: '贵单位报送的 {documentNo} 已撤回',
      en: 'The record {documentNo} that you sent was withdrawn.',
    },
  },
  {
    fact: 'listing.noticed',
    party: {
      zh: '拟将您列入{listName}(案号 {caseNo}), 您可在 {defenceUntil} 前陈述、申辩',
      en: 'It is intended to put you on the list {listName} (case {caseNo}); you may state a defence until {defenceUntil}.',
    },
  },
  {
    fact: 'listing.defended',
    owner: { zh: '案件 {caseNo} 收到陈述申辩', en: 'A defence arrived in case {caseNo}.' },
  },
  {
    fact: 'listing.withdrawn',
    party: { zh: '案件 {caseNo} 已终止, 不予列入', en: 'Case {caseNo} ended without a listing.' },
  },
  {
    fact: 'listing.hearing-requested',
    owner: {
      zh: '案件 {caseNo} 的当事人要求听证, 听证结束前不得决定',
      en: 'A hearing is asked for in case {caseNo}; nothing is decided before it is closed.',
    },
  },
  {
    fact: 'listing.hearing-set',
    party: {
      zh: '案件 {caseNo} 于 {heldOn} 在 {place} 举行听证',
      en: 'The hearing in case {caseNo} is on {heldOn}: {place}.',
    },
  },
  {
    fact: 'listing.consent-requested',
    executor: {
      zh: '案件 {caseNo} 拟列入{listName}, 报请贵单位审核同意: {opinion}',
      en: 'Case {caseNo}: your consent is asked to put the subject on the list {listName}: {opinion}',
    },
  },
  {
    fact: 'listing.consent-answered',
    owner: {
      zh: '上级单位已于 {answeredOn} 对案件 {caseNo} 答复{outcome}列入: {opinion}',
      en: 'The unit above {outcome} the listing in case {caseNo} on {answeredOn}: {opinion}',
    },
    words: {
      outcome: {
        granted: { zh: '同意', en: 'consented to' },
        refused: { zh: '不同意', en: 'refused its consent to' },
      },
    },
  },
  {
    fact: 'listing.decision-extended',
    party: {
      zh: '案件 {caseNo} 的决定期限延长至 {decisionDue}',
      en: 'The decision in case {caseNo} is now due on {decisionDue}.',
    },
  },
  {
    // Before the notice the party does not know of the case; what its notice says is told then.
    fact: 'listing.decision-clock-started',
    owner: {
      zh: '案件 {caseNo} 的决定期限自 {clockFrom} 起算({document}), {decisionDue} 前作出决定',
      en: 'The decision clock of case {caseNo} runs from {clockFrom} ({document}); decide by {decisionDue}.',
    },
  },
  {
    fact: 'listing.reminded',
    party: {
      zh: '案件 {caseNo} 以提示提醒({reminderNo})终结, 不予列入',
      en: 'Case {caseNo} ended with a reminder ({reminderNo}) and without a listing.',
    },
  },
  {
    fact: 'listing.decided',
    party: {
      zh: '已作出列入决定 {decisionNo}。救济途径: {remedies}',
      en: 'It was decided to list you ({decisionNo}). Remedies: {remedies}',
    },
  },
  {
    fact: 'listing.in-force',
    party: {
      zh: '自 {inForceOn} 起列入{listName}, 至 {termEndsOn}',
      en: 'You are on the list {listName} from {inForceOn} until {termEndsOn}.',
    },
  },
  {
    fact: 'listing.published',
    party: { zh: '列入信息自 {publishedOn} 起公示', en: 'The listing is public from {publishedOn}.' },
  },
  {
    fact: 'listing.term-begun',
    party: {
      zh: '列入期限自 {termStartsOn} 起计算, 至 {termEndsOn}',
      en: 'Your term on the list runs from {termStartsOn} until {termEndsOn}.',
    },
  },
  {
    fact: 'listing.publication-held-back',
    party: {
      zh: '案件 {caseNo} 的列入信息暂不公示({until})',
      en: 'The listing of case {caseNo} is not published (until: {until}).',
    },
  },
  {
    fact: 'listing.letter-sent',
    executor: {
      zh: '通报 {letterNo}: 案件 {caseNo} 的主体已列入{listName}, 请于 {answerDue} 前反馈处理情况',
      en: 'Letter {letterNo}: the subject of case {caseNo} is on the list {listName}; answer by {answerDue} what was done.',
    },
  },
  {
    fact: 'listing.letter-urged',
    executor: {
      zh: '通报 {letterNo}: 案件 {caseNo} 尚未收到贵单位反馈, 请于 {answerDue} 前反馈处理情况',
      en: 'Letter {letterNo}: no answer in case {caseNo} yet; say by {answerDue} what was done.',
    },
  },
  {
    fact: 'listing.lifting-urged',
    executor: {
      zh: '案件 {caseNo} 的惩戒期限已经届满, 经核查贵单位尚未解除惩戒措施, 请于 {liftBy} 前解除并反馈结果',
      en: 'The term of case {caseNo} is over and your measures were found not to be lifted: lift them by {liftBy} and confirm it.',
    },
  },
  {
    fact: 'listing.letter-answered',
    owner: { zh: '通报 {letterNo} 已反馈', en: 'Letter {letterNo} was answered.' },
  },
  {
    fact: 'listing.performance-ordered',
    party: {
      zh: '责令您于 {performBy} 前履行({orderNo})',
      en: 'You are ordered to perform by {performBy} ({orderNo}).',
    },
  },
  {
    fact: 'listing.order-performed',
    party: {
      zh: '责令事项({orderNo})已确认于 {performedOn} 履行',
      en: 'What you were ordered to perform ({orderNo}) was found performed on {performedOn}.',
    },
  },
  {
    fact: 'listing.held-accountable',
    party: {
      zh: '责令事项({orderNo})逾期未履行, 已于 {heldOn} 问责: {text}。公开承诺: {promise}',
      en: 'The order {orderNo} was not performed; it was answered for on {heldOn}: {text}. Public promise: {promise}',
    },
  },
  {
    fact: 'listing.step-overdue',
    owner: {
      zh: '案件 {caseNo} 的时限“{clock}”已于 {due} 届满, 尚未办理',
      en: 'Case {caseNo}: the time limit "{clock}" passed on {due} and the step is not taken.',
    },
    // Of a letter only: the unit that owes its answer.
    executor: {
      zh: '通报 {letterNo} 的反馈期限已于 {due} 届满, 请尽快反馈案件 {caseNo} 的处理情况',
      en: 'Letter {letterNo} was to be answered by {due}; say soon what was done in case {caseNo}.',
    },
  },
  {
    fact: 'listing.removal-requested',
    party: { zh: '已收到提前移出申请', en: 'Your request for early removal arrived.' },
    owner: {
      zh: '案件 {caseNo} 收到提前移出申请, {decisionDue} 前作出决定',
      en: 'Early removal is asked in case {caseNo}; decide by {decisionDue}.',
    },
  },
  {
    fact: 'listing.removal-refused',
    party: { zh: '提前移出申请未获准许: {reasons}', en: 'Early removal was refused: {reasons}' },
  },
  {
    fact: 'listing.ended',
    party: {
      zh: '自 {endedOn} 起移出{listName}, 停止公示, 各部门解除措施',
      en: 'You are off the list {listName} from {endedOn}; publication ends and departments lift their measures.',
    },
    owner: { zh: '案件 {caseNo} 已移出名单', en: 'Case {caseNo} is off the list.' },
  },
  {
    fact: 'listing.removal-accepted',
    party: {
      zh: '案件 {caseNo} 的修复申请已受理, {decisionDue} 前作出决定',
      en: 'Your request for repair in case {caseNo} was accepted; it is decided by {decisionDue}.',
    },
  },
  {
    fact: 'listing.removal-incomplete',
    party: {
      zh: '案件 {caseNo} 的修复申请未受理, 需补正: {gaps}',
      en: 'Your request for repair in case {caseNo} lacks: {gaps}',
    },
  },
  {
    fact: 'listing.removal-extended',
    party: {
      zh: '案件 {caseNo} 的修复决定期限延长至 {decisionDue}: {reasons}',
      en: 'The decision on repair in case {caseNo} is now due on {decisionDue}: {reasons}',
    },
  },
  {
    fact: 'listing.removal-withdrawn',
    owner: {
      zh: '案件 {caseNo} 的修复申请已撤回',
      en: 'The request for repair in case {caseNo} was taken back.',
    },
  },
  {
    fact: 'listing.publication-sent',
    owner: {
      zh: '案件 {caseNo} 已推送至{to}公示, {publishDue} 前由其公示',
      en: 'Case {caseNo} was sent to {to}, which publishes it by {publishDue}.',
    },
  },
  {
    fact: 'listing.publication-unsent',
    owner: {
      zh: '案件 {caseNo} 的异地公示未办理: {reasons}',
      en: 'Case {caseNo} is not published in the other province: {reasons}',
    },
  },
  {
    fact: 'listing.suspended',
    party: {
      zh: '自 {suspendedOn} 起依 {rulingNo} 暂停公示并解除限制',
      en: 'From {suspendedOn} the entry is masked and its restrictions are lifted provisionally ({rulingNo}).',
    },
    owner: {
      zh: '案件 {caseNo} 已暂时解除',
      en: 'Case {caseNo} is lifted provisionally.',
    },
  },
  {
    fact: 'listing.restored',
    party: {
      zh: '自 {restoredOn} 起恢复列入{listName}, 至 {termEndsOn}: {reasons}',
      en: 'From {restoredOn} you are on the list {listName} again, until {termEndsOn}: {reasons}',
    },
    owner: {
      zh: '案件 {caseNo} 已恢复列入',
      en: 'Case {caseNo} is on the list again.',
    },
  },
  {
    fact: 'listing.false-application',
    party: {
      zh: '案件 {caseNo} 的修复申请被认定虚假或者未履行承诺: {reasons}; 至 {barredUntil} 不得申请修复',
      en: 'The repair in case {caseNo} was found to rest on false material or a broken commitment: {reasons}; no repair may be asked until {barredUntil}.',
    },
  },
  {
    fact: 'listing.site-publication-started',
    party: {
      zh: '“信用中国”公示, {repairableFrom} 起可申请修复, 最长至 {endsOn}',
      en: '信用中国 shows the entry; repair may be asked from {repairableFrom}, at the longest until {endsOn}.',
    },
  },
  {
    fact: 'listing.site-publication-masked',
    party: {
      zh: '重整计划或者和解协议执行期间, “信用中国”自 {maskedOn} 起暂时屏蔽该信息, 公示期继续计算',
      en: 'While the plan is carried out 信用中国 masks the entry, from {maskedOn}; its time runs on.',
    },
  },
  {
    fact: 'listing.site-publication-resumed',
    party: {
      zh: '“信用中国”自 {resumedOn} 起恢复公示',
      en: '信用中国 shows the entry again from {resumedOn}.',
    },
  },
  {
    fact: 'listing.site-publication-ended',
    party: {
      zh: '“信用中国”自 {endedOn} 起终止公示',
      en: '信用中国 shows the entry no longer from {endedOn}.',
    },
  },
  {
    fact: 'listing.penalty-publication-ended',
    party: {
      zh: '移出{listName}, 作为列入依据的处罚信息自 {endedOn} 起终止公示',
      en: 'You are off the list {listName}; the penalty behind it is published no longer from {endedOn}.',
    },
  },
  {
    fact: 'listing.penalty-publication-resumed',
    party: {
      zh: '恢复列入{listName}, 作为列入依据的处罚信息自 {resumedOn} 起恢复公示',
      en: 'You are on the list {listName} again; the penalty behind it is published again from {resumedOn}.',
    },
  },
  {
    fact: 'objection.filed',
    party: {
      zh: '已收到异议, {decisionDue} 前作出处理',
      en: 'Your objection arrived; it is decided by {decisionDue}.',
    },
    owner: {
      zh: '案件 {caseNo} 收到异议, {decisionDue} 前作出处理',
      en: 'An objection arrived in case {caseNo}; decide by {decisionDue}.',
    },
    above: {
      zh: '案件 {caseNo} 的异议被驳回后, 已向贵单位申请复议, {decisionDue} 前作出决定',
      en: 'A review of a rejected objection in case {caseNo} is asked of you; decide by {decisionDue}.',
    },
    below: {
      zh: '案件 {caseNo} 的异议被驳回后, 已向上级单位申请复议, 由其于 {decisionDue} 前作出决定',
      en: 'A review of a rejected objection in case {caseNo} is asked of the unit above, which decides by {decisionDue}.',
    },
  },
  {
    fact: 'objection.accepted',
    party: {
      zh: '异议已于 {acceptedOn} 受理, {decisionDue} 前作出处理',
      en: 'Your objection was accepted on {acceptedOn}; it is decided by {decisionDue}.',
    },
  },
  {
    fact: 'objection.paused',
    party: {
      zh: '异议处理自 {pausedOn} 起因检验、检测或者专家评审暂停计算期限',
      en: 'A test or a review by experts is under way since {pausedOn}; its days do not count for your objection.',
    },
  },
  {
    fact: 'objection.resumed',
    party: {
      zh: '异议处理自 {resumedOn} 起恢复计算期限, {decisionDue} 前作出处理',
      en: 'The time for your objection runs on since {resumedOn}; it is decided by {decisionDue}.',
    },
  },
  {
    fact: 'objection.help-requested',
    executor: {
      zh: '案件 {caseNo} 的异议请协助核查, {answerDue} 前答复: {question}',
      en: 'Help with an objection in case {caseNo}; answer by {answerDue}: {question}',
    },
  },
  {
    fact: 'objection.help-answered',
    owner: {
      zh: '案件 {caseNo} 的协助核查已答复',
      en: 'A unit answered the request for help in case {caseNo}.',
    },
  },
  {
    fact: 'objection.extended',
    party: {
      zh: '异议处理期限延长至 {decisionDue}: {reasons}',
      en: 'The answer to your objection takes until {decisionDue}: {reasons}',
    },
  },
  {
    fact: 'objection.decided',
    party: {
      zh: '异议处理结果: {reasons}。救济途径: {remedies}',
      en: 'Your objection was decided: {reasons} Remedies: {remedies}',
    },
    owner: {
      zh: '案件 {caseNo} 的异议已处理',
      en: 'The objection in case {caseNo} is decided.',
    },
  },
  {
    fact: 'objection.not-accepted',
    party: {
      zh: '异议不予受理: {reasons}。救济途径: {remedies}',
      en: 'Your objection is not accepted: {reasons} Remedies: {remedies}',
    },
  },
  {
    fact: 'objection.material-named',
    party: {
      zh: '案件 {caseNo} 的异议还需要提供: {material}',
      en: 'Your objection in case {caseNo} still needs: {material}',
    },
  },
  {
    fact: 'objection.terminated',
    party: {
      zh: '案件 {caseNo} 的异议因申请行政复议或者提起行政诉讼视为撤回, 自 {terminatedOn} 起终止办理',
      en: 'Your objection in case {caseNo} ended on {terminatedOn}: review or a suit was begun, so it is deemed withdrawn.',
    },
  },
  {
    fact: 'objection.overdue',
    owner: {
      zh: '案件 {caseNo} 的异议时限“{clock}”已于 {due} 届满',
      en: 'Case {caseNo}: the time limit "{clock}" of an objection passed on {due}.',
    },
    above: {
      zh: '向贵单位申请的案件 {caseNo} 的复议时限“{clock}”已于 {due} 届满',
      en: 'Case {caseNo}: the time limit "{clock}" of a review that was asked of you passed on {due}.',
    },
    executor: {
      zh: '案件 {caseNo} 的协助核查已逾期({due})',
      en: 'Case {caseNo}: your answer to an objection was due on {due}.',
    },
  },
  {
    fact: 'repair.requested',
    party: {
      zh: '已收到 {documentNo} 的信用修复申请, {decisionDue} 前作出决定',
      en: 'Your request for repair of {documentNo} arrived; it is decided by {decisionDue}.',
    },
    owner: {
      zh: '收到 {documentNo} 的信用修复申请, {acceptanceDue} 前决定是否受理, {decisionDue} 前作出决定',
      en: 'Repair of {documentNo} is asked; accept by {acceptanceDue}, decide by {decisionDue}.',
    },
  },
  {
    fact: 'repair.accepted',
    party: {
      zh: '{documentNo} 的信用修复申请已受理, {decisionDue} 前作出决定',
      en: 'Your request for repair of {documentNo} was accepted; it is decided by {decisionDue}.',
    },
  },
  {
    fact: 'repair.incomplete',
    party: {
      zh: '{documentNo} 的信用修复申请未受理, 需补正: {gaps}',
      en: 'Your request for repair of {documentNo} lacks: {gaps}',
    },
  },
  {
    fact: 'repair.extended',
    party: {
      zh: '{documentNo} 的信用修复决定延长至 {decisionDue}: {reasons}',
      en: 'The decision on the repair of {documentNo} takes until {decisionDue}: {reasons}',
    },
  },
  {
    fact: 'repair.refused',
    party: {
      zh: '{documentNo} 未予修复: {reasons}。可提出异议',
      en: 'The repair of {documentNo} was refused: {reasons} You may object.',
    },
  },
  {
    fact: 'repair.reopened',
    party: {
      zh: '对 {documentNo} 修复结果的异议成立, 重新办理, {decisionDue} 前作出决定',
      en: 'Your objection to the answer was upheld: the repair of {documentNo} is decided anew by {decisionDue}.',
    },
    owner: {
      zh: '对 {documentNo} 修复结果的异议成立, 须重新办理, {decisionDue} 前作出决定',
      en: 'An objection to the answer was upheld: decide anew on the repair of {documentNo} by {decisionDue}.',
    },
  },
  {
    fact: 'objection.record-filed',
    party: {
      zh: '已收到对 {documentNo} 的异议, {decisionDue} 前作出处理',
      en: 'Your objection to {documentNo} arrived; it is decided by {decisionDue}.',
    },
    owner: {
      zh: '收到对 {documentNo} 的异议, {decisionDue} 前作出处理',
      en: 'An objection to {documentNo} arrived; decide by {decisionDue}.',
    },
  },
  {
    fact: 'objection.record-accepted',
    party: {
      zh: '对 {documentNo} 的异议已于 {acceptedOn} 受理, {decisionDue} 前作出处理',
      en: 'Your objection to {documentNo} was accepted on {acceptedOn}; it is decided by {decisionDue}.',
    },
  },
  {
    fact: 'objection.record-paused',
    party: {
      zh: '对 {documentNo} 的异议自 {pausedOn} 起因检验、检测或者专家评审暂停计算期限',
      en: 'A test or a review by experts is under way since {pausedOn}; its days do not count for your objection to {documentNo}.',
    },
  },
  {
    fact: 'objection.record-resumed',
    party: {
      zh: '对 {documentNo} 的异议自 {resumedOn} 起恢复计算期限, {decisionDue} 前作出处理',
      en: 'The time for your objection to {documentNo} runs on since {resumedOn}; it is decided by {decisionDue}.',
    },
  },
  {
    fact: 'objection.record-help-requested',
    executor: {
      zh: '对 {documentNo} 的异议请协助核查, {answerDue} 前答复: {question}',
      en: 'Help with an objection to {documentNo}; answer by {answerDue}: {question}',
    },
  },
  {
    fact: 'objection.record-help-answered',
    owner: {
      zh: '对 {documentNo} 的异议, 协助单位已答复',
      en: 'The unit that was asked about {documentNo} answered.',
    },
  },
  {
    fact: 'objection.record-extended',
    party: {
      zh: '对 {documentNo} 的异议延长至 {decisionDue} 处理: {reasons}',
      en: 'The answer to your objection to {documentNo} takes until {decisionDue}: {reasons}',
    },
  },
  {
    fact: 'objection.record-decided',
    party: {
      zh: '对 {documentNo} 的异议处理结果: {reasons}。救济途径: {remedies}',
      en: 'Your objection to {documentNo} was decided: {reasons} Remedies: {remedies}',
    },
    owner: {
      zh: '对 {documentNo} 的异议已处理',
      en: 'The objection to {documentNo} is decided.',
    },
  },
  {
    fact: 'objection.record-overdue',
    owner: {
      zh: '对 {documentNo} 的异议时限“{clock}”已于 {due} 届满',
      en: 'The time limit "{clock}" of an objection to {documentNo} passed on {due}.',
    },
    executor: {
      zh: '对 {documentNo} 的异议协助核查已逾期({due})',
      en: 'Your answer to an objection to {documentNo} was due on {due}.',
    },
  },
  {
    fact: 'clue.forwarded',
    owner: {
      zh: '收到转交的线索({clueName}, {receivedOn} 收到), 办结期限: {resultDue}',
      en: 'A clue ({clueName}, received on {receivedOn}) was handed to you; its result is due on {resultDue}.',
    },
  },
  {
    fact: 'clue.answered',
    executor: {
      zh: '转交的线索({clueName}, {receivedOn} 收到)已于 {answeredOn} 形成处理结果',
      en: 'There is a result of {answeredOn} of the clue that you handed on ({clueName}, received on {receivedOn}).',
    },
  },
  {
    fact: 'clue.overdue',
    owner: {
      zh: '线索({clueName}, {receivedOn} 收到)的时限“{clock}”已于 {due} 届满, 尚未办理',
      en: 'The time limit "{clock}" of a clue ({clueName}, received on {receivedOn}) passed on {due} and the step is not taken.',
    },
  },
  {
    fact: 'repair.withdrawn',
    owner: {
      zh: '{documentNo} 的信用修复申请已撤回',
      en: 'The request for repair of {documentNo} was taken back.',
    },
  },
  {
    fact: 'repair.lapsed',
    party: {
      zh: '{documentNo} 的信用修复申请无需再办理: {reasons}',
      en: 'Nothing is left to repair of {documentNo}: {reasons}',
    },
    owner: {
      zh: '{documentNo} 的信用修复申请无需再办理: {reasons}',
      en: 'Nothing is left to repair of {documentNo}: {reasons}',
    },
  },
  {
    fact: 'repair.overdue',
    owner: {
      zh: '{documentNo} 的信用修复时限“{clock}”已于 {due} 届满, 尚未办理',
      en: 'Repair of {documentNo}: the time limit "{clock}" passed on {due} and the step is not taken.',
    },
  },
  {
    fact: 'repair.granted',
    party: {
      zh: '{documentNo} 自 {grantedOn} 起修复, 终止公示, 停止共享和使用',
      en: '{documentNo} is repaired from {grantedOn}: it is published, shared and used no longer.',
    },
    owner: {
      zh: '{documentNo} 已修复, 终止公示',
      en: '{documentNo} is repaired; its publication ends.',
    },
  },
  {
    fact: 'repair.masked',
    party: {
      zh: '依据 {rulingNo}, {documentNo} 自 {maskedOn} 起暂不公示, 公示期继续计算',
      en: '{documentNo} is shown to nobody from {maskedOn} ({rulingNo}); its time of publication runs on.',
    },
  },
  {
    fact: 'repair.resumed',
    party: {
      zh: '{documentNo} 自 {resumedOn} 起恢复公示: {reasons}',
      en: '{documentNo} is published again from {resumedOn}: {reasons}',
    },
  },
  {
    fact: 'repair.found-false',
    party: {
      zh: '{documentNo} 的修复申请经查不实, 恢复公示, {barredUntil} 前不得再申请: {reasons}',
      en: 'The repair of {documentNo} rested on a false application; it is published again, and no other may be asked until {barredUntil}: {reasons}',
    },
  },
  {
    fact: 'listing.corrected',
    party: {
      zh: '案件 {caseNo} 的列入信息已更正: {reasons}',
      en: 'The entry of case {caseNo} was corrected: {reasons}',
    },
    owner: {
      zh: '案件 {caseNo} 已更正, 各系统 {confirmBy} 前确认',
      en: 'Case {caseNo} was corrected; every copy confirms by {confirmBy}.',
    },
  },
  {
    fact: 'listing.correction-spread',
    party: {
      zh: '案件 {caseNo} 的更正已在各系统生效',
      en: 'The correction in case {caseNo} is in every system.',
    },
  },
  {
    fact: 'listing.basis-questioned',
    owner: {
      zh: '案件 {caseNo} 的列入依据 {documentNo} 已变更, {reviewDue} 前复核',
      en: 'The basis {documentNo} of case {caseNo} was changed; review it by {reviewDue}.',
    },
  },
  {
    fact: 'listing.closed',
    party: {
      zh: '案件 {caseNo} 已办结: 公示、惩戒、评价均已恢复',
      en: 'Case {caseNo} is closed: publication, discipline and grade are restored.',
    },
    owner: { zh: '案件 {caseNo} 已办结, 回执齐全', en: 'Case {caseNo} is closed with all receipts.' },
  },
  {
    fact: 'discipline.ordered',
    executor: {
      zh: '请对案件 {caseNo} 的主体执行: {title}, {answerDue} 前反馈',
      en: 'Apply "{title}" to the subject of case {caseNo} and answer by {answerDue}.',
    },
  },
  {
    fact: 'discipline.reminded',
    executor: {
      zh: '请在 {due} 前反馈案件 {caseNo} 的措施办理情况: {title}',
      en: 'Case {caseNo}: say by {due} what was done about "{title}".',
    },
  },
  {
    fact: 'discipline.escalated',
    lead: {
      zh: '{executor} 对案件 {caseNo} 的措施 {title} 逾期未办({due})',
      en: '{executor} is late with "{title}" in case {caseNo}, due on {due}.',
    },
    executor: {
      zh: '案件 {caseNo} 的措施 {title} 逾期未办({due}), 已通报牵头部门',
      en: 'Case {caseNo}: "{title}" was due on {due}; the lead unit was told.',
    },
  },
  {
    fact: 'discipline.applied',
    party: { zh: '{executor} 已对您采取措施: {title}', en: '{executor} applied a measure to you: {title}.' },
  },
  {
    fact: 'discipline.overdue',
    executor: {
      zh: '案件 {caseNo} 的措施 {title} 已逾期未反馈({due})',
      en: 'Case {caseNo}: "{title}" was due on {due}.',
    },
  },
  {
    fact: 'discipline.term-corrected',
    executor: {
      zh: '案件 {caseNo} 的措施 {title} 的期限更正为 {until}(原为 {instead})',
      en: 'Case {caseNo}: "{title}" ends on {until}, not on {instead}.',
    },
  },
  {
    fact: 'discipline.hits-overdue',
    executor: {
      zh: '{askedOn} 对 {subjectName} 的查询({item})命中惩戒措施, 应于 {due} 前反馈办理结果, 已逾期',
      en: 'Your check of {subjectName} on {askedOn} ("{item}") had hits; what you made of them was due on {due}.',
    },
  },
  {
    fact: 'discipline.hits-escalated',
    lead: {
      zh: '{unit} 查询 {subjectName}({item})命中惩戒措施, 逾期未反馈办理结果({due})',
      en: '{unit} has not said what it made of hits on {subjectName} ("{item}"), due on {due}.',
    },
    executor: {
      zh: '对 {subjectName} 的查询({item})逾期未反馈({due}), 已通报牵头部门',
      en: 'Your check of {subjectName} ("{item}") was due for an answer on {due}; the lead unit was told.',
    },
  },
  {
    fact: 'discipline.lift-ordered',
    executor: {
      zh: '案件 {caseNo} 已移出名单, 请于 {liftDue} 前解除: {title}',
      en: 'Case {caseNo} is off the list: lift "{title}" by {liftDue} and confirm.',
    },
  },
  {
    fact: 'discipline.lifted',
    party: { zh: '{executor} 已解除措施: {title}', en: '{executor} lifted the measure: {title}.' },
    executor: { zh: '案件 {caseNo} 的措施 {title} 已解除', en: 'Case {caseNo}: "{title}" is lifted.' },
  },
  {
    fact: 'discipline.referred',
    party: {
      zh: '您的列入信息(案件 {caseNo})已推送供参考: {title}; 是否采用由接收单位自主决定',
      en: 'Your listing (case {caseNo}) was passed on for reference: {title}; whoever receives it decides for itself.',
    },
    receivers: {
      zh: '案件 {caseNo}: {subjectName} 的列入信息推送贵单位参考({title}), 由使用单位自主决定',
      en: 'Case {caseNo}: the listing of {subjectName} is passed on to you for reference ("{title}").',
    },
  },
  {
    fact: 'discipline.referral-ended',
    party: {
      zh: '您的列入信息(案件 {caseNo})的参考推送已终止: {title}',
      en: 'Your listing (case {caseNo}) is no longer passed on for reference: {title}.',
    },
    receivers: {
      zh: '自 {endedOn} 起案件 {caseNo}({subjectName})的参考信息不得再使用: {title}',
      en: 'From {endedOn} on what was passed on of case {caseNo} ({subjectName}) is not to be used: {title}.',
    },
  },
  {
    fact: 'incentive.granted',
    party: {
      zh: '您可享受守信激励: {title}({ground})',
      en: 'You may have the benefit "{title}" ({ground}).',
    },
    givers: {
      zh: '请对 {subjectName} 落实守信激励: {title}, {answerDue} 前反馈',
      en: 'Give {subjectName} the benefit "{title}" and answer by {answerDue}.',
    },
  },
  {
    fact: 'incentive.withdrawn',
    party: {
      zh: '自 {withdrawnOn} 起不再享受守信激励: {title}',
      en: 'From {withdrawnOn} on you no longer have the benefit "{title}".',
    },
    givers: {
      zh: '自 {withdrawnOn} 起对 {subjectName} 停止守信激励: {title}, {endDue} 前确认',
      en: 'From {withdrawnOn} on {subjectName} no longer has the benefit "{title}"; confirm by {endDue}.',
    },
  },
  {
    fact: 'incentive.applied',
    party: { zh: '{unit} 已落实守信激励: {title}', en: '{unit} gives you the benefit "{title}".' },
  },
  {
    fact: 'incentive.not-applied',
    party: {
      zh: '{unit} 未落实守信激励 {title}: {note}',
      en: '{unit} does not give you the benefit "{title}": {note}',
    },
  },
  {
    fact: 'incentive.reminded',
    executor: {
      zh: '请在 {due} 前反馈对 {subjectName} 的守信激励办理情况: {title}',
      en: 'Say by {due} what was done about the benefit "{title}" for {subjectName}.',
    },
  },
  {
    fact: 'incentive.overdue',
    executor: {
      zh: '对 {subjectName} 的守信激励 {title} 已逾期未反馈({due})',
      en: 'The benefit "{title}" for {subjectName} was due on {due}.',
    },
  },
  {
    fact: 'incentive.escalated',
    lead: {
      zh: '{unit} 对 {subjectName} 的守信激励 {title} 逾期未办({due})',
      en: '{unit} is late with the benefit "{title}" for {subjectName}, due on {due}.',
    },
    executor: {
      zh: '对 {subjectName} 的守信激励 {title} 逾期未办({due}), 已通报牵头部门',
      en: 'The benefit "{title}" for {subjectName} was due on {due}; the lead unit was told.',
    },
  },
  {
    fact: 'grade.computed',
    party: { zh: '信用等级由 {previous} 变为 {grade}', en: 'Your grade changed from {previous} to {grade}.' },
  },
];

/** What an event says, flattened to the names that the texts use. */
export interface Told {
  fact: string;
  /** absent where nobody is named yet: nobody but units is told */
  subject?: { id: string; kind: SubjectKind; code: string | null } | undefined;
  owner?: string;
  above?: string;
  executor?: string;
  provider?: string;
  lead?: string;
  givers?: readonly string[];
  receivers?: readonly string[];
  /** false: nothing to tell (a grade that stayed the same) */
  worthTelling: boolean;
  names: Record<string, string | number | null | undefined>;
}

export interface Notice {
  recipient: { kind: 'party' | 'unit'; id: string };
  zh: string;
  en: string;
}

const byFact = new Map(TELLINGS.map((telling) => [telling.fact, telling]));

/** The notices that follow from a fact. A unit in two roles is told once. */
export function noticesFor(told: Told): Notice[] {
  const telling = byFact.get(told.fact);
  if (!telling || !told.worthTelling) return [];
  // An organisation's login is known by its code; a natural person's only by the subject id.
  const recipients: [Text | undefined, Notice['recipient'] | undefined][] = [
    [telling.party, told.subject && { kind: 'party', id: told.subject.code ?? told.subject.id }],
    [(told.above && telling.below) || telling.owner, unit(told.owner)],
    [telling.above, unit(told.above)],
    [telling.executor, unit(told.executor)],
    [telling.provider, unit(told.provider)],
    [telling.lead, unit(told.lead)],
    ...(told.givers ?? []).map((giver): [Text | undefined, Notice['recipient'] | undefined] => [
      telling.givers,
      unit(giver),
    ]),
    ...(told.receivers ?? []).map((receiver): [Text | undefined, Notice['recipient'] | undefined] => [
      telling.receivers,
      unit(receiver),
    ]),
  ];
  const notices = new Map<string, Notice>();
  for (const [text, recipient] of recipients) {
    if (!text || !recipient || notices.has(`${recipient.kind} ${recipient.id}`)) continue;
    notices.set(`${recipient.kind} ${recipient.id}`, {
      recipient,
      zh: fill(text.zh, { ...told.names, ...called(telling, told, 'zh') }, '—'),
      en: fill(text.en, { ...told.names, ...called(telling, told, 'en') }, 'n/a'),
    });
  }
  return [...notices.values()];
}

function unit(id: string | undefined): Notice['recipient'] | undefined {
  return id ? { kind: 'unit', id } : undefined;
}

function called({ words = {} }: Telling, { names }: Told, language: keyof Text): Record<string, string> {
  const said = Object.entries(words).map(([name, of]) => [name, of[String(names[name])]?.[language]]);
  return Object.fromEntries(said.filter(([, word]) => word !== undefined)) as Record<string, string>;
}

function fill(text: string, names: Told['names'], absent: string): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(names[name] ?? absent));
}
