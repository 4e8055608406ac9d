import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { measureProgressReported } from '#contracts';
import { publish } from '#messaging';
import { eventually, partsSetting, stopwatch, type TestDatabase, testDatabase } from '#testing';

/* A service that leaves its outbox alone, and relays as processes of their own: the built programs, on a database and topics of their own. */

const prefix = `apart-${randomBytes(4).toString('hex')}`;
const base = Number(process.env['CHENGXIN_PORT_BASE'] ?? 7200);
const patiently = { within: 60_000 };
const processes: ChildProcess[] = [];
let database: TestDatabase;
let kafka: Kafka;

function start(app: string, port: number, env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [`dist/apps/${app}/src/main.js`], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'test',
      PORT: String(base + port),
      DATABASE_URL: database.url,
      KAFKA_BROKERS: partsSetting('KAFKA_BROKERS'),
      CHENGXIN_TOPIC_PREFIX: prefix,
      CHENGXIN_PARTITIONS: '3',
      LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  processes.push(child);
  return child;
}
const relay = (port: number): ChildProcess => start('relay', port, { CHENGXIN_RELAY_OF: 'records' });
const ready = (port: number): Promise<void> =>
  eventually(async () => {
    const answer = await fetch(`http://127.0.0.1:${base + port}/health/ready`);
    if (answer.status !== 200) throw new Error(await answer.text());
  }, patiently);
/** Shards by the process that carries them. */
async function owners(): Promise<Map<number, number>> {
  const { rows } = await database.db.query<{ pid: number; n: number }>(
    `SELECT substring(a.application_name FROM '/(\\d+)$')::int AS pid, count(*) AS n
     FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.objid < 4 AND l.granted AND a.datname = current_database()
       AND a.application_name LIKE 'relay records %'
     GROUP BY 1`,
  );
  return new Map(rows.map(({ pid, n }) => [pid, n]));
}

/** Sequences per subject as they lie in Kafka. */
const published = new Map<string, number[]>();
let writing = true;
const written = new Map<string, number>();
/** Of each subject a writer: its events are told in order, and how many were committed is known. */
async function write(subject: string): Promise<void> {
  while (writing) {
    await database.db.transaction((tx) =>
      publish(tx, {
        contract: measureProgressReported,
        subject,
        data: measureProgressReported.sample,
      }),
    );
    written.set(subject, (written.get(subject) ?? 0) + 1);
    await sleep(20);
  }
}
const count = (): number => [...published.values()].reduce((sum, all) => sum + all.length, 0);

beforeAll(async () => {
  database = await testDatabase('records');
  kafka = new Kafka({ brokers: partsSetting('KAFKA_BROKERS').split(','), logLevel: logLevel.NOTHING });
  start('records', 50, { CHENGXIN_RELAY: 'apart' });
  await ready(50);
});
afterAll(async () => {
  writing = false;
  for (const child of processes) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await database.drop();
});

describe('relays apart from their service', () => {
  it('carry what the service leaves alone; one takes over from another within 5 s of its kill -9, and a frozen one does no harm', async () => {
    const subjects = Array.from({ length: 16 }, (_, n) => `apart-${n}`);
    const writers = subjects.map(write);
    const reader = kafka.consumer({ groupId: `${prefix}-reader`, maxWaitTimeInMs: 50 });
    await reader.connect();
    await reader.subscribe({ topic: `${prefix}.measures`, fromBeginning: true });
    await reader.run({
      eachMessage: ({ message }) => {
        const { subject, sequence } = JSON.parse(message.value!.toString()) as {
          subject: string;
          sequence: string;
        };
        published.set(subject, [...(published.get(subject) ?? []), Number(sequence)]);
        return Promise.resolve();
      },
    });

    await eventually(() => expect([...written.values()].every((n) => n > 10)).toBe(true));
    expect(await owners()).toEqual(new Map());
    expect(count()).toBe(0);

    const [first, second] = [relay(51), relay(52)];
    await Promise.all([ready(51), ready(52)]);
    await eventually(async () => expect([...(await owners()).values()]).toEqual([2, 2]), patiently);
    await eventually(() => expect(published.size).toBe(16), patiently);

    const sinceKilled = stopwatch();
    const killed = performance.now();
    const at = count();
    first.kill('SIGKILL');
    await eventually(async () => expect(await owners()).toEqual(new Map([[second.pid!, 4]])), {
      ...patiently,
    });
    const tookOver = performance.now() - killed;
    // Every subject goes on, also those of the shards that were taken over.
    const before = new Map([...written]);
    await eventually(() => {
      for (const [subject, n] of before)
        expect(Math.max(...published.get(subject)!)).toBeGreaterThanOrEqual(n);
    });
    const flowing = performance.now() - killed;
    expect(sinceKilled()).toBeLessThan(5_000);
    expect(count()).toBeGreaterThan(at);

    const third = relay(51);
    await eventually(async () => expect((await owners()).get(third.pid!)).toBe(2), patiently);
    const frozen = performance.now();
    second.kill('SIGSTOP');
    await eventually(async () => expect((await owners()).get(third.pid!)).toBe(4), patiently);
    const freed = performance.now() - frozen;
    await sleep(500);
    second.kill('SIGCONT');
    await eventually(async () => expect([...(await owners()).values()]).toEqual([2, 2]), patiently);

    writing = false;
    await Promise.all(writers);
    // Each committed event is there, and no event came before its predecessor; copies of earlier ones may.
    await eventually(() => {
      for (const [subject, n] of written) {
        let last = 0;
        for (const sequence of published.get(subject)!) {
          expect(sequence).toBeLessThanOrEqual(last + 1);
          last = Math.max(last, sequence);
        }
        expect(last).toBe(n);
      }
    }, patiently);
    await reader.disconnect();
    const all = [...written.values()].reduce((sum, n) => sum + n, 0);
    process.stdout.write(
      `relay killed with -9: shards taken over after ${Math.round(tookOver)} ms, nothing left waiting after ${Math.round(flowing)} ms; ` +
        `frozen: taken over after ${Math.round(freed)} ms; ${all} events, 0 lost, ${count() - all} doubled\n`,
    );
  }, 240_000);
});
