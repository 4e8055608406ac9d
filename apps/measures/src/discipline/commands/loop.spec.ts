import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type TestDatabase, testDatabase } from '#testing';
import { heardAlone } from '../../../../../test/contracts/heard-alone.js';
import {
  ENDS,
  type EventOf,
  type listingPublished,
  type listingTermBegun,
  objectionMarked,
  objectionUnmarked,
  recordAccepted,
  recordCorrected,
  recordWithdrawn,
} from '#contracts';
import type { JointDelivery } from '#messaging';
import { type Actor, Metrics, type Tx } from '#platform';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { DisciplineInbox } from '../events/inbox.js';
import { FindActions } from '../queries/find-actions.js';
import { Reconcile } from '../queries/reconcile.js';
import { HeardOrder, type Placed } from '../store/heard-order.js';
import { ActOnAction } from './act-on-action.js';
import { FollowEntry } from './follow-entry.js';
import { FollowSubject } from './follow-subject.js';
import { Heal } from './heal.js';
import { ReconcileRounds } from './reconcile-rounds.js';
import { OrderActions } from './order-actions.js';
import { OrderLifts } from './order-lifts.js';

let database: TestDatabase;
let running: RunningMeasures;
/** Actions that a food case orders, and lifts. */
const ORDERED = 12;
const auditor: Actor = { kind: 'person', id: 'auditor', name: 'A', roles: ['auditor'] };
const officer = (unit: string): Actor => ({
  kind: 'person',
  id: `officer.${unit}`,
  name: 'B',
  department: unit,
  roles: ['discipline-officer'],
});
const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, issuer, '2024-11-14');
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

const inForce = (listed: ListedCase) =>
  running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
/** Told in the order of its days; the same of the same day is a repetition. */
const inOrder = (data: Placed['data'], day: string, nth: number, follow: (tx: Tx) => Promise<void>) =>
  running.db.transaction((tx) =>
    running.app
      .get(HeardOrder)
      .inOrder(tx, { data, sequence: `${day.replaceAll('-', '')}${nth}` }, () => follow(tx)),
  );
const ended = (listed: ListedCase, ...end: Parameters<ListedCase['ended']>) =>
  inOrder(listed, end[1], 2, (tx) => running.app.get(OrderLifts).run(tx, listed.ended(...end)));
const actionsOf = async (listed: ListedCase) =>
  (await running.app.get(FindActions).list(auditor, { caseId: listed.case.id }, { limit: 200 })).items;
const told = async (listed: ListedCase) => (await toldEvents(running.db, listed.subject.id)).map(shortType);
const disagreementsOf = async (listed: ListedCase) =>
  (await disagreements()).filter(({ caseId }) => caseId === listed.case.id);
const disagreements = async () => (await running.app.get(Reconcile).run()).disagreements;
const answer = (id: string, unit: string, version: number, result: 'applied' | 'not-applied', on: string) =>
  running.db.transaction((tx) =>
    running.app.get(ActOnAction).run(tx, officer(unit), id, version, {
      type: 'answer',
      result,
      on,
      note: '（虚构）',
      ...(result === 'applied' ? {} : { reason: 'no-business-with-subject' }),
    }),
  );
const confirm = (id: string, unit: string, version: number, on: string) =>
  running.db.transaction((tx) =>
    running.app
      .get(ActOnAction)
      .run(tx, officer(unit), id, version, { type: 'confirm-lift', on, note: '已恢复（虚构）' }),
  );

describe('a listing in force', () => {
  it('orders every allowed action, tells each, and tells the count last', async () => {
    const listed = foodCase();
    await inForce(listed);
    const actions = await actionsOf(listed);
    expect(actions).toHaveLength(ORDERED);
    for (const action of actions) {
      expect(action).toMatchObject({
        status: 'ordered',
        version: 1,
        from: '2024-11-14',
        until: '2027-11-14',
        answerDue: '2024-11-28',
        overdue: false,
      });
      expect(action.basis[0]?.instrument).toBeTruthy();
    }
    const events = await toldEvents(running.db, listed.subject.id);
    // What is passed on for reference is no action: it is not counted.
    expect(events.map(shortType)).toEqual([
      'referred',
      ...Array<string>(ORDERED).fill('ordered'),
      'completed',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ stage: 'ordered', actions: ORDERED });
    expect(await disagreements()).toEqual([]);
  });

  it('orders once however often the event comes, also at the same time', async () => {
    const listed = foodCase();
    await Promise.all([inForce(listed), inForce(listed), inForce(listed)]);
    await inForce(listed);
    expect(await actionsOf(listed)).toHaveLength(ORDERED);
    expect((await told(listed)).filter((type) => type === 'completed')).toHaveLength(1);
  });

  it('of a list without rules orders nothing and says so', async () => {
    const listed = foodCase(
      { listType: 'BUILD', conductKind: 'build.listed', serious: false },
      {},
      { termEndsOn: null },
    );
    await inForce(listed);
    expect(await actionsOf(listed)).toEqual([]);
    const [only] = await toldEvents(running.db, listed.subject.id);
    expect(only?.data).toMatchObject({ stage: 'ordered', actions: 0 });
    await ended(listed, 'performed', '2024-11-20');
    expect((await toldEvents(running.db, listed.subject.id)).at(-1)?.data).toMatchObject({
      stage: 'lifted',
      actions: 0,
    });
  });
});

