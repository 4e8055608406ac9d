import { deadline, type LocalDate, Refusal, whereKnown } from '#kernel';
import type { Hand } from '../hand.js';
import { notPossibleFacts } from '../not-possible.js';
import { answersOf, correctedBy } from './asked.js';
import { decisionDue } from './due-day.js';
import type { ObjectionFact } from './facts.js';
import { OBJECTION_LIFECYCLE, objectionStep, type ObjectionCondition } from './lifecycle.js';
import { OBJECTION_ACTION_ZH, OBJECTION_STATUS_ZH } from './names.js';
import {
  OF_ENTRY,
  OF_RECORD,
  type Begun,
  type CorrectedValues,
  type HelpRequest,
  type Objection,
  type LateClock,
  type ObjectionClock,
} from './objection.js';
import { objectionRefusals } from './refusals.js';
import { checkUnlifted } from './lifting.js';
import { type ObjectionRules, ruleOf } from './rules.js';
import { demandNotBefore } from '../case/days.js';
import { deliver, type DeliveryClaim } from '../procedure/service.js';
import type { Rules } from '../rules/rules.js';

/** What somebody wants to be done with an objection. */
export type ObjectionCommand =
  | { type: 'acceptance' }
  | { type: 'non-acceptance'; reasons: string }
  | { type: 'help-request'; helpId: string; unit: string; question: string }
  | { type: 'help-answer'; helpId: string; text: string }
  | { type: 'pause'; why: 'test' | 'expert-review' }
  | { type: 'resumption' }
  | { type: 'extension'; until: LocalDate; reason: string }
  | {
      type: 'decision';
      outcome: 'upheld' | 'partly-upheld' | 'rejected';
      reasons: string;
      corrected: CorrectedValues;
      /** Of the values that the party asked for, those that are right, by name or code; they need not be sent again. */
      adopted?: readonly string[];
      /** Those that are not, each with its reasons. */
      refused?: readonly { field: string; reasons: string }[];
      /** Number of the letter, where who decides gives one. */
      decisionNo?: string;
      /** Units that have not lifted though the term is over, of an appeal on that. */
      unlifted?: readonly string[];
    }
  | (DeliveryClaim & { type: 'service' })
  | { type: 'material-request'; text: string }
  | { type: 'material-receipt'; materials: string[]; receivedOn: LocalDate | null }
  | { type: 'withdrawal' }
  | { type: 'termination'; begun: Begun; begunOn: LocalDate }
  | { type: 'close-material' }
  | { type: 'lapse'; reason: string }
  | { type: 'mark-overdue'; clock: LateClock; helpId: string | null };

export interface ObjectionLook {
  rules: ObjectionRules;
  today: LocalDate;
  actor: Hand;
  /** Logins that handled, reviewed, approved or decided the case or the repair that is objected to. */
  madeBy: readonly string[];
  /** What is open to the party against the decision, by the list that the entry is on. */
  remedies: string;
  /** The rules of the procedure that hold today: by when a public notice counts as served. */
  procedure: Rules['procedure'];
  /** Whether a unit is in the register. */
  isUnit: (unit: string) => boolean;
}

/**
 * What follows from a command on an objection: facts, or a Refusal. A clock or an event that comes for one that
 * is over brings about nothing.
 */
export function decideObjection(
  objection: Objection,
  command: ObjectionCommand,
  look: ObjectionLook,
): ObjectionFact[] {
  const step = objectionStep(objection.status, command.type);
  if (!step) {
    if (FROM_OUTSIDE.has(command.type)) return [];
    throw notPossible(objection, command.type);
  }
  for (const condition of step.conditions ?? []) CONDITIONS[condition](objection, look);
  return factsOf(objection, command, look);
}

const FROM_OUTSIDE: ReadonlySet<ObjectionCommand['type']> = new Set([
  'lapse',
  'mark-overdue',
  'close-material',
]);

/** The table has no such row. */
export function notPossible(objection: Objection, action: ObjectionCommand['type']): Refusal {
  const rows = OBJECTION_LIFECYCLE.filter((step) => step.action === action);
  const names = { statuses: OBJECTION_STATUS_ZH, actions: OBJECTION_ACTION_ZH };
  return objectionRefusals.refusal(
    'objection.action-not-possible',
    notPossibleFacts(objection, action, rows, names),
  );
}

