import { type LocalDate, Refusal } from '#kernel';
import type { CaseRecord, Hand, ListingCase, Subject } from '../../src/domain/case/case.js';
import { partyOf } from '../../src/domain/case/case.js';
import type { Circumstances, Command } from '../../src/domain/case/commands.js';
import type { Fact } from '../../src/domain/case/facts.js';
import { type Login, standingFor } from '../../src/domain/case/standing.js';
import type { Receipt } from '../../src/domain/ending/receipt.js';
import { checkedDecision } from '../../src/domain/objection/asked.js';
import type { ObjectionCommand } from '../../src/domain/objection/decide.js';
import { decisionDue } from '../../src/domain/objection/due-day.js';
import type { ObjectionFact } from '../../src/domain/objection/facts.js';
import type { Filing } from '../../src/domain/objection/filing.js';
import { objectionStep } from '../../src/domain/objection/lifecycle.js';
import { isLive, type Objection } from '../../src/domain/objection/objection.js';
import { fittingActor } from '../../src/domain/objection/standing.js';
import { objectionRemediesOf } from '../../src/domain/procedure/decision-texts.js';
import { openFile } from '../../src/domain/procedure/opening.js';
import { lowered, loweredTo } from '../../src/domain/repair/lowering.js';
import type { Rules, UnitLevel } from '../../src/domain/rules/rules.js';
import type { RunningClock } from '../../src/domain/term/clocks.js';
import type { RunningTerm } from '../../src/domain/term/term-after.js';
import { ROLES } from '../people.js';
import { type Opening, openingOf, people, type Person } from '../story.js';
import { answered, type Asked } from './asked.js';
import { caseRules, objectionRules } from './law.js';
import { hear, type Heard, NOTHING_HEARD } from './subscriber.js';
import { rightWays, type Ways } from './ways.js';

/*
 * One file of parties with all that the law ties to it, as the services keep it, in memory: cases, objections, requests,
 * receipts, clocks, events. What is decided, and what becomes so, is done by the functions of `src` alone; here stands
 * only in which order they are called, which CaseChanges and HandleObjections do inside one transaction.
 */

/** One case of the file. */
export interface Walked {
  state: ListingCase;
  version: number;
  facts: readonly Fact[];
  heard: Heard;
  /** Every event of it, in order. */
  told: readonly { contract: { type: string }; data: unknown }[];
  asked: Readonly<Record<string, Asked>>;
  receipts: readonly Receipt[];
}

/** What was just done, for the laws to look at. */
export interface Done {
  who: Person;
  command: Command | ObjectionCommand | { type: 'file' };
  /** Facts that came of it, by the place of the case. */
  facts: readonly (readonly Fact[])[];
  refused: string | null;
}

/** Everything that a step may change. */
export interface Standing {
  cases: readonly Walked[];
  objections: readonly Objection[];
}

const HELPER = 'hlj.market-regulation';

export class World {
  today: LocalDate;
  cases: readonly Walked[] = [];
  objections: readonly Objection[] = [];
  /** Terms of the subject's other cases, where they add up. */
  beside: readonly RunningTerm[] = [];
  /** In a small unit whoever handles, reviews and approves has every role: only the rules keep them apart. */
  fewPeople = false;
  /** What was done, for whoever reads of a walk that failed. */
  readonly path: string[] = [];
  readonly list: string;
  readonly subject: Subject;
  readonly #owner: Circumstances['owner'];
  readonly #department: string;
  #facts: (readonly Fact[])[] = [];
  #ids = 0;
  readonly #clocks = new WeakMap<ListingCase, RunningClock[]>();

  constructor(
    readonly opening: Opening & { records: CaseRecord[] },
    readonly ways: Ways = rightWays,
  ) {
    const opened = openingOf(opening);
    this.today = opening.openedOn;
    this.list = opening.list;
    this.subject = opened.subject;
    this.#department = opened.department.id;
    const level: UnitLevel = opened.department.level;
    this.#owner = { level, superior: level === 'province' ? null : HELPER, region: '230000' };
    const by = this.hand('handler');
    for (const fact of openFile({ ...opened, by }, caseRules(opening.list, null, this.today)))
      this.#save(undefined, [fact]);
  }

