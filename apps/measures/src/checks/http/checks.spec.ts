import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, compactVerify } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import {
  type EventOf,
  objectionMarked,
  recordAccepted,
  recordCorrected,
  recordWithdrawn,
  type repairFoundFalse,
  repairGranted,
} from '#contracts';
import type { Delivery } from '#messaging';
import type { Actor, Role, Tx } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type RunningMeasures, startMeasures } from '../../../specs/running-measures.js';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { CommitmentsInbox } from '../../commitments/events/inbox.js';
import { FollowEntry } from '../../discipline/commands/follow-entry.js';
import { OrderActions } from '../../discipline/commands/order-actions.js';
import { OrderLifts } from '../../discipline/commands/order-lifts.js';
import { Reconcile } from '../../discipline/queries/reconcile.js';
import { IncentivesInbox } from '../../incentives/events/inbox.js';
import { PersonsOfEntities } from '../../persons/store/persons-of-entities.js';
import type { CheckAnswer } from '../commands/ask-check.js';
import type { StoredHit } from '../store/hits.js';

let database: TestDatabase;
let running: RunningMeasures;
let listed: ListedCase;
/** A fictitious enterprise of its own for each story. */
const codes = Array.from({ length: 80 }, (_, n) => `91230100${String(n + 1).padStart(10, '0')}`);
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
beforeEach(async () => {
  await running.moveTo('2024-11-14');
  listed = foodCase({}, { code: codes[next++]! });
  await inForce(listed);
});

const inForce = (about: ListedCase): Promise<boolean> =>
  running.db.transaction((tx) => running.app.get(OrderActions).run(tx, about.inForce));

const actor = (role: Role, department?: string, party?: string): Actor => ({
  kind: 'system',
  id: `${role}.${department}`,
  name: 'X',
  department,
  party,
  roles: [role],
});
const finance = actor('department-system', 'hlj.finance');
const housing = actor('department-system', 'hlj.housing');

interface Answer {
  status: number;
  body: Record<string, never> & CheckAnswer & { evidence: string; code: string; items: StoredHit[] };
}

async function call(
  who: Actor | undefined,
  method: 'GET' | 'POST',
  url: string,
  body?: object,
): Promise<Answer> {
  const response = await running.app.inject({
    method,
    url,
    headers: who ? { authorization: `Bearer ${await issueToken(who)}` } : {},
    ...(body ? { payload: body } : {}),
  });
  return { status: response.statusCode, body: response.json() };
}

const question = (subjects: string[], field = 'procurement'): object => ({
  subjects,
  field,
  item: '政府采购供应商资格',
  purpose: '审查投标人资格',
  reference: '（虚构）黑财采〔2024〕5号',
});
const ask = (who: Actor, subjects: string[], field?: string): Promise<Answer> =>
  call(who, 'POST', '/api/discipline/checks', question(subjects, field));

