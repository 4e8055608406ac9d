import { addDays, type LocalDate } from '#kernel';
import type { InForce } from '../case/case.js';
import { demandAfter, demandNotBefore, demandPast } from '../case/days.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { addresseesOf, lettersAwaited } from './oversight.js';
import { listingRefusals } from '../case/refusals.js';
import { LETTER_TO_ZH, STANDING_ZH } from '../procedure/names.js';
import type { Rules } from '../rules/rules.js';

/* The steps of oversight over state organs, state-owned units and their staff (ordinance art. 32). */

export function sendLetter(
  state: InForce,
  command: CommandOf<'letter'>,
  rules: Pick<Rules, 'calendar' | 'procedure'>,
  { today, actor }: Circumstances,
): Fact[] {
  const { letterId: id, letterNo: no, to, unit, unitName, text, answerDue } = command;
  const addressees = state.publicStanding ? addresseesOf(state.publicStanding) : [];
  if (!addressees.includes(to)) {
    const facts = {
      to,
      toZh: LETTER_TO_ZH[to],
      addressees: addressees.join(', '),
      addresseesZh: addressees.map((one) => LETTER_TO_ZH[one]).join('、'),
      standing: state.publicStanding,
      standingZh: state.publicStanding && STANDING_ZH[state.publicStanding],
    };
    throw listingRefusals.refusal('listing.letter-addressee', facts, 'to');
  }
  demandAfter('answerDue', answerDue, today);
  const remindOn = reminderDay(answerDue, today, rules);
  const letter = {
    id,
    no,
    to,
    unit,
    unitName,
    text,
    sentOn: today,
    by: actor,
    answerDue,
    remindOn,
    answer: null,
  };
  return [{ type: 'letter-sent', letter }];
}

/** So many working days before the answer is due; null where that day is not ahead any more. */
function reminderDay(
  due: LocalDate,
  today: LocalDate,
  { calendar, procedure }: Pick<Rules, 'calendar' | 'procedure'>,
): LocalDate | null {
  let day = due;
  for (let left = procedure['letter-reminder']?.period?.count ?? 0; left > 0;) {
    day = addDays(day, -1);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day > today && day < due ? day : null;
}

/** Its day came and no answer: the addressee is urged, once. */
export function urgeAnswer(
  state: InForce,
  { letterId }: CommandOf<'urge-letter'>,
  { today }: Circumstances,
): Fact[] {
  const letter = lettersAwaited(state.oversight).find(({ id }) => id === letterId);
  if (!letter?.remindOn || letter.urgedOn || today < letter.remindOn) return [];
  return [{ type: 'letter-urged', letterId, on: today }];
}

/** What the addressee did. */
export function answerLetter(
  state: InForce,
  { letterId, answeredOn: on, text }: CommandOf<'letter-answer'>,
  { today, actor }: Circumstances,
): Fact[] {
  const letter = state.oversight.letters.find((one) => one.id === letterId);
  if (!letter) throw listingRefusals.refusal('listing.letter-unknown', { letterId });
  if (letter.answer !== null) {
    throw listingRefusals.refusal('listing.letter-answered', { answeredOn: letter.answer.on });
  }
  demandPast('answeredOn', on, today);
  demandNotBefore('answeredOn', on, letter.sentOn);
  return [{ type: 'letter-answered', letterId, answer: { on, text, by: actor } }];
}

export function interview(command: CommandOf<'interview'>, { today, actor }: Circumstances): Fact[] {
  const { heldOn, with: person, minutes } = command;
  demandPast('heldOn', heldOn, today);
  return [{ type: 'interviewed', interview: { heldOn, with: person, minutes, by: actor } }];
}

export function orderPerformance(
  { orderNo: no, performBy, text }: CommandOf<'performance-order'>,
  { today, actor }: Circumstances,
): Fact[] {
  demandAfter('performBy', performBy, today);
  return [{ type: 'ordered-to-perform', order: { no, orderedOn: today, performBy, text, by: actor } }];
}

/**
 * What was not performed within the limit is answered for (问责), with a public promise. That it was not
 * performed is the finding of whoever takes the step; the table asks that an order's day has passed.
 */
export function holdAccountable(
  state: InForce,
  { on, text, promise }: CommandOf<'accountability'>,
  { today, actor }: Circumstances,
): Fact[] {
  const { order } = state.oversight;
  demandPast('on', on, today);
  if (order) demandNotBefore('on', on, addDays(order.performBy, 1));
  return [{ type: 'held-accountable', accountability: { on, text, promise, by: actor } }];
}

/** The order was performed, in time or late: its day is waited for no longer. */
export function findPerformed(
  state: InForce,
  { performedOn: on, text }: CommandOf<'order-performed'>,
  { today, actor }: Circumstances,
): Fact[] {
  const { order } = state.oversight;
  demandPast('performedOn', on, today);
  if (order) demandNotBefore('performedOn', on, order.orderedOn);
  return [{ type: 'order-performed', performed: { on, text, by: actor } }];
}