function factsOf(objection: Objection, command: ObjectionCommand, look: ObjectionLook): ObjectionFact[] {
  const { today, actor } = look;
  switch (command.type) {
    case 'acceptance':
      return [{ type: 'accepted', on: today, by: actor }];
    case 'non-acceptance': {
      const { reasons } = command;
      return [{ type: 'not-accepted', on: today, reasons, remedies: look.remedies, by: actor }];
    }
    case 'help-request':
      return askHelp(objection, command, look);
    case 'help-answer':
      return answerHelp(objection, command, look);
    case 'pause':
      return [{ type: 'paused', why: command.why, on: today, by: actor }];
    case 'resumption':
      return [{ type: 'resumed', on: today, by: actor }];
    case 'extension':
      return extend(objection, command, look);
    case 'decision':
      return settle(objection, command, look);
    case 'service': {
      const { type: _, ...claim } = command;
      return serveDecision(objection, claim, look);
    }
    case 'material-request':
      return [{ type: 'material-named', text: command.text, on: today, by: actor }];
    case 'material-receipt':
      return receiveMaterial(objection, command, look);
    case 'close-material':
      return closeMaterial(objection, look);
    case 'withdrawal':
      return [{ type: 'withdrawn', on: today, by: actor }];
    case 'termination':
      return terminate(objection, command, look);
    case 'lapse':
      return [{ type: 'lapsed', on: today, reason: command.reason }];
    case 'mark-overdue':
      return markOverdue(objection, command, look);
    default:
      return command satisfies never;
  }
}

/** What each condition of the table asks; throws its refusal where it does not hold. */
export const CONDITIONS: Readonly<
  Record<ObjectionCondition, (objection: Objection, look: ObjectionLook) => void>
> = {
  'another-than-handled': ({ handlers }, { actor }) => {
    if (handlers.includes(actor.id)) throw objectionRefusals.refusal('objection.another-person');
  },
  'another-than-listed': (_, { actor, madeBy }) => {
    if (madeBy.includes(actor.id)) throw objectionRefusals.refusal('objection.another-person');
  },
  // 法释〔2017〕7号 art. 12: 由上一级人民法院作出决定.
  'level-above': ({ review }, { actor }) => {
    if (review?.unit === undefined || actor.department === review.unit) return;
    const { unit, court: name } = review;
    throw objectionRefusals.refusal('objection.decided-above', { unit, name });
  },
  'not-served': (objection) => {
    const service = objection.status === 'decided' ? objection.service : undefined;
    if (service) throw objectionRefusals.refusal('objection.served-already', { servedOn: service.servedOn });
  },
  // A unit that does not answer in its two days cannot hold up the decision.
  'help-answered': ({ help }, { today }) => {
    const awaited = help.find(({ answer, due }) => answer === null && today <= due);
    if (awaited)
      throw objectionRefusals.refusal('objection.help-awaited', { unit: awaited.unit, due: awaited.due });
  },
  'not-paused': ({ pauses }) => {
    const open = pauses.find(({ to }) => to === null);
    if (open) throw objectionRefusals.refusal('objection.paused', { from: open.from });
  },
  paused: ({ pauses }) => {
    if (!pauses.some(({ to }) => to === null)) throw objectionRefusals.refusal('objection.not-paused');
  },
  pausable: (objection, { rules }) => {
    const { pausable, basis } = ruleOf(objection, rules);
    if (!pausable) throw objectionRefusals.refusal('objection.not-pausable', { basis });
  },
  'material-nameable': (objection, { rules, today }) => {
    const { material, basis } = ruleOf(objection, rules);
    if (!material) throw objectionRefusals.refusal('objection.material-not-nameable', { basis });
    if (objection.material)
      throw objectionRefusals.refusal('objection.material-named-once', { on: objection.material.on, basis });
    const lastDay = deadline(rules.calendar, objection.receivedOn, material);
    if (today > lastDay) throw objectionRefusals.refusal('objection.material-too-late', { lastDay, basis });
  },
  'material-awaited': ({ material }) => {
    if (material?.receivedOn !== null) throw objectionRefusals.refusal('objection.material-not-awaited');
  },
  refusable: (objection, { rules }) => {
    const { mayRefuse, basis } = ruleOf(objection, rules);
    if (!mayRefuse) throw objectionRefusals.refusal('objection.must-be-accepted', { basis });
  },
  'ends-with-suit': (objection, { rules }) => {
    const { endsWithSuit, basis } = ruleOf(objection, rules);
    if (!endsWithSuit) throw objectionRefusals.refusal('objection.goes-on', { basis });
  },
  extensible: (objection, { rules }) => {
    const { extensible, basis } = ruleOf(objection, rules);
    if (!extensible) throw objectionRefusals.refusal('objection.not-extensible', { basis });
  },
  // It must be told to the party beforehand, so not once the day has passed.
  'before-decision-due': (objection, { rules, today }) => {
    const due = decisionDue(objection, rules);
    if (due !== null && today > due) throw objectionRefusals.refusal('objection.extension-too-late', { due });
  },
};

