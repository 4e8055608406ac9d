import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalendarYear } from '#kernel';
import { type ListTypeVersion, listTypeOn, loadSeeds } from '#seeds';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk } from '../../../specs/desk.js';
import { peopleOf, person } from '../../../specs/people.js';
import { RunningListing } from '../../../specs/running-listing.js';
import { formFaults } from '../../list-types/form.js';
import { loadRules, readListTypes } from '../../store/rules-store.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const lead = peopleOf('hlj.business-environment');
const wages = peopleOf('hlj.human-resources');
const lists = loadSeeds('list-types');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-05-06');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

/** The rule on wages as it might be changed from July on: seven working days for the defence. */
function changed(of: Partial<ListTypeVersion> = {}): ListTypeVersion {
  const wage = listTypeOn(lists, 'WAGE', '2026-05-06')!;
  return {
    ...structuredClone(wage),
    version: '2026-07-01',
    validFrom: '2026-07-01',
    defence: { count: 7, unit: 'working-day' },
    confirmed: false,
    source: 'a fictitious change for this test（虚构）',
    ...of,
  };
}

const DIFFERS = ['confirmed', 'defence.count', 'source', 'validFrom', 'version'];

const drafting = (content: object, replaces: string | undefined = '2022-01-01', by = wages.handler) =>
  desk.call(by, 'POST', '/api/list-types/drafts', {
    body: { content, ...(replaces ? { replaces } : {}) },
    key: randomUUID(),
  });
const publishing = (id: unknown, by = wages.approver) =>
  desk.call(by, 'POST', `/api/list-types/drafts/${String(id)}/publication`, {
    ifMatch: '"1"',
    key: randomUUID(),
  });

/** Both languages, each with a cure, and in the Chinese no word but names of fields, codes and addresses. */
function tellsWhy(body: Record<string, unknown>): void {
  for (const name of ['detail', 'cure'])
    expect(String(body[name]).replace('/{key}', '')).toMatch(/^[A-Z][^{}]+[^.]\.$/);
  for (const name of ['detailZh', 'cureZh']) {
    expect(body[name]).toMatch(/\p{Script=Han}/u);
    expect(String(body[name])).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
  }
}

