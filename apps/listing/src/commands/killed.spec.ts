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
import { listTypeOn, loadSeeds } from '#seeds';
import { eventually, issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { Desk, nextDecision, noticeOn, passed, repairOf, servedOn, toList } from '../../specs/desk.js';
import { KillableListing } from '../../specs/killable-listing.js';
import type { Ask } from '../../specs/listing-process.js';
import { partyLogin, peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';

/*
 * kill -9 of the real process at every step of a clue, a case, an objection, the repair of a bare record and the drafts of
 * rules: the step before is committed, the next one is in the middle of its transaction, where a lock on the table holds
 * it. To the process that takes over the step before is sent once more with its key, as by a client that did not hear the
 * answer, and then the one that was cut off: one outcome, history whole, nothing told twice. The others go beside the
 * case, so that one kill cuts off a step of each.
 */

const unit = 'hlj.city.230100.market-regulation';
const people = peopleOf(unit);
const superior = person('approver', 'hlj.market-regulation');
const lead = peopleOf('hlj.business-environment');

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
let cutOff = 0;

beforeAll(async () => {
  database = await testDatabase('listing');
  issuer = (await testIssuer()).settings;
  reading = await RunningListing.start(database.url, issuer, day);
  desk = new Desk(reading, issueToken);
  holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  listing = await another();
  standby = another();
});
afterAll(async () => {
  await listing.kill();
  await (await standby).kill();
  await holder.end();
  await reading.close();
  await (await testIssuer()).close();
  await database.drop();
});

const another = (): Promise<KillableListing> => KillableListing.start(database.url, issuer, day);

/** @param released lets go of what held the step: its backend notices only then that nobody is there to commit */
async function killed(released: () => Promise<unknown>): Promise<void> {
  await listing.kill();
  kills += 1;
  await released();
  listing = await standby;
  standby = another();
  await listing.ask({ do: 'move', to: day });
}

async function moveTo(to: string): Promise<void> {
  day = to;
  await listing.ask({ do: 'move', to });
}

const HISTORIES = ['case_history', 'objection_history', 'record_repair_history'] as const;
/** What is kept as it stands, each step in the row itself: read as version and status. */
const KEPT = ['clue', 'list_type_draft', 'calendar_draft'] as const;
const TABLES = [...HISTORIES, ...KEPT];
type History = (typeof HISTORIES)[number] | (typeof KEPT)[number];
const isKept = (table: History): boolean => (KEPT as readonly string[]).includes(table);
interface Row {
  position: number;
  fact: string;
}
/** There is one case, one objection, one request for repair, one clue, and one draft of each kind. */
async function histories(): Promise<Record<History, Row[]>> {
  const read = async (history: History): Promise<[History, Row[]]> => {
    const columns = isKept(history) ? 'version AS position, status AS fact' : 'position, fact';
    const { rows } = await reading.db.query<Row>(`SELECT ${columns} FROM ${history} ORDER BY position`);
    return [history, rows];
  };
  return Object.fromEntries(await Promise.all(TABLES.map(read))) as Record<History, Row[]>;
}

/** A step, and what it writes where. */
interface Cut<T = unknown> {
  history: History;
  facts: string[];
  /** What it writes before that, so that it is held there. */
  heldAt?: History;
  take: () => Promise<T>;
}

/** The last steps that were taken, and what came of them. */
let last: { take: () => Promise<unknown>; answer: unknown }[] = [];

/** Cut off by kill -9 in the middle, all at once, and taken again. */
async function survive(cuts: readonly Cut[]): Promise<unknown[]> {
  const before = await histories();
  await holder.query(`BEGIN; LOCK TABLE ${TABLES.join(', ')} IN SHARE MODE`);
  const lost = cuts.map(({ take }) => expect(take()).rejects.toThrow());
  await eventually(
    async () => {
      const { rows } = await holder.query<{ history: string }>(
        `SELECT relation::regclass::text AS history FROM pg_locks
         WHERE relation = ANY ($1::regclass[]) AND NOT granted ORDER BY 1`,
        [TABLES],
      );
      expect(rows.map(({ history }) => history)).toEqual(
        cuts.map(({ history, heldAt }) => heldAt ?? history).sort(),
      );
    },
    { within: 30_000 },
  );
  await killed(() => holder.query('ROLLBACK'));
  await Promise.all(lost);
  for (const { take, answer } of last) expect(await take()).toEqual(answer);
  expect(await histories()).toEqual(before);

  const answers = await Promise.all(cuts.map(({ take }) => take()));
  const after = await histories();
  for (const history of TABLES) {
    const rows = after[history];
    const facts = cuts.find((cut) => cut.history === history)?.facts ?? [];
    if (isKept(history)) {
      const position = (before[history][0]?.position ?? 0) + 1;
      if (facts.length > 0) expect(rows).toEqual(facts.map((fact) => ({ position, fact })));
      continue;
    }
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.slice(before[history].length).map(({ fact }) => fact)).toEqual(facts);
  }
  last = cuts.map(({ take }, index) => ({ take, answer: answers[index] }));
  cutOff += cuts.length;
  return answers;
}

/** A penalty that 信用中国 publishes by itself. */
const bare = {
  decidedOn: '2024-09-02',
  severity: 'general',
  publishedUntil: '2027-09-02',
  provider: unit,
} as const;

const told = { source: 'inspection', content: '检查发现（虚构）', about: '松江示例商贸有限公司（虚构）' };
const verified = {
  verified: true,
  reason: '属实（虚构）',
  document: { no: '（虚构）检查〔2024〕1号', issuer: unit, title: '检查笔录', issuedOn: '2024-11-04' },
};
const calendar = {
  year: 2027,
  holidays: ['2027-01-01', '2027-10-01'],
  workingWeekends: [],
  basis: '关于2027年部分节假日安排的通知（虚构）',
};
/** The rule on wages as it might be changed. */
function drafted(): object {
  const wage = listTypeOn(loadSeeds('list-types'), 'WAGE', '2024-11-04')!;
  const version = { version: '2026-07-01', validFrom: '2026-07-01', confirmed: false, source: '（虚构）' };
  return { content: { ...wage, ...version }, replaces: wage.version };
}

let subject: SubjectRef;
let record: RecordRef;
let id: string;

type Posted = Awaited<ReturnType<KillableListing['post']>>;

/** A request over HTTP: one key for every time that it is sent, and the version that was read. */
async function posting(
  actor: Actor,
  path: string,
  body: object,
  about: Omit<Cut, 'take'> & { version?: unknown },
): Promise<Cut<Posted>> {
  const { version, ...written } = about;
  const of = {
    key: randomUUID(),
    ...(version === undefined ? {} : { ifMatch: `"${String(version)}"` }),
  };
  const token = await issueToken(actor);
  return { ...written, take: () => listing.post(token, path, body, of) };
}

/** @returns the bodies of the answers; none refused */
async function post(...cuts: Cut[]): Promise<Posted['body'][]> {
  const answers = (await survive(cuts)) as Posted[];
  for (const { status, body } of answers) expect([status < 300, body['code']]).toEqual([true, undefined]);
  return answers.map(({ body }) => body);
}

async function step(
  actor: Actor,
  action: string,
  body: object,
  facts: string[],
  beside?: Cut,
): Promise<Posted['body'] | undefined> {
  const { version } = await desk.get(people.handler, `/api/listings/${id}`);
  const path = `/api/listings/${id}/${action}`;
  const own = await posting(actor, path, body, { history: 'case_history', facts, version });
  return (await post(own, ...(beside ? [beside] : [])))[1];
}

/** A step of an objection, or of the repair of a record. */
async function stepOf(
  of: 'objections' | 'repairs',
  which: string,
  actor: Actor,
  action: string,
  body: object,
  fact: string,
): Promise<Cut> {
  const history = of === 'objections' ? 'objection_history' : 'record_repair_history';
  const { version } = await desk.get(people.handler, `/api/${of}/${which}`);
  return posting(actor, `/api/${of}/${which}/${action}`, body, { history, facts: [fact], version });
}

const asked = (ask: Ask, facts: string[]): Promise<unknown> =>
  survive([{ history: 'case_history', facts, take: () => listing.ask(ask) }]);

it('a case survives kill -9 at every step, from its clue to the last receipt, and so do rules, an objection and a repair', async () => {
  ({ subject, record } = await desk.knownPenalty());
  // Before it a clue and a year of the working calendar, each with two steps; beside it a version of a list type.
  const [clue, year] = await post(
    await posting(people.handler, '/api/clues', told, { history: 'clue', facts: ['received'] }),
    await posting(lead.handler, '/api/calendars/drafts', calendar, {
      ...{ history: 'calendar_draft', facts: ['draft'] },
    }),
  );
  await post(
    await posting(people.handler, `/api/clues/${String(clue!['id'])}/answer`, verified, {
      ...{ history: 'clue', facts: ['verified'], version: 1 },
    }),
    await posting(
      lead.approver,
      `/api/calendars/drafts/${String(year!['id'])}/publication`,
      {},
      {
        ...{ history: 'calendar_draft', facts: ['published'], version: 1 },
      },
    ),
  );
  const opening = {
    listType: 'SAMR',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'samr.food',
    clueId: clue!['id'],
  };
  const [opened, draft] = await post(
    await posting(people.handler, '/api/listings', opening, {
      ...{ history: 'case_history', facts: ['opened'], heldAt: 'clue' },
    }),
    await posting(lead.handler, '/api/list-types/drafts', drafted(), {
      ...{ history: 'list_type_draft', facts: ['draft'] },
    }),
  );
  id = String(opened!['id']);

  await step(
    people.handler,
    'notice',
    noticeOn('2024-11-04'),
    ['noticed'],
    await posting(
      lead.approver,
      `/api/list-types/drafts/${String(draft!['id'])}/publication`,
      {},
      {
        ...{ history: 'list_type_draft', facts: ['published'], version: 1 },
      },
    ),
  );
  await moveTo('2024-11-12');
  await asked({ do: 'sweep' }, ['fell-silent']);
  // Beside it an objection to a penalty that carries no listing: filed, another unit asked, its answer, decided.
  const objectedTo = await desk.knownPenalty({}, { ...bare, documentNo: '（虚构）哈市监罚〔2024〕7号' });
  const objecting = {
    recordId: objectedTo.record.id,
    about: 'content',
    statement: '文号录入有误（虚构）',
    materials: ['处罚决定书（虚构）'],
    asked: { documentNo: '（虚构）哈市监罚〔2024〕17号' },
  };
  const objector = partyLogin(objectedTo.subject.code!);
  const filed = await step(
    people.reviewer,
    'review',
    toList,
    ['reviewed'],
    await posting(objector, '/api/objections', objecting, { history: 'objection_history', facts: ['filed'] }),
  );
  const objection = String(filed!['id']);
  const question = { unit: 'hlj.finance', question: '是否为该文号？（虚构）' };
  const helped = await step(
    superior,
    'consent',
    { granted: true, text: '同意（虚构）' },
    ['consent-answered'],
    await stepOf('objections', objection, people.handler, 'help-request', question, 'help-requested'),
  );
  const [{ id: help }] = helped!['help'] as [{ id: string }];
  const finance = person('handler', 'hlj.finance');
  const answered = { text: '系十七号（虚构）' };
  await step(
    people.approver,
    'approval',
    { text: '同意（虚构）' },
    ['approved'],
    await stepOf('objections', objection, finance, `help-answer/${help}`, answered, 'help-answered'),
  );
  const upheld = { outcome: 'upheld', reasons: '文号有误（虚构）', corrected: objecting.asked };
  await step(
    people.handler,
    'decision',
    nextDecision(),
    ['decided'],
    await stepOf('objections', objection, people.approver, 'decision', upheld, 'decided'),
  );
  const { repairNoticeNo } = (await desk.get(people.handler, `/api/listings/${id}`))['decision'] as {
    repairNoticeNo: string;
  };
  const service = { ...servedOn('2024-11-12'), repairNoticeNo };
  await step(people.handler, 'service', service, ['served', 'took-effect']);
  await step(people.secrecy, 'publication', passed, ['published', 'site-publication-started']);

  await moveTo('2025-11-13');
  // And the repair of a penalty that carries no listing, from the request to the decision.
  const repaired = await desk.knownPenalty({}, { ...bare, documentNo: '（虚构）哈市监罚〔2024〕8号' });
  const own = partyLogin(repaired.subject.code!);
  const applying = { recordId: repaired.record.id, ...repairOf('2024-12-02') };
  const applied = await step(
    people.handler,
    'repairs',
    repairOf('2024-12-02'),
    ['removal-requested'],
    await posting(own, '/api/repairs', applying, { history: 'record_repair_history', facts: ['requested'] }),
  );
  const ofRecord = String(applied!['id']);
  const accepting = { accepted: true, text: '齐全' };
  const request = (await desk.get(people.handler, `/api/listings/${id}`))['removalRequest'] as {
    id: string;
    conditions: string[];
    bars: string[];
  };
  const repair = `repairs/${request.id}`;
  await step(
    people.handler,
    `${repair}/acceptance`,
    accepting,
    ['removal-accepted'],
    await stepOf('repairs', ofRecord, people.handler, 'acceptance', accepting, 'accepted'),
  );
  const verification = {
    text: '经核实（虚构）',
    conditions: request.conditions.map((code) => ({ code, met: true })),
    bars: request.bars.map((code) => ({ code, found: false })),
  };
  const conditions = (applied!['conditions'] as string[]).map((code) => ({ code, met: true }));
  const found = { text: '经核实（虚构）', conditions };
  await step(
    people.handler,
    `${repair}/verification`,
    verification,
    ['removal-verified'],
    await stepOf('repairs', ofRecord, people.handler, 'verification', found, 'verified'),
  );
  const granting = { granted: true, reasons: '已履行（虚构）' };
  await step(
    people.approver,
    `${repair}/decision`,
    granting,
    ['removal-granted', 'publication-ended', 'ended', 'site-publication-ended'],
    await stepOf('repairs', ofRecord, people.approver, 'decision', granting, 'granted'),
  );

  await closing();
  expect((await desk.get(people.handler, `/api/listings/${id}`))['status']).toBe('closed');
  expect((await desk.get(people.handler, `/api/objections/${objection}`))['status']).toBe('decided');
  expect((await desk.get(people.handler, `/api/repairs/${ofRecord}`))['status']).toBe('granted');
  for (const party of [subject, objectedTo.subject, repaired.subject]) {
    const told = (await reading.told(party.id)).map(({ type }) => type);
    expect(told).not.toEqual([]);
    expect(told.filter((type, index) => told.indexOf(type) !== index)).toEqual([]);
  }
  expect(await desk.get(people.handler, `/api/clues/${String(clue!['id'])}`)).toMatchObject({
    ...{ status: 'used', version: 3, caseId: id },
  });
  expect([kills, cutOff]).toEqual([16, 28]);
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