describe('asking', () => {
  it('answers what binds, by whom it was listed, until when it is to be answered, in one call', async () => {
    const { status, body } = await ask(finance, [listed.subject.code!]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      department: 'hlj.finance',
      subjects: 1,
      askedOn: '2024-11-14',
      hitsDue: '2024-11-21',
    });
    expect(body.bound).toHaveLength(1);
    expect(body.bound[0]).toMatchObject({ subject: listed.subject.code, commitment: { open: false } });
    // The finance department of the city executes it, and the provincial one is bound by it in its own approvals all the same.
    const [hit] = body.bound[0]!.hits.filter(({ executor }) => executor === 'hlj.city.230100.finance');
    expect(hit).toMatchObject({ rule: 'samr.restricted-dealings', yours: false });
    const city = await ask(actor('department-system', 'hlj.city.230100.finance'), [listed.subject.code!]);
    expect(city.body.bound[0]!.hits.map(({ rule, yours }) => [rule, yours])).toContainEqual([
      'samr.restricted-dealings',
      true,
    ]);
  });

  it('finds the same by the id of the subject, as natural persons are asked for', async () => {
    const byCode = await ask(finance, [listed.subject.code!]);
    const byId = await ask(finance, [listed.subject.id]);
    expect(byId.body.bound[0]!.hits).toEqual(byCode.body.bound[0]!.hits);
  });

  it('finds what binds a person through the company whose legal representative that was, and not the company', async () => {
    const company = foodCase({ conductKind: 'samr.false-publicity' }, { code: codes[next++]! });
    const [then, later] = [uuidv7(), uuidv7()];
    const link = (party: string, since: string, until: string | null): Promise<void> =>
      running.db.transaction((tx) =>
        running.app.get(PersonsOfEntities).add(tx, {
          subject: company.subject,
          link: { id: uuidv7(), kind: 'legal-representative', party, since, until },
        }),
      );
    await inForce(company);
    await link(then, '2020-01-06', '2024-11-30');
    await link(later, '2024-12-01', null);
    const registry = actor('department-system', 'hlj.market-regulation');
    const of = async (subject: string): Promise<unknown[]> =>
      (await ask(registry, [subject], 'appointment')).body.bound[0]?.hits ?? [];
    expect(await of(then)).toMatchObject([
      {
        rule: 'samr.representative-office',
        basis: [{ instrument: '企业信息公示暂行条例', article: '18' }],
        until: '2027-11-14',
        listing: { caseNo: company.case.no },
        through: { organisation: company.subject.code, capacity: 'legal-representative' },
      },
    ]);
    expect(await of(later)).toEqual([]);
    expect(await of(company.subject.code!)).toEqual([]);
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, company.ended('revoked', '2024-12-16')),
    );
    expect(await of(then)).toEqual([]);
  });

  it('asked again with its key is one check with one set of hits, and the same evidence', async () => {
    const again = async (item: string) => {
      const response = await running.app.inject({
        method: 'POST',
        url: '/api/discipline/checks',
        headers: { authorization: `Bearer ${await issueToken(finance)}`, 'idempotency-key': listed.case.id },
        payload: { ...question([listed.subject.code!]), item },
      });
      return { status: response.statusCode, body: response.json() };
    };
    const [first, second] = [await again('资格审查'), await again('资格审查')];
    expect(first).toMatchObject({ status: 200, body: { hitsDue: '2024-11-21' } });
    expect(second).toEqual(first);
    expect(await again('别的事项')).toMatchObject({
      status: 409,
      body: { code: 'request.idempotency-key-reused' },
    });
    const { rows } = await running.db.query(
      `SELECT (SELECT count(*) FROM discipline_check WHERE subject = $1) AS checks,
              (SELECT count(*) FROM discipline_hit h JOIN discipline_check k ON k.id = h.check_id WHERE k.subject = $1) AS hits`,
      [listed.subject.code],
    );
    expect(rows).toEqual([{ checks: 1, hits: first.body.bound[0].hits.length }]);
  });

  it('whose log cannot be written is not answered', async () => {
    const { db } = running;
    await db.query(
      `CREATE FUNCTION refuse_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the log is full'; END $$`,
    );
    await db.query(
      'CREATE TRIGGER no_log BEFORE INSERT ON discipline_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_log()',
    );
    try {
      const { status, body } = await ask(finance, [listed.subject.code!]);
      expect(status).toBe(500);
      expect(body.bound).toBeUndefined();
    } finally {
      await db.query('DROP TRIGGER no_log ON discipline_check');
    }
    const { rows } = await db.query('SELECT count(*) AS n FROM discipline_check WHERE subject = $1', [
      listed.subject.code,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('says that nothing stands, and logs that question all the same', async () => {
    const nobody = '91230100000000021A';
    const { body } = await ask(finance, [nobody], 'honours');
    expect(body).toMatchObject({ subjects: 1, bound: [], hitsDue: null });
    const { rows } = await running.db.query('SELECT * FROM discipline_check WHERE id = $1', [body.id]);
    expect(rows).toMatchObject([
      { subject: nobody, department: 'hlj.finance', field: 'honours', purpose: '审查投标人资格', hits: 0 },
    ]);
  });

  it('tells with each hit that the listing behind it is objected to', async () => {
    const mark = { ...objectionMarked.sample, case: listed.case, subject: listed.subject };
    await running.db.transaction((tx) =>
      running.app.get(FollowEntry).marked(tx, { ...mark, markedOn: '2024-11-15' }),
    );
    const { body } = await ask(finance, [listed.subject.code!]);
    expect(body.bound[0]!.hits[0]!.listing.objection).toEqual({ since: '2024-11-15' });
  });

  it('is evidence: the signed answer verifies against the published keys, and a changed one does not', async () => {
    const { body } = await ask(finance, [listed.subject.code!]);
    const keys = createLocalJWKSet(
      (await call(undefined, 'GET', '/public/discipline/evidence-keys')).body as never,
    );
    const { payload } = await compactVerify(body.evidence, keys);
    const { evidence: _, ...answer } = body;
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      ...answer,
      iss: 'urn:chengxin:measures',
      about: [listed.subject.code],
    });
    const [head, claims, signature] = body.evidence.split('.');
    const forged = Buffer.from(claims!, 'base64url').toString().replace('"subjects":1', '"subjects":2');
    await expect(
      compactVerify(`${head}.${Buffer.from(forged).toString('base64url')}.${signature}`, keys),
    ).rejects.toThrow('signature verification failed');
  });

  it('binds no longer when the listing has ended', async () => {
    await running.moveTo('2025-11-14');
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, listed.ended('early-removal', '2025-11-14')),
    );
    const { body } = await ask(finance, [listed.subject.code!]);
    expect(body).toMatchObject({ bound: [], hitsDue: null });
  });

  it('answers a batch of 5,000 subjects at once, each of them logged', async () => {
    const many = Array.from({ length: 4_999 }, (_, n) => `9123${String(n).padStart(14, '0')}`);
    const { status, body } = await ask(finance, [...many, listed.subject.code!]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ subjects: 5_000, bound: [{ subject: listed.subject.code }] });
    const { rows } = await running.db.query('SELECT count(*) AS n FROM discipline_check WHERE id = $1', [
      body.id,
    ]);
    expect(rows).toEqual([{ n: 5_000 }]);
  });

  it('answers 200 questions at once, each with its own answer and log', async () => {
    const asked = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        ask(finance, [n % 2 ? listed.subject.code! : `9123${String(n).padStart(14, '0')}`]),
      ),
    );
    expect(asked.map(({ body }) => body.bound.length)).toEqual(asked.map((_, n) => n % 2));
    expect(new Set(asked.map(({ body }) => body.id)).size).toBe(200);
    const { rows } = await running.db.query('SELECT count(*) AS n FROM discipline_check WHERE id = ANY($1)', [
      asked.map(({ body }) => body.id),
    ]);
    expect(rows).toEqual([{ n: 200 }]);
  });

  it.each([
    ['no purpose', { purpose: undefined }, 422, 'check.purpose-missing'],
    ['a purpose of blanks', { purpose: '  ' }, 422, 'check.purpose-missing'],
    ['no subject', { subjects: [] }, 422, 'check.subjects-missing'],
    [
      'an identity number',
      { subjects: ['230102199001010019'.replace(/9$/, 'I')] },
      422,
      'check.subject-malformed',
    ],
    ['a subject twice', { subjects: [codes[0], codes[0]] }, 422, 'check.subject-twice'],
    ['an unknown kind of business', { field: 'travel' }, 422, 'request.field-invalid'],
    ['more than 5,000', { subjects: Array.from({ length: 5_001 }, () => 'x') }, 422, 'request.field-invalid'],
  ])('refuses %s, and logs nothing', async (_, change, status, code) => {
    const before = await running.db.query('SELECT count(*) AS n FROM discipline_check');
    const answer = await call(finance, 'POST', '/api/discipline/checks', {
      ...question([codes[0]!]),
      ...change,
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await running.db.query('SELECT count(*) AS n FROM discipline_check')).rows).toEqual(before.rows);
  });

  it('refuses a login without unit, a party, and nobody at all', async () => {
    expect((await ask(actor('department-system'), [codes[0]!])).body.code).toBe('check.department-missing');
    expect((await ask(actor('party', undefined, codes[0]), [codes[0]!])).status).toBe(403);
    expect((await call(undefined, 'POST', '/api/discipline/checks', question([codes[0]!]))).status).toBe(401);
  });
});

