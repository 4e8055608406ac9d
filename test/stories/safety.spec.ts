import { describe, it } from '@jest/globals';
import { type Json, same } from '../tour/api.js';
import { CaseWalk } from '../tour/case-walk.js';
import { certificate } from '../tour/certificate.js';
import { answered, expectedActions, lifted, ordered } from '../tour/discipline-walk.js';
import { fictitiousPerson, penaltyOfPerson } from '../tour/fictitious.js';
import { at, type Listed, listEntity } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { RepairWalk } from '../tour/repair-walk.js';
import { onRegister, receipts } from '../tour/seen.js';
import { World } from '../tour/world.js';

/*
 * 安全生产严重失信主体名单 (order 11) of a city's emergency bureau, over the seven services. The procedure is joined
 * to that of the penalty, so the party may ask for a hearing (行政处罚法 art. 63, 64); nobody's consent is demanded;
 * 加大执法检查频次 (安全生产法 art. 78) is executed by the bureau of the subject's own city. The main responsible person is
 * listed with the enterprise, by an entry of its own with measures of its own, and leaves the list with it.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 900;
const unit = 'hlj.city.230100.emergency';

/** Asked for on the third working day, told seven working days ahead, held, and only then reviewed. */
async function hearing({ walk, people, party }: Listed): Promise<void> {
  const [handler, reviewer] = [people('handler'), people('reviewer')];
  await world.moveClock(at('2024-11-06'));
  await walk.act(await party(), 'hearing-request', {}, 'heard');
  const notice = { noticeNo: `（虚构）听证〔${run}〕1号`, place: '哈尔滨市应急管理局三楼（虚构）' };
  const early = { ...notice, heldOn: '2024-11-14' };
  const refusal = await walk.refused(handler, 'hearing-notice', early, 'listing.hearing-too-soon');
  same('the first day of a hearing', refusal.facts.earliest, '2024-11-15');
  await walk.act(handler, 'hearing-notice', { ...notice, heldOn: '2024-11-15' }, 'heard');
  await world.moveClock(at('2024-11-12'));
  const opinion = { opinion: 'list', text: '事实清楚（虚构）' };
  await walk.refused(reviewer, 'review', opinion, 'listing.hearing-outstanding');
  await world.moveClock(at('2024-11-15'));
  const record = { outcome: 'held', on: '2024-11-15', minutes: '当事人陈述了意见（虚构）' };
  await walk.refused(handler, 'hearing-record', record, 'request.role-missing');
  await walk.act(reviewer, 'hearing-record', record, 'heard');
}

/** Known by a penalty of its own. */
async function mainResponsiblePerson(): Promise<Json[]> {
  const person = fictitiousPerson(run);
  const payload = penaltyOfPerson(person, `（虚构）应急罚〔${run}〕2号`, { CF_JDRQ: '2024-11-04' });
  const body = { type: 'penalty', payload };
  const record = (await world.post(world.system(unit), '/api/records', body, 201)).body;
  same('the kind of the person', record.subject.kind, 'natural-person');
  const { bornOn } = person;
  return [{ subjectId: record.subject.id, capacity: 'main-responsible-person', bornOn }];
}

/** Served and published for itself; what the law orders for a person falls on it, and nothing else. */
async function personListed({ walk, people }: Listed): Promise<{ walk: CaseWalk; actions: Json[] }> {
  const handler = people('handler');
  const { file } = await walk.read();
  const own = await CaseWalk.of(world, handler, file.companions[0]);
  await own.act(handler, 'service', { way: 'personal', servedOn: '2024-11-22' }, 'in-force');
  const publication = { secrecyReview: 'passed', text: '不涉密（虚构）' };
  await own.act(people('secrecy-reviewer'), 'publication', publication, 'in-force');
  const about = { list: 'SAFETY', conductKind: 'safety.major-accident', subjectKind: 'natural-person' };
  const expected = await expectedActions(world, handler, { ...about, on: '2024-11-22' });
  const found = await world.read(undefined, `/public/listings?name=${encodeURIComponent('李示例')}`);
  same('a person found by name', found.items, []);
  return { walk: own, actions: await ordered(world, handler, own.id, expected) };
}

describe('a list of the seriously dishonest in work safety, on the whole running system', () => {
  it('SAFETY: a hearing, a responsible person, measures by the city’s own bureau, early removal, certificates of closure', async () => {
    const listed = await listEntity(world, run, {
      list: 'SAFETY',
      conductKind: 'safety.major-accident',
      unit,
      codePrefix: '91',
      subjectKind: 'enterprise',
      defenceUntil: '2024-11-11',
      days: { opened: '2024-11-04', decided: '2024-11-18', served: '2024-11-20', published: '2024-11-22' },
      persons: mainResponsiblePerson,
      heard: hearing,
      reviewed: async ({ walk }) => {
        const superior = world.person('approver.hlj.emergency');
        const consent = { granted: true, text: '同意（虚构）' };
        await walk.refused(superior, 'consent', consent, 'listing.consent-not-demanded');
      },
      shown: true,
    });
    const { walk, subject, people, party, expected } = listed;
    const [handler, approver] = [people('handler'), people('approver')];
    const { rulesVersion, termEndsOn } = await walk.read();
    same('version and term', [rulesVersion, termEndsOn], ['2023-10-01', '2027-11-18']);

    const actions = await ordered(world, handler, walk.id, expected);
    const inspections = actions.filter(({ rule }) => rule === 'safety.inspection');
    same(
      'who inspects more often',
      inspections.map(({ executor }) => executor),
      [unit],
    );
    const person = await personListed(listed);
    await world.moveClock(at('2024-11-28'));
    await answered(world, actions, '2024-11-28');
    await answered(world, person.actions, '2024-11-28');

    const request = {
      correctedOn: '2025-03-03',
      commitment: true,
      statement: '隐患已全部整改,罚款已缴清（虚构）',
      materials: ['整改验收报告（虚构）'],
    };
    await world.moveClock(at('2025-06-03'));
    const early = await walk.refused(await party(), 'repairs', request, 'listing.removal-too-early');
    same('the day from which removal may be asked', early.facts.eligibleOn, '2025-11-21');
    await world.moveClock(at('2025-11-21'));
    const repair = await RepairWalk.request(world, walk, await party(), request);
    await repair.accept(handler);
    await repair.verify(handler);
    await world.moveClock(at('2025-11-26'));
    await repair.grant(approver);
    await onRegister(world, subject.code, 0);
    same('the person', (await person.walk.read()).status, 'ended');
    const names = [subject.name, '李*'];
    for (const { walk: one, actions: own } of [{ walk, actions }, person]) {
      await lifted(world, handler, one.id, '2025-11-26');
      await one.until('closed', 90_000);
      await receipts(world, handler, one.id, own.length);
      const { endedOn, subjectName } = await certificate(world, handler, one);
      same('what the certificate says', [endedOn, subjectName], ['2025-11-26', names.shift()]);
    }
  }, 240_000);
});
