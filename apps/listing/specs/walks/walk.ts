import { addDays, type LocalDate, weekdayOf } from '#kernel';
import type { ListingCase } from '../../src/domain/case/case.js';
import type { Action, Command } from '../../src/domain/case/commands.js';
import { DECIDED, FINAL, stepOf, stepsFrom } from '../../src/domain/case/lifecycle.js';
import type { ActingRole, Step } from '../../src/domain/case/step.js';
import { OBJECTION_ABOUT } from '../../src/domain/objection/about.js';
import { OBJECTION_LIFECYCLE } from '../../src/domain/objection/lifecycle.js';
import { isLive } from '../../src/domain/objection/objection.js';
import { EARLIEST, LISTS_WALKED, type ListWalked } from '../lists-walked.js';
import { ranOut, runsOutOn } from '../run-out.js';
import { LAST_DAY, type Opening, penalty, people, type Person } from '../story.js';
import { conditionsHold } from './conditions-hold.js';
import { Draws } from './draws.js';
import { event, receive } from './events.js';
import { objectionRules, UNUSUAL_DAYS } from './law.js';
import { checkAfter, checkSwept, nothingCame } from './laws.js';
import { OBJECTION_WORDS, type Spot, type Taken, WORDS } from './steps.js';
import { rightWays, type Ways } from './ways.js';
import { type Done, World } from './world.js';

/** Beyond every fixed term: what is left then stays until somebody acts. */
const YEARS_LATER = 12 * 365;
/** Moves of one walk; some bring nothing about. */
const STEPS = 90;

/** A walk over everything, from the opening of a file until nothing of it is open. */
export function walk(list: ListWalked, seed: number, ways: Ways = rightWays): World {
  const draws = new Draws(seed);
  const world = new World(drawnOpening(list, draws), ways);
  world.fewPeople = draws.percent(40);
  const path = (line: string) => world.path.push(`${world.today} ${line}`);
  path(`opened: ${world.opening.list} ${world.opening.conductKind}, ${world.subject.kind}`);
  const taken = (done: () => Done): Done => {
    const before = { cases: world.cases, objections: world.objections };
    const did = done();
    if (did.refused === null) path(`${did.who}: ${did.command.type}`);
    checkAfter(world, before, did);
    return did;
  };
  const spot = (at: number): Spot => ({ world, at, draws });
  if (draws.percent(50)) straightOn(world, taken, draws);
  for (let left = STEPS; left > 0; left -= 1) {
    // What came too late for its own clock, as a service after the last day of the term, is swept at once.
    goOn(world, world.today, taken, false);
    draws.weighed<() => void>([
      [9, () => goOn(world, nextDay(world, draws), taken, draws.percent(15))],
      [14, () => caseStep(spot(atOf(world, draws)), taken)],
      [3, () => objectionStep(spot(atOf(world, draws)), taken)],
      [2, () => event(spot(atOf(world, draws)), taken)],
      [1, () => anything(spot(atOf(world, draws)), taken)],
    ])();
  }
  toRest(world, taken, draws);
  return world;
}

/** The lawful way, so that many walks begin where others seldom come: with an entry, or with one that was repaired. */
function straightOn(world: World, taken: Taken, draws: Draws): void {
  const way = [...ONTO_THE_LIST, ...(draws.percent(60) ? OFF_IT : [])];
  for (const { who, action, wait = 0, each } of way) {
    const day = addDays(world.today, wait);
    goOn(world, day > LAST_DAY ? LAST_DAY : day, taken, false);
    world.cases.forEach((_, at) => {
      if (at > 0 && !each) return;
      const { status } = world.cases[at]!.state;
      if (!stepOf(status, action)) return;
      tryAll({ world, at, draws }, who, WORDS[action]!({ world, at, draws }), taken);
    });
  }
}

interface Straight {
  who: Person;
  action: Action;
  /** Days before it. */
  wait?: number;
  /** Each party for itself. */
  each?: true;
}

const ONTO_THE_LIST: readonly Straight[] = [
  { who: 'handler', action: 'notice' },
  { who: 'reviewer', action: 'review', wait: 21 },
  { who: 'superior', action: 'consent' },
  { who: 'approver', action: 'approval' },
  { who: 'handler', action: 'decision', wait: 1 },
  { who: 'handler', action: 'service', wait: 2, each: true },
  { who: 'secrecy', action: 'publication', wait: 1, each: true },
];