describe('the end of a listing', () => {
  it('lifts what was not applied, orders the lift of the rest, and is complete with the last confirmation', async () => {
    const listed = foodCase();
    await inForce(listed);
    const [first, second, ...rest] = await actionsOf(listed);
    await answer(first!.id, first!.executor, 1, 'applied', '2024-11-14');
    await answer(second!.id, second!.executor, 1, 'not-applied', '2024-11-14');
    for (const action of rest) await answer(action.id, action.executor, 1, 'not-applied', '2024-11-14');
    await ended(listed, 'early-removal', '2024-11-14');
    await ended(listed, 'early-removal', '2024-11-14');

    const after = await actionsOf(listed);
    expect(after.map((action) => action.status)).toEqual([
      'lift-ordered',
      ...Array<string>(ORDERED - 1).fill('lifted'),
    ]);
    expect(after[1]).toMatchObject({ lifted: { how: 'never-applied' }, lift: { end: 'early-removal' } });
    expect((await told(listed)).filter((type) => type === 'completed')).toHaveLength(1);
    expect(await disagreements()).toEqual([]);

    await confirm(first!.id, first!.executor, 3, '2024-11-14');
    const events = await toldEvents(running.db, listed.subject.id);
    expect(
      events.slice(-2).map((event) => [shortType(event), event.data['how'] ?? event.data['stage']]),
    ).toEqual([
      ['lifted', 'confirmed'],
      ['completed', 'lifted'],
    ]);
    expect(events.at(-1)?.data['actions']).toBe(ORDERED);
  });

  it('is complete once, although the last two departments confirm at the same time', async () => {
    const listed = foodCase(
      { conductKind: 'samr.drug-device-cosmetics' },
      { kind: 'natural-person', code: null, name: '张*' },
    );
    await inForce(listed);
    const actions = await actionsOf(listed);
    for (const action of actions) await answer(action.id, action.executor, 1, 'applied', '2024-11-14');
    await ended(listed, 'revoked', '2024-11-14');
    await Promise.all(actions.map((action) => confirm(action.id, action.executor, 3, '2024-11-14')));
    const completed = (await toldEvents(running.db, listed.subject.id)).filter(
      (event) => shortType(event) === 'completed',
    );
    expect(completed.map((event) => event.data['stage'])).toEqual(['ordered', 'lifted']);
  });

  it('asks every department that never answered to confirm', async () => {
    const listed = foodCase();
    await inForce(listed);
    await ended(listed, 'revoked', '2024-11-14');
    const actions = await actionsOf(listed);
    expect(new Set(actions.map((action) => action.status))).toEqual(new Set(['lift-ordered']));
    expect(actions[0]).toMatchObject({ liftDue: '2024-11-19', answer: null, answerDue: null });
  });

  it('heard before its beginning is remembered: the late beginning orders nothing', async () => {
    const listed = foodCase();
    await ended(listed, 'corrected', '2024-11-14');
    await inForce(listed);
    await inForce(listed);
    await ended(listed, 'corrected', '2024-11-14');
    expect(await actionsOf(listed)).toEqual([]);
    const events = await toldEvents(running.db, listed.subject.id);
    expect(events.map((event) => [shortType(event), event.data['stage'], event.data['actions']])).toEqual([
      ['completed', 'lifted', 0],
      ['completed', 'ordered', 0],
    ]);
    expect(await disagreements()).toEqual([]);
  });

  it('a millisecond after the beginning leaves nothing live, in whatever order the two are handled', async () => {
    for (let round = 0; round < 20; round++) {
      const listed = foodCase();
      await Promise.all(
        round % 2 === 0
          ? [inForce(listed), ended(listed, 'revoked', '2024-11-14')]
          : [ended(listed, 'revoked', '2024-11-14'), inForce(listed)],
      );
      const open = (await actionsOf(listed)).filter(
        (action) => !['lift-ordered', 'lifted'].includes(action.status),
      );
      expect(open).toEqual([]);
    }
    expect(await disagreements()).toEqual([]);
  });
});

describe('every kind of end', () => {
  it.each(ENDS)(
    '%s: lifts what was applied and what was not answered, each department told of it',
    async (end) => {
      const listed = foodCase();
      await inForce(listed);
      const [applied, not] = await actionsOf(listed);
      await answer(applied!.id, applied!.executor, 1, 'applied', '2024-11-14');
      await answer(not!.id, not!.executor, 1, 'not-applied', '2024-11-14');
      await ended(listed, end, '2024-11-14');
      const after = await actionsOf(listed);
      expect(after.map(({ status, lift, liftDue }) => [status, lift?.end, liftDue])).toEqual(
        after.map(({ id }) => (id === not!.id ? ['lifted', end, null] : ['lift-ordered', end, '2024-11-19'])),
      );
      const events = await toldEvents(running.db, listed.subject.id);
      const ordered = events.filter((event) => shortType(event) === 'lift-ordered');
      expect(ordered.map(({ data }) => data['end'])).toEqual(Array<string>(ORDERED - 1).fill(end));
      expect(await disagreementsOf(listed)).toEqual([]);
    },
  );
});

