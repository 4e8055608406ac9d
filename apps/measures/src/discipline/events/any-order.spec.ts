import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type EventOf,
  type listingCorrected,
  type listingRestored,
  type listingSuspended,
  objectionMarked,
  objectionUnmarked,
  type subjectChanged,
} from '#contracts';
import type { Delivery } from '#messaging';
import { loadAllSeeds, type Seeds } from '#seeds';
import { type TestDatabase, testDatabase } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { seededBook } from '../../../specs/seeded-rule-book.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { endedEvent, foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
import { actionsFor } from '../domain/allowed-actions.js';
import { NOTHING_HEARD, remember, standsBy, type ToldOfCase } from '../domain/case-memory.js';
import { OPEN } from '../domain/lifecycle.js';
import { Reconcile } from '../queries/reconcile.js';
import { DisciplineInbox } from './inbox.js';

/*
 * What is told of one listing, heard in every possible order and each event twice: what stands in the end is what the
 * last one that was told says, whatever came last. `domain/case-memory.spec.ts` says the same of the rules alone.
 */

/** Between the beginning and the restoration one rule falls away, another comes, and a third has another text. */
function withOtherRules(seeds: Seeds): Seeds {
  const before = { validTo: '2024-11-19' };
  const since = { validFrom: '2024-11-20' };
  return {
    ...seeds,
    'discipline-rules': seeds['discipline-rules'].flatMap((rule) => {
      if (rule.id === 'samr.licensing')
        return [
          { ...rule, ...before },
          { ...rule, ...since, id: 'samr.licensing-anew' },
        ];
      if (rule.id === 'samr.fiscal-funds')
        return [
          { ...rule, ...before },
          { ...rule, ...since, titleZh: `${rule.titleZh}（虚构的新版）` },
        ];
      return [rule];
    }),
  };
}
const seeds = withOtherRules(loadAllSeeds());
const book = { ...seededBook, rules: seeds['discipline-rules'] };

let database: TestDatabase;
let running: RunningMeasures;