const OFF_IT: readonly Straight[] = [
  { who: 'party', action: 'repair-request', wait: 420 },
  { who: 'handler', action: 'repair-acceptance', wait: 1 },
  { who: 'handler', action: 'repair-verification' },
  { who: 'otherApprover', action: 'repair-decision', wait: 1 },
];

/** With every trait that an opening can have, on any day on which the version holds. */
function drawnOpening({ openings, version }: ListWalked, draws: Draws) {
  const opening: Opening = draws.pick(openings);
  const first = version.validFrom > EARLIEST ? version.validFrom : EARLIEST;
  const last = version.validTo !== null && version.validTo < LAST_DAY ? version.validTo : '2026-06-20';
  const near = draws.percent(70);
  const days = daysBetween(first, last);
  const openedOn = draws.percent(30)
    ? (UNUSUAL_DAYS.filter((day) => day >= first && day <= last)[draws.below(80)] ?? first)
    : addDays(first, draws.below(near ? Math.min(days, 200) : days));
  const record = { ...penalty, decidedOn: addDays(openedOn, -draws.below(20)) };
  const second = { ...record, id: '0192f0c4-6c00-7000-8000-0000000000a2', documentNo: '（虚构）罚2号' };
  const document = { no: '（虚构）判1号', issuer: '（虚构）法院', title: '判决', issuedOn: record.decidedOn };
  const subject = { ...opening.subject!, region: draws.percent(20) ? '310000' : '230100' };
  return {
    ...opening,
    subject,
    openedOn,
    records: draws.percent(30) ? [record, second] : [record],
    ...(draws.percent(20) ? { documents: [document] } : {}),
    ...(draws.percent(50) ? { clockFrom: record.decidedOn } : {}),
  };
}

function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000));
}

/** Mostly the principal. */
function atOf({ cases }: World, draws: Draws): number {
  return draws.percent(75) ? 0 : draws.below(cases.length);
}

/** Today again, some days later, or a day on which something is decided: a due day, a month end, a holiday. */
function nextDay(world: World, draws: Draws): LocalDate {
  const { today, cases } = world;
  const due = cases.flatMap(({ state }) => world.clocks(state).map(({ dueOn }) => dueOn));
  const ahead = due.filter((day) => day >= today);
  const day = draws.weighed<() => LocalDate>([
    [5, () => addDays(today, draws.below(8))],
    [3, () => addDays(today, draws.pick([10, 15, 20, 30, 31]))],
    [4, () => addDays(today, draws.pick([60, 92, 181, 200, 366, 400]))],
    [3, () => (ahead.length > 0 ? draws.pick(ahead) : today)],
    [2, () => (ahead.length > 0 ? addDays(draws.pick(ahead), 1) : today)],
    [1, () => addDays(`${today.slice(0, 8)}28`, draws.below(5))],
    [1, () => UNUSUAL_DAYS.find((one) => one > today) ?? today],
    [1, () => nextWeekend(today)],
  ])();
  if (day < today) return today;
  return day > LAST_DAY ? (today > LAST_DAY ? today : LAST_DAY) : day;
}

function nextWeekend(today: LocalDate): LocalDate {
  let day = addDays(today, 1);
  while (weekdayOf(day) !== 6) day = addDays(day, 1);
  return day;
}

/** To that day, and what runs out on the way is brought about: each on its day, or where the sweep was late all at once. */
function goOn(world: World, day: LocalDate, taken: Taken, late: boolean): void {
  if (late) world.today = day;
  for (let next = dueNext(world, day); next; next = dueNext(world, day)) {
    if (world.today < next.on) world.today = next.on;
    const { cases, objections } = world;
    taken(next.run);
    if (world.cases === cases && world.objections === objections) nothingCame(world, next.what);
  }
  world.today = day;
  checkSwept(world);
}

interface Due {
  on: LocalDate;
  what: string;
  run: () => Done;
}

