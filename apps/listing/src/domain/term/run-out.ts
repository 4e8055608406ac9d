import type { Clock } from '../case/case.js';
import type { Command } from '../case/commands.js';

/**
 * What follows when a clock of a case has run out: a defence becomes silence, a public notice takes effect, a term ends.
 * A duty of the authority that was not done by its day is marked, never done by the software.
 *
 * @param letterId of which letter, where each has clocks of its own (ordinance art. 32)
 */
export function whenRunOut(clock: Clock, letterId?: string): Command {
  switch (clock) {
    case 'defence':
      return { type: 'fall-silent' };
    case 'in-force':
      return { type: 'take-effect' };
    case 'expiry':
      return { type: 'expire' };
    case 'grace':
      return { type: 'end-grace' };
    case 'publication-end':
      return { type: 'end-publication' };
    case 'site-publication':
      return { type: 'end-site-publication' };
    case 'letter-reminder':
      return { type: 'urge-letter', letterId: letterId! };
    default:
      return { type: 'mark-overdue', clock, ...(letterId === undefined ? {} : { letterId }) };
  }
}
