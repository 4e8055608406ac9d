import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually, issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { caseCuts } from '../../specs/cuts/case-cuts.js';
import { type Cut, cutOf } from '../../specs/cuts/cut.js';
import { Desk } from '../../specs/desk.js';
import { FICTITIOUS_YEARS, TODAY } from '../../specs/file-story.js';
import { KillableListing } from '../../specs/killable-listing.js';
import { afterEach, type Matters, readMatters, withoutStatus } from '../../specs/cuts/matters.js';
import { type Moment, Moments } from '../../specs/cuts/moments.js';
import { ofClues, opening } from '../../specs/cuts/clues.js';
import { ofRecords } from '../../specs/cuts/record-repairs.js';
import { ofRules } from '../../specs/cuts/rules.js';
import { putFiles } from '../../specs/put-cases.js';
import { RunningListing } from '../../specs/running-listing.js';
import { DRAWN_TABLES, tableOf } from '../domain/case/drawing.js';
import { storeYear } from '../store/rules-store.js';
import { RuleBook } from '../store/rule-book.js';
import { Units } from '../store/units.js';

/*
 * kill -9 of the real process in every step of every lifecycle table, twice: in the middle of its transaction, and with
 * its COMMIT carried out and nobody who has heard of it. Many steps are under way at once, each of a matter of its own,
 * so that one kill cuts off all of them. To the process that takes over each is sent once more, with its key, as by a
 * client that heard no answer: one outcome, history whole, nothing told twice. Which rows are cut is counted from what
 * came of it, and held against the tables: a row that comes later and that no step here goes along fails.
 */

/** The most that are under way, each on a connection of its own; PostgreSQL takes 200. */
const AT_ONCE = 150;
/** Of these the requests that may not have come to where they are held. */
const BEING_READ = 12;

let database: TestDatabase;
/** Prepares, and reads; takes none of the steps that are cut off. */
let reading: RunningListing;
let issuer: Record<string, string>;
let moments: Moments;
let listing: KillableListing;
/** The processes that are still to take over, the next of which is starting. */
let standby: Promise<KillableListing>;
let successors = 0;

beforeAll(async () => {
  database = await testDatabase('listing');
  issuer = (await testIssuer()).settings;
  reading = await RunningListing.start(database.url, issuer, TODAY);
  await reading.db.transaction(async (tx) => {
    for (const year of FICTITIOUS_YEARS) await storeYear(tx, year, new Date());
  });
  await reading.app.get(RuleBook).reread();
  standby = another();
  moments = await Moments.install(database.url);
});
afterAll(async () => {
  await listing?.kill();
  await (await standby).kill();
  await moments.close();
  await reading.close();
  await (await testIssuer()).close();
  await database.drop();
});

const another = (): Promise<KillableListing> =>
  KillableListing.start(database.url, issuer, TODAY, AT_ONCE + 10);

async function takeOver(): Promise<void> {
  listing = await standby;
  successors -= 1;
  if (successors > 0) standby = another();
}

/** Each of a matter of its own, which lies where its row begins. */
async function prepared(): Promise<Cut[]> {
  const desk = new Desk(reading, issueToken);
  const units = reading.app.get(Units);
  const cuts: Cut[] = [];
  const ofCases = caseCuts();
  const wanted = ofCases.map(({ files, asked, objection }) => ({
    files,
    ...(asked.over === 'sweep' && !objection ? { swept: asked.clock } : {}),
    ...(asked.over === 'event' && asked.command.type === 'close' ? { awaits: 'party-told' as const } : {}),
  }));
  const put = await reading.db.transaction((tx) => putFiles(reading, tx, wanted));
  for (const [index, cut] of ofCases.entries()) cuts.push(await cutOf(cut, put[index]!, { desk, units }));
  const beside = { running: reading, desk };
  for (const more of [ofRecords, ofClues, opening, ofRules]) cuts.push(...(await more(beside)));
  return cuts;
}

/** As few as can be, alike in size. What the sweep comes round to goes with the first: it takes all that is due. */
function batches(cuts: readonly Cut[]): Cut[][] {
  const first = cuts.filter(({ take }) => !take);
  const asked = cuts.filter(({ take }) => take);
  const most = Math.ceil(cuts.length / Math.ceil(cuts.length / AT_ONCE));
  const groups: Cut[][] = [first];
  // Those that cannot go with each other are placed while there is room everywhere.
  for (const cut of [...asked.filter(isOneOf), ...asked.filter((one) => !isOneOf(one))]) {
    const fits = (group: Cut[]): boolean =>
      group.length < most && !(isOneOf(cut) && group.some(({ oneOf }) => oneOf === cut.oneOf));
    const group = groups.find(fits);
    if (group) group.push(cut);
    else groups.push([cut]);
  }
  return groups;
}

const isOneOf = ({ oneOf }: Cut): boolean => oneOf !== undefined;

