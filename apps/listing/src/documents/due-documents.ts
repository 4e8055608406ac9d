import type { LocalDate } from '#kernel';
import type { DocumentKind } from '#seeds';
import type { Closed, EndKind, ListingCase } from '../domain/case/case.js';
import type { Fact, FactOf } from '../domain/case/facts.js';
import type { ObjectionAbout } from '../domain/objection/about.js';
import type { RepairRequest } from '../domain/repair/entry.js';
import { PLAN_COMPLETED } from '../domain/repair/site-clock.js';
import { siteFollowsListEnd } from '../domain/repair/site-publication.js';
import type { FieldAnswer, ReviewedAbove } from '../domain/objection/objection.js';
import { valueInWords } from './case-values.js';
import { dateInWords, ended } from './chinese.js';
import type { Values } from './letter.js';

/** A letter that a fact brings with it. */
export interface DueDocument {
  kind: DocumentKind;
  /** Its number; null where the step gives none and the case's number with the version stands in. */
  no: string | null;
  /** The unit that signs, where that is not the one that decided the case. */
  from?: string;
  /** Behind such a number, where another letter of the same step has it, too. */
  suffix?: string;
  on: LocalDate;
  /** What the fact adds to the values of the case. */
  values: Values;
}

/**
 * Which letters a fact brings. The repair notice is made with the decision, since both are served together
 * (两书同达). An entry that expires needs no decision: the party is told, and the certificate follows.
 *
 * @param state the case after the fact
 * @param request the request for removal that was open before it
 */
export function dueDocuments(fact: Fact, state: ListingCase, request: RepairRequest | null): DueDocument[] {
  switch (fact.type) {
    case 'noticed':
      return [{ kind: 'notice', no: fact.notice.no, on: fact.notice.servedOn, values: {} }];
    case 'decided': {
      const { no, repairNoticeNo, decidedOn: on } = fact.decision;
      return [
        { kind: 'decision', no, on, values: {} },
        { kind: 'repair-notice', no: repairNoticeNo ?? null, on, values: {} },
      ];
    }
    case 'removal-granted':
    case 'removal-refused': {
      // A letter of the list: what concerns 信用中国 alone, or a provisional lifting, has no form of its own.
      if (request && request.aim !== 'removal') return [];
      const kind = fact.type === 'removal-granted' ? 'removal-decision' : 'removal-refusal';
      const values = {
        requestedOn: request && dateInWords(request.requestedOn),
        answeredOn: dateInWords(fact.on),
        answerReasons: ended(fact.reasons),
        // Where 信用中国 lets go with the list it has no clock of its own any more.
        ...(followsList(state, fact.on) ? { siteFrom: null, siteUntil: null } : {}),
      };
      return [{ kind, no: null, on: fact.on, values }];
    }
    case 'found-false':
      return [falseApplication(fact, state)];
    case 'restored':
      return standsAgainWith(fact, state);
    case 'objection-settled':
      return fact.decision ? [objectionAnswer(fact.outcome, fact.decision)] : [];
    case 'material-named': {
      const values = { objectionAbout: ABOUT[fact.about], objectionMaterial: ended(fact.text) };
      return [{ kind: 'objection-material', no: null, suffix: '-材料', on: fact.on, values }];
    }
    case 'ended': {
      const { kind, endedOn, reasons, repair } = fact.end;
      if (repair?.ground === PLAN_COMPLETED) {
        const grantedOn = grantedIn(state, repair.id);
        const values = { endedOn: dateInWords(endedOn), endReasons: ended(reasons), grantedOn };
        return [{ kind: 'final-repair', no: null, on: endedOn, values }];
      }
      if (kind !== 'revoked' && kind !== 'corrected') return [];
      const values = { endedOn: dateInWords(endedOn), endReasons: ended(reasons) };
      return [{ kind: 'revocation', no: null, on: endedOn, values }];
    }
    case 'letter-sent': {
      const { no, unitName: addressee, text, sentOn: on, answerDue } = fact.letter;
      const values = { addressee, letterText: ended(text), answerDue: dateInWords(answerDue) };
      return [{ kind: 'oversight-letter', no, on, values }];
    }
    case 'ordered-to-perform': {
      const { no, orderedOn: on, performBy, text } = fact.order;
      const held = 'oversight' in state ? state.oversight.interviews.at(-1) : undefined;
      const interviewedOn = held ? dateInWords(held.heldOn) : null;
      const values = { interviewedOn, orderText: ended(text), performBy: dateInWords(performBy) };
      return [{ kind: 'performance-order', no, on, values }];
    }
    case 'held-accountable': {
      const { on, text, promise } = fact.accountability;
      const order = 'oversight' in state ? state.oversight.order : null;
      const values = {
        orderNo: order?.no ?? null,
        orderedOn: order && dateInWords(order.orderedOn),
        performBy: order && dateInWords(order.performBy),
        accountabilityText: ended(text),
        publicPromise: ended(promise),
      };
      return [{ kind: 'accountability', no: null, on, values }];
    }
    case 'closed': {
      if (state.status !== 'closed') return [];
      const { endedOn, kind } = state.end;
      const values = {
        endedOn: dateInWords(endedOn),
        endKind: END_KINDS[kind],
        closedOn: dateInWords(fact.closedOn),
        ...siteBeyond(state),
      };
      return [{ kind: 'closure-certificate', no: null, on: fact.closedOn, values }];
    }
    default:
      return [];
  }
}

