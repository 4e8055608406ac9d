import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { ownWork, type TestDatabase, testDatabase } from '#testing';
import { heardAlone } from '../../../../test/contracts/heard-alone.js';
import { HeardSubject, toldGrades } from '../../specs/heard-events.js';
import { type RunningGrading, startGrading } from '../../specs/running-grading.js';
import { gradeOf } from '../domain/grade-of.js';
import { GradeStore, type KeptGrade } from '../store/grade.store.js';
import { InputStore } from '../store/input.store.js';
import { ModelStore } from '../store/model.store.js';
import { HearListing } from './hear-listing.js';
import { HearRecord } from './hear-record.js';

let database: TestDatabase;
let running: RunningGrading;

beforeAll(async () => {
  database = await testDatabase('grading');
  running = await startGrading(
    database.url,
    { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_JWKS_URI: 'http://127.0.0.1:1/jwks' },
    '2024-11-14',
  );
});
afterAll(async () => {
  await running.close();
  await database.drop();
});

const heard = (
  ...who: ConstructorParameters<typeof HeardSubject> extends [unknown, ...infer Rest] ? Rest : never
): HeardSubject =>
  new HeardSubject(
    { db: running.db, records: running.app.get(HearRecord), listings: running.app.get(HearListing) },
    ...who,
  );
const standing = (of: HeardSubject): Promise<KeptGrade | undefined> =>
  running.app.get(GradeStore).current(running.db, { id: of.subject.id });
const told = (of: HeardSubject): Promise<Record<string, unknown>[]> => toldGrades(running.db, of.subject.id);
const inputs = (of: HeardSubject) =>
  running.db.transaction((tx) => running.app.get(InputStore).inputsOf(tx, of.subject.id));

describe('a record', () => {
  it('is graded in the transaction in which it is heard, and told with the event that caused it', async () => {
    const subject = heard();
    await subject.record('accepted', subject.penalty());
    expect(await standing(subject)).toMatchObject({
      result: { grade: 'C', score: 67 },
      previous: null,
      version: 1,
      computedOn: '2024-11-14',
    });
    expect(await told(subject)).toMatchObject([
      {
        grade: 'C',
        gradeClass: '轻微失信',
        previous: null,
        changed: true,
        model: 'hlj-market-entity',
        modelVersion: 1,
        veto: null,
        reasons: [{ code: 'penalty.serious', text: '严重行政处罚(1项)', points: -18 }],
        cause: { type: 'cn.chengxin.record.accepted.v1', caseId: null },
      },
    ]);
  });

  it('heard twice is graded once', async () => {
    const subject = heard();
    const record = subject.penalty();
    await subject.record('accepted', record, { sequence: 1 });
    await subject.record('accepted', record, { sequence: 1 });
    expect(await told(subject)).toHaveLength(1);
    expect((await inputs(subject)).records).toHaveLength(1);
  });

  it('corrected counts as it now stands; a late copy of what it was does not undo that', async () => {
    const subject = heard();
    const record = subject.penalty();
    await subject.record('corrected', { ...record, severity: 'minor' }, { sequence: 2 });
    await subject.record('accepted', record, { sequence: 1 });
    expect((await standing(subject))?.result).toMatchObject({ grade: 'B', score: 83 });
  });

  it('withdrawn counts no more, also when its acceptance comes after that', async () => {
    const [inOrder, reversed] = [heard(), heard()];
    const [one, other] = [inOrder.penalty(), reversed.penalty()];
    await inOrder.record('accepted', one);
    await inOrder.record('withdrawn', one, { withdrawnOn: '2024-11-14' });
    await reversed.record('withdrawn', other, { sequence: 2, withdrawnOn: '2024-11-14' });
    await reversed.record('accepted', other, { sequence: 1 });
    for (const subject of [inOrder, reversed])
      expect((await standing(subject))?.result).toMatchObject({ grade: 'B', score: 85 });
    await inOrder.record('corrected', one, { sequence: 9 });
    expect((await standing(inOrder))?.result.score).toBe(85);
  });

  it('repaired counts no more, whichever was heard first, and again when the repair was false (order 36 art. 3, 25)', async () => {
    const [inOrder, reversed] = [heard(), heard()];
    const [one, other] = [inOrder.penalty(), reversed.penalty()];
    await inOrder.record('accepted', one);
    expect((await standing(inOrder))?.result.score).toBe(67);
    await inOrder.repaired(one.id, '2024-11-14');
    await reversed.repaired(other.id, '2024-11-14', 2);
    await reversed.record('accepted', other, { sequence: 1 });
    for (const subject of [inOrder, reversed])
      expect((await standing(subject))?.result).toMatchObject({ grade: 'B', score: 85 });
    expect((await told(inOrder)).at(-1)).toMatchObject({
      changed: true,
      cause: { type: 'cn.chengxin.repair.granted.v1', caseId: null },
    });

    await inOrder.repaired(one.id, null, 9);
    expect((await standing(inOrder))?.result.score).toBe(67);
    // A copy of the grant that comes late does not undo that.
    await inOrder.repaired(one.id, '2024-11-14', 8);
    expect((await standing(inOrder))?.result.score).toBe(67);
  });

  it('of a commitment counts by whether it was kept, of a judgment only when it was not', async () => {
    const scoreAfter = async (type: string, performance: 'kept' | 'broken' | null): Promise<number> => {
      const subject = heard();
      await subject.record('accepted', subject.penalty({ type, severity: 'none', performance }));
      return (await standing(subject))!.result.score;
    };
    expect(await scoreAfter('commitment', null)).toBe(85);
    expect(await scoreAfter('commitment', 'kept')).toBe(87);
    expect(await scoreAfter('commitment', 'broken')).toBe(75);
    expect(await scoreAfter('judgment', 'kept')).toBe(85);
    expect(await scoreAfter('judgment', 'broken')).toBe(75);
  });

  it('of a natural person is not kept here', async () => {
    const person = heard({ kind: 'natural-person', code: null, name: '张*' });
    await person.record('accepted', person.penalty());
    expect(await standing(person)).toBeUndefined();
    expect((await inputs(person)).records).toEqual([]);
    expect(await told(person)).toEqual([]);
  });
});

