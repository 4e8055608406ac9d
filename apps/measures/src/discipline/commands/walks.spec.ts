import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, Refusal } from '#kernel';
import type { Actor, Tx } from '#platform';
import { loadAllSeeds, type Seeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { seededBook } from '../../../specs/seeded-rule-book.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { actionsFor, type AllowedAction } from '../domain/allowed-actions.js';
import type { Standing } from '../domain/case-standing.js';
import { OPEN } from '../domain/lifecycle.js';
import { referralsFor } from '../domain/referrals.js';
import { Reconcile } from '../queries/reconcile.js';
import { HeardOrder, type Placed } from '../store/heard-order.js';
import { ActOnAction, type OfficerCommand } from './act-on-action.js';
import { FollowEntry } from './follow-entry.js';
import { OrderActions } from './order-actions.js';
import { OrderLifts } from './order-lifts.js';

/*
 * Live action ⇔ live listing that orders it, on random walks: events of several cases come early, late, twice and at
 * the same time, departments act rightly and wrongly, days pass. After every step the real tables are held against a
 * model that knows nothing but the rules and which events were heard. `WALK_SEED=17` walks the same walks again.
 */
const seed = Number(process.env['WALK_SEED'] ?? Date.now() % 1_000_000);
const FIRST_DAY = '2024-11-14';
const NEW_TERM = '2029-11-14';
/** Ends of a corrected term: before and after the own term of a measure. */
const TERMS = ['2024-12-04', '2026-11-14', NEW_TERM] as const;
const ENDS = ['expired', 'performed', 'early-removal', 'revoked', 'corrected'] as const;

/** As released, but for one measure whose own legal term is over while the listing and the walk go on. */
const seeds: Seeds = loadAllSeeds();
const rules = seeds['discipline-rules'].map((rule) =>
  rule.id === 'samr.representative-office' ? { ...rule, term: { count: 1, unit: 'month' as const } } : rule,
);

let database: TestDatabase;
let running: RunningMeasures;
beforeAll(async () => {
  database = await testDatabase('measures');
  const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };
  running = await startMeasures(database.url, issuer, FIRST_DAY, { ...seeds, 'discipline-rules': rules });
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

type Step =
  | { type: 'in-force'; of: number }
  | { type: 'ended'; of: number; end: (typeof ENDS)[number] }
  | { type: 'suspended' | 'restored'; of: number }
  | { type: 'corrected'; of: number; to: LocalDate }
  | { type: 'act'; nth: number; what: OfficerCommand['type']; result: 'applied' | 'not-applied' }
  | { type: 'days'; days: number };

/** Fewer would be a story, and no property. */
const LEAST = 12;
const CASES = 4;
const of = fc.nat({ max: CASES - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('in-force' as const), of }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('ended' as const), of, end: fc.constantFrom(...ENDS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom('suspended' as const, 'restored' as const), of }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('corrected' as const), of, to: fc.constantFrom(...TERMS) }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('act' as const),
      nth: fc.nat({ max: 99 }),
      what: fc.constantFrom('receive', 'check', 'answer', 'answer', 'correct-answer', 'confirm-lift'),
      result: fc.constantFrom('applied' as const, 'not-applied' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('days' as const), days: fc.nat({ max: 25 }) }) },
);
/** One step, or two that happen at the same moment. */
const moment = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(step) },
  { weight: 1, arbitrary: fc.tuple(step, step) },
);
const together = (steps: readonly Step[]): boolean =>
  steps.every(({ type }) => type === 'in-force' || type === 'ended' || type === 'act');

/** Three cases of one enterprise: with 11 measures, with one that has a term of its own, with none; and a person's. */
function newCases(): ListedCase[] {
  const food = foodCase();
  const sameSubject = food.subject;
  return [
    food,
    foodCase({ conductKind: 'samr.false-publicity' }, sameSubject),
    foodCase({ listType: 'BUILD', conductKind: 'build.listed', serious: false }, sameSubject, {
      termEndsOn: null,
    }),
    foodCase(
      { conductKind: 'samr.drug-device-cosmetics' },
      { kind: 'natural-person', code: null, name: '张*' },
    ),
  ];
}

