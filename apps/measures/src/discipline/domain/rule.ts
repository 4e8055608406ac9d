import type { LocalDate, Period, SubjectKind } from '#kernel';

/** Where a measure rests, as printed in the decision and in every event about it. */
export interface Basis {
  instrument: string;
  number?: string;
  article?: string;
}

/** How long a ban runs by its own law, whatever becomes of a listing. */
export type OwnTerm = Period | 'for-life';

/** Persons of an organisation whom an article may bind for what the organisation did (责任人员). */
export type PersonOfEntity = 'legal-representative' | 'principal' | 'directly-responsible';

/** First and last day of validity, both inclusive; null = open. */
export interface Validity {
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}

/**
 * A and B: classes of 全国失信惩戒措施基础清单. C: decided by non-public bodies themselves, so it is never
 * ordered (国办发〔2020〕49号). Supplement: 失信惩戒措施补充清单, constraint: 失信约束措施, which the provincial
 * ordinance keeps apart from discipline (art. 31).
 */
export type MeasureClass = 'A' | 'B' | 'C' | 'supplement' | 'constraint';

/** One entry of the closed catalogue in one edition. */
export interface CatalogueEntry extends Validity {
  id: string;
  class: MeasureClass;
}

/** What a listing makes departments do, as the rules stood in one version. */
export interface DisciplineRule extends Validity {
  id: string;
  list: string;
  /** null = every kind of conduct of the list */
  conductKinds: readonly string[] | null;
  subjectKinds: readonly SubjectKind[];
  /** whom of a listed organisation the article itself binds */
  reaches?: readonly PersonOfEntity[];
  /** id of a catalogue entry */
  measure: string;
  titleZh: string;
  mode: 'required' | 'considered' | 'reference';
  /** kinds of business in whose checks the measure shows */
  fields: readonly string[];
  /** units by name, and lines: of each the department of the subject's city, else the provincial one */
  executors: { units: readonly string[]; ofSubjectsCity?: readonly string[] };
  term: 'with-listing' | Period;
  /** where a term of its own starts */
  termFrom?: 'in-force';
  /** `later`: the law bars the subject by itself for `ownTerm`, counted from the decision that imposed it */
  ends?: 'later';
  ownTerm?: OwnTerm;
  basis: readonly Basis[];
}

/** A body that executes; after a reorganisation its successor does. */
export interface ExecutingUnit extends Validity {
  id: string;
  successor: string | null;
}

export function validOn({ validFrom, validTo }: Validity, day: LocalDate): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);
}
