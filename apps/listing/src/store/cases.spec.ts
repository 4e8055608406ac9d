import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, servedOn, toList } from '../../specs/desk.js';
import { peopleOf } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import { granting, inForce, type Opening, request, REQUEST } from '../../specs/story.js';
import type { ListingCase } from '../domain/case/case.js';
import { evolve } from '../domain/case/evolve.js';
import type { Fact } from '../domain/case/facts.js';
import { Cases } from './cases.js';
import { History } from './history.js';

let database: TestDatabase;
let running: RunningListing;
let walk: CaseDesk;
const people = peopleOf('hlj.human-resources');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  const desk = new Desk(running, issueToken);
  const { subject, record } = await desk.knownPenalty();
  walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.amount-of-crime',
  });
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

/** A subject with two entries on one list, of which a repair of the first was found false. */
async function twoEntries(
  opening: Opening,
  days: Parameters<typeof inForce>[1],
  asked: { on: string; foundOn: string },
): Promise<[ListingCase, ListingCase]> {
  const { subject } = await new Desk(running, issueToken).knownPenalty();
  const cases = running.app.get(Cases);
  const store = async (state: ListingCase): Promise<ListingCase> => {
    const id = newId();
    const stored = {
      ...state,
      id,
      no: `（虚构）${id}`,
      records: [],
      subject: { ...state.subject, id: subject.id },
    };
    await running.db.transaction((tx) => cases.insert(tx, stored, '230100'));
    return (await cases.read(running.db, id)).state;
  };
  const story = inForce(opening, days);
  const other = story.state;
  granting(story.on(asked.on).does('party', request(days.servedOn)));
  story.on(asked.foundOn).does('otherApprover', {
    type: 'false-application',
    requestId: REQUEST,
    cause: 'false-material',
    reasons: '凭证系伪造（虚构）',
  });
  return [await store(story.state), await store(other)];
}

describe('what an application that was false bars', () => {
  const barsOf = (state: ListingCase) => running.app.get(Cases).repairBars(running.db, state);

  it('by order 36 art. 25 is the entry that it was about, and no other of the subject', async () => {
    const wage = { list: 'WAGE', conductKind: 'wage.amount-of-crime', openedOn: '2026-04-07' } as const;
    const days = { decidedOn: '2026-04-21', servedOn: '2026-04-22', publishedOn: '2026-04-23' };
    const [first, second] = await twoEntries(wage, days, { on: '2026-10-23', foundOn: '2026-11-02' });
    expect(await barsOf(first)).toEqual([{ code: 'false-application', until: '2029-11-02' }]);
    expect(await barsOf(second)).toEqual([]);
  });

  it('by order 107 art. 23 is the subject on the whole list', async () => {
    const samr = {
      list: 'SAMR',
      conductKind: 'samr.food',
      openedOn: '2024-11-04',
      department: { id: 'hlj.market-regulation', level: 'province' },
    } as const;
    const days = { decidedOn: '2024-11-13', servedOn: '2024-11-14', publishedOn: '2024-11-15' };
    const [first, second] = await twoEntries(samr, days, { on: '2026-01-05', foundOn: '2026-01-12' });
    const bar = { code: 'false-application', until: '2029-01-12' };
    expect([await barsOf(first), await barsOf(second)]).toEqual([[bar], [bar]]);
  });
});

/** What is kept, and what all facts from the first on lead to. */
async function keptAndTold(): Promise<[unknown, unknown]> {
  const { state } = await running.app.get(Cases).read(running.db, walk.id);
  const entries = await running.app.get(History).of(running.db, walk.id);
  const told = entries
    .map(({ fact, data }) => ({ type: fact, ...data }) as Fact)
    .reduce<ListingCase | undefined>(evolve, undefined);
  return [state, JSON.parse(JSON.stringify(told))];
}

describe('a case of which only the changed parts are written', () => {
  it('is after each step what its facts lead to, parts that are gone included', async () => {
    const steps: (() => Promise<unknown>)[] = [
      () => walk.does(people.handler, 'notice', noticeOn('2025-03-03')),
      () => (running.moveTo('2025-03-12'), running.sweep()),
      () => walk.does(people.reviewer, 'review', toList),
      () => walk.does(people.approver, 'approval', { text: '同意' }),
      () => walk.does(people.handler, 'decision', decisionNo('（虚构）列决1')),
      () => walk.does(people.handler, 'service', servedOn('2025-03-12')),
      () => (running.moveTo('2028-03-13'), running.sweep()),
    ];
    for (const step of steps) {
      await step();
      const [kept, told] = await keptAndTold();
      expect(kept).toEqual(told);
    }
    expect((await keptAndTold())[0]).toMatchObject({ status: 'ended', end: { kind: 'expired' } });
  });

  it('loses what the change has not', async () => {
    const cases = running.app.get(Cases);
    const { state, version } = await cases.read(running.db, walk.id);
    const { consent: _, ...without } = state as ListingCase & { consent: unknown };
    const after = { ...without, listName: undefined } as unknown as ListingCase;
    await running.db.transaction((tx) => cases.update(tx, [{ state: after, version, before: state }]));
    const { rows } = await running.db.query<{ state: object }>(
      'SELECT state FROM listing_case WHERE id = $1',
      [walk.id],
    );
    expect(rows[0]!.state).toEqual(JSON.parse(JSON.stringify(after)));
  });
});
