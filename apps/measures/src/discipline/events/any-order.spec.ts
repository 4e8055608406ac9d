import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EventOf, listingEnded, listingRestored, listingSuspended } from '#contracts';
import type { Delivery } from '#messaging';
import { type TestDatabase, testDatabase } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
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
    inbox.listingEnded(
      { data: listed.ended('revoked', '2024-11-22'), sequence: '4' } as EventOf<typeof listingEnded>,
      delivery,
    ),
} satisfies Record<string, Heard>;
type Event = keyof typeof told;
const events = Object.keys(told) as Event[];

function orders(of: readonly Event[]): Event[][] {
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
