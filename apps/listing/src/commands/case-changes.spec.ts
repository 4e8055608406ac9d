import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { platformActor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, nextDecision, Desk, noticeOn, passed, servedOn, toList } from '../../specs/desk.js';
import { partyLogin, peopleOf } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import { Cases } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';

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

const people = peopleOf('hlj.human-resources');
let walk: CaseDesk;
let subjectId: string;
let code: string;

beforeEach(async () => {
  running.moveTo('2025-03-03');
  const { subject, record } = await desk.knownPenalty();
  subjectId = subject.id;
  code = subject.code!;
  const request = {
    listType: 'WAGE',
    subjectId,
    recordIds: [record.id],
    conductKind: 'wage.mass-incident',
    clockFrom: '2025-02-28',
  };
  walk = await desk.open(people.handler, request);
});

const clocks = async (): Promise<string[]> => {
  const { rows } = await running.db.query<{ kind: string }>(
    'SELECT kind FROM deadlines.deadline WHERE ref = $1 AND outcome IS NULL ORDER BY kind',
    [walk.id],
  );
  return rows.map(({ kind }) => kind);
};

/** Up to the approval, with the defence over. */
async function approved(): Promise<void> {
  await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-11');
  await running.sweep();
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
}

describe('a change of a case', () => {
  it('sets the deadline rows that the state has running, and takes the others away', async () => {
    expect(await clocks()).toEqual(['listing.decision']);
    await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
    expect(await clocks()).toEqual(['listing.decision', 'listing.defence']);
    await walk.does(partyLogin(code), 'defence', { text: '—' });
    expect(await clocks()).toEqual(['listing.decision', 'listing.verification']);
    await walk.does(people.approver, 'withdrawal', { reason: '申辩成立', ground: 'defence-accepted' });
    expect(await clocks()).toEqual([]);
  });

  it('that fails at any part leaves none of its parts', async () => {
    await approved();
    const before = await walk.read();
    const events = (await running.told(subjectId)).length;
    const failing = running.db.transaction(async (tx) => {
      const command = { type: 'decision', ...nextDecision() } as const;
      await running.app.get(CaseChanges).change(tx, {
        id: walk.id,
        expectedVersion: before['version'] as number,
        actor: people.handler,
        command,
      });
      throw new Error('killed before commit');
    });
    await expect(failing).rejects.toThrow('killed before commit');
    expect(await walk.read()).toEqual(before);
    expect(await running.told(subjectId)).toHaveLength(events);
    expect(await clocks()).toEqual(['listing.decision']);
  });

  it('is guarded by the version also without the lock', async () => {
    const cases = running.app.get(Cases);
    const { state, version } = await cases.read(running.db, walk.id);
    await running.db.transaction((tx) => cases.update(tx, [{ state, version }]));
    await expect(
      running.db.transaction((tx) => cases.update(tx, [{ state, version }])),
    ).rejects.toMatchObject({
      code: 'request.if-match-stale',
    });
  });

  it('decided and withdrawn at the same time ends in one of the two, its history whole', async () => {
    await approved();
    const ifMatch = `"${String((await walk.read())['version'])}"`;
    const [decided, withdrawn] = await Promise.all([
      walk.try(people.handler, 'decision', nextDecision(), { ifMatch }),
      walk.try(people.approver, 'withdrawal', { reason: '撤回' }, { ifMatch }),
    ]);
    expect([decided.status, withdrawn.status].sort()).toEqual([200, 412]);
    const history = (await desk.get(people.handler, `/api/listings/${walk.id}/history`)).items;
    expect(history.filter(({ fact }) => fact === 'decided' || fact === 'withdrawn')).toHaveLength(1);
    expect(history.map(({ position }) => position)).toEqual(history.map((_, index) => index + 1));
  });
});

describe('a clock that runs out', () => {
  it('marks a duty that was not done, once, and the mark goes with the deed', async () => {
    await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
    running.moveTo('2025-03-31');
    await running.sweep();
    await running.sweep();
    expect(await walk.read()).toMatchObject({
      status: 'silent',
      decisionDue: '2025-03-28',
      overdue: ['decision'],
    });
    const history = (await desk.get(people.handler, `/api/listings/${walk.id}/history`)).items;
    expect(history.at(-1)).toMatchObject({
      fact: 'overdue',
      data: { clock: 'decision', due: '2025-03-28' },
      actor: { id: 'chengxin-listing' },
    });
    await walk.does(people.reviewer, 'review', toList);
    await walk.does(people.approver, 'approval', { text: '同意' });
    expect(await walk.does(people.handler, 'decision', nextDecision())).toMatchObject({
      status: 'decided',
      overdue: [],
    });
  });

  it('brings a public notice into force on its day', async () => {
    await approved();
    await walk.does(people.handler, 'decision', nextDecision());
    expect(
      await walk.does(people.handler, 'service', {
        way: 'public-notice',
        announcedOn: '2025-03-11',
        proof: '下落不明（虚构）',
      }),
    ).toMatchObject({ status: 'served' });
    running.moveTo('2025-04-09');
    await running.sweep();
    expect(await walk.read()).toMatchObject({ status: 'served' });
    running.moveTo('2025-04-10');
    await running.sweep();
    expect(await walk.read()).toMatchObject({
      status: 'in-force',
      inForceOn: '2025-04-10',
      termEndsOn: '2028-03-11',
    });
  });

  it('ends a published listing with everything that the public sees of it', async () => {
    await approved();
    await walk.does(people.handler, 'decision', nextDecision());
    await walk.does(people.handler, 'service', servedOn('2025-03-11'));
    await walk.does(people.secrecy, 'publication', passed);
    running.moveTo('2028-03-12');
    await running.sweep();
    expect(await walk.read()).toMatchObject({
      status: 'ended',
      end: { kind: 'expired', endedOn: '2028-03-12' },
    });
    expect((await desk.get(undefined, `/public/listings?code=${code}`)).items).toEqual([]);
    expect((await running.told(subjectId)).at(-2)).toMatchObject({
      type: 'cn.chengxin.listing.ended.v1',
      actor: 'system:chengxin-listing',
    });
  });

  it('of a case that has moved on brings about nothing', async () => {
    await approved();
    const before = await walk.read();
    const late = { id: walk.id, actor: platformActor('listing'), command: { type: 'fall-silent' } } as const;
    await running.db.transaction((tx) => running.app.get(CaseChanges).change(tx, late));
    expect(await walk.read()).toEqual(before);
  });
});
