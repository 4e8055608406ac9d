import type { Grading, TraceLine } from './grade-of.js';
import type { GradeModel } from './model.js';

/** One indicator in words. */
export interface ExplainedLine extends TraceLine {
  zh: string;
  en: string;
  decayMonths: number | null;
  cap: number | null;
}

/** A grade that its subject can follow step by step. */
export interface Explanation {
  zh: string;
  en: string;
  base: number;
  lines: ExplainedLine[];
  score: number;
  scoreRange: { min: number; max: number };
  scored: string;
  veto:
    | (NonNullable<Grading['veto']> & {
        zh: string;
        en: string;
        basis: GradeModel['vetoes'][number]['basis'];
      })
    | null;
}

/** Puts a stored result into words with the model version that produced it. */
export function explain(model: GradeModel, result: Grading): Explanation {
  const lines = result.trace.map((line) => {
    const { zh, en, decayMonths, max } = model.indicators.find((each) => each.code === line.code)!;
    return { ...line, zh, en, decayMonths, cap: max };
  });
  const vetoed = model.vetoes.find((each) => each.code === result.veto?.code);
  const veto =
    result.veto && vetoed ? { ...result.veto, zh: vetoed.zh, en: vetoed.en, basis: vetoed.basis } : null;
  const counted = lines.filter((line) => line.counted.length > 0);
  const zh = [
    `基础分${model.base}分`,
    ...counted.map(
      (line) =>
        `${line.zh}${line.counted.length}项,${signed(line.points)}分${line.capped ? '(已达上限)' : ''}`,
    ),
    result.withoutRecords
      ? `无信用记录,评为${result.scored}级`
      : `合计${result.score}分,对应${result.scored}级`,
    ...(veto ? [`因${veto.zh},${veto.effect === 'set' ? '直接评为' : '等级不高于'}${veto.grade}级`] : []),
  ].join(';');
  const en = [
    `base ${model.base} points`,
    ...counted.map(
      (line) =>
        `${line.counted.length} × ${line.en}: ${signed(line.points)}${line.capped ? ' (cap reached)' : ''}`,
    ),
    result.withoutRecords
      ? `nothing held: grade ${result.scored}`
      : `score ${result.score}, which is grade ${result.scored}`,
    ...(veto ? [`${veto.en}: ${veto.effect === 'set' ? 'graded' : 'at best'} ${veto.grade}`] : []),
  ].join('; ');
  return {
    zh: `${zh}。`,
    en: `${en}.`,
    base: model.base,
    lines,
    score: result.score,
    scoreRange: model.scoreRange,
    scored: result.scored,
    veto,
  };
}

/** What the event says of a grade: each indicator that counted, in the words of the model. */
export function reasonsOf(
  model: GradeModel,
  result: Grading,
): { code: string; text: string; points: number }[] {
  return explain(model, result)
    .lines.filter((line) => line.counted.length > 0)
    .map(({ code, zh, points, counted }) => ({ code, text: `${zh}(${counted.length}项)`, points }));
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points);
}
