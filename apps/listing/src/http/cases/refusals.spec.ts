import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef, SubjectRef } from '#contracts';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { CaseDesk, Desk, nextDecision, noticeOn, repairOf, toList } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2024-11-04');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const unit = 'hlj.city.230100.market-regulation';
const people = peopleOf(unit);
const cases = async (): Promise<number> =>
  (await running.db.query<{ count: number }>('SELECT count(*)::int AS count FROM listing_case')).rows[0]!
    .count;

let known: { subject: SubjectRef; record: RecordRef };
let walk: CaseDesk;
const opening = () => ({
  listType: 'SAMR',
  subjectId: known.subject.id,
  recordIds: [known.record.id],
  conductKind: 'samr.food',
});

beforeEach(async () => {
  running.moveTo('2024-11-04');
  known = await desk.knownPenalty();
});

describe('an opening', () => {
  const open = (body: object, key = randomUUID(), actor = people.handler) =>
    desk.call(actor, 'POST', '/api/listings', { body, key });

  it.each([
    ['unknown list type', { listType: 'NOPE' }, 422, 'listing.list-type-unknown', 'listType'],
    ['list type of wrong form', { listType: 'samr; DROP' }, 422, 'request.field-invalid', undefined],
    [
      'list not in force yet',
      { listType: 'CPA', conductKind: 'cpa.refusal' },
      409,
      'listing.list-type-not-in-force',
      'listType',
    ],
    [
      'unknown conduct kind',
      { conductKind: 'samr.nothing' },
      422,
      'listing.conduct-kind-unknown',
      'conductKind',
    ],
    [
      'list of another department',
      { listType: 'WAGE', conductKind: 'wage.mass-incident' },
      403,
      'listing.department-not-competent',
      undefined,
    ],
    [
      'unknown subject',
      { subjectId: '0192f0c4-6c00-7000-8000-00000000ffff' },
      404,
      'listing.subject-unknown',
      'subjectId',
    ],
    ['subject id of wrong form', { subjectId: "'; --" }, 422, 'request.field-invalid', undefined],
    [
      'unknown record',
      { recordIds: ['0192f0c4-6c00-7000-8000-00000000ffff'] },
      404,
      'listing.record-unknown',
      'recordIds',
    ],
    ['record id of wrong form', { recordIds: ['not-a-uuid'] }, 404, 'listing.record-unknown', 'recordIds'],
    ['no record', { recordIds: [] }, 422, 'listing.record-missing', 'recordIds'],
    ['field that does not exist', { wish: true }, 422, 'request.field-invalid', undefined],
  ])('with %s is refused and leaves nothing behind', async (_, wrong, status, code, field) => {
    const before = await cases();
    const answer = await open({ ...opening(), ...wrong });
    expect(answer).toMatchObject({
      status,
      body: { status, code, cure: expect.any(String), cureZh: expect.any(String) },
    });
    if (field) expect(answer.body).toMatchObject({ field });
    expect(await cases()).toBe(before);
  });

  it.each(['permit', 'honour'])(
    'on a %s, which finds no dishonesty, is refused (ordinance art. 27)',
    async (type) => {
      known = await desk.knownPenalty({}, { type, severity: 'none' });
      expect(await open(opening())).toMatchObject({
        status: 409,
        body: { code: 'listing.record-no-finding', field: 'recordIds' },
      });
    },
  );

  it('needs a token, the role of a handler, and an idempotency key', async () => {
    expect((await desk.call(undefined, 'POST', '/api/listings', { body: opening() })).body).toMatchObject({
      code: 'request.no-token',
    });
    expect((await open(opening(), randomUUID(), people.reviewer)).body).toMatchObject({
      code: 'request.role-missing',
    });
    expect(
      (await desk.call(people.handler, 'POST', '/api/listings', { body: opening() })).body,
    ).toMatchObject({ code: 'request.idempotency-key-missing' });
    const nobody = { ...people.handler, department: 'hlj.nowhere' };
    expect((await open(opening(), randomUUID(), nobody)).body).toMatchObject({
      code: 'listing.unit-unknown',
    });
  });

  it('repeated with its key answers the same case; with another body it is refused', async () => {
    const key = randomUUID();
    const first = await open(opening(), key);
    const before = await cases();
    const again = await open(opening(), key);
    expect([again.status, again.body['id'], again.etag]).toEqual([201, first.body['id'], '"1"']);
    expect((await open({ ...opening(), conductKind: 'samr.refusal' }, key)).body).toMatchObject({
      code: 'request.idempotency-key-reused',
    });
    expect(await cases()).toBe(before);
  });

  it('on a record that carries a case of the list already is refused with its number', async () => {
    const first = await open(opening());
    expect((await open(opening())).body).toMatchObject({
      code: 'listing.record-in-use',
      facts: { caseNo: first.body['no'] },
    });
  });

  it('of twenty at once on one record makes one case', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(opening())));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
  });

  describe('on a document that is no record', () => {
    const court = peopleOf('hlj.court');
    const onDocument = (no = '（2024）黑01执7号（虚构）') => ({
      listType: 'COURT',
      subjectId: known.subject.id,
      conductKind: 'court.able-refuses',
      documents: [
        { no, issuer: '哈尔滨市中级人民法院', title: '执行裁定书', issuedOn: '2024-10-08' },
        { no, issuer: '哈尔滨市中级人民法院', title: '执行裁定书', issuedOn: '2024-10-08' },
      ],
      reason: '依职权（虚构）',
    });

    it('which carries a live case of the list already is refused with its number, however it is typed', async () => {
      const first = await open(onDocument(), randomUUID(), court.handler);
      expect(first.status).toBe(201);
      const again = await open(onDocument('(2024) 黑01执7号(虚构)'), randomUUID(), court.handler);
      expect(again).toMatchObject({
        status: 409,
        body: {
          code: 'listing.document-in-use',
          field: 'documents',
          facts: { documentNo: '(2024) 黑01执7号(虚构)', caseNo: first.body['no'] },
        },
      });
      // Withdrawn, it carries another.
      const held = new CaseDesk(desk, court.handler, String(first.body['id']));
      await held.does(court.handler, 'withdrawal', {
        ground: 'opened-by-mistake',
        reason: '重复立案（虚构）',
      });
      expect((await open(onDocument(), randomUUID(), court.handler)).status).toBe(201);
    });

    it('of twenty at once makes one case', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => open(onDocument(), randomUUID(), court.handler)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
      const refused = answers.filter(({ status }) => status === 409).map(({ body }) => body['code']);
      expect(new Set(refused)).toEqual(new Set(['listing.document-in-use']));
    });
  });

  it('numbers cases without gap, refused ones included', async () => {
    const numbers: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      known = await desk.knownPenalty();
      await open({ ...opening(), conductKind: 'samr.nothing' });
      numbers.push(Number(String((await open(opening())).body['no']).slice(-6)));
    }
    expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2]);
  });

  it('on a natural person asks for the birth date, and never lists a minor', async () => {
    known = await desk.knownPenalty({ kind: 'natural-person', code: null, name: '张*' });
    expect((await open(opening())).body).toMatchObject({ code: 'listing.age-unknown', field: 'bornOn' });
    expect((await open({ ...opening(), bornOn: '2008-01-01' })).body).toMatchObject({
      code: 'listing.minor',
    });
    expect((await open({ ...opening(), bornOn: '1980-01-01' })).status).toBe(201);
  });
});