  /** The clocks of a case: what they follow from never changes, so they are found once. */
  clocks(state: ListingCase): RunningClock[] {
    const clocks = this.#clocks.get(state) ?? this.ways.runningClocks(state);
    this.#clocks.set(state, clocks);
    return clocks;
  }

  id(): string {
    this.#ids += 1;
    return `0192f0c4-6c00-7000-9000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  hand(who: Person): Hand {
    const { department } = people[who];
    const own = who === 'superior' ? HELPER : this.#department;
    return { ...people[who], department: department === null ? null : own };
  }

  /** The rules of a case today: those of its decision, before it those of the day. */
  rules(at: number): Rules {
    const { state } = this.cases[at]!;
    return caseRules(state.listType, 'decision' in state ? state.rulesVersion : null, this.today);
  }

  circumstances(who: Person): Circumstances {
    return {
      today: this.today,
      actor: this.hand(who),
      byParty: who === 'party',
      owner: this.#owner,
      earlierTerms: this.beside,
    };
  }

  login(who: Person): Login {
    if (who === 'party') return { id: who, roles: ['party'], party: partyOf(this.subject) };
    const own = who !== 'superior' && who !== 'secrecy' && who !== 'platform';
    const roles = own && this.fewPeople ? ['handler', 'reviewer', 'approver'] : [ROLES[who] ?? 'system'];
    return { id: who, roles, department: this.hand(who).department ?? undefined };
  }

  /** Whether the table lets this person take the step at all. */
  mayTake(at: number, who: Person, { type }: Command): boolean {
    const { state } = this.cases[at]!;
    const login = who === 'party' ? { ...this.login(who), party: partyOf(state.subject) } : this.login(who);
    const seat = { department: state.department, superior: this.#owner.superior, subject: state.subject };
    return standingFor(type, state.status, login, seat).may;
  }

  /** Somebody takes a step at a case. */
  take(at: number, who: Person, command: Command): Done {
    if (!this.mayTake(at, who, command)) return this.#done(who, command, 'no standing');
    return this.#whole(who, command, () => this.#change(at, who, command));
  }

  /** A clock or an event, for which nobody's standing is asked. It is never refused. */
  brings(at: number, command: Command, alone = false): Done {
    const facts = this.#whole('platform', command, () => this.#change(at, 'platform', command, alone));
    if (facts.refused) throw new Error(`${command.type} came by itself and was refused: ${facts.refused}`);
    return facts;
  }

  file(at: number, who: Person, filing: Omit<Filing, 'id'>): Done {
    const step = { type: 'file' } as const;
    const { state, asked } = this.cases[at]!;
    const as = fittingActor(objectionStep(null, 'file')!, this.login(who).roles, this.#seats(at, who, []));
    if (!as) return this.#done(who, step, 'no standing');
    return this.#whole(who, step, () => {
      const refusedRepairs = Object.values(asked)
        .filter(({ answer }) => answer === 'refused' || answer === 'not-accepted')
        .map(({ request, answeredOn = null }) => ({ id: request.id, answeredOn }));
      const filed = this.objections.filter(({ caseId }) => caseId === state.id);
      const fact = this.ways.fileObjection(
        this.ways.entryObjected(state, filing.about, { filed, refusedRepairs }),
        { ...filing, id: this.id() },
        objectionRules(this.today, { list: state.listType, receivedOn: filing.receivedOn }),
        { today: this.today, actor: this.hand(who), byParty: as.role === 'party' },
      );
      const objection = this.#keep(at, undefined, [fact]);
      const { id, about, markedOn: since } = objection;
      this.#change(at, who, { type: 'mark-objection', mark: { id, about, since } }, true);
    });
  }

  /** Somebody takes a step of an objection, or its clock does. */
  handle(id: string, who: Person, command: ObjectionCommand): Done {
    const { objection, at } = this.#objection(id);
    const step = objectionStep(objection.status, command.type);
    const helpers = objection.help.map(({ unit }) => unit);
    const byItself = who === 'platform';
    if (!byItself && step && !fittingActor(step, this.login(who).roles, this.#seats(at, who, helpers)))
      return this.#done(who, command, 'no standing');
    return this.#whole(who, command, () => {
      const { state } = this.cases[at]!;
      const { today } = this;
      const checked =
        command.type === 'decision'
          ? checkedDecision(command, objection, this.rules(at), state, today)
          : command;
      const facts = this.ways.decideObjection(objection, checked, {
        rules: objectionRules(this.today),
        procedure: this.rules(at).procedure,
        today: this.today,
        actor: this.hand(who),
        madeBy: this.ways.madeBy(state),
        remedies: objectionRemediesOf(this.rules(at).list, this.#owner),
        isUnit: (unit) => unit === HELPER,
      });
      if (facts.length === 0) return;
      const after = this.#keep(at, objection, facts);
      const named = facts.find((fact) => fact.type === 'material-named');
      if (named) {
        const { text } = named;
        this.#change(at, who, { type: 'tell-material', objectionId: id, about: after.about, text }, true);
      }
      const { repairId } = after;
      const asked = repairId === null ? undefined : this.cases[at]!.asked[repairId];
      const settling = this.ways.endedNow(objection, after)
        ? this.ways.settlingOf(after, asked?.request)
        : null;
      if (settling) this.#change(at, who, settling);
    });
  }

  /** A record was withdrawn: told to every case that rests on it. */
  withdrawRecord(recordId: string): Done {
    const command = { type: 'lose-basis', recordId, cause: 'revoked', reason: '撤销' } as const;
    return this.#ofRecord(recordId, command, () => command);
  }

  /** A record reads otherwise: each case has its own copy of it. */
  correctRecord(recordId: string, documentNo: string): Done {
    const corrected = (record: CaseRecord): Command => ({
      type: 'correct-basis',
      record: { ...record, documentNo },
    });
    return this.#ofRecord(recordId, corrected(this.opening.records[0]!), corrected);
  }

  #ofRecord(id: string, command: Command, of: (record: CaseRecord) => Command): Done {
    return this.#whole('platform', command, () => {
      this.cases.forEach(({ state }, at) => {
        const held = state.records.find((record) => record.id === id);
        if (held) this.#change(at, 'platform', of(held));
      });
    });
  }

  /** Something which the listing brought about is undone, and whoever undid it says so. */
  receipt(at: number, receipt: Receipt): void {
    this.#put(at, { receipts: [...this.cases[at]!.receipts, receipt] });
  }

  /** Opened by the decision that let the subject go (order 282 art. 30). */
  #lower(at: number, before: ListingCase, who: Person): void {
    const { state } = this.cases[at]!;
    const rules = this.rules(at);
    const request = 'removalRequest' in before ? before.removalRequest : null;
    if (!request || state.status !== 'ended' || !loweredTo(state, rules)) return;
    if (state.end.repair?.id !== request.id) return;
    const grantedBy = this.hand(who);
    const granted = {
      verifiedBy: request.verification?.by ?? grantedBy,
      grantedBy,
      reasons: state.end.reasons,
    };
    const names = {
      ...{ id: this.id(), no: `${state.no}-2`, unitName: '（虚构）海关' },
      ...{ today: this.today, decider: this.#owner },
    };
    const { opened, decided } = lowered(state, granted, rules, names);
    this.#save(undefined, [opened]);
    this.#save(this.cases.length - 1, decided);
  }

  /** As CaseChanges.change: decided, saved, and carried to the persons bound with the principal. */
  #change(at: number, who: Person, command: Command, alone = false): void {
    const { state } = this.cases[at]!;
    const circumstances = { ...this.circumstances(who), alone };
    const facts = this.ways.decide(state, command, this.rules(at), circumstances);
    if (facts.length === 0) return;
    this.#save(at, facts);
    this.#lower(at, state, who);
    if (alone) return;
    this.cases.forEach(({ state: companion }, of) => {
      if (companion.file.principal !== state.id) return;
      const own = this.ways.followsFor(companion, command, facts);
      if (!own) return;
      const follows = this.ways.decide(companion, own, this.rules(of), {
        ...circumstances,
        byParty: false,
        alone: false,
      });
      if (follows.length > 0) this.#save(of, follows);
    });
  }

  #save(place: number | undefined, facts: readonly Fact[]): void {
    const before = place === undefined ? undefined : this.cases[place]!;
    const at = place ?? this.cases.length;
    const told = [...(before?.told ?? [])];
    let heard = before?.heard ?? NOTHING_HEARD;
    let state = before?.state;
    for (const fact of facts) {
      state = frozen(this.ways.evolve(state, fact));
      const { listType } = state;
      const version = 'decision' in state ? state.rulesVersion : null;
      for (const event of this.ways.eventsOf(fact, state, caseRules(listType, version, this.today).list)) {
        told.push(event);
        heard = hear(heard, event);
      }
    }
    const restored = facts.some(({ type }) => type === 'restored');
    const walked: Walked = {
      state: state!,
      version: (before?.version ?? 0) + 1,
      facts: [...(before?.facts ?? []), ...facts],
      heard,
      told,
      asked: facts.reduce(answered, before?.asked ?? {}),
      receipts: restored ? [] : (before?.receipts ?? []),
    };
    this.cases = before ? this.cases.with(at, walked) : [...this.cases, walked];
    this.#facts[at] = [...(this.#facts[at] ?? []), ...facts];
    if (facts.some(({ type }) => type === 'publication-ended'))
      this.receipt(at, receiptOf('publication-ended', '', walked.state.department, this.today));
    const undone =
      walked.state.status === 'ended' && ['revoked', 'corrected'].includes(walked.state.end.kind);
    if (!undone) return;
    for (const open of this.objections) {
      if (open.caseId !== walked.state.id || !isLive(open)) continue;
      const look = { rules: objectionRules(this.today), today: this.today, actor: this.hand('platform') };
      const reason = '列入决定已撤销或者更正';
      const { procedure } = this.rules(at);
      const none = { madeBy: [], remedies: '', isUnit: () => false, procedure };
      this.#keep(at, open, this.ways.decideObjection(open, { type: 'lapse', reason }, { ...look, ...none }));
    }
  }

  #keep(at: number, before: Objection | undefined, facts: readonly ObjectionFact[]): Objection {
    const rules = objectionRules(this.today);
    const states: Objection[] = [];
    for (const fact of facts) states.push(frozen(this.ways.evolveObjection(states.at(-1) ?? before, fact)));
    const after = states.at(-1)!;
    const due = isLive(after) ? decisionDue(after, rules) : null;
    const { state, told, heard } = this.cases[at]!;
    const events = facts.flatMap((fact, n) => this.ways.objectionEventsOf(fact, states[n]!, state, due));
    this.#put(at, { told: [...told, ...events], heard: events.reduce(hear, heard) });
    this.objections = before
      ? this.objections.map((one) => (one.id === after.id ? after : one))
      : [...this.objections, after];
    return after;
  }

  #put(at: number, change: Partial<Walked>): void {
    this.cases = this.cases.with(at, { ...this.cases[at]!, ...change });
  }

  #objection(id: string): { objection: Objection; at: number } {
    const objection = this.objections.find((one) => one.id === id)!;
    return { objection, at: this.cases.findIndex(({ state }) => state.id === objection.caseId) };
  }

  #seats(at: number, who: Person, helpers: readonly string[]) {
    const { state } = this.cases[at]!;
    const { department } = this.login(who);
    return {
      owner: department === state.department,
      superior: this.#owner.superior !== null && department === this.#owner.superior,
      helper: department !== undefined && helpers.includes(department),
      party: who === 'party',
    };
  }

  /** All of it, or where something is refused nothing. */
  #whole(who: Person, command: Done['command'], all: () => void): Done {
    const { cases, objections } = this;
    this.#facts = [];
    try {
      all();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.cases = cases;
      this.objections = objections;
      this.#facts = [];
      return this.#done(who, command, error.code);
    }
    return this.#done(who, command, null);
  }

  #done(who: Person, command: Done['command'], refused: string | null): Done {
    return { who, command, facts: [...this.#facts], refused };
  }
}

export function receiptOf(kind: Receipt['kind'], ref: string, by: string, on: LocalDate): Receipt {
  return { kind, ref, by, at: `${on}T00:00:00.000Z`, eventId: `e-${kind}-${ref}` };
}

/** A rule that changes what it was handed is a fault, and shows at once. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) frozen(part);
  return value;
}
