import { addDays, type CalendarYear, type LocalDate, workingCalendar } from '#kernel';
import { loadSeeds } from '#seeds';
import { followsFor } from '../src/domain/case/case-file.js';
import type { Status } from '../src/domain/case/case.js';
import type { Action, Command } from '../src/domain/case/commands.js';
import type { FactType } from '../src/domain/case/facts.js';
import { hearingLimit } from '../src/domain/procedure/oral-hearing.js';
import type { RunningTerm } from '../src/domain/term/term-after.js';
import {
  acceptance,
  approval,
  consent,
  decision,
  defence,
  notice,
  type Opening,
  type Person,
  publication,
  publicNotice,
  removalDecision,
  request,
  review,
  service,
  Story,
  verification,
} from './story.js';

/*
 * A file of parties in any status of the lifecycle table on one and the same day: late enough that a listing has been
 * let go by its list and by 信用中国, which lies beyond the years whose working days the State has published.
 */

export const TODAY: LocalDate = '2029-05-10';

/** Fictitious: nothing is known of these years yet. */
export const FICTITIOUS_YEARS: readonly (CalendarYear & { basis: string })[] = [2027, 2028, 2029].map(
  (year) => ({
    year,
    holidays: [`${year}-01-01`, `${year}-10-01`],
    workingWeekends: [],
    confirmed: 'text' as const,
    basis: `关于${year}年部分节假日安排的通知（虚构）`,
  }),
);
const calendar = workingCalendar([...loadSeeds('calendars'), ...FICTITIOUS_YEARS]);

/** What a step was to one party: the row of the table, and what came of it. */
export interface Taken {
  story: Story;
  from: Status;
  action: Action;
  facts: FactType[];
}

/** A principal and the persons bound with it, each as its own story. */
export class FileStory {
  readonly parties: readonly Story[];
  /** Every step of every party, in their order. */
  readonly taken: Taken[] = [];

  constructor(opening: Opening) {
    const principal = new Story({ ...opening, calendar });
    this.parties = [principal, ...(opening.persons ?? []).map((_, index) => principal.companion(index))];
  }

  get principal(): Story {
    return this.parties[0]!;
  }

  on(day: LocalDate): this {
    for (const story of this.parties) story.on(day);
    return this;
  }

  /** A step for the whole file; what is of each party alone is taken for each. */
  does(who: Person, command: Command): this {
    const { principal } = this;
    const already = principal.facts.length;
    this.#takes(principal, who, command);
    for (const person of this.parties.slice(1)) {
      const own = followsFor(person.state, command, principal.facts.slice(already));
      if (own) this.#takes(person, who === 'party' ? 'platform' : who, own);
      else if (OF_EACH.has(command.type)) this.#takes(person, who, ofParty(command, person));
    }
    return this;
  }

  #takes(story: Story, who: Person, command: Command): void {
    const { status: from, facts } = story;
    const already = facts.length;
    story.does(who, command);
    this.taken.push({ story, from, action: command.type, facts: story.told.slice(already) });
  }
}

const OF_EACH: ReadonlySet<string> = new Set([
  'defence',
  'fall-silent',
  'service',
  'publication',
  'stay',
  'correct-basis',
  'close',
]);

/** Each party is served with the repair notice of its own decision. */
function ofParty(command: Command, { state }: Story): Command {
  if (command.type !== 'service' || !('decision' in state)) return command;
  const { repairNoticeNo } = state.decision;
  return { ...command, ...(repairNoticeNo ? { repairNoticeNo } : {}) };
}

export type Of = Omit<Opening, 'openedOn' | 'calendar'>;
export const WAGE: Of = { list: 'WAGE', conductKind: 'wage.amount-of-crime' };
export const SAMR: Of = {
  list: 'SAMR',
  conductKind: 'samr.food',
  department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
};
export const TELECOM: Of = {
  list: 'TELECOM',
  conductKind: 'telecom.police-finding',
  department: { id: 'hlj.public-security', level: 'province' },
};
export const CSRC: Of = {
  list: 'CSRC',
  conductKind: 'csrc.penalty',
  department: { id: 'hlj.securities', level: 'province' },
};
export const COURT: Of = {
  list: 'COURT',
  conductKind: 'court.evasion',
  department: { id: 'hlj.court', level: 'province' },
};

