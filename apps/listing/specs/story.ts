import { addDays, type LocalDate, type WorkingCalendar, workingCalendar } from '#kernel';
import { listTypeOn, type ListKey, loadSeeds, procedureOn } from '#seeds';
import type {
  CaseRecord,
  FoundingDocument,
  Hand,
  ListingCase,
  Status,
  Subject,
} from '../src/domain/case/case.js';
import type { GivenField } from '../src/domain/procedure/case-field.js';
import type { PublicStanding } from '../src/domain/oversight/oversight.js';
import { clockKey, runningClocks } from '../src/domain/term/clocks.js';
import type { Circumstances, Command, CommandOf } from '../src/domain/case/commands.js';
import type { Bar } from '../src/domain/repair/eligibility.js';
import type { HandingIn } from '../src/domain/repair/handed-in.js';
import { decide } from '../src/domain/case/decide.js';
import { evolve } from '../src/domain/case/evolve.js';
import type { Fact, FactOf, FactType } from '../src/domain/case/facts.js';
import { findingsAsked } from '../src/domain/procedure/findings.js';
import { stepOf } from '../src/domain/case/lifecycle.js';
import { hearingLimit } from '../src/domain/procedure/oral-hearing.js';
import { type BoundParty, type OpenCase, openFile } from '../src/domain/procedure/opening.js';
import type { Rules, UnitLevel } from '../src/domain/rules/rules.js';
import type { RunningTerm } from '../src/domain/term/term-after.js';
import { fictitiousFields } from './fields.js';
import { refused } from './refused.js';

/*
 * Given / when / then over the pure core, with the rules as they really stand in seeds/. Every step also
 * holds the clocks that it started and stopped against the lifecycle table.
 */

const lists = loadSeeds('list-types');
const procedureRules = loadSeeds('procedure-rules');
const sites = loadSeeds('repair-rules').filter(({ sector }) => sector === 'general');
const ordinance = loadSeeds('ordinance-clocks');
const units = loadSeeds('units');
const conditionTexts = Object.fromEntries(loadSeeds('removal-conditions').map((row) => [row.code, row.zh]));
export const calendar: WorkingCalendar = workingCalendar(loadSeeds('calendars'));
/** The last day from which it can count a time limit of every length that the rules know. */
export const LAST_DAY: LocalDate = '2026-10-01';

/** The rules of a list for a case under `version`, asked on `today`. */
export function rulesOn(key: ListKey, version: LocalDate, today: LocalDate, days = calendar): Rules {
  if (days !== calendar) return readRules(key, version, today, days);
  const name = `${key} ${version} ${today}`;
  const rules = known.get(name) ?? readRules(key, version, today, days);
  known.set(name, rules);
  return rules;
}

/** A walk asks for the same ones at every step. */
const known = new Map<string, Rules>();

function readRules(key: ListKey, version: LocalDate, today: LocalDate, days: WorkingCalendar): Rules {
  const list = listTypeOn(lists, key, version);
  if (!list) throw new Error(`${key} is not in force on ${version}`);
  const procedure = procedureOn(procedureRules, today);
  return {
    list,
    today: listTypeOn(lists, key, today) ?? list,
    calendar: days,
    procedure,
    sites,
    ordinance,
    conditionTexts,
  };
}

const hand = (id: string, department: string | null = 'hlj.human-resources'): Hand => ({
  id,
  name: id,
  department,
});

/** The people of every story. */
export const people = {
  handler: hand('handler'),
  otherHandler: hand('other-handler'),
  reviewer: hand('reviewer'),
  otherReviewer: hand('other-reviewer'),
  approver: hand('approver'),
  otherApprover: hand('other-approver'),
  secrecy: hand('secrecy'),
  superior: hand('superior', 'hlj.market-regulation'),
  party: hand('party', null),
  platform: hand('chengxin-listing', null),
} satisfies Record<string, Hand>;
export type Person = keyof typeof people;

export const enterprise: Subject = {
  id: '0192f0c4-6c00-7000-8000-000000000001',
  kind: 'enterprise',
  code: '91230100MA1ABCDE8J',
  name: '松江示例商贸有限公司（虚构）',
  region: '230100',
};

export const person: Subject = { ...enterprise, kind: 'natural-person', code: null, name: '张*' };

