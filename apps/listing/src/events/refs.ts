import * as contracts from '#contracts';
import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import type { Publication } from '#messaging';
import type { Decided, ListingCase } from '../domain/case/case.js';
import { type ListRules, publishedName } from '../domain/rules/rules.js';
import { type PublishedField, publishedFields } from '../register/public-entry.js';

/* What every event of a case names, and the shape in which it is handed to the outbox. */

export type Telling = Omit<Publication, 'subject'>;

export function told<C extends contracts.Contract>(contract: C, data: contracts.DataOf<C>): Telling {
  return { contract, data } as Telling;
}

/** What events made up of other texts may be longer than a contract holds; the history keeps the whole. */
export function shortened(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

export function caseRef(state: ListingCase): CaseRef {
  const { id, no, listType, listName, rulesVersion, conductKind, department, serious, file } = state;
  const ref = { id, no, listType, listName, rulesVersion, conductKind, department, serious };
  const { principal, capacity } = file;
  return principal === null ? ref : { ...ref, boundWith: { caseId: principal, capacity } };
}

export function subjectRef({ subject: { id, kind, code, name, region } }: ListingCase): SubjectRef {
  return { id, kind, code, name, region };
}

export function decidedCase(state: ListingCase): Pick<Decided, 'decision'> {
  if (!('decision' in state)) throw new Error(`case ${state.id} is ${state.status}, it has no decision`);
  return state;
}

/** What of a list's rules says what is published. */
export type Publishing = Pick<ListRules, 'publication'>;

/** The name by the publication of the list, as in the register; no code of a person leaves the platform. */
export function publicEntry(
  state: ListingCase,
  list: Publishing,
): contracts.DataOf<typeof contracts.publicEntryAdded>['entry'] {
  const { decision } = decidedCase(state);
  const { kind, code } = state.subject;
  return {
    entryId: state.id,
    listType: state.listType,
    listName: state.listName,
    name: publishedName(list, state.subject),
    code: kind === 'natural-person' ? null : code,
    department: state.department,
    decisionNo: decision.no,
    decidedOn: decision.decidedOn,
    termEndsOn: 'term' in state ? state.term.endsOn : null,
    ...fieldsTold(state, list),
  };
}

/**
 * Onto the register, for whoever keeps a copy of it. What is objected to by then carries its mark from the start, in
 * copies as in the register itself (ordinance art. 39).
 */
export function onRegister(state: ListingCase, list: Publishing, publishedOn: LocalDate): Telling[] {
  const added = told(contracts.publicEntryAdded, { entry: publicEntry(state, list), publishedOn });
  const marked = entryMarked(state);
  return marked.data.objectionSince === null ? [added] : [added, marked];
}

/** Since when the entry is objected to; null: no longer. */
export function entryMarked(
  state: ListingCase,
): Telling & { data: contracts.DataOf<typeof contracts.publicEntryMarked> } {
  const since = 'entry' in state ? state.entry.objections.map((mark) => mark.since).sort()[0] : undefined;
  const { id: entryId, listType } = state;
  const data = { entryId, listType, objectionSince: since ?? null };
  return { contract: contracts.publicEntryMarked, data };
}

/** As everyone may see them, also where only departments are told. */
export function fieldsTold(state: ListingCase, list: Publishing): { fields?: PublishedField[] } {
  const fields = publishedFields(state, list);
  return fields.length > 0 ? { fields } : {};
}
