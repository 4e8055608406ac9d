import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type ActionRef,
  type CaseRef,
  disciplineCompleted,
  disciplineLifted,
  disciplineOrdered,
  gradeComputed,
  noticeDelivered,
  recordEndApplied,
  type SubjectRef,
} from '#contracts';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { v7 as uuidv7 } from 'uuid';
import {
  type CaseDesk,
  decisionNo,
  Desk,
  noticeOn,
  passed,
  repairOf,
  servedOn,
  toList,
} from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { gradeOf, noticeOf, refOf } from '../../../specs/receipts.js';
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

const shortTypes = (events: { type: string }[]) =>
  events.map(({ type }) => type.split('.').slice(2, -1).join('.'));

/** What the other services tell of a listing in force, and later of its end. */
class Consequences {
  readonly actions: ActionRef[];

  constructor(
    readonly about: CaseRef,
    readonly subject: SubjectRef,
    executors: readonly string[],
  ) {
    this.actions = executors.map((executor) => ({
      ...disciplineOrdered.sample.action,
      id: uuidv7(),
      caseId: about.id,
      executor,
    }));
  }

  async ordered(): Promise<void> {
    const about = { case: this.about, subject: this.subject };
    for (const action of this.actions) {
      await running.tell(disciplineOrdered, this.subject.id, { action, ...about, answerDue: '2024-11-28' });
    }
    await running.tell(disciplineCompleted, this.subject.id, {
      ...about,
      stage: 'ordered',
      actions: this.actions.length,
    });
  }

  async lifted(action: ActionRef): Promise<void> {
    const data = {
      action,
      case: this.about,
      subject: this.subject,
      how: 'confirmed' as const,
      liftedOn: '2025-11-21',
      note: '已恢复',
    };
    await running.tell(disciplineLifted, this.subject.id, data);
  }

  async unshared(endedOn: string): Promise<void> {
    const data = { case: this.about, subject: this.subject, endedOn, appliedOn: endedOn };
    await running.tell(recordEndApplied, this.subject.id, data);
  }

  async graded(cause: string): Promise<void> {
    const type = `cn.chengxin.listing.${cause}.v1`;
    await running.tell(gradeComputed, this.subject.id, gradeOf(this.about.id, this.subject, type));
  }

  async told(kind: 'party' | 'unit', id: string, causeType?: string): Promise<void> {
    const notice = noticeOf(this.about.id, this.subject.id, { kind, id }, causeType);
    await running.tell(noticeDelivered, this.subject.id, notice);
  }
}

