import type { RefusalDefinition } from '#kernel';

/* Refusals of the steps beside the main line: service, hearing, extension, reminder, parties, publication held back. */

export const procedureRefusals = {
  // Parties of a file
  'listing.person-not-bound': {
    kind: 'conflict',
    zh: '{listName}没有规定将“{capacity}”一并列入;可一并列入的人员: {who}',
    en: 'The list {listType} does not bind a person in the capacity {capacity}; it binds: {who}.',
    cureZh: '删除该人员,或者填写规定的身份',
    cureEn: 'Leave the person out, or give a capacity that the list names.',
  },
  'listing.person-no-person': {
    kind: 'invalid',
    zh: '一并列入的责任人员必须是自然人',
    en: 'Whoever is bound with the listed subject is a natural person.',
    cureZh: '对其他单位另立案件',
    cureEn: 'Open a case of its own for another organisation.',
  },
  'listing.person-twice': {
    kind: 'invalid',
    zh: '同一主体在同一案卷中只能出现一次',
    en: 'A subject can be a party of the file only once.',
    cureZh: '删除重复的当事人',
    cureEn: 'Leave the repetition out.',
  },
  'listing.person-evidence': {
    kind: 'invalid',
    zh: '将“{capacity}”一并列入{listName}须有依据({needed})',
    en: 'To bind a person as {capacity} on the list {listType} needs evidence ({needed}).',
    cureZh: '在 evidence 填写生效裁判文书号,或者规定该人员责任的法律条款、其参与违法行为的认定',
    cureEn:
      'Give as evidence the effective judgment, the article of law that binds, or the finding of its own part.',
  },
  'listing.standing-misfit': {
    kind: 'invalid',
    zh: '“{publicStanding}”与主体类别不符',
    en: '{publicStanding} does not fit the kind of the subject.',
    cureZh: '自然人填写 staff,单位填写 state-organ 或者 state-owned',
    cureEn: 'A natural person is staff; an organisation is state-organ or state-owned.',
  },

  // Service
  'listing.service-proof-missing': {
    kind: 'invalid',
    zh: '以该方式({way})送达须载明{neededZh}(民事诉讼法第{article}条)',
    en: 'Service this way ({way}) needs its proof: {needed} (Civil Procedure Law art. {article}).',
    cureZh: '填写 proof',
    cureEn: 'Send it as proof.',
  },
  'listing.service-day-needed': {
    kind: 'invalid',
    zh: '以该方式({way})送达须填写 {field}',
    en: 'Service this way ({way}) needs {field}.',
    cureZh: '公告送达填写发出公告之日 announcedOn,送达日由系统计算;其他方式填写 servedOn',
    cureEn: 'Of a public notice give announcedOn, the day of service follows; of other ways give servedOn.',
  },
  'listing.public-notice-unregulated': {
    kind: 'conflict',
    zh: '{day} 没有已加载的公告送达期限规定',
    en: 'No rule on service by public notice is loaded for {day}.',
    cureZh: '以其他方式送达,或者先补录该规定',
    cureEn: 'Serve another way, or have the rule loaded first.',
  },
  'listing.repair-notice-missing': {
    kind: 'invalid',
    zh: '送达决定书须同时送达信用修复告知书(两书同达)',
    en: 'The repair notice is served together with the decision.',
    cureZh: '在 repairNoticeNo 填写信用修复告知书文号',
    cureEn: 'Give the number of the repair notice as repairNoticeNo.',
  },

  // Hearing
  'listing.hearing-not-provided': {
    kind: 'conflict',
    zh: '{listName}的程序没有听证',
    en: 'The procedure of the list {listType} has no hearing.',
    cureZh: '以书面陈述、申辩(POST …/defence)',
    cureEn: 'State a defence instead (POST …/defence).',
  },
  'listing.hearing-request-over': {
    kind: 'conflict',
    zh: '要求听证的期限已于 {until} 届满',
    en: 'A hearing could be asked for until {until}.',
    cureZh: '陈述申辩期内可以书面陈述、申辩',
    cureEn: 'State a defence while its period runs.',
  },
  'listing.hearing-requested-already': {
    kind: 'conflict',
    zh: '已于 {on} 要求听证',
    en: 'A hearing was asked for on {on}.',
    cureZh: '等待听证通知',
    cureEn: 'Wait for the notice of the hearing.',
  },
  'listing.hearing-not-requested': {
    kind: 'conflict',
    zh: '当事人没有要求听证',
    en: 'Nobody asked for a hearing.',
    cureZh: '当事人要求后再办理(POST …/hearing-request)',
    cureEn: 'The party must ask for it first (POST …/hearing-request).',
  },
  'listing.hearing-closed': {
    kind: 'conflict',
    zh: '听证已于 {on} 结束',
    en: 'The hearing was closed on {on}.',
    cureZh: '进入复核',
    cureEn: 'Go on to the review.',
  },
  'listing.hearing-too-soon': {
    kind: 'invalid',
    zh: '举行听证七个工作日前须通知当事人,最早为 {earliest}',
    en: 'The party is told seven working days before the hearing: {earliest} at the earliest.',
    cureZh: '推迟听证日期',
    cureEn: 'Choose a later day.',
  },
  'listing.hearing-not-set': {
    kind: 'invalid',
    zh: '听证尚未通知或者尚未举行(确定的日期: {setFor})',
    en: 'The hearing has not been set, or its day has not come ({setFor}).',
    cureZh: '先发出听证通知(POST …/hearing-notice),或者记录当事人放弃听证',
    cureEn: 'Set it first (POST …/hearing-notice), or record that the party waived it.',
  },
  'listing.hearing-outstanding': {
    kind: 'conflict',
    zh: '当事人于 {requestedOn} 要求听证,听证结束前不得复核、决定',
    en: 'A hearing was asked for on {requestedOn}; nothing is reviewed or decided before it is closed.',
    cureZh: '举行听证并记录(POST …/hearing-record)',
    cureEn: 'Hold the hearing and record it (POST …/hearing-record).',
  },

  // Clock, reminder, sparing
  'listing.extension-not-provided': {
    kind: 'conflict',
    zh: '{listName}没有延长决定期限的规定',
    en: 'The rule of the list {listType} knows no extension of the decision.',
    cureZh: '在原期限内决定',
    cureEn: 'Decide within the period.',
  },
  'listing.extended-already': {
    kind: 'conflict',
    zh: '决定期限已延长一次,至 {decisionDue}',
    en: 'The decision was extended once already, until {decisionDue}.',
    cureZh: '在该日前决定',
    cureEn: 'Decide by that day.',
  },
  'listing.extension-too-late': {
    kind: 'conflict',
    zh: '决定期限已于 {decisionDue} 届满,不能再延长',
    en: 'The decision was due on {decisionDue}; it can be extended no more.',
    cureZh: '尽快决定;逾期已记录',
    cureEn: 'Decide without delay; the lateness is on record.',
  },
  'listing.reminder-not-provided': {
    kind: 'conflict',
    zh: '{listName}不适用提示提醒',
    en: 'On the list {listType} a reminder cannot take the place of the listing.',
    cureZh: '继续办理,或者撤回案件',
    cureEn: 'Go on, or withdraw the case.',
  },
  'listing.reminder-not-fitting': {
    kind: 'invalid',
    zh: '提示提醒须同时符合:轻微、偶发、及时改正、没有造成危害后果(缺: {finding})',
    en: 'A reminder needs all four: minor, one-off, corrected in time, harmless (lacking: {finding}).',
    cureZh: '不符合的,继续办理',
    cureEn: 'Where one is lacking, go on with the case.',
  },
  'listing.reminded-already': {
    kind: 'conflict',
    zh: '案件已于 {remindedOn} 以提示提醒终结',
    en: 'The case ended with a reminder on {remindedOn}.',
    cureZh: '如有新的事实,另立新案',
    cureEn: 'Open a new case where there are new facts.',
  },
  'listing.no-intent-not-provided': {
    kind: 'conflict',
    zh: '{listName}没有“无主观故意不予列入”的规定',
    en: 'The list {listType} has no rule that spares who proves to have acted without intent.',
    cureZh: '以其他理由撤回,或者继续办理',
    cureEn: 'Withdraw on another ground, or go on.',
  },
  'listing.term-not-extensible': {
    kind: 'invalid',
    zh: '{listName}(该列入情形)的期限不能延长',
    en: 'The term of this kind of conduct on the list {listType} cannot be lengthened.',
    cureZh: '删除 extraYears',
    cureEn: 'Leave extraYears out.',
  },
  'listing.term-extra': {
    kind: 'invalid',
    zh: '延长期限为 {min} 至 {max} 年',
    en: 'The term is lengthened by {min} to {max} years.',
    cureZh: '更正 extraYears',
    cureEn: 'Correct extraYears.',
  },

  // Publication held back
  'listing.grace-not-provided': {
    kind: 'conflict',
    zh: '{listName}没有宽限期',
    en: 'The list {listType} knows no grace.',
    cureZh: '删除 graceUntil',
    cureEn: 'Leave graceUntil out.',
  },
  'listing.grace-length': {
    kind: 'invalid',
    zh: '宽限期须在 {earliest} 与 {latest} 之间届满',
    en: 'A grace ends between {earliest} and {latest}.',
    cureZh: '更正 graceUntil',
    cureEn: 'Correct graceUntil.',
  },
  'listing.in-grace': {
    kind: 'conflict',
    zh: '宽限期至 {until},期内暂不公布',
    en: 'The grace runs until {until}; nothing is published before it is over.',
    cureZh: '宽限期满后公示',
    cureEn: 'Publish after that day.',
  },
  'listing.held-back': {
    kind: 'conflict',
    zh: '公布前已缴清税款、滞纳金、罚款,不公布',
    en: 'The debt was paid before publication, so nothing is published.',
    cureZh: '无需公示',
    cureEn: 'Nothing needs to be published.',
  },
  'listing.hold-back-not-provided': {
    kind: 'conflict',
    zh: '{listName}(该列入情形)没有“公布前缴清不公布”的规定',
    en: 'Payment before publication changes nothing for this kind of conduct on the list {listType}.',
    cureZh: '按期公示',
    cureEn: 'Publish in time.',
  },

  // Oversight (ordinance art. 32)
  'listing.oversight-not-provided': {
    kind: 'conflict',
    zh: '案件 {no} 的主体不是国家机关、国有单位或者其工作人员',
    en: 'The subject of {no} is no state organ, state-owned unit or member of their staff.',
    cureZh: '立案时填写 publicStanding',
    cureEn: 'publicStanding is given when the case is opened.',
  },
  'listing.letter-addressee': {
    kind: 'invalid',
    zh: '对“{standing}”的通报对象为: {addressees},不包括 {to}',
    en: 'For {standing} the ones to be told are: {addressees}, not {to}.',
    cureZh: '更正 to',
    cureEn: 'Correct to.',
  },
  'listing.letter-unknown': {
    kind: 'not-found',
    zh: '没有通报函 {letterId}',
    en: 'There is no letter {letterId}.',
    cureZh: '从案件的 oversight 取得编号',
    cureEn: 'Take the id from oversight of the case.',
  },
  'listing.letter-answered': {
    kind: 'conflict',
    zh: '该通报函已于 {answeredOn} 反馈',
    en: 'The letter was answered on {answeredOn}.',
    cureZh: '无需再次反馈',
    cureEn: 'Nothing needs to be done.',
  },
  'listing.letter-none-open': {
    kind: 'conflict',
    zh: '没有等待反馈的通报函',
    en: 'No letter awaits an answer.',
    cureZh: '先发出通报函(POST …/letter)',
    cureEn: 'Send a letter first (POST …/letter).',
  },
  'listing.letter-first': {
    kind: 'conflict',
    zh: '约谈前须先通报上级等单位',
    en: 'The superior and the others are told before the head is interviewed.',
    cureZh: '先发出通报函(POST …/letter)',
    cureEn: 'Send the letters first (POST …/letter).',
  },
  'listing.interview-first': {
    kind: 'conflict',
    zh: '责令限期履行前须先约谈负责人',
    en: 'The head is interviewed before performance is ordered.',
    cureZh: '先约谈(POST …/interview)',
    cureEn: 'Hold the interview first (POST …/interview).',
  },
} as const satisfies Record<string, RefusalDefinition>;