/** Everything is under way, and held at that moment; then kill -9, and another process takes over. */
async function cutOff(cuts: readonly Cut[], moment: Moment): Promise<void> {
  const answers: unknown[] = [];
  const lost: Promise<void>[] = [];
  let killed = false;
  const begin = (asked: Promise<unknown>): void => {
    const failed = (error: unknown): void => void (killed || answers.push(error));
    lost.push(asked.then((answer) => void answers.push(answer), failed));
  };
  const held = async (count: number): Promise<void> => {
    // Whoever is answered is not held: there is nothing to wait for.
    const reached = async (): Promise<void> =>
      answers.length > 0 ? undefined : expect(await moments.held(moment)).toBeGreaterThanOrEqual(count);
    await eventually(reached, { within: 60_000 });
    expect(answers).toEqual([]);
  };
  await moments.hold(moment);
  const sweeps = cuts.some(({ take }) => !take) ? await sweepsHeld(moment, begin) : 0;
  const takes = cuts.flatMap(({ take }) => take ?? []);
  // A few at a time: a request that waits five seconds for its connection is refused.
  for (const [index, take] of takes.entries()) {
    begin(take(listing));
    await held(sweeps + index + 1 - BEING_READ);
  }
  await held(sweeps + takes.length);

  killed = true;
  if (moment === 'commit') {
    listing.freeze();
    await moments.release(moment);
    await over(moment);
  }
  await listing.kill();
  await moments.release(moment);
  await Promise.all(lost);
  expect(answers).toEqual([]);
  await over(moment);
  await takeOver();
}

/** The transactions that were held have ended, one way or the other. */
const over = (moment: Moment): Promise<void> =>
  eventually(async () => expect(await moments.held(moment)).toBe(0), { within: 30_000 });

/** One sweep after the other, each with what is due next, until nothing is left for another. */
async function sweepsHeld(moment: Moment, begin: (asked: Promise<unknown>) => void): Promise<number> {
  for (let held = 0; ;) {
    const sweep = listing.ask({ do: 'sweep' });
    let over = false;
    const ended = sweep.then(
      () => (over = true),
      () => undefined,
    );
    while (!over && (await moments.held(moment)) === held) await Promise.race([ended, sleep(10)]);
    if (over) return held;
    begin(sweep);
    held += 1;
  }
}

const covered = new Set<string>();

/** Once and in no other way, each row of the table from where the matter was. */
function expectEachOnce(before: Matters, after: Matters, cuts: readonly Cut[]): void {
  const rows = cuts.flatMap((cut) => cut.rows);
  const expected = afterEach(before, rows);
  const [known, begun] = [withoutStatus(after), [] as unknown[]];
  for (const [id, matter] of known)
    if (!before.all.has(id)) {
      begun.push(matter);
      known.delete(id);
    }
  expect(differences(expected.all, known)).toEqual([]);
  expect(begun.map((one) => JSON.stringify(one)).sort()).toEqual(
    expected.begun.map((one) => JSON.stringify(one)).sort(),
  );
  const told = after.told.slice(before.told.length);
  expect(told.filter((event, index) => told.indexOf(event) !== index)).toEqual([]);
  for (const { table, id, action } of rows)
    covered.add(`${table}: ${id === null ? null : before.all.get(id)!.status} ${action}`);
}

/** Facts whose history names an event that is not there once. */
async function factsNotToldOnce(): Promise<object[]> {
  const { rows } = await reading.db.query(
    `SELECT h.case_id, h.fact, o.times FROM case_history h LEFT JOIN (
       SELECT envelope::json ->> 'id' AS id, count(*) AS times FROM messaging.outbox GROUP BY 1
     ) o ON o.id = h.event_id::text WHERE h.event_id IS NOT NULL AND o.times IS DISTINCT FROM 1`,
  );
  return rows;
}

/** Nothing has come of it, or nothing more. */
function expectUnchanged(before: Matters, after: Matters): void {
  expect(differences(before.all, after.all)).toEqual([]);
  expect(after.all.size).toBe(before.all.size);
  expect(after.told.slice(before.told.length)).toEqual([]);
}

function differences(expected: ReadonlyMap<string, unknown>, is: ReadonlyMap<string, unknown>): unknown[] {
  return [...expected].flatMap(([id, matter]) => {
    const found = is.get(id);
    return JSON.stringify(found) === JSON.stringify(matter) ? [] : [{ id, expected: matter, is: found }];
  });
}

it('every step of every lifecycle table survives kill -9, before its COMMIT and before its answer', async () => {
  const groups = batches(await prepared());
  successors = 2 * groups.length + 1;
  await takeOver();
  for (const group of groups) {
    const before = await readMatters(reading.db);
    await cutOff(group, 'step');
    expectUnchanged(before, await readMatters(reading.db));

    await cutOff(group, 'commit');
    const after = await readMatters(reading.db);
    expectEachOnce(before, after, group);
    expect(await factsNotToldOnce()).toEqual([]);

    for (const { take } of group) await take?.(listing);
    await listing.ask({ do: 'sweep' });
    expectUnchanged(after, await readMatters(reading.db));
  }
  const rows = DRAWN_TABLES.flatMap((table) =>
    tableOf(table).rows.map(({ from, action }) => `${table}: ${from} ${action}`),
  );
  expect(rows.filter((row) => !covered.has(row))).toEqual([]);
}, 400_000);
