import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor, Role, Tx } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { FollowEntry } from '../commands/follow-entry.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';
import { disciplineSnapshot } from '../events/snapshot.js';
import type { StoredReferral } from '../store/referral.store.js';

let database: TestDatabase;
let running: RunningMeasures;

beforeAll(async () => {
  database = await testDatabase('measures');
  running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const person = (role: Role, department?: string, party?: string): Actor => ({
  kind: 'person',
  id: `${role}.${department}`,
  name: 'X',
  department,
  party,
  roles: [role],
});
const court = 'hlj.high-court';
/** A fictitious debtor of a court. */
const debtor = (code: string): ListedCase =>
  foodCase(
    { listType: 'COURT', conductKind: 'court.evasion', department: court, listName: '失信被执行人名单' },
    { code },
    { termEndsOn: '2026-11-14' },
  );
const hear = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> => running.db.transaction(work);
const inForce = (listed: ListedCase): Promise<unknown> =>
  hear((tx) => running.app.get(OrderActions).run(tx, listed.inForce));

async function read(actor: Actor, query: string): Promise<StoredReferral[]> {
  const response = await running.app.inject({
    method: 'GET',
    url: `/api/discipline/referrals${query}`,
    headers: { authorization: `Bearer ${await issueToken(actor)}` },
  });
  return response.json<{ items: StoredReferral[] }>().items;
}
const told = async (listed: ListedCase): Promise<[string, string][]> =>
  (await toldEvents(running.db, listed.subject.id))
    .filter((event) => shortType(event).startsWith('referr'))
    .map((event) => [shortType(event), (event.data['referral'] as { rule: string }).rule]);

describe('a listing that is passed on for reference', () => {
  it('is told once to who passes it on, ended with the listing, and told anew when it is restored', async () => {
    const listed = debtor('91230100MA1ABCDE8J');
    await inForce(listed);
    await inForce(listed);
    const rules = ['court.credit-report', 'court.lending'];
    const begun = rules.map((rule) => ['referred', rule]);
    expect(await told(listed)).toEqual(begun);
    const suspended = (): Promise<unknown> =>
      hear((tx) => running.app.get(OrderLifts).suspend(tx, listed.suspended('2024-11-14')));
    await suspended();
    await suspended();
    const ended = rules.map((rule) => ['referral-ended', rule]);
    expect(await told(listed)).toEqual([...begun, ...ended]);
    await hear((tx) => running.app.get(OrderActions).again(tx, listed.restored('2024-11-14', '2029-11-14')));
    expect(await told(listed)).toEqual([...begun, ...ended, ...begun]);
    await hear((tx) => running.app.get(OrderLifts).run(tx, listed.ended('performed', '2024-11-14')));
    const all = await read(person('auditor'), `?caseId=${listed.case.id}`);
    expect(all.map(({ round, until, ending }) => [round, until, ending])).toEqual([
      ...rules.map(() => [1, '2026-11-14', 'suspended']),
      ...rules.map(() => [2, '2029-11-14', 'performed']),
    ]);
    expect(await read(person('auditor'), `?caseId=${listed.case.id}&standing=true`)).toEqual([]);
  });

  it('is seen by its receivers, the deciding body and the subject, and by nobody else', async () => {
    const listed = debtor('91230100MA1ABCDE9G');
    await inForce(listed);
    const query = `?caseId=${listed.case.id}&standing=true`;
    const lending = (await read(person('auditor'), query)).find(({ rule }) => rule === 'court.lending')!;
    expect(lending.receivers).toHaveLength(2);
    for (const actor of [
      ...lending.receivers.map((receiver) => person('department-system', receiver)),
      person('handler', court),
      person('operator'),
      person('party', undefined, '91230100MA1ABCDE9G'),
    ])
      expect((await read(actor, query)).map(({ id }) => id)).toContain(lending.id);
    expect(await read(person('discipline-officer', 'hlj.statistics'), query)).toEqual([]);
    expect(await read(person('party', undefined, '91230100MA1ABCDE8J'), query)).toEqual([]);
  });

  it('follows the corrected term of its listing, and stands in the snapshot', async () => {
    const listed = debtor('91230100MA1ABCDE72');
    await inForce(listed);
    await hear((tx) =>
      running.app
        .get(FollowEntry)
        .corrected(tx, { sequence: '2', data: listed.termCorrected('2026-11-14', '2025-11-14') }),
    );
    const stands = await read(person('auditor'), `?caseId=${listed.case.id}`);
    expect(stands.map(({ until }) => until)).toEqual(['2025-11-14', '2025-11-14']);
    const facts = (await disciplineSnapshot.standing(running.db, [listed.subject.id])).get(
      listed.subject.id,
    )!;
    const referred = facts.filter(({ contract }) => contract.type === 'cn.chengxin.discipline.referred.v1');
    expect(referred.map(({ data }) => (data as { referral: { id: string } }).referral.id)).toEqual(
      stands.map(({ id }) => id),
    );
  });

  it('is not what an end that was heard first leaves behind', async () => {
    const listed = debtor('91230100MA1ABCDE64');
    await hear((tx) => running.app.get(OrderLifts).run(tx, listed.ended('performed', '2024-11-14')));
    await inForce(listed);
    expect(await told(listed)).toEqual([]);
  });
});
