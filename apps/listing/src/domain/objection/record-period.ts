import { addDays, compareDates, type LocalDate } from '#kernel';
import { publicationOf, type RecordRepairRules } from '../record-repair/law.js';
import type { RecordToRepair } from '../record-repair/request.js';
import type { SitePublication } from '../repair/site-publication.js';
import { objectionRefusals } from './refusals.js';

/**
 * The last day of publication that a record should have instead: not beyond the longest period of its kind, nor before
 * the shortest is over (order 36 art. 12).
 *
 * @throws Refusal `objection.period-beyond`
 */
export function checkCorrectedPeriod(
  { decidedOn, severity, subject }: RecordToRepair,
  values: object,
  rules: RecordRepairRules,
  field: 'asked' | 'corrected',
): void {
  const { publishedUntil } = values as { publishedUntil?: string };
  if (publishedUntil === undefined) return;
  const limits =
    severity === 'none' ? null : publicationOf(rules, { decidedOn, kind: severity }, subject.kind);
  // The last day of the shortest publication; repair may be asked from the day after.
  const earliest = shortestUntil(limits) ?? decidedOn;
  const latest = limits?.endsOn ?? null;
  const before = compareDates(publishedUntil, earliest) < 0;
  const beyond = limits === null || (latest !== null && compareDates(publishedUntil, latest) > 0);
  if (before || beyond)
    throw objectionRefusals.refusal('objection.period-beyond', { earliest, latest: latest ?? '—' }, field);
}

function shortestUntil(limits: SitePublication | null): LocalDate | null {
  if (limits === null) return null;
  return limits.repairableFrom > limits.from ? addDays(limits.repairableFrom, -1) : limits.from;
}
