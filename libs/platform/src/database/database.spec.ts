import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '#testing';
import { Database } from './database.js';
import { createLogger } from '../logger.js';

let own: TestDatabase;
beforeAll(async () => {
  own = await testDatabase('platform');
});
afterAll(() => own.drop());

/** PostgreSQL's "ready for query", and its farewell to a session: severity FATAL, 57P01. */
const READY = Buffer.from('Z\0\0\0\u0005I', 'latin1');
const FIELDS = 'SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0';
const FAREWELL = Buffer.concat([
  Buffer.from('E\0\0\0', 'latin1'),
  Buffer.from([FIELDS.length + 4]),
  Buffer.from(FIELDS),
]);

/** A line to PostgreSQL on which the first session ends in the same packet that tells that it is ready. */
async function lineThatEndsOnce(host: string, port: number): Promise<net.Server> {
  let ended = false;
  const server = net.createServer((near) => {
    const far = net.connect(port, host);
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      const ends = !ended && bytes.subarray(-READY.length).equals(READY);
      ended ||= ends;
      near.write(ends ? Buffer.concat([bytes, FAREWELL]) : bytes);
      if (ends) near.end();
    });
    for (const socket of [near, far]) socket.on('error', () => undefined); // both ends are cut on purpose
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

it('outlives a session that PostgreSQL ends in the moment in which it is handed out', async () => {
  const url = new URL(own.url);
  const server = await lineThatEndsOnce(url.hostname, Number(url.port));
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const database = new Database({ DATABASE_URL: url.href, DATABASE_POOL: 1 }, createLogger('spec', 'silent'));
  await expect(database.transaction((tx) => tx.query('SELECT 1'))).rejects.toThrow();
  await expect(database.transaction((tx) => tx.query('SELECT 1'))).resolves.toMatchObject({ rowCount: 1 });
  await database.onApplicationShutdown();
  server.close();
});
