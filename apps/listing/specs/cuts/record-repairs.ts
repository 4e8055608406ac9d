import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { RecordRef, SubjectRef } from '#contracts';
import { endOfDay, type LocalDate } from '#kernel';
import { type Actor, Clock } from '#platform';
import {
  decideRecordRepair,
  recordRepairClocks,
  type RecordRepairCommand,
} from '../../src/domain/record-repair/decide.js';
import { evolveRecordRepair } from '../../src/domain/record-repair/evolve.js';
import type { RecordRepairFact } from '../../src/domain/record-repair/facts.js';
import { requestRecordMasking } from '../../src/domain/record-repair/masking.js';
import type { RecordRepair } from '../../src/domain/record-repair/repair.js';
import { requestRecordRepair } from '../../src/domain/record-repair/request.js';
import { RecordRepairs } from '../../src/store/record-repairs.js';
import { RuleBook } from '../../src/store/rule-book.js';
import { type Cut, posting, type Row, withdrawing } from './cut.js';
import { partyLogin, peopleOf, person } from '../people.js';
import { handingIn } from '../story.js';
import { type Beside, runClocks, SENT } from './beside.js';

/* Requests for the repair of a record that is published by itself. */

const UNIT = 'hlj.city.230100.housing';
const at = peopleOf(UNIT);
const secondApprover = person('approver', UNIT, 'other-approver');
/** From which on nothing but the acceptance is late, and nothing but the decision. */
const LATE: Readonly<Record<'acceptance' | 'decision', LocalDate>> = {
  acceptance: '2029-05-03',
  decision: '2029-04-12',
};

const accepts: RecordRepairCommand = { type: 'acceptance', accepted: true, text: '材料齐全' };
const accepting = (accepted: boolean): RecordRepairCommand => ({ ...accepts, accepted });
const finds = (...codes: string[]): RecordRepairCommand => ({
  type: 'verification',
  text: '经核实（虚构）',
  conditions: codes.map((code) => ({ code, met: true })),
});
const verifies = finds('minimum-publication-reached', 'corrected', 'public-commitment');
const decides = (granted: boolean): RecordRepairCommand => ({
  type: 'decision',
  granted,
  reasons: '已履行（虚构）',
});

/** The repair of a bare penalty, as it lies there after its steps. */
interface KnownRepair {
  subject: SubjectRef;
  record: RecordRef;
  repair: RecordRepair;
}

async function penaltyOf({ desk }: Beside): Promise<{ subject: SubjectRef; record: RecordRef }> {
  const decidedOn = '2028-11-06';
  const published = { decidedOn, severity: 'general', publishedUntil: '2029-11-06', provider: UNIT } as const;
  return desk.knownPenalty({}, { documentNo: `（虚构）${randomUUID()}`, ...published });
}

async function repaired(
  beside: Beside,
  steps: readonly RecordRepairCommand[],
  { on = SENT, masked = false, swept }: { on?: LocalDate; masked?: boolean; swept?: string } = {},
): Promise<KnownRepair> {
  const { running } = beside;
  const { subject, record } = await penaltyOf(beside);
  const repairs = running.app.get(RecordRepairs);
  const rules = running.app.get(RuleBook).recordRepairRules;
  const hand = ({ id, name, department }: Actor) => ({ id, name, department: department ?? null });
  return running.db.transaction(async (tx) => {
    const known = (await repairs.recordToRepair(tx, record.id))!;
    const party = { today: on, actor: hand(partyLogin(subject.code!)) };
    const asked = { id: uuidv7(), statement: '已整改（虚构）', materials: [], handingIn: handingIn(on) };
    const requested = masked
      ? requestRecordMasking(known, { ...asked, aim: 'plan', rulingNo: '（虚构）1号' }, rules, party)
      : requestRecordRepair(known, { ...asked, correctedOn: '2028-12-04', commitment: true }, rules, party);
    const facts: RecordRepairFact[] = [requested];
    let repair = evolveRecordRepair(undefined, requested);
    for (const command of steps) {
      const actor = hand(command.type === 'decision' ? at.approver : at.handler);
      const more = decideRecordRepair(repair, command, { rules, today: on, actor });
      facts.push(...more);
      repair = more.reduce<RecordRepair>(evolveRecordRepair, repair);
    }
    const by = { actor: at.handler, at: running.app.get(Clock).now() };
    await repairs.save(tx, undefined, repair, facts, by);
    await runClocks(
      tx,
      running,
      recordRepairClocks(repair).map(({ clock, dueOn }) => ({
        kind: `record-repair.${clock}`,
        ref: repair.id,
        dueAt: endOfDay(dueOn),
      })),
      swept,
    );
    return { subject, record, repair };
  });
}

