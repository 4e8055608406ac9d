import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { killService, pidOf, SERVICES } from '../../stories/processes.js';
import type { Receiver } from '../../tour/receiver.js';
import { another } from '../server.js';

export interface Scene {
  redis: Redis;
  receiver: Receiver;
}

/** What happens to the whole platform between two steps of the main job. */
export interface PlatformFault {
  /** the step after which it happens */
  after: string;
  name: string;
  happen: (scene: Scene) => Promise<string | void>;
}

const STOPPED_MS = 15_000;

/** Stopped and continued while the story goes on. */
function stopFor(services: readonly string[], ms: number): void {
  const pids = services.map(pidOf);
  const signal = (name: NodeJS.Signals): void => pids.forEach((pid) => void process.kill(pid, name));
  signal('SIGSTOP');
  setTimeout(() => signal('SIGCONT'), ms);
}

/** Deliveries pile up before a subscriber that takes its time, and Redis forgets them. */
async function flushed({ redis, receiver }: Scene): Promise<string> {
  receiver.pauseMs = 2_000;
  const seen: number[] = [];
  for (let times = 0; times < 3; times += 1) {
    await sleep(3_000);
    const jobs = await redis.keys('*:webhooks:[0-9]*');
    seen.push(jobs.length);
    await redis.flushall();
  }
  receiver.pauseMs = 0;
  return `${seen.join(', ')} jobs forgotten`;
}

export const platformFaults: readonly PlatformFault[] = [
  { after: 'record pushed', name: 'broker killed (kill -9)', happen: () => another('kafka', 'SIGKILL') },
  {
    after: 'noticed',
    name: 'all seven services killed at once (kill -9)',
    happen: async () => void (await Promise.all(SERVICES.map(killService))),
  },
  {
    after: 'defence over',
    name: 'PostgreSQL killed (kill -9)',
    happen: () => another('postgres', 'SIGKILL'),
  },
  { after: 'decided', name: 'Redis flushed three times, deliveries waiting', happen: flushed },
  {
    after: 'in force',
    name: 'grading and notifications stopped (SIGSTOP) for 15 s and continued',
    happen: async () => stopFor(['grading', 'notifications'], STOPPED_MS),
  },
  { after: 'answered', name: 'Redis killed (kill -9)', happen: () => another('redis', 'SIGKILL') },
  {
    after: 'removal requested',
    name: 'broker and PostgreSQL restarted together',
    happen: async () =>
      void (await Promise.all([another('kafka', 'SIGTERM'), another('postgres', 'SIGINT')])),
  },
  {
    after: 'removal granted',
    name: 'listing, records and measures killed one after another (kill -9)',
    async happen() {
      for (const service of ['listing', 'records', 'measures']) await killService(service);
    },
  },
];
