import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '#platform';
import { eventually, type TestDatabase, testDatabase } from '#testing';
import type { Figure } from '../harness/figure.js';
import { withTopic } from '../harness/place.js';
import type { Contestant, Run } from '../harness/rounds.js';
import { cpuOf, serverCpu, serverValues } from '../harness/servers.js';
import { quantile } from '../harness/statistics.js';
import { Worker } from '../harness/worker.js';
import type { Stamp } from '../latency/open-load.js';
import { createPeerOutbox, setUpPollingPeer } from '../relay/peer-outbox.js';
import { type DecisionRows, layRowsReady, rowsOf } from './rows.js';
import { type MeasuresService, startMeasuresService } from './service.js';
import { Watch } from './watch.js';

const RATE = 20;
const IMPORT_RATE = 1_000;
/** Events at the start of each run that do not count: connections and plans are made with them. */
const WARM_SHARE = 0.2;
const TOGETHER = 1_000;
/** Whoever has not committed by then has failed the run. */
const MOST_WAIT_MS = 120_000;

/** Lists of the bench, by how many actions they order: so many departments on each of ten rules. */
const LISTS = { 10: 'TEN', 60: 'SIXTY', 200: 'TWOHUNDRED' } as const;
type Actions = keyof typeof LISTS;
const SIZES = [10, 60, 200] as const;
const RULES = 10;

const LIMIT = 'sum of the floors';
const PEER = 'pg-transactional-outbox + ServerKafka + TypeORM save';

const at = (actions: Actions, how: 'alone' | 'during an import'): string => `${actions} actions, ${how}`;