describe('market regulation in a city: defence, consent from above, early removal after one year', () => {
  const unit = 'hlj.city.230100.market-regulation';
  const people = peopleOf(unit);
  const superior = person('approver', 'hlj.market-regulation');
  let walk: CaseDesk;
  let subject: SubjectRef;
  let following: Consequences;
  const party = () => partyLogin(subject.code!);

  it('comes in force by the steps of the law, each by another person', async () => {
    const known = await desk.knownPenalty();
    subject = known.subject;
    walk = await desk.open(people.handler, {
      listType: 'SAMR',
      subjectId: subject.id,
      recordIds: [known.record.id],
      conductKind: 'samr.food',
    });
    expect(await walk.read()).toMatchObject({
      no: 'SAMR-2024-000001',
      status: 'proposed',
      version: 1,
      rulesVersion: '2021-09-01',
    });
    expect(await walk.does(people.handler, 'notice', noticeOn('2024-11-04'))).toMatchObject({
      status: 'noticed',
      defenceUntil: '2024-11-11',
    });

    expect((await walk.try(people.reviewer, 'review', toList)).body).toMatchObject({
      code: 'listing.defence-open',
      status: 409,
    });
    running.moveTo('2024-11-06');
    expect(await walk.does(party(), 'defence', { text: '我公司已整改（虚构）' })).toMatchObject({
      status: 'heard',
    });
    running.moveTo('2024-11-12');
    await running.sweep();
    expect(await walk.does(people.reviewer, 'review', toList)).toMatchObject({ status: 'reviewed' });
    expect((await walk.try(people.approver, 'approval', { text: '同意' })).body).toMatchObject({
      code: 'listing.consent-missing',
    });
    expect((await walk.try(people.approver, 'consent', { granted: true, text: '同意' })).body).toMatchObject({
      code: 'request.other-department',
    });
    // Another unit must answer: it is told so, with what it is asked about.
    const asked = async () => (await running.told(subject.id, 'cases')).at(-1)!;
    expect((await asked()).type).toBe('cn.chengxin.listing.consent-requested.v1');
    expect((await asked()).data).toMatchObject({
      unit: 'hlj.market-regulation',
      requestedOn: '2024-11-12',
      opinion: toList.text,
    });
    expect(await walk.does(superior, 'consent', { granted: true, text: '同意' })).toMatchObject({
      status: 'consented',
    });
    expect((await asked()).data).toMatchObject({
      unit: 'hlj.market-regulation',
      outcome: 'granted',
      answeredOn: '2024-11-12',
      opinion: '同意',
    });
    expect(await walk.does(people.approver, 'approval', { text: '同意' })).toMatchObject({
      status: 'approved',
    });
    running.moveTo('2024-11-13');
    expect(await walk.does(people.handler, 'decision', decisionNo('列决1号（虚构）'))).toMatchObject({
      status: 'decided',
      decidedOn: '2024-11-13',
    });
    running.moveTo('2024-11-14');
    expect(await walk.does(people.handler, 'service', servedOn('2024-11-14'))).toMatchObject({
      status: 'in-force',
      inForceOn: '2024-11-14',
      termEndsOn: '2027-11-14',
    });
  });

  it('is on the public register from its publication', async () => {
    const found = () => desk.get(undefined, `/public/listings?code=${subject.code}`);
    expect((await found()).items).toEqual([]);
    running.moveTo('2024-11-15');
    expect(await walk.does(people.secrecy, 'publication', passed)).toMatchObject({
      status: 'in-force',
      publication: { status: 'published' },
    });
    expect((await found()).items).toEqual([
      expect.objectContaining({
        entryId: walk.id,
        name: subject.name,
        code: subject.code,
        decisionNo: '列决1号（虚构）',
        termEndsOn: '2027-11-14',
      }),
    ]);
    expect((await desk.get(undefined, '/public/listings?name=松江示例')).items).toHaveLength(1);
  });

  it('told each fact once, complete and in order', async () => {
    expect(shortTypes(await running.told(subject.id))).toEqual([
      'listing.opened',
      'listing.noticed',
      'listing.defended',
      'listing.consent-requested',
      'listing.consent-answered',
      'listing.decided',
      'listing.served',
      'listing.in-force',
      'listing.published',
      'listing.site-publication-started',
    ]);
    expect(shortTypes(await running.told(subject.id, 'public'))).toEqual(['register.entry-added']);
  });

  it('refuses early removal before one year, and takes it after', async () => {
    following = new Consequences(refOf(await walk.read()), subject, [
      'hlj.finance',
      'hlj.tax',
      'hlj.finance',
    ]);
    await following.ordered();
    await following.graded('in-force');
    running.moveTo('2025-05-12');
    const early = await walk.try(party(), 'repairs', repairOf('2024-11-25'));
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'listing.removal-too-early', facts: { eligibleOn: '2025-11-15' } },
    });

    running.moveTo('2025-11-17');
    const repair = await walk.does(party(), 'repairs', repairOf('2024-11-25'));
    expect(repair).toMatchObject({
      status: 'requested',
      requestedOn: '2025-11-17',
      decisionDue: '2025-12-10',
      rulesVersion: '2021-09-01',
    });
    expect(
      await walk.does(people.handler, `repairs/${String(repair['id'])}/acceptance`, {
        accepted: true,
        text: '齐全',
      }),
    ).toMatchObject({ status: 'in-force' });
    await walk.verifies(people.handler, String(repair['id']));
    running.moveTo('2025-11-20');
    expect(
      await walk.does(people.approver, `repairs/${String(repair['id'])}/decision`, {
        granted: true,
        reasons: '已满一年',
      }),
    ).toMatchObject({
      status: 'ended',
      endedOn: '2025-11-20',
      end: { kind: 'early-removal', removalDue: '2025-11-25' },
    });
    expect((await desk.get(undefined, `/public/listings?code=${subject.code}`)).items).toEqual([]);
    expect((await desk.get(party(), `/api/listings/${walk.id}/repairs`)).items).toEqual([
      expect.objectContaining({
        status: 'granted',
        answeredOn: '2025-11-20',
        materials: ['缴款凭证（虚构）'],
      }),
    ]);
  });

  it('closes when everyone has confirmed, and shows each receipt', async () => {
    running.moveTo('2025-11-21');
    const receipts = () => desk.get(people.handler, `/api/listings/${walk.id}/receipts`);
    expect((await receipts())['missing']).toHaveLength(9);
    for (const action of following.actions) await following.lifted(action);
    await following.unshared('2025-11-20');
    await following.graded('ended');
    await following.told('party', subject.code!);
    await following.told('unit', unit);
    await following.told('unit', 'hlj.finance', 'cn.chengxin.discipline.lift-ordered.v1');
    expect(await receipts()).toMatchObject({
      status: 'ended',
      complete: false,
      missing: [{ kind: 'departments-told', ref: 'hlj.tax' }],
    });
    await following.told('unit', 'hlj.tax', 'cn.chengxin.discipline.lifted.v1');

    expect(await walk.read()).toMatchObject({ status: 'closed', closedOn: '2025-11-21' });
    const closed = await receipts();
    expect(closed).toMatchObject({ complete: true, missing: [] });
    expect(closed.items.map(({ kind, by }) => `${String(kind)} ${String(by)}`).sort()).toEqual([
      'departments-told hlj.city.230100.market-regulation',
      'departments-told hlj.finance',
      'departments-told hlj.tax',
      'discipline-lifted hlj.finance',
      'discipline-lifted hlj.finance',
      'discipline-lifted hlj.tax',
      'grade-computed grading',
      `party-told ${subject.code}`,
      'publication-ended hlj.city.230100.market-regulation',
      'sharing-stopped records',
    ]);
    expect(shortTypes(await running.told(subject.id)).slice(-6)).toEqual([
      'listing.removal-requested',
      'listing.removal-accepted',
      'listing.publication-ended',
      'listing.ended',
      'listing.site-publication-ended',
      'listing.closed',
    ]);
    expect(shortTypes(await running.told(subject.id, 'public'))).toEqual([
      'register.entry-added',
      'register.entry-removed',
    ]);
  });

  it('keeps its whole history: who, when, under which rules, told by which event', async () => {
    const history = (await desk.get(people.handler, `/api/listings/${walk.id}/history`)).items;
    expect(history.map(({ fact }) => fact)).toEqual([
      'opened',
      'noticed',
      'defended',
      'reviewed',
      'consent-answered',
      'approved',
      'decided',
      'served',
      'took-effect',
      'published',
      'site-publication-started',
      'removal-requested',
      'removal-accepted',
      'removal-verified',
      'removal-granted',
      'publication-ended',
      'ended',
      'site-publication-ended',
      'closed',
    ]);
    expect(history[3]).toMatchObject({
      actor: { id: people.reviewer.id, department: unit },
      rulesVersion: '2021-09-01',
      eventId: expect.any(String),
    });
    // Inside the deciding unit: nobody else must act on it, and no event tells it.
    expect(history[5]).toMatchObject({ fact: 'approved', eventId: null });
    expect(history[6]).toMatchObject({
      at: expect.stringContaining('2024-11-13T01:00'),
      eventId: expect.any(String),
    });
    const own = (await desk.get(party(), `/api/listings/${walk.id}/history`)).items;
    expect(own.map(({ fact }) => fact)).not.toContain('reviewed');
    // Of the authority the party sees the department; who in it acted is not for it.
    expect(own.find(({ fact }) => fact === 'decided')).toMatchObject({
      actor: { kind: 'person', department: unit },
      data: { decision: { by: { department: unit } } },
    });
    for (const { id } of [people.handler, people.reviewer, people.approver, people.secrecy]) {
      expect(JSON.stringify(own)).not.toContain(id);
      for (const path of ['', '/repairs']) {
        const seen = await desk.get(party(), `/api/listings/${walk.id}${path}`);
        expect(JSON.stringify(seen)).not.toContain(id);
      }
    }
    await expect(running.db.query('DELETE FROM case_history')).rejects.toThrow('append-only');
  });
});

