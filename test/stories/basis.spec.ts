import { describe, it } from '@jest/globals';
import { eventually, type Json, same } from '../tour/api.js';
import { certificate } from '../tour/certificate.js';
import { answered, lifted, ordered } from '../tour/discipline-walk.js';
import { at, type Listed, listEntity } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { onRegister, receipts, told } from '../tour/seen.js';
import { World } from '../tour/world.js';

/*
 * Loss of basis over the seven services (ordinance art. 38): the penalty behind an entry is revoked, its bureau tells
 * it within two working days, and what rests on it is undone within one more. That is another end than removal: no
 * bad record is left. Where something is left to rest on, a person looks at it.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 980;
const unit = 'hlj.human-resources';

const onTheList = (seed: number, penalties: number): Promise<Listed> =>
  listEntity(world, seed, {
    list: 'WAGE',
    conductKind: 'wage.amount-of-crime',
    unit,
    codePrefix: '91',
    subjectKind: 'enterprise',
    penalties,
    clockFrom: '2026-04-03',
    days: { opened: '2026-04-07', decided: '2026-04-15', served: '2026-04-16', published: '2026-04-17' },
    shown: true,
  });

/** Revoked on review on Monday, told on Tuesday; by Wednesday everything must be undone. */
async function revoked(record: Json): Promise<void> {
  await world.moveClock(at('2026-05-12'));
  const body = { cause: 'revoked', reason: '行政复议决定撤销该处罚（虚构）', changedOn: '2026-05-11' };
  await world.post(world.system(unit), `/api/records/${record.id}/withdrawal`, body, 200, {
    ifMatch: '"1"',
  });
}

describe('the loss of a basis on the whole running system', () => {
  it('undoes an entry that rested on it alone: register, credit file, grade, measures, party, certificate', async () => {
    const { walk, subject, people, party, expected } = await onTheList(run, 1);
    const handler = people('handler');
    const listedParty = await party();
    const actions = await ordered(world, handler, walk.id, expected);
    await answered(world, actions, '2026-04-17');
    const grade = (vetoed: boolean) =>
      eventually(`the grade ${vetoed ? 'with' : 'without'} its veto`, async () => {
        const { veto } = await world.read(handler, `/api/grades/${subject.code}`);
        return (veto?.caseId === walk.id) === vetoed;
      });
    await grade(true);

    const { records } = await walk.read();
    await revoked(records[0]);
    const { end, site } = await walk.until('ended');
    same('how it ended', [end.kind, end.endedOn, end.removalDue], ['revoked', '2026-05-12', '2026-05-13']);
    same('the reason names the penalty', end.reasons.includes(records[0].documentNo), true);
    same('on 信用中国', [site.status, site.how], ['ended', 'undone']);
    await onRegister(world, subject.code, 0);
    const file = await eventually('the credit file without the entry', async () => {
      const read = await world.read(handler, `/api/subjects/${subject.code}`);
      return read.listings.length === 0 && read;
    });
    same(
      'penalties that count',
      file.records.filter(({ status }: Json) => status === 'counted'),
      [],
    );
    await grade(false);
    await lifted(world, handler, walk.id, '2026-05-12');
    await walk.until('closed', 60_000);
    await receipts(world, handler, walk.id, actions.length);
    await told(world, listedParty, walk.id, ['listing.ended', 'listing.closed']);
    same('what the certificate says', (await certificate(world, listedParty, walk)).endedOn, '2026-05-12');
  });

  it('brings an entry that rests on two before a person by the next working day; what stands, stays shown', async () => {
    const { walk, subject, people } = await onTheList(run + 1, 2);
    const { records } = await walk.read();
    await revoked(records[0]);
    const clock = await eventually('the question', async () => {
      const { items } = await world.read(people('handler'), `/api/listings/${walk.id}/clocks`);
      return items.find(({ clock: one }: Json) => one === 'basis-review');
    });
    same('by when a person looks', clock.dueOn, '2026-05-13');
    await onRegister(world, subject.code, 1);
    const review = { outcome: 'stands', reasons: '另一处罚决定足以支持列入（虚构）' };
    await walk.act(people('approver'), 'basis-review', review, 'in-force');
    same('left to look at', (await walk.read()).basisQuestions, []);
    await onRegister(world, subject.code, 1);
  });
});
