import { eventually, testDatabase } from '#testing';
import { type MeasuresService, startMeasuresService } from '../discipline/service.js';
import type { Figure } from '../harness/figure.js';
import type { Contestant, Run } from '../harness/rounds.js';
import { cpuOf, serverCpu, serverValues } from '../harness/servers.js';
import { quantile } from '../harness/statistics.js';
import { Worker } from '../harness/worker.js';
import type { Asked } from './asker.js';

const CONNECTIONS = 64;
const HALF_LOAD = 1_500;
const BATCH = 5_000;
/** One asked subject in so many is listed. */
const LISTED_EACH = 20;

const FLOOD = 'checks over HTTP';
const HALF = `checks over HTTP, ${HALF_LOAD}/s`;
const TOGETHER = `a check of ${BATCH} subjects`;
const LIMIT = 'index read alone';

/** Questions inside approvals: over HTTP, with authorisation, logged and committed before they are answered, signed. */
export const checks: Figure = {
  name: 'checks',
  title: 'Checks inside approvals',
  reaches: [
    { text: '≥ 3,000 checks/s', of: FLOOD, value: 'checks/s', least: 3_000 },
    { text: `p99 ≤ 20 ms at ${HALF_LOAD}/s`, of: HALF, value: 'p99 ms', most: 20 },
    { text: `${BATCH} subjects ≤ 500 ms`, of: TOGETHER, value: 'ms', most: 500 },
  ],
  async prepare({ quick }) {
    const seconds = quick ? 3 : 6;
    const service = await startMeasuresService('checks');
    const codes = Array.from({ length: BATCH }, (_, nth) => `91230100${String(nth).padStart(10, '0')}`);
    await list(
      service,
      codes.filter((_, nth) => nth % LISTED_EACH === 0),
    );
    const [asker, reader] = [new Worker('checks/asker'), new Worker('checks/index-read')];
    const token = await service.issuer.issueToken(
      {
        kind: 'system',
        id: 'permits',
        name: '审批系统（虚构）',
        department: 'hlj.city.230100.market-regulation',
        roles: ['department-system'],
      },
      { expiresIn: 7_200 },
    );
    await asker.ask('start', { url: service.url, token, connections: CONNECTIONS });
    await reader.ask('start', { databaseUrl: service.databaseUrl });

    const asking = (name: string, subjects: number, ask: () => Promise<Asked>): Contestant => ({
      name,
      kind: 'product',
      async run(): Promise<Run> {
        // As autovacuum does within a minute: plans made over an empty log read it whole for each hit.
        await service.db.query('ANALYZE discipline_check, discipline_hit, deadlines.deadline');
        const before = await logged(service);
        const [cpu, client, servers] = [cpuOf(service.pid), cpuOf(asker.pid), serverCpu()];
        const asked = await ask();
        const per = (ms: number): number => (ms * 1_000) / (asked.answered * subjects);
        const used = { own: per(cpuOf(service.pid) - cpu), client: per(cpuOf(asker.pid) - client) };
        const postgres = serverValues(servers, asked.answered * subjects)['PostgreSQL ms/1,000'];
        return {
          values: {
            ...(subjects === 1
              ? {
                  'checks/s': asked.answered / asked.seconds,
                  'p50 ms': quantile(asked.delaysMs, 0.5),
                  'p99 ms': quantile(asked.delaysMs, 0.99),
                }
              : { ms: asked.seconds * 1_000 }),
            'CPU ms/1,000': used.own,
            'client ms/1,000': used.client,
            ...(postgres !== undefined && { 'PostgreSQL ms/1,000': postgres }),
          },
          faults: faultsOf(asked, before, await logged(service), subjects),
        };
      },
    });
    return {
      how: { seconds, connections: CONNECTIONS, 'asked subjects that are listed': `1 in ${LISTED_EACH}` },
      contestants: [
        asking(FLOOD, 1, () => asker.ask('flood', { codes, connections: CONNECTIONS, seconds })),
        {
          name: LIMIT,
          kind: 'limit',
          async run() {
            const [cpu, servers] = [cpuOf(reader.pid), serverCpu()];
            const read = await reader.ask<Asked>('flood', { codes, connections: CONNECTIONS, seconds });
            return {
              values: {
                'checks/s': read.answered / read.seconds,
                'CPU ms/1,000': ((cpuOf(reader.pid) - cpu) * 1_000) / read.answered,
                ...serverValues(servers, read.answered),
              },
              faults: boundFaults(read),
            };
          },
        },
        asking(HALF, 1, () => asker.ask('steadily', { codes, rate: HALF_LOAD, seconds })),
        asking(TOGETHER, BATCH, () => asker.ask('together', { codes })),
      ],
      async close() {
        for (const each of [asker, reader]) {
          await each.stop();
          await each.end();
        }
        await service.close();
      },
    };
  },
};

/** As they are listed in truth: decided by one service, ordered by the other. */
async function list(service: MeasuresService, codes: readonly string[]): Promise<void> {
  const listing = await testDatabase('messaging');
  const teller = new Worker('discipline/teller');
  try {
    await teller.ask('start', { databaseUrl: listing.url, prefix: service.prefix });
    await teller.ask('decideTogether', { list: 'SAMR', codes });
    await eventually(
      async () => {
        const { rows } = await service.db.query<{ live: number }>(
          `SELECT count(*) AS live FROM discipline_case WHERE standing = 'live'`,
        );
        if (rows[0]!.live < codes.length) throw new Error(`${rows[0]!.live} of ${codes.length} listed`);
      },
      { within: 60_000 },
    );
  } finally {
    await teller.stop();
    await teller.end();
    await listing.drop();
  }
  await service.db.query('ANALYZE');
}

interface Logged {
  subjects: number;
  bound: number;
  hits: number;
  told: number;
}

async function logged({ db }: MeasuresService): Promise<Logged> {
  const { rows } = await db.query<Logged>(
    `SELECT count(*) AS subjects, count(*) FILTER (WHERE hits > 0) AS bound, coalesce(sum(hits), 0)::bigint AS told,
            (SELECT count(*) FROM discipline_hit) AS hits
     FROM discipline_check`,
  );
  return rows[0]!;
}

/** As many logged as answered, each hit kept to be answered, and the right subjects bound. */
function faultsOf(asked: Asked, before: Logged, after: Logged, subjects: number): string[] {
  const faults = subjects === 1 ? boundFaults(asked) : [];
  const grown = after.subjects - before.subjects;
  if (grown !== asked.answered * subjects)
    faults.push(`${grown} logged, ${asked.answered * subjects} answered`);
  const bound = after.bound - before.bound;
  const expected = subjects === 1 ? asked.bound : subjects / LISTED_EACH;
  if (bound !== expected) faults.push(`${bound} bound in the log, ${expected} answered so`);
  if (after.hits !== after.told) faults.push(`${after.hits} hits kept, ${after.told} told`);
  return faults;
}

/** The codes are asked in turn, so it is known how many of them stand on a list. */
function boundFaults({ answered, bound }: Asked): string[] {
  const expected = Math.ceil(answered / LISTED_EACH);
  return bound === expected ? [] : [`${bound} of ${answered} bound, not ${expected}`];
}
