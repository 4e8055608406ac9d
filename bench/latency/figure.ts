import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import type { Figure } from '../harness/figure.js';
import { withTopic } from '../harness/place.js';
import type { Contestant, Run } from '../harness/rounds.js';
import { cpuOf, serverCpu, serverValues } from '../harness/servers.js';
import { quantile } from '../harness/statistics.js';
import { Worker } from '../harness/worker.js';
import { dropPeerSlot, setUpPeer } from '../relay/peer-outbox.js';
import type { Stamp } from './open-load.js';

const OURS = 'Chengxin';
const PEER = 'pg-transactional-outbox + ServerKafka';
const LIMIT = 'produce → consume';
const at = (name: string, rate: number): string => `${name}, ${rate}/s`;

/** Events at the start of each run that do not count: connections and plans are made with them. */
const WARM_SHARE = 0.2;

/** From the moment a command knows that it has committed to the first line of the handler in another process. */
export const latency: Figure = {
  name: 'latency',
  title: 'Commit → handler',
  reaches: [
    { text: 'p50 ≤ 4 ms at 200/s', of: at(OURS, 200), value: 'p50 ms', most: 4 },
    { text: 'p99 ≤ 25 ms at 200/s', of: at(OURS, 200), value: 'p99 ms', most: 25 },
    { text: 'p50 ≤ 8 ms at 1,000/s', of: at(OURS, 1_000), value: 'p50 ms', most: 8 },
    { text: 'p99 ≤ 40 ms at 1,000/s', of: at(OURS, 1_000), value: 'p99 ms', most: 40 },
  ],
  async prepare({ quick }) {
    const seconds = quick ? 3 : 6;
    const telling = await testDatabase('messaging');
    const hearing = await testDatabase('messaging');
    const peer = await testDatabase('messaging');
    for (const { db } of [telling, peer]) await db.query('CREATE TABLE fact (subject text, nth int)');
    await hearing.db.query(
      'CREATE TABLE heard (place bigserial, id uuid PRIMARY KEY, subject text, sequence bigint)',
    );
    await setUpPeer(peer.db, peer.url);
    const parts = (...names: string[]): Worker[] => names.map((name) => new Worker(`latency/${name}`));
    const ours = parts('product', 'product-hearer');
    const others = parts('peer', 'peer-hearer');
    const bare = parts('limit', 'limit-hearer');

    const contestant = (
      name: string,
      kind: Contestant['kind'],
      rate: number,
      [teller, hearer]: Worker[],
      databases: { telling?: TestDatabase; hearing?: TestDatabase },
      check: (stamps: readonly Stamp[]) => Promise<string[]> = () => Promise.resolve([]),
    ): Contestant => ({
      name: at(name, rate),
      kind,
      run: () =>
        withTopic(async (prefix, topic): Promise<Run> => {
          const service = `bench-${randomBytes(4).toString('hex')}`;
          const own = (database?: TestDatabase) => ({ databaseUrl: database?.url, prefix, topic, service });
          try {
            await hearer!.ask('start', own(databases.hearing));
            await teller!.ask('start', own(databases.telling));
            await eventually(() => hearer!.ask('ready'), { within: 20_000 });
            await ready(teller!, databases.telling, kind);
            const [cpu, servers] = [[cpuOf(teller!.pid), cpuOf(hearer!.pid)], serverCpu()];
            const told = await teller!.ask<Stamp[]>('load', { rate, events: rate * seconds, topic });
            const gone =
              kind === 'peer' ? () => teller!.ask<string[]>('thrownAway') : () => Promise.resolve([]);
            const { kept, heard } = await eventually(async () => allHeard(hearer!, told, await gone()), {
              within: 30_000,
            });
            const per = (ms: number): number => (ms * 1_000) / told.length;
            const used = {
              'teller ms/1,000': per(cpuOf(teller!.pid) - cpu[0]!),
              'hearer ms/1,000': per(cpuOf(hearer!.pid) - cpu[1]!),
              ...serverValues(servers, told.length),
            };
            return {
              values: {
                ...valuesOf(kept, heard),
                ...(kind === 'peer' && { 'thrown away': told.length - kept.length }),
                ...used,
              },
              faults: [...faultsOf(kept, heard), ...(await check(told))],
            };
          } finally {
            await Promise.all([teller!.stop(), hearer!.stop()]);
          }
        }),
    });
    const product = (rate: number): Contestant =>
      contestant(OURS, 'product', rate, ours, { telling, hearing }, (told) => checkRows(hearing, told));
    return {
      how: { seconds, 'not counted of each run': `${WARM_SHARE * 100} %` },
      contestants: [
        product(200),
        contestant(LIMIT, 'limit', 200, bare, {}),
        contestant(PEER, 'peer', 200, others, { telling: peer }),
        product(1_000),
        contestant(LIMIT, 'limit', 1_000, bare, {}),
      ],
      async close() {
        await Promise.all([...ours, ...others, ...bare].map((worker) => worker.end()));
        await dropPeerSlot(peer.db, peer.url);
        for (const database of [telling, hearing, peer]) await database.drop();
      },
    };
  },
};

