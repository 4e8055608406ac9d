/*
 * What a list asks for beside the reasons, as data of its version: of the court list what 法释〔2017〕7号 art. 6 has
 * recorded and published, such as the duty under the judgment and how far it is performed.
 */

export const FIELD_SHAPES = ['text', 'date', 'person-name', 'sex', 'age', 'identity-number'] as const;
export type FieldShape = (typeof FIELD_SHAPES)[number];

export const FIELD_SUBJECTS = ['everyone', 'organisations', 'persons'] as const;

export interface CaseFieldRule {
  code: string;
  zh: string;
  en: string;
  /** What is checked; an `age` is that of the day on which it is entered. */
  shape: FieldShape;
  /** Of which subjects it is asked. */
  of: (typeof FIELD_SUBJECTS)[number];
  article?: string;
}

/** As a handler enters it. */
export interface GivenField {
  code: string;
  value: string;
}

/** As the case keeps it, under the names that the version of the list gave it. */
export interface CaseField {
  code: string;
  zh: string;
  en: string;
  shape: FieldShape;
  /** A date as YYYY-MM-DD, an age in years, a sex as `male` or `female`, an identity number masked. */
  value: string;
}
