import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { gradeComputed } from '#contracts';
import { type TestDatabase, testDatabase } from '#testing';
import { SnapshotClient } from './snapshot-client.js';
import { LinesDigest, type SnapshotEnd, snapshotOf, type SnapshotSource } from './snapshot.js';

/* A province has millions of subjects: neither side of a snapshot may hold more than a page of it. */

const SUBJECTS = 60_000;
/** What the two sides may hold more at the end than when the first lines had passed; all lines are 44 MB. */
const ALLOWED_MB = 15;

let database: TestDatabase;
let server: Server;
let held = 0;

const source: SnapshotSource = {
  topic: 'grades',
  standing: (_, subjects) => {
    held = Math.max(held, subjects.length);
    const { contract, data } = { contract: gradeComputed, data: gradeComputed.sample };
    const time = '2026-11-27T00:00:00.000Z';
    return Promise.resolve(new Map(subjects.map((subject) => [subject, [{ contract, data, time }]])));
  },
};

beforeAll(async () => {
  database = await testDatabase('messaging');
  await database.db.query(
    `INSERT INTO messaging.stream (topic, key, last_sequence)
     SELECT 'grades', 'subject-' || n, 1 + n % 7 FROM generate_series(1, $1) AS n`,
    [SUBJECTS],
  );
  server = createServer((_, response) => {
    Readable.from(snapshotOf(database.db, source), { objectMode: false }).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await database.drop();
});

it('a snapshot of 60,000 subjects passes over HTTP in constant memory, every line of it', async () => {
  setFlagsFromString('--expose-gc');
  const sweep = runInNewContext('gc') as () => void;
  const heapMb = (): number => {
    sweep();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const client = new SnapshotClient(() => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const { lines } = await client.open('grades', 'a spec', 'Bearer x');
  const digest = new LinesDigest();
  let [read, bytes, early] = [0, 0, 0];
  let end: SnapshotEnd | undefined;
  for await (const line of lines) {
    if (line.startsWith('{"topic":"grades","subjects"')) end = JSON.parse(line) as SnapshotEnd;
    else {
      digest.add(line);
      read += 1;
      bytes += line.length + 1;
    }
    if (read === SUBJECTS / 20 && early === 0) early = heapMb();
  }
  const late = heapMb();
  expect(end).toEqual({ topic: 'grades', subjects: SUBJECTS, sha256: digest.hex() });
  expect(read).toBe(SUBJECTS);
  expect(held).toBeLessThanOrEqual(500);
  expect(late - early).toBeLessThan(ALLOWED_MB);
  process.stdout.write(
    `snapshot of ${SUBJECTS} subjects, ${Math.round(bytes / 2 ** 20)} MB: heap ${Math.round(early)} MB after a twentieth, ${Math.round(late)} MB at the end\n`,
  );
});