/** What the law orders for a case from that day on, whatever happened to it. */
function lawful(
  { inForce }: ListedCase,
  inForceOn: LocalDate,
  termEndsOn: LocalDate | null,
): AllowedAction[] {
  const { listType, conductKind } = inForce.case;
  const { kind: subjectKind, region } = inForce.subject;
  return actionsFor(
    { listType, conductKind, subjectKind, region, inForceOn, termEndsOn },
    { ...seededBook, rules },
  );
}

/** Whether any rule passes the listing on for reference, whatever its day in these walks. */
function isReferred({ inForce }: ListedCase): boolean {
  const { listType, conductKind } = inForce.case;
  const { kind: subjectKind, region } = inForce.subject;
  const { termEndsOn } = inForce;
  const about = { listType, conductKind, subjectKind, region, inForceOn: FIRST_DAY, termEndsOn };
  return referralsFor(about, { ...seededBook, rules }).length > 0;
}

/** A case as the events that were heard make it; nothing of it is read from the tables. */
interface Known {
  standing: Standing;
  /** what stands while it is live */
  lawful: AllowedAction[];
  /** how often the count of ordered actions is to be told */
  orders: number;
  interrupted: boolean;
  /** place of the last end, provisional lifting or restoration */
  sequence: number;
  /** the day whose rules ordered what stands */
  since: LocalDate;
  termEndsOn: LocalDate | null;
}

interface Row {
  id: string;
  case_id: string;
  rule: string;
  executor: string;
  status: (typeof OPEN)[number];
  version: number;
  until: LocalDate | null;
}

