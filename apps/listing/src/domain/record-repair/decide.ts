import { deadline, type LocalDate, periodEnd, Refusal } from '#kernel';
import type { Hand } from '../hand.js';
import { notPossibleFacts } from '../not-possible.js';
import { conditionsInWords } from '../repair/condition-words.js';
import { checkComplete, handIn, type HandingIn, nothingHandedIn, tookIn } from '../repair/handed-in.js';
import type { RecordRepairFact } from './facts.js';
import { clocksOfRequest, maskingDue, materialLawOn, procedureOn, type RecordRepairRules } from './law.js';
import { RECORD_REPAIR_LIFECYCLE, type RecordRepairCondition, recordRepairStep } from './lifecycle.js';
import { RECORD_REPAIR_ACTION_ZH, RECORD_REPAIR_STATUS_ZH } from './names.js';
import { recordRepairRefusals as refusals } from './refusals.js';
import { aimOf, isOpen, type RecordRepair, type RecordRepairClock, type Verified } from './repair.js';

/** What somebody wants to be done with a request for the repair of a record. */
export type RecordRepairCommand =
  | { type: 'supplement'; handingIn: HandingIn }
  | { type: 'acceptance'; accepted: boolean; text: string }
  | {
      type: 'verification';
      text: string;
      conditions: { code: string; met: boolean }[];
      ownTermEndsOn?: LocalDate;
    }
  | { type: 'extension'; reasons: string }
  | { type: 'decision'; granted: boolean; reasons: string }
  | { type: 'withdrawal' }
  /** Of a masked record: the plan failed, or the stay is over; by the document that says so. */
  | { type: 'resumption'; documentNo: string; reasons: string }
  /** The ruling that the plan is carried out (order 36 art. 20): the repair for good. */
  | { type: 'completion'; documentNo: string; reasons: string }
  | { type: 'false-application'; cause: 'false-material' | 'broken-commitment'; reasons: string }
  | { type: 'reopen'; objectionId: string }
  | { type: 'lapse'; reason: string }
  | { type: 'mark-overdue'; clock: RecordRepairClock };
type CommandOf<T extends RecordRepairCommand['type']> = Extract<RecordRepairCommand, { type: T }>;

export interface RecordRepairLook {
  rules: RecordRepairRules;
  today: LocalDate;
  actor: Hand;
}

/**
 * What follows from a command: facts, or a Refusal. The decision is a person's; a clock or an event that comes for
 * a request that is answered brings about nothing.
 */
export function decideRecordRepair(
  repair: RecordRepair,
  command: RecordRepairCommand,
  look: RecordRepairLook,
): RecordRepairFact[] {
  const step = recordRepairStep(repair.status, command.type);
  if (!step) {
    if (command.type === 'lapse' || command.type === 'reopen' || command.type === 'mark-overdue') return [];
    throw repairActionNotPossible(repair, command.type);
  }
  for (const condition of step.conditions ?? []) RECORD_REPAIR_CONDITIONS[condition](repair, look);
  return factsOf(repair, command, look);
}

/** The table has no such row. */
export function repairActionNotPossible(repair: RecordRepair, action: RecordRepairCommand['type']): Refusal {
  const rows = RECORD_REPAIR_LIFECYCLE.filter((step) => step.action === action);
  const names = { statuses: RECORD_REPAIR_STATUS_ZH, actions: RECORD_REPAIR_ACTION_ZH };
  return refusals.refusal('repair.action-not-possible', notPossibleFacts(repair, action, rows, names));
}

/** What each condition of the table asks; throws its refusal where it does not hold. */
export const RECORD_REPAIR_CONDITIONS: Readonly<
  Record<RecordRepairCondition, (repair: RecordRepair, look: RecordRepairLook) => void>
> = {
  'another-than-handled': (repair, { actor }) => {
    const hands = [
      'acceptance' in repair ? repair.acceptance.by.id : null,
      'verification' in repair ? (repair.verification?.by.id ?? null) : null,
      ...tookIn(repair.handedIn),
    ];
    if (hands.includes(actor.id)) throw refusals.refusal('repair.another-person');
  },
  // Nobody judges what they granted.
  'another-than-granted': (repair, { actor }) => {
    if ('answer' in repair && repair.answer.by.id === actor.id)
      throw refusals.refusal('repair.another-person');
  },
  'of-a-plan': (repair) => {
    if (aimOf(repair) !== 'plan') throw refusals.refusal('repair.not-of-a-plan');
  },
  extensible: ({ decisionDue, extension, extended }) => {
    if (decisionDue === null || extension === null || extended !== null)
      throw refusals.refusal('repair.not-extensible');
  },
  'before-decision-due': ({ decisionDue }, { today }) => {
    if (decisionDue !== null && today > decisionDue)
      throw refusals.refusal('repair.extension-late', { due: decisionDue });
  },
};