describe('a listing', () => {
  it('brings the veto with its reason, and the end of it the grade before', async () => {
    const subject = heard();
    const caseId = uuidv7();
    await subject.record('accepted', subject.penalty());
    await subject.inForce(caseId);
    await subject.ended(caseId, '2024-11-14');
    const [before, vetoed, restored] = await told(subject);
    expect(vetoed).toMatchObject({
      grade: 'E',
      previous: 'C',
      changed: true,
      veto: { code: 'veto.serious-list', caseId, text: '列入严重失信主体名单' },
      cause: { type: 'cn.chengxin.listing.in-force.v1', caseId },
    });
    expect(restored).toMatchObject({
      grade: before!['grade'],
      previous: 'E',
      veto: null,
      cause: { type: 'cn.chengxin.listing.ended.v1', caseId },
    });
  });

  it('is answered exactly once for its beginning and once for its end, however often they come', async () => {
    const subject = heard();
    const caseId = uuidv7();
    await Promise.all([subject.inForce(caseId), subject.inForce(caseId)]);
    await subject.inForce(caseId);
    await Promise.all([subject.ended(caseId, '2024-11-14'), subject.ended(caseId, '2024-11-14')]);
    expect(
      (await told(subject)).map((event) => (event['cause'] as { type: string }).type.split('.')[3]),
    ).toEqual(['in-force', 'ended']);
  });

  it('ended before it was heard to begin never vetoes, and is answered all the same', async () => {
    const subject = heard();
    const caseId = uuidv7();
    await subject.ended(caseId, '2024-11-14');
    await subject.inForce(caseId);
    expect((await standing(subject))?.result).toMatchObject({ grade: 'B', veto: null });
    expect((await told(subject)).map((event) => (event['cause'] as { caseId: string }).caseId)).toEqual([
      caseId,
      caseId,
    ]);
  });

  it('lifted provisionally does not veto, and vetoes again when it is restored; each is answered once', async () => {
    await running.moveTo('2024-11-14');
    const subject = heard();
    const caseId = uuidv7();
    await subject.inForce(caseId);
    expect((await standing(subject))?.result).toMatchObject({ grade: 'E' });
    await running.moveTo('2024-11-20');
    await subject.suspended(caseId, '2024-11-20');
    expect((await standing(subject))?.result.veto).toBeNull();
    await running.moveTo('2024-11-25');
    await subject.restored(caseId, '2024-11-25');
    expect((await standing(subject))?.result).toMatchObject({ grade: 'E' });
    await running.moveTo('2024-11-26');
    await subject.ended(caseId, '2024-11-26');
    await running.moveTo('2024-11-28');
    await subject.restored(caseId, '2024-11-28');
    expect((await standing(subject))?.result).toMatchObject({ grade: 'E', veto: { caseId } });
    expect(
      (await told(subject)).map((event) => (event['cause'] as { type: string }).type.split('.')[3]),
    ).toEqual(['in-force', 'suspended', 'restored', 'ended', 'restored']);
  });

  it('lifted provisionally before it was heard to begin does not veto until it is restored', async () => {
    await running.moveTo('2024-11-20');
    const subject = heard();
    const caseId = uuidv7();
    await subject.suspended(caseId, '2024-11-20');
    await subject.inForce(caseId);
    expect((await standing(subject))?.result.veto).toBeNull();
    await running.moveTo('2024-11-25');
    await subject.restored(caseId, '2024-11-25');
    expect((await standing(subject))?.result).toMatchObject({ grade: 'E', veto: { caseId } });
    expect(
      (await told(subject)).map((event) => (event['cause'] as { type: string }).type.split('.')[3]),
    ).toEqual(['suspended', 'in-force', 'restored']);
  });

  it('corrected is confirmed with a receipt that names the correction', async () => {
    const subject = heard();
    const caseId = uuidv7();
    await subject.inForce(caseId);
    await subject.corrected(caseId);
    expect((await told(subject)).at(-1)).toMatchObject({ case: { id: caseId }, correction: 1 });
  });

  it('corrected in its name shows the grade under it when that is confirmed', async () => {
    const subject = heard();
    const caseId = uuidv7();
    await subject.inForce(caseId);
    await subject.corrected(caseId, '松江新名商贸有限公司（虚构）');
    expect(await standing(subject)).toMatchObject({ subject: { name: '松江新名商贸有限公司（虚构）' } });
    expect((await told(subject)).at(-1)).toMatchObject({ case: { id: caseId }, correction: 1 });
  });

  it('of a subject that no model grades is answered with not-graded', async () => {
    for (const kind of ['natural-person', 'government-body', 'social-organisation'] as const) {
      const subject = heard({ kind, ...(kind === 'natural-person' ? { code: null, name: '张*' } : {}) });
      const caseId = uuidv7();
      await subject.inForce(caseId);
      await subject.ended(caseId, '2024-11-14');
      expect(await told(subject)).toMatchObject([
        { grade: 'not-graded', changed: false, veto: null, model: 'none', cause: { caseId } },
        { grade: 'not-graded', changed: false, cause: { type: 'cn.chengxin.listing.ended.v1', caseId } },
      ]);
      expect(await standing(subject)).toBeUndefined();
    }
  });

  it('and a record heard at the same time both count', async () => {
    for (let round = 0; round < 10; round++) {
      const subject = heard();
      await Promise.all([subject.inForce(uuidv7()), subject.record('accepted', subject.penalty())]);
      expect((await standing(subject))?.result).toMatchObject({ grade: 'E', score: 67 });
      expect(await told(subject)).toHaveLength(2);
    }
  });
});

