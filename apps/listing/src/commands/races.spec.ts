import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type RecordRef, subjectRegistered, type SubjectRef } from '#contracts';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import {
  type Answer,
  CaseDesk,
  decisionNo,
  Desk,
  nextDecision,
  noticeOn,
  repairOf,
  toList,
} from '../../specs/desk.js';
import { partyLogin, peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import type { Command } from '../domain/case/commands.js';
import { Cases } from '../store/cases.js';
import { CaseChanges } from './case-changes.js';

/* Two people, or a person and a clock, at the same case in the same instant: one outcome, and its history whole. */

let database: TestDatabase;
let running: RunningListing;
let desk: Desk;
const people = peopleOf('hlj.human-resources');
const otherApprover = person('approver', 'hlj.human-resources', 'approver.other');

beforeAll(async () => {
  database = await testDatabase('listing');
  running = await RunningListing.start(database.url, (await testIssuer()).settings, '2025-03-03');
  desk = new Desk(running, issueToken);
});
afterAll(async () => {
  await running.close();
  await (await testIssuer()).close();
  await database.drop();
});

async function reviewed(): Promise<CaseDesk> {
  running.moveTo('2025-03-03');
  const { subject, record } = await desk.knownPenalty();
  const walk = await desk.open(people.handler, {
    listType: 'WAGE',
    subjectId: subject.id,
    recordIds: [record.id],
    conductKind: 'wage.mass-incident',
  });
  await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
  running.moveTo('2025-03-11');
  await walk.does(people.reviewer, 'review', toList);
  return walk;
}

/** Facts of a case in order; positions without gap, each version the next of the last. */
async function wholeHistory(caseId: string): Promise<string[]> {
  const { rows } = await running.db.query<{ position: number; version: number; fact: string }>(
    'SELECT position, version, fact FROM case_history WHERE case_id = $1 ORDER BY position',
    [caseId],
  );
  expect(rows.map((row) => row.position)).toEqual(rows.map((_, index) => index + 1));
  const versions = [...new Set(rows.map((row) => row.version))];
  expect(versions).toEqual(versions.map((_, index) => index + 1));
  return rows.map((row) => row.fact);
}

describe('at the same case in the same instant', () => {
  it('decide and withdraw 1 ms apart, 1,000 times: one outcome each, history whole, nothing told twice', async () => {
    const template = await reviewed();
    await template.does(people.approver, 'approval', { text: '同意' });
    const { state, version } = await running.app.get(Cases).read(running.db, template.id);
    const outcomes = { decided: 0, withdrawn: 0 };

    // 1,000 copies of an approved case, each raced by two connections; HTTP in front would only add the same delay to both.
    for (let round = 0; round < 1000; round += 20) {
      await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const id = await copyOf(template.id, round + index);
          const first = index % 2 === 0;
          const decide = take(id, version, people.handler, {
            type: 'decision',
            ...nextDecision(),
          });
          if (first) await wait(1);
          const withdraw = take(id, version, people.approver, {
            type: 'withdrawal',
            reason: '申辩成立',
            ground: 'defence-accepted',
          });
          const won = (await Promise.all([decide, withdraw])).filter(
            (one) => one !== 'request.if-match-stale',
          );
          expect(won).toHaveLength(1);
          const facts = await wholeHistory(id);
          const last = facts.at(-1) as 'decided' | 'withdrawn';
          expect(won).toEqual([last === 'decided' ? 'decision' : 'withdrawal']);
          expect(facts.filter((fact) => fact === 'decided' || fact === 'withdrawn')).toHaveLength(1);
          outcomes[last]++;
        }),
      );
    }
    expect(outcomes.decided + outcomes.withdrawn).toBe(1000);
    expect(Math.min(outcomes.decided, outcomes.withdrawn)).toBeGreaterThan(0);
    const told = await running.told(state.subject.id);
    const ends = told.filter(({ type }) => /listing\.(decided|withdrawn)\.v1$/.test(type));
    expect(ends).toHaveLength(1000);
  });

  it('two approvers: one approves, the other is told that it read an older version', async () => {
    const walk = await reviewed();
    const ifMatch = `"${String((await walk.read())['version'])}"`;
    const answers = await Promise.all(
      [people.approver, otherApprover].map((approver) =>
        walk.try(approver, 'approval', { text: '同意' }, { ifMatch }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await wholeHistory(walk.id)).filter((fact) => fact === 'approved')).toHaveLength(1);
  });

  it('two cases of a unit decided under one number at once, 30 times: one has it, the other is refused', async () => {
    const [one, other] = [await reviewed(), await reviewed()];
    for (const walk of [one, other]) await walk.does(people.approver, 'approval', { text: '同意' });
    const { version } = await running.app.get(Cases).read(running.db, one.id);
    const outcomes = { first: 0, second: 0 };
    for (let round = 0; round < 30; round++) {
      const ids = [await copyOf(one.id, round), await copyOf(other.id, round)];
      // However it is typed it is the same number.
      const numbers = [`（虚构）人社列决〔2025〕${round}号`, `（虚构）人社列决[2025] ${round}号`];
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      const answers = await Promise.all(
        order.map(async (index) => {
          const command = { type: 'decision', ...decisionNo(numbers[index]!) } as const;
          const answer = await take(ids[index]!, version, people.handler, command);
          return { answer, index };
        }),
      );
      expect(answers.map(({ answer }) => answer).sort()).toEqual(['decision', 'listing.decision-no-taken']);
      const won = answers.find(({ answer }) => answer === 'decision')!.index;
      outcomes[won === 0 ? 'first' : 'second']++;
      const [decided, refused] = [ids[won]!, ids[1 - won]!];
      expect((await wholeHistory(decided)).at(-1)).toBe('decided');
      expect((await wholeHistory(refused)).at(-1)).toBe('approved');
      // With the next number of the series it goes on.
      const next = { type: 'decision', ...decisionNo(`（虚构）人社列决〔2025〕${1000 + round}号`) } as const;
      expect(await take(refused, version, people.handler, next)).toBe('decision');
    }
    expect(Math.min(outcomes.first, outcomes.second)).toBeGreaterThan(0);
  });

  it('a step for the whole file and a step for one person of it, 40 times: whoever is second has to read again', async () => {
    const outcomes = { file: 0, person: 0 };
    for (let round = 0; round < 40; round++) {
      const { employer, person: bound } = await silentFile();
      const [ofFile, ofPerson] = [await employer.read(), await bound.read()];
      const steps = [
        () =>
          take(employer.id, ofFile['version'] as number, people.approver, {
            type: 'reminder',
            reminderNo: '（虚构）提醒1号',
            text: '及时支付',
            minor: true,
            oneOff: true,
            correctedOn: '2025-03-04',
            harmless: true,
          }),
        () =>
          take(
            bound.id,
            ofPerson['version'] as number,
            people.reviewer,
            { type: 'review', opinion: 'list', text: '直接责任人员' },
            true,
          ),
      ];
      if (round % 2 === 1) steps.reverse();
      const won = (await Promise.all(steps.map((step) => step()))).filter(
        (one) => one !== 'request.if-match-stale',
      );
      expect(won).toHaveLength(1);
      const last = (await wholeHistory(bound.id)).at(-1);
      expect(last).toBe(won[0] === 'reminder' ? 'reminded' : 'reviewed');
      expect((await employer.read())['status']).toBe(won[0] === 'reminder' ? 'reminded' : 'silent');
      outcomes[won[0] === 'reminder' ? 'file' : 'person']++;
    }
    expect(Math.min(outcomes.file, outcomes.person)).toBeGreaterThan(0);
  });

  it('a defence of one person, stated after the file was read, is not reviewed over unread', async () => {
    const { employer, person: bound } = await silentFile({ until: '2025-03-10' });
    const read = await employer.read();
    await bound.does(people.handler, 'defence', { text: '不是直接责任人员（虚构）' });
    running.moveTo('2025-03-11');
    await running.sweep();
    const ifMatch = `"${String(read['version'])}"`;
    const stale = await employer.try(people.reviewer, 'review', toList, { ifMatch });
    expect([stale.status, stale.body['code']]).toEqual([412, 'request.if-match-stale']);
    expect((await bound.read())['status']).toBe('heard');
    const again = await employer.does(people.reviewer, 'review', toList);
    expect((await bound.read())['status']).toBe('reviewed');
    // The answer names what the next step has to name.
    const next = { ifMatch: `"${String(again['version'])}"` };
    expect((await employer.try(people.approver, 'approval', { text: '同意' }, next)).status).toBe(200);
  });

  it('the same request twice answers the same and happens once', async () => {
    const walk = await reviewed();
    const options = { ifMatch: `"${String((await walk.read())['version'])}"`, key: randomUUID() };
    const answers = await Promise.all(
      [1, 2].map(() => walk.try(people.approver, 'approval', { text: '同意' }, options)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    expect((await wholeHistory(walk.id)).filter((fact) => fact === 'approved')).toHaveLength(1);
  });

  it('two sweeps at once bring a clock about once', async () => {
    running.moveTo('2025-03-03');
    const { subject, record } = await desk.knownPenalty();
    const walk = await desk.open(people.handler, {
      listType: 'WAGE',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'wage.mass-incident',
    });
    await walk.does(people.handler, 'notice', noticeOn('2025-03-03'));
    running.moveTo('2025-03-11');
    await Promise.all([running.sweep(), running.sweep(), running.sweep()]);
    expect((await wholeHistory(walk.id)).filter((fact) => fact === 'fell-silent')).toHaveLength(1);
  });

  /** Employer and representative, noticed together; their defence is over unless `until` says when to stop before. */
  async function silentFile({ until = '2025-03-11' } = {}): Promise<{
    employer: CaseDesk;
    person: CaseDesk;
  }> {
    running.moveTo('2025-03-03');
    const { subject, record } = await desk.knownPenalty();
    const known = { ...subject, id: uuidv7(), code: null, kind: 'natural-person', name: '张*' } as const;
    await running.tell(subjectRegistered, known.id, { subject: known });
    const employer = await desk.open(people.handler, {
      listType: 'WAGE',
      subjectId: subject.id,
      recordIds: [record.id],
      conductKind: 'wage.mass-incident',
      persons: [{ subjectId: known.id, capacity: 'legal-representative', bornOn: '1980-05-05' }],
    });
    await employer.does(people.handler, 'notice', noticeOn('2025-03-03'));
    running.moveTo(until);
    await running.sweep();
    const { companions } = (await employer.read())['file'] as { companions: string[] };
    return { employer, person: new CaseDesk(desk, people.handler, companions[0]!) };
  }

  /** @returns the action, or the code of its refusal */
  async function take(
    id: string,
    expectedVersion: number,
    actor: Actor,
    command: Command,
    alone = false,
  ): Promise<string> {
    try {
      await running.db.command((tx) =>
        running.app.get(CaseChanges).change(tx, { id, expectedVersion, actor, command, alone }),
      );
      return command.type;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'request.if-match-stale' && code !== 'listing.decision-no-taken') throw error;
      return code;
    }
  }

  async function copyOf(template: string, index: number): Promise<string> {
    const id = randomUUID();
    await running.db.query(
      `INSERT INTO listing_case (id, file_id, no, version, status, list_type, rules_version, subject_id, department, region, conduct_kind, opened_on, state)
       SELECT $2::uuid, $2::uuid, no || '/' || $3, version, status, list_type, rules_version, subject_id, department, region, conduct_kind, opened_on,
         jsonb_set(state, '{id}', to_jsonb($2::uuid::text))
       FROM listing_case WHERE id = $1`,
      [template, id, String(index)],
    );
    await running.db.query(
      `INSERT INTO case_history (case_id, position, version, fact, data, rules_version, actor, happened_at)
       SELECT $2::uuid, position, version, fact, data, rules_version, actor, happened_at FROM case_history WHERE case_id = $1`,
      [template, id],
    );
    return id;
  }
});

