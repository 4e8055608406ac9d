import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ActionRef,
  type CaseRef,
  disciplineCompleted,
  disciplineLifted,
  disciplineOrdered,
  gradeComputed,
  listingEnded,
  noticeDelivered,
  recordEndApplied,
  type SubjectRef,
} from '#contracts';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { heardAlone } from '../../../../test/contracts/heard-alone.js';
import { v7 as uuidv7 } from 'uuid';
import { type CaseDesk, nextDecision, Desk, noticeOn, passed, servedOn, toList } from '../../specs/desk.js';
import { peopleOf } from '../../specs/people.js';
import { gradeOf, noticeOf, refOf } from '../../specs/receipts.js';
import { RunningListing } from '../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const unit = 'hlj.human-resources';
const people = peopleOf(unit);
let walk: CaseDesk;
let subject: SubjectRef;
let about: CaseRef;
let actions: ActionRef[];

beforeEach(async () => {
  running.moveTo('2025-03-03');
  const known = await desk.knownPenalty();
  subject = known.subject;
  walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [known.record.id],
    conductKind: 'wage.mass-incident',
  });
  await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-11');
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  await walk.does(people.handler, 'decision', nextDecision());
  await walk.does(people.handler, 'service', servedOn('2025-03-11'));
  await walk.does(people.secrecy, 'publication', passed);
  about = refOf(await walk.read());
  actions = ['hlj.finance', 'hlj.tax'].map((executor) => ({
    ...disciplineOrdered.sample.action,
    id: uuidv7(),
    caseId: about.id,
    executor,
  }));
});

const ended = () => walk.does(people.approver, 'revocation', { reason: '认定事实有误' });
const both = () => ({ case: about, subject });

const unshared =
  (endedOn = '2025-03-11') =>
  () =>
    running.tell(recordEndApplied, subject.id, { ...both(), endedOn, appliedOn: endedOn });

/** Every event that a closure needs, each to be told once, in any order. */
function receipts(): Record<string, () => Promise<unknown>> {
  const notice = (kind: 'party' | 'unit', id: string, causeType?: string) => () =>
    running.tell(noticeDelivered, subject.id, noticeOf(about.id, subject.id, { kind, id }, causeType));
  const lift = (action: ActionRef) => () =>
    running.tell(disciplineLifted, subject.id, {
      action,
      ...both(),
      how: 'confirmed',
      liftedOn: '2025-03-12',
      note: '—',
    });
  return {
    order1: () =>
      running.tell(disciplineOrdered, subject.id, {
        action: actions[0]!,
        ...both(),
        answerDue: '2025-03-25',
      }),
    order2: () =>
      running.tell(disciplineOrdered, subject.id, {
        action: actions[1]!,
        ...both(),
        answerDue: '2025-03-25',
      }),
    allOrdered: () =>
      running.tell(disciplineCompleted, subject.id, { ...both(), stage: 'ordered', actions: 2 }),
    lift1: lift(actions[0]!),
    lift2: lift(actions[1]!),
    grade: () => running.tell(gradeComputed, subject.id, gradeOf(about.id, subject)),
    unshared: unshared(),
    party: notice('party', subject.code!),
    owner: notice('unit', unit),
    executor1: notice('unit', 'hlj.finance', 'cn.chengxin.discipline.lift-ordered.v1'),
    executor2: notice('unit', 'hlj.tax', 'cn.chengxin.discipline.lifted.v1'),
  };
}

