import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, compactVerify } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import { objectionMarked } from '#contracts';
import type { Actor } from '#platform';
import { issueToken } from '#testing';
import { foodCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { FollowEntry } from '../../discipline/commands/follow-entry.js';
import { OrderLifts } from '../../discipline/commands/order-lifts.js';
import { PersonsOfEntities } from '../../persons/store/persons-of-entities.js';
import type { StoredHit } from '../store/hits.js';
import { actor, type Answer, finance, housing, question, useChecks } from '../../../specs/checking.js';

const story = useChecks();

describe('asking', () => {
  it('answers what binds, by whom it was story.listed, until when it is to be answered, in one call', async () => {
    const { status, body } = await story.ask(finance, [story.listed.subject.code!]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      department: 'hlj.finance',
      subjects: 1,
      askedOn: '2024-11-14',
      hitsDue: '2024-11-21',
    });
    expect(body.bound).toHaveLength(1);
    expect(body.bound[0]).toMatchObject({ subject: story.listed.subject.code, commitment: { open: false } });
    // The finance department of the city executes it, and the provincial one is bound by it in its own approvals all the same.
    const [hit] = body.bound[0]!.hits.filter(({ executor }) => executor === 'hlj.city.230100.finance');
    expect(hit).toMatchObject({ rule: 'samr.restricted-dealings', yours: false });
    const city = await story.ask(actor('department-system', 'hlj.city.230100.finance'), [
      story.listed.subject.code!,
    ]);
    expect(city.body.bound[0]!.hits.map(({ rule, yours }) => [rule, yours])).toContainEqual([
      'samr.restricted-dealings',
      true,
    ]);
  });

  it('finds the same by the id of the subject, as natural persons are asked for', async () => {
    const byCode = await story.ask(finance, [story.listed.subject.code!]);
    const byId = await story.ask(finance, [story.listed.subject.id]);
    expect(byId.body.bound[0]!.hits).toEqual(byCode.body.bound[0]!.hits);
  });

  it('finds what binds a person through the company whose legal representative that was, and not the company', async () => {
    const company = foodCase({ conductKind: 'samr.false-publicity' }, { code: story.nextCode() });
    const [then, later] = [uuidv7(), uuidv7()];
    const link = (party: string, since: string, until: string | null): Promise<void> =>
      story.running.db.transaction((tx) =>
        story.running.app.get(PersonsOfEntities).add(tx, {
          subject: company.subject,
          link: { id: uuidv7(), kind: 'legal-representative', party, since, until },
        }),
      );
    await story.inForce(company);
    await link(then, '2020-01-06', '2024-11-30');
    await link(later, '2024-12-01', null);
    const registry = actor('department-system', 'hlj.market-regulation');
    const of = async (subject: string): Promise<unknown[]> =>
      (await story.ask(registry, [subject], 'appointment')).body.bound[0]?.hits ?? [];
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
    await story.running.db.transaction((tx) =>
      story.running.app.get(OrderLifts).run(tx, company.ended('revoked', '2024-12-16')),
    );
    expect(await of(then)).toEqual([]);
  });

  it('asked again with its key is one check with one set of hits, and the same evidence', async () => {
    const again = async (item: string) => {
      const response = await story.running.app.inject({
        method: 'POST',
        url: '/api/discipline/checks',
        headers: {
          authorization: `Bearer ${await issueToken(finance)}`,
          'idempotency-key': story.listed.case.id,
        },
        payload: { ...question([story.listed.subject.code!]), item },
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
    const { rows } = await story.running.db.query(
      `SELECT (SELECT count(*) FROM discipline_check WHERE subject = $1) AS checks,
              (SELECT count(*) FROM discipline_hit h JOIN discipline_check k ON k.id = h.check_id WHERE k.subject = $1) AS hits`,
      [story.listed.subject.code],
    );
    expect(rows).toEqual([{ checks: 1, hits: first.body.bound[0].hits.length }]);
  });

  it('whose log cannot be written is not answered', async () => {
    const { db } = story.running;
    await db.query(
      `CREATE FUNCTION refuse_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the log is full'; END $$`,
    );
    await db.query(
      'CREATE TRIGGER no_log BEFORE INSERT ON discipline_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_log()',
    );
    try {
      const { status, body } = await story.ask(finance, [story.listed.subject.code!]);
      expect(status).toBe(500);
      expect(body.bound).toBeUndefined();
    } finally {
      await db.query('DROP TRIGGER no_log ON discipline_check');
    }
    const { rows } = await db.query('SELECT count(*) AS n FROM discipline_check WHERE subject = $1', [
      story.listed.subject.code,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('says that nothing stands, and logs that question all the same', async () => {
    const nobody = '91230100000000021A';
    const { body } = await story.ask(finance, [nobody], 'honours');
    expect(body).toMatchObject({ subjects: 1, bound: [], hitsDue: null });
    const { rows } = await story.running.db.query('SELECT * FROM discipline_check WHERE id = $1', [body.id]);
    expect(rows).toMatchObject([
      { subject: nobody, department: 'hlj.finance', field: 'honours', purpose: '审查投标人资格', hits: 0 },
    ]);
  });

  it('tells with each hit that the listing behind it is objected to', async () => {
    const mark = { ...objectionMarked.sample, case: story.listed.case, subject: story.listed.subject };
    await story.running.db.transaction((tx) =>
      story.running.app.get(FollowEntry).marked(tx, { ...mark, markedOn: '2024-11-15' }),
    );
    const { body } = await story.ask(finance, [story.listed.subject.code!]);
    expect(body.bound[0]!.hits[0]!.listing.objection).toEqual({ since: '2024-11-15' });
  });

  it('is evidence: the signed answer verifies against the published keys, and a changed one does not', async () => {
    const { body } = await story.ask(finance, [story.listed.subject.code!]);
    const keys = createLocalJWKSet(
      (await story.call(undefined, 'GET', '/public/discipline/evidence-keys')).body as never,
    );
    const { payload } = await compactVerify(body.evidence, keys);
    const { evidence: _, ...answer } = body;
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      ...answer,
      iss: 'urn:chengxin:measures',
      about: [story.listed.subject.code],
    });
    const [head, claims, signature] = body.evidence.split('.');
    const forged = Buffer.from(claims!, 'base64url').toString().replace('"subjects":1', '"subjects":2');
    await expect(
      compactVerify(`${head}.${Buffer.from(forged).toString('base64url')}.${signature}`, keys),
    ).rejects.toThrow('signature verification failed');
  });

  it('binds no longer when the listing has ended', async () => {
    await story.running.moveTo('2025-11-14');
    await story.running.db.transaction((tx) =>
      story.running.app.get(OrderLifts).run(tx, story.listed.ended('early-removal', '2025-11-14')),
    );
    const { body } = await story.ask(finance, [story.listed.subject.code!]);
    expect(body).toMatchObject({ bound: [], hitsDue: null });
  });

  it('answers a batch of 5,000 subjects at once, each of them logged', async () => {
    const many = Array.from({ length: 4_999 }, (_, n) => `9123${String(n).padStart(14, '0')}`);
    const { status, body } = await story.ask(finance, [...many, story.listed.subject.code!]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ subjects: 5_000, bound: [{ subject: story.listed.subject.code }] });
    const { rows } = await story.running.db.query(
      'SELECT count(*) AS n FROM discipline_check WHERE id = $1',
      [body.id],
    );
    expect(rows).toEqual([{ n: 5_000 }]);
  });

  it('answers 200 questions at once, each with its own answer and log', async () => {
    const asked = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        story.ask(finance, [n % 2 ? story.listed.subject.code! : `9123${String(n).padStart(14, '0')}`]),
      ),
    );
    expect(asked.map(({ body }) => body.bound.length)).toEqual(asked.map((_, n) => n % 2));
    expect(new Set(asked.map(({ body }) => body.id)).size).toBe(200);
    const { rows } = await story.running.db.query(
      'SELECT count(*) AS n FROM discipline_check WHERE id = ANY($1)',
      [asked.map(({ body }) => body.id)],
    );
    expect(rows).toEqual([{ n: 200 }]);
  });

  it.each([
    ['no purpose', { purpose: undefined }, 422, 'check.purpose-missing'],
    ['a purpose of blanks', { purpose: '  ' }, 422, 'request.field-invalid'],
    ['no subject', { subjects: [] }, 422, 'check.subjects-missing'],
    [
      'an identity number',
      { subjects: ['230102199001010019'.replace(/9$/, 'I')] },
      422,
      'check.subject-malformed',
    ],
    ['a subject twice', { subjects: [story.codes[0], story.codes[0]] }, 422, 'check.subject-twice'],
    ['an unknown kind of business', { field: 'travel' }, 422, 'request.field-invalid'],
    ['more than 5,000', { subjects: Array.from({ length: 5_001 }, () => 'x') }, 422, 'request.field-invalid'],
  ])('refuses %s, and logs nothing', async (_, change, status, code) => {
    const before = await story.running.db.query('SELECT count(*) AS n FROM discipline_check');
    const answer = await story.call(finance, 'POST', '/api/discipline/checks', {
      ...question([story.codes[0]!]),
      ...change,
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await story.running.db.query('SELECT count(*) AS n FROM discipline_check')).rows).toEqual(
      before.rows,
    );
  });

  it('refuses a login without unit, a party, and nobody at all', async () => {
    expect((await story.ask(actor('department-system'), [story.codes[0]!])).body.code).toBe(
      'check.department-missing',
    );
    expect((await story.ask(actor('party', undefined, story.codes[0]), [story.codes[0]!])).status).toBe(403);
    expect(
      (await story.call(undefined, 'POST', '/api/discipline/checks', question([story.codes[0]!]))).status,
    ).toBe(401);
  });
});

describe('answering a hit', () => {
  async function hit(): Promise<{ check: string; action: string; url: string }> {
    const { body } = await story.ask(housing, [story.listed.subject.code!]);
    const { id } = body.bound[0]!.hits.find(({ rule }) => rule === 'samr.restricted-dealings')!;
    return { check: body.id, action: id, url: `/api/discipline/checks/${body.id}/hits/${id}/answer` };
  }
  const open = async (who: Actor): Promise<StoredHit[]> =>
    (await story.call(who, 'GET', '/api/discipline/checks/hits?open=true&limit=200')).body.items;

  it('takes what was applied; the hit leaves the worklist and its clock stops with the last one', async () => {
    const { check, action, url } = await hit();
    expect((await open(housing)).map(({ actionId }) => actionId)).toContain(action);
    const { status, body } = await story.call(housing, 'POST', url, {
      result: 'applied',
      note: '取消其投标资格',
    });
    expect([status, body]).toMatchObject([200, { answer: { result: 'applied' }, answeredOn: '2024-11-14' }]);
    for (const left of (await open(housing)).filter(({ checkId }) => checkId === check)) {
      await story.call(housing, 'POST', `/api/discipline/checks/${check}/hits/${left.actionId}/answer`, {
        result: 'applied',
        note: '同上',
      });
    }
    const { rows } = await story.running.db.query('SELECT outcome FROM deadlines.deadline WHERE ref = $1', [
      check,
    ]);
    expect(rows).toEqual([{ outcome: 'cancelled' }]);
  });

  it('takes "not applied" only with a reason that fits, and an answer only once', async () => {
    const { url } = await hit();
    const reply = (body: object): Promise<Answer> => story.call(housing, 'POST', url, body);
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
    expect((await story.call(other, 'POST', url, { result: 'applied', note: '…' })).body.code).toBe(
      'request.other-department',
    );
  });

  it('is named as overdue after its day, and can still be answered', async () => {
    const { check, action, url } = await hit();
    await story.running.moveTo('2024-11-22');
    const { body } = await story.call(housing, 'GET', '/api/discipline/checks/hits?overdue=true&limit=200');
    expect(body.items.filter(({ checkId }) => checkId === check).map(({ actionId }) => actionId)).toContain(
      action,
    );
    expect((await story.call(housing, 'POST', url, { result: 'applied', note: '迟报' })).status).toBe(200);
  });

  it('late is told to the department, and long after to the lead unit, which sees it from then on', async () => {
    const { check, action, url } = await hit();
    const lead = actor('lead-unit', 'hlj.business-environment');
    const told = async (): Promise<Record<string, unknown>[]> =>
      (await toldEvents(story.running.db, story.listed.subject.id))
        .filter((event) => shortType(event).startsWith('hits-'))
        .map((event) => ({ type: shortType(event), ...event.data }));
    const escalated = async (who: Actor): Promise<StoredHit[]> => {
      const found: StoredHit[] = [];
      for (let after: string | undefined = ''; after !== undefined;) {
        const url = `/api/discipline/checks/hits?escalated=true&limit=200${after && `&after=${after}`}`;
        const { body } = await story.call(who, 'GET', url);
        found.push(...body.items);
        after = (body as { next?: string }).next;
      }
      return found.filter(({ checkId }) => checkId === check);
    };
    // Answered in time is nobody's concern.
    expect(
      (await story.call(housing, 'POST', url, { result: 'applied', note: '取消其投标资格' })).status,
    ).toBe(200);
    await story.running.moveTo('2024-11-21');
    expect(await told()).toEqual([]);
    await story.running.moveTo('2024-11-22');
    const about = { check, unit: 'hlj.housing', subject: { id: story.listed.subject.id }, due: '2024-11-21' };
    expect(await told()).toMatchObject([{ type: 'hits-overdue', ...about }]);
    const late = ((await told())[0]!['hits'] as { action: string }[]).map((each) => each.action).sort();
    expect(late.length).toBeGreaterThan(0);
    expect(late).not.toContain(action);
    expect((await story.call(lead, 'GET', `/api/discipline/checks/${check}`)).status).toBe(403);
    expect(await escalated(lead)).toEqual([]);
    // Five working days after the missed day, which was a Thursday.
    await story.running.moveTo('2024-11-28');
    expect(await told()).toHaveLength(1);
    await story.running.moveTo('2024-11-29');
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
    expect((await story.call(lead, 'GET', `/api/discipline/checks/${check}`)).status).toBe(200);
    expect(await escalated(actor('lead-unit', 'hlj.finance'))).toEqual([]);
  });

  it('is told to nobody when the last one is answered between the two days', async () => {
    const { check } = await hit();
    await story.running.moveTo('2024-11-22');
    for (const left of (await open(housing)).filter(({ checkId }) => checkId === check))
      await story.call(housing, 'POST', `/api/discipline/checks/${check}/hits/${left.actionId}/answer`, {
        result: 'applied',
        note: '迟报',
      });
    await story.running.moveTo('2024-12-20');
    const types = (await toldEvents(story.running.db, story.listed.subject.id)).map(shortType);
    expect([types.includes('hits-overdue'), types.includes('hits-escalated')]).toEqual([true, false]);
  });

  it('is answered with up to 200 others at once, each for itself; twice asked about is twice answered', async () => {
    const { body } = await story.ask(housing, [story.listed.subject.code!, story.listed.subject.id]);
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
    const { status, body: outcomes } = await story.call(housing, 'POST', url, { answers });
    expect(status).toBe(200);
    expect(outcomes.items.map((item) => (item as unknown as { code?: string }).code ?? 'answered')).toEqual([
      'check.hit-not-found',
      'check.reason-missing',
      ...actions.flatMap(() => ['answered', 'answered', 'check.hit-answered']),
    ]);
    expect((await open(housing)).filter(({ checkId }) => checkId === body.id)).toEqual([]);
    const many = Array.from({ length: 201 }, () => answers[0]!);
    expect((await story.call(housing, 'POST', url, { answers: many })).status).toBe(422);
    const foreign = await story.call(finance, 'POST', url, { answers: answers.slice(2, 3) });
    expect(foreign.body.items).toMatchObject([{ outcome: 'refused', code: 'request.other-department' }]);
  });

  it('knows no foreign check or hit', async () => {
    const { check } = await hit();
    const none = '0192f0c4-6c00-7000-8000-0000000000ff';
    expect(
      (
        await story.call(housing, 'POST', `/api/discipline/checks/${check}/hits/${none}/answer`, {
          result: 'applied',
          note: '…',
        })
      ).body.code,
    ).toBe('check.hit-not-found');
    expect((await story.call(housing, 'GET', `/api/discipline/checks/${none}`)).body.code).toBe(
      'check.not-found',
    );
    expect((await story.call(housing, 'GET', '/api/discipline/checks/rubbish')).body.code).toBe(
      'check.not-found',
    );
  });
});