describe('the answer of a department', () => {
  it('is refused to another department, on an old version, after the lift, and leaves nothing behind', async () => {
    const listed = foodCase();
    await inForce(listed);
    const [action] = await actionsOf(listed);
    const before = await told(listed);
    await expect(answer(action!.id, 'hlj.statistics', 1, 'applied', '2024-11-14')).rejects.toMatchObject({
      code: 'request.other-department',
    });
    await expect(answer(action!.id, action!.executor, 0, 'applied', '2024-11-14')).rejects.toMatchObject({
      code: 'request.if-match-stale',
    });
    await expect(confirm(action!.id, action!.executor, 1, '2024-11-14')).rejects.toMatchObject({
      code: 'discipline.lift-of-unapplied',
    });
    await expect(
      answer('0192f0c4-6c00-7000-8000-00000000dead', action!.executor, 1, 'applied', '2024-11-14'),
    ).rejects.toMatchObject({
      code: 'discipline.action-not-found',
    });
    expect(await told(listed)).toEqual(before);
    expect((await actionsOf(listed))[0]).toEqual(action);
    await ended(listed, 'expired', '2024-11-14');
    await expect(answer(action!.id, action!.executor, 2, 'applied', '2024-11-14')).rejects.toMatchObject({
      code: 'discipline.answer-after-lift',
    });
  });

  it('wins or loses against the end of the listing, but never passes it', async () => {
    const listed = foodCase();
    await inForce(listed);
    const actions = await actionsOf(listed);
    const answers = actions.map((action) =>
      answer(action.id, action.executor, 1, 'not-applied', '2024-11-14').then(
        () => 'taken',
        () => 'refused',
      ),
    );
    const [outcomes] = await Promise.all([Promise.all(answers), ended(listed, 'revoked', '2024-11-14')]);
    const after = await actionsOf(listed);
    // Taken before the end: ended as never applied. Too late: the department is asked to confirm.
    expect(after.map((action) => action.status)).toEqual(
      outcomes.map((outcome) => (outcome === 'taken' ? 'lifted' : 'lift-ordered')),
    );
    expect(await disagreements()).toEqual([]);
  });

  it('is kept in the history with who gave it, and history takes no change', async () => {
    const listed = foodCase();
    await inForce(listed);
    const [action] = await actionsOf(listed);
    await answer(action!.id, action!.executor, 1, 'applied', '2024-11-14');
    const history = await running.app.get(FindActions).history(auditor, action!.id);
    expect(history.map((entry) => [entry.version, entry.fact.type])).toEqual([
      [1, 'ordered'],
      [2, 'answered'],
    ]);
    await expect(
      running.db.query('UPDATE discipline_action_history SET actor = $1', ['nobody']),
    ).rejects.toThrow(/append-only/);
    await expect(running.db.query('DELETE FROM discipline_action_history')).rejects.toThrow(/append-only/);
  });
});

