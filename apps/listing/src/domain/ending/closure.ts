import { type LocalDate, localDateOf } from '#kernel';
import { type Closed, type Ended, partyOf } from '../case/case.js';
import type { Circumstances, CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import type { Receipt, ReceiptKind, Urging } from './receipt.js';

/*
 * One end, provable: everything that a listing brought about is undone, and each undoing is a receipt. The
 * case closes when none is missing. Receipts arrive by events, in any order, some before the listing ended.
 */

/** A discipline action as far as it is known here; either event may come first. */
export interface OrderedAction {
  id: string;
  executor: string;
}

/** What is known of the consequences of a listing. */
export interface Consequences {
  /** How many actions `measures` ordered; null as long as it has not said so. */
  actionsOrdered: number | null;
  actions: readonly OrderedAction[];
  receipts: readonly Receipt[];
}

export interface MissingReceipt {
  kind: ReceiptKind;
  ref: string;
  /** From whom it is awaited. */
  from: string;
}

/** Who holds the credit file, from which departments are told what is listed. */
export const SHARER = 'records';

/** The receipts that are still awaited, in the order of the law: publication, sharing, discipline, grade, telling. */
export function missingReceipts(state: Ended | Closed, known: Consequences): MissingReceipt[] {
  const missing = missingOf(state, known);
  const owing = new Set(missing.filter(({ kind }) => kind === 'discipline-lifted').map(({ from }) => from));
  // What is urged for the action that is still to be confirmed is one thing with it.
  const urged = [...new Set(openUrgings(state, known).map(({ unit }) => unit))].filter(
    (unit) => !owing.has(unit),
  );
  return [
    ...missing,
    ...urged.map((unit) => ({ kind: 'discipline-lifted' as const, ref: '(urged)', from: unit })),
  ];
}

/**
 * Units that were found not to have lifted and have not lifted since: neither was it fed back, nor did the unit confirm
 * every action of its own on that day or later.
 */
function openUrgings({ end: { urged = [] } }: Pick<Ended | Closed, 'end'>, known: Consequences): Urging[] {
  return urged.filter(({ unit, on, answer }) => answer === null && !confirmedSince(unit, on, known));
}

function confirmedSince(unit: string, since: LocalDate, { actions, receipts }: Consequences): boolean {
  const own = actions.filter(({ executor }) => executor === unit);
  const lifted = receipts.filter(
    ({ kind, ref }) => kind === 'discipline-lifted' && own.some(({ id }) => id === ref),
  );
  return (
    lifted.length > 0 && lifted.length === own.length && lifted.some(({ at }) => localDateOf(at) >= since)
  );
}

function missingOf(state: Ended | Closed, known: Consequences): MissingReceipt[] {
  const arrived = new Set(known.receipts.map((receipt) => `${receipt.kind} ${receipt.ref}`));
  return expectedReceipts(state, known).filter((receipt) => !arrived.has(`${receipt.kind} ${receipt.ref}`));
}

function expectedReceipts(state: Ended | Closed, known: Consequences): MissingReceipt[] {
  const shown = state.publication.status === 'ended';
  // A decision that never took effect ordered nothing and changed no grade; it was only told.
  const took = state.inForceOn !== null;
  const units = [...new Set([state.department, ...known.actions.map((action) => action.executor)])].sort();
  return [
    ...(shown ? [{ kind: 'publication-ended' as const, ref: '', from: state.department }] : []),
    ...(took ? [{ kind: 'sharing-stopped' as const, ref: SHARER, from: SHARER }] : []),
    ...(took ? expectedLifts(known) : []),
    // Told also for kinds of subject that no model grades: every listing gets its answer.
    ...(took ? [{ kind: 'grade-computed' as const, ref: '', from: 'grading' }] : []),
    { kind: 'party-told' as const, ref: '', from: partyOf(state.subject) },
    ...units.map((unit) => ({ kind: 'departments-told' as const, ref: unit, from: unit })),
  ];
}

function expectedLifts({ actionsOrdered, actions }: Consequences): MissingReceipt[] {
  const lifts = actions.map((action) => ({
    kind: 'discipline-lifted' as const,
    ref: action.id,
    from: action.executor,
  }));
  // Until all orders are known, nobody can say that all are lifted.
  const unknown = actionsOrdered === null || actions.length < actionsOrdered;
  return unknown
    ? [...lifts, { kind: 'discipline-lifted', ref: '(orders not known yet)', from: 'measures' }]
    : lifts;
}

/** Every receipt has come. */
export function close(command: CommandOf<'close'>, { today }: Circumstances): Fact[] {
  const closedOn: LocalDate = today;
  return [{ type: 'closed', closedOn, receipts: command.receipts }];
}
