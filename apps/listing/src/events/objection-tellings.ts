import type * as contracts from '#contracts';
import type { LocalDate } from '#kernel';
import type { ObjectionFact } from '../domain/objection/facts.js';
import type { Objection, ObjectionDecision } from '../domain/objection/objection.js';
import type { Telling } from './refs.js';

/** What is told of an objection, whatever it is about, beside what it is about. */
interface Told {
  filed: contracts.DataOf<typeof contracts.objectionFiled>;
  marked: contracts.DataOf<typeof contracts.objectionMarked>;
  unmarked: contracts.DataOf<typeof contracts.objectionUnmarked>;
  accepted: contracts.DataOf<typeof contracts.objectionAccepted>;
  paused: contracts.DataOf<typeof contracts.objectionPaused>;
  resumed: contracts.DataOf<typeof contracts.objectionResumed>;
  helpRequested: contracts.DataOf<typeof contracts.objectionHelpRequested>;
  helpAnswered: contracts.DataOf<typeof contracts.objectionHelpAnswered>;
  extended: contracts.DataOf<typeof contracts.objectionExtended>;
  decided: contracts.DataOf<typeof contracts.objectionDecided>;
  overdue: contracts.DataOf<typeof contracts.objectionOverdue>;
}
export type ObjectionEvent = keyof Told;

/** Puts to a telling what it is about, in the contract that is meant for that. */
export type TellObjection = <E extends ObjectionEvent>(
  event: E,
  data: Omit<Told[E], 'objection' | 'case' | 'subject'>,
) => Telling;

/**
 * Facts of an objection as events; the mark goes with the filing and with every end.
 *
 * @param followed what a decision brings about beside itself, told before the mark goes
 */
export function objectionTellings(
  fact: ObjectionFact,
  { help, review }: Pick<Objection, 'help' | 'review'>,
  decisionDue: LocalDate | null,
  tell: TellObjection,
  followed: (decision: ObjectionDecision) => Telling[] = () => [],
): Telling[] {
  switch (fact.type) {
    case 'filed': {
      const { filedOn, markedOn, review: asked } = fact.objection;
      return [tell('filed', { filedOn, decisionDue, ...reviewTold(asked) }), tell('marked', { markedOn })];
    }
    case 'help-requested': {
      const { id: helpId, unit, question, due: answerDue } = fact.request;
      return [tell('helpRequested', { helpId, unit, question, answerDue })];
    }
    case 'help-answered': {
      const { helpId, unit: helper, answer } = fact;
      return [tell('helpAnswered', { helpId, helper, answeredOn: answer.on })];
    }
    case 'extended': {
      const { until, reason: reasons } = fact.extension;
      return [tell('extended', { decisionDue: until, reasons })];
    }
    case 'decided': {
      const { outcome, on: decidedOn, reasons, remedies } = fact.decision;
      return [
        tell('decided', { outcome, decidedOn, reasons, remedies }),
        ...followed(fact.decision),
        tell('unmarked', { unmarkedOn: decidedOn, outcome }),
      ];
    }
    case 'withdrawn':
    case 'lapsed':
      return [tell('unmarked', { unmarkedOn: fact.on, outcome: fact.type })];
    case 'overdue': {
      const { clock, due, helpId } = fact;
      const unit = help.find((one) => one.id === helpId)?.unit ?? null;
      return [tell('overdue', { clock, due, unit, ...reviewTold(review) })];
    }
    case 'not-accepted':
      return [tell('unmarked', { unmarkedOn: fact.on, outcome: 'not-accepted' })];
    case 'accepted':
      return [tell('accepted', { acceptedOn: fact.on, decisionDue })];
    case 'paused':
      return [tell('paused', { pausedOn: fact.on, why: fact.why })];
    case 'resumed':
      return [tell('resumed', { resumedOn: fact.on, decisionDue })];
    case 'decision-served':
    case 'material-time-over':
    case 'material-named':
    case 'material-received':
    case 'days-set':
      return [];
    default:
      return fact satisfies never;
  }
}

/** Which rejection is reviewed, and by whom: the unit above, where it is one, learns of it from the event alone. */
function reviewTold(review: Objection['review']): Pick<Told['filed'], 'review'> {
  return review ? { review: { of: review.of, court: review.court, unit: review.unit ?? null } } : {};
}