describe('days that pass', () => {
  it('without an answer: marked and told once, and the late answer is still taken', async () => {
    const listed = foodCase();
    await inForce(listed);
    const [answered, late] = await actionsOf(listed);
    await answer(answered!.id, answered!.executor, 1, 'applied', '2024-11-14');
    await running.moveTo('2024-11-28');
    expect((await actionsOf(listed)).some((action) => action.overdue)).toBe(false);
    await running.moveTo('2024-11-29');
    await running.moveTo('2024-12-02');
    const overdue = (await actionsOf(listed)).filter((action) => action.overdue);
    expect(overdue).toHaveLength(ORDERED - 1);
    const events = (await toldEvents(running.db, listed.subject.id)).filter(
      (event) => shortType(event) === 'overdue',
    );
    expect(events).toHaveLength(ORDERED - 1);
    expect(events[0]?.data).toMatchObject({ missed: 'answer', due: '2024-11-28' });
    // Its history: ordered, reminded, overdue.
    await answer(late!.id, late!.executor, 3, 'applied', '2024-12-02');
    expect((await actionsOf(listed))[1]).toMatchObject({ status: 'applied', overdue: false });
  });

  it('a reminder comes two working days before, only to who has not answered; long after, the lead unit is told', async () => {
    const listed = foodCase({}, {}, { inForceOn: '2024-12-02' });
    await running.moveTo('2024-12-02');
    await inForce(listed);
    const [answered, ...owing] = await actionsOf(listed);
    await answer(answered!.id, answered!.executor, 1, 'applied', '2024-12-02');
    const count = async (type: string) => (await told(listed)).filter((each) => each === type).length;
    await running.moveTo('2024-12-11');
    expect(await count('reminded')).toBe(0);
    await running.moveTo('2024-12-12'); // due on the 16th, a Monday
    expect(await count('reminded')).toBe(owing.length);
    await running.moveTo('2024-12-17');
    await running.moveTo('2024-12-23');
    expect([await count('overdue'), await count('escalated')]).toEqual([owing.length, 0]);
    await running.moveTo('2024-12-24');
    expect(await count('escalated')).toBe(owing.length);
    const events = await toldEvents(running.db, listed.subject.id);
    expect(events.find((event) => shortType(event) === 'escalated')?.data).toMatchObject({
      to: 'hlj.business-environment',
      missed: 'answer',
      due: '2024-12-16',
      escalatedOn: '2024-12-24',
    });
    await ended(listed, 'revoked', '2024-12-24');
    const { rows } = await running.db.query(
      `SELECT DISTINCT kind FROM deadlines.deadline WHERE outcome IS NULL AND ref = ANY($1)`,
      [(await actionsOf(listed)).map(({ id }) => id)],
    );
    expect(rows.map((row) => row['kind']).sort()).toEqual(['discipline.reminder']);
    await running.moveTo('2024-12-02');
  });

  it('without a confirmation: the department is reminded, named, and the lead unit told of it', async () => {
    const listed = foodCase();
    await inForce(listed);
    await ended(listed, 'expired', '2024-12-02');
    const [early, late] = await actionsOf(listed);
    await confirm(early!.id, early!.executor, 2, '2024-12-02');
    const of = async (type: string) =>
      (await toldEvents(running.db, listed.subject.id)).filter((event) => shortType(event) === type);
    await running.moveTo('2024-12-03');
    const reminded = await of('reminded');
    expect(reminded).toHaveLength(ORDERED - 1);
    expect(reminded[0]?.data).toMatchObject({ of: 'lift', due: '2024-12-05' });
    await running.moveTo('2024-12-06');
    const overdue = await of('overdue');
    expect(overdue).toHaveLength(ORDERED - 1);
    expect(overdue[0]?.data).toMatchObject({ missed: 'lift', due: '2024-12-05' });
    // Its history: ordered, to be lifted, reminded, overdue.
    await confirm(late!.id, late!.executor, 4, '2024-12-06');
    await running.moveTo('2024-12-12');
    expect(await of('escalated')).toHaveLength(0);
    await running.moveTo('2024-12-13');
    const escalated = await of('escalated');
    expect(escalated).toHaveLength(ORDERED - 2);
    expect(escalated[0]?.data).toMatchObject({ missed: 'lift', to: 'hlj.business-environment' });
    await running.moveTo('2024-12-06');
  });

  it('until the own term of a measure is over: it is lifted, the listing and its other measures go on', async () => {
    const listed = foodCase(
      { conductKind: 'samr.false-publicity' },
      {},
      { inForceOn: '2024-12-06', termEndsOn: '2029-12-06' },
    );
    await inForce(listed);
    const office = (await actionsOf(listed)).find((action) => action.rule === 'samr.representative-office')!;
    expect(office.until).toBe('2027-12-06');
    await answer(office.id, office.executor, 1, 'applied', '2024-12-06');
    // The calendar of 2027 is not loaded yet, so the clock is read a year early: only what falls due then is shown.
    await running.db.query(
      `UPDATE deadlines.deadline SET due_at = '2026-03-02T00:00:00+08:00' WHERE kind = 'discipline.own-term' AND ref = $1`,
      [office.id],
    );
    await running.moveTo('2026-03-02');
    const after = await actionsOf(listed);
    expect(after.find((action) => action.id === office.id)).toMatchObject({
      status: 'lift-ordered',
      lift: { end: 'own-term' },
    });
    expect(after.filter((action) => action.status === 'lift-ordered')).toHaveLength(1);
    await confirm(office.id, office.executor, 3, '2026-03-02');
    expect(await disagreements()).toEqual([]);
    expect((await told(listed)).filter((type) => type === 'completed')).toHaveLength(1);
  });
});

describe('reconciliation', () => {
  it('finds a live action without live listing, and a live listing without its action', async () => {
    const [withoutListing, withoutAction] = [foodCase(), foodCase()];
    await inForce(withoutListing);
    await inForce(withoutAction);
    // Brought about by hand: no command of the service can do it.
    await running.db.query(
      `UPDATE discipline_case SET standing = 'ended', ended_on = '2026-03-02' WHERE case_id = $1`,
      [withoutListing.case.id],
    );
    await running.db.query('ALTER TABLE discipline_action_history DISABLE TRIGGER ALL');
    await running.db.query(
      `DELETE FROM discipline_action_history h USING discipline_action a
       WHERE a.id = h.action_id AND a.case_id = $1 AND a.rule = 'samr.food-ban'`,
      [withoutAction.case.id],
    );
    await running.db.query('ALTER TABLE discipline_action_history ENABLE TRIGGER ALL');
    await running.db.query(`DELETE FROM discipline_action WHERE case_id = $1 AND rule = 'samr.food-ban'`, [
      withoutAction.case.id,
    ]);
    const found = await disagreements();
    expect(found.filter((each) => each.caseId === withoutListing.case.id).map((each) => each.kind)).toEqual(
      Array<string>(ORDERED).fill('action-without-listing'),
    );
    expect(found.filter((each) => each.caseId === withoutAction.case.id)).toEqual([
      {
        kind: 'listing-without-action',
        caseId: withoutAction.case.id,
        subjectId: withoutAction.subject.id,
        rule: 'samr.food-ban',
        executor: 'hlj.market-regulation',
        actionId: null,
        status: null,
      },
    ]);
  });
});

