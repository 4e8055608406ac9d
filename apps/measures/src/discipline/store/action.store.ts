import { Injectable } from '@nestjs/common';
import type { CaseRef, SubjectRef } from '#contracts';
import type { LocalDate } from '#kernel';
import { actorLine, currentContext, platformActor, prepared, type Queryable, type Tx } from '#platform';
import {
  type ActionState,
  answerIn,
  evolve,
  type Fact,
  isOverdue,
  openDay,
  type OwnGround,
  ownGroundIn,
} from '../domain/action.js';
import type { AllowedAction } from '../domain/allowed-actions.js';
import { OPEN } from '../domain/lifecycle.js';
import { cityOf } from '../../units/city-of.js';
import { lockSubject } from './subject-lock.js';

/** One action with the case and subject that it is about. */
export interface DisciplineAction extends AllowedAction {
  id: string;
  version: number;
  orderedOn: LocalDate;
  /** last day of the listing; null = until the duty is performed */
  listingUntil: LocalDate | null;
  case: CaseRef;
  subject: SubjectRef;
  /** As it was called, and where it was, when its listing last ordered; null where that is as it is now. */
  orderedAs: SubjectRef | null;
  /** 1, and one more each time that its listing was restored. */
  round: number;
  /** The entry behind it is objected to since this day. */
  objectionSince: LocalDate | null;
  state: ActionState;
}

/** Who brings something about; undefined: whoever acts now. */
export type ActorOf = (action: DisciplineAction) => string | undefined;

/** An action after a command, and what the command brought about. */
export interface ChangedAction {
  action: DisciplineAction;
  facts: readonly Fact[];
}

interface ActionRow {
  id: string;
  version: number;
  rule: string;
  executor: string;
  measure: string;
  class: AllowedAction['class'];
  mode: AllowedAction['mode'];
  fields: string[];
  begins_on: LocalDate;
  until: LocalDate | null;
  ordered_on: LocalDate;
  round: number;
  objection_since: LocalDate | null;
  content: Pick<AllowedAction, 'title' | 'basis'> & Partial<Pick<AllowedAction, 'ownTerm' | 'reaches'>>;
  state: ActionState;
  listingUntil: LocalDate | null;
  case_ref: CaseRef;
  subject_ref: SubjectRef;
  told_as: SubjectRef | null;
}

/** Every read of an action begins so; `WHERE` follows. */
export const SELECT_ACTION = `
  SELECT a.id, a.version, a.rule, a.executor, a.measure, a.class, a.mode, a.fields, a.begins_on, a.until, a.ordered_on,
         a.round, a.content, a.state, c.term_ends_on AS "listingUntil", c.case_ref, c.subject_ref, c.told_as, c.objection_since
  FROM discipline_action a JOIN discipline_case c USING (case_id)`;

/*
 * What the actions of a listing have in common is sent and read once, and so is what those of a rule have: of 200
 * actions 30 KB instead of 180.
 */
const ORDER = prepared(
  `WITH listing AS (
     SELECT * FROM jsonb_to_recordset($1) AS l (
       nth integer, case_id uuid, round integer, subject_id uuid, subject_code text, city text, list_type text, actor text)
   ), measure AS (
     SELECT * FROM jsonb_to_recordset($2) AS m (
       nth integer, rule text, measure text, class text, mode text, fields text[], begins_on date, until date,
       status text, due_on date, ordered_on date, content jsonb, state jsonb)
   ), given AS (
     SELECT a.id, a.executor, l.case_id, l.round, l.subject_id, l.subject_code, l.city, l.list_type, l.actor, m.rule, m.measure, m.class,
            m.mode, m.fields, m.begins_on, m.until, m.status, m.due_on, m.ordered_on, m.content, m.state
     FROM unnest($3::uuid[], $4::integer[], $5::integer[], $6::text[]) AS a (id, listing, measure, executor)
     JOIN listing l ON l.nth = a.listing JOIN measure m ON m.nth = a.measure
   ), ordered AS (
     INSERT INTO discipline_action
       (id, case_id, round, subject_id, subject_code, city, list_type, rule, executor, measure, class, mode, fields, begins_on, until, version,
        status, due_on, overdue, ordered_on, content, state)
     SELECT id, case_id, round, subject_id, subject_code, city, list_type, rule, executor, measure, class, mode, fields, begins_on, until, 1,
            status, due_on, false, ordered_on, content, state
     FROM given
     ON CONFLICT (case_id, round, rule, executor) DO NOTHING
     RETURNING id
   ), told AS (
     INSERT INTO discipline_action_history (action_id, version, fact, actor, on_day)
     SELECT id, 1, jsonb_build_object('type', 'ordered', 'answerDue', state -> 'answerDue'), actor, ordered_on
     FROM given JOIN ordered USING (id)
   )
   SELECT id FROM unnest($3::uuid[]) AS a (id) EXCEPT SELECT id FROM ordered`,
);