describe('the commitment procedure (ordinance art. 45)', () => {
  const commitment = {
    ...recordAccepted.sample.record,
    type: 'commitment',
    documentNo: '（虚构）承诺〔2024〕9号',
    severity: 'none' as const,
    category: '未履行',
    performance: 'broken' as const,
  };
  let sequence = 0;
  const hear = (tell: (tx: Tx, sequence: string) => Promise<void>): Promise<void> => {
    sequence += 1;
    return running.db.transaction((tx) => tell(tx, String(sequence).padStart(10, '0')));
  };
  const recorded = (who: ListedCase, record = commitment): Promise<void> =>
    hear((tx, at) =>
      running.app
        .get(IncentivesInbox)
        .recordAccepted(
          { sequence: at, data: { record, subject: who.subject } } as EventOf<typeof recordAccepted>,
          { tx } as Delivery,
        ),
    );
  const repaired = (who: ListedCase, id: string, stands: boolean): Promise<void> =>
    hear((tx, at) => {
      const repair = {
        ...repairGranted.sample.repair,
        record: { ...repairGranted.sample.repair.record, id, documentNo: commitment.documentNo },
      };
      const inbox = running.app.get(CommitmentsInbox);
      const event = { sequence: at, data: { ...repairGranted.sample, repair, subject: who.subject } };
      return stands
        ? inbox.repairGranted(event as EventOf<typeof repairGranted>, { tx } as Delivery)
        : inbox.repairFoundFalse(event as unknown as EventOf<typeof repairFoundFalse>, { tx } as Delivery);
    });
  /** Nobody listed it: only its commitment stands against it. */
  const enterprise = (): ListedCase => foodCase({}, { code: codes[next++]! });
  const closedBy = async (who: ListedCase): Promise<string[]> => {
    const found: string[][] = [];
    for (const name of [who.subject.code!, who.subject.id])
      found.push(
        (await ask(finance, [name], 'permit')).body.bound[0]?.commitment.closedBy.map(({ no }) => no) ?? [],
      );
    expect(found[0]).toEqual(found[1]);
    return found[0]!;
  };

  it('is closed by a commitment that was not kept, and opened by its correction, withdrawal or repair', async () => {
    const [who, id] = [enterprise(), uuidv7()];
    const record = { ...commitment, id };
    await recorded(who, { ...record, category: '已履行', performance: 'kept' as never });
    expect(await closedBy(who)).toEqual([]);
    await recorded(who, record);
    expect(await closedBy(who)).toEqual([record.documentNo]);
    await repaired(who, id, true);
    expect(await closedBy(who)).toEqual([]);
    await repaired(who, id, false);
    expect(await closedBy(who)).toEqual([record.documentNo]);
    const inbox = running.app.get(IncentivesInbox);
    const data = { record: { ...record, performance: 'kept' as const }, subject: who.subject };
    await hear((tx, at) =>
      inbox.recordCorrected(
        { sequence: at, data: { ...recordCorrected.sample, ...data } } as EventOf<typeof recordCorrected>,
        { tx } as Delivery,
      ),
    );
    expect(await closedBy(who)).toEqual([]);
    await recorded(who, record);
    expect(await closedBy(who)).toEqual([record.documentNo]);
    await hear((tx, at) =>
      inbox.recordWithdrawn(
        { sequence: at, data: { ...recordWithdrawn.sample, record, subject: who.subject } } as EventOf<
          typeof recordWithdrawn
        >,
        { tx } as Delivery,
      ),
    );
    expect(await closedBy(who)).toEqual([]);
  });

  it('stays open where the record counted no more before it was heard, or was repaired before', async () => {
    const [withdrawn, first, id] = [enterprise(), enterprise(), uuidv7()];
    const record = { ...commitment, id: uuidv7() };
    await running.db.transaction((tx) =>
      running.app.get(IncentivesInbox).recordWithdrawn(
        {
          sequence: '9000000000',
          data: { ...recordWithdrawn.sample, record, subject: withdrawn.subject },
        } as EventOf<typeof recordWithdrawn>,
        { tx } as Delivery,
      ),
    );
    await recorded(withdrawn, record);
    expect(await closedBy(withdrawn)).toEqual([]);
    await repaired(first, id, true);
    await recorded(first, { ...commitment, id });
    expect(await closedBy(first)).toEqual([]);
  });

  it('is not closed by a judgment that was not performed, nor by a commitment of another', async () => {
    const who = enterprise();
    await recorded(who, { ...commitment, id: uuidv7(), type: 'judgment' });
    await recorded(enterprise(), { ...commitment, id: uuidv7() });
    expect(await closedBy(who)).toEqual([]);
  });
});

