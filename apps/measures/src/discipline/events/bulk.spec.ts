import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listingEnded, listingInForce } from '#contracts';
import { publishAll } from '#messaging';
import type { Actor } from '#platform';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import { openStage, type Stage } from '../../../../../libs/messaging/specs/stage.js';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { OrderActions } from '../commands/order-actions.js';
import { Reconcile } from '../queries/reconcile.js';
import { DisciplineInbox } from './inbox.js';

/*
 * A bulk of decisions, heard through the real broker: ordered by few transactions, each exactly once, and one that
 * cannot be ordered keeps nobody but its own subject behind it.
 */
const LISTINGS = 240;
const ACTIONS = 12;
let database: TestDatabase;
let running: RunningMeasures;
let stage: Stage;

beforeAll(async () => {
  database = await testDatabase('measures');
  const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };
  running = await startMeasures(database.url, issuer, '2024-11-14');
  stage = await openStage(['listings'], 1);
  stage.relay('relay').start();
});
afterAll(async () => {
  await stage.strike();
  await running.close();
  await database.drop();
});

const approver = (n: number): Actor => ({
  kind: 'person',
  id: `approver-${n}`,
  name: 'A（虚构）',
  roles: [],
});
const inForce = (listed: ListedCase, n: number) => ({
  contract: listingInForce,
  subject: listed.subject.id,
  data: listed.inForce,
  actor: approver(n),
});
const countOf = async (caseIds: readonly string[]) => {
  const { rows } = await running.db.query<{ case_id: string; actions: number; history: number }>(
    `SELECT case_id, count(DISTINCT a.id) AS actions, count(h.action_id) AS history
     FROM discipline_action a JOIN discipline_action_history h ON h.action_id = a.id WHERE case_id = ANY($1) GROUP BY 1`,
    [caseIds],
  );
  return rows;
};

it('is ordered together, each listing exactly once, and a poison one waits alone', async () => {
  // Its list has a rule whose executing body is in no register.
  await running.db.query(
    `INSERT INTO discipline_rule (id, valid_from, list, measure, mode, content)
     SELECT 'poison.one', valid_from, 'POISON', measure, mode,
            content || '{"id": "poison.one", "list": "POISON", "executors": {"units": ["hlj.nobody"]}}'
     FROM discipline_rule WHERE id = 'samr.licensing'`,
  );
  const all = Array.from({ length: LISTINGS }, () => foodCase());
  const poison = foodCase({ listType: 'POISON' });
  // The same subject is listed once more behind it, and one listing is told a second time.
  const behind = foodCase({}, poison.subject);
  const told = [...all.slice(0, 40), poison, behind, ...all.slice(40), all[3]!];
  await stage.database.db.transaction((tx) => publishAll(tx, told.map(inForce)));

  const batches: number[] = [];
  const inbox = running.app.get(DisciplineInbox);
  const { inbox: consumer, counts } = stage.listenTogether(
    'measures',
    listingInForce,
    async (events, delivery) => {
      batches.push(events.length);
      await inbox.listingsInForce(events, delivery);
    },
    { database: running.db },
  );
  await eventually(() => expect(counts).toMatchObject({ handled: LISTINGS + 1, dead: 1, parked: 1 }), {
    within: 30_000,
  });
  expect(Math.max(...batches)).toBeGreaterThan(10);

  const ids = all.map((listed) => listed.case.id);
  const rows = await countOf(ids);
  expect(rows).toHaveLength(LISTINGS);
  expect(rows.filter(({ actions, history }) => actions !== ACTIONS || history !== ACTIONS)).toEqual([]);
  expect(await countOf([poison.case.id, behind.case.id])).toEqual([]);
  const places = new Map(told.map((listed, n) => [listed.case.id, n] as const).reverse());
  for (const listed of [all[0]!, all[3]!, all[41]!, all.at(-1)!]) {
    const events = await toldEvents(running.db, listed.subject.id);
    expect(events.map(shortType)).toEqual([
      'referred',
      ...Array<string>(ACTIONS).fill('ordered'),
      'completed',
    ]);
    const actor = `person:approver-${places.get(listed.case.id)}`;
    expect([...new Set(events.map((event) => event.actor))]).toEqual([actor]);
    const { rows: acted } = await running.db.query(
      `SELECT DISTINCT actor FROM discipline_action_history JOIN discipline_action a ON a.id = action_id WHERE case_id = $1`,
      [listed.case.id],
    );
    expect(acted).toEqual([{ actor }]);
  }

  // The rule is taken out of the law: what was set aside is ordered by the law as it now stands, in its order.
  await running.db.query(`DELETE FROM discipline_rule WHERE id = 'poison.one'`);
  const { rows: letters } = await running.db.query<{ id: string; error: string }>(
    `SELECT id, error FROM messaging.dead_letter WHERE state = 'open'`,
  );
  expect(letters).toMatchObject([{ error: expect.stringContaining('hlj.nobody') as unknown }]);
  await consumer.redrive.redrive(letters[0]!.id, approver(0));
  await eventually(async () => expect(await countOf([behind.case.id])).toHaveLength(1));
  expect((await toldEvents(running.db, poison.subject.id)).map(shortType)).toEqual([
    'completed',
    'referred',
    ...Array<string>(ACTIONS).fill('ordered'),
    'completed',
  ]);
  expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
});