/** From the commit of a decision in one service to the commit of all its actions in another. */
export const discipline: Figure = {
  name: 'discipline',
  title: 'Decision → all actions committed',
  reaches: SIZES.flatMap((actions) => [
    { text: `${actions} actions: p50 ≤ 25 ms`, of: at(actions, 'alone'), value: 'p50 ms', most: 25 },
    { text: `${actions} actions: p99 ≤ 150 ms`, of: at(actions, 'alone'), value: 'p99 ms', most: 150 },
    {
      text: `${actions} actions: p99 during an import ≤ 150 ms`,
      of: at(actions, 'during an import'),
      value: 'p99 ms',
      most: 150,
    },
    ...(['p50', 'p99'] as const).map((quantile) => ({
      text: `${actions} actions: ${quantile} during an import ≤ 2 ×`,
      of: at(actions, 'during an import'),
      over: at(actions, 'alone'),
      value: `${quantile} ms`,
      most: 2,
    })),
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

    /** What was told by `tell` until its last action is committed; `pids` do the work. */
    const decided = async (
      { watch, pids, check }: Place,
      actions: number,
      tell: () => Promise<Stamp[]>,
    ): Promise<Run> => {
      const [cpu, servers] = [pids.map(cpuOf), serverCpu()];
      const told = await tell();
      await eventually(() => watch.all(told), { within: MOST_WAIT_MS });
      const used = pids.reduce((sum, pid, nth) => sum + cpuOf(pid) - cpu[nth]!, 0);
      const counted = told.slice(Math.floor(told.length * WARM_SHARE));
      const delays = counted.map(({ id, us }) => (watch.seen.get(id)! - us) / 1_000);
      const last = Math.max(...told.map(({ id }) => watch.seen.get(id)!));
      return {
        values: {
          'p50 ms': quantile(delays, 0.5),
          'p99 ms': quantile(delays, 0.99),
          'longest ms': quantile(delays, 1),
          'CPU ms/decision': used / told.length,
          ...serverValues(servers, told.length, 'decision'),
          ...(told.length === TOGETHER && { 'listings/s': (TOGETHER * 1e6) / (last - told[0]!.us) }),
        },
        faults: await check(told, actions),
      };
    };
    const ours: Place = {
      watch,
      pids: [service.pid, teller.pid],
      check: (told, actions) => faultsOf(service, told, actions),
    };
    const decide = (actions: Actions, decisions: number): Promise<Stamp[]> =>
      teller.ask('decide', { rate: RATE, decisions, list: LISTS[actions] });
    const alone = (actions: Actions): Contestant => ({
      name: at(actions, 'alone'),
      kind: 'product',
      run: () => decided(ours, actions, () => decide(actions, RATE * seconds)),
    });
    const underImport = (actions: Actions): Contestant => ({
      name: at(actions, 'during an import'),
      kind: 'product',
      async run() {
        const heard = await receipts(service);
        await importer.ask('beginImport', { rate: IMPORT_RATE });
        await sleep(500);
        let run: Run | undefined;
        try {
          run = await alone(actions).run(0);
        } finally {
          const imported = await importer.ask<number>('endImport');
          const expected = heard + imported + (run ? RATE * seconds : 0);
          // What is left of the import would disturb whoever comes next.
          await eventually(() => allReceived(service, expected), { within: MOST_WAIT_MS });
        }
        return run;
      },
    });

    // The same rows, written by others into a database of the same tables.
    const rows = new Map<Actions, DecisionRows>();
    for (const actions of SIZES) {
      const one = await decide(actions, 1);
      await eventually(() => watch.all(one), { within: 30_000 });
      rows.set(actions, await rowsOf(service.db, one[0]!.id));
    }
    const floor = await otherPlace();
    const statements = new Map<Actions, string>();
    for (const actions of SIZES)
      statements.set(actions, await layRowsReady(floor.database.db, LISTS[actions], rows.get(actions)!));
    const peerTelling = await testDatabase('messaging');
    await setUpPollingPeer(peerTelling.db, peerTelling.url);
    const peer = await otherPlace();
    await createPeerOutbox(peer.database.db, peer.database.url);
    const [bareTeller, bareHearer] = [new Worker('latency/limit'), new Worker('discipline/limit-hearer')];
    const [peerTeller, peerHearer] = [new Worker('discipline/peer'), new Worker('discipline/peer-hearer')];

    const other = (
      name: string,
      kind: Contestant['kind'],
      actions: Actions,
      { database, watch: watching }: OtherPlace,
      [first, second]: [Worker, Worker],
      about: { telling?: TestDatabase; outbox: string; statement?: string; rows?: DecisionRows },
    ): Contestant => ({
      name: `${actions} actions, ${name}`,
      kind,
      run: () =>
        withTopic(async (prefix, topic) => {
          const service = `bench-${randomBytes(4).toString('hex')}`;
          const { statement, rows: ready } = about;
          try {
            await second.ask('start', {
              databaseUrl: database.url,
              topic,
              service,
              actions,
              statement,
              rows: ready,
            });
            await first.ask('start', { databaseUrl: about.telling?.url, prefix, topic, service });
            await eventually(() => second.ask('ready'), { within: 20_000 });
            const place = {
              watch: watching,
              pids: [first.pid, second.pid],
              check: (told: readonly Stamp[]) => rowFaultsOf(database.db, about.outbox, told, actions),
            };
            return await decided(place, actions, () =>
              first.ask('load', { rate: RATE, events: RATE * seconds, topic }),
            );
          } finally {
            await Promise.all([first.stop(), second.stop()]);
          }
        }),
    });
    return {
      how: { seconds, 'decisions/s': RATE, 'records imported/s': IMPORT_RATE },
      contestants: [
        ...SIZES.flatMap((actions) => [
          alone(actions),
          underImport(actions),
          other(LIMIT, 'limit', actions, floor, [bareTeller, bareHearer], {
            outbox: 'messaging.outbox',
            statement: statements.get(actions)!,
          }),
          other(PEER, 'peer', actions, peer, [peerTeller, peerHearer], {
            telling: peerTelling,
            outbox: 'peer.outbox',
            rows: rows.get(actions)!,
          }),
        ]),
        {
          name: `${TOGETHER} listings in one commit, 10 actions each`,
          kind: 'product',
          run: () =>
            decided(ours, 10, () =>
              teller.ask('decideTogether', { list: LISTS[10], codes: Array<null>(TOGETHER).fill(null) }),
            ),
        },
      ],
      async close() {
        for (const each of [teller, importer]) await each.stop();
        for (const each of [teller, importer, bareTeller, bareHearer, peerTeller, peerHearer])
          await each.end();
        await watch.close();
        await service.close();
        for (const { watch: watching, database } of [floor, peer]) {
          await watching.close();
          await database.drop();
        }
        for (const database of [listing, records, peerTelling]) await database.drop();
      },
    };
  },
};

/** Where actions are committed, by which processes, and how it is checked. */
interface Place {
  watch: Watch;
  pids: readonly number[];
  check(told: readonly Stamp[], actions: number): Promise<string[]>;
}

interface OtherPlace {
  database: TestDatabase;
  watch: Watch;
}

async function otherPlace(): Promise<OtherPlace> {
  const database = await testDatabase('measures');
  return { database, watch: await Watch.on({ db: database.db, databaseUrl: database.url }) };
}

async function receipts({ db }: MeasuresService): Promise<number> {
  const { rows } = await db.query<{ received: number }>('SELECT count(*) AS received FROM messaging.inbox');
  return rows[0]!.received;
}

async function allReceived(service: MeasuresService, expected: number): Promise<void> {
  const received = await receipts(service);
  if (received < expected) throw new Error(`${received} of ${expected} events received`);
}

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

/** Of those who write the rows of a decision that lie ready: each case exactly its actions, clocks and events. */
async function rowFaultsOf(
  db: Database,
  outbox: string,
  told: readonly Stamp[],
  actions: number,
): Promise<string[]> {
  const { rows } = await db.query<{ cases: number; wrong: number; events: number }>(
    `WITH mine AS (SELECT case_id, subject_id FROM discipline_case WHERE case_id = ANY($1)),
          counted AS (SELECT m.case_id, count(a.id) AS actions, count(h.action_id) AS history,
                             count(d.ref) AS clocked
                      FROM mine m LEFT JOIN discipline_action a USING (case_id)
                      LEFT JOIN discipline_action_history h ON h.action_id = a.id
                      LEFT JOIN (SELECT DISTINCT ref FROM deadlines.deadline) AS d ON d.ref = a.id::text
                      GROUP BY 1)
     SELECT count(*) AS cases, count(*) FILTER (WHERE (actions, history, clocked) <> ($2, $2, $2)) AS wrong,
            (SELECT count(*) FROM ${outbox} o JOIN mine ON o.${outbox.startsWith('peer') ? 'aggregate_id' : 'key'} = subject_id::text) AS events
     FROM counted`,
    [told.map(({ id }) => id), actions],
  );
  const { cases, wrong, events } = rows[0]!;
  const expected = told.length * (actions + 1);
  return [
    ...(cases === told.length ? [] : [`${cases} of ${told.length} cases`]),
    ...(wrong === 0 ? [] : [`${wrong} cases without exactly ${actions} actions`]),
    ...(events === expected ? [] : [`${events} events told instead of ${expected}`]),
  ];
}