async function ready(
  teller: Worker,
  database: TestDatabase | undefined,
  kind: Contestant['kind'],
): Promise<void> {
  if (!database) return;
  await eventually(
    async () => {
      if (kind === 'product' && (await teller.ask<number>('owned')) < 4)
        throw new Error('shards without owner');
      if (kind === 'peer') {
        const slot = 'SELECT 1 FROM pg_replication_slots WHERE active AND database = current_database()';
        if ((await database.db.query(slot)).rowCount === 0) throw new Error('the slot has no reader');
      }
    },
    { within: 15_000 },
  );
  await sleep(300);
}

/** All that was told has arrived, but for what the teller says that it has thrown away. */
async function allHeard(
  hearer: Worker,
  all: readonly Stamp[],
  thrownAway: readonly string[],
): Promise<{ kept: Stamp[]; heard: Stamp[] }> {
  const stamps = await hearer.ask<Stamp[]>('stamps');
  const heard = new Set(stamps.map(({ id }) => id));
  const told = all.filter(({ id }) => !thrownAway.includes(id));
  const missing = told.flatMap(({ id }, nth) => (heard.has(id) ? [] : [nth + 1]));
  if (missing.length > 0)
    throw new Error(`not heard of ${told.length}: number ${missing.slice(0, 20).join(', ')}`);
  return { kept: told, heard: stamps };
}

function valuesOf(told: readonly Stamp[], heard: readonly Stamp[]): Record<string, number> {
  const arrived = new Map<string, number>();
  for (const { id, us } of heard) if (!arrived.has(id)) arrived.set(id, us);
  const counted = told.slice(Math.floor(told.length * WARM_SHARE));
  const delays = counted.map(({ id, us }) => (arrived.get(id)! - us) / 1_000);
  return {
    'p50 ms': quantile(delays, 0.5),
    'p90 ms': quantile(delays, 0.9),
    'p99 ms': quantile(delays, 0.99),
    'longest ms': quantile(delays, 1),
  };
}

function faultsOf(told: readonly Stamp[], heard: readonly Stamp[]): string[] {
  const ids = new Set(heard.map(({ id }) => id));
  const lost = told.filter(({ id }) => !ids.has(id)).length;
  return lost > 0 ? [`${lost} of ${told.length} events were never heard`] : [];
}

/** One effect each, in the order of its subject. A handler may be called again, its effect may not be there twice. */
async function checkRows({ db }: TestDatabase, told: readonly Stamp[]): Promise<string[]> {
  const { rows } = await db.query<{ events: number; disordered: number }>(
    `SELECT count(*) AS events, count(*) FILTER (WHERE sequence <> before + 1) AS disordered FROM (
       SELECT sequence, lag(sequence) OVER (PARTITION BY subject ORDER BY place) AS before FROM heard) AS h`,
  );
  const { events, disordered } = rows[0]!;
  await db.query('TRUNCATE heard');
  return [
    ...(events === told.length ? [] : [`${events} effects of ${told.length} events`]),
    ...(disordered === 0 ? [] : [`${disordered} effects out of order`]),
  ];
}