/** Deterministic shuffles: the first letters of a linear congruential walk. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const rest = [...items];
  const result: T[] = [];
  for (let state = seed; rest.length > 0;) {
    state = (state * 1103515245 + 12345) % 2147483648;
    result.push(...rest.splice(state % rest.length, 1));
  }
  return result;
}

const status = async () => (await walk.read())['status'];

describe('an ended listing', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('closes with its last receipt, whatever the order (%i)', async (seed) => {
    await ended();
    const order = shuffled(Object.entries(receipts()), seed);
    for (const [index, [, tell]] of order.entries()) {
      expect(await status()).toBe('ended');
      await tell();
      if (index === order.length - 1) expect(await status()).toBe('closed');
    }
    const closed = (await running.told(subject.id)).filter(
      ({ type }) => type === 'cn.chengxin.listing.closed.v1',
    );
    expect(closed).toHaveLength(1);
    expect((closed[0]!.data as unknown as { receipts: object[] }).receipts).toHaveLength(9);
  });

  it('closes once when the last two receipts come at the same time', async () => {
    await ended();
    const { party, grade, ...others } = receipts();
    for (const tell of Object.values(others)) await tell();
    await Promise.all([party!(), grade!()]);
    expect(await status()).toBe('closed');
    expect(
      (await running.told(subject.id)).filter(({ type }) => type === 'cn.chengxin.listing.closed.v1'),
    ).toHaveLength(1);
  });

  it('counts what was lifted before it ended, and no word twice', async () => {
    const { lift1, order1, ...others } = receipts();
    await lift1!();
    await order1!();
    await lift1!();
    expect(await status()).toBe('in-force');
    await ended();
    for (const tell of Object.values(others)) await tell();
    expect(await status()).toBe('closed');
    const { items } = await desk.get(people.handler, `/api/listings/${walk.id}/receipts`);
    expect(items.filter(({ kind }) => kind === 'discipline-lifted')).toHaveLength(2);
  });

  it('is not closed by the grade or the notices of its beginning', async () => {
    await ended();
    const { grade, party, ...others } = receipts();
    for (const tell of Object.values(others)) await tell();
    const begun = 'cn.chengxin.listing.in-force.v1';
    for (const caseId of [about.id, null])
      await running.tell(gradeComputed, subject.id, gradeOf(caseId, subject, begun));
    const toParty = { kind: 'party' as const, id: subject.code! };
    for (const [caseId, causeType] of [
      [about.id, 'cn.chengxin.listing.noticed.v1'],
      [null, 'cn.chengxin.record.accepted.v1'],
    ] as const)
      await running.tell(noticeDelivered, subject.id, noticeOf(caseId, subject.id, toParty, causeType));
    expect((await desk.get(people.handler, `/api/listings/${walk.id}/receipts`))['missing']).toMatchObject([
      { kind: 'grade-computed' },
      { kind: 'party-told' },
    ]);
    await grade!();
    await party!();
    expect(await status()).toBe('closed');
  });

  it('is not closed while the credit file may still show the entry, and the laggards say whose word is awaited', async () => {
    await ended();
    const { unshared: confirmed, ...others } = receipts();
    for (const tell of Object.values(others)) await tell();
    // As long as records does not listen, its file shows what it showed; a word about another end is none.
    await unshared('2025-01-07')();
    expect(await status()).toBe('ended');
    const { items } = await desk.get(people.handler, '/api/listings/laggards');
    expect(items).toMatchObject([{ unit: 'records', kind: 'sharing-stopped', caseId: walk.id }]);
    await confirmed!();
    expect(await status()).toBe('closed');
  });

  it('of a case that nobody here knows is refused, not kept in silence', async () => {
    const stranger = { ...actions[0]!, caseId: uuidv7() };
    await expect(
      running.tell(disciplineOrdered, subject.id, { action: stranger, ...both(), answerDue: '2025-03-25' }),
    ).rejects.toMatchObject({
      code: 'listing.not-found',
    });
  });
});

describe('what the service hears', () => {
  it('is settled with nothing but its own database, whatever the contracts allow', async () => {
    await walk.does(people.approver, 'correction', {
      corrected: { reasons: '（虚构）' },
      reasons: '录入有误',
    });
    await ended();
    const sample = recordEndApplied.sample;
    const known = {
      [sample.case.id]: about.id,
      [sample.subject.id]: subject.id,
      [sample.endedOn]: '2025-03-11',
      // The grade that was computed because the entry ended, not as it began.
      [gradeComputed.sample.cause.type]: listingEnded.type,
    };
    const heard = await heardAlone({ service: 'listing', app: running.app, own: [database.url], known });
    expect(heard).toMatchObject({ unsettled: [], called: [], withoutEffect: [] });
  });
});