describe('wage arrears of the province: silence, removal six months after correction', () => {
  const unit = 'hlj.human-resources';
  const people = peopleOf(unit);

  it('ends the defence in silence when its last day is over, by itself', async () => {
    running.moveTo('2025-03-03');
    const { subject, record } = await desk.knownPenalty();
    const walk = await desk.open(people.handler, {
      listType: 'WAGE',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'wage.amount-of-crime',
      correctionOrdered: { paymentLimit: '2025-02-28' },
    });
    expect(await walk.does(people.handler, 'notice', noticeOn('2025-03-03'))).toMatchObject({
      defenceUntil: '2025-03-10',
      decisionDue: '2025-03-28',
    });
    // 24:00 of the last day is 16:00 UTC.
    running.moveToInstant(new Date('2025-03-10T15:59:00.000Z'));
    await running.sweep();
    expect(await walk.read()).toMatchObject({ status: 'noticed' });
    running.moveToInstant(new Date('2025-03-10T16:00:00.000Z'));
    await Promise.all([running.sweep(), running.sweep()]);
    expect(await walk.read()).toMatchObject({ status: 'silent', version: 3 });

    await walk.does(people.reviewer, 'review', toList);
    await walk.does(people.approver, 'approval', { text: '同意' });
    running.moveTo('2025-03-12');
    await walk.does(people.handler, 'decision', decisionNo('列决2号（虚构）'));
    running.moveTo('2025-03-13');
    expect(await walk.does(people.handler, 'service', servedOn('2025-03-13'))).toMatchObject({
      status: 'in-force',
      termEndsOn: '2028-03-12',
    });

    running.moveTo('2025-06-03');
    const early = await walk.try(partyLogin(subject.code!), 'repairs', repairOf('2025-04-01'));
    expect(early.body).toMatchObject({
      code: 'listing.removal-too-early',
      facts: { eligibleOn: '2025-10-02' },
    });
    // At the end of its term it leaves by itself, three years later.
    running.moveTo('2028-03-13');
    await running.sweep();
    expect(await walk.read()).toMatchObject({
      status: 'ended',
      endedOn: '2028-03-13',
      end: { kind: 'expired' },
    });
  });
});
