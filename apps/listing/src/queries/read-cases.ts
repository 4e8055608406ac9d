import { Injectable } from '@nestjs/common';
import { addDays, type LocalDate, type Refusal, startOfDay } from '#kernel';
import { type Actor, Clock, Database, type Page, pageOf, type PageRequest, requestRefusals } from '#platform';
import { CaseChanges } from '../commands/case-changes.js';
import { type Sight, sightOf } from '../commands/case-access.js';
import { RequestRepair } from '../commands/request-repair.js';
import { CLOCK_MEANINGS, runningClocks } from '../domain/term/clocks.js';
import { missingReceipts } from '../domain/ending/closure.js';
import type { ListingCase, Status } from '../domain/case/case.js';
import type { Action } from '../domain/case/commands.js';
import { evolve } from '../domain/case/evolve.js';
import type { Fact } from '../domain/case/facts.js';
import { possibleActions } from '../domain/case/standing.js';
import { shellRefusals } from '../refusals.js';
import type { CaseFilter } from '../store/case-list.js';
import { Cases, type VersionedCase } from '../store/cases.js';
import { Closures } from '../store/closures.js';
import { History } from '../store/history.js';
import { Repairs } from '../store/repairs.js';
import { Units } from '../store/units.js';
import { type CaseView, type Seen, viewOf } from './case-view.js';
import { asDepartment, departmentsOnly } from './departments-only.js';
import { withMeaning } from './with-meaning.js';

export interface CaseSearch {
  listType?: string | undefined;
  status?: Status | undefined;
  department?: string | undefined;
  /** id or code */
  subject?: string | undefined;
}

