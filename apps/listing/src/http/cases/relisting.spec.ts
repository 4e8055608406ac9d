import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type Answer, decisionNo, Desk, noticeOn, repairOf, toList } from '../../../specs/desk.js';
import { partyLogin, peopleOf } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

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

const court = peopleOf('hlj.court');
const creditor = '债权人甲（虚构）';
const opening = (subjectId: string, documentNo = '（2025）黑01执12号（虚构）') => ({
  listType: 'COURT',
  subjectId,
  conductKind: 'court.able-refuses',
  documents: [
    {
      no: documentNo,
      issuer: '哈尔滨市中级人民法院',
      title: '执行裁定书',
      issuedOn: '2025-02-10',
    },
  ],
  reason: '申请执行人申请（虚构）',
});

/** Listed on 2025-03-03, deleted on 2025-03-05 because this creditor asked for it. */
async function deletedAtRequest(subjectId: string): Promise<string> {
  running.moveTo('2025-03-03');
  const listed = await desk.open(court.handler, { ...opening(subjectId), requestedBy: creditor });
  await listed.does(court.handler, 'notice', noticeOn('2025-03-03'));
  await listed.does(court.reviewer, 'review', toList);
  await listed.does(court.approver, 'approval', { text: '同意' });
  await listed.does(court.handler, 'decision', decisionNo(`执决${randomUUID()}（虚构）`));
  running.moveTo('2025-03-05');
  const asked = { ...repairOf('2025-03-05'), ground: 'court-creditor-asks', askedBy: creditor };
  const repair = await listed.does(court.handler, 'repairs', asked);
  const path = `repairs/${String(repair['id'])}`;
  await listed.does(court.handler, `${path}/acceptance`, { accepted: true, text: '齐全' });
  const state = await listed.read();
  await listed.verifies(court.handler, String(repair['id']));
  await listed.does(court.approver, `${path}/decision`, { granted: true, reasons: '同意删除' });
  return String(state['no']);
}

it('the creditor who had an entry deleted cannot have it back for six months; others, and the court, can', async () => {
  const { subject } = await desk.knownPenalty();
  const caseNo = await deletedAtRequest(subject.id);
  const open = (requestedBy?: string, documentNo?: string): Promise<Answer> =>
    desk.call(court.handler, 'POST', '/api/listings', {
      body: { ...opening(subject.id, documentNo), ...(requestedBy ? { requestedBy } : {}) },
      key: randomUUID(),
    });

  running.moveTo('2025-09-05');
  const refused = await open(creditor);
  expect(refused).toMatchObject({
    status: 409,
    body: {
      code: 'listing.relisting-barred',
      facts: { caseNo, until: '2025-09-05', from: '2025-09-06' },
    },
  });
  expect(JSON.stringify(refused.body)).toContain('自 2025-09-06 起可以');
  expect(JSON.stringify(refused.body)).toContain('can from 2025-09-06');
  expect((await open('债权人乙（虚构）', '（2025）黑01执22号（虚构）')).status).toBe(201);
  expect((await open(undefined, '（2025）黑01执32号（虚构）')).status).toBe(201);

  // The ruling of the entry that was deleted carries another case; while that lives it carries no third.
  running.moveTo('2025-09-06');
  const again = await open(creditor);
  expect(again).toMatchObject({ status: 201, body: { requestedBy: creditor } });
  expect((await open()).body).toMatchObject({ code: 'listing.document-in-use' });
});

it('the creditor who asked for a listing stays in the case: its view, its timeline, and for the party', async () => {
  const { subject } = await desk.knownPenalty();
  running.moveTo('2025-03-03');
  const listed = await desk.open(court.handler, { ...opening(subject.id), requestedBy: creditor });
  await listed.does(court.handler, 'notice', noticeOn('2025-03-03'));
  await listed.does(court.reviewer, 'review', toList);
  expect(await listed.read()).toMatchObject({ status: 'reviewed', requestedBy: creditor });
  const path = `/api/listings/${listed.id}`;
  const [opened] = (await desk.get(court.handler, `${path}/history`)).items;
  expect(opened).toMatchObject({ fact: 'opened', data: { dossier: { requestedBy: creditor } } });
  expect(await desk.get(partyLogin(subject.code!), path)).toMatchObject({ requestedBy: creditor });

  await listed.does(court.approver, 'approval', { text: '同意' });
  await listed.does(court.handler, 'decision', decisionNo(`执决${randomUUID()}（虚构）`));
  // Whoever must act on the decision need not know who asked for it.
  const elsewhere = await desk.get(peopleOf('hlj.finance').handler, path);
  expect(elsewhere).toMatchObject({ status: 'in-force', requestedBy: null });

  const own = await desk.open(court.handler, opening(subject.id, '（2025）黑01执42号（虚构）'));
  expect(await own.read()).toMatchObject({ requestedBy: null });
});
