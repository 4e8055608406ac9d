import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, compactVerify } from 'jose';
import { type EventOf, gradeComputed } from '#contracts';
import type { Delivery } from '#messaging';
import type { Actor, Tx } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, inForceEvent, type ListedCase } from '../../../specs/stories.js';
import { DisciplineInbox } from '../../discipline/events/inbox.js';
import { IncentivesInbox } from '../../incentives/events/inbox.js';
import type { TaskView } from '../../incentives/queries/find-tasks.js';
import type { CheckAnswer } from '../commands/ask-check.js';

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
const graded = (who: ListedCase, grade: string): Promise<void> =>
  hear((tx) =>
    running.app
      .get(IncentivesInbox)
      .gradeComputed(
        { data: { ...gradeComputed.sample, subject: who.subject, grade, changed: true } } as EventOf<
          typeof gradeComputed
        >,
        { tx } as Delivery,
      ),
  );
const listed = (who: ListedCase): Promise<void> =>
  hear((tx) => running.app.get(DisciplineInbox).listingsInForce([inForceEvent(who)], { tx } as Delivery));

const clerk = (department: string): Actor => ({
  kind: 'system',
  id: `permits.${department}`,
  name: '审批系统（虚构）',
  department,
  roles: ['department-system', 'discipline-officer'],
});
const permits = clerk('hlj.city.230100.market-regulation');

async function call<T>(
  who: Actor,
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  headers: Record<string, string> = {},
): Promise<T> {
  const response = await running.app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${await issueToken(who)}`, ...headers },
    ...(payload ? { payload } : {}),
  });
  expect(response.statusCode).toBe(200);
  return response.json<T>();
}
const ask = (
  subjects: string[],
  field = 'permit',
  who: Actor = permits,
): Promise<CheckAnswer & { evidence: string }> =>
  call(who, 'POST', '/api/discipline/checks', {
    subjects,
    field,
    item: '食品经营许可',
    purpose: '审查食品经营许可申请',
  });
const titles = ({ entitled }: CheckAnswer): string[] =>
  entitled.flatMap(({ incentives }) => incentives.map(({ title }) => title)).sort();

describe('a check inside an approval', () => {
  it('says what the subject is entitled to here, apart from what binds it', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const answer = await ask([who.subject.code!]);
    expect(answer.bound).toEqual([]);
    expect(titles(answer)).toEqual(['容缺受理', '绿色通道']);
    expect(answer.entitled[0]!.incentives[0]).toMatchObject({
      from: '2024-11-14',
      until: null,
      yours: true,
      ground: { kind: 'grade', text: 'A (hlj-market-entity)' },
      basis: [{ instrument: '黑龙江省社会信用条例', article: '26' }, expect.anything()],
    });
    expect(titles(await ask([who.subject.code!], 'supervision'))).toEqual(['降低抽查比例和频次']);
    expect((await ask([who.subject.code!], 'procurement')).entitled).toEqual([]);
  });

  it('finds the same by the id of the subject', async () => {
    const who = enterprise();
    await graded(who, 'A');
    expect(titles(await ask([who.subject.id]))).toEqual(['容缺受理', '绿色通道']);
  });

  it('keeps it in the signed evidence', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const { evidence, entitled } = await ask([who.subject.code!]);
    const keys = await call<{ keys: [] }>(permits, 'GET', '/public/discipline/evidence-keys');
    const { payload } = await compactVerify(evidence, createLocalJWKSet(keys));
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ entitled });
  });

  it('says nothing of it from the moment of a serious listing on, and what binds instead', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await listed(who);
    const answer = await ask([who.subject.code!]);
    expect(answer.entitled).toEqual([]);
    expect(answer.bound[0]!.commitment.open).toBe(false);
  });

  it('goes on in a directory of abnormal operation: that takes no incentive by itself', async () => {
    const who = enterprise();
    await graded(who, 'A');
    await listed(
      foodCase({ listType: 'SAMRABN', conductKind: 'samrabn.unreachable', serious: false }, who.subject),
    );
    expect(titles(await ask([who.subject.code!]))).toEqual(['容缺受理', '绿色通道']);
  });

  it('shows what each giver answered, and drops what all of them do not give', async () => {
    const who = enterprise();
    await graded(who, 'A');
    const auditor: Actor = { kind: 'person', id: 'a', name: 'A', roles: ['auditor'] };
    const { items } = await call<{ items: TaskView[] }>(
      auditor,
      'GET',
      `/api/discipline/incentives/tasks?subject=${who.subject.code}&limit=50`,
    );
    const channel = items.filter(({ incentive }) => incentive.incentive === 'incentive/green-channel');
    expect(channel.length).toBe(2);
    for (const [nth, { id, executor }] of channel.entries()) {
      await call(
        clerk(executor),
        'POST',
        `/api/discipline/incentives/tasks/${id}/answer`,
        { result: 'not-applied', on: '2024-11-14', reason: 'no-competence', note: '无相应职权' },
        { 'if-match': '"1"', 'idempotency-key': `${id}` },
      );
      const shown = (await ask([who.subject.code!])).entitled[0]!.incentives.find(
        ({ incentive }) => incentive === 'incentive/green-channel',
      );
      expect(shown?.givers.find(({ unit }) => unit === executor)?.answer).toBe(
        nth === 0 ? 'not-applied' : undefined,
      );
    }
  });

  it('only counts whom nothing binds and who is entitled to nothing', async () => {
    const [good, plain] = [enterprise(), enterprise()];
    await graded(good, 'B');
    const answer = await ask([good.subject.code!, plain.subject.code!]);
    expect([answer.subjects, answer.bound.length, answer.entitled.map(({ subject }) => subject)]).toEqual([
      2,
      0,
      [good.subject.code],
    ]);
  });
});
