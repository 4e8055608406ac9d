import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { faultsOf, type RecordRef, type SubjectRef } from '#contracts';
import type { StandingFact } from '#messaging';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk } from '../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import { listingsSnapshot } from './snapshot.js';

/*
 * A subscriber that is filled must hold of bare records what one holds that has heard everything: repaired, repaired
 * falsely, objected to. Over HTTP on PostgreSQL, and both read by the same subscriber.
 */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;

const unit = 'hlj.city.230100.housing';
const people = peopleOf(unit);
const otherApprover = person('approver', unit, 'approver.other');
const met = ['minimum-publication-reached', 'corrected', 'public-commitment'].map((code) => ({
  code,
  met: true,
}));

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2026-08-03');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const penalty = (): Promise<{ subject: SubjectRef; record: RecordRef }> => {
  running.moveTo('2026-08-03');
  return desk.knownPenalty(
    {},
    {
      documentNo: '（虚构）哈建罚〔2026〕7号',
      decidedOn: '2026-04-07',
      severity: 'general',
      publishedUntil: '2027-04-07',
      provider: unit,
    },
  );
};

async function step(actor: Actor, path: string, action: string, body: object): Promise<void> {
  const { version } = await desk.get(people.handler, path);
  const key = randomUUID();
  const answer = await desk.call(actor, 'POST', `${path}/${action}`, {
    body,
    ifMatch: `"${String(version)}"`,
    key,
  });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

async function asked({ subject, record }: { subject: SubjectRef; record: RecordRef }): Promise<string> {
  const answer = await desk.call(partyLogin(subject.code!), 'POST', '/api/repairs', {
    body: {
      recordId: record.id,
      correctedOn: '2026-04-20',
      commitment: true,
      statement: '罚款已缴清（虚构）',
      materials: ['缴款凭证（虚构）'],
      handedIn: await desk.handedIn(
        partyLogin(subject.code!),
        `/api/repairs/attachments?recordId=${record.id}`,
        '2026-05-01',
      ),
    },
    key: randomUUID(),
  });
  return `/api/repairs/${String(answer.body['id'])}`;
}

async function answered(path: string, granted: boolean): Promise<void> {
  await step(people.handler, path, 'acceptance', { accepted: true, text: '材料齐全' });
  await step(people.handler, path, 'verification', { text: '经核实（虚构）', conditions: met });
  await step(people.approver, path, 'decision', { granted, reasons: '已核实（虚构）' });
}

/** What a subscriber keeps of a record, as the credit file does. */
interface Kept {
  repairedOn: string | null;
  falseUntil: string | null;
  maskedOn?: string | null;
  objections: string[];
}

interface Told {
  type: string;
  data: {
    repair?: { record: { id: string } };
    recordObjection?: { id: string; record: { id: string } };
    grantedOn?: string;
    shownUntil?: string;
    maskedOn?: string;
  };
}

function keep(told: readonly Told[], recordId: string): Kept {
  const kept: Kept = { repairedOn: null, falseUntil: null, objections: [] };
  for (const { type, data } of told) {
    if ((data.repair ?? data.recordObjection)?.record.id !== recordId) continue;
    const { recordObjection: objection } = data;
    if (type.endsWith('.repair.granted.v1')) kept.repairedOn = data.grantedOn!;
    if (type.endsWith('.repair.masked.v1')) kept.maskedOn = data.maskedOn!;
    if (type.endsWith('.repair.resumed.v1')) delete kept.maskedOn;
    if (type.endsWith('.repair.found-false.v1'))
      Object.assign(kept, { repairedOn: null, falseUntil: data.shownUntil });
    if (type.endsWith('.objection.record-marked.v1')) kept.objections.push(objection!.id);
    if (type.endsWith('.objection.record-unmarked.v1'))
      kept.objections = kept.objections.filter((id) => id !== objection!.id);
  }
  return kept;
}

const standing = async (subject: SubjectRef): Promise<StandingFact[]> =>
  (await listingsSnapshot.standing(running.db, [subject.id])).get(subject.id) ?? [];
const filled = async (subject: SubjectRef, record: RecordRef): Promise<Kept> =>
  keep(
    (await standing(subject)).map(({ contract, data }) => ({
      type: contract.type,
      data: data as Told['data'],
    })),
    record.id,
  );
const heard = async (subject: SubjectRef, record: RecordRef): Promise<Kept> =>
  keep((await running.told(subject.id, 'listings')) as Told[], record.id);

describe('a subscriber filled from the snapshot', () => {
  it('holds a bare record as repaired', async () => {
    const { subject, record } = await penalty();
    await answered(await asked({ subject, record }), true);
    expect(await filled(subject, record)).toEqual({
      repairedOn: '2026-08-03',
      falseUntil: null,
      objections: [],
    });
    expect(await filled(subject, record)).toEqual(await heard(subject, record));
    for (const { contract, data } of await standing(subject)) {
      expect(contract.topic).toBe('listings');
      expect(faultsOf(contract, data)).toEqual([]);
    }
  });

  it('holds it as unrepaired again, and shown as false, where that was found (order 36 art. 25)', async () => {
    const { subject, record } = await penalty();
    const path = await asked({ subject, record });
    await answered(path, true);
    running.moveTo('2026-09-01');
    const found = { cause: 'false-material', reasons: '缴款凭证系伪造（虚构）' };
    await step(otherApprover, path, 'false-application', found);
    expect(await filled(subject, record)).toEqual({
      repairedOn: null,
      falseUntil: '2029-09-01',
      objections: [],
    });
    expect(await filled(subject, record)).toEqual(await heard(subject, record));
  });

  it('holds it as masked while a plan is carried out, and as before when that failed (order 36 art. 20)', async () => {
    const { subject, record } = await penalty();
    const { body } = await desk.call(partyLogin(subject.code!), 'POST', '/api/repairs/masking', {
      body: {
        recordId: record.id,
        aim: 'plan',
        rulingNo: '（虚构）（2026）黑01破1号之一',
        statement: '申请临时屏蔽（虚构）',
        materials: [],
        handedIn: await desk.handedIn(
          partyLogin(subject.code!),
          `/api/repairs/attachments?recordId=${record.id}`,
          '2026-05-01',
        ),
      },
      key: randomUUID(),
    });
    const path = `/api/repairs/${String(body['id'])}`;
    await step(people.handler, path, 'acceptance', { accepted: true, text: '材料齐全' });
    const conditions = [{ code: 'bankruptcy-plan-approved', met: true }];
    await step(people.handler, path, 'verification', { text: '经核实（虚构）', conditions });
    await step(people.approver, path, 'decision', { granted: true, reasons: '临时屏蔽（虚构）' });
    expect(await filled(subject, record)).toMatchObject({ repairedOn: null, maskedOn: '2026-08-03' });
    expect(await filled(subject, record)).toEqual(await heard(subject, record));
    await step(people.approver, path, 'resumption', { documentNo: '（虚构）之二', reasons: '不能执行' });
    expect(await standing(subject)).toEqual([]);
    expect(await filled(subject, record)).toEqual(await heard(subject, record));
  });

  it('holds the mark of an open objection, and nothing of a request that was refused', async () => {
    const { subject, record } = await penalty();
    await answered(await asked({ subject, record }), false);
    expect(await standing(subject)).toEqual([]);
    const { body } = await desk.call(partyLogin(subject.code!), 'POST', '/api/objections', {
      body: {
        recordId: record.id,
        about: 'content',
        statement: '文号录入有误（虚构）',
        materials: [],
        asked: { documentNo: '（虚构）哈建罚〔2026〕17号' },
      },
      key: randomUUID(),
    });
    expect((await filled(subject, record)).objections).toEqual([body['id']]);
    expect(await filled(subject, record)).toEqual(await heard(subject, record));
  });
});
