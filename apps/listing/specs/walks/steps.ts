import { addDays, addMonths, type LocalDate } from '#kernel';
import type { Action, Command } from '../../src/domain/case/commands.js';
import type { ObjectionCommand } from '../../src/domain/objection/decide.js';
import type { ObjectionAction } from '../../src/domain/objection/lifecycle.js';
import type { Objection } from '../../src/domain/objection/objection.js';
import { LETTER_TO } from '../../src/domain/oversight/oversight.js';
import { findingsAsked } from '../../src/domain/procedure/findings.js';
import { hearingLimit } from '../../src/domain/procedure/oral-hearing.js';
import { STAY_ENDS } from '../../src/domain/repair/commands.js';
import { fictitiousFields } from '../fields.js';
import {
  acceptance,
  approval,
  consent,
  decision,
  defence,
  handingIn,
  notice,
  publication,
  publicNotice,
  removalDecision,
  request,
  REQUEST,
  review,
  service,
  siteRequest,
  suspensionRequest,
} from '../story.js';
import type { Draws } from './draws.js';
import type { Done, World } from './world.js';

/* With what words each step of the tables is taken: mostly such as it can be taken with, sometimes others. */

/** Where a step is taken. */
export interface Spot {
  world: World;
  /** Place of the case. */
  at: number;
  draws: Draws;
}

/** Takes it, writes it into the path of the walk, and checks every law. */
export type Taken = (done: () => Done) => Done;

type Words = (spot: Spot) => Command[];

const mostly = (draws: Draws, right: LocalDate, wrong: LocalDate): LocalDate =>
  draws.percent(85) ? right : wrong;