type CommandOf<T extends ObjectionCommand['type']> = Extract<ObjectionCommand, { type: T }>;

/**
 * With the help of others the decision has seven working days instead of three (art. 39), whenever they are asked: what
 * was marked as late is late no more where the longer day still lies ahead.
 */
function askHelp(
  objection: Objection,
  { helpId: id, unit, question }: CommandOf<'help-request'>,
  { rules, today, actor, isUnit }: ObjectionLook,
): ObjectionFact[] {
  const { department } = objection;
  if (unit === department || !isUnit(unit))
    throw objectionRefusals.refusal('objection.helper-unknown', { unit }, 'unit');
  const due = deadline(rules.calendar, today, rules.help);
  const request: HelpRequest = { id, unit, question, askedOn: today, askedBy: actor, due, answer: null };
  const by = decisionDue({ ...objection, help: [...objection.help, request] }, rules);
  const inTimeAgain = objection.overdue.includes('decision') && by !== null && today <= by;
  return [{ type: 'help-requested', request, ...(inTimeAgain ? { decisionDue: by } : {}) }];
}

function answerHelp(
  { id, help }: Objection,
  { helpId, text }: CommandOf<'help-answer'>,
  { today, actor }: ObjectionLook,
): ObjectionFact[] {
  const asked = help.find((one) => one.id === helpId && one.unit === actor.department && one.answer === null);
  if (!asked) throw objectionRefusals.refusal('objection.help-unknown', { id, helpId });
  return [{ type: 'help-answered', helpId, unit: asked.unit, answer: { text, on: today, by: actor } }];
}

/**
 * 视为撤回 (科学技术活动违规行为调查处理规定 art. 41): review or suit begun after the acceptance, and within the time for the
 * decision. What was begun outside of it leaves the objection to be decided.
 *
 * @throws Refusal `objection.begun-in-future`, `objection.begun-out-of-time`
 */
function terminate(
  objection: Objection,
  { begun, begunOn }: CommandOf<'termination'>,
  { rules, today, actor }: ObjectionLook,
): ObjectionFact[] {
  if (begunOn > today) throw objectionRefusals.refusal('objection.begun-in-future', { today }, 'begunOn');
  const from = objection.clockFrom;
  const until = decisionDue(objection, rules);
  if ((from !== null && begunOn < from) || (until !== null && begunOn > until)) {
    const facts = { begunOn, from, until, basis: ruleOf(objection, rules).basis };
    throw objectionRefusals.refusal('objection.begun-out-of-time', facts, 'begunOn');
  }
  return [{ type: 'withdrawn', on: today, by: actor, begun, begunOn }];
}

/** Until when material may be named; null where the rule knows no such step, or it is done or over. */
function materialUntil(objection: Objection, rules: ObjectionRules): LocalDate | null {
  const { material } = ruleOf(objection, rules);
  if (!material || objection.material || objection.materialTimeOver) return null;
  return whereKnown(() => deadline(rules.calendar, objection.receivedOn, material));
}

function closeMaterial(objection: Objection, { rules, today }: ObjectionLook): ObjectionFact[] {
  const until = materialUntil(objection, rules);
  return until === null || today <= until ? [] : [{ type: 'material-time-over', on: today }];
}

/** The day on which it was received, where a handler enters it later; what came before it was named was there. */
function receiveMaterial(
  { material }: Objection,
  { materials, receivedOn }: CommandOf<'material-receipt'>,
  { today, actor }: ObjectionLook,
): ObjectionFact[] {
  const on = receivedOn ?? today;
  if (on > today) throw objectionRefusals.refusal('objection.received-in-future', { today }, 'receivedOn');
  if (material && on < material.on)
    throw objectionRefusals.refusal('objection.received-before-named', { on: material.on }, 'receivedOn');
  return [{ type: 'material-received', materials, on, by: actor }];
}

function extend(
  objection: Objection,
  { until, reason }: CommandOf<'extension'>,
  { rules, today, actor }: ObjectionLook,
): ObjectionFact[] {
  const due = decisionDue(objection, rules);
  if (due === null)
    throw objectionRefusals.refusal('objection.not-extensible', {
      basis: ruleOf(objection, rules).basis,
    });
  if (until <= due) throw objectionRefusals.refusal('objection.extension-not-longer', { due }, 'until');
  return [{ type: 'extended', extension: { until, reason, on: today, by: actor } }];
}

