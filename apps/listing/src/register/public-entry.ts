import { maskName, type SubjectKind, withoutPersonalNumbers } from '#kernel';
import type { ListingCase } from '../domain/case/case.js';
import type { CaseField } from '../domain/procedure/case-field.js';
import { fieldsAsked } from '../domain/procedure/case-fields.js';
import {
  conductOf,
  publishedItems,
  publishedName,
  type LegalBasis,
  type ListRules,
} from '../domain/rules/rules.js';

/** What everyone may see of a listing. */
export interface RegisterEntry {
  entryId: string;
  listType: string;
  listName: string;
  name: string;
  code: string | null;
  department: string;
  decisionNo: string;
  decidedOn: string;
  publishedOn: string;
  termEndsOn: string | null;
  reasons: string;
  basis: LegalBasis[];
  /** kind of the conduct, where the list publishes it */
  conduct: string | null;
  /** numbers of the penalties and other documents on which the entry rests, where the list publishes them */
  documents: string[];
  /** what the list asks for beside the reasons, masked where it names a person */
  fields: PublishedField[];
  /** the entry is objected to since this day; null: it is not */
  objectionSince: string | null;
}

/** A field of the case as everyone may see it. */
export type PublishedField = Pick<CaseField, 'code' | 'zh' | 'en' | 'value'>;

/** An entry with what the register needs beside it. */
export interface ShownEntry extends RegisterEntry {
  subjectId: string;
  /** A natural person is not found by name (ordinance art. 23). */
  searchable: boolean;
  /** Last day by itself; null where it stays until somebody acts. From the next day on no read finds it. */
  lastDay: string | null;
}

const OF_EVERYONE = ['department', 'decisionNo', 'decidedOn', 'publishedOn', 'termEndsOn'] as const;

/** What is shown of an entry by kind of subject: beside what every list shows, what the rule of this one says. */
export function shownFields(list: Pick<ListRules, 'publication' | 'fields'>): {
  organisations: string[];
  naturalPersons: string[];
} {
  const own = (kind: SubjectKind) => [
    ...OF_EVERYONE,
    ...publishedItems(list, kind),
    ...fieldsAsked(list, { subject: { kind } }).map(({ code }) => code),
  ];
  return {
    organisations: ['name', 'code', ...own('enterprise')],
    naturalPersons: [(list.publication?.masked ?? true) ? 'maskedName' : 'name', ...own('natural-person')],
  };
}

/**
 * Names of persons are masked where the list has its publication masked (ordinance of Heilongjiang art. 23), and their
 * numbers in what was written by hand.
 */
export function publishedFields(
  { fields = [] }: Pick<ListingCase, 'fields'>,
  { publication }: Pick<ListRules, 'publication'>,
): PublishedField[] {
  return fields.map(({ code, zh, en, shape, value }) => {
    const masked = shape === 'person-name' && (publication?.masked ?? true);
    return { code, zh, en, value: masked ? maskName(value) : withoutPersonalNumbers(value) };
  });
}

/** Whether the case is on the public register. */
export function isShown(state: ListingCase): boolean {
  return state.status === 'in-force' && state.publication.status === 'published';
}

/**
 * The public side of a case; nothing where it is not on the public register. What it shows, by kind of subject, and
 * whether names of persons are masked is data of the list; a natural person is never found by name, its number is never
 * shown, and numbers of persons are hidden in what was written by hand.
 *
 * @param list the rules of the list, which say what it publishes
 */
export function publicEntry(state: ListingCase, list: ListRules): ShownEntry | undefined {
  if (state.status !== 'in-force' || state.publication.status !== 'published') return undefined;
  const { subject, decision } = state;
  const shows = publishedItems(list, subject.kind);
  const ends = [state.publication.until, decision.term.ends === 'term' ? state.term.endsOn : null];
  const person = subject.kind === 'natural-person';
  return {
    entryId: state.id,
    subjectId: subject.id,
    searchable: !person,
    listType: state.listType,
    listName: state.listName,
    name: publishedName(list, subject),
    code: person ? null : subject.code,
    department: state.department,
    decisionNo: decision.no,
    decidedOn: decision.decidedOn,
    publishedOn: state.publication.publishedOn,
    termEndsOn: state.term.endsOn,
    reasons: shows.has('reasons') ? withoutPersonalNumbers(decision.reasons) : '',
    basis: shows.has('basis') ? decision.basis : [],
    conduct: shows.has('conduct') ? (conductOf(list, state.conductKind)?.zh ?? null) : null,
    documents: shows.has('documents') ? documentsOf(state) : [],
    fields: publishedFields(state, list),
    lastDay: ends.filter((day) => typeof day === 'string').sort()[0] ?? null,
    objectionSince: state.entry.objections.map(({ since }) => since).sort()[0] ?? null,
  };
}

function documentsOf({ records, documents }: ListingCase): string[] {
  const standing = records.filter(({ withdrawn }) => !withdrawn);
  return [...standing.map(({ documentNo }) => documentNo), ...documents.map(({ no }) => no)];
}