export interface Opening {
  /** Where a story is told beside another of the same subject. */
  id?: string;
  list: ListKey;
  conductKind: string;
  openedOn: LocalDate;
  department?: { id: string; level: UnitLevel };
  subject?: Subject;
  bornOn?: LocalDate;
  records?: CaseRecord[];
  clockFrom?: LocalDate;
  documents?: FoundingDocument[];
  fields?: GivenField[];
  publicStanding?: PublicStanding;
  persons?: Omit<BoundParty, 'id' | 'no'>[];
  /** Of years for which the State has published none yet. */
  calendar?: WorkingCalendar;
}

export const penalty: CaseRecord = {
  id: '0192f0c4-6c00-7000-8000-0000000000a1',
  documentNo: '（虚构）罚〔2024〕1号',
  decidedOn: '2024-09-20',
  withdrawn: false,
};

export class Story {
  state: ListingCase;
  today: LocalDate;
  facts: Fact[] = [];
  /** The subject's other terms on the list. */
  earlierTerms: RunningTerm[] = [];
  /** As it was opened; the facts lead from there to `state`. */
  readonly first: ListingCase;
  readonly opened: FactOf<'opened'>;
  readonly #list: ListKey;
  readonly #owner: Circumstances['owner'];

  /** @param party 0 is the principal, the persons bound with it follow */
  constructor(
    private readonly opening: Opening,
    party = 0,
  ) {
    const department = departmentOf(opening);
    const kind = units.find(({ id }) => id === department.id)?.kind;
    this.#list = opening.list;
    this.#owner = {
      level: department.level,
      superior: department.level === 'province' ? null : 'hlj.market-regulation',
      region: '230000',
      vertical: kind === 'central-branch',
      court: kind === 'court',
    };
    this.today = opening.openedOn;
    const opened = openFile(
      openingOf(opening),
      rulesOn(opening.list, opening.openedOn, opening.openedOn, opening.calendar),
    );
    this.opened = opened[party]!;
    this.first = evolve(undefined, this.opened);
    this.state = this.first;
  }

  /** The story of a person bound with the subject, as it was opened. */
  companion(index: number): Story {
    return new Story(this.opening, index + 1);
  }

  get rules(): Rules {
    // Until the decision the version of the day governs; then the case keeps its own.
    const version = 'decision' in this.state ? this.state.rulesVersion : this.today;
    return rulesOn(this.#list, version, this.today, this.opening.calendar);
  }

  on(today: LocalDate): this {
    this.today = today;
    return this;
  }

  circumstances(who: Person): Circumstances {
    return {
      today: this.today,
      actor: people[who],
      byParty: who === 'party',
      owner: this.#owner,
      earlierTerms: this.earlierTerms,
    };
  }

  /** With all that the list asks for and the story says nothing of. */
  completed(asked: Command): Command {
    return withFields(this.state, withFindings(this.state, asked, this.rules), this.rules);
  }

  /** Somebody acts; the case goes on. */
  does(who: Person, asked: Command): this {
    const before = this.state;
    const command = this.completed(asked);
    const facts = decide(before, command, this.rules, this.circumstances(who));
    this.state = facts.reduce<ListingCase>(evolve, before);
    this.facts.push(...facts);
    if (facts.length > 0) checkClocks(before, this.state, command);
    return this;
  }

  /** The refusal of a command, which must leave nothing behind. */
  refusal(who: Person, command: Command): { code: string; facts: Record<string, unknown> } {
    const what = `${command.type} on ${this.today} in ${this.state.status}`;
    const { code, facts } = refused(
      () => decide(this.state, command, this.rules, this.circumstances(who)),
      what,
    );
    return { code, facts };
  }

  get status(): Status {
    return this.state.status;
  }

  get told(): FactType[] {
    return this.facts.map((fact) => fact.type);
  }

  dueOn(clock: string): LocalDate | undefined {
    return runningClocks(this.state).find((one) => one.clock === clock)?.dueOn;
  }
}

/** A review for the listing finds what lets it be listed, where the story says nothing of it. */
function withFindings(state: ListingCase, command: Command, { list }: Rules): Command {
  if (command.type !== 'review' || command.opinion !== 'list' || command.findings) return command;
  const findings = findingsAsked(list, state).map(({ code, against }) => ({
    code,
    found: against === 'not-found',
  }));
  return findings.length > 0 ? { ...command, findings } : command;
}

