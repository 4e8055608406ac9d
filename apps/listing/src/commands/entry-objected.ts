import { dateInWords } from '../documents/chinese.js';
import type { ListingCase } from '../domain/case/case.js';
import type { CommandOf } from '../domain/case/commands.js';
import { STATUS_ZH } from '../domain/case/names.js';
import type { Objected, RefusedRepair } from '../domain/objection/filing.js';
import { isLive, type Objection } from '../domain/objection/objection.js';
import type { RepairRequest } from '../domain/repair/entry.js';

/* What a case and an objection to its entry are to each other, without a database: the walks go over these, too. */

/**
 * The entry as something that is objected to.
 *
 * @param filed every objection to this entry that was filed
 * @param refusedRepairs requests for repair that were answered against the party
 */
export function entryObjected(
  state: ListingCase,
  about: Objection['about'],
  {
    filed,
    refusedRepairs,
    superior = null,
  }: { filed: readonly Objection[]; refusedRepairs: readonly RefusedRepair[] } & Pick<Objected, 'superior'>,
): Objected {
  const open = filed.find((one) => isLive(one) && one.about === about);
  return {
    caseId: state.id,
    caseNo: state.no,
    subjectId: state.subject.id,
    department: state.department,
    ...('decision' in state ? { decidedOn: state.decision.decidedOn } : {}),
    servedOn: 'service' in state ? (state.service?.servedOn ?? null) : null,
    publishedOn:
      'publication' in state && 'publishedOn' in state.publication ? state.publication.publishedOn : null,
    status: state.status,
    statusZh: STATUS_ZH[state.status],
    decided: 'decision' in state && !wasUndone(state),
    expiredOn: 'end' in state && state.end.kind === 'expired' ? state.end.endedOn : null,
    refusedRepairs,
    superior,
    earlier: filed,
    sameOpen: open?.id ?? null,
  };
}

/** Revoked, or taken off as wrong: nothing of it is left that one could object to. */
export function wasUndone(state: ListingCase): boolean {
  return 'end' in state && (state.end.kind === 'revoked' || state.end.kind === 'corrected');
}

/** Those who made the listing, and those who answered a repair. */
export function madeBy(state: ListingCase): string[] {
  const granted = 'entry' in state ? state.entry.granted.map(({ by }) => by.id) : [];
  if (!('decision' in state)) return [...state.handlers];
  return [...state.handlers, state.review.by.id, state.approval.by.id, state.decision.by.id, ...granted];
}

/** Whether this step ended it: what is done with one that is over, as the service of its decision, settles nothing anew. */
export function endedNow(before: Objection, after: Objection): boolean {
  return isLive(before) && !isLive(after);
}

/**
 * What the end of an objection does to the entry.
 *
 * @param asked of an objection to the answer to a repair: the request as it was asked, which opens again where that is set
 *   aside
 * @returns null while it is open, and where the entry itself was undone
 */
export function settlingOf(
  objection: Objection,
  asked: RepairRequest | undefined,
): CommandOf<'settle-objection'> | null {
  const how = outcomeOf(objection);
  if (how === null) return null;
  const { outcome, corrected, reasons, remedies, answers, unlifted } = how;
  const { id: objectionId, about, receivedOn } = objection;
  const again = asked && {
    ...asked,
    status: 'requested' as const,
    acceptedOn: null,
    acceptedBy: null,
    verification: null,
  };
  return {
    type: 'settle-objection',
    objectionId,
    about,
    receivedOn,
    outcome,
    corrected,
    reasons,
    // A court above that is no unit here writes its own letter.
    ...(remedies === undefined || (objection.review && !objection.review.unit) ? {} : { remedies }),
    ...reviewedAbove(objection),
    ...(answers ? { answers } : {}),
    ...(unlifted ? { unlifted } : {}),
    reopened: again ?? null,
  };
}

/** Who signs the decision on a review, and against what. */
function reviewedAbove(objection: Objection): Pick<CommandOf<'settle-objection'>, 'review'> {
  const { review } = objection;
  if (objection.status !== 'decided' || review?.unit === undefined) return {};
  const { unit, servedOn } = review;
  return { review: { unit, no: objection.decision.no ?? null, rejectionServedOn: servedOn } };
}

function outcomeOf(
  objection: Objection,
): Pick<
  CommandOf<'settle-objection'>,
  'outcome' | 'corrected' | 'reasons' | 'remedies' | 'answers' | 'unlifted'
> | null {
  switch (objection.status) {
    case 'decided':
      return objection.decision;
    case 'not-accepted': {
      const { reasons, remedies } = objection;
      return { outcome: 'not-accepted', corrected: {}, reasons, remedies };
    }
    case 'withdrawn': {
      const outcome = objection.begun === undefined ? 'withdrawn' : 'terminated';
      return { outcome, corrected: {}, reasons: withdrawnBecause(objection) };
    }
    case 'filed':
    case 'open':
    case 'lapsed':
      return null;
    default:
      return objection satisfies never;
  }
}

function withdrawnBecause({ begun, begunOn }: Extract<Objection, { status: 'withdrawn' }>): string {
  if (begun === undefined) return '当事人撤回异议';
  const what = begun === 'suit' ? '提起行政诉讼' : '申请行政复议';
  return `当事人${begunOn === undefined ? '' : `于${dateInWords(begunOn)}`}${what},视为撤回异议`;
}