@Injectable()
export class ActionStore {
  /**
   * All actions of a listing, or of many, in one statement, each at most once however often the event comes.
   *
   * @param actorOf who brought an action about; whoever acts now when absent
   * @returns those that were not there yet
   */
  async order(
    tx: Tx,
    actions: readonly DisciplineAction[],
    actorOf: ActorOf = () => undefined,
  ): Promise<DisciplineAction[]> {
    if (actions.length === 0) return [];
    const now = actingNow();
    const listings = new Said(sameListing);
    const measures = new Said(sameMeasure);
    const ofListing = actions.map((action) => listings.placeOf(action.case.id, action));
    const ofMeasure = actions.map((action) => measures.placeOf(action.rule, action));
    const { rows } = await tx.query<{ id: string }>(ORDER, [
      JSON.stringify(listings.all.map((action, nth) => listingRow(action, nth, actorOf(action) ?? now))),
      JSON.stringify(measures.all.map(measureRow)),
      actions.map(({ id }) => id),
      ofListing,
      ofMeasure,
      actions.map(({ executor }) => executor),
    ]);
    if (rows.length === 0) return [...actions];
    const known = new Set(rows.map(({ id }) => id));
    return actions.filter(({ id }) => !known.has(id));
  }

  /**
   * Locks one action, lets `decide` say what happens to it, and saves that: load, lock, decide and save cannot
   * be taken apart.
   *
   * @returns undefined when there is no such action
   */
  async change(
    tx: Tx,
    id: string,
    decide: (action: DisciplineAction) => readonly Fact[],
    on: LocalDate,
  ): Promise<ChangedAction | undefined> {
    const found = await this.find(tx, id);
    if (!found) return undefined;
    await lockSubject(tx, found.subject.id);
    const { rows } = await tx.query<ActionRow>(`${SELECT_ACTION} WHERE a.id = $1 FOR UPDATE OF a`, [id]);
    const action = actionOf(rows[0]!);
    const [changed] = await this.#save(tx, [{ action, facts: decide(action) }], on);
    return changed;
  }

  /** As `change`, for every action of the case that stands only while its listing is live. */
  async changeOpen(
    tx: Tx,
    caseId: string,
    decide: (action: DisciplineAction) => readonly Fact[],
    on: LocalDate,
  ): Promise<ChangedAction[]> {
    return this.changeOpenOf(tx, [caseId], decide, on);
  }