/** What is tried one after the other until something is not refused. */
export const WORDS: Partial<Record<Action, Words>> = {
  notice: ({ world, at, draws }) => {
    const { today } = world;
    if (draws.percent(15))
      return [{ ...notice(today), servedOn: undefined, ...publicNotice(today) } as Command];
    const { steps, defence: fixed } = world.rules(at).list;
    const free = steps.defence && !fixed;
    const until = hearingLimit(world.rules(at), today) ?? addDays(today, 1 + draws.below(20));
    return [free ? notice(today, until) : notice(today)];
  },
  defence: () => [defence],
  'hearing-request': () => [{ type: 'hearing-request' }],
  'hearing-notice': ({ world: { today }, draws }) => [
    { type: 'hearing-notice', noticeNo: '（虚构）', heldOn: addDays(today, 5 + draws.below(15)), place: '—' },
  ],
  'hearing-record': ({ world: { today }, draws }) => [
    { type: 'hearing-record', outcome: draws.pick(['held', 'waived']), on: today, minutes: '—' },
  ],
  extension: () => [{ type: 'extension', reason: '—' }],
  'clock-start': ({ world: { today }, draws }) => [
    { type: 'clock-start', from: addDays(today, -draws.below(10)), source: '—' },
  ],
  reminder: ({ world: { today }, draws }) => [
    {
      ...{ type: 'reminder', reminderNo: '—', text: '—', minor: true, oneOff: true, harmless: true },
      correctedOn: mostly(draws, today, addDays(today, 1)),
    } as Command,
  ],
  review: ({ world, at, draws }) => {
    const findings = findingsAsked(world.rules(at).list, world.cases[at]!.state).map(({ code, against }) => ({
      code,
      found: against === 'not-found',
    }));
    const said = review(draws.percent(90) ? 'list' : 'do-not-list');
    return [findings.length > 0 ? ({ ...said, findings } as Command) : said];
  },
  consent: ({ draws }) => [consent(draws.percent(90))],
  approval: () => [approval],
  decision: ({ world, at, draws }) => {
    const { today } = world;
    const fields = fictitiousFields(world.rules(at).list, world.cases[at]!.state.subject.kind);
    const said = {
      ...decision,
      decisionNo: `（虚构）${world.id()}`,
      ...(fields.length > 0 ? { fields } : {}),
    };
    const until = addDays(today, 400);
    return [
      ...(draws.percent(30) ? [{ ...said, graceUntil: addMonths(today, 1 + draws.below(3)) }] : []),
      ...(draws.percent(20) ? [{ ...said, termEndsOn: addDays(today, 1_500) }] : []),
      ...(draws.percent(20) ? [{ ...said, extraYears: 1 + draws.below(3) }] : []),
      ...(draws.percent(20) ? [{ ...said, permanent: true, gravity: 'grave' as const }] : []),
      said,
      { ...said, termStartsOn: today },
      { ...said, termEndsOn: until },
      { ...said, termStartsOn: today, termEndsOn: until },
      { ...said, termMonths: 12 },
      { ...said, termMonths: 12, gravity: 'limited' as const },
    ];
  },
  service: ({ world, at, draws }) => {
    const { state } = world.cases[at]!;
    const no = 'decision' in state ? state.decision.repairNoticeNo : undefined;
    const served = service(mostly(draws, world.today, addDays(world.today, -draws.below(3))), no);
    if (draws.percent(70)) return [served];
    return [{ ...served, servedOn: undefined, ...publicNotice(world.today) } as Command];
  },
  'hold-back': ({ world: { today } }) => [{ type: 'hold-back', paidOn: today, reason: '—' }],
  publication: ({ draws }) => {
    if (draws.percent(10))
      return [{ type: 'publication', secrecyReview: 'not-passed', text: '涉密（虚构）' }];
    return [publication, { ...publication, sentTo: '（虚构）外省市场监管局' } as Command];
  },
  'publication-answer': ({ world: { today }, draws }) => [
    draws.percent(70)
      ? { type: 'publication-answer', outcome: 'published', publishedOn: today, text: '—' }
      : { type: 'publication-answer', outcome: 'returned', text: '—' },
  ],
  withdrawal: ({ world: { today }, draws }) => [
    {
      ...{ type: 'withdrawal', reason: '—', correctedOn: today, commitment: true },
      ground: draws.pick(['spared', 'no-intent', 'defence-accepted', 'other']),
    } as Command,
  ],
  revocation: ({ draws }) => [
    { type: 'revocation', reason: '认定有误', ground: draws.pick(['basis-lost', 'own-error']) },
  ],
  letter: ({ world, draws }) => [
    {
      ...{ type: 'letter', letterId: world.id(), letterNo: '（虚构）通报1号', to: draws.pick(LETTER_TO) },
      ...{ unit: 'hlj.finance', unitName: '（虚构）', text: '—' },
      answerDue: addDays(world.today, 1 + draws.below(40)),
    } as Command,
  ],
  'letter-answer': ({ world, at }) => {
    const { state } = world.cases[at]!;
    const letters = 'oversight' in state ? state.oversight.letters : [];
    const open = letters.find(({ answer }) => answer === null);
    return [{ type: 'letter-answer', letterId: open?.id ?? '—', answeredOn: world.today, text: '—' }];
  },
  interview: ({ world: { today } }) => [{ type: 'interview', heldOn: today, with: '—', minutes: '—' }],
  'performance-order': ({ world: { today }, draws }) => [
    { type: 'performance-order', orderNo: '—', performBy: addDays(today, 1 + draws.below(40)), text: '—' },
  ],
  'order-performed': ({ world: { today } }) => [{ type: 'order-performed', performedOn: today, text: '—' }],
  accountability: ({ world: { today } }) => [{ type: 'accountability', on: today, text: '—', promise: '—' }],
  'repair-request': (spot) => {
    const { world, at, draws } = spot;
    const asked = application(spot, request(correctedOn(spot), [], { repairBars: barsOf(world, at) }));
    const grounds = world.rules(at).today.onApplication?.grounds ?? [];
    const alternatives = (world.rules(at).today.earlyRemoval?.alternatives ?? []).map(
      (_, way) => ({ ...asked, way }) as Command,
    );
    const ground = grounds.length > 0 ? [{ ...asked, ground: draws.pick(grounds) } as Command] : [];
    return [...(draws.percent(20) ? alternatives : []), asked, ...ground];
  },
  'suspension-request': (spot) => [application(spot, suspensionRequest(correctedOn(spot)))],
  'site-repair-request': (spot) => [
    application(spot, siteRequest(correctedOn(spot), barsOf(spot.world, spot.at))),
  ],
  'repair-supplement': (spot) => [
    { type: 'repair-supplement', requestId: openRequest(spot), handingIn: handingIn(spot.world.today) },
  ],
  'repair-acceptance': (spot) => [
    { ...acceptance(spot.draws.percent(85)), requestId: openRequest(spot) } as Command,
  ],
  'repair-verification': (spot) => {
    const { state } = spot.world.cases[spot.at]!;
    const open = 'removalRequest' in state ? state.removalRequest : null;
    const unmet = spot.draws.percent(10);
    return [
      {
        ...{ type: 'repair-verification', requestId: openRequest(spot), text: '经核实' },
        conditions: (open?.conditions ?? []).map((code) => ({ code, met: !unmet })),
        bars: (open?.bars ?? []).map((code) => ({ code, found: spot.draws.percent(5) })),
      } as Command,
    ];
  },
  'repair-extension': (spot) => [{ type: 'repair-extension', requestId: openRequest(spot), reasons: '复杂' }],
  'repair-withdrawal': (spot) => [{ type: 'repair-withdrawal', requestId: openRequest(spot) }],
  'repair-decision': (spot) => {
    const said = { ...removalDecision(spot.draws.percent(80)), requestId: openRequest(spot) } as Command;
    const until = addDays(spot.world.today, spot.draws.below(60));
    return [said, { ...said, termEndsOn: until } as Command];
  },
  'plan-failure': () => [{ type: 'plan-failure', documentNo: '（虚构）', reasons: '不能执行' }],
  'plan-completion': () => [{ type: 'plan-completion', documentNo: '（虚构）', reasons: '执行完毕' }],
  'lifting-feedback': ({ world: { today } }) => [
    { type: 'lifting-feedback', unit: 'hlj.market-regulation', liftedOn: today, text: '—' },
  ],
  stay: ({ world: { today }, draws }) => [
    {
      ...{ type: 'stay', body: '（虚构）', orderNo: '（虚构）', reasons: '难以弥补的损失' },
      ...{ in: draws.pick(['administrative-review', 'suit']), orderedOn: today },
    } as Command,
  ],
  'stay-end': ({ world: { today }, draws }) => [
    {
      ...{ type: 'stay-end', documentNo: '（虚构）', endedOn: today, reasons: '—' },
      why: draws.pick(STAY_ENDS),
    } as Command,
  ],
  'false-application': ({ world, at, draws }) => {
    const { state } = world.cases[at]!;
    const granted = 'entry' in state ? state.entry.granted.map(({ id }) => id) : [];
    const cause = draws.pick(['false-material', 'broken-commitment'] as const);
    const requestId = granted.length > 0 ? draws.pick(granted) : REQUEST;
    return [{ type: 'false-application', requestId, cause, reasons: '伪造（虚构）' }];
  },
  correction: ({ world, at, draws }) => [
    { type: 'correction', corrected: correctedValues(world, at, draws), reasons: '录入有误' },
  ],
  'basis-review': ({ draws }) => [
    { type: 'basis-review', outcome: draws.percent(70) ? 'stands' : 'falls', reasons: '—' },
  ],
};

