import type { LocalDate, SubjectKind } from '#kernel';

/** One letter of the scale; a subject stands in the highest band whose `from` its score reaches. */
export interface GradeBand {
  grade: string;
  class: string;
  from: number;
}

export interface GradeClass {
  code: string;
  zh: string;
  en: string;
  supervisionZh: string;
  supervision: string;
}

export interface GradeIndicator {
  code: string;
  zh: string;
  en: string;
  source: string;
  severity?: string;
  performance?: 'kept' | 'broken';
  lists?: readonly string[];
  points: number;
  decayMonths: number | null;
  max: number | null;
}

export interface GradeVeto {
  code: string;
  zh: string;
  en: string;
  whenList: readonly string[] | 'serious';
  effect: 'set' | 'cap';
  grade: string;
  basis: readonly { instrument: string; number?: string; article?: string }[];
}

/** One published version of a grade model. */
export interface GradeModel {
  id: string;
  version: number;
  name: string;
  nameEn: string;
  subjectKinds: readonly SubjectKind[];
  scoreRange: { min: number; max: number };
  base: number;
  scale: readonly GradeBand[];
  classes: readonly GradeClass[];
  indicators: readonly GradeIndicator[];
  vetoes: readonly GradeVeto[];
  withoutRecords: string | null;
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
}

/** The bands from best to worst. */
export function bandsOf(model: Pick<GradeModel, 'scale'>): GradeBand[] {
  return [...model.scale].sort((a, b) => b.from - a.from);
}

/** The model for a kind of subject on a day; undefined where that kind is not graded (natural persons). */
export function modelFor(
  models: readonly GradeModel[],
  kind: SubjectKind,
  day: LocalDate,
): GradeModel | undefined {
  return models
    .filter((model) => model.subjectKinds.includes(kind))
    .filter(
      ({ validFrom, validTo }) =>
        (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo),
    )
    .sort((a, b) => b.version - a.version)[0];
}

/**
 * What is wrong with the models, in words: a model is checked when it is published, not when it runs.
 *
 * @returns empty when all may be used
 */
export function faultsOfModels(models: readonly GradeModel[]): string[] {
  return [...models.flatMap(faultsOfModel), ...overlaps(models)];
}

function faultsOfModel(model: GradeModel): string[] {
  const faults: string[] = [];
  const { min, max } = model.scoreRange;
  const grades = model.scale.map((band) => band.grade);
  const froms = model.scale.map((band) => band.from);
  const classes = new Set(model.classes.map((each) => each.code));
  if (min >= max) faults.push('the score range is empty');
  if (model.base < min || model.base > max) faults.push('the base lies outside the score range');
  if (new Set(grades).size !== grades.length || new Set(froms).size !== froms.length)
    faults.push('the scale has two bands for one grade or bound');
  if (Math.min(...froms) !== min)
    faults.push(`the lowest band must start at ${min}, or some scores have no grade`);
  for (const band of model.scale)
    if (!classes.has(band.class)) faults.push(`grade ${band.grade} names the unknown class ${band.class}`);
  for (const veto of model.vetoes)
    if (!grades.includes(veto.grade)) faults.push(`${veto.code} names the unknown grade ${veto.grade}`);
  if (model.withoutRecords !== null && !grades.includes(model.withoutRecords))
    faults.push(`without records: unknown grade ${model.withoutRecords}`);
  const codes = [...model.indicators, ...model.vetoes].map((each) => each.code);
  for (const code of new Set(codes.filter((each, index) => codes.indexOf(each) !== index)))
    faults.push(`${code} is there twice`);
  for (const indicator of model.indicators) {
    if ((indicator.source === 'listing') !== (indicator.lists !== undefined))
      faults.push(`${indicator.code}: lists belong to the source listing, and it needs them`);
    if (indicator.decayMonths !== null && indicator.decayMonths < 1)
      faults.push(`${indicator.code} decays in no time`);
    if (indicator.max !== null && indicator.max < 0) faults.push(`${indicator.code} has a negative cap`);
  }
  return faults.map((fault) => `${model.id} version ${model.version}: ${fault}`);
}

/** Two models that grade one kind of subject on one day would leave open which of the two grades holds. */
function overlaps(models: readonly GradeModel[]): string[] {
  const faults: string[] = [];
  models.forEach((a, index) => {
    for (const b of models.slice(index + 1)) {
      const kind = a.subjectKinds.find((each) => b.subjectKinds.includes(each));
      const apart =
        (a.validTo !== null && b.validFrom !== null && a.validTo < b.validFrom) ||
        (b.validTo !== null && a.validFrom !== null && b.validTo < a.validFrom);
      if (kind && !apart)
        faults.push(
          `${a.id} version ${a.version} and ${b.id} version ${b.version} both grade ${kind} on one day`,
        );
    }
  });
  return faults;
}
