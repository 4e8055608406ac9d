import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { eventually, testDatabase } from '#testing';
import type { Figure } from '../harness/figure.js';
import { clockUs } from '../harness/meter.js';
import type { Contestant, Run } from '../harness/rounds.js';
import { cpuOf } from '../harness/servers.js';
import { quantile } from '../harness/statistics.js';
import { Worker } from '../harness/worker.js';
import type { Stamp } from '../latency/open-load.js';
import { type MeasuresService, startMeasuresService } from './service.js';

const RATE = 20;
const IMPORT_RATE = 1_000;
/** Events at the start of each run that do not count: connections and plans are made with them. */
const WARM_SHARE = 0.2;
const TOGETHER = 1_000;

/** Lists of the bench, by how many actions they order: so many departments on each of ten rules. */
const LISTS = { 10: 'TEN', 60: 'SIXTY', 200: 'TWOHUNDRED' } as const;
type Actions = keyof typeof LISTS;
const SIZES = [10, 60, 200] as const;
const RULES = 10;

const at = (actions: Actions, how: 'alone' | 'during an import'): string => `${actions} actions, ${how}`;

/** From the commit of a decision in one service to the commit of all its actions in another. */
export const discipline: Figure = {
  name: 'discipline',
  title: 'Decision → all actions committed',
  reaches: SIZES.flatMap((actions) => [
    { text: `${actions} actions: p50 ≤ 25 ms`, of: at(actions, 'alone'), value: 'p50 ms', most: 25 },
    { text: `${actions} actions: p99 ≤ 150 ms`, of: at(actions, 'alone'), value: 'p99 ms', most: 150 },
    {
      text: `${actions} actions: p50 during an import ≤ 2 ×`,
      of: at(actions, 'during an import'),
      over: at(actions, 'alone'),
      value: 'p50 ms',
      most: 2,
    },
  ]),
  async prepare({ quick }) {
    const seconds = quick ? 3 : 10;
    const listing = await testDatabase('messaging');
    const records = await testDatabase('messaging');
    const service = await startMeasuresService('discipline');
    await layRules(service);
    const watch = await Watch.on(service);
    const [teller, importer] = [new Worker('discipline/teller'), new Worker('discipline/teller')];
    await teller.ask('start', { databaseUrl: listing.url, prefix: service.prefix });
    await importer.ask('start', { databaseUrl: records.url, prefix: service.prefix });
    for (const each of [teller, importer])
      await eventually(
        async () => {
          if ((await each.ask<number>('owned')) < 4) throw new Error('shards without owner');
        },
        { within: 15_000 },
      );

    const decided = async (actions: number, tell: () => Promise<Stamp[]>): Promise<Run> => {
      const cpu = cpuOf(service.pid);
      const told = await tell();
      await eventually(() => watch.all(told), { within: 60_000 });
      const used = cpuOf(service.pid) - cpu;
      const counted = told.slice(Math.floor(told.length * WARM_SHARE));
      const delays = counted.map(({ id, us }) => (watch.seen.get(id)! - us) / 1_000);
      const last = Math.max(...told.map(({ id }) => watch.seen.get(id)!));
      return {
        values: {
          'p50 ms': quantile(delays, 0.5),
          'p99 ms': quantile(delays, 0.99),
          'longest ms': quantile(delays, 1),
          'CPU ms/1,000 actions': (used * 1_000) / (told.length * actions),
          ...(told.length === TOGETHER && { 'listings/s': (TOGETHER * 1e6) / (last - told[0]!.us) }),
        },
        faults: await faultsOf(service, told, actions),
      };
    };
    const alone = (actions: Actions): Contestant => ({
      name: at(actions, 'alone'),
      kind: 'product',
      run: () =>
        decided(actions, () =>
          teller.ask('decide', { rate: RATE, decisions: RATE * seconds, list: LISTS[actions] }),
        ),
    });
    const underImport = (actions: Actions): Contestant => ({
      name: at(actions, 'during an import'),
      kind: 'product',
      async run() {
        await importer.ask('beginImport', { rate: IMPORT_RATE });
        await sleep(500);
        try {
          return await alone(actions).run(0);
        } finally {
          await importer.ask('endImport');
        }
      },
    });
    return {
      how: { seconds, 'decisions/s': RATE, 'records imported/s': IMPORT_RATE },
      contestants: [
        ...SIZES.flatMap((actions) => [alone(actions), underImport(actions)]),
        {
          name: `${TOGETHER} listings in one commit, 10 actions each`,
          kind: 'product',
          run: () =>
            decided(10, () =>
              teller.ask('decideTogether', { list: LISTS[10], codes: Array<null>(TOGETHER).fill(null) }),
            ),
        },
      ],
      async close() {
        for (const each of [teller, importer]) {
          await each.stop();
          await each.end();
        }
        await watch.close();
        await service.close();
        for (const database of [listing, records]) await database.drop();
      },
    };
  },
};

