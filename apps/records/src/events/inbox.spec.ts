import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Contract,
  type DataOf,
  disciplineApplied,
  disciplineLifted,
  disciplineLiftOrdered,
  disciplineNotApplied,
  disciplineOrdered,
  disciplineTermCorrected,
  gradeComputed,
  listingCorrected,
  listingEnded,
  listingInForce,
  listingPenaltyPublicationEnded,
  listingPenaltyPublicationResumed,
  listingPublicationEnded,
  listingPublished,
  listingRestored,
  listingSuspended,
  objectionMarked,
  objectionUnmarked,
  recordObjectionMarked,
  recordObjectionUnmarked,
  recordObjectionUpheld,
  repairFoundFalse,
  repairGranted,
  repairMasked,
  repairResumed,
} from '#contracts';
import { publishAll, type Publication } from '#messaging';
import { eventually } from '#testing';
import { heardAlone } from '../../../../test/contracts/heard-alone.js';
import {
  BUREAU,
  penalty,
  person,
  type RunningRecords,
  startRecords,
  system,
} from '../../specs/running-records.js';

/* Other services' events over the real broker: this service's own relay sends what the spec writes in its outbox. */

let records: RunningRecords;
let subjectId: string;
const CODE = '91230100MA1ABCDE8J';

beforeAll(async () => {
  records = await startRecords('2024-11-22T09:00:00+08:00', { consuming: true });
  const subject = { kind: 'enterprise', code: CODE, name: '松江示例商贸有限公司（虚构）', region: '230100' };
  subjectId = (await records.call('POST', '/api/subjects', { as: system(), json: subject })).body.id;
});
afterAll(() => records.stop());

/** The frozen sample of a contract, about the subject of this spec. */
function told<C extends Contract>(contract: C, change: Partial<DataOf<C>> = {}): Publication {
  const sample = contract.sample as { subject: object };
  return {
    contract,
    subject: subjectId,
    data: { ...sample, subject: { ...sample.subject, id: subjectId }, ...change },
  };
}

const tell = (...publications: Publication[]) =>
  records.database.db.transaction((tx) => publishAll(tx, publications));
const file = async () =>
  (await records.call('GET', `/api/subjects/${CODE}`, { as: person('handler', BUREAU) })).body;
/** The receipts that a closure waits for, as this service told them. */
const confirmedEnds = async (): Promise<unknown[]> => {
  const { rows } = await records.database.db.query<{ data: unknown }>(
    `SELECT envelope::json -> 'data' AS data FROM messaging.outbox
     WHERE envelope::json ->> 'type' = 'cn.chengxin.record.end-applied.v1' ORDER BY id`,
  );
  return rows.map(({ data }) => data);
};
const within = { within: 30_000 };