function dueNext(world: World, day: LocalDate): Due | undefined {
  const { cases, objections, ways } = world;
  const due: Due[] = [];
  cases.forEach(({ state }, at) => {
    for (const running of world.clocks(state)) {
      const { clock, letterId } = running;
      if (!ranOut(running, day) || isMarked(state, clock, letterId)) continue;
      const run = () => world.brings(at, ways.whenRunOut(clock, letterId));
      due.push({ on: runsOutOn(running), what: clock, run });
    }
  });
  for (const objection of objections) {
    for (const running of ways.objectionClocks(objection, objectionRules(world.today))) {
      const { clock, helpId } = running;
      const marked =
        clock === 'help'
          ? objection.help.some(({ id, late }) => id === helpId && late)
          : clock !== 'material' && objection.overdue.includes(clock);
      if (running.dueOn >= day || marked) continue;
      const run = () =>
        world.handle(
          objection.id,
          'platform',
          clock === 'material' ? { type: 'close-material' } : { type: 'mark-overdue', clock, helpId },
        );
      due.push({ on: addDays(running.dueOn, 1), what: clock, run });
    }
  }
  return due.sort((one, other) => (one.on < other.on ? -1 : 1))[0];
}

/** A duty whose day has passed is marked once, of letters each for itself. */
function isMarked(state: ListingCase, clock: string, letterId?: string): boolean {
  if (!(state.overdue as string[]).includes(clock)) return false;
  if (letterId === undefined || !('oversight' in state)) return true;
  return state.oversight.letters.some(({ id, late }) => id === letterId && late === true);
}

const BY_ROLE: Readonly<Record<ActingRole, readonly Person[]>> = {
  handler: ['handler', 'handler', 'otherHandler'],
  reviewer: ['reviewer', 'reviewer', 'otherReviewer'],
  approver: ['approver', 'otherApprover'],
  'secrecy-reviewer': ['secrecy'],
  party: ['party'],
};

const OF_A_SMALL_UNIT: readonly Person[] = ['handler', 'reviewer', 'approver', 'otherApprover'];

function handsOf({ fewPeople }: World, role: ActingRole): readonly Person[] {
  return fewPeople && role !== 'party' && role !== 'secrecy-reviewer' ? OF_A_SMALL_UNIT : BY_ROLE[role];
}

/** What ends a case, or stops it, is drawn seldom: else few walks come far. */
const SELDOM: ReadonlySet<string> = new Set([
  'withdrawal',
  'reminder',
  'revocation',
  'plan-failure',
  'plan-completion',
  'hearing-request',
  'repair-withdrawal',
  'correction',
  'hold-back',
]);
const OFTEN: ReadonlySet<string> = new Set([
  ...['notice', 'review', 'consent', 'approval', 'decision', 'service', 'publication'],
  ...['repair-request', 'repair-acceptance', 'repair-verification', 'repair-decision', 'false-application'],
]);

/** A step that the table has from here, mostly one whose conditions hold, and mostly by somebody whom it names. */
function caseStep(spot: Spot, taken: Taken): void {
  const { world, at, draws } = spot;
  const { state } = world.cases[at]!;
  const rows = stepsFrom(state.status).flatMap((step): [number, Step | null][] =>
    typeof step.who === 'string' || !WORDS[step.action]
      ? []
      : [[SELDOM.has(step.action) ? 1 : OFTEN.has(step.action) ? 20 : 4, step]],
  );
  // Where little is possible, mostly nothing is done: else what stops a case is drawn before its time has come.
  const drawn = (): { step: Step; who: Person } | null => {
    const step = draws.weighed([...rows, [6, null] as const]);
    if (!step || typeof step.who === 'string') return null;
    const { role, of } = draws.pick(step.who);
    return { step, who: of === 'superior' ? 'superior' : draws.pick(handsOf(world, role)) };
  };
  let one = drawn();
  for (let left = draws.pick([0, 4, 4, 4]); left > 0 && one; left -= 1) {
    if (conditionsHold(world, at, one.step, one.who)) break;
    one = drawn();
  }
  if (one === null) return;
  const { step, who } = one;
  const anybody = draws.percent(8) ? draws.pick(Object.keys(people) as Person[]) : who;
  tryAll(spot, anybody, WORDS[step.action]!(spot), taken);
}

function tryAll({ world, at }: Spot, who: Person, commands: readonly Command[], taken: Taken): void {
  for (const command of commands) if (taken(() => world.take(at, who, command)).refused === null) return;
}

