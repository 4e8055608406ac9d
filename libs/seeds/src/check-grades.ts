import type { Findings } from './contradiction.js';
import type { GradeModel } from './grade-model.js';
import type { Seeds } from './seed-files.js';

/** Grade models: bands without gap, indicators that mean something, vetoes that name what exists. */
export function checkGrades(seeds: Seeds, findings: Findings): void {
  const found = findings.in('grade-models');
  const lists = new Set<string>(seeds['list-types'].map((list) => list.key));
  for (const model of seeds['grade-models']) {
    const finds = (code: string, text: string) => found(`${model.id}/${model.version}`, code, text);
    checkScale(model, finds);
    const grades = new Set(model.scale.map((band) => band.grade));
    const codes = new Set<string>();
    for (const indicator of model.indicators) {
      if (codes.has(indicator.code)) finds('grade.code-duplicate', `${indicator.code} is given twice.`);
      codes.add(indicator.code);
      if (indicator.points === 0) finds('grade.indicator-idle', `${indicator.code} changes nothing.`);
      if (indicator.max !== null && indicator.max < Math.abs(indicator.points)) {
        finds('grade.indicator-cap', `${indicator.code} is capped below a single record.`);
      }
      for (const list of (indicator.lists ?? []).filter((key) => !lists.has(key))) {
        finds('grade.list-unknown', `${indicator.code} counts ${list}, which is no list type.`);
      }
      if ((indicator.source === 'listing') !== (indicator.lists !== undefined)) {
        finds('grade.indicator-lists', `${indicator.code}: lists belong to indicators on listings.`);
      }
    }
    for (const veto of model.vetoes) {
      if (codes.has(veto.code)) finds('grade.code-duplicate', `${veto.code} is given twice.`);
      codes.add(veto.code);
      if (!grades.has(veto.grade)) finds('grade.veto-grade-unknown', `${veto.code} sets ${veto.grade}.`);
      if (veto.basis.length === 0) finds('grade.veto-basis-missing', `${veto.code} cites no basis.`);
      for (const list of veto.whenList === 'serious' ? [] : veto.whenList.filter((key) => !lists.has(key))) {
        finds('grade.list-unknown', `${veto.code} waits for ${list}, which is no list type.`);
      }
    }
    if (model.withoutRecords !== null && !grades.has(model.withoutRecords)) {
      finds('grade.without-records', `${model.withoutRecords} is not on the scale.`);
    }
  }
}

function checkScale(model: GradeModel, finds: (code: string, text: string) => void): void {
  const { min, max } = model.scoreRange;
  if (model.base < min || model.base > max)
    finds('grade.base-outside', 'The base score lies outside the range.');
  const bounds = model.scale.map((band) => band.from);
  if (bounds.some((bound, index) => index > 0 && bound >= (bounds[index - 1] ?? bound))) {
    finds(
      'grade.scale-order',
      'Bands go down from the best grade, each from a lower bound than the one before.',
    );
  }
  if (bounds.at(-1) !== min) finds('grade.scale-gap', `The lowest band must start at ${min}.`);
  const classes = new Set(model.classes.map((one) => one.code));
  for (const band of model.scale.filter((one) => !classes.has(one.class))) {
    finds('grade.class-unknown', `${band.grade} is of the class ${band.class}, which is not described.`);
  }
}