describe('reconciliation names', () => {
  it('a listing whose last day is over and whose end was not heard; it does not end by itself', async () => {
    const listed = foodCase({}, {}, { inForceOn: '2024-11-14', termEndsOn: '2025-11-14' });
    await running.moveTo('2025-11-14');
    await inForce(listed);
    expect(await disagreementsOf(listed)).toEqual([]);
    await running.moveTo('2025-11-15');
    expect(await disagreementsOf(listed)).toEqual([
      {
        kind: 'listing-past-its-term',
        caseId: listed.case.id,
        subjectId: listed.subject.id,
        termEndsOn: '2025-11-14',
        letter: null,
      },
    ]);
    await ended(listed, 'expired', '2025-11-15');
    expect(await disagreementsOf(listed)).toEqual([]);
  });

  it('subjects whose listing events wait behind a dead letter, also where nothing of them is known', async () => {
    await running.moveTo('2024-11-14');
    const [known, unknown] = [foodCase(), foodCase()];
    await inForce(known);
    const letters = [known, unknown].map(() => uuidv7());
    for (const [nth, { subject }] of [known, unknown].entries())
      for (const topic of ['listings', 'grades'])
        await running.db.query(
          `INSERT INTO messaging.position (consumer, topic, key, blocked_by, blocked_sequence)
           VALUES ('measures', $1, $2, $3, 7)`,
          [topic, subject.id, letters[nth]],
        );
    const found = (await disagreements()).filter(({ kind }) => kind === 'listing-unheard');
    expect(found).toHaveLength(2);
    for (const [nth, { subject }] of [known, unknown].entries())
      expect(found).toContainEqual({
        kind: 'listing-unheard',
        caseId: nth === 0 ? known.case.id : null,
        subjectId: subject.id,
        termEndsOn: null,
        letter: letters[nth],
      });
    await running.db.query(`DELETE FROM messaging.position WHERE consumer = 'measures'`);
    expect((await disagreements()).filter(({ kind }) => kind === 'listing-unheard')).toEqual([]);
  });
});

describe('reconciliation heals', () => {
  const operator: Actor = { kind: 'person', id: 'operator', name: 'O', roles: ['operator'] };
  const rounds = () => running.app.get(ReconcileRounds);
  const metrics = () => running.app.get(Metrics).registry.metrics();
  const expecting = (listed: ListedCase, key: { rule: string; executor: string }) =>
    running.db.query('UPDATE discipline_case SET expected = expected || $2 WHERE case_id = $1', [
      listed.case.id,
      JSON.stringify([key]),
    ]);
  const heal = () => running.app.get(Heal).run(operator);
  const of = async (listed: ListedCase) => (await heal()).filter(({ caseId }) => caseId === listed.case.id);

  it('what stands without its listing, what a live listing misses, and what was lifted under it', async () => {
    await running.moveTo('2024-11-14');
    await heal(); // what the stories before broke by hand
    const [orphaned, missing, lifted] = [foodCase(), foodCase(), foodCase()];
    for (const listed of [orphaned, missing, lifted]) await inForce(listed);
    const byHand = (sql: string, listed: ListedCase) => running.db.query(sql, [listed.case.id]);
    await byHand(
      `UPDATE discipline_case SET standing = 'ended', ended_on = '2024-11-14' WHERE case_id = $1`,
      orphaned,
    );
    await running.db.query('ALTER TABLE discipline_action_history DISABLE TRIGGER ALL');
    await byHand(
      `DELETE FROM discipline_action_history WHERE action_id IN
         (SELECT id FROM discipline_action WHERE case_id = $1 AND rule = 'samr.food-ban')`,
      missing,
    );
    await running.db.query('ALTER TABLE discipline_action_history ENABLE TRIGGER ALL');
    await byHand(`DELETE FROM discipline_action WHERE case_id = $1 AND rule = 'samr.food-ban'`, missing);
    const state = { status: 'lifted', answer: null, lift: { end: 'expired', orderedOn: '2024-11-14' } };
    await running.db.query(
      `UPDATE discipline_action SET status = 'lifted', due_on = NULL, state = state || $2
       WHERE case_id = $1 AND rule = 'samr.food-ban'`,
      [
        lifted.case.id,
        JSON.stringify({ ...state, lifted: { how: 'confirmed', on: '2024-11-14', note: '（虚构）' } }),
      ],
    );
    const [first, second] = [await heal(), await heal()];
    const outcomes = (listed: ListedCase) =>
      first.filter(({ caseId }) => caseId === listed.case.id).map(({ outcome }) => outcome);
    expect(outcomes(orphaned)).toEqual(Array(ORDERED).fill('lift-ordered'));
    expect([outcomes(missing), outcomes(lifted)]).toEqual([['ordered'], ['reordered']]);
    expect(second).toEqual([]);
    expect(await disagreements()).toEqual([]);
    expect((await actionsOf(orphaned)).every(({ lift }) => lift?.end === 'reconciled')).toBe(true);
    expect(await actionsOf(missing)).toHaveLength(ORDERED);
    expect((await told(lifted)).at(-1)).toBe('ordered');
    const { rows } = await running.db.query(
      'SELECT DISTINCT by_actor FROM discipline_healing WHERE case_id = ANY($1)',
      [[orphaned.case.id, missing.case.id, lifted.case.id]],
    );
    expect(rows).toEqual([{ by_actor: 'person:operator' }]);
  });

  it('what stands under a live listing that did not order it, or ordered it in an earlier round', async () => {
    await running.moveTo('2024-11-14');
    await heal();
    const [foreign, old] = [foodCase(), foodCase()];
    for (const listed of [foreign, old]) await inForce(listed);
    await running.db.query(
      `UPDATE discipline_case SET expected = (
         SELECT jsonb_agg(e) FROM jsonb_array_elements(expected) AS e WHERE e ->> 'rule' <> 'samr.food-ban')
       WHERE case_id = $1`,
      [foreign.case.id],
    );
    await running.db.query('UPDATE discipline_case SET round = 2 WHERE case_id = $1', [old.case.id]);
    const found = await disagreements();
    const of = (listed: ListedCase, kind: string) =>
      found.filter((each) => each.caseId === listed.case.id && each.kind === kind);
    expect(of(foreign, 'action-not-ordered').map((each) => 'rule' in each && each.rule)).toEqual([
      'samr.food-ban',
    ]);
    expect(of(old, 'action-not-ordered')).toHaveLength(ORDERED);
    await heal();
    expect(await disagreements()).toEqual([]);
    const [ban] = (await actionsOf(foreign)).filter(({ rule }) => rule === 'samr.food-ban');
    expect(ban).toMatchObject({ status: 'lift-ordered', lift: { end: 'reconciled' } });
  });

  it('each for itself: one that cannot be healed keeps nobody behind it, and is counted', async () => {
    await running.moveTo('2024-11-14');
    await heal();
    // In the order of their ids the one that fails comes first.
    const [failing, healthy, forbidden] = [foodCase(), foodCase(), foodCase()];
    for (const listed of [failing, healthy, forbidden]) await inForce(listed);
    await expecting(failing, { rule: 'samr.food-ban', executor: 'hlj.gone' });
    await running.db.query(
      `UPDATE discipline_case SET case_ref = case_ref || '{"listType": "NONE"}' WHERE case_id = $1`,
      [forbidden.case.id],
    );
    await expecting(forbidden, { rule: 'samr.unknown', executor: 'hlj.finance' });
    await running.db.query(
      `UPDATE discipline_case SET standing = 'ended', ended_on = '2024-11-14' WHERE case_id = $1`,
      [healthy.case.id],
    );
    // A body that ended without successor: no rule of its list can be read for that day.
    await running.db.query(`UPDATE unit SET valid_to = '2024-01-01', successor = NULL WHERE id = $1`, [
      'hlj.market-regulation',
    ]);
    await rounds().round();
    await rounds().round();
    await running.db.query('UPDATE unit SET valid_to = NULL WHERE id = $1', ['hlj.market-regulation']);
    expect((await actionsOf(healthy)).every(({ status }) => status === 'lift-ordered')).toBe(true);
    const { rows } = await running.db.query(
      'SELECT outcome FROM discipline_healing WHERE case_id = ANY($1)',
      [[failing.case.id, forbidden.case.id]],
    );
    // Found by both rounds and written down once.
    expect(rows).toEqual([{ outcome: 'not-allowed' }]);
    expect(await metrics()).toMatch(/discipline_disagreements\{kind="listing-without-action"\S*\} 2\n/);
    expect(await metrics()).toMatch(/discipline_disagreements\{kind="action-without-listing"\S*\} 0\n/);
    await heal();
    for (const listed of [failing, forbidden])
      await running.db.query(`UPDATE discipline_case SET expected = '[]' WHERE case_id = $1`, [
        listed.case.id,
      ]);
  });

  it('nothing that agrees', async () => {
    const listed = foodCase();
    await inForce(listed);
    expect(await of(listed)).toEqual([]);
  });
});