/** A step for each row of the table of these requests. */
export async function ofRecords(beside: Beside): Promise<Cut[]> {
  const cuts: Cut[] = [];
  const row = (id: string | null, action: string, fact: string): Row => ({
    table: 'record-repair',
    id,
    action,
    facts: [fact],
  });
  const asks = async (
    actor: Actor | 'party',
    { subject, repair }: KnownRepair,
    action: string,
    body: object,
    fact: string,
  ): Promise<void> => {
    const by = actor === 'party' ? partyLogin(subject.code!) : actor;
    const take = await posting(by, `/api/repairs/${repair.id}/${action}`, body, 1);
    cuts.push({ rows: [row(repair.id, action, fact)], take });
  };
  const bare = await penaltyOf(beside);
  const request = {
    recordId: bare.record.id,
    ...{
      correctedOn: '2028-12-04',
      commitment: true,
      statement: '已整改（虚构）',
      materials: ['凭证（虚构）'],
    },
  };
  cuts.push({
    rows: [row(null, 'request', 'requested')],
    take: await posting(partyLogin(bare.subject.code!), '/api/repairs', request),
  });
  const { type: _, ...acceptance } = accepts as object & { type: string };
  const { type: __, ...verification } = verifies as object & { type: string };
  const granting = { granted: true, reasons: '已履行（虚构）' };
  const commitment = { template: 'ndrc-36/1', signedBy: '李某（虚构）', signedOn: SENT };
  const way = { requested: [], accepted: [accepts], verified: [accepts, verifies] } as const;
  await asks(at.handler, await repaired(beside, []), 'acceptance', acceptance, 'accepted');
  for (const status of ['requested', 'accepted', 'verified'] as const) {
    const steps = way[status];
    await asks('party', await repaired(beside, steps), 'supplement', { commitment }, 'supplemented');
    await asks('party', await repaired(beside, steps), 'withdrawal', {}, 'withdrawn');
    const clock = status === 'requested' ? 'acceptance' : 'decision';
    const late = await repaired(beside, steps, { on: LATE[clock], swept: `record-repair.${clock}` });
    cuts.push({ rows: [row(late.repair.id, 'mark-overdue', 'overdue')] });
    cuts.push(lapses(await repaired(beside, steps)));
    if (status === 'requested') continue;
    await asks(at.handler, await repaired(beside, steps), 'verification', verification, 'verified');
    await asks(
      at.approver,
      await repaired(beside, steps),
      'extension',
      { reasons: '复杂（虚构）' },
      'extended',
    );
    const granted = status === 'verified';
    const answer = granted ? 'granted' : 'refused';
    await asks(at.approver, await repaired(beside, steps), 'decision', { ...granting, granted }, answer);
  }
  const masked = () =>
    repaired(beside, [accepts, finds('bankruptcy-plan-approved'), decides(true)], { masked: true });
  const plan = { documentNo: '（虚构）之二', reasons: '执行情况（虚构）' };
  await asks(at.approver, await masked(), 'resumption', plan, 'resumed');
  await asks(at.approver, await masked(), 'completion', plan, 'granted');
  cuts.push(lapses(await masked()));
  const found = { cause: 'false-material', reasons: '伪造（虚构）' };
  const granted = await repaired(beside, [accepts, verifies, decides(true)]);
  await asks(secondApprover, granted, 'false-application', found, 'found-false');
  await asks(secondApprover, await masked(), 'false-application', found, 'found-false');
  cuts.push(await reopened(beside, await repaired(beside, [accepting(false)])));
  cuts.push(await reopened(beside, await repaired(beside, [accepts, verifies, decides(false)])));
  return cuts;

  /** The decision behind the record fell away. */
  function lapses({ subject, record, repair }: KnownRepair): Cut {
    return { rows: [row(repair.id, 'lapse', 'lapsed')], take: withdrawing(subject, record) };
  }

  /** An objection to the answer is upheld. */
  async function reopened({ desk }: Beside, { subject, record, repair }: KnownRepair): Promise<Cut> {
    const filing = {
      ...{ recordId: record.id, about: 'repair-result', repairId: repair.id },
      ...{ statement: '已整改（虚构）', materials: ['凭证（虚构）'] },
    };
    const key = () => ({ key: randomUUID() });
    const filed = await desk.call(partyLogin(subject.code!), 'POST', '/api/objections', {
      body: filing,
      ...key(),
    });
    const objection = String(filed.body['id']);
    const to = `/api/objections/${objection}`;
    await desk.call(at.handler, 'POST', `${to}/acceptance`, { body: {}, ifMatch: '"1"', ...key() });
    const upheld = { outcome: 'upheld', reasons: '已整改（虚构）' };
    return {
      rows: [
        { table: 'objection', id: objection, action: 'decision', facts: ['decided'] },
        row(repair.id, 'reopen', 'reopened'),
      ],
      take: await posting(secondApprover, `${to}/decision`, upheld, 2),
    };
  }
}
