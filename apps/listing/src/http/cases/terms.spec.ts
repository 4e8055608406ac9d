import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, toList } from '../../../specs/desk.js';
import { peopleOf } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-01-06');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const police = peopleOf('hlj.public-security');

/** Found by the police, up to the approval: the decision is next. */
async function found(subjectId: string, on: string): Promise<CaseDesk> {
  running.moveTo(on);
  const opened = await desk.open(police.handler, {
    listType: 'TELECOM',
    subjectId,
    conductKind: 'telecom.police-finding',
    documents: [
      { no: `认定〔${randomUUID()}〕（虚构）`, issuer: '哈尔滨市公安局', title: '认定书', issuedOn: on },
    ],
    reason: '公安机关认定（虚构）',
  });
  await opened.does(police.handler, 'notice', noticeOn(on));
  await opened.does(police.reviewer, 'review', toList);
  await opened.does(police.approver, 'approval', { text: '同意' });
  return opened;
}

const decide = (of: CaseDesk) =>
  of.try(police.handler, 'decision', decisionNo(`惩戒${randomUUID()}（虚构）`));
const serve = (of: CaseDesk, servedOn: string) =>
  of.does(police.handler, 'service', { way: 'personal', servedOn });

it('found again within the term: two years more after it, five years in a row at the longest (联合惩戒办法 art. 10)', async () => {
  const { subject } = await desk.knownPenalty();
  const ends: unknown[] = [];
  for (const on of ['2025-01-13', '2026-03-09', '2026-09-01']) {
    const one = await found(subject.id, on);
    expect((await decide(one)).status).toBe(200);
    ends.push((await serve(one, on))['termEndsOn']);
  }
  expect(ends).toEqual(['2027-01-13', '2029-01-13', '2030-01-13']);
  const other = await found((await desk.knownPenalty()).subject.id, '2026-09-01');
  await decide(other);
  expect((await serve(other, '2026-09-01'))['termEndsOn']).toBe('2028-09-01');
});

it('a finding that is revoked later takes with it what followed from its term, in a row of three', async () => {
  const { subject } = await desk.knownPenalty();
  const row: CaseDesk[] = [];
  for (const on of ['2025-01-13', '2026-03-09', '2026-09-01']) {
    const one = await found(subject.id, on);
    await decide(one);
    await serve(one, on);
    row.push(one);
  }
  const endsOn = async (of: CaseDesk) => (await of.read())['termEndsOn'];
  const [first, second, third] = row as [CaseDesk, CaseDesk, CaseDesk];
  expect(await endsOn(third)).toBe('2030-01-13');
  running.moveTo('2026-10-08');
  await first.does(police.approver, 'revocation', { reason: '认定有误（虚构）' });
  expect(await endsOn(second)).toBe('2028-03-09');
  expect(await endsOn(third)).toBe('2030-03-09');
  const corrected = (await running.told(subject.id, 'listings')).filter(({ type }) =>
    type.endsWith('.listing.corrected.v1'),
  );
  // Each is told once, as it stands in the end.
  expect(
    corrected.map(({ data }) => [(data['case'] as unknown as { id: string }).id, data['termEndsOn']]),
  ).toEqual([
    [second.id, '2028-03-09'],
    [third.id, '2030-03-09'],
  ]);
  running.moveTo('2028-03-10');
  await running.sweep();
  expect(await second.read()).toMatchObject({ status: 'ended', end: { kind: 'expired' } });
});

it('a revoked finding never counted; a decided one counts before it is served', async () => {
  const { subject } = await desk.knownPenalty();
  const revoked = await found(subject.id, '2025-01-13');
  await decide(revoked);
  await serve(revoked, '2025-01-13');
  await revoked.does(police.approver, 'revocation', { reason: '认定有误（虚构）' });
  const [first, second] = [await found(subject.id, '2026-03-09'), await found(subject.id, '2026-03-09')];
  const [one, two] = await Promise.all([decide(first), decide(second)]);
  expect([one.status, two.status]).toEqual([200, 200]);
  const ends = [
    (await serve(first, '2026-03-09'))['termEndsOn'],
    (await serve(second, '2026-03-09'))['termEndsOn'],
  ];
  expect(ends.sort()).toEqual(['2028-03-09', '2030-03-09']);
});