/** A decision says all that the list asks for of each party beside the reasons, where the story says nothing of it. */
function withFields({ subject, fields }: ListingCase, command: Command, { list }: Rules): Command {
  if (command.type !== 'decision' || command.fields || fields) return command;
  const given = fictitiousFields(list, subject.kind);
  return given.length > 0 ? { ...command, fields: given } : command;
}

/** The refusal of an opening. */
export function openingRefusal(opening: Opening): { code: string; field?: string } {
  const { code, field } = refused(() => new Story(opening), 'the opening');
  return { code, ...(field ? { field } : {}) };
}

/** The command that opens its file. */
export function openingOf(opening: Opening): OpenCase {
  const subject = opening.subject ?? enterprise;
  return {
    id: opening.id ?? '0192f0c4-6c00-7000-8000-0000000000c1',
    no: `${opening.list}-2024-000001`,
    subject,
    ...(opening.bornOn ? { bornOn: opening.bornOn } : {}),
    conductKind: opening.conductKind,
    records: (opening.records ?? [penalty]).map((record) => ({ ...record, subjectId: subject.id })),
    ...(opening.clockFrom ? { clockFrom: opening.clockFrom } : {}),
    ...(opening.documents ? { documents: opening.documents } : {}),
    ...(opening.fields ? { fields: opening.fields } : {}),
    persons: (opening.persons ?? []).map((person, index) => ({
      ...person,
      id: `0192f0c4-6c00-7000-8000-0000000000c${index + 2}`,
      no: `${opening.list}-2024-00000${index + 2}`,
    })),
    ...(opening.publicStanding ? { publicStanding: opening.publicStanding } : {}),
    department: departmentOf(opening),
    by: people.handler,
    today: opening.openedOn,
  };
}

const departmentOf = ({ department }: Opening): OpenCase['department'] =>
  department ?? { id: 'hlj.human-resources', level: 'province' };

/** The columns "starts" and "stops" of the table say what really happens. */
function checkClocks(before: ListingCase, after: ListingCase, command: Command): void {
  const step = stepOf(before.status, command.type);
  const running = (state: ListingCase): Map<string, LocalDate> =>
    new Map(runningClocks(state).map((one) => [clockKey(one), one.dueOn]));
  const [was, is] = [running(before), running(after)];
  const clockOf = (key: string): string => key.split('/')[0]!;
  const started = [...is].filter(([key, dueOn]) => was.get(key) !== dueOn).map(([key]) => clockOf(key));
  const stopped = [...was.keys()].filter((key) => !is.has(key)).map(clockOf);
  const undeclared = [
    ...started.filter((clock) => !step?.starts?.includes(clock as never)).map((clock) => `starts ${clock}`),
    ...stopped.filter((clock) => !step?.stops?.includes(clock as never)).map((clock) => `stops ${clock}`),
  ];
  if (undeclared.length > 0)
    throw new Error(
      `${before.status} ${command.type}: the table does not say that it ${undeclared.join(', ')}`,
    );
}

/* Commands in the words of every story; a spec changes what it is about. */

