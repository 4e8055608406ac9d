import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** CPU that the servers of this run have used, in ms; undefined where /proc or their pids cannot be seen. */
export interface ServerCpu {
  kafka: number;
  postgres: number;
}

const TICK_MS = 10;

export function serverCpu(): ServerCpu | undefined {
  const kafka = pidOf('kafka');
  const postgres = pidOf('postgres');
  if (!kafka || !postgres) return undefined;
  const all = processes();
  const mine = (pid: number): number => all.get(pid)?.own ?? 0;
  // Of its sessions that have ended the postmaster keeps the sum.
  let sum = mine(postgres) + (all.get(postgres)?.ended ?? 0);
  for (const { parent, own } of all.values()) if (parent === postgres) sum += own;
  return { kafka: mine(kafka), postgres: sum };
}

/** What they used meanwhile, per thousand events, or per one of what is named. */
export function serverValues(
  before: ServerCpu | undefined,
  events: number,
  each?: string,
): Record<string, number> {
  const after = serverCpu();
  if (!before || !after) return {};
  const [share, per] = each === undefined ? [1_000 / events, '1,000'] : [1 / events, each];
  return {
    [`Kafka ms/${per}`]: (after.kafka - before.kafka) * share,
    [`PostgreSQL ms/${per}`]: (after.postgres - before.postgres) * share,
  };
}

function pidOf(server: string): number | undefined {
  const folder = process.env['CHENGXIN_RUN_DIR'];
  if (!folder) return undefined;
  try {
    return Number(/\d+/.exec(readFileSync(join(folder, `${server}.pid`), 'utf8'))?.[0]) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // given, not started here
    throw error;
  }
}

/** CPU time of a process and all its threads, in ms. */
export function cpuOf(pid: number): number {
  return processes([String(pid)]).get(pid)?.own ?? 0;
}

function processes(
  pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name)),
): Map<number, { parent: number; own: number; ended: number }> {
  const found = new Map<number, { parent: number; own: number; ended: number }>();
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      found.set(Number(pid), {
        parent: fields[1]!,
        own: (fields[11]! + fields[12]!) * TICK_MS,
        ended: (fields[13]! + fields[14]!) * TICK_MS,
      });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ESRCH') throw error; // ended while we looked
    }
  }
  return found;
}
