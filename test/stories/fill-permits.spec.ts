import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, Database } from '#platform';
import { type Caller, eventually, type Json } from '../tour/api.js';
import { fictitiousEnterprise } from '../tour/fictitious.js';
import { silentNarrator } from '../tour/narrator.js';
import { World } from '../tour/world.js';

/*
 * A table that a release adds to a service that has long heard the records: it begins empty, and the topic may have let
 * go of what it needs. The permits of the measures service, filled over HTTP from what the records service holds, while
 * permits are pushed and withdrawn. What it then holds must be what is on record, each permit once.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) + 70_000) % 100_000_000;
const unit = 'hlj.city.230100.market-regulation';
const provider = world.system(unit);
const operator = world.person('operator');
const at = (service: string, what: string): string => `/api/operations/${service}/messaging/${what}`;
let measures: Database;
let records: Database;

beforeAll(() => {
  const [first, second] = ['measures', 'records'].map((service) => {
    const url = new URL(process.env['DATABASE_ADMIN_URL']!);
    url.pathname = `/chengxin_stories_${service}`;
    return new Database({ DATABASE_URL: url.href, DATABASE_POOL: 2 }, createLogger('fill', 'silent'));
  });
  [measures, records] = [first!, second!];
});
afterAll(() => Promise.all([measures.onApplicationShutdown(), records.onApplicationShutdown()]));

let pushed = 0;
async function push(): Promise<Json> {
  pushed += 1;
  const { code, name } = fictitiousEnterprise(run * 100 + (pushed % 7));
  const payload = {
    XK_XDR_MC: name,
    XK_XDR_LB: '法人及非法人组织',
    XK_XDR_SHXYM: code,
    XK_FRDB: '张示例',
    XK_XKWS: '食品经营许可决定书（虚构）',
    XK_WSH: `（虚构）哈市监许〔${run}〕${pushed}号`,
    XK_XKLB: '普通',
    XK_NR: '食品销售（虚构）',
    XK_JDRQ: '2024-01-10',
    XK_XKJG: '哈尔滨市市场监督管理局',
    XK_XKJGDM: '11420000MB15291767',
  };
  return (await world.post(provider, '/api/records', { type: 'permit', payload }, 201)).body;
}
const withdraw = ({ id }: Json): Promise<unknown> =>
  world.post(
    provider,
    `/api/records/${id}/withdrawal`,
    { cause: 'revoked', reason: '许可被撤销（虚构）' },
    200,
    {
      headers: { 'if-match': '"1"' },
    },
  );

const onRecord = async (): Promise<object[]> =>
  (
    await records.query(
      `SELECT r.id, s.id AS subject, s.code, r.provider AS department, r.decided_on::text AS decided, status = 'counted' AS stands
       FROM credit_record r JOIN subject s ON s.id = r.subject_id WHERE r.type = 'permit' ORDER BY r.id`,
    )
  ).rows;
const held = async (): Promise<object[]> =>
  (
    await measures.query(
      `SELECT record_id AS id, subject_id AS subject, subject_code AS code, department, decided_on::text AS decided, stands
       FROM permit ORDER BY record_id`,
    )
  ).rows;
const same = (): Promise<unknown> =>
  eventually('the measures service to hold what is on record', async () => {
    const [is, shall] = [await held(), await onRecord()];
    return is.length === shall.length && JSON.stringify(is) === JSON.stringify(shall);
  });

describe('the permits of the measures service, filled from what the records service holds', () => {
  it('are those on record, each once, also those of the time of the fill; and only an operator orders it', async () => {
    const first: Json[] = [];
    for (let n = 0; n < 6; n += 1) first.push(await push());
    await withdraw(first[0]!);
    await same();

    const order = { model: 'permits', reason: '新表填充（虚构）' };
    const handler: Caller = world.person(`handler.${unit}`);
    await world.post(handler, at('measures', 'fills'), order, 403);
    // As if its table had just been added, and held one row that nobody stands for.
    await measures.query('DELETE FROM permit');
    await measures.query(
      `INSERT INTO permit VALUES (gen_random_uuid(), gen_random_uuid(), NULL, 'nobody', '2024-01-10', true, 1)`,
    );

    let writing = true;
    const writer = (async (): Promise<void> => {
      for (let n = 0; writing; n += 1) {
        const permit = await push();
        if (n % 3 === 0) await withdraw(permit);
        await pause(50);
      }
    })();
    try {
      const before = pushed;
      const { id } = (await world.post(operator, at('measures', 'fills'), order, 202)).body as Json;
      const replay = await eventually('the end of the fill', async () => {
        const found = (await world.read(operator, at('measures', 'replays'))).items[0] as Json;
        if (found.fault) throw new Error(found.fault);
        return found.id === id && found.endedAt !== null && found;
      });
      expect(pushed).toBeGreaterThan(before);
      const given = (await world.read(operator, at('records', 'snapshots'))).items as Json[];
      expect(given).toContainEqual(
        expect.objectContaining({
          ...replay.snapshots.records,
          givenTo: replay.startedBy,
          reason: order.reason,
        }),
      );
      expect(replay.filled).toBe(replay.snapshots.records.subjects);
    } finally {
      writing = false;
      await writer;
    }
    await same();
    const letters = (await world.read(operator, at('measures', 'dead-letters'))).items as Json[];
    expect(letters.filter(({ topic }) => topic === 'records')).toEqual([]);
    process.stdout.write(`permits filled over HTTP while ${pushed} were pushed: each once, as on record\n`);
  }, 200_000);
});
