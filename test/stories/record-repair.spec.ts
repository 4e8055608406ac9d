import { describe, it } from '@jest/globals';
import { type Caller, eventually, type Json, same } from '../tour/api.js';
import { handedInTo } from '../tour/repair-walk.js';
import { fictitiousEnterprise, penalty } from '../tour/fictitious.js';
import { at } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { partyLogin } from '../tour/seen.js';
import { World } from '../tour/world.js';

/*
 * A penalty that carries no listing, over the running services: pushed by its bureau, published, repaired by the bureau
 * at the request of the party when its shortest publication is over, and off publication in the credit file by event
 * (order 36 art. 12 to 17). Before that an objection corrects what it says (ordinance art. 39).
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 960;
const unit = 'hlj.city.230100.emergency';
const [handler, approver] = ['handler', 'approver'].map((role) => world.person(`${role}.${unit}`)) as [
  Caller,
  Caller,
];

describe('a penalty without a listing on the whole running system', () => {
  it('is published, repaired when its shortest publication is over, and published no longer', async () => {
    const enterprise = fictitiousEnterprise(run);
    await world.moveClock(at('2026-04-08'));
    const party = await partyLogin(world, enterprise);
    const payload = penalty(enterprise, `（虚构）应急罚〔${run}〕1号`, { CF_JDRQ: '2026-04-06' });
    const pushed = await world.post(world.system(unit), '/api/records', { type: 'penalty', payload }, 201);
    const { id: recordId, publishedUntil } = pushed.body;
    same('the last day of its publication', publishedUntil, '2027-04-06');
    const ofFile = async (): Promise<Json> => {
      const { records } = await world.read(party, `/api/subjects/${enterprise.code}`);
      return records.find(({ id }: Json) => id === recordId);
    };
    same('published', [(await ofFile()).published, (await ofFile()).repairedOn], [true, null]);

    // The listing service has heard of the record.
    const from = `/api/repairs/eligibility?recordId=${recordId}`;
    const known = await eventually('the record is known where repair is asked', async () => {
      const answer = await world.get(party, from);
      return answer.status === 200 && answer.body;
    });
    same('from when', [known.kind, known.eligibleOn, known.mayAsk], ['general', '2026-07-07', false]);
    const application = {
      recordId,
      correctedOn: '2026-04-20',
      commitment: true,
      statement: '罚款已缴清,已整改（虚构）',
      materials: ['缴款凭证（虚构）'],
    };
    const early = await world.post(party, '/api/repairs', application, 409);
    same('too early', early.body.code, 'repair.too-early');

    // What it says is objected to: marked at once, corrected where it is kept, told anew to whoever has a copy.
    await world.moveClock(at('2026-06-01'));
    const right = { documentNo: `（虚构）应急罚〔${run}〕2号` };
    const objected = await world.post(
      party,
      '/api/objections',
      { recordId, about: 'content', statement: '文号录入有误（虚构）', materials: [], asked: right },
      201,
    );
    same('the decision', dueDays(objected.body), ['decision 2026-06-04']);
    await eventually(
      'the mark in the credit file',
      async () => (await ofFile()).objectionSince === '2026-06-01',
    );
    const upheld = { outcome: 'upheld', reasons: '文号录入有误（虚构）', corrected: right };
    const path = `/api/objections/${objected.body.id}`;
    await world.post(approver, `${path}/decision`, upheld, 200, { ifMatch: '"1"' });
    await eventually('the credit file reads right', async () => {
      const record = await ofFile();
      return record.documentNo === right.documentNo && record.objectionSince === null;
    });
    await eventually('and so does whoever heard of the record', async () => {
      return (await world.read(party, from)).documentNo === right.documentNo;
    });

    await world.moveClock(at('2026-07-06'));
    same(
      'a day early',
      (await world.post(party, '/api/repairs', application, 409)).body.facts.eligibleOn,
      '2026-07-07',
    );
    await world.moveClock(at('2026-07-07'));
    const files = `/api/repairs/attachments?recordId=${recordId}`;
    const handedIn = await handedInTo(world, party, files, application.correctedOn);
    const { id } = (await world.post(party, '/api/repairs', { ...application, handedIn }, 201)).body;
    const step = async (by: Caller, action: string, body: Json): Promise<Json> => {
      const { version } = await world.read(handler, `/api/repairs/${id}`);
      const ifMatch = `"${version}"`;
      return (await world.post(by, `/api/repairs/${id}/${action}`, body, 200, { ifMatch })).body;
    };
    await world.moveClock(at('2026-07-08'));
    const accepted = await step(handler, 'acceptance', { accepted: true, text: '材料齐全（虚构）' });
    same('the decision', dueDays(accepted), ['decision 2026-07-17']);
    const conditions = accepted.conditions.map((code: string) => ({ code, met: true }));
    await step(handler, 'verification', { text: '经查验缴款凭证（虚构）', conditions });
    same('published while it is decided', (await ofFile()).published, true);
    const graded = await world.read(handler, `/api/grades/${enterprise.code}`);
    const granted = await step(approver, 'decision', { granted: true, reasons: '已履行义务（虚构）' });
    same('decided', granted.status, 'granted');

    const repaired = await eventually('the credit file follows', async () => {
      const record = await ofFile();
      return record.repairedOn !== null && record;
    });
    same('published no longer', [repaired.published, repaired.repairedOn], [false, '2026-07-08']);
    const grade = await eventually('graded anew without it', async () => {
      const answer = await world.get(handler, `/api/grades/${enterprise.code}`);
      return (
        answer.status === 200 && answer.body.cause?.type === 'cn.chengxin.repair.granted.v1' && answer.body
      );
    });
    same('better without it', grade.score > graded.score, true);
    const facts = [
      'objection.record-filed',
      'objection.record-decided',
      'repair.requested',
      'repair.accepted',
      'repair.granted',
    ];
    await eventually(`the party is told of ${facts.join(', ')}`, async () => {
      const notices: Json[] = await world.readAll(party, '/api/notifications');
      return facts.every((fact) => notices.some(({ type }) => type === `cn.chengxin.${fact}.v1`));
    });
  });
});

function dueDays({ clocks }: Json): string[] {
  return clocks.map(({ clock, dueOn }: Json) => `${clock} ${dueOn}`);
}