function settle(
  objection: Objection,
  command: CommandOf<'decision'>,
  { today, actor, remedies, isUnit }: ObjectionLook,
): ObjectionFact[] {
  const { about, recordId } = objection;
  const { outcome, reasons, decisionNo, unlifted = [] } = command;
  const corrected = correctedBy(objection, command);
  const may = recordId === undefined ? OF_ENTRY : OF_RECORD;
  // An empty list of what is to read otherwise corrects nothing.
  const fields = Object.keys(corrected).filter((key) => key !== 'fields' || corrected.fields?.length);
  const names = recordId === undefined ? [...may.fields, 'fields'] : may.fields;
  const unknown = fields.find((field) => !names.includes(field));
  if (unknown) {
    const facts = { field: unknown, fields: names.join(', ') };
    throw objectionRefusals.refusal('objection.field-not-correctable', facts, 'corrected');
  }
  const information = about === 'content' || about === 'period';
  if (outcome === 'partly-upheld' && !information)
    throw objectionRefusals.refusal('objection.not-in-part', {}, 'outcome');
  const corrects = information && outcome !== 'rejected';
  if (corrects && fields.length === 0)
    throw objectionRefusals.refusal('objection.correction-needed', {}, 'corrected');
  if (!corrects && fields.length > 0)
    throw objectionRefusals.refusal('objection.correction-without-need', {}, 'corrected');
  if (about === 'period' && fields.some((field) => field !== may.period))
    throw objectionRefusals.refusal('objection.period-only', {}, 'corrected');
  checkUnlifted(unlifted, { upheld: about === 'lifting' && outcome === 'upheld', isUnit });
  const answers = information ? answersOf(objection, command) : [];
  const said = {
    ...(answers.length > 0 ? { answers } : {}),
    ...(decisionNo ? { no: decisionNo } : {}),
    ...(unlifted.length > 0 ? { unlifted } : {}),
  };
  const decision = { outcome, reasons, remedies, corrected, ...said, on: today, by: actor };
  return [{ type: 'decided', decision }];
}

/** @throws Refusal those of `deliver`, and `listing.date-too-early` of a day before the decision */
function serveDecision(
  objection: Objection,
  claim: DeliveryClaim,
  { procedure, today, actor }: ObjectionLook,
): ObjectionFact[] {
  if (objection.status !== 'decided') throw new Error(`objection ${objection.id} is ${objection.status}`);
  const delivery = deliver(claim, { procedure }, today);
  const [field, day] =
    delivery.announcedOn === null
      ? (['servedOn', delivery.servedOn] as const)
      : (['announcedOn', delivery.announcedOn] as const);
  demandNotBefore(field, day, objection.decision.on);
  return [{ type: 'decision-served', delivery, by: actor }];
}

function markOverdue(
  objection: Objection,
  { clock, helpId }: CommandOf<'mark-overdue'>,
  { rules, today }: ObjectionLook,
): ObjectionFact[] {
  const running = objectionClocks(objection, rules).find(
    (one) => one.clock === clock && one.helpId === helpId,
  );
  const asked = objection.help.find(({ id }) => id === helpId);
  const marked = asked ? asked.late === true : objection.overdue.includes(clock);
  if (!running || today <= running.dueOn || marked) return [];
  return [{ type: 'overdue', clock, due: running.dueOn, helpId }];
}

export interface RunningObjectionClock {
  clock: ObjectionClock;
  dueOn: LocalDate;
  /** Which request for help. */
  helpId: string | null;
}

/** The clocks of an objection follow from its state alone. */
export function objectionClocks(objection: Objection, rules: ObjectionRules): RunningObjectionClock[] {
  const { receivedOn, help } = objection;
  if (objection.status === 'filed') {
    const { accept } = ruleOf(objection, rules);
    const dueOn = accept && whereKnown(() => deadline(rules.calendar, receivedOn, accept));
    return dueOn === null ? [] : [{ clock: 'acceptance', dueOn, helpId: null }];
  }
  if (objection.status !== 'open') return [];
  const due = decisionDue(objection, rules);
  const until = materialUntil(objection, rules);
  return [
    ...(until === null ? [] : [{ clock: 'material' as const, dueOn: until, helpId: null }]),
    ...(due === null ? [] : [{ clock: 'decision' as const, dueOn: due, helpId: null }]),
    ...help
      .filter(({ answer }) => answer === null)
      .map(({ id, due: dueOn }) => ({ clock: 'help' as const, dueOn, helpId: id })),
  ];
}
