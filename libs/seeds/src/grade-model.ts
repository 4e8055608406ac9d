import type { SubjectKind } from '#kernel';
import type { Confirmed, LegalBasis, Seeded } from './basis.js';
import type { ListKey } from './list-type.js';

/** Where an indicator's facts come from: a kind of accepted record, or a live listing. */
export type IndicatorSource = 'penalty' | 'permit' | 'judgment' | 'commitment' | 'honour' | 'listing';

export type GradeClassCode = 'trustworthy' | 'slightly-dishonest' | 'dishonest' | 'seriously-dishonest';

/** One letter of the scale; a subject stands in the highest band whose `from` its score reaches. */
export interface GradeBand {
  grade: string;
  class: GradeClassCode;
  /** Lower bound, inclusive; the lowest band starts at the model's `scoreRange.min`. */
  from: number;
}

/** 诚信守法 / 轻微失信 / 一般失信 / 严重失信 and how supervision differs. */
export interface GradeClass {
  code: GradeClassCode;
  zh: string;
  en: string;
  supervisionZh: string;
  supervision: string;
  confirmed: Confirmed;
}

export interface GradeIndicator {
  code: string;
  zh: string;
  en: string;
  source: IndicatorSource;
  /** Only records of this severity (see severity-rules); absent = all. */
  severity?: 'minor' | 'general' | 'serious';
  /** For commitments: only those kept or broken; absent = all. */
  performance?: 'kept' | 'broken';
  /** For `source: 'listing'`: the lists that count. */
  lists?: ListKey[];
  /** Points for each record; negative deducts. */
  points: number;
  /** A record counts while younger than this many months, from its decision date; null = no decay. */
  decayMonths: number | null;
  /** The indicator never adds or deducts more than this (absolute value); null = no cap. */
  max: number | null;
}

/** Runs after scoring and beats the score; the reason code is kept with the grade. */
export interface GradeVeto {
  code: string;
  zh: string;
  en: string;
  /** Any of these lists live, or `'serious'` = any live entry on a list of the seriously dishonest. */
  whenList: ListKey[] | 'serious';
  /** `cap` = at best this grade; `set` = exactly this grade. */
  effect: 'set' | 'cap';
  grade: string;
  basis: LegalBasis[];
  confirmed: Confirmed;
}

/** A grade model: published versions never change. */
export interface GradeModel extends Seeded {
  id: string;
  version: number;
  name: string;
  nameEn: string;
  subjectKinds: SubjectKind[];
  scoreRange: { min: number; max: number };
  base: number;
  scale: GradeBand[];
  classes: GradeClass[];
  indicators: GradeIndicator[];
  vetoes: GradeVeto[];
  /** Grade of a subject of which nothing is held; null = graded from the base score like any other. */
  withoutRecords: string | null;
  unconfirmed: string[];
}
