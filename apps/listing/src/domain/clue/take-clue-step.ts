import { deadline, type LocalDate, periodEnd, Refusal, type WorkingCalendar } from '#kernel';
import type { FoundingDocument } from '../case/case.js';
import type { Hand } from '../hand.js';
import { notPossibleFacts } from '../not-possible.js';
import type { Clue, ClueClock, RunningClueClock } from './clue.js';
import { clueRefusals } from './clue-refusals.js';
import {
  CLUE_ACTION_ZH,
  CLUE_LIFECYCLE,
  CLUE_STATUS_ZH,
  type ClueAction,
  type ClueCondition,
  clueRowsFor,
  type ClueStatus,
  clueStep,
} from './lifecycle.js';
import {
  demandMet,
  demandPressing,
  demandUnanswered,
  demandUrgedInVain,
  press,
  type PressingCommand,
} from './pressing.js';
import { mustBeAccepted } from './receive.js';

/** What somebody wants to be done with a clue. */
export type ClueCommand =
  | { type: 'acceptance'; accepted: boolean; reason: string }
  | { type: 'forwarding'; to: string }
  | { type: 'extension'; until: LocalDate; reasons: string }
  | { type: 'answer'; verified: boolean; reason: string; document?: FoundingDocument }
  | { type: 'opening'; caseId: string }
  | PressingCommand
  | { type: 'mark-overdue'; clock: ClueClock };
type CommandOf<T extends ClueCommand['type']> = Extract<ClueCommand, { type: T }>;

export interface ClueLook {
  today: LocalDate;
  actor: Hand;
  calendar: WorkingCalendar;
}

/**
 * The clue after the step; the only place where its status is assigned. A clock that comes for what is done, or was
 * marked before, changes nothing: the very same clue is returned.
 *
 * @throws Refusal `clue.*`, `calendar.year-unknown`
 */
export function takeClueStep(clue: Clue, command: ClueCommand, look: ClueLook): Clue {
  const step = clueStep(clue.status, command.type);
  if (!step) {
    if (command.type === 'mark-overdue') return clue;
    throw clueStepNotPossible(clue, command.type);
  }
  for (const condition of step.conditions ?? []) CLUE_CONDITIONS[condition](clue, look);
  switch (command.type) {
    case 'acceptance':
      return accept(clue, command, look);
    case 'forwarding':
      return forward(clue, command, look);
    case 'extension':
      return extend(clue, command, look);
    case 'feedback':
    case 'urging-letter':
    case 'interview':
    case 'circular':
    case 'correction-order':
      return { ...clue, pressed: press(clue, command, look) };
    case 'answer':
      return answer(clue, command, look);
    case 'opening':
      return open(clue, command);
    case 'mark-overdue': {
      const running = clue.clocks.find(({ clock }) => clock === command.clock);
      if (!running || look.today <= running.dueOn || clue.overdue.includes(command.clock)) return clue;
      return { ...clue, overdue: [...clue.overdue, command.clock] };
    }
    default:
      return command satisfies never;
  }
}

/** The table has no such row; what was answered, or carries a case, says so. */
export function clueStepNotPossible(clue: Clue, action: ClueAction): Refusal {
  const names = { status: clue.status, statusZh: CLUE_STATUS_ZH[clue.status] };
  if (action === 'opening') {
    if (clue.status === 'used')
      return clueRefusals.refusal('clue.used-already', { caseId: clue.caseId }, 'clueId');
    return clueRefusals.refusal('clue.not-verified', { id: clue.id, ...names }, 'clueId');
  }
  if (action === 'answer' && 'answer' in clue)
    return clueRefusals.refusal('clue.answered-already', { answeredOn: clue.answer.on, ...names });
  const rows = CLUE_LIFECYCLE.filter((step) => step.action === action);
  const facts = notPossibleFacts(clue, action, rows, { statuses: CLUE_STATUS_ZH, actions: CLUE_ACTION_ZH });
  return clueRefusals.refusal('clue.action-not-possible', facts);
}

/** What each condition of the table asks; throws its refusal where it does not hold. */
export const CLUE_CONDITIONS: Readonly<Record<ClueCondition, (clue: Clue, look: ClueLook) => void>> = {
  'acceptance-provided': (clue) => {
    if (!mustBeAccepted(clue)) throw clueRefusals.refusal('clue.acceptance-not-provided', { id: clue.id });
  },
  'forwarding-provided': ({ id, rule }) => {
    if (!rule?.forwarding) throw clueRefusals.refusal('clue.forwarding-not-provided', { id });
  },
  'nothing-before-answer': (clue) => {
    if (clue.status === 'received' && mustBeAccepted(clue))
      throw clueRefusals.refusal('clue.acceptance-first', { id: clue.id, basis: clue.rule!.cite });
    if (clue.status === 'accepted' && clue.rule?.forwarding)
      throw clueRefusals.refusal('clue.forwarding-first', { id: clue.id, basis: clue.rule.cite });
  },
  'result-extensible': (clue) => {
    if (!clue.rule?.result?.extension || !runningOf(clue, 'result'))
      throw clueRefusals.refusal('clue.extension-not-provided');
  },
  'pressing-provided': demandPressing,
  unanswered: demandUnanswered,
  'urged-in-vain': (clue, { today }) => demandUrgedInVain(clue, today),
  'interviewed-or-named': demandMet,
  'before-result-due': (clue, { today }) => {
    const running = runningOf(clue, 'result');
    if (running && today > running.dueOn)
      throw clueRefusals.refusal('clue.extension-late', { due: running.dueOn });
  },
};