function correctedOn({ world: { today }, draws }: Spot): LocalDate {
  return addDays(today, -draws.pick([0, 1, 30, 200, 400, 800]));
}

/** Before 2026-04-01 no files are asked for; since then some come without them. */
function application({ world, draws }: Spot, asked: Command): Command {
  const files = draws.percent(85) ? { handingIn: handingIn(world.today) } : { handingIn: undefined };
  return { ...asked, requestId: world.id(), ...files } as Command;
}

function openRequest({ world, at }: Spot): string {
  const { state } = world.cases[at]!;
  return ('removalRequest' in state && state.removalRequest?.id) || REQUEST;
}

/** As the store finds them (`Cases.repairBars`). */
function barsOf({ cases }: World, at: number): { code: string; until: LocalDate | 'for-good' }[] {
  const { state } = cases[at]!;
  return cases.flatMap(({ state: other }) => {
    if (other.subject.id !== state.subject.id || !('entry' in other)) return [];
    return other.entry.foundFalse.flatMap(({ barredUntil, listBarredUntil }) => {
      const until = other.id !== state.id && listBarredUntil !== undefined ? listBarredUntil : barredUntil;
      return until === null ? [] : [{ code: 'false-application', until }];
    });
  });
}

function correctedValues(
  { cases, today, ...world }: World,
  at: number,
  draws: Draws,
): { termEndsOn?: LocalDate } {
  const { state } = cases[at]!;
  const ends = 'term' in state ? state.term.endsOn : null;
  return draws.weighed<object>([
    [3, { reasons: `更正后的理由${draws.below(1000)}` }],
    [3, { decisionNo: `（虚构）更正${draws.below(1000)}号${world.path.length}` }],
    [2, { termEndsOn: addDays(ends ?? today, -draws.below(60)) }],
    [1, { termEndsOn: addDays(ends ?? today, draws.below(400)) }],
  ]);
}

