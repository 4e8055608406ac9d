import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import { type CaseDesk, decisionNo, Desk, noticeOn, toList } from '../../specs/desk.js';
import { peopleOf, person } from '../../specs/people.js';
import { RunningListing } from '../../specs/running-listing.js';
import type { Command } from '../domain/commands.js';
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
            ...decisionNo('（虚构）列决'),
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
  }, 180_000);

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

  /** @returns the action, or the code of its refusal */
  async function take(id: string, expectedVersion: number, actor: Actor, command: Command): Promise<string> {
    try {
      await running.db.command((tx) =>
        running.app.get(CaseChanges).change(tx, { id, expectedVersion, actor, command }),
      );
      return command.type;
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'request.if-match-stale') throw error;
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
