import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { decisionNo, Desk, passed, servedOn, toList } from '../../specs/desk.js';
import { peopleOf } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const people = peopleOf('hlj.securities');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-07-01');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

it('the capital market shows an entry for one year; the record stands for five, and the end is proved by what was stopped then', async () => {
  const { subject, record } = await desk.knownPenalty();
  const walk = await desk.open(people.handler, {
    listType: 'CSRC',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'csrc.penalty',
  });
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  const decision = { ...decisionNo('（虚构）诚信记录1号'), termStartsOn: '2025-07-01' };
  await walk.does(people.handler, 'decision', decision);
  await walk.does(people.handler, 'service', servedOn('2025-07-01'));
  await walk.does(people.secrecy, 'publication', passed);
  const found = async () => (await desk.get(undefined, `/public/listings?code=${subject.code}`)).items.length;
  const told = async () => (await running.told(subject.id)).map(({ type }) => type);

  running.moveTo('2026-07-01');
  await running.sweep();
  expect([await found(), (await walk.read())['publication']]).toEqual([
    1,
    { status: 'published', publishedOn: '2025-07-01', until: '2026-07-01' },
  ]);

  // From its first instant on the next day is not found, also before the sweep has come round.
  running.moveTo('2026-07-02');
  expect(await found()).toBe(0);
  await running.sweep();
  expect(await walk.read()).toMatchObject({
    status: 'in-force',
    termEndsOn: '2030-07-01',
    publication: { status: 'ended', endedOn: '2026-07-02' },
  });
  expect(await told()).toContain('cn.chengxin.listing.publication-ended.v1');
  expect(await told()).not.toContain('cn.chengxin.listing.ended.v1');
  const answer = await walk.try(people.secrecy, 'publication', passed);
  expect([answer.status, answer.body['code']]).toEqual([409, 'listing.publication-over']);

  running.moveTo('2030-07-02');
  await running.sweep();
  expect(await walk.read()).toMatchObject({
    status: 'ended',
    end: { kind: 'expired', endedOn: '2030-07-02' },
  });
  const receipts = await desk.get(people.handler, `/api/listings/${walk.id}/receipts`);
  expect(JSON.stringify(receipts['missing'])).not.toContain('publication-ended');
  expect(JSON.stringify(receipts)).toContain('publication-ended');
});