describe('a change', () => {
  beforeEach(async () => {
    walk = await desk.open(people.handler, opening());
  });

  it('needs the version that was read', async () => {
    const url = `/api/listings/${walk.id}/notice`;
    const body = noticeOn('2024-11-04');
    expect(await desk.call(people.handler, 'POST', url, { body })).toMatchObject({
      status: 428,
      body: { code: 'request.if-match-missing' },
    });
    expect(await desk.call(people.handler, 'POST', url, { body, ifMatch: 'abc' })).toMatchObject({
      status: 400,
      body: { code: 'request.if-match-invalid' },
    });
    await walk.does(people.handler, 'notice', body);
    expect(await walk.try(people.approver, 'withdrawal', { reason: '—' }, { ifMatch: '"1"' })).toMatchObject({
      status: 412,
      body: { code: 'request.if-match-stale', facts: { current: 2, given: 1 } },
    });
  });

  it('of two at once on one version happens once', async () => {
    const both = await Promise.all(
      [1, 2].map(() => walk.try(people.handler, 'notice', noticeOn('2024-11-04'), { ifMatch: '"1"' })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await desk.get(people.handler, `/api/listings/${walk.id}/history`)).items).toHaveLength(2);
  });

  it('sent twice with one key happens once and answers the same', async () => {
    const options = { ifMatch: '"1"', key: randomUUID() };
    const first = await walk.try(people.handler, 'notice', noticeOn('2024-11-04'), options);
    const again = await walk.try(people.handler, 'notice', noticeOn('2024-11-04'), options);
    expect([first.status, again.status, again.body['version']]).toEqual([200, 200, 2]);
  });

  it('is for the role that the table names, of the department that owns the case', async () => {
    expect(await walk.try(people.reviewer, 'notice', noticeOn('2024-11-04'))).toMatchObject({
      status: 403,
      body: { code: 'request.role-missing' },
    });
    const elsewhere = person('handler', 'hlj.human-resources');
    expect(await walk.try(elsewhere, 'notice', noticeOn('2024-11-04'))).toMatchObject({
      status: 403,
      body: { code: 'request.other-department', facts: { owner: unit } },
    });
    await walk.does(people.handler, 'notice', noticeOn('2024-11-04'));
    expect((await walk.try(partyLogin('91230100MA1ABCDE8J'), 'defence', { text: '—' })).body).toMatchObject({
      code: 'listing.not-your-case',
    });
    const both = { ...people.handler, roles: ['handler' as const, 'reviewer' as const] };
    running.moveTo('2024-11-12');
    expect((await walk.try(both, 'review', toList)).body).toMatchObject({
      code: 'listing.second-person',
      status: 403,
    });
  });

  it('that the table does not know is refused with what would be needed', async () => {
    const answer = await walk.try(people.approver, 'revocation', { reason: '—' });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'listing.action-not-possible',
        facts: { status: 'proposed', possibleIn: 'decided, served, in-force, suspended' },
      },
    });
    expect((await walk.read())['version']).toBe(1);
  });

  it('treats an optional field that is null like an absent one', async () => {
    expect(
      await walk.does(people.handler, 'notice', { ...noticeOn('2024-11-04'), defenceUntil: null }),
    ).toMatchObject({ defenceUntil: '2024-11-11' });
  });

  it('with fields that do not fit answers all of them', async () => {
    const answer = await walk.try(people.handler, 'notice', {
      noticeNo: '',
      reasons: 'x',
      way: 'pigeon',
      servedOn: '2024-02-30',
    });
    expect(answer.status).toBe(422);
    expect(
      (answer.body as unknown as { errors: { field: string }[] }).errors.map(({ field }) => field),
    ).toEqual(['noticeNo', 'way', 'servedOn']);
  });

  it.each([
    ['blanks', '  \u3000'],
    ['characters that nobody sees', '\u200b\u00a0'],
  ])('with reasons or a number that are nothing but %s is no notice', async (_, nothing) => {
    for (const field of ['reasons', 'noticeNo']) {
      const answer = await walk.try(people.handler, 'notice', {
        ...noticeOn('2024-11-04'),
        [field]: nothing,
      });
      expect([answer.status, answer.body['errors']]).toEqual([
        422,
        [expect.objectContaining({ field, code: 'request.field.visible' })],
      ]);
    }
    const conditions = { ...nextDecision(), removalConditions: ['履行义务（虚构）', nothing] };
    const decision = await walk.try(people.handler, 'decision', conditions);
    expect(decision.body['errors']).toMatchObject([{ field: 'removalConditions' }]);
  });

  it('of a case that does not exist is 404, whatever its id looks like', async () => {
    for (const id of ['0192f0c4-6c00-7000-8000-00000000ffff', 'x', '%27%3B']) {
      const answer = await desk.call(people.handler, 'POST', `/api/listings/${id}/notice`, {
        body: noticeOn('2024-11-04'),
        ifMatch: '"1"',
      });
      expect([answer.status, answer.body['code']]).toEqual([404, 'listing.not-found']);
    }
    const gone = await walk.try(people.handler, 'repairs/not-there/acceptance', {
      accepted: true,
      text: '—',
    });
    expect(gone).toMatchObject({ status: 409, body: { code: 'listing.action-not-possible' } });
  });
});

