import { expect } from '@jest/globals';
import { addDays, compareDates, type LocalDate, periodEnd, Refusal } from '#kernel';
import { runningClocks } from '../src/domain/term/clocks.js';
import { whenRunOut } from '../src/domain/term/run-out.js';
import { followsFor } from '../src/domain/case/case-file.js';
import { partyOf } from '../src/domain/case/case.js';
import type { Command } from '../src/domain/case/commands.js';
import { FINAL, stepOf } from '../src/domain/case/lifecycle.js';
import { stayOf } from '../src/domain/repair/staying.js';
import { hearingLimit } from '../src/domain/procedure/oral-hearing.js';
import { noticePrescribed } from '../src/domain/rules/rules.js';
import { type Login, possibleActions, standingFor } from '../src/domain/case/standing.js';
import { type Attempt, type Detour, verified } from './attempts.js';
import { ROLES } from './people.js';
import { ranOut } from './run-out.js';
import {
  acceptance,
  approval,
  consent,
  decision,
  LAST_DAY,
  notice,
  type Opening,
  type Person,
  people,
  publication,
  removalDecision,
  request,
  review,
  service,
  Story,
} from './story.js';

/*
 * Walking a file of parties along any path, and what must hold after every step of it. A walk takes what is refused as
 * refused; any other error is a fault of the program.
 */

/** A principal and the persons bound with it; a step that is refused for one of them changes none. */
export class Walk {
  readonly parties: readonly Story[];

  constructor(opening: Opening | Story) {
    const principal = opening instanceof Story ? opening : new Story(opening);
    const persons = opening instanceof Story ? [] : (opening.persons ?? []);
    this.parties = [principal, ...persons.map((_, index) => principal.companion(index))];
  }

  get principal(): Story {
    return this.parties[0]!;
  }

  get today(): LocalDate {
    return this.principal.today;
  }

  /** To that day, and the clocks that ran out before it are run. */
  on(day: LocalDate): this {
    for (const story of this.parties) {
      story.on(day);
      for (const { clock, dueOn, letterId } of runningClocks(story.state)) {
        const command = whenRunOut(clock, letterId);
        if (ranOut({ clock, dueOn }, day)) this.take(this.parties.indexOf(story), 'platform', command);
      }
    }
    return this;
  }

  /** @returns the code of the refusal */
  try(index: number, who: Person, command: Command): string | undefined {
    const story = this.parties[index]!;
    const told = tellsOf(story, who, command);
    const before = this.parties.map(({ state, facts }) => ({ state, facts: [...facts] }));
    try {
      this.take(index, who, command);
      told?.accepted();
      return undefined;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.parties.forEach((one, n) => Object.assign(one, before[n]));
      told?.refused(error.code);
      expect(error.cureZh && error.cureEn && error.zh && error.en).toBeTruthy();
      return error.code;
    }
  }

  private take(index: number, who: Person, command: Command): void {
    const story = this.parties[index]!;
    const already = story.facts.length;
    story.does(who, command);
    // What becomes of a record is told to each listing that rests on it.
    if (command.type === 'lose-basis' || command.type === 'correct-basis')
      return this.parties.forEach((one) => void (one !== story && one.does(who, command)));
    if (index > 0) return;
    for (const person of this.parties.slice(1)) {
      const own = followsFor(person.state, command, story.facts.slice(already));
      if (own) person.does(who === 'party' ? 'platform' : who, own);
    }
  }

  /** Somebody tries something, and the law holds. */
  attempt({ command, who, days, ofPerson }: Attempt, lastDay = LAST_DAY): void {
    const day = addDays(this.today, days);
    this.on(compareDates(day, lastDay) > 0 ? lastDay : day);
    this.try(ofPerson && this.parties.length > 1 ? 1 : 0, who, command(this.today));
    // What came too late for its own clock (a service after the last day of the term) is swept at once.
    this.on(this.today);
    this.checkLaw();
  }

  checkLaw(): void {
    this.parties.forEach(checkLaw);
    // Whoever was bound for the principal's conduct leaves with it; a fixed term ends for each by its own clock.
    const { state } = this.principal;
    const left = state.status === 'withdrawn' || ('end' in state && state.end.kind !== 'expired');
    if (left)
      for (const { status } of this.parties.slice(1))
        expect([status, LEFT.has(status)]).toEqual([status, true]);
  }

  /**
   * From wherever the walk has come to there is a way to rest, by one person's step or none: nobody is stuck.
   */
  checkNoDeadEnd(): void {
    this.parties.forEach(({ status }, index) => {
      if (FINAL.includes(status)) return;
      if (stepOf(status, 'withdrawal'))
        expect(
          this.try(index, 'otherApprover', { type: 'withdrawal', reason: '—', ground: 'other' }),
        ).toBeUndefined();
      if (stepOf(this.parties[index]!.status, 'revocation'))
        expect(this.try(index, 'otherApprover', { type: 'revocation', reason: '—' })).toBeUndefined();
      if (this.parties[index]!.status === 'ended')
        this.take(index, 'platform', { type: 'close', receipts: [] });
    });
    const rest = this.parties.map(({ status }) => status);
    expect(rest.filter((status) => !FINAL.includes(status))).toEqual([]);
    this.checkLaw();
  }
}

