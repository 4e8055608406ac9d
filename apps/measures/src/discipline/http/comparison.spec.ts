import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LinesDigest } from '#messaging';
import type { Actor, Role } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import type { Comparison } from '../commands/compare-listings.js';
import { OrderActions } from '../commands/order-actions.js';
import { OrderLifts } from '../commands/order-lifts.js';

/* The service that decides is a bare server here: what it says against ours no event of a sound system would bring. */
let database: TestDatabase;
let running: RunningMeasures;
let listing: Server;
let answer: RequestListener;

beforeAll(async () => {
  listing = createServer((request, response) => answer(request, response));
  listing.listen(0, '127.0.0.1');
  await once(listing, 'listening');
  database = await testDatabase('measures');
  const { settings } = await testIssuer();
  const SERVICE_LISTING_URL = `http://127.0.0.1:${(listing.address() as AddressInfo).port}`;
  running = await startMeasures(database.url, { ...settings, SERVICE_LISTING_URL }, '2024-11-14');
});
afterAll(async () => {
  await running.close();
  listing.close();
  await (await testIssuer()).close();
  await database.drop();
});

const person = (role: Role): Actor => ({ kind: 'person', id: role, name: 'X', roles: [role] });

interface Line {
  subject: string;
  sequence: number;
  facts: { type: string; time: string; data: unknown }[];
}
const fact = (what: string, data: unknown): Line['facts'][number] => ({
  type: `cn.chengxin.listing.${what}.v1`,
  time: '2024-11-14T00:00:00.000Z',
  data,
});
/** What a snapshot says of a listing, at the first event of its subject unless told otherwise. */
const inForce = (listed: ListedCase, sequence = 1): Line => ({
  subject: listed.subject.id,
  sequence,
  facts: [fact('in-force', listed.inForce)],
});

function snapshot(lines: readonly Line[], change: (text: string) => string = (text) => text): string {
  const digest = new LinesDigest();
  const texts = lines.map((line) => JSON.stringify({ topic: 'listings', ...line }));
  for (const text of texts) digest.add(text);
  const end = { topic: 'listings', subjects: lines.length, sha256: digest.hex() };
  return change([...texts, JSON.stringify(end)].map((text) => `${text}\n`).join(''));
}

async function compare(
  body: string,
  role: Role = 'operator',
): Promise<{ status: number; body: Comparison & { code: string } }> {
  answer = (_, response) => void response.end(body);
  const response = await running.app.inject({
    method: 'POST',
    url: '/api/operations/measures/reconciliation/comparison',
    headers: { authorization: `Bearer ${await issueToken(person(role))}` },
    payload: { reason: '核对（虚构）' },
  });
  return { status: response.statusCode, body: response.json() };
}
const ordered = async (listed: ListedCase): Promise<void> => {
  await running.db.transaction((tx) => running.app.get(OrderActions).run(tx, listed.inForce));
};
const heard = async (listed: ListedCase, sequence = 1): Promise<void> => {
  await running.db.query(
    `INSERT INTO messaging.position (consumer, topic, key, last_sequence) VALUES ('measures', 'listings', $1, $2)
     ON CONFLICT (consumer, topic, key) DO UPDATE SET last_sequence = excluded.last_sequence`,
    [listed.subject.id, sequence],
  );
};

describe('listings held against those of the service that decides them', () => {
  const agreed = foodCase();

  it('agree', async () => {
    await ordered(agreed);
    await heard(agreed);
    const { status, body } = await compare(snapshot([inForce(agreed)]));
    expect([status, body]).toMatchObject([
      200,
      { subjects: 1, cases: 1, behind: { count: 0 }, ahead: 0, differences: [], more: 0 },
    ]);
  });

  it('differ where an event was lost: each difference is named, with both sides', async () => {
    const [unheard, stands, term, invented] = [foodCase(), foodCase(), foodCase(), foodCase()];
    for (const listed of [stands, term, invented]) await ordered(listed);
    for (const listed of [unheard, stands, term]) await heard(listed);
    const { body } = await compare(
      snapshot([
        inForce(agreed),
        inForce(unheard),
        {
          ...inForce(stands),
          facts: [...inForce(stands).facts, fact('ended', stands.ended('revoked', '2024-11-14'))],
        },
        {
          ...inForce(term),
          facts: [fact('in-force', { ...term.inForce, termEndsOn: '2025-11-14' })],
        },
      ]),
    );
    const found = Object.fromEntries(body.differences.map((each) => [each.caseId, each]));
    expect(found).toEqual({
      [unheard.case.id]: {
        kind: 'live-there-only',
        caseId: unheard.case.id,
        subjectId: unheard.subject.id,
        there: { standing: 'live', termEndsOn: '2027-11-14' },
      },
      [stands.case.id]: expect.objectContaining({
        kind: 'live-here-only',
        there: { standing: 'ended', termEndsOn: '2027-11-14' },
        here: { standing: 'live', termEndsOn: '2027-11-14' },
      }),
      [term.case.id]: expect.objectContaining({ kind: 'other-term' }),
      [invented.case.id]: expect.objectContaining({ kind: 'live-here-only', subjectId: invented.subject.id }),
    });
    for (const listed of [stands, term, invented])
      await running.db.transaction((tx) =>
        running.app.get(OrderLifts).run(tx, listed.ended('revoked', '2024-11-14')),
      );
  });

  it('are not judged while events are on their way, nor where more was heard since', async () => {
    const [onItsWay, since] = [foodCase(), foodCase()];
    await ordered(since);
    await heard(since, 3);
    const { body } = await compare(snapshot([inForce(agreed), inForce(onItsWay, 2), inForce(since, 2)]));
    expect(body).toMatchObject({
      subjects: 1,
      behind: { count: 1, subjects: [onItsWay.subject.id] },
      ahead: 1,
      differences: [],
    });
  });

  it.each<[string, (text: string) => string]>([
    ['that broke off', (text) => text.split('\n')[0]!],
    ['with a line less', (text) => text.split('\n').slice(1).join('\n')],
    ['with a changed line', (text) => text.replace('"sequence":1', '"sequence":2')],
  ])('are not judged by a snapshot %s', async (_, change) => {
    const { status, body } = await compare(snapshot([inForce(agreed), inForce(foodCase())], change));
    expect([status, body.code]).toEqual([503, 'discipline.snapshot-incomplete']);
  });

  it('are compared by operators only; a listing service that is away is said to be', async () => {
    expect((await compare(snapshot([]), 'auditor')).status).toBe(403);
    answer = (_, response) => void response.destroy();
    const response = await running.app.inject({
      method: 'POST',
      url: '/api/operations/measures/reconciliation/comparison',
      headers: { authorization: `Bearer ${await issueToken(person('operator'))}` },
      payload: { reason: '核对（虚构）' },
    });
    expect(response.json<{ code: string }>().code).toBe('messaging.snapshot-source-away');
  });
});