describe('reading', () => {
  beforeEach(async () => {
    walk = await desk.open(people.handler, opening());
    await walk.does(people.handler, 'notice', noticeOn('2024-11-04'));
  });
  const read = (actor: Parameters<Desk['call']>[0], path = '') =>
    desk.call(actor, 'GET', `/api/listings/${walk.id}${path}`);

  it('an undecided case is for its department, the one above, the party and auditors', async () => {
    expect((await read(people.handler)).etag).toBe('"2"');
    expect((await read(person('approver', 'hlj.market-regulation'))).status).toBe(200);
    expect((await read({ ...people.handler, department: undefined, roles: ['auditor'] })).status).toBe(200);
    // Who runs the platform has no part in the procedure: neither the case nor a defence is for an operator.
    const operator = { ...people.handler, department: undefined, roles: ['operator' as const] };
    for (const stranger of [person('handler', 'hlj.finance'), operator]) {
      expect((await read(stranger)).body).toMatchObject({ status: 403, code: 'request.other-department' });
      expect((await read(stranger, '/history')).status).toBe(403);
      expect((await desk.get(stranger, '/api/listings')).items).toEqual([]);
    }
    expect((await read(partyLogin('91230100MA1ABCDE8J'))).body).toMatchObject({
      status: 403,
      code: 'listing.not-your-case',
    });
    const own = await read(partyLogin(known.subject.code!));
    expect(own.body).toMatchObject({
      status: 'noticed',
      notice: { reasons: '违法行为情节严重' },
      defences: [],
    });
    expect(own.body).not.toHaveProperty('review');
  });

  it('to the party a case is not there before it is told of it', async () => {
    const untold = await desk.knownPenalty();
    const proposed = await desk.open(people.handler, {
      ...opening(),
      subjectId: untold.subject.id,
      recordIds: [untold.record.id],
    });
    const party = partyLogin(untold.subject.code!);
    const look = () => desk.call(party, 'GET', `/api/listings/${proposed.id}`);
    expect((await look()).body).toMatchObject({ status: 404, code: 'listing.not-found' });
    expect((await desk.get(party, '/api/listings')).items).toEqual([]);
    await proposed.does(people.handler, 'notice', noticeOn('2024-11-04'));
    expect((await look()).body).toMatchObject({ status: 'noticed' });
    expect((await desk.get(party, '/api/listings')).items).toHaveLength(1);
  });

  it('shows what one may do now, and why not otherwise', async () => {
    const actions = async (actor: Parameters<Desk['call']>[0]) => (await read(actor, '/actions')).body.items;
    expect(await actions(people.reviewer)).toEqual([
      {
        action: 'review',
        to: ['reviewed'],
        allowed: false,
        href: `/api/listings/${walk.id}/review`,
        why: expect.objectContaining({ code: 'listing.defence-open', facts: { defenceUntil: '2024-11-11' } }),
      },
    ]);
    expect(await actions(partyLogin(known.subject.code!))).toEqual([
      { action: 'defence', to: ['heard'], allowed: true, href: `/api/listings/${walk.id}/defence` },
      {
        action: 'hearing-request',
        to: ['heard'],
        allowed: true,
        href: `/api/listings/${walk.id}/hearing-request`,
      },
    ]);
  });

  it('shows the clocks that run, and when they will have run out', async () => {
    expect((await read(people.handler, '/clocks')).body).toMatchObject({
      today: '2024-11-04',
      items: [
        { clock: 'defence', dueOn: '2024-11-11', overdue: false, byItself: true, zh: expect.any(String) },
      ],
    });
  });

  it('lists page by page what the caller may see', async () => {
    const list = (actor: Parameters<Desk['call']>[0], query: string) =>
      desk.call(actor, 'GET', `/api/listings?${query}`);
    const first = await list(people.handler, 'limit=1&status=noticed');
    expect(first.body.items).toHaveLength(1);
    const second = await list(people.handler, `limit=1&status=noticed&after=${first.body.next}`);
    expect(second.body.items[0]!['id']).not.toBe(first.body.items[0]!['id']);
    expect((await list(person('handler', 'hlj.finance'), '')).body.items).toEqual([]);
    expect((await list(partyLogin(known.subject.code!), '')).body.items).toEqual([
      expect.objectContaining({ id: walk.id }),
    ]);
    expect((await list(people.handler, `subject=${known.subject.code}`)).body.items).toHaveLength(1);
    const forged = Buffer.from('["x"]').toString('base64url');
    expect((await list(people.handler, `after=${forged}`)).body).toMatchObject({
      status: 400,
      code: 'listing.cursor-invalid',
    });
    expect((await list(people.handler, 'status=nothing')).status).toBe(422);
  });

  it('list types by the day, with basis and how far they are confirmed', async () => {
    const on = async (asOf: string) =>
      (await desk.get(people.handler, `/api/list-types/SAMR?asOf=${asOf}`)) as Record<string, unknown>;
    expect(await on('2025-12-24')).toMatchObject({
      version: '2021-09-01',
      earlyRemoval: { decide: { count: 15 } },
      versions: [{}, {}],
    });
    expect(await on('2025-12-25')).toMatchObject({
      version: '2025-12-25',
      earlyRemoval: { decide: { count: 7 } },
      confirmed: 'text',
    });
    expect((await desk.call(people.handler, 'GET', '/api/list-types/NOPE')).status).toBe(404);
    expect((await desk.get(people.handler, '/api/list-types')).items.map(({ key }) => key)).toContain(
      'COURT',
    );
  });

  it('the public register gives nothing away by a short name, a forged cursor or a wrong code', async () => {
    const ask = async (query: string) =>
      (await desk.call(undefined, 'GET', `/public/listings?${query}`)).body;
    expect(await ask(`name=${encodeURIComponent('松')}`)).toMatchObject({ code: 'listing.search-too-short' });
    expect(await ask('code=x')).toMatchObject({ code: 'request.field-invalid' });
    expect(await ask(`after=${Buffer.from('["2024-99-99","x"]').toString('base64url')}`)).toMatchObject({
      code: 'listing.cursor-invalid',
    });
    expect(await ask(`name=${encodeURIComponent('%_%')}`)).toMatchObject({ items: [] });
  });
});

describe('early removal', () => {
  it('is for the party of the case and its department', async () => {
    walk = await desk.open(people.handler, opening());
    expect(
      (await walk.try(partyLogin('91230100MA1ABCDE8J'), 'repairs', repairOf('2024-11-04'))).body,
    ).toMatchObject({ code: 'listing.not-your-case' });
    expect((await walk.try(people.approver, 'repairs', repairOf('2024-11-04'))).body).toMatchObject({
      code: 'request.role-missing',
    });
    const listed = await walk.try(people.handler, 'repairs', repairOf('2024-11-04'));
    expect(listed.body).toMatchObject({
      code: 'listing.action-not-possible',
      facts: { possibleIn: 'in-force, suspended' },
    });
  });
});
