import type { ListingCase } from './case.js';
import type { Action, Command, CommandOf } from './commands.js';
import type { Fact } from './facts.js';
import { stepOf } from './lifecycle.js';

/*
 * 案卷: employer and responsible persons. What the law does once for all of them is done at the principal's
 * listing and holds for every party that has not gone its own way; service, publication, oversight and
 * objection are each party's own. A step taken at the listing of a bound person is for that person alone.
 */

/** Steps that are taken for the whole file when they are taken at the principal's listing. */
const FOR_THE_FILE: ReadonlySet<Action> = new Set([
  'notice',
  'review',
  'consent',
  'extension',
  'approval',
  'decision',
  'withdrawal',
  'reminder',
  'revocation',
]);

/**
 * What a change of the principal's listing brings about for the listing of a bound person.
 *
 * @returns nothing for a person who went another way: was noticed or reviewed alone, spared, or not to be listed
 */
export function followsFor(
  companion: ListingCase,
  command: Command,
  facts: readonly Fact[],
): Command | undefined {
  if (FOR_THE_FILE.has(command.type)) {
    if (!stepOf(companion.status, command.type)) return undefined;
    const against = 'review' in companion && companion.review.opinion === 'do-not-list';
    const towardsListing = ['consent', 'approval', 'decision'].includes(command.type);
    if (against && towardsListing) return undefined;
    // Each party's repair notice is a document of its own, with a number of its own.
    return command.type === 'decision' ? withoutNoticeNo(command) : command;
  }
  // Order 45 art. 14: the persons go with the employer. A fixed term ends for each by its own clock, and the
  // loss of a record reaches each listing that rests on it.
  const restored = facts.find((fact) => fact.type === 'restored');
  if (restored && stepOf(companion.status, 'stand-again')) {
    const { restoration, term } = restored;
    return { type: 'stand-again', restoration, termEndsOn: term.endsOn };
  }
  const ended = facts.find((fact) => fact.type === 'ended');
  if (!ended || !['early-removal', 'performed'].includes(ended.end.kind)) return undefined;
  if (!stepOf(companion.status, 'follow-principal')) return undefined;
  const { kind, reasons, removalDue } = ended.end;
  return { type: 'follow-principal', kind, reasons, removalDue };
}

function withoutNoticeNo({ repairNoticeNo: _, ...decision }: CommandOf<'decision'>): CommandOf<'decision'> {
  return decision;
}
