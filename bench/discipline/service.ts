import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { startOfDay } from '#kernel';
import { type Database, MovableClock } from '#platform';
import { eventually, startTestIssuer, type TestIssuer, testDatabase } from '#testing';
import { ensureTopics } from '../../libs/messaging/src/kafka/topics.js';
import { benchLogger, brokers, PARTITIONS } from '../harness/place.js';

/** The measures service as it is shipped, in its own process, on a database and topics of its own. */
export interface MeasuresService {
  url: string;
  databaseUrl: string;
  db: Database;
  pid: number;
  /** topics of the services that it hears have it, too */
  prefix: string;
  issuer: TestIssuer;
  close(): Promise<void>;
}

/** A day whose year has its working calendar, whenever the figure is taken. */
export const DAY = '2024-11-14';

/** @param name of the figure; `BENCH_PROFILE=<name>/product` writes a CPU profile of the service */
export async function startMeasuresService(name: string): Promise<MeasuresService> {
  const prefix = `bench-${randomBytes(5).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'chengxin-bench-'));
  const clock = join(folder, 'clock.json');
  new MovableClock(clock).moveTo(new Date(startOfDay(DAY).getTime() + 9 * 3_600_000));
  const database = await testDatabase('measures');
  const issuer = await startTestIssuer();
  const here = { brokers: brokers(), clientId: prefix, logger: benchLogger(prefix) };
  await ensureTopics(here, { prefix, partitions: PARTITIONS, replication: 1 }, ['listings', 'records']);
  const port = await freePort();
  const profiled =
    process.env['BENCH_PROFILE'] === `${name}/product`
      ? ['--cpu-prof', '--cpu-prof-dir=.local/profiles']
      : [];
  const child = spawn(process.execPath, [...profiled, 'dist/apps/measures/src/main.js'], {
    env: {
      ...process.env,
      ...issuer.settings,
      NODE_OPTIONS: '',
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: database.url,
      KAFKA_BROKERS: brokers().join(','),
      CHENGXIN_TOPIC_PREFIX: prefix,
      CHENGXIN_PARTITIONS: String(PARTITIONS),
      CHENGXIN_CLOCK_FILE: clock,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(
    async () => {
      if (child.exitCode !== null) throw new Error('the service ended');
      const answer = await fetch(`${url}/health/ready`);
      if (answer.status !== 200) throw new Error(await answer.text());
    },
    { within: 90_000 },
  );
  return {
    url,
    databaseUrl: database.url,
    db: database.db,
    pid: child.pid!,
    prefix,
    issuer,
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await issuer.close();
      await database.drop();
      await removeTopics(prefix);
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function removeTopics(prefix: string): Promise<void> {
  const admin = new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${prefix}.`));
  await admin.deleteTopics({ topics });
  await admin.disconnect();
}