function followsList(state: ListingCase, endedOn: LocalDate): boolean {
  const site = 'entry' in state ? state.entry.site : null;
  return site?.status === 'shown' && siteFollowsListEnd(site, endedOn);
}

/** What 信用中国 goes on showing after the end; an entry that it never showed is planned for it no more. */
function siteBeyond({ entry: { site } }: Closed): Values {
  if (site?.status !== 'shown' || site.endsOn === null) return { siteFrom: null, siteUntil: null };
  return { siteFrom: dateInWords(site.repairableFrom), siteUntil: dateInWords(site.endsOn) };
}

/** A repair was found false: what is restored, and what is barred for how long. */
function falseApplication(
  { found, restored, termEndsOn = null }: FactOf<'found-false'>,
  state: ListingCase,
): DueDocument {
  const { on, cause, reasons, barredUntil, siteUntil } = found;
  const forGood = barredUntil === 'for-good';
  const values = {
    grantedOn: grantedIn(state, found.requestId),
    foundOn: dateInWords(on),
    foundCause: CAUSES[cause],
    foundReasons: ended(reasons),
    restored: restored ? '恢复' : null,
    restoredUntil: restored && termEndsOn ? dateInWords(termEndsOn) : null,
    barredUntil: barredUntil && !forGood ? dateInWords(barredUntil) : null,
    barredForGood: forGood ? '不得再次申请' : null,
    siteUntil: 'entry' in state && state.entry.site && siteUntil ? dateInWords(siteUntil) : null,
  };
  return { kind: 'false-application', no: null, on, values };
}

/** Who was bound with the principal and stands again with it is told so, too. */
function standsAgainWith({ restoration, term }: FactOf<'restored'>, { file }: ListingCase): DueDocument[] {
  const { on, cause, reasons } = restoration;
  if (file.principal === null || cause === 'plan-failed' || cause === 'stay-ended') return [];
  const values = {
    grantedOn: null,
    foundOn: dateInWords(on),
    foundCause: CAUSES[cause],
    foundReasons: ended(reasons),
    restored: '恢复',
    restoredUntil: term.endsOn && dateInWords(term.endsOn),
    barredUntil: null,
    barredForGood: null,
    siteUntil: null,
  };
  return [{ kind: 'false-application', no: null, on, values }];
}

type Settled = NonNullable<FactOf<'objection-settled'>['decision']>;

function objectionAnswer(
  outcome: string,
  { about, on, reasons, remedies, answers = [], review, receivedOn }: Settled,
): DueDocument {
  const rule = { objectionTo: about, objectionReceivedOn: receivedOn ?? null };
  if (outcome === 'not-accepted' || outcome === 'terminated') {
    const said = { ...rule, objectionAbout: ABOUT[about], objectionReasons: ended(reasons) };
    const refused = outcome === 'not-accepted';
    return {
      kind: refused ? 'objection-not-accepted' : 'objection-terminated',
      no: null,
      suffix: '-异议',
      on,
      values: refused ? { ...said, objectionRemedies: ended(remedies) } : said,
    };
  }
  if (review) return reviewDecision(outcome, { about, on, reasons, remedies, answers, review }, rule);
  const upheld =
    outcome === 'rejected' ? '异议不成立。' : outcome === 'upheld' ? '异议成立。' : '异议部分成立。';
  const values = {
    ...rule,
    objectionAbout: ABOUT[about],
    objectionReasons: ended(reasons),
    objectionOutcome: [
      `${upheld}${outcome === 'rejected' ? REJECTED[about] : FOLLOWS[about]}`,
      ...answers.map(answerInWords),
    ].join('\n'),
    objectionRemedies: ended(remedies),
  };
  return { kind: 'objection-decision', no: null, suffix: '-异议', on, values };
}

