import type { LocalDate, Refusal } from '#kernel';
import { demandAfter, demandNotBefore, demandPast } from '../case/days.js';
import type { Hand } from '../hand.js';
import type { Clue } from './clue.js';
import { clueRefusals } from './clue-refusals.js';

/*
 * 保障中小企业款项支付条例 art. 25 (3): who is complained of (被投诉人) tells the unit that handles the complaint how things
 * stand. Where it does not in time, or not as prescribed, it gets an urging letter (督办书); where it refuses all the same,
 * it may be interviewed and named in a circular (约谈、通报), and is ordered to correct (责令整改). The text gives no days
 * for any of it: until when a letter or an order waits is said by the unit in each.
 */

export type PressingCommand =
  /** 反馈情况; `asPrescribed: false`: it came, and not as it is prescribed. */
  | { type: 'feedback'; receivedOn: LocalDate; text: string; asPrescribed: boolean }
  | { type: 'urging-letter'; letterNo: string; text: string; answerBy: LocalDate }
  | { type: 'interview'; heldOn: LocalDate; with: string; minutes: string }
  | { type: 'circular'; circularNo: string; to: string; text: string }
  | { type: 'correction-order'; orderNo: string; text: string; correctBy: LocalDate };

type Handled = Pick<Clue, 'id' | 'rule' | 'pressed' | 'receivedOn' | 'forwarding'>;

/** @throws Refusal `clue.pressing-not-provided` where the rule of its kind knows none of this */
export function demandPressing({ id, rule }: Handled): void {
  if (!rule?.pressing) throw clueRefusals.refusal('clue.pressing-not-provided', { id });
}

/** @throws Refusal `clue.debtor-answered`: who has told it as prescribed is not urged to */
export function demandUnanswered({ pressed }: Handled): void {
  const answer = answered(pressed);
  if (answer) throw answer;
}

/** @throws Refusal `clue.urge-first`, `clue.debtor-answered`, `clue.urging-running` with the day that the letter gives */
export function demandUrgedInVain({ pressed }: Handled, today: LocalDate): void {
  const letter = pressed.findLast(({ what }) => what === 'urging-letter');
  if (letter?.what !== 'urging-letter') throw clueRefusals.refusal('clue.urge-first');
  const answer = answered(pressed.slice(pressed.indexOf(letter)));
  if (answer) throw answer;
  if (today <= letter.answerBy)
    throw clueRefusals.refusal('clue.urging-running', { no: letter.no, until: letter.answerBy });
}

/** 约谈、通报…并责令整改: the order goes with one of them. @throws Refusal `clue.interview-first` */
export function demandMet({ pressed }: Handled): void {
  const since = pressed.slice(pressed.findLastIndex(({ what }) => what === 'urging-letter'));
  if (!since.some(({ what }) => what === 'interview' || what === 'circular'))
    throw clueRefusals.refusal('clue.interview-first');
}

function answered(pressed: Clue['pressed']): Refusal | null {
  const feedback = pressed.findLast(({ what }) => what === 'feedback');
  if (feedback?.what !== 'feedback' || !feedback.asPrescribed) return null;
  return clueRefusals.refusal('clue.debtor-answered', { on: feedback.on });
}

/** @throws Refusal `listing.date-*` for a day that cannot be */
export function press(
  { pressed, receivedOn, forwarding }: Handled,
  command: PressingCommand,
  { today, actor: by }: { today: LocalDate; actor: Hand },
): Clue['pressed'] {
  const begun = forwarding?.on ?? receivedOn;
  switch (command.type) {
    case 'feedback': {
      const { receivedOn: on, text, asPrescribed } = command;
      demandPast('receivedOn', on, today);
      demandNotBefore('receivedOn', on, begun);
      return [...pressed, { what: 'feedback', on, text, asPrescribed, by }];
    }
    case 'urging-letter': {
      const { letterNo: no, text, answerBy } = command;
      demandAfter('answerBy', answerBy, today);
      return [...pressed, { what: 'urging-letter', no, text, on: today, answerBy, by }];
    }
    case 'interview': {
      const { heldOn: on, with: person, minutes } = command;
      demandPast('heldOn', on, today);
      demandNotBefore('heldOn', on, begun);
      return [...pressed, { what: 'interview', on, with: person, minutes, by }];
    }
    case 'circular': {
      const { circularNo: no, to, text } = command;
      return [...pressed, { what: 'circular', no, to, text, on: today, by }];
    }
    case 'correction-order': {
      const { orderNo: no, text, correctBy } = command;
      demandAfter('correctBy', correctBy, today);
      return [...pressed, { what: 'correction-order', no, text, on: today, correctBy, by }];
    }
    default:
      return command satisfies never;
  }
}