/** What is asked about a penalty that carries no listing, each time anew when the last was answered. */
const beside = {
  objection: {
    path: '/api/objections',
    history: 'objection_history',
    key: 'objection_id',
    told: /\.objection\.record-unmarked\.v1$/,
    ask: {
      about: 'content',
      statement: '文号录入有误（虚构）',
      materials: ['处罚决定书（虚构）'],
      asked: { documentNo: '（虚构）人社罚〔2024〕17号' },
    },
    made: [],
    decision: { outcome: 'rejected', reasons: '文号无误（虚构）' },
    // One more step, after which what was read is stale.
    more: { action: 'help-request', body: { unit: 'hlj.finance', question: '是否为该文号？（虚构）' } },
    decided: 'decided',
  },
  'repair of a record': {
    path: '/api/repairs',
    history: 'record_repair_history',
    key: 'repair_id',
    told: /\.repair\.(refused|withdrawn)\.v1$/,
    ask: repairOf('2025-02-03'),
    made: [{ action: 'acceptance', body: { accepted: true, text: '齐全' } }],
    decision: { granted: false, reasons: '未整改（虚构）' },
    more: {
      action: 'verification',
      body: {
        text: '经核实（虚构）',
        conditions: ['corrected', 'minimum-publication-reached', 'public-commitment'].map((code) => ({
          code,
          met: true,
        })),
      },
    },
    decided: 'refused',
  },
} as const;