  /**
   * The same for many cases, in one statement each to read and to save.
   *
   * @param actorOf who brings it about; whoever acts now when absent
   */
  async changeOpenOf(
    tx: Tx,
    caseIds: readonly string[],
    decide: (action: DisciplineAction) => readonly Fact[],
    on: LocalDate,
    actorOf?: ActorOf,
  ): Promise<ChangedAction[]> {
    if (caseIds.length === 0) return [];
    const { rows } = await tx.query<ActionRow>(
      `${SELECT_ACTION} WHERE a.case_id = ANY($1) AND a.status = ANY($2)
       ORDER BY a.case_id, a.rule, a.executor FOR UPDATE OF a`,
      [caseIds, OPEN],
    );
    const actions = rows.map(actionOf);
    return this.#save(
      tx,
      actions.map((action) => ({ action, facts: decide(action) })),
      on,
      actorOf,
    );
  }

  /** Its subject is in another city now: worklists find it there; who executes it stays. */
  async show(tx: Tx, subject: SubjectRef): Promise<void> {
    await tx.query('UPDATE discipline_action SET city = $2 WHERE subject_id = $1 AND city <> $2', [
      subject.id,
      cityOf(subject.region),
    ]);
  }

  async find(db: Queryable, id: string): Promise<DisciplineAction | undefined> {
    const { rows } = await db.query<ActionRow>(`${SELECT_ACTION} WHERE a.id = $1`, [id]);
    return rows[0] && actionOf(rows[0]);
  }

  /** How many actions the case has, and how many of them are not lifted yet. */
  async countOf(tx: Tx, caseId: string): Promise<{ all: number; unlifted: number }> {
    const { rows } = await tx.query<{ all: number; unlifted: number }>(
      `SELECT count(*) AS all, count(*) FILTER (WHERE status <> 'lifted') AS unlifted
       FROM discipline_action WHERE case_id = $1`,
      [caseId],
    );
    return rows[0]!;
  }

  /** The counts of many cases; one without any action is not among them. */
  async countsOf(
    tx: Tx,
    caseIds: readonly string[],
  ): Promise<Map<string, { all: number; unlifted: number }>> {
    const { rows } = await tx.query<{ case_id: string; all: number; unlifted: number }>(
      `SELECT case_id, count(*) AS all, count(*) FILTER (WHERE status <> 'lifted') AS unlifted
       FROM discipline_action WHERE case_id = ANY($1) GROUP BY case_id`,
      [caseIds],
    );
    return new Map(rows.map(({ case_id, all, unlifted }) => [case_id, { all, unlifted }]));
  }

  async #save(
    tx: Tx,
    changes: readonly ChangedAction[],
    on: LocalDate,
    actorOf: ActorOf = () => undefined,
  ): Promise<ChangedAction[]> {
    const next = changes
      .filter(({ facts }) => facts.length > 0)
      .map(({ action, facts }) => ({
        before: action.version,
        facts,
        action: {
          ...action,
          until: facts.reduce(untilAfter, action.until),
          version: action.version + facts.length,
          state: facts.reduce(evolve, action.state),
        },
      }));
    if (next.length === 0) return [];
    const now = actingNow();
    const { rows } = await tx.query<{ changed: number }>(
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($1) AS g (
           id uuid, before integer, version integer, until date, status text, due_on date, overdue boolean, state jsonb, facts jsonb,
           assignee text, received_on date, checked_on date, hit boolean, answered_on date, lift_ordered_on date,
           lifted_on date, escalated_on date, answer_missed date, own_ground jsonb, actor text)
       ), changed AS (
         UPDATE discipline_action a
         SET version = g.version, until = g.until, status = g.status, due_on = g.due_on, overdue = g.overdue, state = g.state,
             assignee = g.assignee, received_on = g.received_on, checked_on = g.checked_on, hit = g.hit,
             answered_on = g.answered_on, lift_ordered_on = g.lift_ordered_on, lifted_on = g.lifted_on,
             escalated_on = g.escalated_on, answer_missed = g.answer_missed, own_ground = g.own_ground
         FROM given g WHERE a.id = g.id AND a.version = g.before
         RETURNING a.id
       ), told AS (
         INSERT INTO discipline_action_history (action_id, version, fact, actor, on_day)
         SELECT g.id, g.before + f.nth, f.fact, g.actor, $2
         FROM given g CROSS JOIN LATERAL jsonb_array_elements(g.facts) WITH ORDINALITY AS f (fact, nth)
       )
       SELECT count(*) AS changed FROM changed`,
      [
        JSON.stringify(
          next.map(({ action, before, facts }) => ({
            id: action.id,
            before,
            version: action.version,
            until: action.until,
            facts,
            actor: actorOf(action) ?? now,
            ...columnsOf(action.state),
          })),
        ),
        on,
      ],
    );
    // The rows are locked, so a difference can only be a fault of this store.
    if (rows[0]?.changed !== next.length)
      throw new Error(`${rows[0]?.changed} of ${next.length} actions were saved`);
    return next.map(({ action, facts }) => ({ action, facts }));
  }
}

function untilAfter(until: LocalDate | null, fact: Fact): LocalDate | null {
  return fact.type === 'term-corrected' ? fact.until : until;
}

/** What of a state is filtered, sorted or counted by. */
interface StateColumns {
  status: string;
  due_on: LocalDate | null;
  overdue: boolean;
  assignee: string | null;
  received_on: LocalDate | null;
  checked_on: LocalDate | null;
  hit: boolean | null;
  answered_on: LocalDate | null;
  lift_ordered_on: LocalDate | null;
  lifted_on: LocalDate | null;
  escalated_on: LocalDate | null;
  answer_missed: LocalDate | null;
  own_ground: OwnGround | null;
  state: ActionState;
}

function columnsOf(state: ActionState): StateColumns {
  const { receivedOn, check, assignee, missed, escalated } = state.handling;
  const answer = answerIn(state);
  return {
    status: state.status,
    due_on: openDay(state),
    overdue: isOverdue(state),
    assignee: assignee?.id ?? null,
    // Whoever checks or answers has received.
    received_on: receivedOn ?? check?.on ?? answer?.on ?? null,
    checked_on: check?.on ?? null,
    hit: check?.hit ?? null,
    answered_on: answer?.on ?? null,
    lift_ordered_on: 'lift' in state ? state.lift.orderedOn : null,
    lifted_on: state.status === 'lifted' ? state.lifted.on : null,
    escalated_on: escalated?.on ?? null,
    answer_missed: missed ?? null,
    own_ground: ownGroundIn(state),
    state,
  };
}

/** What several actions have in common, each once; a place is found by name, and then looked at. */
class Said {
  readonly all: DisciplineAction[] = [];
  readonly #last = new Map<string, number>();

  constructor(private readonly same: (a: DisciplineAction, b: DisciplineAction) => boolean) {}

  placeOf(name: string, action: DisciplineAction): number {
    const last = this.#last.get(name);
    if (last !== undefined && this.same(this.all[last]!, action)) return last;
    this.#last.set(name, this.all.push(action) - 1);
    return this.all.length - 1;
  }
}

function sameListing(a: DisciplineAction, b: DisciplineAction): boolean {
  return a.case.id === b.case.id && a.round === b.round;
}

/** Of two actions that one rule ordered on one day; what is compared as an object comes from the same rule. */
function sameMeasure(a: DisciplineAction, b: DisciplineAction): boolean {
  return (
    a.rule === b.rule &&
    a.measure === b.measure &&
    a.class === b.class &&
    a.mode === b.mode &&
    a.title === b.title &&
    a.fields === b.fields &&
    a.basis === b.basis &&
    a.ownTerm === b.ownTerm &&
    a.reaches === b.reaches &&
    a.from === b.from &&
    a.until === b.until &&
    a.orderedOn === b.orderedOn &&
    a.state === b.state
  );
}

function listingRow(action: DisciplineAction, nth: number, actor: string): object {
  const { case: about, subject, round } = action;
  return {
    nth,
    case_id: about.id,
    round,
    subject_id: subject.id,
    subject_code: subject.code,
    city: cityOf(subject.region),
    list_type: about.listType,
    actor,
  };
}

function measureRow(action: DisciplineAction, nth: number): object {
  const { rule, measure, mode, fields, until, title, basis, ownTerm, reaches, state } = action;
  return {
    nth,
    rule,
    measure,
    class: action.class,
    mode,
    fields,
    begins_on: action.from,
    until,
    status: state.status,
    due_on: openDay(state),
    ordered_on: action.orderedOn,
    content: { title, basis, ...(ownTerm && { ownTerm }), ...(reaches.length > 0 && { reaches }) },
    state,
  };
}

export function actionOf(row: object): DisciplineAction {
  const { begins_on, ordered_on, case_ref, subject_ref, told_as, objection_since, content, ...same } =
    row as ActionRow;
  return {
    ...same,
    ...content,
    ownTerm: content.ownTerm ?? null,
    reaches: content.reaches ?? [],
    from: begins_on,
    orderedOn: ordered_on,
    case: case_ref,
    subject: subject_ref,
    orderedAs: told_as,
    objectionSince: objection_since,
  };
}

function actingNow(): string {
  return actorLine(currentContext()?.actor ?? platformActor('measures'));
}