describe('a listing that is lifted provisionally, and stands again', () => {
  const suspended = (listed: ListedCase, on: string) =>
    inOrder(listed, on, 1, (tx) => running.app.get(OrderLifts).suspend(tx, listed.suspended(on)));
  const restored = (listed: ListedCase, on: string, more: Partial<ReturnType<ListedCase['restored']>> = {}) =>
    inOrder(listed, on, 3, (tx) =>
      running.app.get(OrderActions).again(tx, { ...listed.restored(on, '2027-11-14'), ...more }),
    );
  const following = (act: (entries: FollowEntry, tx: Tx) => Promise<void>) =>
    running.db.transaction((tx) => act(running.app.get(FollowEntry), tx));

  it.each([
    ['the plan fails (order 36 art. 20)', 'plan-failed'],
    ['the stay of execution is over (行政复议法 art. 42)', 'stay-ended'],
  ] as const)('has every measure lifted, and ordered anew when %s', async (_, cause) => {
    await running.moveTo('2024-11-14');
    const listed = foodCase();
    await inForce(listed);
    await running.moveTo('2026-05-20');
    await suspended(listed, '2026-05-20');
    await suspended(listed, '2026-05-20');
    expect((await actionsOf(listed)).map(({ status }) => status)).toEqual(
      Array(ORDERED).fill('lift-ordered'),
    );
    expect(await disagreementsOf(listed)).toEqual([]);

    await running.moveTo('2026-11-10');
    await restored(listed, '2026-11-10', { cause });
    await restored(listed, '2026-11-10', { cause });
    const actions = await actionsOf(listed);
    expect(actions).toHaveLength(2 * ORDERED);
    const again = actions.filter(({ round }) => round === 2);
    expect(again).toHaveLength(ORDERED);
    for (const action of again)
      expect(action).toMatchObject({ status: 'ordered', from: '2026-11-10', until: '2027-11-14' });
    expect((await toldEvents(running.db, listed.subject.id)).at(-1)?.data).toMatchObject({
      stage: 'ordered',
      actions: 2 * ORDERED,
    });
    expect(await disagreementsOf(listed)).toEqual([]);
  });

  it('heard before its beginning is remembered: nothing is ordered until the listing is restored', async () => {
    await running.moveTo('2026-05-20');
    const listed = foodCase();
    await suspended(listed, '2026-05-20');
    expect(await inForce(listed)).toBe(false);
    expect(await inForce(listed)).toBe(false);
    expect(await actionsOf(listed)).toEqual([]);
    expect(await told(listed)).toEqual(['completed']);
    expect(await disagreementsOf(listed)).toEqual([]);

    await running.moveTo('2026-11-10');
    await restored(listed, '2026-11-10');
    expect((await actionsOf(listed)).map(({ status }) => status)).toEqual(Array(ORDERED).fill('ordered'));
    expect(await inForce(listed)).toBe(true);
    expect(await actionsOf(listed)).toHaveLength(ORDERED);
    expect(await disagreementsOf(listed)).toEqual([]);
  });

  it('and ended, both heard before its beginning, orders nothing and is answered as ended', async () => {
    await running.moveTo('2026-05-20');
    const listed = foodCase();
    await suspended(listed, '2026-05-20');
    await ended(listed, 'early-removal', '2026-05-20');
    await inForce(listed);
    expect(await actionsOf(listed)).toEqual([]);
    expect((await toldEvents(running.db, listed.subject.id)).map(({ data }) => data['stage'])).toEqual([
      'lifted',
      'ordered',
    ]);
  });

  it('orders nothing more when it ends while it is lifted, and everything when an end is undone', async () => {
    await running.moveTo('2024-11-14');
    const listed = foodCase();
    await inForce(listed);
    await suspended(listed, '2024-11-20');
    await running.moveTo('2025-06-03');
    await ended(listed, 'early-removal', '2025-06-03');
    expect((await actionsOf(listed)).map(({ status }) => status)).toEqual(
      Array(ORDERED).fill('lift-ordered'),
    );
    // False material found: the removal is revoked.
    await running.moveTo('2026-01-12');
    await restored(listed, '2026-01-12', { termEndsOn: '2029-01-12' });
    expect((await actionsOf(listed)).filter(({ status }) => status === 'ordered')).toHaveLength(ORDERED);
    expect(await disagreementsOf(listed)).toEqual([]);
  });

  it('shows with every action that the entry is objected to, until it is no more', async () => {
    await running.moveTo('2024-11-14');
    const listed = foodCase();
    await inForce(listed);
    const about = { case: listed.case, subject: listed.subject };
    const objection = (id: string) => ({ ...objectionMarked.sample.objection, id });
    const [first, second] = [objection(uuidv7()), objection(uuidv7())];
    const marked = (of: typeof first, markedOn: string) =>
      following((entries, tx) =>
        entries.marked(tx, { ...objectionMarked.sample, ...about, objection: of, markedOn }),
      );
    const unmarked = (of: typeof first) =>
      following((entries, tx) =>
        entries.unmarked(tx, { ...objectionUnmarked.sample, ...about, objection: of }),
      );
    const since = async () => new Set((await actionsOf(listed)).map((action) => action.objectionSince));

    await marked(first, '2024-11-15');
    await marked(second, '2024-11-18');
    expect(await since()).toEqual(new Set(['2024-11-15']));
    await unmarked(first);
    expect(await since()).toEqual(new Set(['2024-11-18']));
    await unmarked(second);
    expect(await since()).toEqual(new Set([null]));
  });

  it('follows a corrected term, and confirms it', async () => {
    const listed = foodCase();
    await inForce(listed);
    await following((entries, tx) =>
      entries.corrected(tx, { sequence: '2', data: listed.termCorrected('2027-11-14', '2027-10-14') }),
    );
    expect((await actionsOf(listed)).every(({ until }) => until === '2027-10-14')).toBe(true);
    const corrected = (await toldEvents(running.db, listed.subject.id)).filter(
      (event) => shortType(event) === 'term-corrected',
    );
    expect(corrected).toHaveLength(ORDERED);
    for (const { data } of corrected)
      expect(data).toMatchObject({
        until: '2027-10-14',
        instead: '2027-11-14',
        action: { until: '2027-10-14' },
      });
    expect((await toldEvents(running.db, listed.subject.id)).at(-1)).toMatchObject({
      type: 'cn.chengxin.discipline.correction-applied.v1',
      data: { correction: 1 },
    });
  });

  it('shows the name to which its entry was corrected, whichever service tells it first, and no older one again', async () => {
    const listed = foodCase();
    await inForce(listed);
    const { subject } = listed;
    const names = [subject.name, '松江新名商贸有限公司（虚构）', '松江又新名商贸有限公司（虚构）'] as const;
    const corrected = (nth: 1 | 2) => {
      const changes = [{ field: 'subjectName' as const, from: names[nth - 1]!, to: names[nth] }];
      const about = { ...subject, name: names[nth] };
      const data = { ...listed.termCorrected('2029-11-14', '2029-11-14'), subject: about, changes };
      return following((entries, tx) =>
        entries.corrected(tx, { sequence: String(nth + 1), data: { ...data, correction: nth } }),
      );
    };
    const toldByRecords = (nth: 1 | 2) => {
      const data = { subject: { ...subject, name: names[nth] }, changed: ['name'] };
      return running.db.transaction((tx) => running.app.get(FollowSubject).changed(tx, data, nth));
    };
    const shown = async () => [...new Set((await actionsOf(listed)).map((action) => action.subject.name))];
    await corrected(1);
    expect(await shown()).toEqual([names[1]]);
    await toldByRecords(1);
    await toldByRecords(2);
    await corrected(1);
    expect(await shown()).toEqual([names[2]]);
    await corrected(2);
    expect(await shown()).toEqual([names[2]]);
    expect((await told(listed)).filter((type) => type === 'correction-applied')).toHaveLength(3);
  });

  it('a term that runs from the publication is told with it; one that was known changes nothing', async () => {
    const listed = foodCase({ conductKind: 'samr.false-publicity' }, {}, { termEndsOn: null });
    const known = foodCase();
    await inForce(listed);
    await inForce(known);
    const published = (of: ListedCase, termEndsOn: string, sequence: string) =>
      ({
        sequence,
        data: { case: of.case, subject: of.subject, publishedOn: '2024-11-20', termEndsOn },
      }) as EventOf<typeof listingPublished>;
    const hear = (...events: EventOf<typeof listingPublished>[]) =>
      running.db.transaction((tx) =>
        running.app.get(DisciplineInbox).listingsPublished(events, { tx } as JointDelivery),
      );
    const untils = async (of: ListedCase) =>
      [...new Set((await actionsOf(of)).map(({ until }) => until))].sort();
    // One measure has a term of its own.
    expect(await untils(listed)).toEqual(['2027-11-14', null]);
    await hear(published(listed, '2028-11-20', '2'), published(known, '2027-11-14', '2'));
    expect(await untils(listed)).toEqual(['2027-11-14', '2028-11-20']);
    expect((await told(listed)).filter((type) => type === 'term-corrected').length).toBeGreaterThan(0);
    expect(
      (await actionsOf(known)).every(({ version, until }) => version === 1 && until === '2027-11-14'),
    ).toBe(true);
    // Heard before the beginning it is kept for it.
    const late = foodCase({}, {}, { termEndsOn: null });
    await hear(published(late, '2028-11-20', '2'));
    await running.db.transaction((tx) =>
      running.app.get(DisciplineInbox).listingsInForce([inForceEvent(late)], { tx } as JointDelivery),
    );
    expect(await untils(late)).toEqual(['2028-11-20']);
  });

  it('ends with the term of an entry that was paid before its publication', async () => {
    const paid = foodCase({}, {}, { termEndsOn: null });
    await inForce(paid);
    const { case: about, subject } = paid;
    const begun = {
      sequence: '2',
      data: { case: about, subject, termStartsOn: '2025-04-11', termEndsOn: '2028-04-11' },
    } as EventOf<typeof listingTermBegun>;
    await running.db.transaction((tx) =>
      running.app.get(DisciplineInbox).listingTermsBegun([begun], { tx } as JointDelivery),
    );
    const days = new Set((await actionsOf(paid)).map(({ until }) => until));
    expect(days).toContain('2028-04-11');
    expect(days).not.toContain(null);
  });

  it('a corrected term leaves the own term of a measure alone, whichever of the two is over first', async () => {
    const listed = foodCase({ conductKind: 'samr.false-publicity' }, {}, { termEndsOn: '2025-11-14' });
    await inForce(listed);
    let sequence = 1;
    const corrected = (from: string, to: string) => {
      sequence += 1;
      const event = { sequence: String(sequence), data: listed.termCorrected(from, to) };
      return following((entries, tx) => entries.corrected(tx, event));
    };
    const office = async () =>
      (await actionsOf(listed)).find((action) => action.rule === 'samr.representative-office')!;
    const others = async () =>
      (await actionsOf(listed))
        .filter((action) => action.rule !== 'samr.representative-office')
        .map(({ until }) => until);
    const ownTermClock = async () =>
      (
        await running.db.query<{ due_at: Date }>(
          `SELECT due_at FROM deadlines.deadline WHERE kind = 'discipline.own-term' AND ref = $1 AND outcome IS NULL`,
          [(await office()).id],
        )
      ).rows.map(({ due_at }) => due_at.toISOString());
    expect(await office()).toMatchObject({ version: 1, until: '2025-11-14' });
    await corrected('2025-11-14', '2029-11-14');
    // Three years from the day of effect (企业信息公示暂行条例 art. 18), not the five of the listing.
    expect(await office()).toMatchObject({ version: 2, until: '2027-11-14' });
    expect(new Set(await others())).toEqual(new Set(['2029-11-14']));
    expect(await ownTermClock()).toEqual(['2027-11-14T16:00:00.000Z']);
    await corrected('2029-11-14', '2026-11-14');
    expect(await office()).toMatchObject({ version: 3, until: '2026-11-14' });
    expect(new Set(await others())).toEqual(new Set(['2026-11-14']));
    expect(await ownTermClock()).toEqual([]);
    // Sent again it changes nothing.
    await corrected('2029-11-14', '2026-11-14');
    expect((await office()).version).toBe(3);
    const history = await running.app.get(FindActions).history(auditor, (await office()).id);
    expect(history.map(({ fact }) => fact)).toMatchObject([
      { type: 'ordered' },
      { type: 'term-corrected', until: '2027-11-14', instead: '2025-11-14' },
      { type: 'term-corrected', until: '2026-11-14', instead: '2027-11-14' },
    ]);
  });
});

describe('what the service hears', () => {
  it('is settled with nothing but its own database, whatever the contracts allow', async () => {
    const also = [recordAccepted, recordCorrected, recordWithdrawn].flatMap((contract) =>
      ['permit', 'commitment', 'honour'].map((type) => {
        const { sample } = contract;
        return { contract, data: { ...sample, record: { ...sample.record, type } } };
      }),
    );
    const heard = await heardAlone({ service: 'measures', app: running.app, own: [database.url], also });
    expect(heard).toMatchObject({ unsettled: [], called: [], withoutEffect: [] });
  });
});