class Walk {
  readonly cases = newCases();
  readonly #known = this.cases.map((): Known => ({
    standing: 'unknown',
    lawful: [],
    orders: 0,
    interrupted: false,
    sequence: 0,
    since: FIRST_DAY,
    termEndsOn: null,
  }));
  #today: LocalDate = FIRST_DAY;
  /** What is told is heard in its order here; any-order.spec.ts has it in every other. */
  #told = 0;

  async take(steps: readonly Step[]): Promise<void> {
    // What does not come to the same in whatever order it is handled comes one after the other.
    if (together(steps)) await Promise.all(steps.map((each) => this.#happens(each, steps.length === 1)));
    else for (const each of steps) await this.#happens(each, true);
  }

  async #happens(given: Step, alone: boolean): Promise<void> {
    if (given.type === 'act') return this.#act(given);
    if (given.type === 'days') {
      this.#today = addDays(this.#today, given.days);
      return running.moveTo(this.#today);
    }
    const listed = this.cases[given.of]!;
    const known = this.#known[given.of]!;
    const today = this.#today;
    const { standing } = known;
    switch (given.type) {
      case 'in-force':
        if (standing === 'unknown') {
          Object.assign(known, { standing: 'live', termEndsOn: listed.inForce.termEndsOn });
          known.lawful = lawful(listed, FIRST_DAY, listed.inForce.termEndsOn);
        } else if (standing === 'ended-unseen') known.standing = 'ended';
        else if (standing === 'suspended-unseen') known.standing = 'suspended';
        if (standing === 'unknown' || standing.endsWith('-unseen')) known.orders += 1;
        return heard(async (tx) => {
          const stands = await running.app.get(OrderActions).run(tx, listed.inForce);
          // At the same moment an end may come in between: then the model is ahead of this answer.
          if (alone) expect(stands).toBe(known.standing === 'live');
        });
      case 'ended': {
        // What has ended ends no more: the same is heard again.
        if (!standing.startsWith('ended')) known.sequence = this.#told += 1;
        known.standing = isBegun(standing) ? 'ended' : 'ended-unseen';
        const ended = listed.ended(given.end, today);
        return this.#inOrder(ended, known.sequence, (tx) => running.app.get(OrderLifts).run(tx, ended));
      }
      case 'suspended': {
        known.sequence = this.#told += 1;
        Object.assign(known, { standing: isBegun(standing) ? 'suspended' : 'suspended-unseen' });
        known.interrupted = true;
        const suspended = listed.suspended(today);
        return this.#inOrder(suspended, known.sequence, (tx) =>
          running.app.get(OrderLifts).suspend(tx, suspended),
        );
      }
      case 'corrected':
        if (standing === 'live') {
          known.lawful = lawful(listed, known.since, given.to);
          known.termEndsOn = given.to;
        }
        this.#told += 1;
        return heard((tx) =>
          running.app.get(FollowEntry).corrected(tx, {
            sequence: String(this.#told),
            data: listed.termCorrected(NEW_TERM, given.to),
          }),
        );
      case 'restored': {
        known.sequence = this.#told += 1;
        Object.assign(known, { standing: 'live', interrupted: true, orders: known.orders + 1 });
        Object.assign(known, { since: today, termEndsOn: NEW_TERM });
        known.lawful = lawful(listed, today, NEW_TERM);
        const restored = listed.restored(today, NEW_TERM);
        return this.#inOrder(restored, known.sequence, (tx) =>
          running.app.get(OrderActions).again(tx, restored),
        );
      }
      default:
        return given satisfies never;
    }
  }

  #inOrder(data: Placed['data'], sequence: number, follow: (tx: Tx) => Promise<void>): Promise<void> {
    return heard((tx) =>
      running.app.get(HeardOrder).inOrder(tx, { data, sequence: String(sequence) }, () => follow(tx)),
    );
  }

  /** Many of these are refused, as they should be: answers after the lift, lifts of what was never applied. */
  async #act({ nth, what, result }: Extract<Step, { type: 'act' }>): Promise<void> {
    const rows = await this.#rows();
    const action = rows[nth % rows.length];
    if (!action) return;
    const officer: Actor = {
      kind: 'person',
      id: `officer.${action.executor}`,
      name: 'X',
      department: action.executor,
      roles: ['discipline-officer'],
    };
    const on = this.#today;
    const note = '（虚构）';
    const given = {
      result,
      on,
      note,
      ...(result === 'applied' ? {} : { reason: 'no-business-with-subject' }),
    };
    const commands: Partial<Record<OfficerCommand['type'], OfficerCommand>> = {
      receive: { type: 'receive' },
      check: { type: 'check', on, hit: result === 'applied', note },
      answer: { type: 'answer', ...given },
      'correct-answer': { type: 'correct-answer', why: '误填', ...given },
      'confirm-lift': { type: 'confirm-lift', on, note },
    };
    await running.db
      .transaction((tx) =>
        running.app.get(ActOnAction).run(tx, officer, action.id, action.version, commands[what]!),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
  }

  async #rows(): Promise<Row[]> {
    const { rows } = await running.db.query<Row>(
      'SELECT id, case_id, rule, executor, status, version, until FROM discipline_action ORDER BY case_id, rule, executor, round',
    );
    return rows;
  }

  /** Both ways, by the tables' own reconciliation and by the model. */
  async holds(): Promise<void> {
    const { disagreements } = await running.app.get(Reconcile).run();
    // No case ends by itself in these walks, so the model knows which must be named.
    const past = this.cases.filter((_, nth) => {
      const { standing, termEndsOn } = this.#known[nth]!;
      return standing === 'live' && termEndsOn !== null && termEndsOn < this.#today;
    });
    expect(disagreements.map(({ kind, caseId }) => `${kind} ${caseId}`).sort()).toEqual(
      past.map((listed) => `listing-past-its-term ${listed.case.id}`).sort(),
    );
    const referred = await running.db.query<{ cases: string[] }>(
      `SELECT coalesce(array_agg(DISTINCT case_id::text), '{}') AS cases FROM discipline_referral WHERE ended_on IS NULL`,
    );
    expect(referred.rows[0]!.cases.sort()).toEqual(
      this.cases
        .filter((listed, nth) => this.#known[nth]!.standing === 'live' && isReferred(listed))
        .map((listed) => listed.case.id)
        .sort(),
    );
    const rows = await this.#rows();
    for (const [nth, listed] of this.cases.entries()) {
      const { standing, lawful } = this.#known[nth]!;
      const own = rows.filter((row) => row.case_id === listed.case.id);
      const standingNow = own.filter(({ status }) => OPEN.includes(status));
      const open = standingNow.map(nameOf);
      const live = standing === 'live' ? lawful : [];
      // A beginning that is heard late may order what the next sweep ends by its own term.
      const over = live.filter(({ until }) => until !== null && until < this.#today).map(nameOf);
      expect(open.filter((name) => !over.includes(name))).toEqual(
        live.map(nameOf).filter((name) => !over.includes(name)),
      );
      for (const row of standingNow)
        expect(row.until).toBe(lawful.find((each) => nameOf(each) === nameOf(row))?.until);
    }
  }

  /** Each order told once; each stage of a case told at most once, and the last when nothing is left to lift. */
  async told(): Promise<void> {
    const rows = await this.#rows();
    const subjects = new Set(this.cases.map(({ subject }) => subject.id));
    const events = (await Promise.all([...subjects].map((id) => toldEvents(running.db, id)))).flat();
    const ordered = events
      .filter((event) => shortType(event) === 'ordered')
      .map(({ data }) => data['action']);
    expect(ordered.map((action) => (action as { id: string }).id).sort()).toEqual(
      rows.map(({ id }) => id).sort(),
    );
    for (const [nth, { case: about }] of this.cases.entries()) {
      const { standing, orders, interrupted } = this.#known[nth]!;
      const own = rows.filter((row) => row.case_id === about.id);
      const counts = (stage: string): unknown[] =>
        events
          .filter(({ data }) => data['stage'] === stage && (data['case'] as typeof about).id === about.id)
          .map(({ data }) => data['actions']);
      expect(counts('ordered')).toHaveLength(orders);
      if (orders > 0 && own.length > 0) expect(counts('ordered').at(-1)).toBe(own.length);
      const done = standing.startsWith('ended') && own.every(({ status }) => status === 'lifted');
      if (done) expect(counts('lifted').at(-1)).toBe(own.length);
      // Lifted provisionally and lifted for good are told each; otherwise once, when nothing is left.
      if (!interrupted) expect(counts('lifted')).toHaveLength(done ? 1 : 0);
    }
  }
}

const heard = (work: (tx: Tx) => Promise<void>): Promise<void> => running.db.transaction(work);
const isBegun = (standing: Standing): boolean =>
  standing === 'live' || standing === 'suspended' || standing === 'ended';
const nameOf = ({ rule, executor }: { rule: string; executor: string }): string => `${rule} ${executor}`;

describe('live action ⇔ live listing that orders it', () => {
  it('after every step of random walks over events, answers, lifts and days', async () => {
    let steps = 0;
    let walks = 0;
    const walking = fc.asyncProperty(fc.array(moment, { minLength: 8, maxLength: 24 }), async (moments) => {
      await running.db.query(
        'TRUNCATE discipline_case, discipline_action, discipline_action_history, deadlines.deadline, messaging.outbox, messaging.stream CASCADE',
      );
      await running.moveTo(FIRST_DAY);
      const walk = new Walk();
      for (const each of moments) {
        await walk.take(each);
        await walk.holds();
        steps += each.length;
      }
      await walk.told();
      walks += 1;
    });
    const began = performance.now();
    // So many however busy the machine is, then as many as fit; the first one that fails is made as short as it can be.
    await fc.assert(walking, { seed, numRuns: LEAST });
    const left = Math.max(1_000, 12_000 - (performance.now() - began));
    await fc.assert(walking, { seed: seed + 1, numRuns: 60 - LEAST, interruptAfterTimeLimit: left });
    expect(walks).toBeGreaterThanOrEqual(LEAST);
    const seconds = (performance.now() - began) / 1_000;
    process.stdout.write(`WALK_SEED=${seed}: ${walks} walks, ${steps} steps in ${seconds.toFixed(1)} s\n`);
  });
});
