import { describe, it } from '@jest/globals';
import { eventually, same } from '../tour/api.js';
import { certificate } from '../tour/certificate.js';
import { answered, lifted, ordered } from '../tour/discipline-walk.js';
import { at, listEntity } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { RepairWalk } from '../tour/repair-walk.js';
import { onRegister, receipts, told } from '../tour/seen.js';
import { World } from '../tour/world.js';
import { killService, SERVICES } from './processes.js';

/*
 * Credit repair over the seven services, under order 36 (2026-04-01): two clocks, that of the list (six months from the
 * correction) and that of 信用中国 (one year shown at least); one commitment, two persons, and every copy follows. Each
 * service is killed (-9) once on the way, those that follow the decision while they hear of it.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 920;

const killed = new Set<string>();
async function kill(...services: (typeof SERVICES)[number][]): Promise<void> {
  await Promise.all(services.map(killService));
  for (const service of services) killed.add(service);
}

describe('credit repair on the whole running system', () => {
  it('WAGE: told the day and why, refused before it, granted by a second person, and lifted everywhere', async () => {
    const { walk, subject, people, party, expected } = await listEntity(world, run, {
      list: 'WAGE',
      conductKind: 'wage.amount-of-crime',
      unit: 'hlj.human-resources',
      codePrefix: '91',
      subjectKind: 'enterprise',
      clockFrom: '2026-04-03',
      days: { opened: '2026-04-07', decided: '2026-04-15', served: '2026-04-16', published: '2026-04-17' },
      shown: true,
    });
    const [handler, approver] = [people('handler'), people('approver')];
    const listedParty = await party();
    const actions = await ordered(world, handler, walk.id, expected);
    const grade = (vetoed: boolean) =>
      eventually(`the grade ${vetoed ? 'with' : 'without'} its veto`, async () => {
        const computed = await world.read(handler, `/api/grades/${subject.code}`);
        return (computed.veto?.caseId === walk.id) === vetoed && computed;
      });
    same('the grade on the list', (await grade(true)).grade, 'E');
    await world.moveClock(at('2026-04-22'));
    await answered(world, actions, '2026-04-22');

    await world.moveClock(at('2026-10-09'));
    const path = `/api/listings/${walk.id}/repairs/eligibility?correctedOn=2026-05-06`;
    const { removal, site } = await world.read(listedParty, path);
    same('when the list may be left', [removal.from, removal.mayAsk], ['2026-11-06', false]);
    const { period, event, on } = removal.ways[0].wait;
    same('why not sooner', [period.count, period.unit, event, on], [6, 'month', 'correction', '2026-05-06']);
    same('when 信用中国 may be asked', [site.kind, site.repairableFrom], ['serious', '2027-04-15']);

    const request = {
      correctedOn: '2026-05-06',
      commitment: true,
      statement: '工资已全部支付,承诺不再违法（虚构）',
      materials: ['工资支付凭证（虚构）', '信用承诺书（虚构）'],
    };
    await walk.refused(listedParty, 'repairs', request, 'listing.removal-too-early');
    const shown = await walk.refused(
      listedParty,
      'repairs',
      { ...request, aim: 'site' },
      'listing.site-too-early',
    );
    same('the shortest publication', shown.facts.eligibleOn, '2027-04-15');
    await onRegister(world, subject.code, 1);

    await world.moveClock(at('2026-11-06'));
    const bare = { ...request, commitment: false };
    await walk.refused(listedParty, 'repairs', bare, 'listing.commitment-missing');
    const repair = await RepairWalk.request(world, walk, listedParty, request);
    await kill('listing');
    await repair.grantRefused(approver, 'listing.removal-not-accepted-yet');
    await repair.accept(handler);
    await kill('identity');
    await repair.grantRefused(approver, 'listing.repair-not-verified');
    await repair.verify(handler);
    await kill('console');
    await repair.grantRefused(handler, 'request.role-missing');
    await world.moveClock(at('2026-11-12'));
    await repair.grant(approver);
    await kill('records', 'measures', 'grading');

    await onRegister(world, subject.code, 0);
    await lifted(world, handler, walk.id, '2026-11-12');
    await kill('notifications');
    same('the grade after the repair', (await grade(false)).grade === 'E', false);
    await told(world, listedParty, walk.id, ['listing.ended']);
    await walk.until('closed', 90_000);
    await receipts(world, handler, walk.id, actions.length);
    await told(world, listedParty, walk.id, ['listing.closed']);
    const file = await world.read(handler, `/api/subjects/${subject.code}`);
    same('listings and measures on the credit file', [file.listings, file.discipline], [[], []]);
    const { endedOn } = await certificate(world, listedParty, walk);
    same('what the certificate says', endedOn, '2026-11-12');
    same('the killed services', [...killed].sort(), [...SERVICES].sort());
  }, 240_000);
});
