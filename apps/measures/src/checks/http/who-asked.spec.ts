import { describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { recordAccepted } from '#contracts';
import type { Delivery } from '#messaging';
import type { Actor } from '#platform';
import { issueToken } from '#testing';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { IncentivesInbox } from '../../incentives/events/inbox.js';
import { actor, type Answer, finance, housing, question, useChecks } from '../../../specs/checking.js';

const story = useChecks();

describe('who asked', () => {
  it('shows the duty of art. 44 by department and field, also of those who never asked', async () => {
    await story.ask(
      actor('department-system', 'hlj.city.230600.housing'),
      [story.listed.subject.code!],
      'permit',
    );
    const { body } = await story.call(
      actor('auditor'),
      'GET',
      '/api/discipline/checks/coverage?from=2024-11-01',
    );
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
      await story.running.db.transaction((tx) =>
        story.running.app.get(IncentivesInbox)[event](told as never, { tx } as Delivery),
      );
    };
    const share = async (of = 'permit'): Promise<unknown> => {
      const { body } = await story.call(
        actor('auditor'),
        'GET',
        '/api/discipline/checks/coverage?from=2024-11-01',
      );
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
    const [byCode, byId, never, late] = [1, 2, 3, 4].map(() => foodCase({}, { code: story.nextCode() }));
    expect(await share()).toBeNull();
    await story.ask(asking, [byCode!.subject.code!], 'permit');
    await story.ask(asking, [byId!.subject.id], 'permit');
    await story.ask(asking, [never!.subject.code!], 'honours');
    await story.ask(housing, [never!.subject.code!], 'permit');
    await granted(byCode!, '2024-11-14', { id: uuidv7() });
    await granted(byId!, '2024-11-14', { id: uuidv7() });
    expect(await share()).toEqual({ source: 'events', recorded: 2, asked: 2, share: 1 });
    await granted(never!, '2024-11-14', { id: uuidv7() });
    // Asked on the day after the permit.
    const id = uuidv7();
    await granted(late!, '2024-11-13', { id });
    await story.ask(asking, [late!.subject.code!], 'permit');
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
      const response = await story.running.app.inject({
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
      const response = await story.running.app.inject({
        method: 'POST',
        url: `${url}/correction`,
        headers: { authorization: `Bearer ${await issueToken(who)}`, 'if-match': `"${version}"` },
        payload: said,
      });
      return { status: response.statusCode, body: response.json() };
    };
    const covered = async (days: string) => {
      const { body } = await story.call(actor('evaluator'), 'GET', `/api/discipline/checks/coverage?${days}`);
      const rows = body.items as unknown as { department: string; field: string }[];
      const { decided, undeclared } = rows.find(
        (row) => row.department === department && row.field === 'procurement',
      ) as unknown as { decided: unknown; undeclared: string[] };
      return { decided, undeclared };
    };
    const october = { field: 'procurement', month: '2024-10', decisions: 4 };

    it('has a share whose source is named, corrected with history; nothing declared is nothing known', async () => {
      await story.running.moveTo('2024-10-10');
      const [first, second, third] = [0, 1, 2].map(() => story.nextCode());
      await story.ask(asking, [first!, second!]);
      await story.ask(asking, [first!]); // about the same file once more
      await story.ask(asking, [third!], 'permit');
      await story.running.moveTo('2024-11-14');
      await story.ask(asking, [third!]); // in another month
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
      const said = (who: Actor, query = '') => story.call(who, 'GET', `${url}?${query}`);
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
    const asked = { ...question([story.listed.subject.code!]), item };
    const { body } = await story.call(asking, 'POST', '/api/discipline/checks', asked);
    await story.ask(finance, [story.listed.subject.code!]);
    const exported = async (who: Actor, purpose?: string) => {
      const response = await story.running.app.inject({
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
      (await story.call(actor('auditor'), 'GET', '/api/discipline/exports?what=checks')).body.items;
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
    expect(lines[1]).toMatch(new RegExp(`,${story.listed.subject.code},${hits},0,0,0$`));
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
    expect((await story.call(officer, 'GET', '/api/discipline/exports')).status).toBe(403);
  });

  it('a party sees who asked about itself and for what, never about others', async () => {
    await story.ask(finance, [story.listed.subject.code!]);
    const party = actor('party', undefined, story.listed.subject.code!);
    const { body } = await story.call(
      party,
      'GET',
      `/api/discipline/checks/about?subject=${story.listed.subject.code}`,
    );
    expect(body.items[0]).toMatchObject({ department: 'hlj.finance', purpose: '审查投标人资格' });
    // Asked for by the id of the subject it is the same party.
    await story.ask(housing, [story.listed.subject.id]);
    for (const name of [story.listed.subject.code, story.listed.subject.id]) {
      const about = await story.call(actor('auditor'), 'GET', `/api/discipline/checks/about?subject=${name}`);
      expect(about.body.items.map(({ department }) => department)).toEqual(['hlj.housing', 'hlj.finance']);
    }
    const other = story.codes.find((code) => code !== story.listed.subject.code)!;
    expect((await story.call(party, 'GET', `/api/discipline/checks/about?subject=${other}`)).status).toBe(
      403,
    );
  });
});
