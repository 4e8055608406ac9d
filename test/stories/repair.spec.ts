import { describe, it } from '@jest/globals';
import { Api, type Caller, eventually, expectStatus, type Json, same } from '../tour/api.js';
import { certificate } from '../tour/certificate.js';
import { answered, lifted, ordered } from '../tour/discipline-walk.js';
import { at, listEntity } from '../tour/listed.js';
import { silentNarrator } from '../tour/narrator.js';
import { RepairWalk } from '../tour/repair-walk.js';
import { onRegister, receipts, told } from '../tour/seen.js';
import { World } from '../tour/world.js';
import { killService, SERVICES, serviceUrl, whileStopped } from './processes.js';

/*
 * Credit repair over the seven services, under order 36 (2026-04-01): two clocks, that of the list (six months from the
 * correction) and that of 信用中国 (one year shown at least); one commitment, two persons, and every copy follows. Those
 * that follow the decision stand still when it is taken: as long as one of them has not answered, nothing is closed.
 * Each service is killed (-9) once on the way, measures and grading while they hear of the decision.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 920;

const killed = new Set<string>();
async function kill(...services: (typeof SERVICES)[number][]): Promise<void> {
  await Promise.all(services.map(killService));
  for (const service of services) killed.add(service);
}

/** The console asks records to move the clock, which stands still. */
async function moveClockByListing(day: string): Promise<void> {
  const listing = new Api(serviceUrl('listing', ''));
  const body = { now: at(day) };
  const answer = await listing.call(world.person('operator'), 'PUT', '/api/development/clock', { body });
  expectStatus(answer, 200, 'move the clock by listing');
}

/** These receipts are awaited for a case, since 15 days and too late, and nothing is closed or certified. */
async function awaited(reader: Caller, caseId: string, expected: string[], besides?: string): Promise<void> {
  const awaitedNow = async (): Promise<Json[]> => {
    const { items } = await world.read(reader, '/api/listings/laggards');
    return items.filter((item: Json) => item.caseId === caseId && item.kind !== besides);
  };
  const owed = await eventually(`${expected.length} receipts awaited`, async () => {
    const now = await awaitedNow();
    return now.length === expected.length && now;
  });
  same('what is awaited', owed.map(({ kind, unit }) => `${kind} ${unit}`).sort(), [...expected].sort());
  for (const { kind, days, late } of owed) same(`since when ${kind}`, [days, late], [15, true]);
  same('the case', (await world.read(reader, `/api/listings/${caseId}`)).status, 'ended');
  const { items: letters } = await world.read(reader, `/api/listings/${caseId}/documents`);
  same('certificates', letters.filter(({ kind }: Json) => kind === 'closure-certificate').length, 0);
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
    const path = `/api/listings/${walk.id}/repairs/eligibility?correctedOn=2026-05-05`;
    const { removal, site } = await world.read(listedParty, path);
    same('when the list may be left', [removal.from, removal.mayAsk], ['2026-11-06', false]);
    const { period, event, on } = removal.ways[0].wait;
    same('why not sooner', [period.count, period.unit, event, on], [6, 'month', 'correction', '2026-05-05']);
    same('when 信用中国 may be asked', [site.kind, site.repairableFrom], ['serious', '2027-04-16']);

    const request = {
      correctedOn: '2026-05-05',
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
    same('the shortest publication', shown.facts.eligibleOn, '2027-04-16');
    await onRegister(world, subject.code, 1);

    await world.moveClock(at('2026-11-06'));
    const bare = { ...request, commitment: false };
    await walk.refused(listedParty, 'repairs', bare, 'listing.commitment-missing');
    const repair = await RepairWalk.request(world, walk, listedParty, request);
    await kill('listing');
    await repair.grantRefused(approver, 'listing.removal-not-accepted-yet');
    await repair.accept(handler);
    await kill('identity', 'records');
    await repair.grantRefused(approver, 'listing.repair-not-verified');
    await repair.verify(handler);
    await kill('console');
    await repair.grantRefused(handler, 'request.role-missing');
    await world.moveClock(at('2026-11-12'));

    await whileStopped(['records'], async () => {
      await whileStopped(['measures', 'grading'], async () => {
        await repair.grant(approver);
        await onRegister(world, subject.code, 0);
        // The ten working days of the list are over.
        await moveClockByListing('2026-11-27');
        const lifts = actions.map(({ executor }) => `discipline-lifted ${executor}`);
        const silent = ['sharing-stopped records', ...lifts, 'grade-computed grading'];
        // Departments are told with the order to lift, which measures has not given.
        await awaited(handler, walk.id, silent, 'departments-told');
      });
      await kill('measures', 'grading');
      await lifted(world, handler, walk.id, '2026-11-27');
      await kill('notifications');
      same('the grade after the repair', (await grade(false)).grade === 'E', false);
      await told(world, listedParty, walk.id, ['listing.ended']);
      await awaited(handler, walk.id, ['sharing-stopped records']);
    });
    await walk.until('closed', 90_000);
    await receipts(world, handler, walk.id, actions.length);
    await told(world, listedParty, walk.id, ['listing.closed']);
    const notices = await world.readAll(listedParty, `/api/notifications?caseId=${walk.id}`);
    same(
      'how often it was closed',
      notices.filter(({ type }: Json) => type === 'cn.chengxin.listing.closed.v1').length,
      1,
    );
    const file = await world.read(handler, `/api/subjects/${subject.code}`);
    same('listings and measures on the credit file', [file.listings, file.discipline], [[], []]);
    const { endedOn } = await certificate(world, listedParty, walk);
    same('what the certificate says', endedOn, '2026-11-12');
    same('the killed services', [...killed].sort(), [...SERVICES].sort());
  }, 240_000);
});