/** The defence is over on TODAY, the decision is not due yet; what is decided in it takes effect later. */
export const LATELY: LocalDate = '2029-04-23';
/** Listed for a year, so that the list and 信用中国 may let go. */
export const A_YEAR_AGO: LocalDate = '2028-04-03';
/** The three years of the list and of 信用中国 are over, and the days after them are not. */
export const THREE_YEARS_AGO: LocalDate = '2026-04-20';

/** The last day that counts for the step before: no step is taken twice on the way. */
const OVER = 8;

export interface Standing {
  of?: Of;
  from?: LocalDate;
  /** Of the decision, where the rule leaves something to it. */
  decided?: Partial<typeof decision>;
  /** As it takes effect: the entry is not shown yet. */
  unpublished?: true;
  /** As it is decided, where it binds from then on. */
  unserved?: true;
  /** The subject's other terms on the list. */
  earlier?: RunningTerm[];
}

/** A file whose parties stand in that status, by the shortest lawful way of their list. */
export function standing(status: Status, how: Standing = {}): FileStory {
  const file = decidedFile(status, how);
  if (file.principal.status === status && status !== 'in-force') return file;
  const { from, unpublished, unserved } = withDay(status, how);
  if (unserved) return file;
  if (status === 'served') return file.does('handler', servedBy({ ...publicNotice(file.principal.today) }));
  if (file.principal.status === 'decided' || file.principal.status === 'in-force')
    file.on(addDays(from, OVER + 1)).does('handler', service(addDays(from, OVER + 1)));
  if (!unpublished && file.principal.status === 'in-force') file.does('secrecy', publication);
  if (status === 'in-force') return file;
  if (status === 'suspended') return file.does('approver', stay(file.principal.today));
  removed(file, addDays(from, 220));
  return status === 'closed' ? file.does('platform', { type: 'close', receipts: [] }) : file;
}

function withDay(status: Status, how: Standing): Standing & { from: LocalDate } {
  const later: readonly Status[] = ['in-force', 'suspended', 'ended', 'closed'];
  return { ...how, from: how.from ?? (later.includes(status) ? A_YEAR_AGO : LATELY) };
}

/** Up to the decision at the farthest. */
function decidedFile(status: Status, how: Standing): FileStory {
  const { from, of = WAGE, decided = {} } = withDay(status, how);
  const file = new FileStory({ ...of, openedOn: from, clockFrom: from });
  const { principal } = file;
  if (how.earlier) principal.earlierTerms = how.earlier;
  const is = (): boolean => principal.status === status;
  if (is()) return file;
  const { steps, defence: fixed } = principal.rules.list;
  if (steps.notice || steps.riskWarning) {
    const shortest = hearingLimit(principal.rules, from) ?? addDays(from, 1);
    file.does('handler', notice(from, steps.defence && !fixed ? shortest : undefined));
    if (is()) return file;
    if (status === 'heard') return file.does('party', defence);
    file.on(addDays(from, OVER));
    if (principal.dueOn('defence')) file.does('platform', { type: 'fall-silent' });
    if (is()) return file;
  }
  file.on(addDays(from, OVER)).does('reviewer', review());
  if (is()) return file;
  if (steps.consentFrom.includes(of.department?.level ?? 'province')) file.does('superior', consent());
  if (is()) return file;
  file.does('approver', approval);
  return is() ? file : file.does('handler', { ...decision, ...decided });
}

function servedBy(claim: object): Command {
  return { type: 'service', ...claim, repairNoticeNo: decision.repairNoticeNo! } as Command;
}

/** Off the list by repair. */
function removed(file: FileStory, on: LocalDate): void {
  file.on(on);
  const { principal } = file;
  file.does('party', request(principal.state.openedOn));
  granted(file);
}

/** Accepted, verified and granted on one day. */
export function granted(file: FileStory): FileStory {
  file.does('handler', acceptance()).does('handler', verification(file.principal));
  return file.does('approver', removalDecision());
}

export const stay = (orderedOn: LocalDate): Command => ({
  type: 'stay',
  in: 'suit',
  body: '松江铁路运输法院（虚构）',
  orderNo: '（虚构）停止执行1号',
  orderedOn,
  reasons: '难以弥补的损失（虚构）',
});
