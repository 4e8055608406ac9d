import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type Contract,
  type DataOf,
  type EventOf,
  listingCorrected,
  listingEnded,
  listingInForce,
  listingPublicationEnded,
  listingPublished,
  listingRestored,
  listingSuspended,
  listingTermBegun,
  objectionMarked,
  objectionUnmarked,
} from '#contracts';
import type { Delivery, JointDelivery } from '#messaging';
import { createLogger, Database, SystemClock } from '#platform';
import { type TestDatabase, testDatabase } from '#testing';
import { v7 as uuidv7 } from 'uuid';
import { FileStore } from '../store/file.store.js';
import { CorrectRecord } from '../commands/correct-record.js';
import { RecordsStore } from '../store/records.store.js';
import { SubjectsStore } from '../store/subjects.store.js';
import { Inbox } from './inbox.js';

/*
 * What is told of one entry, heard in every possible order and each event twice, as a redrive may bring it about: the
 * file shows what the last one that was told says, whatever came last.
 */

let database: TestDatabase;
let db: Database;
const file = new FileStore();
const records = new RecordsStore();
const clock = new SystemClock();
const inbox = new Inbox(file, records, new CorrectRecord(clock, records, new SubjectsStore()), clock);

beforeAll(async () => {
  database = await testDatabase('records');
  db = new Database({ DATABASE_URL: database.url, DATABASE_POOL: 2 }, createLogger('records', 'silent'));
});
afterAll(async () => {
  await db.onApplicationShutdown();
  await database.drop();
});

/** One entry of one subject, of which nothing has been heard. */
interface Entry {
  caseId: string;
  subjectId: string;
}
type Heard = (entry: Entry, tx: Delivery) => Promise<void>;

function told<C extends Contract>(
  { caseId, subjectId }: Entry,
  contract: C,
  place: number,
  change: Partial<DataOf<C>> = {},
): EventOf<C> {
  const sample = contract.sample as { case: object; subject: object };
  return {
    sequence: String(place).padStart(10, '0'),
    data: {
      ...sample,
      case: { ...sample.case, id: caseId },
      subject: { ...sample.subject, id: subjectId },
      ...change,
    },
  } as unknown as EventOf<C>;
}

const joint = (delivery: Delivery): JointDelivery => delivery as unknown as JointDelivery;

/** The first events of an entry in the order in which they were told, and what the file shows of it then. */
const story: readonly { is: string; heard: Heard; shows: object | null }[] = [
  {
    is: 'in force',
    heard: (entry, tx) =>
      inbox.listingsInForce([told(entry, listingInForce, 1, { termEndsOn: null })], joint(tx)),
    shows: { publishedOn: null, termEndsOn: null },
  },
  {
    is: 'published',
    heard: (entry, tx) =>
      inbox.listingsPublished(
        [told(entry, listingPublished, 2, { publishedOn: '2024-11-25', termEndsOn: '2027-11-25' })],
        joint(tx),
      ),
    shows: { publishedOn: '2024-11-25', termEndsOn: '2027-11-25' },
  },
  {
    is: 'suspended',
    heard: (entry, tx) => inbox.listingSuspended(told(entry, listingSuspended, 3), tx),
    shows: null,
  },
  {
    is: 'restored',
    heard: (entry, tx) =>
      inbox.listingRestored(told(entry, listingRestored, 4, { termEndsOn: '2028-05-20' }), tx),
    shows: { publishedOn: '2024-11-25', termEndsOn: '2028-05-20' },
  },
  {
    is: 'ended',
    heard: (entry, tx) => inbox.listingsEnded([told(entry, listingEnded, 5)], joint(tx)),
    shows: null,
  },
];

/** An end with its publication's, taken back, published again. */
const secondStory: typeof story = [
  story[0]!,
  { ...story[1]!, is: 'published' },
  {
    is: 'ended',
    heard: (entry, tx) => inbox.listingsEnded([told(entry, listingEnded, 3)], joint(tx)),
    shows: null,
  },
  {
    is: 'no more published',
    heard: (entry, tx) =>
      inbox.listingPublicationsEnded([told(entry, listingPublicationEnded, 4)], joint(tx)),
    shows: null,
  },
  {
    is: 'restored',
    heard: (entry, tx) =>
      inbox.listingRestored(told(entry, listingRestored, 5, { termEndsOn: '2029-01-20' }), tx),
    shows: { publishedOn: null, termEndsOn: '2029-01-20' },
  },
  {
    is: 'published again',
    heard: (entry, tx) =>
      inbox.listingsPublished(
        [told(entry, listingPublished, 6, { publishedOn: '2026-01-25', termEndsOn: '2029-01-20' })],
        joint(tx),
      ),
    shows: { publishedOn: '2026-01-25', termEndsOn: '2029-01-20' },
  },
];

