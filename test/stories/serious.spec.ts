import { describe, it } from '@jest/globals';
import { eventually, type Json, same } from '../tour/api.js';
import { actionsOf, ordered } from '../tour/discipline-walk.js';
import { at, listEntity, type Listed } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { World } from '../tour/world.js';

/*
 * The law puts a subject on a list of the seriously dishonest for its conduct, not for the department that found it:
 * of telecom fraud the criminally punished (联合惩戒办法 art. 9), of customs the grave (order 282 art. 16). Whoever is on
 * none keeps the commitment procedure, its honours and its grade, and is not shown as a serious entry.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 960;

/** What a department is told that is about to let the subject use the commitment procedure; undefined: nothing binds. */
async function commitment({ subject }: Listed): Promise<Json> {
  const question = {
    subjects: [subject.code],
    field: 'commitment',
    item: '告知承诺办理',
    purpose: '审查申请人（虚构）',
  };
  const asking = world.system('hlj.development-reform');
  return (await world.post(asking, '/api/discipline/checks', question, 200)).body.bound[0];
}

async function siteOf({ walk, people }: Listed): Promise<Json> {
  const path = `/api/listings/${walk.id}/repairs/eligibility?correctedOn=2026-05-06`;
  return (await world.read(people('handler'), path)).site;
}

describe('a list of the seriously dishonest on the whole running system', () => {
  it('TELECOM and CUSTOMS: the police finding closes nothing, the grave case of customs does, and opens it at its end', async () => {
    const found = await listEntity(world, run, {
      list: 'TELECOM',
      conductKind: 'telecom.police-finding',
      unit: 'hlj.public-security',
      codePrefix: '91',
      subjectKind: 'enterprise',
      findings: [{ code: 'before-the-law', found: false }],
      days: { opened: '2026-04-07', decided: '2026-04-15', served: '2026-04-16', published: '2026-04-17' },
      shown: false,
    });
    same('what the law orders for a police finding', found.expected, []);
    same('the case', (await found.walk.read()).serious, false);
    const grave = await listEntity(world, run, {
      list: 'CUSTOMS',
      conductKind: 'customs.serious',
      unit: 'hlj.customs',
      codePrefix: '91',
      subjectKind: 'enterprise',
      days: { opened: '2026-04-17', decided: '2026-04-27', served: '2026-04-28', published: '2026-04-29' },
      shown: true,
    });
    const handler = grave.people('handler');
    await ordered(world, handler, grave.walk.id, grave.expected);
    const closed = await eventually('the commitment procedure is closed', () => commitment(grave));
    const { open, closedBy, basis } = closed.commitment;
    same(
      'which entry closes it',
      { open, closedBy: closedBy.map((each: Json) => [each.by, each.no]), basis },
      {
        open: false,
        closedBy: [['listing', grave.walk.no]],
        basis: [{ instrument: '黑龙江省社会信用条例', article: '45' }],
      },
    );
    const vetoed = await eventually('the grade with its veto', async () => {
      const grade = await world.read(handler, `/api/grades/${grave.subject.code}`);
      return grade.veto && grade;
    });
    same('the grade', [vetoed.grade, vetoed.veto.caseId], ['E', grave.walk.id]);
    const { kind, repairableFrom, endsOn } = await siteOf(grave);
    same('on 信用中国', [kind, repairableFrom, endsOn], ['serious', '2027-04-28', '2029-04-27']);

    await world.moveClock(at('2026-05-11'));
    await grave.walk.act(grave.people('approver'), 'revocation', { reason: '认定事实有误（虚构）' }, 'ended');
    await eventually('the commitment procedure is open again', async () => !(await commitment(grave)));
    await eventually('the grade without a veto', async () => {
      const grade = await world.read(handler, `/api/grades/${grave.subject.code}`);
      return grade.veto === null;
    });
    same('the police finding', (await found.walk.read()).status, 'in-force');
    same('its measures', await actionsOf(world, found.people('handler'), found.walk.id), []);
    same('on 信用中国 after all', await siteOf(found), null);
  }, 240_000);

  it('CUSTOMS: an ordinary 失信企业 is published by customs, not as a serious entry, and by its own ground let go', async () => {
    const unpaid = await listEntity(world, run + 1, {
      list: 'CUSTOMS',
      conductKind: 'customs.tax-unpaid',
      unit: 'hlj.customs',
      codePrefix: '91',
      subjectKind: 'enterprise',
      days: { opened: '2026-05-11', decided: '2026-05-19', served: '2026-05-20', published: '2026-05-21' },
      shown: true,
    });
    same('what the law orders', unpaid.expected, []);
    const { serious, termEndsOn } = await unpaid.walk.read();
    same('the case', [serious, termEndsOn], [false, '2027-05-20']);
    const path = `/api/listings/${unpaid.walk.id}/repairs/eligibility?correctedOn=2026-05-21`;
    const { removal, site } = await world.read(unpaid.people('handler'), path);
    same('the way out', [removal.from, removal.ways.length, site], ['2026-08-21', 1, null]);
    const file = await eventually('the credit file', async () => {
      const read = await world.read(unpaid.people('handler'), `/api/subjects/${unpaid.subject.code}`);
      return read.listings.length > 0 && read;
    });
    same('the credit file', file.listings[0].serious, false);
  }, 240_000);
});
