import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import {
  type CaseRef,
  disciplineCompleted,
  gradeComputed,
  noticeDelivered,
  type RecordRef,
  recordEndApplied,
  type SubjectRef,
} from '#contracts';
import type { Actor } from '#platform';
import { eventually, issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk, nextDecision, noticeOn, passed, repairOf, servedOn, toList } from '../../specs/desk.js';
import { KillableListing } from '../../specs/killable-listing.js';
import type { Ask } from '../../specs/listing-process.js';
import { peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';

/*
 * kill -9 of the real process at every step of a case: the step before is committed, the next one is in the middle of its
 * transaction, where a lock on the history holds it. To the process that takes over the step before is sent once more with
 * its key, as by a client that did not hear the answer, and then the one that was cut off: one outcome, history whole,
 * nothing told twice.
 */

const unit = 'hlj.city.230100.market-regulation';
const people = peopleOf(unit);
const superior = person('approver', 'hlj.market-regulation');

let database: TestDatabase;
/** Reads, and knows what the records service would tell; takes no step. */
let reading: RunningListing;
let desk: Desk;
let issuer: Record<string, string>;
let holder: pg.Client;
let listing: KillableListing;
let standby: Promise<KillableListing>;
let day = '2024-11-04';
let kills = 0;

beforeAll(async () => {
  database = await testDatabase('listing');
  issuer = (await testIssuer()).settings;
  reading = await RunningListing.start(database.url, issuer, day);
  desk = new Desk(reading, issueToken);
  holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  listing = await another();
  standby = another();
}, 60_000);
afterAll(async () => {
  await listing.kill();
  await (await standby).kill();
  await holder.end();
  await reading.close();
  await (await testIssuer()).close();
  await database.drop();
});

const another = (): Promise<KillableListing> => KillableListing.start(database.url, issuer, day);

async function killed(): Promise<void> {
  await listing.kill();
  kills += 1;
  listing = await standby;
  standby = another();
  await listing.ask({ do: 'move', to: day });
}

async function moveTo(to: string): Promise<void> {
  day = to;
  await listing.ask({ do: 'move', to });
}

interface Row {
  position: number;
  fact: string;
}
async function history(): Promise<Row[]> {
  const { rows } = await reading.db.query<Row>('SELECT position, fact FROM case_history ORDER BY position');
  return rows;
}

/** The last step that was taken, and what came of it. */
let last: { take: () => Promise<unknown>; answer: unknown } | undefined;

/** Cut off by kill -9 in the middle, and taken again. */
async function survives<T>(take: () => Promise<T>, facts: string[]): Promise<T> {
  const before = await history();
  await holder.query('BEGIN; LOCK TABLE case_history IN SHARE MODE');
  const lost = expect(take()).rejects.toThrow();
  await eventually(
    async () => {
      const { rows } = await holder.query(
        `SELECT 1 FROM pg_locks WHERE relation = 'case_history'::regclass AND NOT granted`,
      );
      expect(rows).toHaveLength(1);
    },
    { within: 30_000 },
  );
  await killed();
  await lost;
  await holder.query('ROLLBACK');
  if (last) expect(await last.take()).toEqual(last.answer);
  expect(await history()).toEqual(before);

  const answer = await take();
  const after = await history();
  expect(after.map(({ position }) => position)).toEqual(after.map((_, index) => index + 1));
  expect(after.slice(before.length).map(({ fact }) => fact)).toEqual(facts);
  last = { take, answer };
  return answer;
}

let subject: SubjectRef;
let record: RecordRef;
let id: string;

/** A step over HTTP: the version that was read, one key for every time that it is sent. */
async function step(actor: Actor, action: string, body: object, facts: string[]): Promise<void> {
  const read = await desk.get(people.handler, `/api/listings/${id}`);
  const of = { key: randomUUID(), ifMatch: `"${String(read['version'])}"` };
  const token = await issueToken(actor);
  const path = `/api/listings/${id}/${action}`;
  const { status, body: answer } = (await survives(
    () => listing.post(token, path, body, of),
    facts,
  )) as Awaited<ReturnType<KillableListing['post']>>;
  expect([action, status < 300, answer['code']]).toEqual([action, true, undefined]);
}

const asked = (ask: Ask, facts: string[]): Promise<unknown> => survives(() => listing.ask(ask), facts);

it('a case survives kill -9 at every step, from its opening to the last receipt', async () => {
  ({ subject, record } = await desk.knownPenalty());
  const opening = {
    listType: 'SAMR',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'samr.food',
  };
  const of = { key: randomUUID() };
  const token = await issueToken(people.handler);
  const opened = await survives(() => listing.post(token, '/api/listings', opening, of), ['opened']);
  id = opened.body['id'] as string;

  await step(people.handler, 'notice', noticeOn('2024-11-04'), ['noticed']);
  await moveTo('2024-11-12');
  await asked({ do: 'sweep' }, ['fell-silent']);
  await step(people.reviewer, 'review', toList, ['reviewed']);
  await step(superior, 'consent', { granted: true, text: '同意（虚构）' }, ['consent-answered']);
  await step(people.approver, 'approval', { text: '同意（虚构）' }, ['approved']);
  await step(people.handler, 'decision', nextDecision(), ['decided']);
  const { repairNoticeNo } = (await desk.get(people.handler, `/api/listings/${id}`))['decision'] as {
    repairNoticeNo: string;
  };
  const service = { ...servedOn('2024-11-12'), repairNoticeNo };
  await step(people.handler, 'service', service, ['served', 'took-effect']);
  await step(people.secrecy, 'publication', passed, ['published', 'site-publication-started']);

  await moveTo('2025-11-12');
  await step(people.handler, 'repairs', repairOf('2024-12-02'), ['removal-requested']);
  const request = (await desk.get(people.handler, `/api/listings/${id}`))['removalRequest'] as {
    id: string;
    conditions: string[];
    bars: string[];
  };
  const repair = `repairs/${request.id}`;
  await step(people.handler, `${repair}/acceptance`, { accepted: true, text: '齐全' }, ['removal-accepted']);
  const verification = {
    text: '经核实（虚构）',
    conditions: request.conditions.map((code) => ({ code, met: true })),
    bars: request.bars.map((code) => ({ code, found: false })),
  };
  await step(people.handler, `${repair}/verification`, verification, ['removal-verified']);
  await step(people.approver, `${repair}/decision`, { granted: true, reasons: '已履行（虚构）' }, [
    'removal-granted',
    'publication-ended',
    'ended',
    'site-publication-ended',
  ]);

  await closing();
  expect((await desk.get(people.handler, `/api/listings/${id}`))['status']).toBe('closed');
  const told = (await reading.told(subject.id)).map(({ type }) => type);
  expect(told.filter((type, index) => told.indexOf(type) !== index)).toEqual([]);
  expect(kills).toBe(14);
}, 400_000);

/** All receipts but the last are heard as they come; the last one closes the case. */
async function closing(): Promise<void> {
  const read = (await desk.get(people.handler, `/api/listings/${id}`)) as unknown as CaseRef;
  const { no, listType, listName, rulesVersion, conductKind, department, serious } = read;
  const about = { id, no, listType, listName, rulesVersion, conductKind, department, serious };
  const both = { case: about, subject };
  const causeType = 'cn.chengxin.listing.ended.v1';
  await reading.tell(recordEndApplied, subject.id, { ...both, endedOn: day, appliedOn: day });
  await reading.tell(disciplineCompleted, subject.id, { ...both, stage: 'ordered', actions: 0 });
  const cause = { eventId: uuidv7(), type: causeType, caseId: id };
  await reading.tell(gradeComputed, subject.id, { ...gradeComputed.sample, subject, cause });
  const delivered = (kind: 'party' | 'unit', recipient: string) => ({
    notice: {
      ...noticeDelivered.sample.notice,
      id: uuidv7(),
      subjectId: subject.id,
      caseId: id,
      causeType,
      recipient: { kind, id: recipient },
    },
    proof: 'inbox entry',
  });
  await reading.tell(noticeDelivered, subject.id, delivered('unit', unit));
  const last = delivered('party', subject.code!);
  await asked({ do: 'tell', type: noticeDelivered.type, subject: subject.id, data: last }, ['closed']);
}
