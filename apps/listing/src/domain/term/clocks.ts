import { endOfDay, type LocalDate, startOfDay } from '#kernel';
import type { Clock, ListingCase } from '../case/case.js';
import type { ClockMeaning } from './clock-meaning.js';
import type { CommandOf } from '../case/commands.js';
import type { Fact } from '../case/facts.js';
import { FINAL } from '../case/lifecycle.js';
import { lettersAwaited, orderAwaited } from '../oversight/oversight.js';
import { laggards, openOnSite } from '../repair/entry.js';

/** A legal clock that runs now. */
export interface RunningClock {
  clock: Clock;
  dueOn: LocalDate;
  /** Each letter has clocks of its own (ordinance art. 32). */
  letterId?: string;
}

export const CLOCK_MEANINGS: Readonly<Record<Clock, ClockMeaning>> = {
  defence: { zh: '陈述申辩期满,记为未申辩', en: 'the defence ends, silence is recorded', byItself: true },
  verification: { zh: '核实申辩', en: 'the defence must be verified', byItself: false },
  decision: { zh: '作出决定', en: 'the decision is due', byItself: false },
  'in-force': { zh: '公告送达生效', en: 'service by public notice takes effect', byItself: true },
  grace: { zh: '宽限期满,应当公示', en: 'the grace ends, the entry is to be published', byItself: true },
  'publication-end': {
    zh: '公示期满,自动停止公示',
    en: 'the entry is shown no longer, by itself, while it stands',
    byItself: true,
  },
  publication: { zh: '公示', en: 'the entry must be published', byItself: false },
  expiry: { zh: '期满移出', en: 'the term ends and with it the listing', byItself: true },
  'letter-reminder': {
    zh: '催办通报函的反馈',
    en: 'the unit that was told is urged to answer, by itself',
    byItself: true,
  },
  'letter-answer': {
    zh: '收到通报的单位反馈处理情况',
    en: 'a unit that was told must answer what it did',
    byItself: false,
  },
  'performance-order': {
    zh: '责令限期履行的期限届满',
    en: 'the ordered performance is due',
    byItself: false,
  },
  'repair-acceptance': {
    zh: '受理提前移出申请',
    en: 'the request for removal must be accepted or refused',
    byItself: false,
  },
  'repair-decision': {
    zh: '决定提前移出申请',
    en: 'the request for removal must be decided',
    byItself: false,
  },
  removal: {
    zh: '停止公示、共享并解除措施',
    en: 'publication, sharing and discipline must have stopped',
    byItself: false,
  },
  'site-publication': {
    zh: '“信用中国”最长公示期届满,自动停止公示',
    en: '信用中国 stops showing the entry by itself',
    byItself: true,
  },
  correction: {
    zh: '各系统确认更正',
    en: 'every system that holds a copy must have confirmed the correction',
    byItself: false,
  },
  'basis-review': {
    zh: '复核变更后的列入依据',
    en: 'a person must look at the changed basis',
    byItself: false,
  },
};

/** The clocks of a case follow from its state alone, so that a deadline row can neither be forgotten nor left over. */
export function runningClocks(state: ListingCase): RunningClock[] {
  const clocks: [Clock, LocalDate | null][] = [];
  if (!('decision' in state) && !FINAL.includes(state.status)) clocks.push(['decision', state.decisionDue]);
  if (state.status === 'noticed') clocks.push(['defence', state.notice.defenceUntil]);
  if (state.status === 'heard') clocks.push(['verification', state.verificationDue]);
  if (state.status === 'decided' || state.status === 'served' || state.status === 'in-force') {
    const { publication } = state;
    const waits =
      (publication.status === 'none' || publication.status === 'sent') && !('stay' in state && state.stay);
    clocks.push(['publication', waits ? publication.due : null]);
  }
  if (state.status === 'served') clocks.push(['in-force', state.service.servedOn]);
  if (state.status === 'in-force') {
    const { publication, oversight } = state;
    clocks.push(['grace', publication.status === 'held-back' ? publication.until : null]);
    clocks.push(['performance-order', orderAwaited(oversight)?.performBy ?? null]);
  }
  if (state.status === 'in-force' || state.status === 'suspended') {
    const { publication } = state;
    clocks.push(['expiry', state.decision.term.ends === 'term' ? state.term.endsOn : null]);
    clocks.push(['publication-end', (publication.status === 'published' && publication.until) || null]);
  }
  if ('removalRequest' in state) {
    const request = state.removalRequest;
    clocks.push(['repair-acceptance', request?.status === 'requested' ? request.acceptanceDue : null]);
    clocks.push(['repair-decision', request?.decisionDue ?? null]);
  }
  if ('entry' in state) {
    const { site, corrections } = state.entry;
    clocks.push(['site-publication', openOnSite(site) ? site.endsOn : null]);
    clocks.push([
      'correction',
      earliest(corrections.filter((one) => laggards(one).length > 0).map((one) => one.confirmBy)),
    ]);
  }
  clocks.push(['basis-review', earliest(state.basisQuestions.map(({ due }) => due))]);
  if (state.status === 'ended') clocks.push(['removal', state.end.removalDue]);
  return [
    ...clocks.flatMap(([clock, dueOn]) => (dueOn === null ? [] : [{ clock, dueOn }])),
    ...ofLetters(state),
  ];
}

function ofLetters(state: ListingCase): RunningClock[] {
  if (state.status !== 'in-force') return [];
  return lettersAwaited(state.oversight).flatMap(({ id: letterId, answerDue, remindOn, urgedOn }) => [
    ...(remindOn && !urgedOn ? [{ clock: 'letter-reminder' as const, dueOn: remindOn, letterId }] : []),
    { clock: 'letter-answer' as const, dueOn: answerDue, letterId },
  ]);
}

/** What tells a clock from every other of its case. */
export function clockKey({ clock, letterId }: RunningClock): string {
  return letterId === undefined ? clock : `${clock}/${letterId}`;
}

function earliest(days: readonly (LocalDate | null)[]): LocalDate | null {
  return days.filter((day) => day !== null).sort()[0] ?? null;
}

/**
 * From which instant a clock has run out: at 24:00 in China of its last day. What takes effect on a day does
 * so when the day begins.
 */
export function instantOf({ clock, dueOn }: RunningClock): Date {
  return BEGINS_WITH_ITS_DAY.has(clock) ? startOfDay(dueOn) : endOfDay(dueOn);
}

const BEGINS_WITH_ITS_DAY: ReadonlySet<Clock> = new Set(['in-force', 'letter-reminder']);

/** A duty was not done by its day: marked once, each letter for itself, and shown wherever the case is shown. */
export function markOverdue(
  state: ListingCase,
  { clock, letterId }: Pick<CommandOf<'mark-overdue'>, 'clock' | 'letterId'>,
  today: LocalDate,
): Fact[] {
  const running = runningClocks(state).find(
    (one) => one.clock === clock && (letterId === undefined || one.letterId === letterId),
  );
  if (!running || today <= running.dueOn) return [];
  const { dueOn: due, letterId: of } = running;
  if (state.overdue.includes(clock) && (of === undefined || isLate(state, of))) return [];
  return [{ type: 'overdue', clock, due, ...(of === undefined ? {} : { letterId: of }) }];
}

function isLate(state: ListingCase, letterId: string): boolean {
  return 'oversight' in state && state.oversight.letters.some(({ id, late }) => id === letterId && late);
}
