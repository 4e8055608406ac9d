import type { ListingCase } from './case.js';
import type { Action, Command, CommandOf } from './commands.js';
import type { Fact } from './facts.js';
import { stepOf } from './lifecycle.js';
import { listingRefusals } from './refusals.js';
import type { RestorationCause } from '../repair/entry.js';

/*
 * 案卷: employer and responsible persons. What the law does once for all of them is done at the principal's
 * listing and holds for every party that has not gone its own way; service, publication, oversight and
 * objection are each party's own. A step taken at the listing of a bound person is for that person alone.
 */

/** The removal with which the persons left is revoked; a plan or a stay lifted one party only. */
const UNDOES_REMOVAL: ReadonlySet<RestorationCause> = new Set(['false-material', 'broken-commitment']);

/** Steps that are taken for the whole file when they are taken at the principal's listing. */
const FOR_THE_FILE: ReadonlySet<Action> = new Set([
  'notice',
  'review',
  'consent',
  'extension',
  'clock-start',
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
 * @throws Refusal `listing.person-not-decided` where the decision states fields of such a person
 */
export function followsFor(
  companion: ListingCase,
  command: Command,
  facts: readonly Fact[],
): Command | undefined {
  // A person who went ahead of the principal and cannot take its step any more still leaves with it, below.
  if (FOR_THE_FILE.has(command.type) && stepOf(companion.status, command.type)) {
    const against = 'review' in companion && companion.review.opinion === 'do-not-list';
    const towardsListing = ['consent', 'approval', 'decision'].includes(command.type);
    if (against && towardsListing) return notDecided(companion, command);
    return command.type === 'decision' ? ofPerson(companion, command) : command;
  }
  if (command.type === 'decision') return notDecided(companion, command);
  // Order 45 art. 14: the persons go with the employer. A fixed term ends for each by its own clock.
  const restored = facts.find((fact) => fact.type === 'restored');
  if (restored && UNDOES_REMOVAL.has(restored.restoration.cause) && stepOf(companion.status, 'stand-again')) {
    const { restoration, term } = restored;
    const anew = term.startsOn === restoration.on;
    return { type: 'stand-again', restoration, anew, termEndsOn: term.endsOn };
  }
  // The loss of a record is told to each listing that rests on it, which keeps that it was withdrawn.
  if (command.type === 'lose-basis') return undefined;
  const left = leaves(facts);
  return left && stepOf(companion.status, 'follow-principal') ? left : undefined;
}

/**
 * How the principal left the list, or its case, so that nobody stays who was bound for its conduct only. A
 * provisional lifting is none: order 36 art. 20 lifts the enterprise whose plan was approved, and names nobody else.
 */
function leaves(facts: readonly Fact[]): CommandOf<'follow-principal'> | undefined {
  for (const fact of facts) {
    if (fact.type === 'ended' && fact.end.kind !== 'expired') {
      const { kind, reasons, removalDue } = fact.end;
      return { type: 'follow-principal', kind, reasons, removalDue };
    }
    if (fact.type === 'withdrawn') {
      const { reason: reasons } = fact.withdrawal;
      return { type: 'follow-principal', kind: 'revoked', reasons, removalDue: null };
    }
  }
  return undefined;
}

/** Each party's repair notice has a number of its own, and what a list asks for beside the reasons is said of each. */
function ofPerson(
  { id }: ListingCase,
  { repairNoticeNo: _, fields: __, persons = [], ...decision }: CommandOf<'decision'>,
): CommandOf<'decision'> {
  const index = persons.findIndex(({ listingId }) => listingId === id);
  const given = persons[index];
  if (!given) return { ...decision, fieldsAt: 'persons' };
  return { ...decision, fields: given.fields, fieldsAt: `persons[${index}].fields` };
}

/** What is stated of a person whom the decision does not list would else be dropped in silence. */
function notDecided({ id, subject }: ListingCase, command: Command): undefined {
  const persons = command.type === 'decision' ? (command.persons ?? []) : [];
  const index = persons.findIndex(({ listingId }) => listingId === id);
  if (index < 0) return undefined;
  const facts = { listingId: id, name: subject.name };
  throw listingRefusals.refusal('listing.person-not-decided', facts, `persons[${index}]`);
}
