import { addMonths, type LocalDate } from '#kernel';
import { bandsOf, type GradeBand, type GradeIndicator, type GradeModel, type GradeVeto } from './model.js';

export interface HeldRecord {
  id: string;
  type: string;
  severity: string;
  performance: 'kept' | 'broken' | null;
  decidedOn: LocalDate;
  withdrawnOn: LocalDate | null;
}

export interface HeldListing {
  caseId: string;
  listType: string;
  serious: boolean;
  inForceOn: LocalDate | null;
  endedOn: LocalDate | null;
}

/** What is held on one subject. */
export interface Inputs {
  records: readonly HeldRecord[];
  listings: readonly HeldListing[];
}

/** What one indicator gave, and why. */
export interface TraceLine {
  code: string;
  /** records or listings that counted, by id */
  counted: string[];
  /** points of each of them */
  each: number;
  /** what went into the score, after the cap */
  points: number;
  capped: boolean;
}

export interface VetoApplied {
  code: string;
  effect: 'set' | 'cap';
  grade: string;
  caseId: string;
}

/** A grade with everything that it takes to explain and to repeat it. */
export interface Grading {
  score: number;
  /** the band that the score alone reaches */
  scored: string;
  grade: string;
  gradeClass: string;
  /** the veto that decided; null where the score did */
  veto: VetoApplied | null;
  /** nothing was held, and the model gives such subjects a grade of their own */
  withoutRecords: boolean;
  trace: TraceLine[];
  /** first day on which the same inputs give another result, because a record is too old by then */
  nextChangeOn: LocalDate | null;
}

/**
 * The grade on a day: points of the indicators on top of the base, the band that they reach, then the vetoes,
 * which beat the score (domain rule of all schemes). The same model, inputs and day always give the same.
 */
export function gradeOf(model: GradeModel, inputs: Inputs, asOf: LocalDate): Grading {
  const records = inputs.records.filter(
    (record) => record.decidedOn <= asOf && !(record.withdrawnOn !== null && record.withdrawnOn <= asOf),
  );
  const listings = inputs.listings.filter((listing) => isLive(listing, asOf));
  const trace = model.indicators.map((indicator) => lineOf(indicator, records, listings, asOf));
  const score = within(
    model,
    trace.reduce((sum, line) => sum + line.points, model.base),
  );
  const bands = bandsOf(model);
  const withoutRecords = model.withoutRecords !== null && records.length === 0 && listings.length === 0;
  const scored = withoutRecords ? model.withoutRecords! : bandOf(bands, score).grade;
  const veto = vetoOf(model, bands, scored, listings);
  const grade = veto?.grade ?? scored;
  return {
    score,
    scored,
    grade,
    gradeClass: bands.find((band) => band.grade === grade)!.class,
    veto,
    withoutRecords,
    trace,
    nextChangeOn: nextChange(model, inputs.records, asOf),
  };
}

export function isLive({ inForceOn, endedOn }: HeldListing, asOf: LocalDate): boolean {
  return inForceOn !== null && inForceOn <= asOf && (endedOn === null || endedOn > asOf);
}

function lineOf(
  indicator: GradeIndicator,
  records: readonly HeldRecord[],
  listings: readonly HeldListing[],
  asOf: LocalDate,
): TraceLine {
  const counted =
    indicator.source === 'listing'
      ? listings
          .filter((listing) => indicator.lists?.includes(listing.listType))
          .map((listing) => listing.caseId)
      : records
          .filter((record) => counts(indicator, record) && !tooOld(indicator, record, asOf))
          .map((record) => record.id);
  const sum = indicator.points * counted.length;
  const limit = indicator.max ?? Infinity;
  const points = rounded(Math.sign(sum) * Math.min(Math.abs(sum), limit));
  return {
    code: indicator.code,
    counted: counted.sort(),
    each: indicator.points,
    points,
    capped: Math.abs(sum) > limit,
  };
}

function counts(indicator: GradeIndicator, record: HeldRecord): boolean {
  return (
    record.type === indicator.source &&
    (indicator.severity === undefined || record.severity === indicator.severity) &&
    (indicator.performance === undefined || record.performance === indicator.performance)
  );
}

/** The day from which a record no longer counts for an indicator; null = never. */
function endOfWeight(indicator: GradeIndicator, record: HeldRecord): LocalDate | null {
  return indicator.decayMonths === null ? null : addMonths(record.decidedOn, indicator.decayMonths);
}

function tooOld(indicator: GradeIndicator, record: HeldRecord, asOf: LocalDate): boolean {
  const end = endOfWeight(indicator, record);
  return end !== null && end <= asOf;
}

function within({ scoreRange: { min, max } }: GradeModel, score: number): number {
  return rounded(Math.min(max, Math.max(min, score)));
}

/** Points with decimals must not depend on the order in which they were added. */
function rounded(points: number): number {
  return Math.round(points * 100) / 100 + 0;
}

/** Lower bounds are inclusive: 90.0 is an A. */
function bandOf(bands: readonly GradeBand[], score: number): GradeBand {
  const band = bands.find((each) => score >= each.from);
  if (!band) throw new Error(`no band for the score ${score}`);
  return band;
}

function vetoOf(
  model: GradeModel,
  bands: readonly GradeBand[],
  scored: string,
  listings: readonly HeldListing[],
): VetoApplied | null {
  const rank = (grade: string): number => bands.findIndex((band) => band.grade === grade);
  const applied = model.vetoes.flatMap((veto) => {
    const [first] = listings.filter((listing) => reaches(veto, listing)).sort(byBeginning);
    return first ? [{ code: veto.code, effect: veto.effect, grade: veto.grade, caseId: first.caseId }] : [];
  });
  // The worst wins. A cap that the score lies under anyway decides nothing.
  const worst = (effect: GradeVeto['effect']): VetoApplied | undefined =>
    applied.filter((veto) => veto.effect === effect).sort((a, b) => rank(b.grade) - rank(a.grade))[0];
  const set = worst('set') ?? null;
  const cap = worst('cap');
  return cap && rank(cap.grade) > rank(set?.grade ?? scored) ? cap : set;
}

function reaches(veto: GradeVeto, listing: HeldListing): boolean {
  return veto.whenList === 'serious' ? listing.serious : veto.whenList.includes(listing.listType);
}

function byBeginning(a: HeldListing, b: HeldListing): number {
  const [x, y] = [`${a.inForceOn} ${a.caseId}`, `${b.inForceOn} ${b.caseId}`];
  return x < y ? -1 : x > y ? 1 : 0;
}

function nextChange(model: GradeModel, records: readonly HeldRecord[], asOf: LocalDate): LocalDate | null {
  const days = records
    .filter((record) => record.withdrawnOn === null)
    .flatMap((record) => [
      record.decidedOn,
      ...model.indicators
        .filter((indicator) => counts(indicator, record))
        .map((indicator) => endOfWeight(indicator, record)),
    ])
    .filter((day): day is LocalDate => day !== null && day > asOf);
  return days.sort()[0] ?? null;
}