const LEFT: ReadonlySet<string> = new Set(['withdrawn', 'reminded', 'ended', 'closed']);

function loginOf({ state }: Story, who: Person): Login {
  const roles: string[] = [ROLES[who] ?? 'system'];
  if (who === 'party') return { id: people.party.id, roles, party: partyOf(state.subject) };
  const { id, department } = people[who];
  return { id, roles, department: who === 'superior' ? department! : state.department };
}

/**
 * What `GET …/actions` tells this person of a step just before it is tried, held against what comes of it. A person
 * whom the table does not name for the step is told nothing of it, whatever the core would say.
 */
function tellsOf(
  story: Story,
  who: Person,
  { type }: Command,
): { accepted: () => void; refused: (code: string) => void } | undefined {
  const { state } = story;
  const login = loginOf(story, who);
  const { superior } = story.circumstances(who).owner;
  const seat = { department: state.department, superior, subject: state.subject };
  if (!stepOf(state.status, type) || !standingFor(type, state.status, login, seat).may) return undefined;
  const possible = possibleActions(state, story.rules, story.circumstances(who), login);
  const told = possible.find(({ action }) => action === type);
  return {
    accepted: () => expect([type, told?.allowed]).toEqual([type, true]),
    refused: (code) => {
      // What is allowed may still be refused for what the command itself says.
      if (told && !told.allowed) expect([type, code]).toEqual([type, told.refusal!.code]);
    },
  };
}

const AFTER_THE_END: ReadonlySet<string> = new Set([
  'site-publication',
  'repair-acceptance',
  'repair-decision',
  'correction',
  'basis-review',
]);

/**
 * What the issue asks of every path: nothing in force without notice or the list's lawful substitute, without a term or
 * another end that the rule knows, and without a decision by two people; nothing published after its end; nothing
 * standing, and so nobody disciplined, without basis. And what else must hold after any step.
 */
function checkLaw(story: Story): void {
  const { state } = story;
  if (state.status === 'in-force') {
    const { ends, startsAt } = state.decision.term;
    const waits = (startsAt === 'publication' || startsAt === 'performance') && state.term.startsOn === null;
    if (ends === 'term' && !waits)
      expect(state.term).toMatchObject({ startsOn: expect.any(String), endsOn: expect.any(String) });
  }
  if ('decision' in state) {
    if (noticePrescribed(story.rules.list)) expect(state.notice).not.toBeNull();
    const until = state.notice?.defenceUntil;
    if (until) expect(compareDates(state.review.on, until)).toBe(1);
    const [reviewer, approver] = [state.review.by.id, state.approval.by.id];
    expect(new Set([reviewer, approver, ...state.handlers]).size).toBe(state.handlers.length + 2);
    expect(state.review.opinion).toBe('list');
    if (story.rules.list.steps.consentFrom.includes(story.circumstances('platform').owner.level))
      expect(state.consent?.granted).toBe(true);
    expect(state.decision.basis.length).toBeGreaterThan(0);
  }
  if ('oralHearing' in state && state.oralHearing && 'review' in state)
    expect(state.oralHearing.result).not.toBeNull();
  if ('publication' in state && state.publication.status === 'published')
    expect(['in-force', 'suspended']).toContain(state.status);
  if ('publication' in state && state.publication.status === 'published' && state.publication.until)
    expect(compareDates(story.today, state.publication.until)).not.toBe(1);
  // What is not carried out is not in force, shown on no site, and waited for by nobody who carries it out.
  if (stayOf(state)) {
    expect(state.status).not.toBe('in-force');
    expect('entry' in state && state.entry.site?.status).not.toBe('shown');
    const waiting = runningClocks(state).map(({ clock }) => clock);
    for (const clock of ['publication', 'grace', 'letter-answer', 'performance-order'] as const)
      expect(waiting).not.toContain(clock);
  }
  // The clock was run: what is still listed has not seen its last day go by.
  if ('inForceOn' in state && !('end' in state) && state.term.endsOn && state.decision.term.ends === 'term')
    expect(compareDates(story.today, state.term.endsOn)).not.toBe(1);
  if ('end' in state && 'term' in state && state.term.endsOn && state.end.kind === 'expired') {
    expect(compareDates(state.end.endedOn, state.term.endsOn)).toBe(1);
  }
  // What was revoked, corrected, or stands on nothing any more is shown nowhere (ordinance art. 38).
  const site = 'entry' in state ? state.entry.site : null;
  const undone = 'end' in state && ['revoked', 'corrected'].includes(state.end.kind);
  const baseless = state.documents.length === 0 && state.records.every(({ withdrawn }) => withdrawn);
  if (undone || baseless) expect(site?.status ?? 'none').not.toBe('shown');
  // Nothing stands, and nobody is disciplined, without basis; no term is longer than rule and decision give.
  if ('decision' in state && !('end' in state)) expect(baseless).toBe(false);
  if ('term' in state && state.term.endsOn !== null && 'decision' in state) {
    const { period, endsOn } = state.decision.term;
    const latest = endsOn ?? (period && state.term.startsOn && periodEnd(state.term.startsOn, period));
    if (latest) expect(compareDates(state.term.endsOn, latest)).not.toBe(1);
    // It begins where it was decided to, or with the one finding that a repair was false.
    const { foundFalse, granted } = state.entry;
    for (const { by, on, requestId } of foundFalse) {
      expect(foundFalse.filter((one) => one.requestId === requestId)).toHaveLength(1);
      const grant = granted.filter(({ id, grantedOn }) => id === requestId && grantedOn <= on);
      expect(grant.map((one) => one.by.id)).not.toContain(by.id);
    }
  }
  // At rest nothing runs but what 信用中国 shows, what may be asked about that, and copies that have not followed.
  const resting = runningClocks(state).filter(({ clock }) => !AFTER_THE_END.has(clock));
  if (FINAL.includes(state.status)) expect(resting).toEqual([]);
  // Nothing is found false that was not granted, and corrections are counted without a gap.
  if ('entry' in state) {
    const { granted, foundFalse, corrections } = state.entry;
    for (const { requestId } of foundFalse) expect(granted.map(({ id }) => id)).toContain(requestId);
    expect(corrections.map(({ number }) => number)).toEqual(corrections.map((_, index) => index + 1));
  }
  expect(state.overdue.every((clock) => runningClocks(state).some((one) => one.clock === clock))).toBe(true);
}

