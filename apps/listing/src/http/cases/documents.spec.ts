import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy } from 'unpdf';
import {
  disciplineCompleted,
  gradeComputed,
  noticeDelivered,
  recordEndApplied,
  type SubjectRef,
} from '#contracts';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, servedOn, toList } from '../../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../../specs/people.js';
import { gradeOf, noticeOf, refOf } from '../../../specs/receipts.js';
import { RunningListing } from '../../../specs/running-listing.js';

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
let walk: CaseDesk;
let subject: SubjectRef;

const unit = 'hlj.human-resources';
const people = peopleOf(unit);
const stranger = person('handler', 'hlj.finance');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  desk = new Desk(running, issueToken);
  const known = await desk.knownPenalty();
  subject = known.subject;
  walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [known.record.id],
    conductKind: 'wage.amount-of-crime',
    correctionOrdered: { paymentLimit: '2025-02-28' },
  });
  await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-12');
  await walk.does(people.reviewer, 'review', toList);
  await walk.does(people.approver, 'approval', { text: '同意' });
  await walk.does(people.handler, 'decision', decisionNo('（虚构）列入决定〔2025〕1号'));
  await walk.does(people.handler, 'service', servedOn('2025-03-12'));
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

const documents = async (actor = people.handler) =>
  (await desk.get(actor, `/api/listings/${walk.id}/documents`)).items;
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('the letters of a case', () => {
  it('come with the steps, each with its template and the digest of its words', async () => {
    expect(await documents()).toEqual([
      expect.objectContaining({
        kind: 'notice',
        fact: 'noticed',
        version: 2,
        template: { id: 'notice', version: 1 },
      }),
      expect.objectContaining({
        kind: 'decision',
        no: '（虚构）列入决定〔2025〕1号',
        issuedOn: '2025-03-12',
        contentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        pdfSha256: null,
      }),
      expect.objectContaining({ kind: 'repair-notice', fact: 'decided' }),
    ]);
    const { rows } = await running.db.query<{ same: boolean }>(
      `SELECT content_sha256 = encode(sha256(convert_to(content::text, 'UTF8')), 'hex') AS same FROM document`,
    );
    expect(rows.map(({ same }) => same)).toEqual([true, true, true]);
  });

  it('are printed once and are the same bytes ever after, whoever asks', async () => {
    const [, decision] = await documents();
    const href = decision!['href'] as string;
    const first = await desk.file(people.handler, href);
    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toBe('application/pdf');
    const digest = sha256(first.bytes);
    expect(first.headers['repr-digest']).toBe(`sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`);
    const party = await desk.file(partyLogin(subject.code!), href);
    expect(sha256(party.bytes)).toBe(digest);
    expect((await documents())[1]).toMatchObject({
      pdfSha256: digest,
      pdfSm3: createHash('sm3').update(first.bytes).digest('hex'),
    });
    const pdf = await getDocumentProxy(new Uint8Array(first.bytes));
    const { text } = await extractText(pdf, { mergePages: true });
    expect(text.replace(/\s/g, '')).toContain('松江示例商贸有限公司（虚构）');
    await expect(running.db.query(`UPDATE document SET pdf = 'x' WHERE pdf IS NOT NULL`)).rejects.toThrow(
      'does not change',
    );
    await expect(running.db.query('DELETE FROM document')).rejects.toThrow('does not change');
  });

  it('name one repair notice by one number: in the decision, on its page, in the service and in the event', async () => {
    const [, , notice] = await documents();
    const { no } = notice as unknown as { no: string };
    expect(no).toMatch(/^WAGE-2025-\d{6}-修复告知$/);
    expect(await walk.read()).toMatchObject({
      decision: { repairNoticeNo: no },
      service: { repairNoticeNo: no },
    });
    const { bytes } = await desk.file(people.handler, notice!['href'] as string);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    expect(text.replace(/\s/g, '')).toContain(no);
    const served = (await running.told(subject.id)).find(({ type }) => type.endsWith('listing.served.v1'))!;
    expect(served.data).toMatchObject({ repairNoticeNo: no });
  });

  it('go to other units only where these must act on them', async () => {
    expect((await documents(stranger)).map(({ kind }) => kind)).toEqual(['decision']);
    const [notice] = await documents();
    expect((await desk.file(stranger, notice!['href'] as string)).status).toBe(404);
    expect((await desk.file(partyLogin('91230100MA1ABCDE8J'), notice!['href'] as string)).status).toBe(403);
    expect((await desk.file(people.handler, `/api/listings/${walk.id}/documents/x`)).status).toBe(404);
  });
});