/** Two objections: the mark stays until the last is settled. */
const objected: typeof story = [
  story[0]!,
  {
    is: 'objected to',
    heard: (entry, tx) => inbox.objectionMarked(mark(entry, 'a', 2, '2026-06-01'), tx),
    shows: { objectionSince: '2026-06-01' },
  },
  {
    is: 'objected to twice',
    heard: (entry, tx) => inbox.objectionMarked(mark(entry, 'b', 3, '2026-06-02'), tx),
    shows: { objectionSince: '2026-06-01' },
  },
  {
    is: 'the first settled',
    heard: (entry, tx) =>
      inbox.objectionUnmarked(told(entry, objectionUnmarked, 4, { objection: objection('a') }), tx),
    shows: { objectionSince: '2026-06-02' },
  },
  {
    is: 'both settled',
    heard: (entry, tx) =>
      inbox.objectionUnmarked(told(entry, objectionUnmarked, 5, { objection: objection('b') }), tx),
    shows: { objectionSince: null },
  },
];

function objection(which: string): DataOf<typeof objectionMarked>['objection'] {
  return { ...objectionMarked.sample.objection, id: `0192f0c4-6c00-7000-8000-0000000000${which}1` };
}
const mark = (entry: Entry, which: string, place: number, markedOn: string) =>
  told(entry, objectionMarked, place, { objection: objection(which), markedOn });

function orders<T>(of: readonly T[]): T[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => orders(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

const cases = Object.entries({ lifted: story, 'ended and taken back': secondStory, objected }).flatMap(
  ([name, events]) => events.map((event, index) => [name, index + 1, event.is, events] as const),
);

test.each(cases)('%s: of the first %i events, in any order: %s', async (_, first, __, events) => {
  for (const order of orders(events.slice(0, first))) {
    const entry = { caseId: uuidv7(), subjectId: uuidv7() };
    // One transaction an order: it is the order that counts, and a commit each takes four times as long.
    await db.transaction(async (tx) => {
      for (const { heard } of order.flatMap((one) => [one, one])) await heard(entry, { tx } as Delivery);
    });
    const { shows } = events[first - 1]!;
    const way = order.map(({ is }) => is).join(' → ');
    expect([way, ...(await file.liveListings(db, entry.subjectId))]).toEqual([
      way,
      ...(shows ? [expect.objectContaining(shows)] : []),
    ]);
  }
});

test('a correction that is heard before the entry takes effect is not lost', async () => {
  const entry = { caseId: uuidv7(), subjectId: uuidv7() };
  const corrected = told(entry, listingCorrected, 2, {
    decisionNo: '（虚构）更正1号',
    termEndsOn: '2027-01-01',
  });
  await db.transaction((tx) => inbox.listingCorrected(corrected, { tx, rebuilding: true } as Delivery));
  await db.transaction((tx) =>
    inbox.listingsInForce([told(entry, listingInForce, 1)], joint({ tx } as Delivery)),
  );
  expect(await file.liveListings(db, entry.subjectId)).toMatchObject([
    { decisionNo: '（虚构）更正1号', termEndsOn: '2027-01-01' },
  ]);
});

test('the last day of a term that runs without publication is kept, heard before the entry or after it', async () => {
  for (const order of [
    [1, 2],
    [2, 1],
  ]) {
    const entry = { caseId: uuidv7(), subjectId: uuidv7() };
    await db.transaction(async (tx) => {
      const delivery = joint({ tx } as Delivery);
      for (const place of order)
        await (place === 1
          ? inbox.listingsInForce([told(entry, listingInForce, 1, { termEndsOn: null })], delivery)
          : inbox.listingTermsBegun([told(entry, listingTermBegun, 2)], delivery));
    });
    expect(await file.liveListings(db, entry.subjectId)).toMatchObject([
      { termEndsOn: '2028-04-11', publishedOn: null },
    ]);
  }
});