describe('answering a hit', () => {
  async function hit(): Promise<{ check: string; action: string; url: string }> {
    const { body } = await ask(housing, [listed.subject.code!]);
    const { id } = body.bound[0]!.hits.find(({ rule }) => rule === 'samr.restricted-dealings')!;
    return { check: body.id, action: id, url: `/api/discipline/checks/${body.id}/hits/${id}/answer` };
  }
  const open = async (who: Actor): Promise<StoredHit[]> =>
    (await call(who, 'GET', '/api/discipline/checks/hits?open=true&limit=200')).body.items;

  it('takes what was applied; the hit leaves the worklist and its clock stops with the last one', async () => {
    const { check, action, url } = await hit();
    expect((await open(housing)).map(({ actionId }) => actionId)).toContain(action);
    const { status, body } = await call(housing, 'POST', url, { result: 'applied', note: '取消其投标资格' });
    expect([status, body]).toMatchObject([200, { answer: { result: 'applied' }, answeredOn: '2024-11-14' }]);
    for (const left of (await open(housing)).filter(({ checkId }) => checkId === check)) {
      await call(housing, 'POST', `/api/discipline/checks/${check}/hits/${left.actionId}/answer`, {
        result: 'applied',
        note: '同上',
      });
    }
    const { rows } = await running.db.query('SELECT outcome FROM deadlines.deadline WHERE ref = $1', [check]);
    expect(rows).toEqual([{ outcome: 'cancelled' }]);
  });

  it('takes "not applied" only with a reason that fits, and an answer only once', async () => {
    const { url } = await hit();
    const reply = (body: object): Promise<Answer> => call(housing, 'POST', url, body);
    expect((await reply({ result: 'not-applied', note: '…' })).body.code).toBe('check.reason-missing');
    expect((await reply({ result: 'not-applied', reason: 'no-wish', note: '…' })).body.code).toBe(
      'check.reason-unknown',
    );
    expect(
      (await reply({ result: 'applied', reason: 'no-business-with-subject', note: '…' })).body.code,
    ).toBe('check.reason-without-need');
    expect((await reply({ result: 'applied', note: '取消其投标资格' })).status).toBe(200);
    expect((await reply({ result: 'applied', note: '再次' })).body.code).toBe('check.hit-answered');
  });

  it('belongs to the department that asked', async () => {
    const { url } = await hit();
    const other = actor('department-system', 'hlj.natural-resources');
    expect((await call(other, 'POST', url, { result: 'applied', note: '…' })).body.code).toBe(
      'request.other-department',
    );
  });

  it('is named as overdue after its day, and can still be answered', async () => {
    const { check, action, url } = await hit();
    await running.moveTo('2024-11-22');
    const { body } = await call(housing, 'GET', '/api/discipline/checks/hits?overdue=true&limit=200');
    expect(body.items.filter(({ checkId }) => checkId === check).map(({ actionId }) => actionId)).toContain(
      action,
    );
    expect((await call(housing, 'POST', url, { result: 'applied', note: '迟报' })).status).toBe(200);
  });

  it('late is told to the department, and long after to the lead unit, which sees it from then on', async () => {
    const { check, action, url } = await hit();
    const lead = actor('lead-unit', 'hlj.business-environment');
    const told = async (): Promise<Record<string, unknown>[]> =>
      (await toldEvents(running.db, listed.subject.id))
        .filter((event) => shortType(event).startsWith('hits-'))
        .map((event) => ({ type: shortType(event), ...event.data }));
    const escalated = async (who: Actor): Promise<StoredHit[]> => {
      const found: StoredHit[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const url = `/api/discipline/checks/hits?escalated=true&limit=200${after && `&after=${after}`}`;
        const { body } = await call(who, 'GET', url);
        found.push(...body.items);
        after = (body as { next?: string }).next;
      }
      return found.filter(({ checkId }) => checkId === check);
    };
    // Answered in time is nobody's concern.
    expect((await call(housing, 'POST', url, { result: 'applied', note: '取消其投标资格' })).status).toBe(
      200,
    );
    await running.moveTo('2024-11-21');
    expect(await told()).toEqual([]);
    await running.moveTo('2024-11-22');
    const about = { check, unit: 'hlj.housing', subject: { id: listed.subject.id }, due: '2024-11-21' };
    expect(await told()).toMatchObject([{ type: 'hits-overdue', ...about }]);
    const late = ((await told())[0]!['hits'] as { action: string }[]).map((each) => each.action).sort();
    expect(late.length).toBeGreaterThan(0);
    expect(late).not.toContain(action);
    expect((await call(lead, 'GET', `/api/discipline/checks/${check}`)).status).toBe(403);
    expect(await escalated(lead)).toEqual([]);
    // Five working days after the missed day, which was a Thursday.
    await running.moveTo('2024-11-28');
    expect(await told()).toHaveLength(1);
    await running.moveTo('2024-11-29');
    expect((await told())[1]).toMatchObject({
      type: 'hits-escalated',
      ...about,
      to: 'hlj.business-environment',
      escalatedOn: '2024-11-29',
    });
    for (const who of [lead, housing])
      expect((await escalated(who)).map(({ actionId }) => actionId).sort()).toEqual(late);
    expect((await escalated(lead))[0]!.escalated).toEqual({
      to: 'hlj.business-environment',
      on: '2024-11-29',
    });
    expect((await call(lead, 'GET', `/api/discipline/checks/${check}`)).status).toBe(200);
    expect(await escalated(actor('lead-unit', 'hlj.finance'))).toEqual([]);
  });

  it('is told to nobody when the last one is answered between the two days', async () => {
    const { check } = await hit();
    await running.moveTo('2024-11-22');
    for (const left of (await open(housing)).filter(({ checkId }) => checkId === check))
      await call(housing, 'POST', `/api/discipline/checks/${check}/hits/${left.actionId}/answer`, {
        result: 'applied',
        note: '迟报',
      });
    await running.moveTo('2024-12-20');
    const types = (await toldEvents(running.db, listed.subject.id)).map(shortType);
    expect([types.includes('hits-overdue'), types.includes('hits-escalated')]).toEqual([true, false]);
  });

  it('is answered with up to 200 others at once, each for itself; twice asked about is twice answered', async () => {
    const { body } = await ask(housing, [listed.subject.code!, listed.subject.id]);
    const hits = (await open(housing)).filter(({ checkId }) => checkId === body.id);
    const actions = [...new Set(hits.map(({ actionId }) => actionId))];
    expect(hits).toHaveLength(2 * actions.length);
    const url = `/api/discipline/checks/${body.id}/hits/answers`;
    const answers = [
      { action: '0192f0c4-6c00-7000-8000-0000000000ff', result: 'applied', note: '…' },
      { action: actions[0], result: 'not-applied', note: '…' },
      ...actions.flatMap((action) => [
        { action, result: 'applied', note: '取消其投标资格' },
        { action, result: 'applied', note: '取消其投标资格' },
        { action, result: 'applied', note: '第三次' },
      ]),
    ];
    const { status, body: outcomes } = await call(housing, 'POST', url, { answers });
    expect(status).toBe(200);
    expect(outcomes.items.map((item) => (item as unknown as { code?: string }).code ?? 'answered')).toEqual([
      'check.hit-not-found',
      'check.reason-missing',
      ...actions.flatMap(() => ['answered', 'answered', 'check.hit-answered']),
    ]);
    expect((await open(housing)).filter(({ checkId }) => checkId === body.id)).toEqual([]);
    const many = Array.from({ length: 201 }, () => answers[0]!);
    expect((await call(housing, 'POST', url, { answers: many })).status).toBe(422);
    const foreign = await call(finance, 'POST', url, { answers: answers.slice(2, 3) });
    expect(foreign.body.items).toMatchObject([{ outcome: 'refused', code: 'request.other-department' }]);
  });

  it('knows no foreign check or hit', async () => {
    const { check } = await hit();
    const none = '0192f0c4-6c00-7000-8000-0000000000ff';
    expect(
      (
        await call(housing, 'POST', `/api/discipline/checks/${check}/hits/${none}/answer`, {
          result: 'applied',
          note: '…',
        })
      ).body.code,
    ).toBe('check.hit-not-found');
    expect((await call(housing, 'GET', `/api/discipline/checks/${none}`)).body.code).toBe('check.not-found');
    expect((await call(housing, 'GET', '/api/discipline/checks/rubbish')).body.code).toBe('check.not-found');
  });
});