/** Everything that is read of cases, each reader seeing what is theirs to see. */
@Injectable()
export class ReadCases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly units: Units,
    private readonly cases: Cases,
    private readonly history: History,
    private readonly repairs: Repairs,
    private readonly closures: Closures,
    private readonly changes: CaseChanges,
    private readonly requests: RequestRepair,
  ) {}

  /**
   * @param asOf the case as it stood at the end of that day. Its facts are complete, so that evolving them gives
   *   the state they led to; only a reader asks for that, no step is ever decided on it.
   * @throws Refusal `listing.not-found` also where the case was not opened yet, or not told to the party
   */
  async one(actor: Actor, id: string, asOf?: LocalDate): Promise<CaseView> {
    const { found, sight } = await this.#open(actor, id);
    if (asOf === undefined) return viewOf(found, sight);
    const entries = await this.history.of(this.database, id, startOfDay(addDays(asOf, 1)));
    const facts = entries.map(({ fact, data }) => ({ type: fact, ...data }) as Fact);
    const state = facts.reduce<ListingCase | undefined>(evolve, undefined);
    if (!state) throw shellRefusals.refusal('listing.not-found', { id });
    const then = { state: { ...state, subject: found.state.subject }, fileVersion: entries.at(-1)!.version };
    return viewOf(then, this.#sight(actor, then));
  }

  /** What an actor sees of a case that it has just changed. */
  view(actor: Actor, changed: Seen): CaseView {
    return viewOf(changed, this.#sight(actor, changed));
  }

  async list(actor: Actor, search: CaseSearch, page: PageRequest): Promise<Page<CaseView>> {
    const { listType, status, department, subject } = search;
    const filter = { listType, status, department, subject, visibleTo: this.#visibleTo(actor) };
    const found = await this.cases.list(this.database, filter, page);
    const cut = pageOf(found, page, ({ state }) => [state.id]);
    return { ...cut, items: cut.items.map((item) => this.view(actor, item)) };
  }

  /** What this actor may do now, from the lifecycle table, and why not where it must wait. */
  async actions(actor: Actor, id: string): Promise<object> {
    const { found } = await this.#open(actor, id);
    const { state, fileVersion: version } = found;
    const circumstances = this.changes.circumstances(state, actor);
    const known = await this.database.transaction((tx) => this.requests.against(tx, state));
    const possible = possibleActions(state, this.changes.rules(state), circumstances, actor, known);
    const items = possible.map(({ refusal, ...action }) => ({
      ...action,
      href: `/api/listings/${id}/${pathOf(action.action, state)}`,
      ...(refusal ? { why: whyNot(refusal) } : {}),
    }));
    return { id, no: state.no, version, status: state.status, items };
  }

  /** What happened, up to the end of a day: actor, rule version, event and letters of each step. */
  async historyOf(actor: Actor, id: string, asOf?: LocalDate): Promise<object> {
    const { sight } = await this.#open(actor, id, ['whole', 'party']);
    const until = asOf === undefined ? undefined : startOfDay(addDays(asOf, 1));
    const entries = await this.history.of(this.database, id, until);
    if (sight === 'whole') return { items: entries };
    // The party reads what was done to it and by which department, not who inside it thought what.
    const told = entries.filter(({ fact }) => TOLD_TO_PARTY.has(fact));
    return { items: told.map(asDepartment) };
  }

  async clocksOf(actor: Actor, id: string): Promise<object> {
    const { found } = await this.#open(actor, id);
    const today = this.clock.today();
    return { today, items: withMeaning(runningClocks(found.state), CLOCK_MEANINGS, today) };
  }

  /** Receipts that came, and those still awaited. */
  async receiptsOf(actor: Actor, id: string): Promise<object> {
    const { found } = await this.#open(actor, id);
    const { state } = found;
    const known = await this.closures.of(this.database, id);
    const over = state.status === 'ended' || state.status === 'closed';
    const missing = over ? missingReceipts(state, known) : [];
    return { status: state.status, complete: over && missing.length === 0, items: known.receipts, missing };
  }

  /** For what lies beside a case and is for the deciding unit, the one above and the party. */
  async insight(actor: Actor, id: string): Promise<{ caseId: string; sight: Sight }> {
    const { found, sight } = await this.#open(actor, id, ['whole', 'party']);
    return { caseId: found.state.id, sight };
  }

  /** @throws Refusal when the actor may not see so much of the case */
  async found(actor: Actor, id: string, sights: readonly Sight[]): Promise<VersionedCase> {
    return (await this.#open(actor, id, sights)).found;
  }

  async repairsOf(actor: Actor, id: string): Promise<object> {
    const { sight } = await this.#open(actor, id, ['whole', 'party']);
    const items = await this.repairs.ofCase(this.database, id);
    return { items: sight === 'whole' ? items : departmentsOnly(items) };
  }

  /**
   * How much of a case an actor sees.
   *
   * @throws Refusal `listing.not-found`, and what hides it from others
   */
  async sightOf(actor: Actor, id: string): Promise<Sight> {
    return (await this.#open(actor, id)).sight;
  }

  /** The case, and how much of it an actor sees. */
  async seen(actor: Actor, id: string): Promise<{ state: ListingCase; sight: Sight }> {
    const { found, sight } = await this.#open(actor, id);
    return { state: found.state, sight };
  }

  async #open(
    actor: Actor,
    id: string,
    sights?: readonly Sight[],
  ): Promise<{ found: VersionedCase; sight: Sight }> {
    const found = await this.cases.read(this.database, id);
    const sight = this.#sight(actor, found);
    if (sights && !sights.includes(sight)) {
      throw requestRefusals.refusal('request.other-department', { owner: found.state.department });
    }
    return { found, sight };
  }

  #sight(actor: Actor, { state }: Seen): Sight {
    return sightOf(state, actor, this.units.superiorOf(state.department));
  }

  #visibleTo(actor: Actor): CaseFilter['visibleTo'] {
    if (actor.roles.includes('auditor')) return 'all';
    if (actor.department) return { departments: [actor.department, ...this.units.below(actor.department)] };
    if (actor.roles.includes('operator')) return { departments: [] };
    return { party: actor.party ?? '' };
  }
}

/** Where the action is posted to. */
function pathOf(action: Action, state: ListingCase): string {
  const requestId = ('removalRequest' in state && state.removalRequest?.id) || '-';
  switch (action) {
    case 'repair-request':
    case 'suspension-request':
    case 'site-repair-request':
      return 'repairs';
    case 'repair-supplement':
      return `repairs/${requestId}/supplement`;
    case 'repair-acceptance':
      return `repairs/${requestId}/acceptance`;
    case 'repair-verification':
    case 'repair-extension':
    case 'repair-withdrawal':
    case 'repair-decision':
      return `repairs/${requestId}/${action.slice('repair-'.length)}`;
    case 'false-application':
      return `repairs/${grantedIn(state)}/false-application`;
    case 'letter-answer':
      return `letters/${letterAwaited(state)}/answer`;
    case 'letter':
      return 'letters';
    default:
      return action;
  }
}

/** The repair that was granted last. */
function grantedIn(state: ListingCase): string {
  return ('entry' in state && state.entry.granted.at(-1)?.id) || '-';
}

/** The letter whose answer is due first. */
function letterAwaited(state: ListingCase): string {
  const letters = 'oversight' in state ? state.oversight.letters : [];
  const open = letters.filter((letter) => letter.answer === null);
  return open.sort((a, b) => (a.answerDue < b.answerDue ? -1 : 1))[0]?.id ?? '-';
}

/** A refusal as `…/actions` tells it. */
export function whyNot({ code, zh, en, cureZh, cureEn: cure, facts }: Refusal): object {
  return { code, zh, en, cureZh, cure, facts };
}

const TOLD_TO_PARTY: ReadonlySet<string> = new Set([
  'noticed',
  'defended',
  'fell-silent',
  'hearing-requested',
  'hearing-set',
  'hearing-closed',
  'decision-extended',
  'reminded',
  'publication-held-back',
  'ordered-to-perform',
  'order-performed',
  'held-accountable',
  'withdrawn',
  'decided',
  'served',
  'took-effect',
  'published',
  'publication-ended',
  'removal-requested',
  'removal-supplemented',
  'removal-accepted',
  'removal-not-accepted',
  'removal-extended',
  'removal-withdrawn',
  'removal-reopened',
  'removal-refused',
  'removal-granted',
  'ended',
  'closed',
  'record-corrected',
  'record-withdrawn',
  'suspended',
  'restored',
  'found-false',
  'site-publication-started',
  'site-publication-ended',
  'penalty-publication-ended',
  'penalty-publication-resumed',
  'objection-marked',
  'objection-settled',
  'lifting-urged',
  'lifting-fed-back',
  'corrected',
  'correction-spread',
]);
