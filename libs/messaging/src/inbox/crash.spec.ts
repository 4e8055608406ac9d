import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type Forked, forkTypescript } from '#testing';
import { HEARTBEAT, Proxy } from '../../specs/proxy.js';
import type { ReplicaSettings } from '../../specs/replica.js';
import { openStage, type Stage, told } from '../../specs/stage.js';
import { publish } from '../outbox/publish.js';

/*
 * A consumer that KafkaJS gives up for good (`restart: false`): its process must not go on without it. The crash is
 * a real one: in the middle of the load the broker's answer to a heartbeat says that the group is no longer ours.
 */
let stage: Stage;
let line: Proxy;
let writing = true;
const lives: { replica: Forked; ended: Promise<[code: number | null, signal: string | null]> }[] = [];

/** As a supervisor does: another process for each that ended by itself. */
function start(): void {
  const settings: ReplicaSettings = {
    service: 'crashing',
    prefix: stage.prefix,
    brokers: stage.brokers,
    databaseUrl: stage.database.url,
    slowMs: 2,
    kafkaProxy: line.port,
  };
  const replica = forkTypescript(new URL('../../specs/replica.ts', import.meta.url), {
    REPLICA: JSON.stringify(settings),
  });
  const ended = once(replica.process, 'exit') as Promise<[number | null, string | null]>;
  lives.push({ replica, ended });
  void ended.then(([, signal]) => {
    if (signal === null) start();
  });
}

const effects = async (pid?: number): Promise<{ subject: string; sequence: number }[]> =>
  (
    await stage.database.db.query<{ subject: string; sequence: number }>(
      'SELECT subject, sequence FROM effect WHERE $1::int IS NULL OR pid = $1 ORDER BY place',
      [pid ?? null],
    )
  ).rows;

beforeAll(async () => {
  stage = await openStage(['measures']);
  line = await Proxy.open('kafka', stage.brokers[0]!);
  await stage.database.db.query('CREATE TABLE effect (place bigserial, subject text, sequence int, pid int)');
  stage.relay('relay').start();
});
afterAll(async () => {
  writing = false;
  await Promise.all(lives.map(({ replica }) => replica.kill()));
  await stage.strike();
  await line.close();
});

describe('a consumer that crashes for good', () => {
  it('ends its process with a code; the next goes on, and no event is lost or handled twice', async () => {
    const { db } = stage.database;
    const writer = (async () => {
      let written = 0;
      for (; writing; written += 1) {
        await db.transaction((tx) => publish(tx, told(`subject-${written % 20}`)));
        await sleep(4);
      }
      return written;
    })();
    start();
    await eventually(async () => expect((await effects()).length).toBeGreaterThan(100), { within: 40_000 });
    line.onAnswer = ({ api }) => {
      if (api !== HEARTBEAT) return 'pass';
      line.onAnswer = undefined;
      return 'deny';
    };
    expect(await lives[0]!.ended).toEqual([1, null]);
    const before = (await effects()).length;
    await eventually(async () => expect((await effects()).length).toBeGreaterThan(before + 100), {
      within: 60_000,
    });
    writing = false;
    const written = await writer;
    await eventually(async () => expect(await effects()).toHaveLength(written), { within: 30_000 });
    const all = await effects();
    for (const subject of new Set(all.map((effect) => effect.subject))) {
      const sequences = all.filter((effect) => effect.subject === subject).map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    }
    const pids = lives.map(({ replica }) => replica.pid);
    for (const pid of pids) expect((await effects(pid)).length).toBeGreaterThan(0);
    expect(pids).toHaveLength(2);
    process.stdout.write(
      `crashed for good at ${before} of ${written} events: exit code 1, the next process did the rest, 0 lost, 0 doubled\n`,
    );
  });
});