it('ends together: each action is to be lifted once, with the actor of its own end', async () => {
  const all = Array.from({ length: LISTINGS }, () => foodCase());
  await running.db.transaction((tx) =>
    running.app.get(OrderActions).together(
      tx,
      all.map(({ inForce: data }) => ({ data })),
    ),
  );
  const ends = all.map((listed, n) => ({
    contract: listingEnded,
    subject: listed.subject.id,
    data: listed.ended('expired', '2024-11-14'),
    actor: approver(n),
  }));
  // Each end is told, and some are told again.
  await stage.database.db.transaction((tx) => publishAll(tx, [...ends, ...ends.slice(0, 20)]));
  const batches: number[] = [];
  const inbox = running.app.get(DisciplineInbox);
  const { counts } = stage.listenTogether(
    'measures-ends',
    listingEnded,
    async (events, delivery) => {
      batches.push(events.length);
      await inbox.listingsEnded(events, delivery);
    },
    { database: running.db },
  );
  await eventually(() => expect(counts).toMatchObject({ handled: LISTINGS + 20 }), { within: 30_000 });
  expect(Math.max(...batches)).toBeGreaterThan(10);

  const ids = all.map((listed) => listed.case.id);
  const { rows } = await running.db.query(
    `SELECT c.standing, c.ending, a.status, count(*) AS actions FROM discipline_case c JOIN discipline_action a USING (case_id)
     WHERE c.case_id = ANY($1) GROUP BY 1, 2, 3`,
    [ids],
  );
  expect(rows).toEqual([
    { standing: 'ended', ending: 'expired', status: 'lift-ordered', actions: LISTINGS * ACTIONS },
  ]);
  for (const n of [0, 19, LISTINGS - 1]) {
    const events = await toldEvents(running.db, all[n]!.subject.id);
    const lifts = events.filter((event) => shortType(event) === 'lift-ordered');
    expect(lifts.map((event) => event.actor)).toEqual(Array(ACTIONS).fill(`person:approver-${n}`));
    const { rows: acted } = await running.db.query(
      `SELECT count(*) AS facts, min(actor) AS actor FROM discipline_action_history h JOIN discipline_action a ON a.id = action_id
       WHERE case_id = $1 AND h.version = 2`,
      [all[n]!.case.id],
    );
    expect(acted).toEqual([{ facts: ACTIONS, actor: `person:approver-${n}` }]);
  }
  expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
});
