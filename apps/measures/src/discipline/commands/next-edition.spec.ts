import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#platform';
import { loadAllSeeds, type Seeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { toldEvents } from '../../../specs/told-events.js';
import { seedMeasures } from '../../seeding.js';
import { FindActions } from '../queries/find-actions.js';
import { Reconcile } from '../queries/reconcile.js';
import { ActOnAction, type OfficerCommand } from './act-on-action.js';
import { Heal } from './heal.js';
import { OrderActions } from './order-actions.js';
import { OrderLifts } from './order-lifts.js';

/*
 * A fictitious next edition of the catalogue takes effect at midnight between order and answer: every national measure
 * gets a number of the new edition, every rule a version that points at it, and one rule falls away with its measure.
 */
const LAST_DAY = '2024-11-14';
const FIRST_DAY = '2024-11-15';
const FELL_AWAY = 'samr.key-supervision';

/** The release with both editions, as it would be brought in before the day. */
function withNextEdition(seeds: Seeds): Seeds {
  const edition = seeds['discipline-catalogue'];
  return {
    ...seeds,
    'discipline-catalogue': [
      ...edition.map((entry) => ({ ...entry, validTo: LAST_DAY })),
      ...edition.map((entry) => ({
        ...entry,
        id: `2025/${entry.number}`,
        edition: '2025',
        validFrom: FIRST_DAY,
      })),
    ],
    'discipline-rules': seeds['discipline-rules'].flatMap((rule) => {
      const over = rule.validTo !== null && rule.validTo <= LAST_DAY;
      if (over || !rule.measure.startsWith('2024/')) return [rule];
      const measure = rule.measure.replace('2024/', '2025/');
      if (rule.validFrom !== null && rule.validFrom > LAST_DAY) return [{ ...rule, measure }];
      const closed = { ...rule, validTo: LAST_DAY };
      const next = { ...rule, measure, validFrom: FIRST_DAY };
      return rule.id === FELL_AWAY ? [closed] : [closed, next];
    }),
  };
}

let database: TestDatabase;
let running: RunningMeasures;
const seeds = loadAllSeeds();
const auditor: Actor = { kind: 'person', id: 'auditor', name: 'A', roles: ['auditor'] };
const operator: Actor = { kind: 'person', id: 'operator', name: 'O', roles: ['operator'] };

beforeAll(async () => {
  database = await testDatabase('measures');
  const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };
  running = await startMeasures(database.url, issuer, LAST_DAY, seeds);
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

const inForce = (listed: ListedCase) =>
  running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
const ended = (listed: ListedCase, on: string) =>
  running.db.transaction((tx) => running.app.get(OrderLifts).run(tx, listed.ended('revoked', on)));
const actionsOf = async (listed: ListedCase) =>
  (await running.app.get(FindActions).list(auditor, { caseId: listed.case.id }, { limit: 200 })).items;
type Action = Awaited<ReturnType<typeof actionsOf>>[number];
const editionsOf = (actions: readonly Action[]): string[] => [
  ...new Set(
    actions
      .map(({ measure }) => measure)
      .filter((measure) => /^20/.test(measure))
      .map((measure) => measure.slice(0, 4)),
  ),
];

/** After every step: nothing stands without its listing, no listing misses what it ordered. */
async function agrees(): Promise<void> {
  expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
}

async function act({ id, executor, version }: Action, command: OfficerCommand): Promise<void> {
  const officer: Actor = {
    kind: 'person',
    id: `officer.${executor}`,
    name: 'B',
    department: executor,
    roles: ['discipline-officer'],
  };
  await running.db.transaction((tx) => running.app.get(ActOnAction).run(tx, officer, id, version, command));
  await agrees();
}
const applied = (on: string): OfficerCommand => ({ type: 'answer', result: 'applied', on, note: '（虚构）' });

/** As by a backup that was restored: one action of a live listing is gone. */
async function lose(listed: ListedCase, rule: string, round: number): Promise<void> {
  await running.db.query('ALTER TABLE discipline_action_history DISABLE TRIGGER ALL');
  await running.db.query(
    `WITH gone AS (SELECT id FROM discipline_action WHERE case_id = $1 AND rule = $2 AND round = $3)
     DELETE FROM discipline_action_history WHERE action_id IN (SELECT id FROM gone)`,
    [listed.case.id, rule, round],
  );
  await running.db.query('ALTER TABLE discipline_action_history ENABLE TRIGGER ALL');
  await running.db.query('DELETE FROM discipline_action WHERE case_id = $1 AND rule = $2 AND round = $3', [
    listed.case.id,
    rule,
    round,
  ]);
}

describe('a new edition of the catalogue at midnight between order and answer', () => {
  const [before, late, after] = [foodCase(), foodCase(), foodCase({}, {}, { inForceOn: FIRST_DAY })];

  it('leaves what was ordered: it is answered, corrected and kept under the old one', async () => {
    await inForce(before);
    await act((await actionsOf(before))[0]!, applied(LAST_DAY));
    await seedMeasures(running.db, withNextEdition(seeds));
    await agrees();

    await running.moveTo(FIRST_DAY);
    await agrees();
    const ordered = await actionsOf(before);
    for (const action of ordered.slice(1)) await act(action, applied(FIRST_DAY));
    const [first] = await actionsOf(before);
    await act(first!, {
      type: 'correct-answer',
      result: 'not-applied',
      reason: 'no-business-with-subject',
      on: FIRST_DAY,
      note: '（虚构）',
      why: '误填（虚构）',
    });
    const answered = await actionsOf(before);
    expect(answered.map(({ rule, measure, from }) => [rule, measure, from])).toEqual(
      ordered.map(({ rule, measure, from }) => [rule, measure, from]),
    );
    expect(editionsOf(answered)).toEqual(['2024']);
    expect(answered.some(({ rule }) => rule === FELL_AWAY)).toBe(true);
    expect(answered.every(({ status }) => ['applied', 'not-applied'].includes(status))).toBe(true);
  });

  it('orders by the day of effect: the old edition for what is heard late, the new one from that day on', async () => {
    await inForce(late);
    await inForce(after);
    await agrees();
    const [old, next] = [await actionsOf(late), await actionsOf(after)];
    expect([editionsOf(old), editionsOf(next)]).toEqual([['2024'], ['2025']]);
    expect(next.map(({ rule, executor }) => `${rule} ${executor}`)).toEqual(
      old.filter(({ rule }) => rule !== FELL_AWAY).map(({ rule, executor }) => `${rule} ${executor}`),
    );
    for (const action of [...old, ...next]) await act(action, applied(FIRST_DAY));
  });

  it('heals under the edition that ordered: the old one of the first round, the new one of a restored listing', async () => {
    await lose(before, FELL_AWAY, 1);
    await running.app.get(Heal).run(operator);
    await agrees();
    const healed = (await actionsOf(before)).find(({ rule }) => rule === FELL_AWAY);
    expect(healed).toMatchObject({ measure: '2024/10', from: LAST_DAY, status: 'ordered' });

    await running.db.transaction((tx) => running.app.get(OrderLifts).suspend(tx, late.suspended(FIRST_DAY)));
    await agrees();
    await running.moveTo('2024-11-18');
    const restored = late.restored('2024-11-18', '2027-11-14');
    await running.db.transaction((tx) => running.app.get(OrderActions).again(tx, restored));
    await agrees();
    await lose(late, 'samr.licensing', 2);
    await running.app.get(Heal).run(operator);
    await agrees();
    const again = (await actionsOf(late)).filter(({ round }) => round === 2);
    expect(editionsOf(again)).toEqual(['2025']);
    expect(again.find(({ rule }) => rule === 'samr.licensing')).toMatchObject({ from: '2024-11-18' });
  });

  it('lifts everything, of either edition, and tells each listing complete with all its actions', async () => {
    await running.moveTo('2024-11-20');
    for (const listed of [before, late, after]) {
      await ended(listed, '2024-11-20');
      await agrees();
      for (const action of (await actionsOf(listed)).filter(({ status }) => status === 'lift-ordered'))
        await act(action, { type: 'confirm-lift', on: '2024-11-20', note: '已恢复（虚构）' });
      const actions = await actionsOf(listed);
      expect(new Set(actions.map(({ status }) => status))).toEqual(new Set(['lifted']));
      const complete = (await toldEvents(running.db, listed.subject.id)).filter(
        ({ data }) => data['stage'] === 'lifted',
      );
      expect(complete.at(-1)?.data).toMatchObject({ actions: actions.length });
    }
  });
});
