import type { Period, SubjectKind } from '#kernel';
import type { Seeded } from './basis.js';
import type { ListKey } from './list-type.js';
import type { RepairClock } from './repair-rule.js';

/**
 * A: reduces rights or adds duties, needs a law, administrative regulation or central policy of its own.
 * B: management within a body's duties, reduces no rights. C: decided by non-public bodies themselves,
 * never ordered.
 */
export type DisciplineClass = 'A' | 'B' | 'C';

/** One entry of 全国失信惩戒措施基础清单 in one edition. */
export interface DisciplineMeasure extends Seeded {
  /** Edition and number, e.g. '2024/7'. */
  id: string;
  edition: string;
  number: number;
  class: DisciplineClass;
  zh: string;
  en: string;
  /** What it takes, or does, in words of ours. */
  contentZh: string;
  content: string;
  targetZh: string;
  target: string;
  /** Who executes it, in words of the catalogue; the units stand in the rules. */
  executedByZh: string;
  executedBy: string;
  /** Names are reconstructed; the rows resting on statutes are read in text. */
  nameConfirmed: false | 'text' | true;
  /** The statutory terms that the basis itself fixes. */
  statutory: StatutoryTerm[];
  /** What it takes only a natural person has (office, travel, schooling): never ordered against an entity as such. */
  binds?: 'natural-persons';
  /** Entry of an earlier edition whose place it takes; rules that ordered that one go on with this one. */
  follows?: string;
}

/** A term that one article of the basis fixes for one kind of case; `max` null = exactly `min`. */
export interface StatutoryTerm {
  instrument: string;
  article: string;
  zh: string;
  en: string;
  min: Period | null;
  max: Period | null;
  /** For life, or permanently. */
  permanent: boolean;
  confirmed: false | 'text' | true;
}

/** One entry of the province's 失信惩戒措施补充清单 (ordinance art. 31). */
export interface DisciplineSupplement extends Seeded {
  id: string;
  /** Name of the version of the list that it stands in. */
  edition: string;
  class: 'A' | 'B';
  zh: string;
  en: string;
  target: string;
  /** The ordinance asks a provincial regulation that adds a measure to give it a term. */
  termRequired: boolean;
  binds?: 'natural-persons';
  follows?: string;
}

/** Whom a constraint reaches (ordinance art. 31, 45). */
export const CONSTRAINED = [
  'dishonest-subject',
  'serious-list',
  'false-commitment',
  'unkept-commitment',
  'as-the-law-says',
] as const;
export type Constrained = (typeof CONSTRAINED)[number];

/** One entry of the province's 失信约束措施 (ordinance art. 31, 45): a convenience not given or taken back. */
export interface Constraint extends Seeded {
  id: string;
  /** Name of the version of the list that it stands in. */
  edition: string;
  zh: string;
  en: string;
  appliesTo: Constrained[];
  liftedOn: string;
  /** The regulation that adds it wants each rule to give it a term of its own. */
  termRequired?: boolean;
  /** Closes this kind of procedure to whom it reaches; the check inside an approval says so. */
  closes?: 'commitment';
  follows?: string;
}

/**
 * What a department is about to decide when it asks who is disciplined. In the first four state organs must ask
 * (ordinance art. 44: permits and proofs, procurement and bidding, fiscal money and projects, honours);
 * `commitment` is the procedure that art. 45 closes to the seriously dishonest.
 */
export const BUSINESS_FIELDS = [
  'permit',
  'procurement',
  'fiscal-funds',
  'honours',
  'commitment',
  'preference',
  'supervision',
  'appointment',
] as const;
export type BusinessField = (typeof BUSINESS_FIELDS)[number];

/** Persons of an entity whom an article may bind for what the entity did (责任人员). */
export const PERSONS_OF_ENTITY = ['legal-representative', 'principal', 'directly-responsible'] as const;
export type PersonOfEntity = (typeof PERSONS_OF_ENTITY)[number];

