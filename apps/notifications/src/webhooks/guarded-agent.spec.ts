import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { guardedAgent, isPublicAddress } from './guarded-agent.js';

let server: Server;
let hits = 0;

beforeAll(async () => {
  server = createServer((_request, response) => {
    hits++;
    response.end('inner service');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

describe('addresses', () => {
  it.each([
    ['93.184.216.34', true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['127.0.0.1', false],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
  ])('%s is public: %s', (address, expected) => expect(isPublicAddress(address)).toBe(expected));
});

describe('the guarded agent', () => {
  it.each(['127.0.0.1', 'localhost', '0x7f000001', '2130706433', '[::ffff:127.0.0.1]'])(
    'does not connect to %s',
    async (host) => {
      const agent = guardedAgent(false);
      const { port } = server.address() as AddressInfo;
      await expect(request(`http://${host}:${port}/`, { dispatcher: agent })).rejects.toThrow(
        /not (at )?a public address/,
      );
      expect(hits).toBe(0);
      await agent.close();
    },
  );

  it('connects when private targets are allowed (development)', async () => {
    const agent = guardedAgent(true);
    const { port } = server.address() as AddressInfo;
    const answer = await request(`http://127.0.0.1:${port}/`, { dispatcher: agent });
    expect(await answer.body.text()).toBe('inner service');
    await agent.close();
  });
});