describe('a version of a list type', () => {
  it('that is drafted shows what it changes, and is no law yet', async () => {
    const { status, body } = await drafting(changed());
    expect(status).toBe(201);
    const changes = body['differences'] as { path: string; from: unknown; to: unknown }[];
    expect(changes).toContainEqual({ path: 'defence.count', from: 5, to: 7 });
    // Nothing else, in whatever order the database keeps the names of nested tables.
    expect(changes.map(({ path }) => path).sort()).toEqual(DIFFERS);
    const read = await desk.get(wages.handler, `/api/list-types/drafts/${String(body['id'])}`);
    expect(read['differences']).toEqual(changes);
    expect(await desk.get(wages.handler, '/api/list-types/WAGE?asOf=2026-07-01')).toMatchObject({
      defence: { count: 5 },
    });
  });

  it('is published by another person, closes the one before, and binds from its first day', async () => {
    const { body } = await drafting(changed());
    const drafter = { ...wages.handler, roles: ['handler' as const, 'approver' as const] };
    const own = await publishing(body['id'], drafter);
    expect([own.status, own.body['code']]).toEqual([403, 'list-type.second-person']);
    tellsWhy(own.body);
    // Two who approve it at once: one does.
    const another = person('approver', 'hlj.human-resources', 'another-approver');
    const both = await Promise.all([wages.approver, another].map((by) => publishing(body['id'], by)));
    expect(both.map(({ body: said }) => said['code'] ?? said['status']).sort()).toEqual([
      'published',
      'request.if-match-stale',
    ]);
    expect((await publishing(body['id'])).body['code']).toBe('request.if-match-stale');
    // What was approved is changed, published or dropped by nobody; there is no other way to a draft.
    const path = `/api/list-types/drafts/${String(body['id'])}`;
    for (const [step, sent] of [
      ['publication', {}],
      ['drop', { reason: '改变主意（虚构）' }],
    ] as const) {
      const late = await desk.call(wages.approver, 'POST', `${path}/${step}`, {
        ...{ body: sent, ifMatch: '"2"', key: randomUUID() },
      });
      expect([late.status, late.body['code']]).toEqual([409, 'list-type.settled']);
      tellsWhy(late.body);
    }
    const edited = { body: { content: changed() }, ifMatch: '"2"', key: randomUUID() };
    expect((await desk.call(wages.handler, 'POST', path, edited)).status).toBe(404);
    expect(await desk.get(wages.handler, path)).toMatchObject({
      status: 'published',
      content: { defence: { count: 7 } },
    });
    const asOf = (day: string) => desk.get(wages.handler, `/api/list-types/WAGE?asOf=${day}`);
    expect(await asOf('2026-06-30')).toMatchObject({ version: '2022-01-01', validTo: '2026-06-30' });
    expect(await asOf('2026-07-01')).toMatchObject({ version: '2026-07-01', defence: { count: 7 } });

    running.moveTo('2026-07-01');
    const { subject, record } = await desk.knownPenalty();
    const opened = await desk.open(wages.handler, {
      listType: 'WAGE',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'wage.mass-incident',
    });
    expect(await opened.read()).toMatchObject({ rulesVersion: '2026-07-01' });
    running.moveTo('2026-05-06');
  });

  it('drafted twice and published by two at once comes in once', async () => {
    const tax = peopleOf('hlj.tax');
    const version = listTypeOn(lists, 'TAX', '2026-05-06')!;
    const from = (defence: number) => ({
      ...structuredClone(version),
      ...{ version: '2026-09-01', validFrom: '2026-09-01', confirmed: false as const },
      ...{ source: '（虚构）', defence: { count: defence, unit: 'working-day' as const } },
    });
    const drafts = await Promise.all([7, 9].map((n) => drafting(from(n), version.version, tax.handler)));
    const answers = await Promise.all(
      drafts.map(({ body }, nth) =>
        publishing(body['id'], person('approver', 'hlj.tax', `approver.${String(nth)}`)),
      ),
    );
    expect(answers.map(({ body }) => body['code'] ?? body['status']).sort()).toEqual([
      'list-type.replaces-unknown',
      'published',
    ]);
    const won = answers.findIndex(({ status }) => status === 200);
    expect(await desk.get(tax.handler, '/api/list-types/TAX?asOf=2026-09-01')).toMatchObject({
      defence: { count: [7, 9][won] },
    });
    const kept = await desk.get(tax.handler, `/api/list-types/drafts/${String(drafts[1 - won]!.body['id'])}`);
    expect(kept).toMatchObject({ status: 'draft', version: 1 });
    const lost = drafts[1 - won]!.body['id'];
    // Published or dropped, not both.
    const dropping = (by = tax.handler) =>
      desk.call(by, 'POST', `/api/list-types/drafts/${String(lost)}/drop`, {
        body: { reason: '已有版本（虚构）' },
        ...{ ifMatch: '"1"', key: randomUUID() },
      });
    const settled = await Promise.all([dropping(), dropping(tax.approver)]);
    expect(settled.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('stays when a release loads its seeds again', async () => {
    await running.db.transaction((tx) => loadRules(tx, lists, [] as CalendarYear[], new Date()));
    const wage = (await readListTypes(running.db)).filter((list) => list.key === 'WAGE');
    expect(wage.map(({ version, validTo }) => [version, validTo])).toEqual([
      ['2022-01-01', '2026-06-30'],
      ['2026-07-01', null],
    ]);
  });

  it.each([
    [
      'list-type.overlap',
      'without naming what it follows',
      changed({ validFrom: '2026-08-03', version: '2026-08-03' }),
      undefined,
    ],
    [
      'list-type.replaces-unknown',
      'following what is closed',
      changed({ validFrom: '2026-08-03', version: '2026-08-03' }),
      '2022-01-01',
    ],
    [
      'list-type.backwards',
      'from today on',
      changed({ validFrom: '2026-05-06', version: '2026-05-06' }),
      '2026-07-01',
    ],
    [
      'list-type.before-followed',
      'before what it follows has begun',
      changed({ validFrom: '2026-06-01', version: '2026-06-01' }),
      '2026-07-01',
    ],
    [
      'list-type.basis-missing',
      'on an instrument that nobody registered',
      changed({
        validFrom: '2026-08-03',
        version: '2026-08-03',
        basis: [{ instrument: '（虚构）办法', article: '1' }],
      }),
      '2026-07-01',
    ],
    [
      'list-type.form',
      'with days that are no number, and without a clock that is not there',
      { ...changed({ validFrom: '2026-08-03', version: '2026-08-03' }), defence: 'five', removal: undefined },
      '2026-07-01',
    ],
    [
      'list-type.basis-missing',
      'without legal basis',
      changed({ validFrom: '2026-08-03', version: '2026-08-03', basis: [] }),
      '2026-07-01',
    ],
    [
      'list-type.standard-too-low',
      'nationwide on a department rule alone',
      changed({
        validFrom: '2026-08-03',
        version: '2026-08-03',
        basis: [{ instrument: '拖欠农民工工资失信联合惩戒对象名单管理暂行办法', article: '5' }],
      }),
      '2026-07-01',
    ],
    [
      'list-type.contradictory',
      'with days for a step that it has not',
      changed({
        validFrom: '2026-08-03',
        version: '2026-08-03',
        steps: { ...changed().steps, defence: false },
      }),
      '2026-07-01',
    ],
  ])('is refused as %s: %s', async (code, _what, content, replaces) => {
    const { body } = await desk.call(wages.handler, 'POST', '/api/list-types/drafts', {
      body: { content, ...(replaces ? { replaces } : {}) },
      key: randomUUID(),
    });
    expect(body['code']).toBe(code);
    tellsWhy(body);
  });

  it('of another department is nobody else’s to change, but the credit lead department’s', async () => {
    const content = changed({ validFrom: '2026-08-03', version: '2026-08-03' });
    const tax = await drafting(content, '2026-07-01', peopleOf('hlj.tax').handler);
    expect(tax.status).toBe(403);
    // A draft does not make its drafter the one who decides on the list.
    const taken = { ...content, deciders: { ...content.deciders, units: ['hlj.tax'] } };
    expect((await drafting(taken, '2026-07-01', peopleOf('hlj.tax').handler)).body['code']).toBe(
      'request.other-department',
    );
    expect((await drafting(content, '2026-07-01', lead.handler)).status).toBe(201);
  });

  it('must have the form of one, whatever is sent', async () => {
    for (const content of [
      {},
      { key: 'WAGE' },
      { ...changed(), surprise: 1 },
      // A time for the decision that does not say from which event it runs.
      { ...changed(), decision: { period: { count: 20, unit: 'working-day' }, extension: null } },
      { ...changed(), basis: 'none' },
    ]) {
      const { status, body } = await drafting(content);
      expect([status, body['code']]).toEqual([422, 'list-type.form']);
    }
  });

  it('has the form that every seed has', () => {
    expect(
      lists.map((list) => [list.key, formFaults(list)]).filter(([, faults]) => faults!.length > 0),
    ).toEqual([]);
  });

  it('of every list says who decides, whom it may hold, by which steps and clocks, for how long, and what is shown', async () => {
    const { items } = await desk.get(lead.reviewer, '/api/list-types?asOf=2026-05-06');
    expect(items).toHaveLength(23);
    for (const { key } of items) {
      const rule = await desk.get(lead.reviewer, `/api/list-types/${String(key)}?asOf=2026-05-06`);
      const says = [
        'deciders',
        'subjectKinds',
        'steps',
        'defence',
        'decision',
        'publication',
        'term',
        'conductKinds',
      ];
      const more = [
        'earlyRemoval',
        'removal',
        'responsiblePersons',
        'boundWith',
        'published',
        'ends',
        'basis',
        'confirmed',
      ];
      expect(Object.keys(rule)).toEqual(expect.arrayContaining([...says, ...more]));
      const { conditions = [], bars = [] } = (rule['earlyRemoval'] ?? {}) as {
        conditions?: string[];
        bars?: string[];
      };
      expect(Object.keys(rule['conditionTexts'] as object)).toEqual(
        expect.arrayContaining([...conditions, ...bars]),
      );
    }
  });

  it('is compared with another by field', async () => {
    const { items } = await desk.get(
      lead.reviewer,
      '/api/list-types/SAMR/differences?from=2021-09-01&to=2025-12-25',
    );
    expect(items).toEqual(
      expect.arrayContaining([
        { path: 'earlyRemoval.decide.count', from: 15, to: 7 },
        { path: 'earlyRemoval.extension', from: null, to: { count: 10, unit: 'working-day' } },
      ]),
    );
  });
});
