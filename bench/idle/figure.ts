import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Figure } from '../harness/figure.js';
import { cpuOf, serverCpu } from '../harness/servers.js';

const SERVICES = ['console', 'identity', 'records', 'listing', 'measures', 'grading', 'notifications'];
/** After a start V8 still compiles what runs often and then gives memory back. */
const SETTLING_MS = 90_000;

/**
 * What the seven services cost while nothing happens: whole processes, so consumers, relays, sweeps and HTTP
 * together. They were started by `npm run bench` itself, as `npm start` does it.
 */
export const idle: Figure = {
  name: 'idle',
  title: 'Seven services idle',
  rounds: 5,
  reaches: [{ text: '≤ 10 % of a core together', of: 'seven services', value: 'sum %', most: 10 }],
  async prepare({ quick }) {
    const seconds = quick ? 5 : 20;
    await sleep(SETTLING_MS);
    return {
      how: { seconds },
      contestants: [
        {
          name: 'seven services',
          kind: 'product',
          async run() {
            const before = SERVICES.map((name) => cpuOf(pidOf(name)));
            const servers = serverCpu();
            const began = performance.now();
            await sleep(seconds * 1_000);
            const share = 100 / (performance.now() - began);
            const used = SERVICES.map((name, index) => (cpuOf(pidOf(name)) - before[index]!) * share);
            const now = serverCpu();
            return {
              values: {
                'sum %': used.reduce((sum, each) => sum + each, 0),
                ...Object.fromEntries(SERVICES.map((name, index) => [`${name} %`, used[index]!])),
                ...(servers &&
                  now && {
                    'Kafka %': (now.kafka - servers.kafka) * share,
                    'PostgreSQL %': (now.postgres - servers.postgres) * share,
                  }),
              },
              faults: [],
            };
          },
        },
      ],
      close: () => Promise.resolve(),
    };
  },
};

function pidOf(service: string): number {
  const folder = process.env['CHENGXIN_RUN_DIR'];
  if (!folder) throw new Error('the figure idle needs the services that `npm run bench` starts');
  return Number(/\d+/.exec(readFileSync(join(folder, `${service}.pid`), 'utf8'))?.[0]);
}
