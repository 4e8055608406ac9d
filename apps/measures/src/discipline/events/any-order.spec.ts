import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventOf, listingCorrected, listingRestored, listingSuspended } from '#contracts';
import type { Delivery } from '#messaging';
import { type TestDatabase, testDatabase } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { endedEvent, foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
import { OPEN } from '../domain/lifecycle.js';
import { Reconcile } from '../queries/reconcile.js';
import { DisciplineInbox } from './inbox.js';

/*
 * What is told of one listing, heard in every possible order and each event twice: what stands in the end is what the
 * last one that was told says, whatever came last.
 */
let database: TestDatabase;
let running: RunningMeasures;

beforeAll(async () => {
  database = await testDatabase('measures');
  const issuer = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' };
  running = await startMeasures(database.url, issuer, '2024-11-25');
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
      { data: listed.restored('2024-11-20', '2027-11-14'), sequence: '3' } as EventOf<typeof listingRestored>,
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

it.each([
  [1, 'live', 11],
  [2, 'suspended', 0],
  [3, 'live', 11],
  [4, 'ended', 0],
] as const)(
  'of the first %i events, in any order: %s with %i measures',
  async (first, standing, open) => {
    for (const order of orders(events.slice(0, first))) {
      const listed = foodCase();
      for (const event of order.flatMap((one) => [one, one])) {
        await running.db.transaction((tx) =>
          told[event](running.app.get(DisciplineInbox), listed, { tx } as Delivery),
        );
        expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);
      }
      const { rows } = await running.db.query(
        `SELECT c.standing, g.serious_cases <> '{}' AS serious,
              (SELECT count(*) FROM discipline_action a WHERE a.case_id = c.case_id AND a.status = ANY($2)) AS open
       FROM discipline_case c JOIN incentive_ground g USING (subject_id) WHERE c.case_id = $1`,
        [listed.case.id, OPEN],
      );
      expect([order, ...rows]).toEqual([order, { standing, open, serious: standing === 'live' }]);
    }
  },
  60_000,
);

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
