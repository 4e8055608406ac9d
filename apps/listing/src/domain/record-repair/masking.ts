import type { LocalDate } from '#kernel';
import type { Hand } from '../hand.js';
import { handIn, type HandingIn, nothingHandedIn } from '../repair/handed-in.js';
import type { RecordRepairFact } from './facts.js';
import { maskingDue, maskingLawOn, materialLawOn, type RecordRepairRules } from './law.js';
import { recordRepairRefusals as refusals } from './refusals.js';
import { type RecordToRepair, shownRecord } from './request.js';

/*
 * A published record that is shown to nobody for a time, by order 36: art. 20, while an approved reorganisation plan or
 * settlement of the enterprise is carried out; art. 19, while a review body or court has stopped the execution of the
 * penalty. Neither needs the shortest publication to be over, nor a correction: it is not the repair, which comes with
 * the ruling that the plan is carried out, or with the end of the proceedings. The time of the publication runs on.
 */

export interface MaskingApplication {
  id: string;
  aim: 'plan' | 'stay';
  /** The ruling that approved the plan or settlement, or the decision that stopped the execution. */
  rulingNo: string;
  statement: string;
  materials: string[];
  handingIn?: HandingIn;
}

const CONDITIONS = { plan: 'bankruptcy-plan-approved', stay: 'execution-stopped' } as const;

/**
 * Asked of the finder, also of a record on which an entry rests: the entry is lifted by its own procedure, the penalty
 * is published beside it.
 *
 * @throws Refusal `repair.not-published`, `repair.masking-not-provided`, `repair.plan-enterprise-only`,
 *   `repair.stay-of-organisations-only`, `repair.ruling-missing`, `repair.open-already`, `repair.barred`,
 *   `calendar.year-unknown`
 */
export function requestRecordMasking(
  record: RecordToRepair,
  { id, aim, rulingNo, statement, materials, handingIn }: MaskingApplication,
  rules: RecordRepairRules,
  { today, actor }: { today: LocalDate; actor: Hand },
): Extract<RecordRepairFact, { type: 'requested' }> {
  const { documentNo, openRepair, barredUntil, subject, department } = record;
  if (subject.kind === 'natural-person')
    throw refusals.refusal(
      aim === 'plan' ? 'repair.plan-enterprise-only' : 'repair.stay-of-organisations-only',
    );
  const shown = shownRecord(record, rules, today);
  if (!shown) throw refusals.refusal('repair.not-published', { documentNo });
  const law = maskingLawOn(rules, aim, today);
  if (!law) throw refusals.refusal('repair.masking-not-provided', { day: today });
  if (rulingNo.trim() === '') throw refusals.refusal('repair.ruling-missing', {}, 'rulingNo');
  if (openRepair !== null)
    throw refusals.refusal('repair.open-already', { documentNo, repairId: openRepair });
  // Art. 25 bars another application; a stay is the review body's or the court's, and nothing that is applied for.
  if (aim === 'plan' && barredUntil !== null && today <= barredUntil)
    throw refusals.refusal('repair.barred', { until: barredUntil });
  const decisionDue = maskingDue(rules, aim, today);
  const asked = materialLawOn(rules, today);
  // Art. 19 names no materials for a stay.
  const demanded = nothingHandedIn(aim === 'plan' ? asked : null, 'plan');
  const byParty = actor.department === null;
  return {
    type: 'requested',
    request: {
      status: 'requested',
      id,
      aim,
      rulingNo,
      record: shown.record,
      subject,
      department,
      publicationRule: shown.publication.rule,
      procedureRule: law.id,
      repairableFrom: shown.publication.repairableFrom,
      requestedOn: today,
      requestedBy: actor,
      correctedOn: null,
      statement,
      materials,
      handedIn: handingIn ? handIn(demanded, handingIn, asked, { today, actor, byParty }) : demanded,
      conditions: [CONDITIONS[aim]],
      decide: null,
      extension: null,
      acceptanceDue: null,
      decisionDue,
      extended: null,
      overdue: [],
    },
  };
}
