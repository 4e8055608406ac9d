import { addYears, type LocalDate, SUBJECT_KIND_NAMES } from '#kernel';
import type { CaseRecord, FilePlace, FoundingDocument, Origin, Subject } from '../case/case.js';
import type { FactOf } from '../case/facts.js';
import { enteredFields } from './case-fields.js';
import type { GivenField } from './case-field.js';
import type { Hand } from '../hand.js';
import type { PublicStanding } from '../oversight/oversight.js';
import { listingRefusals } from '../case/refusals.js';
import { type Capacity, conductOf, isSerious, type Rules, type UnitLevel } from '../rules/rules.js';
import { penaltyDay } from '../term/term.js';
import { decisionDueFrom } from '../term/time-limits.js';
import { CAPACITY_ZH, EVIDENCE_ZH, STANDING_ZH } from './names.js';
import { demandPast } from '../case/days.js';

/**
 * 民法典 art. 17: an adult is a natural person of 18 full years or more, 周岁 counted from the day after the birthday
 * (法释〔2006〕1号 art. 2 says so of criminal liability): on the birthday itself nobody is listed yet.
 */
const ADULT_YEARS = 18;

/** A responsible person who is to be listed with the principal. */
export interface BoundParty {
  id: string;
  no: string;
  subject: Subject;
  bornOn?: LocalDate;
  capacity: Capacity;
  /** The judgment or the article of law by which it is bound, where the rule asks for one. */
  evidence?: string;
  /** What the list asks for of this person, as far as it is known by now. */
  fields?: GivenField[];
}

export interface OpenCase {
  id: string;
  no: string;
  subject: Subject;
  /** Checked birth date of a natural person; looked at and not kept. */
  bornOn?: LocalDate;
  conductKind: string;
  records: (CaseRecord & { subjectId: string; type?: string })[];
  documents?: FoundingDocument[];
  /** What the list asks for of the subject beside the reasons, as far as it is known by now. */
  fields?: GivenField[];
  origin?: Origin;
  publicStanding?: PublicStanding;
  /** Natural persons bound with the subject, each listed for itself. */
  persons?: BoundParty[];
  clockFrom?: LocalDate;
  /** The creditor at whose request the court lists; absent: the court by itself. */
  requestedBy?: string;
  department: { id: string; level: UnitLevel };
  by: Hand;
  today: LocalDate;
}

/**
 * A handler opens a file (立案): on one subject, and on the responsible persons whom the list binds with it. Each
 * party has a listing of its own; the principal's comes first.
 *
 * @throws Refusal when department, a party, conduct kind or basis do not fit the list
 */
export function openFile(command: OpenCase, rules: Rules): FactOf<'opened'>[] {
  const persons = command.persons ?? [];
  checkPersons(command, persons, rules);
  const principal = openCase(command, rules);
  const companions = persons.map((person, index): FactOf<'opened'> => {
    const { id, no, subject, capacity, evidence } = person;
    const file = { capacity, principal: command.id, companions: [], evidence: evidence ?? null };
    const fields = enteredFields(
      rules.list,
      { subject },
      person.fields ?? [],
      command.today,
      `persons[${index}].fields`,
    );
    const { fields: _, ...dossier } = principal.dossier;
    const own = { id, no, subject, file, publicStanding: null, ...(fields.length > 0 ? { fields } : {}) };
    return { ...principal, dossier: { ...dossier, ...own } };
  });
  return [principal, ...companions];
}

function openCase(command: OpenCase, rules: Rules): FactOf<'opened'> {
  const { list } = rules;
  checkCompetence(command, rules);
  if (!conductOf(list, command.conductKind)) {
    const facts = { listType: list.key, conductKind: command.conductKind };
    throw listingRefusals.refusal('listing.conduct-kind-unknown', facts, 'conductKind');
  }
  checkSubject(command, rules, 'subjectId');
  checkBasis(command);
  if (command.clockFrom !== undefined && list.decision?.from !== 'payment-limit')
    demandPast('clockFrom', command.clockFrom, command.today);
  const clockFrom = command.clockFrom ?? null;
  const fields = enteredFields(list, { subject: command.subject }, command.fields ?? [], command.today);
  return {
    type: 'opened',
    dossier: {
      id: command.id,
      no: command.no,
      listType: list.key,
      listName: list.name,
      serious: isSerious(list, command.conductKind),
      rulesVersion: list.version,
      subject: command.subject,
      department: command.department.id,
      conductKind: command.conductKind,
      records: command.records.map(({ subjectId: _, type: __, ...record }) => record),
      documents: command.documents ?? [],
      ...(fields.length > 0 ? { fields } : {}),
      origin: command.origin ?? { kind: 'record' },
      file: placeOfPrincipal(command),
      publicStanding: standingOf(command),
      openedOn: command.today,
      requestedBy: command.requestedBy ?? null,
      handlers: [command.by.id],
      clockFrom,
      decisionDue: decisionDueFrom(rules, {
        clockFrom,
        noticedOn: null,
        penaltyOn: penaltyDay({ documents: [], ...command }),
      }),
      extension: null,
      basisQuestions: [],
      overdue: [],
    },
    by: command.by,
  };
}