/** A step that somebody may think of now; `refusal`: what stands against it. */
export interface PossibleClueStep {
  action: ClueAction;
  to: readonly ClueStatus[];
  refusal: Refusal | null;
}

/** What a login of the clue's unit may do now, from the table, and why not where it must wait. */
export function possibleClueSteps(clue: Clue, roles: readonly string[], look: ClueLook): PossibleClueStep[] {
  const against = (condition: ClueCondition): Refusal | null => {
    try {
      CLUE_CONDITIONS[condition](clue, look);
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  };
  const rows = clueRowsFor(clue.status, roles, (condition) => against(condition) === null);
  return rows.map(({ action, to, conditions = [] }) => ({
    action,
    to,
    refusal: conditions.map(against).find((one) => one !== null) ?? null,
  }));
}

function accept(
  clue: Clue,
  { accepted, reason }: CommandOf<'acceptance'>,
  { today, actor, calendar }: ClueLook,
): Clue {
  const acceptance = { accepted, reason, on: today, by: actor };
  if (!accepted) {
    const said = { reason, on: today, by: actor };
    return { ...clue, acceptance, clocks: [], status: 'dropped', answer: said };
  }
  const { forwarding, result } = clue.rule!;
  const clocks: RunningClueClock[] = [];
  if (forwarding?.period)
    clocks.push({ clock: 'forwarding', dueOn: deadline(calendar, today, forwarding.period) });
  if (result?.from === 'acceptance')
    clocks.push({ clock: 'result', dueOn: deadline(calendar, today, result.period) });
  return { ...clue, acceptance, clocks, status: 'accepted' };
}

function forward(clue: Clue, { to }: CommandOf<'forwarding'>, { today, actor, calendar }: ClueLook): Clue {
  const result = clue.rule?.result;
  const kept = clue.clocks.filter(({ clock }) => clock !== 'forwarding');
  const begun: RunningClueClock[] =
    result?.from === 'handling' ? [{ clock: 'result', dueOn: deadline(calendar, today, result.period) }] : [];
  const forwarding = { from: clue.department, to, on: today, by: actor };
  return { ...clue, forwarding, department: to, clocks: [...kept, ...begun], status: 'handled' };
}

function extend(clue: Clue, { until, reasons }: CommandOf<'extension'>, { today, actor }: ClueLook): Clue {
  const { dueOn: instead } = runningOf(clue, 'result')!;
  if (until <= instead) throw clueRefusals.refusal('clue.extension-not-later', { due: instead }, 'until');
  const longest = longestResult(clue);
  if (until > longest)
    throw clueRefusals.refusal(
      'clue.extension-too-long',
      { until: longest, basis: clue.rule!.cite },
      'until',
    );
  const extension = { until, reasons, instead, on: today, by: actor };
  const clocks = clue.clocks.map((one) => (one.clock === 'result' ? { ...one, dueOn: until } : one));
  return { ...clue, extensions: [...clue.extensions, extension], clocks };
}

/** The last day to which the result may be put off, however often; an upper bound is not moved by a day off. */
function longestResult(clue: Clue): LocalDate {
  const { from, extension } = clue.rule!.result!;
  const { atMost, from: counted } = extension!;
  if (counted === 'due')
    return periodEnd(clue.extensions[0]?.instead ?? runningOf(clue, 'result')!.dueOn, atMost);
  const begun = from === 'acceptance' ? clue.acceptance?.on : clue.forwarding?.on;
  return periodEnd(begun ?? clue.receivedOn, atMost);
}

function answer(clue: Clue, command: CommandOf<'answer'>, { today, actor }: ClueLook): Clue {
  const given = { on: today, by: actor, reason: command.reason };
  if (!command.verified) return { ...clue, clocks: [], status: 'dropped', answer: given };
  const { document } = command;
  // Ordinance art. 27: a finding rests on a document.
  if (!document) throw clueRefusals.refusal('clue.document-missing', {}, 'document');
  if (document.issuedOn > today)
    throw clueRefusals.refusal('clue.document-ahead', { today }, 'document.issuedOn');
  return { ...clue, clocks: [], status: 'verified', answer: given, document };
}

function open(clue: Clue, { caseId }: CommandOf<'opening'>): Clue {
  if (clue.status !== 'verified') throw clueStepNotPossible(clue, 'opening');
  return { ...clue, status: 'used', caseId };
}

function runningOf(clue: Clue, which: ClueClock): RunningClueClock | undefined {
  return clue.clocks.find(({ clock }) => clock === which);
}