describe('a kept grade', () => {
  it('is the same when it is computed again from the inputs, model version and day', async () => {
    const subject = heard();
    for (const severity of ['minor', 'general', 'serious'] as const)
      await subject.record('accepted', subject.penalty({ severity }));
    await subject.inForce(uuidv7(), '2024-11-14', 'SAMRABN');
    const kept = (await standing(subject))!;
    const model = (await running.app.get(ModelStore).version(kept.modelId, kept.modelVersion))!;
    expect(gradeOf(model, await inputs(subject), kept.computedOn)).toEqual(kept.result);
  });

  it('stays in the history, which takes no change', async () => {
    await expect(running.db.query(`UPDATE grade_history SET grade = 'A'`)).rejects.toThrow(/append-only/);
    await expect(running.db.query('DELETE FROM grade_history WHERE true')).rejects.toThrow(
      /append-only|foreign key/,
    );
  });
});

describe('five hundred records', () => {
  it('of 120 subjects in one transaction are graded in seconds', async () => {
    const subjects = Array.from({ length: 120 }, () => heard());
    const records = running.app.get(HearRecord);
    const work = ownWork();
    await running.db.transaction(async (tx) => {
      for (let i = 0; i < 500; i++) {
        const of = subjects[i % subjects.length]!;
        const record = of.penalty({ severity: i % 3 === 0 ? 'minor' : 'general' });
        await records.run(tx, {
          eventId: uuidv7(),
          type: 'cn.chengxin.record.accepted.v1',
          sequence: of.nextSequence(),
          subject: of.subject,
          record,
          withdrawnOn: null,
        });
      }
    });
    const perEvent = work() / 500;
    expect((await told(subjects[0]!)).length).toBe(5);
    // Measured at 1.6 ms of a core; the limit only catches a change of order.
    expect(perEvent).toBeLessThan(20);
  });
});

describe('a day on which a record becomes too old', () => {
  it('changes the grade without any event', async () => {
    const subject = heard();
    await subject.record('accepted', subject.penalty({ decidedOn: '2022-01-10', severity: 'serious' }));
    await subject.record('accepted', subject.penalty({ decidedOn: '2024-02-29', severity: 'minor' }));
    await running.moveTo('2025-01-09');
    expect(await told(subject)).toHaveLength(2);
    await running.moveTo('2025-01-10');
    expect((await standing(subject))?.result).toMatchObject({
      grade: 'B',
      score: 83,
      nextChangeOn: '2025-02-28',
    });
    expect((await told(subject)).at(-1)).toMatchObject({
      changed: true,
      cause: { type: 'grading.decay', caseId: null },
      computedOn: '2025-01-10',
    });
    await running.moveTo('2025-02-28');
    expect((await standing(subject))?.result).toMatchObject({ score: 85, nextChangeOn: null });
    await running.moveTo('2026-01-01');
    expect(await told(subject)).toHaveLength(4);
  });
});

describe('what the service hears', () => {
  it('is settled with nothing but its own database, whatever the contracts allow', async () => {
    const heard = await heardAlone({ service: 'grading', app: running.app, own: [database.url] });
    expect(heard).toMatchObject({ unsettled: [], called: [], withoutEffect: [] });
  });
});