/** 复议决定书 of the court above (法释〔2017〕7号 art. 12): on the rejection, and with it on what was asked. */
function reviewDecision(
  outcome: string,
  { about, on, reasons, remedies, answers = [], review }: Settled & { review: ReviewedAbove },
  rule: Values,
): DueDocument {
  const rejected = outcome === 'rejected';
  const [found, rejection] = rejected
    ? ['复议理由不成立', '驳回复议申请，维持驳回纠正申请的决定']
    : [outcome === 'upheld' ? '复议理由成立' : '复议理由部分成立', '撤销驳回纠正申请的决定'];
  const values = {
    ...rule,
    objectionAbout: ABOUT[about],
    rejectionServedOn: dateInWords(review.rejectionServedOn),
    objectionReasons: ended(reasons),
    objectionOutcome: [
      `${found}，${rejection}。${rejected ? REJECTED[about] : FOLLOWS[about]}`,
      ...answers.map(answerInWords),
    ].join('\n'),
    objectionRemedies: ended(remedies),
  };
  return { kind: 'review-decision', no: review.no, suffix: '-复议', from: review.unit, on, values };
}

/** What was asked of one field, and what becomes of it. */
function answerInWords({ nameZh, shape, value, answer, reads, reasons }: FieldAnswer): string {
  const asked = `${nameZh}：所主张的“${valueInWords(shape, value)}”`;
  switch (answer) {
    case 'adopted':
      return `${asked}予以采纳，更正为该内容。`;
    case 'otherwise':
      return `${asked}不予采纳，原记载有误，更正为“${valueInWords(shape, reads ?? '')}”。`;
    case 'refused':
      return `${asked}不予采纳${reasons ? `：${ended(reasons)}` : '。'}`;
    default:
      return answer satisfies never;
  }
}

function grantedIn(state: ListingCase, requestId: string): string | null {
  const granted = 'entry' in state ? state.entry.granted.find(({ id }) => id === requestId) : undefined;
  return granted ? dateInWords(granted.grantedOn) : null;
}

const CAUSES: Readonly<Record<'false-material' | 'broken-commitment', string>> = {
  'false-material': '提供虚假材料',
  'broken-commitment': '承诺严重失实或者故意不履行承诺',
};

const ABOUT: Readonly<Record<ObjectionAbout, string>> = {
  listing: '列入决定',
  content: '列入信息的内容',
  period: '列入信息的期限',
  'repair-result': '信用修复的处理结果',
  lifting: '惩戒措施到期未解除',
};

const FOLLOWS: Readonly<Record<ObjectionAbout, string>> = {
  listing: '该列入信息不再公示、共享和使用，依列入决定采取的措施随即解除。',
  content: '列入信息相应更正，已经共享的由各使用单位同步更正。',
  period: '列入信息的期限相应更正，已经共享的由各使用单位同步更正。',
  'repair-result': '原处理结果不再执行，修复申请重新办理。',
  lifting: '已督促尚未解除惩戒措施的单位限期解除并反馈结果。',
};

const REJECTED: Readonly<Record<ObjectionAbout, string>> = {
  listing: '列入决定继续有效。',
  content: '列入信息不作更正。',
  period: '列入信息的期限不作更正。',
  'repair-result': '原处理结果继续有效。',
  lifting: '经核查没有到期未解除的惩戒措施，不予另行解除。',
};

const END_KINDS: Readonly<Record<EndKind, string>> = {
  expired: '期满移出',
  'early-removal': '提前移出',
  revoked: '撤销列入',
  corrected: '更正',
  performed: '履行后移出',
};
