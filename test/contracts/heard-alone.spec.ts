import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Type } from '@sinclair/typebox';
import { allContracts, type Contract } from '#contracts';
import { callsOf } from './heard-alone.js';
import { variantsOf } from './variants.js';

/* The instruments by which the services' specs show that an event is complete. */

describe('variants of an event', () => {
  const contract = (data: Contract['data'], sample: Contract['sample']): Contract => ({
    ...allContracts[0]!,
    data,
    sample,
  });

  it('have each value, each shape, each absence and each empty list once', () => {
    const inner = Type.Object({ id: Type.String(), capacity: Type.Optional(Type.String()) });
    const data = Type.Object({
      kind: Type.Unsafe<string>({ type: 'string', enum: ['a', 'b', 'c'] }),
      until: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
      bound: Type.Optional(inner),
      items: Type.Array(Type.Object({ open: Type.Boolean() })),
    });
    const sample = { kind: 'b', until: null, items: [{ open: true }] };
    const told = variantsOf(contract(data, sample)).map((variant) => variant.data as Record<string, unknown>);
    expect(told.slice(0, 3)).toEqual([
      sample,
      sample,
      { kind: 'b', until: null, bound: { id: '（虚构）', capacity: '（虚构）' }, items: [{ open: true }] },
    ]);
    const seen = (of: (one: Record<string, unknown>) => unknown) =>
      new Set(told.map((one) => JSON.stringify(of(one)) ?? 'absent'));
    expect(seen(({ kind }) => kind)).toEqual(new Set(['"a"', '"b"', '"c"']));
    expect(seen(({ until }) => until)).toEqual(new Set(['null', '"2026-01-20"']));
    expect(seen(({ bound }) => bound && Object.keys(bound))).toEqual(
      new Set(['absent', '["id"]', '["id","capacity"]']),
    );
    expect(seen(({ items }) => items)).toEqual(new Set(['[]', '[{"open":true}]', '[{"open":false}]']));
  });

  it('can be made of every event, and fit its contract', () => {
    for (const one of allContracts) expect(variantsOf(one).length).toBeGreaterThan(3);
  });
});

describe('what a handler calls', () => {
  const server = createServer((_, response) => response.end());
  let port: number;
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('is seen, with whichever client, also later than it is asked, and not what others call meanwhile', async () => {
    const url = `http://127.0.0.1:${port}/`;
    const ask = () => once(get(url, { agent: false }), 'response');
    const others = sleep(5).then(ask);
    const seen = await callsOf([], async () => {
      await fetch(url, { headers: { connection: 'close' } });
      await sleep(10).then(ask);
    });
    await others;
    expect(seen).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${port}`]);
    expect(await callsOf([port], ask)).toEqual([]);
  });
});