export const OBJECTION_WORDS: Record<
  Exclude<ObjectionAction, 'file' | 'lapse' | 'mark-overdue' | 'close-material'>,
  (spot: Spot, objection: Objection) => ObjectionCommand[]
> = {
  acceptance: () => [{ type: 'acceptance' }],
  'non-acceptance': () => [{ type: 'non-acceptance', reasons: '—' }],
  'help-request': ({ world }) => [
    { type: 'help-request', helpId: world.id(), unit: 'hlj.market-regulation', question: '—' },
  ],
  'help-answer': (_, { help }) => [
    { type: 'help-answer', helpId: help.find(({ answer }) => answer === null)?.id ?? '—', text: '—' },
  ],
  pause: ({ draws }) => [{ type: 'pause', why: draws.pick(['test', 'expert-review']) }],
  resumption: () => [{ type: 'resumption' }],
  extension: ({ world, draws }) => [
    { type: 'extension', until: addDays(world.today, 5 + draws.below(30)), reason: '—' },
  ],
  'material-request': () => [{ type: 'material-request', text: '—' }],
  'material-receipt': ({ world }) => [
    { type: 'material-receipt', materials: ['（虚构）'], receivedOn: world.today },
  ],
  decision: ({ world, at, draws }, { about }) => {
    const outcome = draws.pick(['upheld', 'upheld', 'partly-upheld', 'rejected'] as const);
    const corrected = correctedValues(world, at, draws);
    const { termEndsOn, ...rest } = corrected;
    const values = about === 'period' ? { termEndsOn: termEndsOn ?? world.today } : corrected;
    const said = { type: 'decision', reasons: '—' } as const;
    return [
      { ...said, outcome, corrected: outcome === 'rejected' ? {} : values },
      { ...said, outcome: outcome === 'partly-upheld' ? 'upheld' : outcome, corrected: {} },
      { ...said, outcome, corrected: { ...rest, reasons: '更正' } },
    ];
  },
  service: ({ world }) => [{ type: 'service', way: 'personal', servedOn: world.today }],
  withdrawal: () => [{ type: 'withdrawal' }],
  termination: ({ world, draws }) => [
    { type: 'termination', begun: draws.pick(['administrative-review', 'suit']), begunOn: world.today },
  ],
};
