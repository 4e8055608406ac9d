import * as contracts from '#contracts';
import type { Publication } from '#messaging';
import type { Clue } from '../domain/clue/clue.js';
import type { ClueCommand } from '../domain/clue/take-clue-step.js';
import { told, type Telling } from './refs.js';

/**
 * What became of a clue as events, as far as another unit or its own must learn of it: that it was handed on, what came
 * of one that was, and that it is late. What it says, and whom it is about, is told to nobody. It has no subject yet, so
 * its own id is the key.
 */
export function clueEventsOf(before: Clue, after: Clue, command: ClueCommand): Publication[] {
  return tellings(before, after, command).map((event) => ({ ...event, subject: after.id }));
}

function tellings(before: Clue, after: Clue, command: ClueCommand): Telling[] {
  const { id, kind, rule, department, receivedOn, forwarding } = after;
  const about = { clue: { id, kind, name: rule?.zh ?? '线索', department, receivedOn } };
  const dueOf = (of: Clue, which: string) => of.clocks.find(({ clock }) => clock === which)?.dueOn ?? null;
  switch (command.type) {
    case 'forwarding': {
      const { from, on: forwardedOn } = forwarding!;
      return [
        told(contracts.clueForwarded, { ...about, from, forwardedOn, resultDue: dueOf(after, 'result') }),
      ];
    }
    case 'answer':
      // The unit that accepted it is told what came of it.
      return forwarding && (after.status === 'verified' || after.status === 'dropped')
        ? [
            told(contracts.clueAnswered, {
              ...about,
              outcome: after.status,
              answeredOn: after.answer.on,
              unit: forwarding.from,
            }),
          ]
        : [];
    case 'mark-overdue':
      return [
        told(contracts.clueOverdue, { ...about, clock: command.clock, due: dueOf(before, command.clock)! }),
      ];
    case 'acceptance':
    case 'extension':
    // Between the unit and who is complained of: nobody else acts on it.
    case 'feedback':
    case 'urging-letter':
    case 'interview':
    case 'circular':
    case 'correction-order':
    case 'opening':
      return [];
    default:
      return command satisfies never;
  }
}