/** Anybody tries anything, at any time. */
function anything(spot: Spot, taken: Taken): void {
  const { world, at, draws } = spot;
  const words = draws.pick(Object.values(WORDS));
  tryAll({ world, at, draws }, draws.pick(Object.keys(people) as Person[]), words(spot), taken);
}

function objectionStep(spot: Spot, taken: Taken): void {
  const { world, at, draws } = spot;
  const { state, asked } = world.cases[at]!;
  const live = world.objections.filter((one) => one.caseId === state.id && isLive(one));
  if (!('entry' in state) && draws.percent(90)) return;
  if (live.length === 0 || draws.percent(20)) {
    const about = draws.pick(OBJECTION_ABOUT);
    const answered = Object.values(asked).find(
      ({ answer }) => answer === 'refused' || answer === 'not-accepted',
    );
    const first = world.objections.find((one) => one.caseId === state.id && one.status === 'decided');
    const court = state.listType === 'COURT' && first !== undefined && draws.percent(50);
    const who = draws.pick(['party', 'handler', 'otherHandler'] as const);
    const filing = {
      ...{ about, statement: '—', asked: {}, materials: [], channel: 'department' as const },
      ...(court ? { review: { of: first.id, court: '（虚构）', servedOn: world.today } } : {}),
      ground: draws.pick(['basis-changed', 'obvious-error'] as const),
      repairId: about === 'repair-result' ? (answered?.request.id ?? null) : null,
      receivedOn: addDays(world.today, -(who === 'party' ? 0 : draws.below(4))),
      authorisation: who === 'party' ? null : '（虚构）授权',
    };
    taken(() => world.file(at, who, filing));
    return;
  }
  const decided = world.objections.filter((one) => one.caseId === state.id && one.status === 'decided');
  const objection = decided.length > 0 && draws.percent(20) ? draws.pick(decided) : draws.pick(live);
  const rows = OBJECTION_LIFECYCLE.filter(
    (step) => step.from === objection.status && typeof step.who !== 'string',
  );
  const row = draws.weighed(rows.map((step) => [step.action === 'decision' ? 4 : 1, step] as const));
  const { role, of } = draws.pick(typeof row.who === 'string' ? [] : row.who);
  const who = of === 'superior' || of === 'helper' ? 'superior' : draws.pick(handsOf(world, role));
  const words = OBJECTION_WORDS[row.action as keyof typeof OBJECTION_WORDS];
  for (const command of words(spot, objection))
    if (taken(() => world.handle(objection.id, who, command)).refused === null) return;
}

/** Years go by, and what is left is ended by one person's step: from wherever the walk has come, nobody is stuck. */
function toRest(world: World, taken: Taken, draws: Draws): void {
  goOn(world, addDays(world.today, YEARS_LATER), taken, draws.percent(50));
  for (let at = 0; at < world.cases.length; at += 1) {
    const { state } = world.cases[at]!;
    const way = (DECIDED as readonly string[]).includes(state.status)
      ? ({ type: 'revocation', reason: '—' } as const)
      : ({ type: 'withdrawal', reason: '—', ground: 'other' } as const);
    const open = !FINAL.includes(state.status) && state.status !== 'ended';
    if (open) {
      const { refused } = taken(() => world.take(at, 'otherApprover', way));
      if (refused !== null) throw new Error(`stuck in ${state.status}: ${way.type} is refused, ${refused}`);
    }
    for (let left = 20; world.cases[at]!.state.status === 'ended' && left > 0; left -= 1)
      receive({ world, at, draws }, taken);
  }
  const left = world.cases.filter(({ state }) => !FINAL.includes(state.status));
  if (left.length > 0) throw new Error(`never at rest: ${left.map(({ state }) => state.status).join(', ')}`);
}

/** The walk of this number over one version of a list; a fault says how to walk it again. */
export function walkAgain(list: number, seed: number, ways: Ways = rightWays): World {
  const one = LISTS_WALKED[list]!;
  try {
    return walk(one, seed * 101 + list, ways);
  } catch (error) {
    const again = `CHENGXIN_WALKS_SEED=${seed} CHENGXIN_WALKS=1`;
    (error as Error).message = `${one.name}, walked again by ${again}: ${(error as Error).message}`;
    throw error;
  }
}
