import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { endOfDay, type LocalDate } from '#kernel';
import type { Clue } from '../../src/domain/clue/clue.js';
import { receiveClue } from '../../src/domain/clue/receive.js';
import type { ClueSource } from '../../src/domain/clue/rule.js';
import { type ClueCommand, takeClueStep } from '../../src/domain/clue/take-clue-step.js';
import { Clues } from '../../src/store/clues.js';
import { RuleBook } from '../../src/store/rule-book.js';
import { type Cut, posting, type Row } from './cut.js';
import { TODAY } from '../file-story.js';
import { peopleOf } from '../people.js';
import { type Beside, runClocks, SENT } from './beside.js';

/* Clues, before there is a case and as one is opened on them. */

/** A step for each row of the table of clues, but for the opening of a case. */
export async function ofClues({ running }: Beside): Promise<Cut[]> {
  const industry = peopleOf('hlj.industry');
  const law = running.app.get(RuleBook).clueLaw;
  const told = { content: '拖欠款项（虚构）', about: '松江示例商贸有限公司（虚构）' };
  const document = { no: '（虚构）核查1号', issuer: '工业和信息化厅', title: '核查笔录', issuedOn: SENT };
  const yes: ClueCommand = { type: 'acceptance', accepted: true, reason: '属实（虚构）' };
  const forwards: ClueCommand = { type: 'forwarding', to: 'hlj.finance' };
  const answers: ClueCommand = { type: 'answer', verified: true, reason: '属实（虚构）', document };
  const cuts: Cut[] = [];

  const clue = async (
    [kind, source]: [string, ClueSource],
    steps: readonly ClueCommand[],
    { on = SENT, swept }: { on?: LocalDate; swept?: string } = {},
  ): Promise<Clue> => {
    const look = {
      today: on,
      actor: { ...industry.handler, department: 'hlj.industry' },
      calendar: law.calendar,
    };
    const received = receiveClue(
      { ...told, id: uuidv7(), kind, source, department: 'hlj.industry', receivedOn: on },
      law,
      look,
    );
    // Of an urging letter the time is over by the next step.
    const known = steps.reduce((one, command) => {
      const today = one.pressed.length > 0 ? TODAY : on;
      return takeClueStep(one, command, { ...look, today });
    }, received);
    await running.db.transaction(async (tx) => {
      await running.app.get(Clues).insert(tx, known);
      const clocks = known.clocks.map(({ clock, dueOn }) => ({
        kind: `clue.${clock}`,
        ref: known.id,
        dueAt: endOfDay(dueOn),
      }));
      await runClocks(tx, running, clocks, swept);
    });
    return known;
  };
  const row = (id: string | null, action: string, status: string): Row => ({
    table: 'clue',
    id,
    action,
    facts: [status],
  });
  const asks = async (known: Clue, { type, ...body }: ClueCommand, status: string): Promise<void> => {
    const { handler, approver } = peopleOf(known.department);
    const actor = ['extension', 'circular', 'correction-order'].includes(type) ? approver : handler;
    const take = await posting(actor, `/api/clues/${known.id}/${type}`, body, 1);
    cuts.push({ rows: [row(known.id, type, status)], take });
  };
  const longer: ClueCommand = { type: 'extension', until: '2029-06-29', reasons: '复杂（虚构）' };
  const muchLonger: ClueCommand = { ...longer, until: '2029-12-28' };
  cuts.push({
    rows: [row(null, 'receipt', 'received')],
    take: await posting(industry.handler, '/api/clues', { ...told, source: 'inspection' }),
  });
  const research = ['research', 'complaint'] as [string, ClueSource];
  const arrears = ['arrears', 'complaint'] as [string, ClueSource];
  await asks(await clue(research, []), yes, 'accepted');
  await asks(await clue(arrears, [yes]), forwards, 'handled');
  await asks(await clue(['arrears', 'transfer'], []), longer, 'received');
  await asks(await clue(research, [yes]), muchLonger, 'accepted');
  await asks(await clue(arrears, [yes, forwards]), longer, 'handled');
  await asks(await clue(['general', 'inspection'], []), answers, 'verified');
  await asks(await clue(research, [yes]), answers, 'verified');
  await asks(await clue(arrears, [yes, forwards]), answers, 'verified');
  // Who is complained of does not answer: at the unit that handles it, to which it was transferred or forwarded.
  const letter: ClueCommand = {
    ...{
      type: 'urging-letter',
      letterNo: '（虚构）督办1号',
      text: '限期反馈（虚构）',
      answerBy: '2029-05-08',
    },
  };
  const meets: ClueCommand = { type: 'interview', heldOn: SENT, with: '主要负责人', minutes: '承诺支付' };
  const names: ClueCommand = {
    type: 'circular',
    circularNo: '（虚构）通报1号',
    to: '其上级机关',
    text: '拒不配合',
  };
  const orders: ClueCommand = {
    ...{ type: 'correction-order', orderNo: '（虚构）责整1号', text: '支付', correctBy: '2029-05-31' },
  };
  const tells: ClueCommand = { type: 'feedback', receivedOn: SENT, text: '即将支付', asPrescribed: true };
  for (const [kind, way, status] of [
    [['arrears', 'transfer'], [], 'received'],
    [arrears, [yes, forwards], 'handled'],
  ] as [[string, ClueSource], ClueCommand[], string][]) {
    await asks(await clue(kind, way), tells, status);
    await asks(await clue(kind, way), { ...letter, answerBy: '2029-05-25' } as ClueCommand, status);
    await asks(await clue(kind, [...way, letter]), meets, status);
    await asks(await clue(kind, [...way, letter]), names, status);
    await asks(await clue(kind, [...way, letter, meets]), orders, status);
  }
  const late = async (kind: [string, ClueSource], steps: ClueCommand[], clock: string, status: string) => {
    const { id } = await clue(kind, steps, { on: '2029-03-12', swept: `clue.${clock}` });
    cuts.push({ rows: [row(id, 'mark-overdue', status)] });
  };
  await late(research, [], 'acceptance', 'received');
  await late(arrears, [yes], 'forwarding', 'accepted');
  await late(arrears, [yes, forwards], 'result', 'handled');
  return cuts;
}

/** A case is opened on a clue: a case begins, which is no row, and the clue has been used. */
export async function opening({ desk }: Beside): Promise<Cut[]> {
  const wages = peopleOf('hlj.human-resources');
  const { subject } = await desk.knownPenalty();
  const key = () => ({ key: randomUUID() });
  const told = { source: 'complaint', content: '拖欠工资（虚构）', about: '松江示例商贸有限公司（虚构）' };
  const document = { no: '（虚构）核查1号', issuer: '劳动保障监察', title: '核查笔录', issuedOn: SENT };
  const { body } = await desk.call(wages.handler, 'POST', '/api/clues', { body: told, ...key() });
  const id = String(body['id']);
  const answer = { verified: true, reason: '属实（虚构）', document };
  await desk.call(wages.handler, 'POST', `/api/clues/${id}/answer`, {
    body: answer,
    ifMatch: '"1"',
    ...key(),
  });
  const request = { listType: 'WAGE', subjectId: subject.id, conductKind: 'wage.mass-incident', clueId: id };
  const cut: Cut = {
    rows: [
      { table: 'clue', id, action: 'opening', facts: ['used'] },
      { table: 'lifecycle', id: null, action: 'open', facts: ['opened'] },
    ],
    take: await posting(wages.handler, '/api/listings', request),
  };
  return [cut];
}
