import { describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import {
  type EventOf,
  recordAccepted,
  recordCorrected,
  recordWithdrawn,
  type repairFoundFalse,
  repairGranted,
} from '#contracts';
import type { Delivery } from '#messaging';
import type { Actor, Tx } from '#platform';
import { issueToken } from '#testing';
import { foodCase, type ListedCase } from '../../../specs/stories.js';
import { shortType, toldEvents } from '../../../specs/told-events.js';
import { CommitmentsInbox } from '../../commitments/events/inbox.js';
import { OrderLifts } from '../../discipline/commands/order-lifts.js';
import { Reconcile } from '../../discipline/queries/reconcile.js';
import { IncentivesInbox } from '../../incentives/events/inbox.js';
import { PersonsOfEntities } from '../../persons/store/persons-of-entities.js';
import { actor, finance, useChecks } from '../../../specs/checking.js';

const story = useChecks();

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
    return story.running.db.transaction((tx) => tell(tx, String(sequence).padStart(10, '0')));
  };
  const recorded = (who: ListedCase, record = commitment): Promise<void> =>
    hear((tx, at) =>
      story.running.app
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
      const inbox = story.running.app.get(CommitmentsInbox);
      const event = { sequence: at, data: { ...repairGranted.sample, repair, subject: who.subject } };
      return stands
        ? inbox.repairGranted(event as EventOf<typeof repairGranted>, { tx } as Delivery)
        : inbox.repairFoundFalse(event as unknown as EventOf<typeof repairFoundFalse>, { tx } as Delivery);
    });
  /** Nobody story.listed it: only its commitment stands against it. */
  const enterprise = (): ListedCase => foodCase({}, { code: story.nextCode() });
  const closedBy = async (who: ListedCase): Promise<string[]> => {
    const found: string[][] = [];
    for (const name of [who.subject.code!, who.subject.id])
      found.push(
        (await story.ask(finance, [name], 'permit')).body.bound[0]?.commitment.closedBy.map(({ no }) => no) ??
          [],
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
    const inbox = story.running.app.get(IncentivesInbox);
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
    await story.running.db.transaction((tx) =>
      story.running.app.get(IncentivesInbox).recordWithdrawn(
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
    const { body } = await story.ask(finance, [story.listed.subject.code!], 'permit');
    return (body.bound[0]?.hits ?? []).filter(({ rule }) => rule === 'samr.food-ban');
  };
  const post = async (id: string, what: string, version: number, payload: object, by = officer) => {
    const response = await story.running.app.inject({
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
    story.running.db.transaction((tx) =>
      story.running.app.get(OrderLifts).run(tx, story.listed.ended(how, on)),
    );
  const agrees = async () => expect((await story.running.app.get(Reconcile).run()).disagreements).toEqual([]);

  it('is no laggard of the listing, and shows in checks to its own last day', async () => {
    const id = await answered();
    await story.running.moveTo('2025-11-14');
    await ended('early-removal', '2025-11-14');
    const events = await toldEvents(story.running.db, story.listed.subject.id);
    const own = events.filter(({ data }) => (data['action'] as { id: string } | undefined)?.id === id);
    expect(own.map(shortType)).toEqual(['ordered', 'not-applied', 'lifted']);
    expect(own.at(-1)!.data).toMatchObject({ how: 'never-applied' });
    await agrees();
    await story.running.moveTo('2026-01-20');
    expect(await bans()).toMatchObject([
      { until: '2026-01-20', ownGround, listing: { caseNo: story.listed.case.no }, yours: false },
    ]);
    await story.running.moveTo('2026-01-21');
    expect(await bans()).toEqual([]);
    await agrees();
  });

  it('goes on for whoever headed the organisation, too (慈善法 art. 16)', async () => {
    const charity = foodCase(
      { listType: 'SOCORG', conductKind: 'socorg.revocation', department: 'hlj.civil-affairs' },
      { kind: 'social-organisation', code: story.nextCode() },
      { termEndsOn: '2026-11-14' },
    );
    const head = uuidv7();
    await story.running.db.transaction((tx) =>
      story.running.app.get(PersonsOfEntities).add(tx, {
        subject: charity.subject,
        link: { id: uuidv7(), kind: 'legal-representative', party: head, since: '2020-01-06', until: null },
      }),
    );
    await story.inForce(charity);
    const civilAffairs = { ...officer, id: 'civil-affairs-officer', department: 'hlj.civil-affairs' };
    const bars = async () => {
      const { body } = await story.ask(
        actor('department-system', 'hlj.civil-affairs'),
        [head],
        'appointment',
      );
      return body.bound[0]?.hits ?? [];
    };
    const [bar] = await bars();
    expect(bar).toMatchObject({ rule: 'socorg.charity-office', until: '2026-11-14', mode: 'considered' });
    const revoked = { documentNo: '（虚构）黑民罚〔2024〕2号', decidedOn: '2024-10-21' };
    const answer = { result: 'not-applied', on: '2024-11-14', reason: 'own-ground', note: '（虚构）' };
    const given = await post(bar!.id, 'answer', 1, { ...answer, ownGround: revoked }, civilAffairs);
    expect(given).toMatchObject({ status: 200, body: { ownGround: { until: '2029-10-21' } } });
    await story.running.db.transaction((tx) =>
      story.running.app.get(OrderLifts).run(tx, charity.ended('expired', '2026-11-14')),
    );
    await story.running.moveTo('2026-11-16');
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
    const before = (await toldEvents(story.running.db, story.listed.subject.id)).length;
    const end = await post(id, 'own-ground/end', 3, { on: '2024-11-14', why: '（虚构）复议撤销' });
    expect(end).toMatchObject({ status: 200, body: { status: 'lifted', ownGround: null } });
    expect(end.body['mayDo']).toEqual([]);
    expect(await bans()).toEqual([]);
    expect(await toldEvents(story.running.db, story.listed.subject.id)).toHaveLength(before);
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
