import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, Refusal } from '#kernel';
import type { Actor } from '#platform';
import { loadAllSeeds, type Seeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { seededBook } from '../../../specs/seeded-rule-book.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { actionsFor, type AllowedAction } from '../domain/allowed-actions.js';
import { OPEN } from '../domain/lifecycle.js';
import { Reconcile } from '../queries/reconcile.js';
import { ActOnAction, type OfficerCommand } from './act-on-action.js';
import { OrderActions } from './order-actions.js';
import { OrderLifts } from './order-lifts.js';

/*
 * Live action ⇔ live listing that orders it, on random walks: events of several cases come early, late, twice and at
 * the same time, departments act rightly and wrongly, days pass. After every step the real tables are held against a
 * model that knows nothing but the rules and which events were heard. `WALK_SEED=17` walks the same walks again.
 */
const seed = Number(process.env['WALK_SEED'] ?? Date.now() % 1_000_000);
const FIRST_DAY = '2024-11-14';
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
  | { type: 'act'; nth: number; what: OfficerCommand['type']; result: 'applied' | 'not-applied' }
  | { type: 'days'; days: number };

const CASES = 4;
const of = fc.nat({ max: CASES - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('in-force' as const), of }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('ended' as const), of, end: fc.constantFrom(...ENDS) }),
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

/** Three cases of one enterprise: with 11 measures, with one that has a term of its own, with none; and a person's. */
function newCases(): ListedCase[] {
  const food = foodCase();
  const sameSubject = food.subject;
  return [
    food,
    foodCase({ conductKind: 'samr.false-publicity' }, sameSubject),
    foodCase({ listType: 'SAMRABN', conductKind: 'samrabn.unreachable', serious: false }, sameSubject, {
      termEndsOn: null,
    }),
    foodCase(
      { conductKind: 'samr.drug-device-cosmetics' },
      { kind: 'natural-person', code: null, name: '张*' },
    ),
  ];
}

/** What the law orders for a case, whatever happened to it. */
function lawful({ inForce }: ListedCase): AllowedAction[] {
  const { case: about, subject } = inForce;
  const { listType, conductKind } = about;
  const listing = { ...inForce, listType, conductKind, subjectKind: subject.kind, region: subject.region };
  return actionsFor(listing, { ...seededBook, rules });
}

interface Row {
  id: string;
  case_id: string;
  rule: string;
  executor: string;
  status: (typeof OPEN)[number];
  version: number;
}

class Walk {
  readonly cases = newCases();
  readonly #heard = this.cases.map(() => ({ inForce: false, ended: false }));
  #today: LocalDate = FIRST_DAY;

  async take(steps: readonly Step[]): Promise<void> {
    // Days pass for everybody, so they pass alone.
    const passing = steps.find((each) => each.type === 'days');
    if (passing) {
      this.#today = addDays(this.#today, passing.days);
      await running.moveTo(this.#today);
    } else await Promise.all(steps.map((each) => this.#happens(each)));
  }

  async #happens(given: Step): Promise<void> {
    switch (given.type) {
      case 'in-force':
        this.#heard[given.of]!.inForce = true;
        return running.db.transaction((tx) =>
          running.app.get(OrderActions).run(tx, this.cases[given.of]!.inForce),
        );
      case 'ended':
        this.#heard[given.of]!.ended = true;
        return running.db.transaction((tx) =>
          running.app.get(OrderLifts).run(tx, this.cases[given.of]!.ended(given.end, this.#today)),
        );
      case 'act':
        return this.#act(given);
      case 'days':
        return;
    }
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
      'SELECT id, case_id, rule, executor, status, version FROM discipline_action ORDER BY case_id, rule, executor',
    );
    return rows;
  }

  /** Both ways, by the tables' own reconciliation and by the model. */
  async holds(): Promise<void> {
    expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
    const rows = await this.#rows();
    for (const [nth, listed] of this.cases.entries()) {
      const { inForce, ended } = this.#heard[nth]!;
      const own = rows.filter((row) => row.case_id === listed.case.id);
      const open = own.filter(({ status }) => OPEN.includes(status)).map(nameOf);
      const live = inForce && !ended ? lawful(listed) : [];
      // A beginning that is heard late may order what the next sweep ends by its own term.
      const over = live.filter(({ until }) => until !== null && until < this.#today).map(nameOf);
      expect(open.filter((name) => !over.includes(name))).toEqual(
        live.map(nameOf).filter((name) => !over.includes(name)),
      );
      if (!inForce) expect(own).toEqual([]);
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
      const { inForce, ended } = this.#heard[nth]!;
      const own = rows.filter((row) => row.case_id === about.id);
      const completed = events
        .filter(
          (event) => shortType(event) === 'completed' && (event.data['case'] as typeof about).id === about.id,
        )
        .map(({ data }) => `${data['stage']}: ${data['actions']}`)
        .sort();
      const done = ended && own.every(({ status }) => status === 'lifted');
      // An end that comes first is complete with nothing to lift.
      expect(completed).toEqual([
        ...(done ? [`lifted: ${own.length}`] : []),
        ...(inForce ? [`ordered: ${own.length}`] : []),
      ]);
    }
  }
}

const nameOf = ({ rule, executor }: { rule: string; executor: string }): string => `${rule} ${executor}`;

describe('live action ⇔ live listing that orders it', () => {
  it('after every step of random walks over events, answers, lifts and days', async () => {
    let steps = 0;
    let walks = 0;
    const walking = fc.asyncProperty(fc.array(moment, { minLength: 8, maxLength: 24 }), async (moments) => {
      await running.db.query(
        'TRUNCATE discipline_case, deadlines.deadline, messaging.outbox, messaging.stream CASCADE',
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
    // As many as fit; the first one that fails is made as short as it can be.
    await fc.assert(walking, { seed, numRuns: 60, interruptAfterTimeLimit: 12_000 });
    expect(walks).toBeGreaterThan(0);
    const seconds = (performance.now() - began) / 1_000;
    process.stdout.write(`WALK_SEED=${seed}: ${walks} walks, ${steps} steps in ${seconds.toFixed(1)} s\n`);
  }, 60_000);
});