describe.each(Object.keys(beside) as (keyof typeof beside)[])(
  'at the same %s in the same instant',
  (name) => {
    const { path, history, key, told, ask, made, decision, more, decided } = beside[name];
    type Asked = { id: string; version: number; party: Actor };

    beforeAll(() => running.moveTo('2025-03-03'));

    const known = (): Promise<{ subject: SubjectRef; record: RecordRef }> =>
      desk.knownPenalty(
        {},
        {
          documentNo: '（虚构）人社罚〔2024〕7号',
          decidedOn: '2024-09-02',
          severity: 'general',
          publishedUntil: '2027-09-02',
          provider: 'hlj.human-resources',
        },
      );

    /** Asked by the party, and as far as a decision can follow. */
    async function asked(about: { subject: SubjectRef; record: RecordRef }): Promise<Asked> {
      const party = partyLogin(about.subject.code!);
      const body = { recordId: about.record.id, ...ask };
      let answer = await desk.call(party, 'POST', path, { body, key: randomUUID() });
      expect([answer.status, answer.body['code']]).toEqual([201, undefined]);
      const id = String(answer.body['id']);
      for (const { action, body } of made) {
        answer = await step(people.handler, { id, version: Number(answer.body['version']) }, action, body);
        expect([answer.status, answer.body['code']]).toEqual([200, undefined]);
      }
      return { id, version: Number(answer.body['version']), party };
    }

    const step = (
      actor: Actor,
      { id, version }: Pick<Asked, 'id' | 'version'>,
      action: string,
      body: object,
      once: string = randomUUID(),
    ): Promise<Answer> =>
      desk.call(actor, 'POST', `${path}/${id}/${action}`, {
        body,
        ifMatch: `"${String(version)}"`,
        key: once,
      });

    /** Facts in order; positions without gap. */
    async function facts(id: string): Promise<string[]> {
      const { rows } = await running.db.query<{ position: number; fact: string }>(
        `SELECT position, fact FROM ${history} WHERE ${key} = $1 ORDER BY position`,
        [id],
      );
      expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
      return rows.map(({ fact }) => fact);
    }

    /** Exactly one went through; the other read an older version, or the table has no row any more. */
    function checkOneWon(answers: readonly Answer[]): number {
      const won = answers.flatMap(({ status }, index) => (status === 200 ? [index] : []));
      expect(won).toHaveLength(1);
      const { status, body } = answers[1 - won[0]!]!;
      expect([`412 request.if-match-stale`, '409 action-not-possible']).toContain(
        `${status} ${String(body['code']).replace(/^(objection|repair)\./, '')}`,
      );
      return won[0]!;
    }

    it('decide and withdraw 1 ms apart, 100 times: one outcome each, history whole, nothing told twice', async () => {
      const outcomes = { decided: 0, withdrawn: 0 };
      const abouts = await Promise.all(Array.from({ length: 10 }, known));
      await Promise.all(
        abouts.map(async (about, place) => {
          for (let round = 0; round < 10; round++) {
            const one = await asked(about);
            const steps = [
              () => step(people.approver, one, 'decision', decision),
              () => step(one.party, one, 'withdrawal', {}),
            ];
            const [first, second] = (round + place) % 2 === 0 ? [0, 1] : [1, 0];
            const begun = steps[first]!();
            await wait(1);
            const answers = await Promise.all([begun, steps[second]!()]);
            const won = checkOneWon(answers) === 0 ? first : second;
            const last = (await facts(one.id)).filter((fact) => fact === decided || fact === 'withdrawn');
            expect(last).toEqual([won === 0 ? decided : 'withdrawn']);
            outcomes[won === 0 ? 'decided' : 'withdrawn']++;
          }
          const ends = (await running.told(about.subject.id)).filter(({ type }) => told.test(type));
          expect(ends).toHaveLength(10);
        }),
      );
      expect(outcomes.decided + outcomes.withdrawn).toBe(100);
      expect(Math.min(outcomes.decided, outcomes.withdrawn)).toBeGreaterThan(0);
    });

    it('two who decide: one of them does', async () => {
      const one = await asked(await known());
      const deciders = [people.approver, otherApprover];
      checkOneWon(await Promise.all(deciders.map((actor) => step(actor, one, 'decision', decision))));
      expect((await facts(one.id)).filter((fact) => fact === decided)).toHaveLength(1);
    });

    it('the same request twice answers the same and happens once', async () => {
      const one = await asked(await known());
      const once = randomUUID();
      const answers = await Promise.all(
        [1, 2].map(() => step(people.approver, one, 'decision', decision, once)),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers[0]!.body).toEqual(answers[1]!.body);
      expect((await facts(one.id)).filter((fact) => fact === decided)).toHaveLength(1);
    });

    it('what was read before another step is stale, and changes nothing', async () => {
      const one = await asked(await known());
      expect((await step(people.handler, one, more.action, more.body)).status).toBe(200);
      const before = await facts(one.id);
      const stale = await step(people.approver, one, 'decision', decision);
      expect([stale.status, stale.body['code']]).toEqual([412, 'request.if-match-stale']);
      expect(await facts(one.id)).toEqual(before);
    });

    it('two sweeps at once mark a day that passed once', async () => {
      const one = await asked(await known());
      running.moveTo('2025-04-30');
      await Promise.all([running.sweep(), running.sweep(), running.sweep()]);
      expect((await facts(one.id)).filter((fact) => fact === 'overdue')).toHaveLength(1);
    });
  },
);