/** Rules of the real book, given to so many registered units each that a listing orders the wanted number of actions. */
async function layRules({ db }: MeasuresService): Promise<void> {
  for (const actions of SIZES)
    await db.query(
      `WITH units AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS nth FROM unit WHERE valid_to IS NULL ORDER BY id LIMIT $2),
            model AS (SELECT measure, mode, content FROM discipline_rule WHERE id = 'samr.licensing' LIMIT 1)
       INSERT INTO discipline_rule (id, valid_from, list, measure, mode, content)
       SELECT id, '2021-01-01', $1, measure, mode, content || jsonb_build_object('id', id, 'list', $1::text, 'executors', executors)
       FROM model, (SELECT 'bench.' || lower($1) || '.' || n AS id,
                           jsonb_build_object('units', (SELECT jsonb_agg(units.id) FROM units)) AS executors
                    FROM generate_series(1, $3) AS n) AS rule`,
      [LISTS[actions], actions / RULES, RULES],
    );
}

/** Each case whose actions are committed, and when: told by PostgreSQL at the commit itself, so a little late at most. */
class Watch {
  readonly seen = new Map<string, number>();

  static async on({ db, databaseUrl }: MeasuresService): Promise<Watch> {
    await db.query(
      `CREATE FUNCTION tell_commit() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_notify('ordered', NEW.case_id::text); RETURN NULL; END $$;
       CREATE TRIGGER tell_commit AFTER INSERT ON discipline_case FOR EACH ROW EXECUTE FUNCTION tell_commit()`,
    );
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const watch = new Watch(client);
    await client.query('LISTEN ordered');
    return watch;
  }

  private constructor(private readonly client: pg.Client) {
    client.on('notification', ({ payload }) => this.seen.set(payload!, clockUs()));
  }

  all(told: readonly Stamp[]): void {
    const missing = told.filter(({ id }) => !this.seen.has(id)).length;
    if (missing > 0) throw new Error(`${missing} of ${told.length} cases have no actions`);
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** Every case has exactly its actions, each told once, and the count is told once. */
async function faultsOf({ db }: MeasuresService, told: readonly Stamp[], actions: number): Promise<string[]> {
  const cases = told.map(({ id }) => id);
  const { rows: wrong } = await db.query(
    `SELECT c.case_id, count(a.id) FROM discipline_case c LEFT JOIN discipline_action a USING (case_id)
     WHERE c.case_id = ANY($1) GROUP BY 1 HAVING count(a.id) <> $2`,
    [cases, actions],
  );
  const { rows: events } = await db.query<{ events: number; ids: number }>(
    `SELECT count(*) AS events, count(DISTINCT o.envelope::jsonb ->> 'id') AS ids
     FROM messaging.outbox o JOIN discipline_case c ON o.key = c.subject_id::text WHERE c.case_id = ANY($1)`,
    [cases],
  );
  const expected = told.length * (actions + 1);
  return [
    ...(wrong.length === 0 ? [] : [`${wrong.length} cases without exactly ${actions} actions`]),
    ...(events[0]!.events === expected && events[0]!.ids === expected
      ? []
      : [`${events[0]!.events} events told instead of ${expected}`]),
  ];
}