/** One step of the lawful way: what is tried one after the other until something is not refused. */
interface WayStep {
  who: Person;
  tries: (walk: Walk, party: Story) => Command[];
  /** Days to wait before it. */
  wait?: number;
  /** Each party for itself. */
  each?: true;
}

/** Long enough for every waiting period, counted from a correction soon after the listing. */
const WAIT = 420;

/** From the notice to the last receipt, as the lists of the seeds know it. */
export const WAY: readonly WayStep[] = [
  { who: 'handler', tries: ({ principal, today }) => [notice(today, daysByNotice(principal))] },
  { who: 'reviewer', tries: () => [review()] },
  { who: 'superior', tries: () => [consent()] },
  { who: 'approver', tries: () => [approval] },
  {
    who: 'handler',
    tries: ({ today }) => [
      decision,
      { ...decision, termStartsOn: today },
      { ...decision, termEndsOn: addDays(today, 400) },
      { ...decision, termStartsOn: today, termEndsOn: addDays(today, 400) },
      { ...decision, termMonths: 12 },
      { ...decision, termMonths: 12, gravity: 'limited' },
    ],
  },
  { who: 'handler', each: true, tries: ({ today }, party) => [service(today, repairNoticeOf(party))] },
  { who: 'secrecy', each: true, tries: () => [publication] },
  {
    who: 'party',
    wait: WAIT,
    tries: ({ today }) => [
      request(addDays(today, -400)),
      request(addDays(today, -400), [], { ground: 'court-duty-performed' }),
    ],
  },
  { who: 'handler', tries: () => [acceptance()] },
  { who: 'handler', tries: () => [verified] },
  { who: 'approver', tries: () => [removalDecision()] },
];

/** The notice sets the day where the rule fixes none. */
function daysByNotice({ rules, today }: Story): LocalDate | undefined {
  const { steps, defence: fixed } = rules.list;
  return steps.defence && !fixed ? (hearingLimit(rules, today) ?? addDays(today, 1)) : undefined;
}

/** Each party is served with the repair notice of its own decision. */
function repairNoticeOf({ state }: Story): string | undefined {
  return 'decision' in state ? state.decision.repairNoticeNo : undefined;
}

/** Goes the lawful way with a detour at each step. */
export function goAround(walk: Walk, detours: readonly Detour[]): Walk {
  WAY.forEach(({ who, tries, wait = 0, each }, index) => {
    const { skip, who: another, days, before } = detours[index]!;
    if (before) walk.attempt(before);
    if (skip) return;
    const parties = each ? walk.parties.map((_, n) => n) : [0];
    if (another) for (const n of parties) tryAll(walk, n, another, tries(walk, walk.parties[n]!));
    walk.checkLaw();
    const day = addDays(walk.today, days + wait);
    walk.on(compareDates(day, LAST_DAY) > 0 ? LAST_DAY : day);
    for (const n of parties) tryAll(walk, n, who, tries(walk, walk.parties[n]!));
    walk.checkLaw();
  });
  return walk;
}

function tryAll(walk: Walk, party: number, who: Person, commands: readonly Command[]): void {
  for (const command of commands) if (walk.try(party, who, command) === undefined) return;
}