function factsOf(
  repair: RecordRepair,
  command: RecordRepairCommand,
  look: RecordRepairLook,
): RecordRepairFact[] {
  const { today, actor } = look;
  switch (command.type) {
    case 'supplement':
      return [supplement(repair, command, look)];
    case 'acceptance':
      return [accept(repair, command, look)];
    case 'verification':
      return [verify(repair, command, look)];
    case 'extension': {
      const decisionDue = deadline(look.rules.calendar, repair.decisionDue!, repair.extension!);
      return [{ type: 'extended', decisionDue, reasons: command.reasons, on: today, by: actor }];
    }
    case 'decision': {
      const answer = { text: command.reasons, on: today, by: actor };
      if (!command.granted) return [{ type: 'refused', answer }];
      checkVerified(repair, look.rules);
      if (aimOf(repair) !== 'repair') return [{ type: 'masked', answer }];
      checkOwnTerm(repair, today);
      return [{ type: 'granted', answer }];
    }
    case 'resumption': {
      const { documentNo, reasons } = command;
      return [{ type: 'resumed', resumption: { documentNo, reasons, on: today, by: actor } }];
    }
    case 'completion': {
      checkOwnTerm(repair, today);
      const text = `${command.reasons}(${command.documentNo})`;
      return [{ type: 'granted', answer: { text, on: today, by: actor } }];
    }
    case 'withdrawal':
      return [{ type: 'withdrawn', on: today, by: actor }];
    case 'false-application':
      return [findFalse(repair, command, look)];
    case 'reopen': {
      const clocks =
        aimOf(repair) === 'repair'
          ? clocksOfRequest(look.rules, repair.department, today)
          : { acceptanceDue: null, decisionDue: maskingDue(look.rules, aimOf(repair), today) };
      return [{ type: 'reopened', on: today, objectionId: command.objectionId, ...clocks }];
    }
    case 'lapse':
      return [{ type: 'lapsed', on: today, reason: command.reason }];
    case 'mark-overdue': {
      const running = recordRepairClocks(repair).find(({ clock }) => clock === command.clock);
      if (!running || today <= running.dueOn || repair.overdue.includes(command.clock)) return [];
      return [{ type: 'overdue', clock: command.clock, due: running.dueOn }];
    }
    default:
      return command satisfies never;
  }
}

/** 补正: the party hands in what is missing, until the request is answered; a handler what came on paper. */
function supplement(
  { handedIn: before = nothingHandedIn(null, 'repair') }: RecordRepair,
  { handingIn }: CommandOf<'supplement'>,
  { rules, today, actor }: RecordRepairLook,
): RecordRepairFact {
  const by = { today, actor, byParty: actor.department === null };
  const handedIn = handIn(before, handingIn, materialLawOn(rules, today), by);
  return { type: 'supplemented', handedIn, on: today, by: actor };
}

function accept(
  repair: RecordRepair,
  { accepted, text }: CommandOf<'acceptance'>,
  { rules, today, actor }: RecordRepairLook,
): RecordRepairFact {
  const said = { text, on: today, by: actor };
  if (!accepted) return { type: 'not-accepted', answer: said };
  const { decide, decisionDue, handedIn, requestedOn, reopenedOn = requestedOn } = repair;
  checkComplete(handedIn);
  // From receipt it is known since then, unless the calendar of that year was not loaded: then it is counted now.
  const fromReceipt = decisionDue ?? maskingDue(rules, aimOf(repair), reopenedOn);
  const due = decide === null ? fromReceipt : deadline(rules.calendar, today, decide);
  return { type: 'accepted', acceptance: said, decisionDue: due };
}

function verify(
  { conditions: asked }: RecordRepair,
  { text, conditions, ownTermEndsOn }: CommandOf<'verification'>,
  { rules, today, actor }: RecordRepairLook,
): RecordRepairFact {
  const named = new Set(conditions.map(({ code }) => code));
  const missing = asked.filter((code) => !named.has(code));
  if (missing.length > 0)
    throw refusals.refusal(
      'repair.verification-incomplete',
      { conditions: missing.join(', '), conditionsZh: conditionsInWords(missing, rules) },
      'conditions',
    );
  const verification = { text, conditions, on: today, by: actor };
  return { type: 'verified', verification, ownTermEndsOn: ownTermEndsOn ?? null };
}

/** A grant rests on what was found. */
function checkVerified(repair: RecordRepair, rules: RecordRepairRules): asserts repair is Verified {
  if (repair.status !== 'verified') throw refusals.refusal('repair.not-verified');
  const { verification, conditions } = repair;
  const unmet = verification.conditions.filter(({ code, met }) => !met && conditions.includes(code));
  if (unmet.length === 0) return;
  const codes = unmet.map(({ code }) => code);
  throw refusals.refusal('repair.condition-unmet', {
    conditions: codes.join(', '),
    conditionsZh: conditionsInWords(codes, rules),
  });
}

/** Never ends the publication before the penalty's own term does (art. 12); a masking ends nothing. */
function checkOwnTerm(repair: RecordRepair, today: LocalDate): void {
  const ownTermEndsOn = 'ownTermEndsOn' in repair ? repair.ownTermEndsOn : null;
  if (ownTermEndsOn !== null && today <= ownTermEndsOn)
    throw refusals.refusal('repair.own-term-running', { until: ownTermEndsOn });
}

/**
 * Order 36 art. 25, order 107 art. 23: the false application is put on record and shown three years without an
 * earlier end, the original record cannot be repaired for three years.
 */
function findFalse(
  { department }: RecordRepair,
  { cause, reasons }: CommandOf<'false-application'>,
  { rules, today, actor }: RecordRepairLook,
): RecordRepairFact {
  const rule = procedureOn(rules, department, today)?.falseMaterial;
  if (!rule) throw refusals.refusal('repair.false-not-regulated', { day: today });
  const shownUntil = periodEnd(today, rule.published);
  const barredUntil = periodEnd(today, rule.bar);
  return { type: 'found-false', found: { cause, reasons, on: today, by: actor, shownUntil, barredUntil } };
}

/** The clocks of a request follow from its state alone. */
export function recordRepairClocks(repair: RecordRepair): { clock: RecordRepairClock; dueOn: LocalDate }[] {
  if (!isOpen(repair)) return [];
  const { status, acceptanceDue, decisionDue } = repair;
  return [
    ...(status === 'requested' && acceptanceDue !== null
      ? [{ clock: 'acceptance' as const, dueOn: acceptanceDue }]
      : []),
    ...(decisionDue === null ? [] : [{ clock: 'decision' as const, dueOn: decisionDue }]),
  ];
}
