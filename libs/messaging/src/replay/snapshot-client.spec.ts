import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SnapshotClient } from './snapshot-client.js';

/* The other side is a bare server: what it says wrongly no service of ours would say. */
let server: Server;
let answer: RequestListener;
let client: SnapshotClient;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = new SnapshotClient(() => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => void server.close());

const open = () => client.open('listings', '试（虚构）', 'Bearer token');
async function read(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('a snapshot that is fetched', () => {
  it('is asked for in the name of the operator, with the reason', async () => {
    let asked: { url?: string | undefined; authorization?: string | undefined } = {};
    answer = ({ url, headers: { authorization } }, response) => {
      asked = { url, authorization };
      response.end('one\ntwo\n');
    };
    expect(await read((await open()).lines)).toEqual(['one', 'two']);
    expect(asked.authorization).toBe('Bearer token');
    const { pathname, searchParams } = new URL(asked.url!, 'http://x');
    expect([pathname, searchParams.get('reason')]).toEqual([
      '/api/operations/listing/messaging/snapshots/listings',
      '试（虚构）',
    ]);
  });

  it('comes as lines, however it is cut on the way', async () => {
    const bytes = Buffer.from('一\n二二\n三');
    answer = async (_, response) => {
      for (const byte of bytes) {
        response.write(Buffer.of(byte));
        await sleep(1);
      }
      response.end();
    };
    expect(await read((await open()).lines)).toEqual(['一', '二二', '三']);
  });

  it('waits to be read while memory is swept', async () => {
    answer = (_, response) => void response.end('one\ntwo\n');
    const { lines } = await open();
    // Undici cancels the body of an answer that nobody holds any more and nobody has begun to read.
    setFlagsFromString('--expose-gc');
    const sweep = runInNewContext('gc') as () => void;
    for (let times = 0; times < 5; times += 1) {
      await sleep(20);
      sweep();
    }
    expect(await read(lines)).toEqual(['one', 'two']);
  });

  it('that breaks off is an error, not an end', async () => {
    answer = (_, response) => {
      response.write('one\n');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(read((await open()).lines)).rejects.toThrow();
  });

  it('that is refused says by whom and why', async () => {
    answer = (_, response) => {
      response.writeHead(403, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'request.role-missing' }));
    };
    await expect(open()).rejects.toMatchObject({
      code: 'messaging.snapshot-refused',
      facts: { service: 'listing', topic: 'listings', status: 403, code: 'request.role-missing' },
    });
  });
});
