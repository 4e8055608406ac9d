import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EventOf, gradeComputed, recordAccepted, recordWithdrawn } from '#contracts';
import type { Delivery } from '#messaging';
import type { Actor, Tx } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { endedEvent, foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { DisciplineInbox } from '../../discipline/events/inbox.js';
import { IncentivesInbox } from '../events/inbox.js';
import type { StoredIncentive } from '../store/incentives.store.js';

let database: TestDatabase;
let running: RunningMeasures;
let next = 0;

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

/** A fictitious enterprise of its own for each story. */
const enterprise = (): ListedCase =>
  foodCase({}, { code: `91230100${String((next += 1)).padStart(10, '0')}` });

const hear = (work: (tx: Tx) => Promise<void>): Promise<void> => running.db.transaction(work);
const delivered = (tx: Tx): Delivery => ({ tx }) as Delivery;

const graded = (who: ListedCase, grade: string, changed = true): Promise<void> =>
  hear((tx) =>
    running.app
      .get(IncentivesInbox)
      .gradeComputed(
        { data: { ...gradeComputed.sample, subject: who.subject, grade, changed } } as EventOf<
          typeof gradeComputed
        >,
        delivered(tx),
      ),
  );
const honour = {
  ...recordAccepted.sample.record,
  type: 'honour',
  documentNo: '（虚构）龙江诚信之星〔2024〕3号',
};
const honoured = (who: ListedCase): Promise<void> =>
  hear((tx) =>
    running.app
      .get(IncentivesInbox)
      .recordAccepted(
        { sequence: '1', data: { record: honour, subject: who.subject } } as EventOf<typeof recordAccepted>,
        delivered(tx),
      ),
  );
const dishonoured = (who: ListedCase): Promise<void> =>
  hear((tx) =>
    running.app.get(IncentivesInbox).recordWithdrawn(
      {
        sequence: '2',
        data: { ...recordWithdrawn.sample, record: honour, subject: who.subject },
      } as EventOf<typeof recordWithdrawn>,
      delivered(tx),
    ),
  );
const listed = (who: ListedCase): Promise<void> =>
  hear((tx) => running.app.get(DisciplineInbox).listingsInForce([inForceEvent(who)], delivered(tx)));
const ended = (who: ListedCase): Promise<void> =>
  hear((tx) =>
    running.app
      .get(DisciplineInbox)
      .listingsEnded([endedEvent(who, 'early-removal', '2024-11-14', '2')], delivered(tx)),
  );

async function incentives(who: ListedCase, actor?: Partial<Actor>): Promise<StoredIncentive[]> {
  const auditor: Actor = { kind: 'person', id: 'a', name: 'A', roles: ['auditor'], ...actor };
  const response = await running.app.inject({
    method: 'GET',
    url: `/api/discipline/incentives?subject=${who.subject.code}`,
    headers: { authorization: `Bearer ${await issueToken(auditor)}` },
  });
  expect(response.statusCode).toBe(200);
  return response.json<{ items: StoredIncentive[] }>().items;
}
const has = async (who: ListedCase): Promise<string[]> =>
  (await incentives(who))
    .filter(({ withdrawnOn }) => withdrawnOn === null)
    .map(({ incentive }) => incentive.replace('incentive/', ''))
    .sort();
const told = async (who: ListedCase): Promise<string[]> =>
  (await toldEvents(running.db, who.subject.id))
    .filter(({ type }) => type.includes('.incentive.'))
    .map((event) => `${shortType(event)} ${(event.data['incentive'] as StoredIncentive).incentive}`);

describe('a good grade', () => {
  it('brings what the rules say, with ground and basis, and tells each once', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await graded(who, 'A');
    expect(await has(who)).toEqual([
      'acceptance-with-gaps',
      'fewer-inspections',
      'financing',
      'green-channel',
    ]);
    expect(await told(who)).toHaveLength(4);
    expect((await incentives(who))[0]).toMatchObject({
      ground: { kind: 'grade', text: 'A (hlj-market-entity)' },
      basis: [{ instrument: '黑龙江省社会信用条例' }, expect.anything()],
      from: '2024-11-14',
    });
  });

  it('that falls takes away what only it had brought', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await graded(who, 'B');
    expect(await has(who)).toEqual(['acceptance-with-gaps', 'fewer-inspections', 'green-channel']);
    expect((await told(who)).at(-1)).toBe('withdrawn incentive/financing');
    await graded(who, 'C');
    expect(await has(who)).toEqual([]);
  });

  it('that did not change does nothing', async () => {
    const who = enterprise();
    await graded(who, 'A', false);
    expect(await has(who)).toEqual([]);
  });
});

describe('an honour', () => {
  it('brings its own, and takes them along when it is withdrawn', async () => {
    const who = enterprise();
    await honoured(who);
    expect(await has(who)).toEqual(['financing', 'honours-first']);
    await dishonoured(who);
    expect(await has(who)).toEqual([]);
  });
});

describe('a list of the seriously dishonest', () => {
  it('takes every incentive away at once, names the case, and gives back what still has its ground when it ends', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await honoured(who);
    await listed(who);
    expect(await has(who)).toEqual([]);
    expect(
      (await incentives(who)).every(({ why, caseId }) => why === 'serious-list' && caseId === who.case.id),
    ).toBe(true);
    await graded(who, 'E');
    await ended(who);
    expect(await has(who)).toEqual(['financing', 'honours-first']);
    await graded(who, 'B');
    expect(await has(who)).toEqual([
      'acceptance-with-gaps',
      'fewer-inspections',
      'financing',
      'green-channel',
      'honours-first',
    ]);
  });

  it('takes nothing when its beginning is heard after its end', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await ended(who);
    await listed(who);
    expect(await has(who)).toHaveLength(4);
  });

  it('of two listings both must end', async () => {
    const who = enterprise();
    const second = { ...foodCase({}, who.subject) };
    await graded(who, 'A');
    await listed(who);
    await listed(second);
    await ended(who);
    expect(await has(who)).toEqual([]);
    await ended(second);
    expect(await has(who)).toHaveLength(4);
  });

  it('an abnormal-operation directory takes nothing by itself', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await listed(
      foodCase({ listType: 'SAMRABN', conductKind: 'samrabn.unreachable', serious: false }, who.subject),
    );
    expect(await has(who)).toHaveLength(4);
  });
});

describe('who may look', () => {
  it('a party at its own, not at others', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const party = { roles: ['party'], party: who.subject.code! } as Partial<Actor>;
    expect(await incentives(who, party)).toHaveLength(4);
    const response = await running.app.inject({
      method: 'GET',
      url: '/api/discipline/incentives?subject=91230100MA1ABCDE8J',
      headers: {
        authorization: `Bearer ${await issueToken({ kind: 'person', id: 'p', name: 'P', roles: ['party'], party: who.subject.code! })}`,
      },
    });
    expect(response.statusCode).toBe(403);
  });
});
