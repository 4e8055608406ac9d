import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { CaseDesk, decisionNo, Desk, noticeOn, repairOf, servedOn, toList } from '../../../specs/desk.js';
import { peopleOf } from '../../../specs/people.js';
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

const customs = peopleOf('hlj.customs');

/** In force since 2025-03-14, under order 251. */
async function listed(conductKind: string): Promise<CaseDesk> {
  running.moveTo('2025-03-03');
  const { subject, record } = await desk.knownPenalty();
  const opening = { listType: 'CUSTOMS', subjectId: subject.id, recordIds: [record.id], conductKind };
  const found = await desk.open(customs.handler, opening);
  await found.does(customs.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-14');
  await found.does(customs.reviewer, 'review', toList);
  await found.does(customs.approver, 'approval', { text: '同意' });
  await found.does(customs.handler, 'decision', decisionNo(`关信${randomUUID()}（虚构）`));
  await found.does(customs.handler, 'service', servedOn('2025-03-14'));
  return found;
}

/** Asked for, verified and granted on 2026-04-07, under order 282. */
async function granted(of: CaseDesk): Promise<void> {
  running.moveTo('2026-04-07');
  const handedIn = await desk.handedIn(customs.handler, `/api/listings/${of.id}/attachments`, '2026-04-01');
  const repair = await of.does(customs.handler, 'repairs', { ...repairOf('2025-04-01'), handedIn });
  const path = `repairs/${String(repair['id'])}`;
  await of.does(customs.handler, `${path}/acceptance`, { accepted: true, text: '齐全' });
  await of.verifies(customs.handler, String(repair['id']));
  await of.does(customs.approver, `${path}/decision`, { granted: true, reasons: '同意调整' });
}

async function othersOf(of: CaseDesk): Promise<CaseDesk[]> {
  const { rows } = await running.db.query<{ id: string }>(
    `SELECT o.id FROM listing_case c JOIN listing_case o ON o.subject_id = c.subject_id AND o.id <> c.id WHERE c.id = $1`,
    [of.id],
  );
  return rows.map(({ id }) => new CaseDesk(desk, customs.handler, id));
}

it('严重失信 becomes 失信 for a year, off the list of the seriously dishonest by the same decision (order 282 art. 30)', async () => {
  const grave = await listed('customs.serious');
  expect(await grave.read()).toMatchObject({ serious: true, rulesVersion: '2021-11-01' });
  await granted(grave);
  expect(await grave.read()).toMatchObject({ status: 'ended', end: { kind: 'early-removal' } });

  const [lower, ...more] = await othersOf(grave);
  expect(more).toEqual([]);
  expect(await lower!.read()).toMatchObject({
    status: 'decided',
    serious: false,
    conductKind: 'customs.lowered',
    rulesVersion: '2026-04-01',
    decision: { reasons: '同意调整', decidedOn: '2026-04-07' },
  });
  const documents = (await desk.get(customs.handler, `/api/listings/${lower!.id}/documents`)).items;
  expect(documents.map(({ kind }) => kind).sort()).toEqual(['decision', 'repair-notice']);
  running.moveTo('2026-04-08');
  await lower!.does(customs.handler, 'service', servedOn('2026-04-08'));
  expect(await lower!.read()).toMatchObject({ status: 'in-force', termEndsOn: '2027-04-08' });
  const refused = await lower!.try(customs.handler, 'repairs', repairOf('2026-04-08'));
  expect(refused).toMatchObject({ status: 409, body: { code: 'listing.removal-not-provided' } });
});

it('an ordinary 失信企业 becomes regular and nothing stays (order 282 art. 29)', async () => {
  const unpaid = await listed('customs.tax-unpaid');
  await granted(unpaid);
  expect(await unpaid.read()).toMatchObject({ status: 'ended' });
  expect(await othersOf(unpaid)).toEqual([]);
});