describe('the certificate of closure', () => {
  it('is issued with the last receipt and verified by its code', async () => {
    running.moveTo('2025-06-02');
    await walk.does(people.approver, 'revocation', { reason: '认定事实有误（虚构）' });
    const ref = refOf(await walk.read());
    await running.tell(disciplineCompleted, subject.id, { case: ref, subject, stage: 'ordered', actions: 0 });
    const applied = { endedOn: '2025-06-02', appliedOn: '2025-06-02' };
    await running.tell(recordEndApplied, subject.id, { case: ref, subject, ...applied });
    await running.tell(gradeComputed, subject.id, gradeOf(walk.id, subject));
    for (const recipient of [
      { kind: 'party' as const, id: subject.code! },
      { kind: 'unit' as const, id: unit },
    ]) {
      expect((await documents()).some(({ kind }) => kind === 'closure-certificate')).toBe(false);
      await running.tell(noticeDelivered, subject.id, noticeOf(walk.id, subject.id, recipient));
    }
    const certificate = (await documents(people.handler)).at(-1)!;
    expect(certificate).toMatchObject({ kind: 'closure-certificate', fact: 'closed' });
    const { bytes } = await desk.file(partyLogin(subject.code!), certificate['href'] as string);
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { text } = await extractText(pdf, { mergePages: true });
    const code = /(?<!\w)[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?!\w)/.exec(text)![0];

    // Where a stranger who holds the paper verifies it, as a QR code.
    const tree = await (await pdf.getPage(pdf.numPages)).getStructTree();
    expect(JSON.stringify(tree)).toContain(`查验二维码：https://credit.example/certificates/${code}"`);
    expect(text).toContain('黑龙江省人力资源和社会保障厅');
    const verified = await desk.get(undefined, `/public/certificates/${code}?sha256=${sha256(bytes)}`);
    expect(verified).toMatchObject({
      valid: true,
      copyMatches: true,
      subjectName: subject.name,
      endedOn: '2025-06-02',
      receipts: 4,
      pdfSha256: sha256(bytes),
    });
    const forged = `/public/certificates/${code.toLowerCase().replaceAll('-', '')}?sha256=${'0'.repeat(64)}`;
    expect(await desk.get(undefined, forged)).toMatchObject({ copyMatches: false });
    // The paper says so much and no more: not why, nor the code or anything else of the party.
    expect(Object.keys(verified).sort()).toEqual([
      ...['closedOn', 'code', 'contentSha256', 'copyMatches', 'decisionNo', 'department', 'departmentName'],
      ...['documentNo', 'endedOn', 'issuedOn', 'listName', 'pdfSha256', 'pdfSm3', 'receipts', 'subjectName'],
      'valid',
    ]);
    // Restored since, as after a false repair: the paper is known, and proves nothing any more.
    await running.db.query(`UPDATE listing_case SET status = 'in-force' WHERE id = $1`, [walk.id]);
    const restored = await desk.get(undefined, `/public/certificates/${code}?sha256=${sha256(bytes)}`);
    expect(restored).toMatchObject({
      valid: false,
      copyMatches: true,
      reasonZh: expect.stringContaining('不再有效'),
    });
    expect(restored).not.toHaveProperty('endedOn');
    for (const wrong of ['ABCD-EFGH-JKMN-PQRS', 'x', '%00'])
      expect((await desk.call(undefined, 'GET', `/public/certificates/${wrong}`)).status).toBe(404);
  });
});