/** 谁认定、谁负责: the units of the list at the levels that it names. */
function checkCompetence({ department }: OpenCase, { list }: Rules): void {
  const ofTheLine = list.deciders.units.some(
    (unit) => department.id === unit || sameLine(department.id, unit),
  );
  if (!ofTheLine || !list.deciders.levels.includes(department.level)) {
    throw listingRefusals.refusal('listing.department-not-competent', {
      department: department.id,
      deciders: list.deciders.units.join(', '),
      listName: list.name,
      listType: list.key,
    });
  }
}

/** `hlj.city.230100.market-regulation` is of the line of `hlj.market-regulation`. */
function sameLine(local: string, provincial: string): boolean {
  const slug = provincial.split('.').at(-1);
  return /^hlj\.city\.\d{6}\.[a-z-]+$/.test(local) && local.split('.').at(-1) === slug;
}

function placeOfPrincipal({ persons = [] }: OpenCase): FilePlace {
  const companions = persons.map((person) => person.id);
  return { capacity: 'principal', principal: null, companions, evidence: null };
}

/** A body of government is one by its kind; whether a unit is state-owned, or a person its staff, is said at the opening. */
function standingOf({ subject, publicStanding }: OpenCase): PublicStanding | null {
  const person = subject.kind === 'natural-person';
  if (publicStanding !== undefined && person !== (publicStanding === 'staff')) {
    throw listingRefusals.refusal(
      'listing.standing-misfit',
      { publicStanding, publicStandingZh: STANDING_ZH[publicStanding] },
      'publicStanding',
    );
  }
  return publicStanding ?? (subject.kind === 'government-body' ? 'state-organ' : null);
}

/** Only whom the list binds, in the capacity that it names, with the evidence that it asks for. */
function checkPersons({ subject, today }: OpenCase, persons: readonly BoundParty[], rules: Rules): void {
  const { list } = rules;
  const names = { listName: list.name, listType: list.key };
  const seen = new Set([subject.id]);
  for (const [index, person] of persons.entries()) {
    const field = `persons[${index}]`;
    if (seen.has(person.subject.id)) throw listingRefusals.refusal('listing.person-twice', {}, field);
    seen.add(person.subject.id);
    const { capacity } = person;
    const capacityZh = CAPACITY_ZH[capacity];
    const bound = list.responsiblePersons.who.find((one) => one.capacity === capacity);
    if (!bound) {
      const capacities = list.responsiblePersons.who.map((one) => one.capacity);
      const who = {
        who: capacities.join(', ') || '—',
        whoZh: capacities.map((one) => CAPACITY_ZH[one]).join('、') || '—',
      };
      throw listingRefusals.refusal(
        'listing.person-not-bound',
        { ...names, capacity, capacityZh, ...who },
        field,
      );
    }
    if (person.subject.kind !== 'natural-person')
      throw listingRefusals.refusal('listing.person-no-person', {}, field);
    const beside = persons.some((other) => other.capacity === bound.notBeside);
    if ((bound.evidence || beside) && !person.evidence?.trim()) {
      const needed = bound.evidence ?? 'own-part';
      const facts = { ...names, capacity, capacityZh, needed, neededZh: EVIDENCE_ZH[needed] };
      throw listingRefusals.refusal('listing.person-evidence', facts, field);
    }
    checkAge({ ...person, today }, rules, `${field}.bornOn`);
  }
}

function checkSubject(opening: OpenCase, rules: Rules, field: string): void {
  const { subject } = opening;
  const { list } = rules;
  const names = { listName: list.name, listType: list.key };
  if (!list.subjectKinds.includes(subject.kind)) {
    const kindZh = SUBJECT_KIND_NAMES[subject.kind].zh;
    throw listingRefusals.refusal(
      'listing.subject-kind-excluded',
      { ...names, kind: subject.kind, kindZh },
      field,
    );
  }
  checkAge(opening, rules, 'bornOn');
}

function checkAge(
  { subject, bornOn, today }: Pick<OpenCase, 'subject' | 'bornOn' | 'today'>,
  { list }: Rules,
  field: string,
): void {
  if (subject.kind !== 'natural-person' || !list.minorsExcluded) return;
  if (bornOn === undefined) throw listingRefusals.refusal('listing.age-unknown', {}, field);
  if (addYears(bornOn, ADULT_YEARS) >= today) {
    throw listingRefusals.refusal('listing.minor', { listName: list.name, listType: list.key }, field);
  }
}

/** What is granted to somebody finds no dishonesty. */
const GRANTED: ReadonlySet<string> = new Set(['permit', 'honour']);

/** Ordinance art. 27: dishonesty is found on judgments, decisions and other documents that the law accepts. */
function checkBasis({ records, documents = [], subject, today }: OpenCase): void {
  if (records.length === 0 && documents.length === 0)
    throw listingRefusals.refusal('listing.record-missing', {}, 'recordIds');
  for (const [index, { issuedOn }] of documents.entries())
    demandPast(`documents[${index}].issuedOn`, issuedOn, today);
  for (const record of records) {
    if (record.subjectId !== subject.id) {
      throw listingRefusals.refusal('listing.record-of-other-subject', { recordId: record.id }, 'recordIds');
    }
    if (GRANTED.has(record.type ?? '')) {
      const { documentNo } = record;
      throw listingRefusals.refusal('listing.record-no-finding', { documentNo }, 'recordIds');
    }
    if (record.withdrawn) {
      throw listingRefusals.refusal(
        'listing.record-withdrawn',
        { documentNo: record.documentNo },
        'recordIds',
      );
    }
  }
}