beforeAll(async () => {
  database = await testDatabase('measures');
  const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };
  running = await startMeasures(database.url, issuer, '2024-11-25', seeds);
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

type Heard = (inbox: DisciplineInbox, listed: ListedCase, delivery: Delivery) => Promise<void>;

/** As it was told, the sequence being the place in this list. */
const told = {
  'in force': (inbox, listed, delivery) => inbox.listingsInForce([inForceEvent(listed)], delivery),
  suspended: (inbox, listed, delivery) =>
    inbox.listingSuspended(
      { data: listed.suspended('2024-11-18'), sequence: '2' } as EventOf<typeof listingSuspended>,
      delivery,
    ),
  restored: (inbox, listed, delivery) =>
    inbox.listingRestored(
      { data: listed.restored('2024-11-20', '2028-01-31'), sequence: '3' } as EventOf<typeof listingRestored>,
      delivery,
    ),
  ended: (inbox, listed, delivery) =>
    inbox.listingsEnded([endedEvent(listed, 'revoked', '2024-11-22', '4')], delivery),
} satisfies Record<string, Heard>;
type Event = keyof typeof told;
const events = Object.keys(told) as Event[];

function orders<Name>(of: readonly Name[]): Name[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => orders(of.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

/** The same for the rules. */
const remembered: Record<Event, ToldOfCase> = {
  'in force': { type: 'in-force', inForceOn: '2024-11-14', termEndsOn: '2027-11-14' },
  suspended: { type: 'suspended', sequence: 2 },
  restored: {
    type: 'restored',
    sequence: 3,
    restoredOn: '2024-11-20',
    inForceOn: '2024-11-14',
    termEndsOn: '2028-01-31',
  },
  ended: { type: 'ended', sequence: 4 },
};

/** Every measure that stands, with the words and days of its order. */
async function standingOf({ case: { id } }: ListedCase): Promise<unknown[]> {
  const { rows } = await running.db.query(
    `SELECT rule, executor, content ->> 'title' AS title, begins_on AS "from", until
     FROM discipline_action WHERE case_id = $1 AND status = ANY($2) ORDER BY rule, executor`,
    [id, OPEN],
  );
  return rows;
}

it.each([
  [1, 'live'],
  [2, 'suspended'],
  [3, 'live'],
  [4, 'ended'],
] as const)(
  'of the first %i events, in any order: %s, with the measures of the day and to the term that were told last',
  async (first, standing) => {
    for (const order of orders(events.slice(0, first))) {
      const listed = foodCase();
      let memory = NOTHING_HEARD;
      for (const event of order.flatMap((one) => [one, one])) {
        await running.db.transaction((tx) =>
          told[event](running.app.get(DisciplineInbox), listed, { tx } as Delivery),
        );
        memory = remember(memory, remembered[event]);
        // What was told so far stands, and what else it was heard with.
        const by = standsBy(memory);
        const about = { ...listed.case, subjectKind: listed.subject.kind, region: listed.subject.region };
        const lawful = by
          ? actionsFor({ ...about, inForceOn: by.rulesOn, termEndsOn: by.termEndsOn }, book)
          : [];
        expect([order, await standingOf(listed)]).toEqual([
          order,
          lawful.map(({ rule, executor, title, from, until }) => ({ rule, executor, title, from, until })),
        ]);
        expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
      }
      expect(memory.standing).toBe(standing);
      const { rows } = await running.db.query(
        `SELECT c.standing, c.in_force_on AS "inForceOn", g.serious_cases <> '{}' AS serious
         FROM discipline_case c JOIN incentive_ground g USING (subject_id) WHERE c.case_id = $1`,
        [listed.case.id],
      );
      const expected = { standing, inForceOn: '2024-11-14', serious: standing === 'live' };
      expect([order, ...rows]).toEqual([order, expected]);
    }
  },
  60_000,
);

it('a restoration heard while the listing is live lifts what stood, under what it undoes, and orders anew', async () => {
  const listed = foodCase();
  const hear = (event: Event) =>
    running.db.transaction((tx) => told[event](running.app.get(DisciplineInbox), listed, { tx } as Delivery));
  await hear('in force');
  await hear('restored');
  await hear('suspended');
  const { rows } = await running.db.query(
    `SELECT round, status, state -> 'lift' ->> 'end' AS "end", count(*) AS actions
     FROM discipline_action WHERE case_id = $1 GROUP BY 1, 2, 3 ORDER BY 1`,
    [listed.case.id],
  );
  expect(rows).toEqual([
    { round: 1, status: 'lift-ordered', end: 'suspended', actions: 12 },
    { round: 2, status: 'ordered', end: null, actions: 12 },
  ]);
});

it('an end heard behind an earlier one, the restoration between them missing, has its own receipt', async () => {
  const listed = foodCase();
  const inbox = running.app.get(DisciplineInbox);
  await running.db.transaction((tx) =>
    inbox.listingsEnded([endedEvent(listed, 'early-removal', '2024-11-18', '2')], { tx } as Delivery),
  );
  await running.db.transaction((tx) =>
    inbox.listingsEnded([endedEvent(listed, 'expired', '2024-11-24', '4')], { tx } as Delivery),
  );
  await running.db.transaction((tx) => told.restored(inbox, listed, { tx } as Delivery));
  const { rows } = await running.db.query(
    'SELECT standing, ending, ended_on AS "endedOn" FROM discipline_case WHERE case_id = $1',
    [listed.case.id],
  );
  expect(rows).toEqual([{ standing: 'ended-unseen', ending: 'expired', endedOn: '2024-11-24' }]);
  const receipts = (await toldEvents(running.db, listed.subject.id)).filter(
    (event) => shortType(event) === 'completed',
  );
  expect(receipts.map(({ data }) => [data['stage'], data['actions']])).toEqual([
    ['lifted', 0],
    ['lifted', 0],
  ]);
});

/** A correction before a restoration, whose own term counts then, and one behind it. */
const corrections = {
  'in force': told['in force'],
  corrected: (inbox, listed, delivery) =>
    inbox.listingCorrected(
      { data: listed.termCorrected('2027-11-14', '2026-11-14'), sequence: '2' } as EventOf<
        typeof listingCorrected
      >,
      delivery,
    ),
  suspended: (inbox, listed, delivery) =>
    inbox.listingSuspended(
      { data: listed.suspended('2024-11-18'), sequence: '3' } as EventOf<typeof listingSuspended>,
      delivery,
    ),
  restored: (inbox, listed, delivery) =>
    inbox.listingRestored(
      { data: listed.restored('2024-11-20', '2028-11-14'), sequence: '4' } as EventOf<typeof listingRestored>,
      delivery,
    ),
  'corrected again': (inbox, listed, delivery) =>
    inbox.listingCorrected(
      { data: listed.termCorrected('2028-11-14', '2029-11-14'), sequence: '5' } as EventOf<
        typeof listingCorrected
      >,
      delivery,
    ),
} satisfies Record<string, Heard>;
type Correcting = keyof typeof corrections;

it.each<[string, string, Correcting[]]>([
  ['2026-11-14', 'corrected', ['in force', 'corrected']],
  ['2028-11-14', 'restored behind the correction', ['in force', 'corrected', 'suspended', 'restored']],
  ['2029-11-14', 'corrected twice', ['in force', 'corrected', 'corrected again']],
  [
    '2029-11-14',
    'corrected behind the restoration',
    ['in force', 'suspended', 'restored', 'corrected again'],
  ],
])(
  'the term ends on %s where it was %s, in any order',
  async (termEndsOn, _, of) => {
    for (const order of orders(of)) {
      const listed = foodCase();
      for (const event of order.flatMap((one) => [one, one]))
        await running.db.transaction((tx) =>
          corrections[event](running.app.get(DisciplineInbox), listed, { tx } as Delivery),
        );
      const { rows } = await running.db.query(
        `SELECT DISTINCT c.term_ends_on AS term, a.until, r.until AS referred
         FROM discipline_case c JOIN discipline_action a USING (case_id) JOIN discipline_referral r USING (case_id)
         WHERE c.case_id = $1 AND a.status = ANY($2) AND r.ended_on IS NULL`,
        [listed.case.id, OPEN],
      );
      expect([order, ...rows]).toEqual([
        order,
        { term: termEndsOn, until: termEndsOn, referred: termEndsOn },
      ]);
    }
  },
  60_000,
);

const objection = (which: string) => ({
  ...objectionMarked.sample.objection,
  id: `0192f0c4-6c00-7000-8000-0000000000${which}1`,
});
const marked =
  (which: string, markedOn: string): Heard =>
  (inbox, { case: about, subject }, delivery) =>
    inbox.objectionMarked(
      { data: { case: about, subject, objection: objection(which), markedOn } } as EventOf<
        typeof objectionMarked
      >,
      delivery,
    );
const settled =
  (which: string): Heard =>
  (inbox, { case: about, subject }, delivery) =>
    inbox.objectionUnmarked(
      {
        data: { ...objectionUnmarked.sample, case: about, subject, objection: objection(which) },
      } as EventOf<typeof objectionUnmarked>,
      delivery,
    );

it.each<[string | null, string, Heard[]]>([
  ['2024-11-15', 'one objection', [marked('a', '2024-11-15')]],
  ['2024-11-15', 'two', [marked('a', '2024-11-15'), marked('b', '2024-11-18')]],
  [
    '2024-11-18',
    'two, the first settled',
    [marked('a', '2024-11-15'), marked('b', '2024-11-18'), settled('a')],
  ],
  [null, 'one, settled', [marked('a', '2024-11-15'), settled('a')]],
  [null, 'one, and the end of the listing', [marked('a', '2024-11-15'), settled('a'), told.ended]],
  ['2024-11-15', 'an open one, and the end of the listing', [marked('a', '2024-11-15'), told.ended]],
])(
  'the entry is marked since %s after %s, in any order',
  async (since, _, of) => {
    for (const order of orders([told['in force'], ...of])) {
      const listed = foodCase();
      for (const heard of order.flatMap((one) => [one, one]))
        await running.db.transaction((tx) =>
          heard(running.app.get(DisciplineInbox), listed, { tx } as Delivery),
        );
      const { rows } = await running.db.query<{ since: string | null }>(
        'SELECT objection_since AS since FROM discipline_case WHERE case_id = $1',
        [listed.case.id],
      );
      expect(rows).toEqual([{ since }]);
    }
  },
  60_000,
);

/** Renamed, then moved to Daqing, as records tells it in its own order. */
const changes = [
  { name: '松江示例集团有限公司（虚构）' },
  { name: '松江示例集团有限公司（虚构）', region: '230600' },
].map(
  (as, nth): Heard =>
    (inbox, { subject }, delivery) =>
      inbox.subjectChanged(
        {
          data: { subject: { ...subject, ...as }, changed: Object.keys(as) },
          sequence: String(nth + 2),
        } as EventOf<typeof subjectChanged>,
        delivery,
      ),
);

it.each([
  ['its listing lives', [told['in force']]],
  ['it was lifted and restored', [told.suspended, told.restored]],
  ['it ended', [told['in force'], told.ended]],
])(
  'a subject that was renamed and moved is shown so, and its measures stay with who had to take them, in any order: %s',
  async (_, of) => {
    for (const order of orders<Heard>([...of, ...changes])) {
      const listed = foodCase({}, { name: '松江示例贸易有限公司（虚构）' });
      const inbox = running.app.get(DisciplineInbox);
      for (const heard of order.flatMap((one) => [one, one]))
        await running.db.transaction((tx) => heard(inbox, listed, { tx } as Delivery));
      const { rows } = await running.db.query<{ local: string[] }>(
        `SELECT c.subject_ref AS subject, g.subject_ref AS incentives, c.told_as ->> 'region' AS "orderedIn",
                ARRAY(SELECT DISTINCT left(executor, 15) FROM discipline_action a WHERE a.case_id = c.case_id
                      AND executor LIKE 'hlj.city.%') AS local
         FROM discipline_case c JOIN incentive_ground g USING (subject_id) WHERE c.case_id = $1`,
        [listed.case.id],
      );
      const subject = { ...listed.subject, name: '松江示例集团有限公司（虚构）', region: '230600' };
      const ended = order.indexOf(told.ended);
      // Heard first, the end leaves nothing to order.
      const local = ended !== -1 && ended < order.indexOf(told['in force']) ? [] : ['hlj.city.230100'];
      expect(rows).toEqual([{ subject, incentives: subject, orderedIn: '230100', local }]);
      expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
    }
  },
  60_000,
);

it('a longer term reaches every measure of a subject that has moved since they were ordered', async () => {
  const listed = foodCase();
  for (const heard of [told['in force'], ...changes, corrections['corrected again']])
    await running.db.transaction((tx) => heard(running.app.get(DisciplineInbox), listed, { tx } as Delivery));
  const { rows } = await running.db.query(
    'SELECT until, count(*) AS actions FROM discipline_action WHERE case_id = $1 GROUP BY 1',
    [listed.case.id],
  );
  expect(rows).toEqual([{ until: '2029-11-14', actions: 12 }]);
});
