import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../tour/api.js';

/** Every process of the platform; the steps of a story kill them in this order. */
export const SERVICES = [
  'records',
  'listing',
  'measures',
  'grading',
  'notifications',
  'identity',
  'console',
] as const;

export const SERVICE_PORTS: Record<(typeof SERVICES)[number], number> = {
  console: 0,
  identity: 1,
  records: 2,
  listing: 3,
  measures: 4,
  grading: 5,
  notifications: 6,
};

/** Of a service, or of a server that it stands on. */
export function pidOf(service: string): number {
  return Number(
    readFileSync(join(process.env['CHENGXIN_RUN_DIR']!, `${service}.pid`), 'utf8')
      .trim()
      .split(/\s/)[0],
  );
}

/** kill -9, and only returns when the supervisor has put another process in its place. */
export async function killService(service: string): Promise<void> {
  const pid = pidOf(service);
  process.kill(pid, 'SIGKILL');
  await eventually(`another process for ${service}`, async () => {
    try {
      return pidOf(service) !== pid;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  });
}

export function serviceUrl(service: (typeof SERVICES)[number], path: string): string {
  const base = Number(process.env['CHENGXIN_PORT_BASE'] ?? 7200);
  return `http://127.0.0.1:${base + SERVICE_PORTS[service]}${path}`;
}

/**
 * While `act` runs, the services stand still as one does whose machine hangs: alive, with all that they hold, and
 * deaf (SIGSTOP). Whatever becomes of `act`, they go on after it.
 */
export async function whileStopped<T>(
  services: readonly (typeof SERVICES)[number][],
  act: () => Promise<T>,
): Promise<T> {
  const pids = services.map(pidOf);
  const signal = (name: NodeJS.Signals): void => pids.forEach((pid) => void process.kill(pid, name));
  signal('SIGSTOP');
  try {
    return await act();
  } finally {
    signal('SIGCONT');
  }
}
