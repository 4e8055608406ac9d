import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk, nextDecision, noticeOn, passed, servedOn, toList } from '../../../specs/desk.js';
import { peopleOf } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

/* Order 44 art. 14: an entry that the authority of another province publishes, over HTTP on PostgreSQL. */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const people = peopleOf('hlj.market-regulation');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-03-02');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

it('is sent, waited for, and on the register when that authority has published it', async () => {
  const { subject, record } = await desk.knownPenalty({ region: '220100' });
  const walk = await desk.open(people.handler, {
    listType: 'SAMR',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'samr.food',
  });
  await walk.does(people.handler, 'notice', noticeOn('2026-03-02'));
  running.moveTo('2026-03-10');
  await running.sweep();
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  await walk.does(people.handler, 'decision', nextDecision());
  await walk.does(people.handler, 'service', servedOn('2026-03-10'));
  expect(await walk.read()).toMatchObject({ publication: { status: 'none', due: '2026-03-24' } });

  expect((await walk.try(people.secrecy, 'publication', passed)).body).toMatchObject({
    code: 'listing.publication-elsewhere',
  });
  running.moveTo('2026-03-12');
  const to = '长春市市场监督管理局';
  await walk.does(people.secrecy, 'publication', { ...passed, sentTo: to });
  const onRegister = async () => (await desk.get(undefined, `/public/listings?code=${subject.code}`)).items;
  expect(await onRegister()).toEqual([]);
  running.moveTo('2026-03-27');
  await running.sweep();
  expect(await walk.read()).toMatchObject({
    publication: { status: 'sent', sentOn: '2026-03-12', to, due: '2026-03-26' },
    overdue: ['publication'],
  });

  const answer = { outcome: 'published', publishedOn: '2026-03-25', text: '已公示（虚构）' };
  expect((await walk.try(people.approver, 'publication-answer', answer)).status).toBe(403);
  await walk.does(people.handler, 'publication-answer', answer);
  expect(await walk.read()).toMatchObject({
    publication: { status: 'published', publishedOn: '2026-03-25', by: to },
  });
  expect(await onRegister()).toMatchObject([{ publishedOn: '2026-03-25' }]);
  const told = (await running.told(subject.id)).map(({ type }) => type.split('.').slice(2, -1).join('.'));
  expect(told.filter((type) => type.startsWith('listing.pub'))).toEqual([
    'listing.publication-sent',
    'listing.published',
  ]);
});
