import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CloudEvent, contractOf, faultsOf, recordObjectionUpheld } from '#contracts';
import { creditCodeCheckCharacter, organisationCheckCharacter } from '#kernel';
import { LinesDigest, type SnapshotEnd, type SnapshotLine } from '#messaging';
import { Database } from '#platform';
import {
  BUREAU,
  penalty,
  person,
  PERSON_NUMBER,
  personPenalty,
  type RunningRecords,
  startRecords,
  system,
} from '../../specs/running-records.js';
import { CorrectRecord } from '../commands/correct-record.js';

/* A subscriber that is filled must hold what one holds that has heard everything from the first event. */

let records: RunningRecords;
const OLD_NAME = '松江示例商贸有限公司（虚构）';
const OTHER_CODE = ((code) => code + creditCodeCheckCharacter(code))(
  `91230100MC000001${organisationCheckCharacter('MC000001')}`,
);
const NEW_NAME = '松江示例商贸集团有限公司（虚构）';

beforeAll(async () => {
  records = await startRecords('2024-11-04T09:00:00+08:00');
});
afterAll(() => records.stop());

const ask = async (method: string, path: string, json: object, headers: Record<string, string> = {}) => {
  const answer = await records.call(method, path, { as: system(), json, headers });
  if (answer.status >= 300) throw new Error(answer.text);
  return answer.body;
};
const push = (payload: object) => ask('POST', '/api/records', { type: 'penalty', payload });

/** What a subscriber keeps: subjects as they are called, records as they read, and whether they count. */
class Kept {
  readonly subjects = new Map<string, unknown>();
  readonly links = new Map<string, unknown>();
  readonly records = new Map<string, { record: unknown; withdrawn: unknown }>();

  hear({ type, data }: { type: string; data: unknown }): this {
    const { subject, link, record, cause, reason, withdrawnOn } = data as Record<string, { id: string }>;
    const [, , context, fact] = type.split('.');
    if (link) this.links.set(link.id, link);
    else if (context === 'subject') this.subjects.set(subject!.id, subject);
    else
      this.records.set(record!.id, {
        record,
        withdrawn: fact === 'withdrawn' ? { cause, reason, withdrawnOn } : null,
      });
    return this;
  }
}

async function snapshotOf(topic: string): Promise<{ lines: SnapshotLine[]; end: SnapshotEnd; text: string }> {
  const { text, status } = await records.call(
    'GET',
    `/api/operations/records/messaging/snapshots/${topic}?reason=spec`,
    { as: person('operator') },
  );
  expect(status).toBe(200);
  const all = text.trimEnd().split('\n');
  const lines = all.slice(0, -1);
  const digest = new LinesDigest();
  for (const line of lines) digest.add(line);
  const end = JSON.parse(all.at(-1)!) as SnapshotEnd;
  expect(end).toEqual({ topic, subjects: lines.length, sha256: digest.hex() });
  return { lines: lines.map((line) => JSON.parse(line) as SnapshotLine), end, text };
}

const told = async (topic: string): Promise<CloudEvent[]> => {
  const { rows } = await records.database.db.query<{ envelope: string }>(
    'SELECT envelope FROM messaging.outbox WHERE topic = $1 ORDER BY shard, id',
    [topic],
  );
  return rows.map(({ envelope }) => JSON.parse(envelope) as CloudEvent);
};

describe('a snapshot of subjects and of records', () => {
  test('leads to what the events have led to: renamed, corrected, withdrawn, of a person', async () => {
    const { subject, ...first } = await push(penalty({ CF_WSH: '（虚构）快照一' }));
    const gone = await push(penalty({ CF_WSH: '（虚构）快照二' }));
    const mistaken = await push(penalty({ CF_WSH: '（虚构）快照三' }));
    const { subject: behind } = await push(personPenalty({ CF_WSH: '（虚构）快照四' }));
    const head = { kind: 'legal-representative', party: behind.id, since: '2015-06-18' };
    await ask('POST', `/api/subjects/${subject.id}/links`, head);
    await ask('POST', '/api/subjects', {
      kind: 'enterprise',
      code: OTHER_CODE,
      name: '无记录示例有限公司（虚构）',
      region: '230100',
    });
    records.clock.moveTo(new Date('2024-11-05T09:00:00+08:00'));
    const withdrawal = { cause: 'revoked', reason: '行政复议决定撤销（虚构）' };
    await ask('POST', `/api/records/${gone.id}/withdrawal`, withdrawal, { 'if-match': '"1"' });
    const { sample } = recordObjectionUpheld;
    const data = {
      ...sample,
      recordObjection: {
        ...sample.recordObjection,
        record: { id: mistaken.id, documentNo: '（虚构）快照三' },
      },
      corrected: { documentNo: '（虚构）快照三之二' },
    };
    await records.app
      .get(Database)
      .transaction((tx) => records.app.get(CorrectRecord).run(tx, data, person('approver', BUREAU)));
    const renaming = { name: NEW_NAME, reason: '变更登记（虚构）' };
    await ask('PATCH', `/api/subjects/${subject.id}`, renaming, { 'if-match': '"1"' });

    const heard = new Kept();
    const filled = new Kept();
    for (const topic of ['subjects', 'records']) {
      const events = await told(topic);
      for (const event of events) heard.hear(event);
      const { lines, text } = await snapshotOf(topic);
      for (const { subject: key, sequence, facts } of lines) {
        const of = events.filter((event) => event.subject === key);
        expect(sequence).toBe(Math.max(...of.map((event) => Number(event.sequence))));
        for (const { type, time, data: fact } of facts) {
          expect([type, faultsOf(contractOf(type)!, fact)]).toEqual([type, []]);
          expect(contractOf(type)!.topic).toBe(topic);
          // Never later than the event that led there: what comes behind the snapshot counts as newer.
          expect(of.some((event) => Date.parse(event.time) >= Date.parse(time))).toBe(true);
          filled.hear({ type, data: fact });
        }
      }
      expect(new Set(lines.map(({ subject: key }) => key))).toEqual(
        new Set(events.map((event) => event.subject)),
      );
      for (const secret of [PERSON_NUMBER, '钱甲']) expect(text).not.toContain(secret);
    }
    expect([...filled.subjects].sort()).toEqual([...heard.subjects].sort());
    expect([...filled.links]).toEqual([...heard.links]);
    expect([...filled.records].sort()).toEqual([...heard.records].sort());
    // Of each kind there is one, or the comparison would prove nothing.
    expect(heard.subjects.size).toBe(3);
    expect(heard.links.size).toBe(1);
    expect(heard.subjects.get(subject.id)).toMatchObject({ name: NEW_NAME });
    expect(heard.records.get(first.id)).toMatchObject({ withdrawn: null });
    expect(heard.records.get(gone.id)).toMatchObject({ withdrawn: { cause: 'revoked' } });
    expect(heard.records.get(mistaken.id)).toMatchObject({ record: { documentNo: '（虚构）快照三之二' } });
    expect((await told('records')).some(({ data: tells }) => JSON.stringify(tells).includes(OLD_NAME))).toBe(
      true,
    );
  });
});