describe('who asked', () => {
  it('shows the duty of art. 44 by department and field, also of those who never asked', async () => {
    await ask(actor('department-system', 'hlj.city.230600.housing'), [listed.subject.code!], 'permit');
    const { body } = await call(actor('auditor'), 'GET', '/api/discipline/checks/coverage?from=2024-11-01');
    const rows = body.items as unknown as { department: string; field: string; checks: number }[];
    const of = (department: string, field: string): number =>
      rows.find((row) => row.department === department && row.field === field)!.checks;
    expect(of('hlj.city.230600.housing', 'permit')).toBe(1);
    expect(of('hlj.science', 'fiscal-funds')).toBe(0);
  });

  it('as a share of the permits and honours on record: asked before them, or not', async () => {
    // A department without checks of other stories.
    const department = 'hlj.city.230600.housing';
    const asking = actor('department-system', department);
    let sequence = 0;
    const granted = async (
      who: ListedCase,
      decidedOn: string,
      change: Partial<typeof recordAccepted.sample.record> = {},
      event: 'recordAccepted' | 'recordWithdrawn' = 'recordAccepted',
    ): Promise<void> => {
      const { record } = recordAccepted.sample;
      const permit = { ...record, type: 'permit', provider: department, decidedOn, ...change };
      sequence += 1;
      const told = { sequence: String(sequence), data: { record: permit, subject: who.subject } };
      await running.db.transaction((tx) =>
        running.app.get(IncentivesInbox)[event](told as never, { tx } as Delivery),
      );
    };
    const share = async (of = 'permit'): Promise<unknown> => {
      const { body } = await call(actor('auditor'), 'GET', '/api/discipline/checks/coverage?from=2024-11-01');
      const rows = body.items as unknown as { department: string; field: string; decided: unknown }[];
      const own = rows.filter((row) => row.department === department);
      expect(own.map(({ field }) => field).sort()).toEqual([
        'fiscal-funds',
        'honours',
        'permit',
        'procurement',
      ]);
      // Nothing is put on record of these, and nothing was declared: their share is not known, and not zero.
      for (const field of ['fiscal-funds', 'procurement'])
        expect(own.find((row) => row.field === field)!.decided).toBeNull();
      return own.find(({ field }) => field === of)!.decided;
    };
    const [byCode, byId, never, late] = [1, 2, 3, 4].map(() => foodCase({}, { code: codes[next++]! }));
    expect(await share()).toBeNull();
    await ask(asking, [byCode!.subject.code!], 'permit');
    await ask(asking, [byId!.subject.id], 'permit');
    await ask(asking, [never!.subject.code!], 'honours');
    await ask(housing, [never!.subject.code!], 'permit');
    await granted(byCode!, '2024-11-14', { id: uuidv7() });
    await granted(byId!, '2024-11-14', { id: uuidv7() });
    expect(await share()).toEqual({ source: 'events', recorded: 2, asked: 2, share: 1 });
    await granted(never!, '2024-11-14', { id: uuidv7() });
    // Asked on the day after the permit.
    const id = uuidv7();
    await granted(late!, '2024-11-13', { id });
    await ask(asking, [late!.subject.code!], 'permit');
    expect(await share()).toEqual({ source: 'events', recorded: 4, asked: 2, share: 0.5 });
    await granted(late!, '2024-11-13', { id }, 'recordWithdrawn');
    await granted(late!, '2024-10-31', { id: uuidv7() });
    await granted(late!, '2024-11-14', { id: uuidv7(), type: 'penalty' });
    expect(await share()).toEqual({ source: 'events', recorded: 3, asked: 2, share: 2 / 3 });
    expect(await share('honours')).toBeNull();
    await granted(never!, '2024-11-14', { id: uuidv7(), type: 'honour' });
    await granted(byCode!, '2024-11-14', { id: uuidv7(), type: 'honour' });
    // The second was asked about for a permit only.
    expect(await share('honours')).toEqual({ source: 'events', recorded: 2, asked: 1, share: 0.5 });
    expect(await share()).toEqual({ source: 'events', recorded: 3, asked: 2, share: 2 / 3 });
  });

  describe('held against what a department declares where nothing is put on record', () => {
    const department = 'hlj.city.230600.finance';
    const asking = actor('department-system', department);
    const url = '/api/discipline/checks/declarations';
    let keys = 0;
    const declare = async (said: object, who = asking): Promise<Answer> => {
      const response = await running.app.inject({
        method: 'POST',
        url,
        headers: {
          authorization: `Bearer ${await issueToken(who)}`,
          'idempotency-key': `said-${(keys += 1)}`,
        },
        payload: said,
      });
      return { status: response.statusCode, body: response.json() };
    };
    const correct = async (said: object, version: number, who = asking): Promise<Answer> => {
      const response = await running.app.inject({
        method: 'POST',
        url: `${url}/correction`,
        headers: { authorization: `Bearer ${await issueToken(who)}`, 'if-match': `"${version}"` },
        payload: said,
      });
      return { status: response.statusCode, body: response.json() };
    };
    const covered = async (days: string) => {
      const { body } = await call(actor('evaluator'), 'GET', `/api/discipline/checks/coverage?${days}`);
      const rows = body.items as unknown as { department: string; field: string }[];
      const { decided, undeclared } = rows.find(
        (row) => row.department === department && row.field === 'procurement',
      ) as unknown as { decided: unknown; undeclared: string[] };
      return { decided, undeclared };
    };
    const october = { field: 'procurement', month: '2024-10', decisions: 4 };

    it('has a share whose source is named, corrected with history; nothing declared is nothing known', async () => {
      await running.moveTo('2024-10-10');
      const [first, second, third] = [0, 1, 2].map(() => codes[next++]!);
      await ask(asking, [first!, second!]);
      await ask(asking, [first!]); // about the same file once more
      await ask(asking, [third!], 'permit');
      await running.moveTo('2024-11-14');
      await ask(asking, [third!]); // in another month
      const autumn = 'from=2024-09-01&to=2024-11-14';
      expect(await covered(autumn)).toEqual({ decided: null, undeclared: ['2024-09', '2024-10'] });
      expect(await declare(october)).toMatchObject({
        status: 201,
        body: { department, version: 1, why: null, declaredBy: `system:${asking.id}@${department}` },
      });
      const decided = { source: 'declared', recorded: 4, asked: 2, share: 0.5, exceeds: false };
      expect(await covered(autumn)).toEqual({
        decided: { ...decided, months: ['2024-10'] },
        undeclared: ['2024-09'],
      });
      // A part of a month has no number.
      expect(await covered('from=2024-10-02&to=2024-11-14')).toEqual({ decided: null, undeclared: [] });
      expect((await declare(october)).body.code).toBe('check.declared-already');
      const fewer = { ...october, decisions: 1, why: '（虚构）三项采购未成交' };
      expect((await correct(fewer, 2)).body.code).toBe('request.if-match-stale');
      expect((await correct({ ...fewer, decisions: 4 }, 1)).body.code).toBe('check.nothing-corrected');
      expect(await correct(fewer, 1)).toMatchObject({ status: 200, body: { version: 2, decisions: 1 } });
      // More was asked than was decided: said so, and no share above all.
      expect((await covered(autumn)).decided).toEqual({
        ...decided,
        recorded: 1,
        share: 1,
        exceeds: true,
        months: ['2024-10'],
      });
      await declare({ ...october, month: '2024-09', decisions: 0 });
      expect((await covered('from=2024-09-01&to=2024-09-30')).decided).toEqual({
        source: 'declared',
        recorded: 0,
        asked: 0,
        share: null,
        exceeds: false,
        months: ['2024-09'],
      });
      const said = (who: Actor, query = '') => call(who, 'GET', `${url}?${query}`);
      const history = [
        {
          month: '2024-10',
          version: 2,
          decisions: 1,
          why: '（虚构）三项采购未成交',
          declaredOn: '2024-11-14',
        },
        { month: '2024-10', version: 1, decisions: 4, why: null },
        { month: '2024-09', version: 1, decisions: 0 },
      ];
      for (const who of [asking, actor('auditor'), actor('lead-unit', 'hlj.business-environment')])
        expect((await said(who)).body.items).toMatchObject(history);
      const page = (await said(asking, 'limit=2')).body as unknown as { items: unknown[]; next: string };
      expect((await said(asking, `limit=2&after=${page.next}`)).body.items).toMatchObject(history.slice(2));
      expect((await said(finance)).body.items).toEqual([]);
      expect((await said(finance, `department=${department}`)).body.items).toEqual([]);
    });

    it.each<[string, object, number, string]>([
      ['a month that is to come', { month: '2024-12' }, 409, 'check.month-not-over'],
      ['the month that runs', { month: '2024-11' }, 409, 'check.month-not-over'],
      ['no month', { month: '2024-13' }, 422, 'request.field-invalid'],
      ['less than nothing', { decisions: -1 }, 422, 'request.field-invalid'],
      ['a part of a decision', { decisions: 1.5 }, 422, 'request.field-invalid'],
      ['permits, which are on record', { field: 'permit' }, 422, 'check.counted-from-records'],
    ])('refuses %s, with a cure', async (_, change, status, code) => {
      const answer = await declare({ ...october, field: 'fiscal-funds', ...change });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.body).toMatchObject({ cure: expect.anything() });
    });

    it('refuses a correction of nothing, a login without unit, and who only reads', async () => {
      const said = { ...october, field: 'fiscal-funds', why: '（虚构）' };
      expect((await correct({ ...said, month: '2024-08' }, 1)).body.code).toBe('check.not-declared');
      expect((await declare(october, actor('department-system'))).body.code).toBe('check.department-missing');
      expect((await declare(october, actor('auditor'))).status).toBe(403);
    });
  });

  it('is taken out as CSV with right and purpose, and that is logged before its first line', async () => {
    const department = 'hlj.city.230200.housing';
    const asking = actor('department-system', department);
    const officer: Actor = { ...actor('discipline-officer', department), kind: 'person', name: '核（虚构）' };
    const item = '=1+1,"虚构"';
    const asked = { ...question([listed.subject.code!]), item };
    const { body } = await call(asking, 'POST', '/api/discipline/checks', asked);
    await ask(finance, [listed.subject.code!]);
    const exported = async (who: Actor, purpose?: string) => {
      const response = await running.app.inject({
        method: 'GET',
        url: '/api/discipline/checks/export?from=2024-11-14&to=2024-11-14',
        headers: {
          authorization: `Bearer ${await issueToken(who)}`,
          ...(purpose && { 'x-purpose': encodeURIComponent(purpose) }),
        },
      });
      return { status: response.statusCode, text: response.body, type: response.headers['content-type'] };
    };
    const log = async (): Promise<object[]> =>
      (await call(actor('auditor'), 'GET', '/api/discipline/exports?what=checks')).body.items;
    const before = (await log()).length;
    const without = await exported(officer);
    expect([without.status, JSON.parse(without.text).code]).toEqual([428, 'export.purpose-missing']);
    expect((await exported(asking, '年度核查')).status).toBe(403);
    expect(await log()).toHaveLength(before);
    const own = await exported(officer, '年度核查（虚构）');
    expect(own).toMatchObject({ status: 200, type: 'text/csv; charset=utf-8' });
    const lines = own.text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      '\ufeff查询编号,查询时间,单位,查询人,领域,事项,用途,文号,主体,命中,已反馈,已采取,逾期',
    );
    const hits = body.bound[0]!.hits.length;
    expect(lines.slice(1)).toHaveLength(1);
    expect(lines[1]).toContain(`${body.id},`);
    expect(lines[1]).toContain(
      `,${department},system:department-system.${department}@${department},procurement,"'=1+1,""虚构""",审查投标人资格,`,
    );
    expect(lines[1]).toMatch(new RegExp(`,${listed.subject.code},${hits},0,0,0$`));
    const all = await exported(actor('auditor'), '年度审计（虚构）');
    expect(all.text).toContain(body.id);
    expect(all.text).toContain(',hlj.finance,');
    expect(await log()).toHaveLength(before + 2);
    expect((await log()).slice(0, 2)).toMatchObject([
      { purpose: '年度审计（虚构）', department: null, asked: { from: '2024-11-14', departments: null } },
      {
        purpose: '年度核查（虚构）',
        department,
        actorName: '核（虚构）',
        asked: { departments: [department] },
      },
    ]);
    expect((await call(officer, 'GET', '/api/discipline/exports')).status).toBe(403);
  });

  it('a party sees who asked about itself and for what, never about others', async () => {
    await ask(finance, [listed.subject.code!]);
    const party = actor('party', undefined, listed.subject.code!);
    const { body } = await call(party, 'GET', `/api/discipline/checks/about?subject=${listed.subject.code}`);
    expect(body.items[0]).toMatchObject({ department: 'hlj.finance', purpose: '审查投标人资格' });
    // Asked for by the id of the subject it is the same party.
    await ask(housing, [listed.subject.id]);
    for (const name of [listed.subject.code, listed.subject.id]) {
      const about = await call(actor('auditor'), 'GET', `/api/discipline/checks/about?subject=${name}`);
      expect(about.body.items.map(({ department }) => department)).toEqual(['hlj.housing', 'hlj.finance']);
    }
    const other = codes.find((code) => code !== listed.subject.code)!;
    expect((await call(party, 'GET', `/api/discipline/checks/about?subject=${other}`)).status).toBe(403);
  });
});