export const notice = (servedOn: LocalDate, defenceUntil?: LocalDate): Command => ({
  type: 'notice',
  noticeNo: '（虚构）列入告知〔2024〕1号',
  reasons: '违法行为情节严重',
  way: 'personal',
  servedOn,
  ...(defenceUntil ? { defenceUntil } : {}),
});
export const defence: Command = { type: 'defence', text: '我公司已整改（虚构）' };
export const review = (opinion: 'list' | 'do-not-list' = 'list'): Command => ({
  type: 'review',
  opinion,
  text: '事实清楚',
});
export const consent = (granted = true): Command => ({ type: 'consent', granted, text: '同意列入' });
export const approval: Command = { type: 'approval', text: '同意' };
export const decision: Command & { type: 'decision' } = {
  type: 'decision',
  decisionNo: '（虚构）列入决定〔2024〕1号',
  reasons: '违法行为情节严重',
  repairNoticeNo: '（虚构）修复告知〔2024〕1号',
};
export const service = (servedOn: LocalDate, repairNoticeNo = decision.repairNoticeNo): Command => ({
  type: 'service',
  way: 'personal',
  servedOn,
  ...(repairNoticeNo ? { repairNoticeNo } : {}),
});
/** Service by public notice: thirty days after it was issued. */
export const publicNotice = (announcedOn: LocalDate) => ({
  way: 'public-notice' as const,
  announcedOn,
  proof: '下落不明,其他方式无法送达（虚构）',
});
export const publication: Command = { type: 'publication', secrecyReview: 'passed', text: '不涉密' };
export const REQUEST = '0192f0c4-6c00-7000-8000-0000000000d1';
const scan = (name: string) => ({
  id: '0192f0c4-6c00-7000-8000-0000000000e1',
  name,
  mediaType: 'application/pdf',
  size: 4096,
  digest: 'd1'.repeat(32),
});
/** Proof, ruling and signed commitment: all that any rule asks for. */
export const handingIn = (signedOn: LocalDate): HandingIn => ({
  papers: [
    { kind: 'proof', name: '缴款凭证（虚构）', files: [scan('缴款凭证.pdf')] },
    { kind: 'ruling', name: '批准重整计划裁定书（虚构）', files: [scan('裁定书.pdf')] },
  ],
  commitment: {
    template: null,
    text: '所提交的材料真实、有效,违反承诺的愿意承担相应责任（虚构）',
    signedBy: '李某（虚构）',
    signedOn,
    files: [scan('信用承诺书.pdf')],
  },
});
const application = (correctedOn: LocalDate) => ({
  requestId: REQUEST,
  correctedOn,
  commitment: true,
  statement: '义务已全部履行',
  materials: ['缴款凭证（虚构）'],
  handingIn: handingIn(correctedOn),
});
export const request = (
  correctedOn: LocalDate,
  bars: string[] = [],
  more: Partial<CommandOf<'repair-request'>> = {},
): Command => ({
  type: 'repair-request',
  ...application(correctedOn),
  way: 'regular',
  ground: null,
  askedBy: null,
  bars: bars.map((code) => ({ code, until: null })),
  repairBars: [],
  ...more,
});
export const suspensionRequest = (correctedOn: LocalDate): Command => ({
  type: 'suspension-request',
  ...application(correctedOn),
  rulingNo: '（虚构）（2026）黑01破1号之一',
});
export const siteRequest = (correctedOn: LocalDate, repairBars: Bar[] = []): Command => ({
  type: 'site-repair-request',
  ...application(correctedOn),
  repairBars,
});
export const acceptance = (accepted = true): Command => ({
  type: 'repair-acceptance',
  requestId: REQUEST,
  accepted,
  text: '材料齐全',
});
export const removalDecision = (granted = true): Command => ({
  type: 'repair-decision',
  requestId: REQUEST,
  granted,
  reasons: '已履行义务并满规定期限',
});
/** Every condition of the way that was taken is found met, or all but the named ones; no bar holds but the named. */
export const verification = (story: Story, unmet: string[] = [], found: string[] = []): Command => {
  const open = 'removalRequest' in story.state ? story.state.removalRequest : null;
  const conditions = (open?.conditions ?? []).map((code) => ({ code, met: !unmet.includes(code) }));
  const bars = (open?.bars ?? []).map((code) => ({ code, found: found.includes(code) }));
  return { type: 'repair-verification', requestId: REQUEST, text: '经核实（虚构）', conditions, bars };
};
/** Accepted, verified and granted on one day. */
export const granting = (story: Story, approver: Person = 'approver'): Story =>
  story.does('handler', acceptance()).does('handler', verification(story)).does(approver, removalDecision());

/** A case in force, by the shortest lawful way of its list; ready for what comes after. */
export function inForce(
  opening: Opening,
  days: { decidedOn: LocalDate; servedOn: LocalDate; publishedOn?: LocalDate },
  extra: Partial<typeof decision> = {},
): Story {
  const story = new Story(opening);
  const { steps } = story.rules.list;
  if (steps.notice || steps.riskWarning) {
    const free = steps.defence && story.rules.list.defence === null;
    const shortest = hearingLimit(story.rules, opening.openedOn) ?? addDays(opening.openedOn, 1);
    story.does('handler', notice(opening.openedOn, free ? shortest : undefined));
  }
  story.on(days.decidedOn).does('reviewer', review());
  if (steps.consentFrom.includes(opening.department?.level ?? 'province')) story.does('superior', consent());
  story.does('approver', approval).does('handler', { ...decision, ...extra });
  story.on(days.servedOn).does('handler', service(days.servedOn));
  if (days.publishedOn) story.on(days.publishedOn).does('secrecy', publication);
  return story;
}