/** What a listing makes departments do: one row = one list, one measure, one kind of subject, who executes. */
export interface DisciplineRule extends Seeded {
  id: string;
  list: ListKey;
  /** null = every kind of conduct of the list. */
  conductKinds: string[] | null;
  subjectKinds: SubjectKind[];
  /** Whom of a listed entity the article itself binds; without it a measure that binds natural persons never falls on an entity. */
  reaches?: PersonOfEntity[];
  /** Id in the catalogue ('2024/7'), the supplement ('hlj/interview') or the constraints ('constraint/…'). */
  measure: string;
  titleZh: string;
  title: string;
  contentZh: string;
  content: string;
  /** `reference` only informs (class C and sector choice); `considered` must be answered, `required` applied. */
  mode: 'required' | 'considered' | 'reference';
  /** In which kinds of business the measure shows in a check; empty where no approval can meet it (travel, exit). */
  fields: BusinessField[];
  /**
   * Who executes: the units named, and of each line the department of the subject's city, or the provincial one
   * where that city's is not registered.
   */
  executors: { units: string[]; ofSubjectsCity?: string[] };
  /** Ends with the listing, or at a statutory term of its own when that comes first. A ban that outlasts the listing rests on the penalty, not on this action. */
  term: 'with-listing' | Period;
  /** Where a term of its own starts; given exactly when `term` is a period. */
  termFrom?: 'in-force';
  /**
   * `later`: the law bars the subject by itself, or by the penalty decision, and longer than the listing may last. The
   * action ends with the listing all the same; what the department answers with its own decision goes on to `ownTerm`.
   */
  ends?: 'later';
  /** Counted from the decision that imposed it; given exactly when it `ends` later. */
  ownTerm?: Period | 'for-life';
}

/** How long an executing department has, and from when. */
export interface DisciplineClock extends RepairClock, Seeded {
  code:
    | 'discipline.answer'
    | 'discipline.lift'
    | 'discipline.check-answer'
    | 'discipline.reminder'
    | 'discipline.escalation';
  /** Whom an escalation reaches. */
  to?: string;
}

/** Why a department may answer that it did not apply a measure. */
export interface NotAppliedReason extends Seeded {
  code: string;
  zh: string;
  en: string;
  /** What the rule leaves to consideration may be answered with more reasons than what it requires. */
  modes: ('required' | 'considered')[];
  /** Only for measures that end later than the listing; the answer names the decision on which they rest. */
  ownGround?: boolean;
}

/** Anything that a rule may order: an entry of the catalogue, the supplement or the constraints. */
export interface Orderable {
  id: string;
  class: 'A' | 'B' | 'C' | 'supplement' | 'constraint';
  zh: string;
  en: string;
  reducesRights: boolean;
  termRequired: boolean;
  bindsPersons: boolean;
  validFrom: Seeded['validFrom'];
  validTo: Seeded['validTo'];
}

/** The closed lists together, by id: what is not in here is refused (ordinance art. 30). */
export function orderableById(seeds: {
  'discipline-catalogue': DisciplineMeasure[];
  'discipline-supplement': DisciplineSupplement[];
  constraints: Constraint[];
}): Map<string, Orderable> {
  const national = seeds['discipline-catalogue'].map((entry) => ({
    ...entry,
    reducesRights: entry.class === 'A',
    termRequired: false,
    bindsPersons: entry.binds === 'natural-persons',
  }));
  const supplement = seeds['discipline-supplement'].map((entry) => ({
    ...entry,
    class: 'supplement' as const,
    reducesRights: entry.class === 'A',
    bindsPersons: entry.binds === 'natural-persons',
  }));
  const constraints = seeds.constraints.map((entry) => ({
    ...entry,
    class: 'constraint' as const,
    reducesRights: false,
    termRequired: entry.termRequired ?? false,
    bindsPersons: false,
  }));
  return new Map([...national, ...supplement, ...constraints].map((entry) => [entry.id, entry]));
}