describe('the credit file follows what others tell', () => {
  test('listed, published, graded, disciplined', async () => {
    const { action } = disciplineOrdered.sample;
    const second = { ...action, id: '0192f0c4-6c00-7000-8000-0000000000f2', executor: 'hlj.finance' };
    const third = { ...action, id: '0192f0c4-6c00-7000-8000-0000000000f3', executor: 'hlj.commerce' };
    await tell(
      told(listingInForce, { termEndsOn: null }), // a term that runs from the publication, which tells its end
      told(listingPublished),
      told(gradeComputed),
      told(disciplineOrdered),
      told(disciplineOrdered, { action: second }),
      told(disciplineOrdered, { action: third }),
      told(disciplineApplied),
      told(disciplineNotApplied, { action: second }),
      told(disciplineTermCorrected, {
        action: { ...action, until: '2028-11-22' },
        until: '2028-11-22',
        instead: action.until,
      }),
    );
    await eventually(async () => {
      const { listings, grades, discipline } = await file();
      expect(listings).toEqual([
        {
          caseId: listingInForce.sample.case.id,
          no: 'SAMR-2024-000012',
          listType: 'SAMR',
          listName: '市场监督管理严重违法失信名单',
          conductKind: 'samr.food',
          department: 'hlj.market-regulation',
          serious: true,
          decisionNo: '（虚构）列入决定〔2024〕12号',
          inForceOn: '2024-11-22',
          termEndsOn: '2027-11-22',
          publishedOn: '2024-11-25',
          objectionSince: null,
        },
      ]);
      expect(grades).toMatchObject([
        {
          model: 'hlj-market-entity',
          grade: 'E',
          gradeClass: '严重失信',
          veto: { code: 'veto.serious-list' },
        },
      ]);
      expect(
        discipline.map(({ executor, status }: Record<string, string>) => [executor, status]).sort(),
      ).toEqual([
        ['hlj.commerce', 'ordered'],
        ['hlj.finance', 'not-applied'],
        ['hlj.market-regulation', 'applied'],
      ]);
      // The corrected day, and how the action stands is not touched.
      expect(
        discipline.map(({ executor, until }: Record<string, string>) => [executor, until]).sort(),
      ).toEqual([
        ['hlj.commerce', '2027-11-22'],
        ['hlj.finance', '2027-11-22'],
        ['hlj.market-regulation', '2028-11-22'],
      ]);
      expect(discipline[0].basis[0].instrument).toBe('市场监督管理严重违法失信名单管理办法');
    }, within);
  });

  test('an objection shows as long as it is open, a correction at once', async () => {
    await tell(told(objectionMarked), told(listingCorrected, { decisionNo: '（虚构）更正1号' }));
    await eventually(
      async () =>
        expect((await file()).listings).toMatchObject([
          { objectionSince: '2026-06-01', decisionNo: '（虚构）更正1号', termEndsOn: '2027-11-22' },
        ]),
      within,
    );
    await tell(told(objectionUnmarked));
    await eventually(
      async () => expect((await file()).listings).toMatchObject([{ objectionSince: null }]),
      within,
    );
  });

  test('a listing that is lifted provisionally is not shown, and shown again when it is restored', async () => {
    await tell(told(listingSuspended));
    await eventually(async () => expect((await file()).listings).toEqual([]), within);
    await tell(told(listingRestored));
    await eventually(
      async () =>
        expect((await file()).listings).toMatchObject([
          { inForceOn: '2024-11-22', termEndsOn: '2027-11-22', publishedOn: '2024-11-25' },
        ]),
      within,
    );
  });

  test('lifted provisionally before it takes effect, it is not shown until it is restored', async () => {
    const early = { ...listingInForce.sample.case, id: '0192f0c4-6c00-7000-8000-0000000000c9' };
    await tell(told(listingSuspended, { case: early }), told(listingInForce, { case: early }));
    const shown = async (): Promise<unknown> => {
      const { rows } = await records.database.db.query(
        'SELECT in_force_on, suspended_on FROM file_listing WHERE case_id = $1',
        [early.id],
      );
      return rows;
    };
    await eventually(
      async () => expect(await shown()).toEqual([{ in_force_on: '2024-11-22', suspended_on: '2026-05-20' }]),
      within,
    );
    expect((await file()).listings).toHaveLength(1);
    await tell(told(listingEnded, { case: early }));
  });

  test('an ended listing is gone at once; an action stays in sight until it is lifted; the latest grade counts', async () => {
    const { action } = disciplineOrdered.sample;
    await tell(
      told(listingEnded),
      told(listingPublicationEnded),
      told(gradeComputed, { grade: 'B', gradeClass: '守信', veto: null }),
      told(disciplineLiftOrdered),
      told(disciplineLifted, {
        action: { ...action, id: '0192f0c4-6c00-7000-8000-0000000000f2' },
        how: 'never-applied',
      }),
      told(disciplineLifted, {
        action: { ...action, id: '0192f0c4-6c00-7000-8000-0000000000f3' },
        how: 'never-applied',
      }),
    );
    await eventually(async () => {
      const { listings, grades, discipline } = await file();
      expect(listings).toEqual([]);
      expect(grades).toMatchObject([{ grade: 'B', veto: null }]);
      expect(discipline).toMatchObject([{ actionId: action.id, status: 'lift-ordered' }]);
    }, within);
    await tell(told(disciplineLifted));
    await eventually(async () => expect((await file()).discipline).toEqual([]), within);
    const { rows } = await records.database.db.query(
      'SELECT ended_how, ended_on, publication_ended_on FROM file_listing WHERE publication_ended_on IS NOT NULL',
    );
    expect(rows).toEqual([
      { ended_how: 'early-removal', ended_on: '2026-01-20', publication_ended_on: '2026-01-20' },
    ]);
    expect(await confirmedEnds()).toMatchObject([
      { case: { id: '0192f0c4-6c00-7000-8000-0000000000c9' }, endedOn: '2026-01-20' },
      { case: { id: listingEnded.sample.case.id }, endedOn: '2026-01-20', appliedOn: '2024-11-22' },
    ]);
  });

  test('a repaired record is published no longer; one that was repaired falsely is again, and says so', async () => {
    const json = { type: 'penalty', payload: penalty() };
    const pushed = (await records.call('POST', '/api/records', { as: system(), json })).body;
    const ofRecord = { ...repairGranted.sample.repair.record, id: pushed.id };
    const repair = { ...repairGranted.sample.repair, record: ofRecord };
    const shown = async () => (await file()).records.find(({ id }: { id: string }) => id === pushed.id);
    expect(await shown()).toMatchObject({ published: true, repairedOn: null, falseRepair: null });

    await tell(told(repairGranted, { repair, grantedOn: '2024-11-21' }));
    await eventually(
      async () => expect(await shown()).toMatchObject({ published: false, repairedOn: '2024-11-21' }),
      within,
    );
    await tell(told(repairFoundFalse, { repair, foundOn: '2024-11-22', shownUntil: '2027-11-22' }));
    await eventually(
      async () =>
        expect(await shown()).toMatchObject({
          published: true,
          repairedOn: null,
          falseRepair: { foundOn: '2024-11-22', shownUntil: '2027-11-22' },
        }),
      within,
    );
    const listed = listingPenaltyPublicationEnded.sample.case.id;
    const behind = { records: [{ id: pushed.id, documentNo: pushed.documentNo }] };
    await tell(told(listingPenaltyPublicationEnded, { ...behind, endedOn: '2024-11-22' }));
    await eventually(
      async () => expect(await shown()).toMatchObject({ published: false, repairedOn: '2024-11-22' }),
      within,
    );
    await tell(told(listingPenaltyPublicationResumed, { ...behind, resumedOn: '2024-11-23' }));
    await eventually(
      async () => expect(await shown()).toMatchObject({ published: true, repairedOn: null }),
      within,
    );
    const { rows } = await records.database.db.query(
      'SELECT change, facts FROM credit_record_repair WHERE record_id = $1 ORDER BY told',
      [pushed.id],
    );
    expect(rows).toEqual([
      { change: 'repaired', facts: { cause: repair.id, repairedOn: '2024-11-21' } },
      {
        change: 'repair-undone',
        facts: { cause: repair.id, foundFalseOn: '2024-11-22', shownUntil: '2027-11-22' },
      },
      { change: 'repaired', facts: { cause: listed, repairedOn: '2024-11-22' } },
      { change: 'repair-undone', facts: { cause: listed, resumedOn: '2024-11-23' } },
    ]);

    // Order 36 art. 20: masked while a plan is carried out, and what ended meanwhile stays ended when it failed.
    await tell(told(repairMasked, { repair, maskedOn: '2026-05-18' }));
    await eventually(
      async () =>
        expect(await shown()).toMatchObject({ published: false, repairedOn: null, maskedOn: '2026-05-18' }),
      within,
    );
    await tell(told(listingPenaltyPublicationEnded, { ...behind, endedOn: '2026-06-01' }));
    await tell(told(repairResumed, { repair, resumedOn: '2026-11-10' }));
    await eventually(
      async () => expect(await shown()).toMatchObject({ repairedOn: '2026-06-01', maskedOn: null }),
      within,
    );
    expect((await shown()).published).toBe(false);
    await tell(told(listingPenaltyPublicationResumed, { ...behind, resumedOn: '2026-11-11' }));
    await eventually(
      async () => expect(await shown()).toMatchObject({ published: true, maskedOn: null }),
      within,
    );
  });

  test('a record is marked until the last objection is settled, corrected as it was upheld, and told anew', async () => {
    const payload = penalty({ CF_WSH: '哈市监罚〔2024〕102号（虚构）' });
    const json = { type: 'penalty', payload };
    const pushed = (await records.call('POST', '/api/records', { as: system(), json })).body;
    const ofRecord = { id: pushed.id, documentNo: pushed.documentNo };
    const about = (id: string) => ({
      recordObjection: { ...recordObjectionMarked.sample.recordObjection, id, record: ofRecord },
    });
    const [first, second] = ['0192f0c4-6c00-7000-8000-0000000000b5', '0192f0c4-6c00-7000-8000-0000000000b6'];
    const shown = async () => (await file()).records.find(({ id }: { id: string }) => id === pushed.id);

    await tell(
      told(recordObjectionMarked, { ...about(first!), markedOn: '2024-11-20' }),
      told(recordObjectionMarked, { ...about(second!), markedOn: '2024-11-21' }),
      told(recordObjectionUnmarked, about(first!)),
    );
    await eventually(
      async () => expect(await shown()).toMatchObject({ objectionSince: '2024-11-21', version: 1 }),
      within,
    );
    const corrected = { documentNo: '哈市监罚〔2024〕112号（虚构）', publishedUntil: '2026-10-28' };
    await tell(
      told(recordObjectionUpheld, { ...about(second!), corrected }),
      told(recordObjectionUnmarked, about(second!)),
      // Heard again, as after a redrive: it says so already.
      told(recordObjectionUpheld, { ...about(second!), corrected }),
    );
    await eventually(
      async () => expect(await shown()).toMatchObject({ ...corrected, objectionSince: null, version: 2 }),
      within,
    );
    const { rows } = await records.database.db.query<{ envelope: string }>(
      `SELECT envelope FROM messaging.outbox WHERE envelope::json ->> 'type' = 'cn.chengxin.record.corrected.v1'`,
    );
    expect(rows.map(({ envelope }) => JSON.parse(envelope).data)).toMatchObject([
      { record: { id: pushed.id, ...corrected }, changed: ['documentNo', 'publishedUntil'] },
    ]);
  });

  test('rebuilt from the topics by an operator, it is what it was, and was audited', async () => {
    await tell(told(disciplineOrdered));
    await eventually(async () => expect((await file()).discipline).toHaveLength(1), within);
    const tables = async () => {
      const all: unknown[] = [];
      for (const table of ['file_listing', 'file_grade', 'file_discipline'])
        all.push((await records.database.db.query(`SELECT * FROM ${table} ORDER BY 1, 2`)).rows);
      return all;
    };
    const before = await tables();
    // A hand that should not have been there.
    await records.database.db.query(`UPDATE file_grade SET grade = 'A'`);
    await records.database.db.query('DELETE FROM file_discipline');
    const path = '/api/operations/records/messaging/replays';
    const json = { mode: 'rebuild', reason: '读模型被误改（虚构）' };
    expect((await records.call('POST', path, { as: person('handler', BUREAU), json })).status).toBe(403);
    const operator = person('operator', BUREAU);
    expect(await records.call('POST', path, { as: operator, json })).toMatchObject({
      status: 202,
      body: {
        mode: 'rebuild',
        models: ['credit-file-listings', 'credit-file-grades', 'credit-file-discipline'],
        generation: 2,
      },
    });
    await eventually(async () => expect(await tables()).toEqual(before), within);
    await eventually(async () => {
      const { body } = await records.call('GET', path, { as: operator });
      expect(body.items).toMatchObject([{ left: 0, reason: json.reason, topics: expect.any(Array) }]);
      expect(body.items[0].endedAt).not.toBeNull();
      expect(body.items[0].startedBy).toMatch(/^person:/);
    }, within);
    // Whoever rebuilds what it knows confirms nothing a second time.
    expect(await confirmedEnds()).toHaveLength(2);
  });
});

describe('what the service hears', () => {
  test('is settled with nothing but its own database, whatever the contracts allow', async () => {
    const payload = penalty({ CF_WSH: '哈市监罚〔2024〕103号（虚构）' });
    const json = { type: 'penalty', payload };
    const { id } = (await records.call('POST', '/api/records', { as: system(), json })).body;
    const ofRecords = [
      repairGranted.sample.repair.record.id,
      listingPenaltyPublicationEnded.sample.records[0]!.id,
    ].map((sampled) => [sampled, id] as const);
    const known = { ...Object.fromEntries(ofRecords), [repairGranted.sample.subject.id]: subjectId };
    const heard = await heardAlone({
      service: 'records',
      app: records.app,
      own: [records.database.url],
      known,
    });
    expect(heard).toMatchObject({ unsettled: [], called: [], withoutEffect: [] });
  });
});
