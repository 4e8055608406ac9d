import { measureProgressReported } from '#contracts';
import type { Publication } from '#messaging';
import type { ProgressReport } from '../store/measure.store.js';

/** The key is the measure: its reports stay in order. */
export function toldProgress(
  title: string,
  report: ProgressReport,
): Publication<typeof measureProgressReported> {
  const { number, unit, percent, text, reportedOn } = report;
  return {
    contract: measureProgressReported,
    subject: `measure-${number}`,
    data: { measure: number, title, unit, percent, text, reportedOn },
  };
}