describe('a ban that outlasts its listing by its own law', () => {
  const officer: Actor = {
    kind: 'person',
    id: 'food-officer',
    name: '（虚构）',
    department: 'hlj.market-regulation',
    roles: ['discipline-officer'],
  };
  const ownGround = { documentNo: '（虚构）哈市监食罚〔2021〕3号', decidedOn: '2021-01-20' };
  const bans = async () => {
    const { body } = await ask(finance, [listed.subject.code!], 'permit');
    return (body.bound[0]?.hits ?? []).filter(({ rule }) => rule === 'samr.food-ban');
  };
  const post = async (id: string, what: string, version: number, payload: object, by = officer) => {
    const response = await running.app.inject({
      method: 'POST',
      url: `/api/discipline/actions/${id}/${what}`,
      headers: { authorization: `Bearer ${await issueToken(by)}`, 'if-match': `"${version}"` },
      payload,
    });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const answered = async () => {
    const [ban] = await bans();
    const answer = await post(ban!.id, 'answer', 1, {
      result: 'not-applied',
      on: '2024-11-14',
      reason: 'own-ground',
      note: '（虚构）许可证已吊销,五年内不得申请',
      ownGround,
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'not-applied', ownGround: { ...ownGround, until: '2026-01-20' } },
    });
    expect(answer.body['mayDo']).toContain('end-own-ground');
    return ban!.id;
  };
  const ended = (how: 'early-removal' | 'revoked', on: string) =>
    running.db.transaction((tx) => running.app.get(OrderLifts).run(tx, listed.ended(how, on)));
  const agrees = async () => expect((await running.app.get(Reconcile).run()).disagreements).toEqual([]);

  it('is no laggard of the listing, and shows in checks to its own last day', async () => {
    const id = await answered();
    await running.moveTo('2025-11-14');
    await ended('early-removal', '2025-11-14');
    const events = await toldEvents(running.db, listed.subject.id);
    const own = events.filter(({ data }) => (data['action'] as { id: string } | undefined)?.id === id);
    expect(own.map(shortType)).toEqual(['ordered', 'not-applied', 'lifted']);
    expect(own.at(-1)!.data).toMatchObject({ how: 'never-applied' });
    await agrees();
    await running.moveTo('2026-01-20');
    expect(await bans()).toMatchObject([
      { until: '2026-01-20', ownGround, listing: { caseNo: listed.case.no }, yours: false },
    ]);
    await running.moveTo('2026-01-21');
    expect(await bans()).toEqual([]);
    await agrees();
  });

  it('goes on for whoever headed the organisation, too (慈善法 art. 16)', async () => {
    const charity = foodCase(
      { listType: 'SOCORG', conductKind: 'socorg.revocation', department: 'hlj.civil-affairs' },
      { kind: 'social-organisation', code: codes[next++]! },
      { termEndsOn: '2026-11-14' },
    );
    const head = uuidv7();
    await running.db.transaction((tx) =>
      running.app.get(PersonsOfEntities).add(tx, {
        subject: charity.subject,
        link: { id: uuidv7(), kind: 'legal-representative', party: head, since: '2020-01-06', until: null },
      }),
    );
    await inForce(charity);
    const civilAffairs = { ...officer, id: 'civil-affairs-officer', department: 'hlj.civil-affairs' };
    const bars = async () => {
      const { body } = await ask(actor('department-system', 'hlj.civil-affairs'), [head], 'appointment');
      return body.bound[0]?.hits ?? [];
    };
    const [bar] = await bars();
    expect(bar).toMatchObject({ rule: 'socorg.charity-office', until: '2026-11-14', mode: 'considered' });
    const revoked = { documentNo: '（虚构）黑民罚〔2024〕2号', decidedOn: '2024-10-21' };
    const answer = { result: 'not-applied', on: '2024-11-14', reason: 'own-ground', note: '（虚构）' };
    const given = await post(bar!.id, 'answer', 1, { ...answer, ownGround: revoked }, civilAffairs);
    expect(given).toMatchObject({ status: 200, body: { ownGround: { until: '2029-10-21' } } });
    await running.db.transaction((tx) =>
      running.app.get(OrderLifts).run(tx, charity.ended('expired', '2026-11-14')),
    );
    await running.moveTo('2026-11-16');
    expect(await bars()).toMatchObject([
      {
        rule: 'socorg.charity-office',
        until: '2029-10-21',
        ownGround: revoked,
        through: { organisation: charity.subject.code },
      },
    ]);
    await agrees();
  });

  it('falls with a listing that is revoked', async () => {
    await answered();
    await ended('revoked', '2024-11-14');
    expect(await bans()).toEqual([]);
    await agrees();
  });

  it('ends when its decision is taken back, and tells the completion of the case no second time', async () => {
    const id = await answered();
    await ended('early-removal', '2024-11-14');
    expect(await bans()).toHaveLength(1);
    const before = (await toldEvents(running.db, listed.subject.id)).length;
    const end = await post(id, 'own-ground/end', 3, { on: '2024-11-14', why: '（虚构）复议撤销' });
    expect(end).toMatchObject({ status: 200, body: { status: 'lifted', ownGround: null } });
    expect(end.body['mayDo']).toEqual([]);
    expect(await bans()).toEqual([]);
    expect(await toldEvents(running.db, listed.subject.id)).toHaveLength(before);
    const again = await post(id, 'own-ground/end', 4, { on: '2024-11-14', why: '（虚构）' });
    expect([again.status, again.body['code']]).toEqual([409, 'discipline.no-own-ground']);
  });

  it('names a decision that is one', async () => {
    const [ban] = await bans();
    const answer = { result: 'not-applied', on: '2024-11-14', reason: 'own-ground', note: '（虚构）' };
    expect((await post(ban!.id, 'answer', 1, answer)).body['code']).toBe('discipline.own-ground-missing');
    const bad = { ...answer, ownGround: { documentNo: '', decidedOn: 'yesterday' } };
    expect((await post(ban!.id, 'answer', 1, bad)).status).toBe(422);
  });
});
