import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { hunt, planted } from './model/planted.js';
import { runWorld } from './model/world.js';

/** How many worlds; `FAULT_SEEDS=50000` for a long night. */
const SEEDS = Number(process.env['FAULT_SEEDS'] ?? 1_500);
const HUNTED = 400;

/** `FAULT_SEED=17` walks one world again; without it, each run walks worlds that nobody has walked before. */
const given = process.env['FAULT_SEED'];

describe('delivery, simulated', () => {
  it('loses nothing, doubles nothing and keeps order under every interleaving', () => {
    const first = given ? Number(given) : randomInt(2 ** 31);
    const seeds = Array.from({ length: given ? 1 : SEEDS }, (_, at) => first + at);
    const before = process.cpuUsage().user;
    const sum = { events: 0, faults: 0, takeovers: 0, repeats: 0, letters: 0 };
    for (const seed of seeds) {
      const outcome = runWorld(seed);
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += outcome[name];
      if (outcome.differences.length > 0)
        throw new Error(
          `FAULT_SEED=${seed} (${outcome.steps} steps):\n${outcome.differences.slice(0, 20).join('\n')}`,
        );
    }
    // Of processor time: what else the machine does is not the simulation's.
    const perMinute = Math.round((seeds.length / (process.cpuUsage().user - before)) * 60_000_000);
    process.stdout.write(
      `${seeds.length} worlds from seed ${first} on (${perMinute} a minute): ${JSON.stringify(sum)}\n`,
    );
    // Worlds in which nothing happens would prove nothing.
    if (!given) expect(Math.min(...Object.values(sum))).toBeGreaterThan(seeds.length / 10);
  }, 3_600_000);

  it('finds every mistake that is planted', () => {
    const names = Object.keys(planted);
    const caught = names.map((name) => ({ name, by: hunt(planted[name]!, HUNTED) }));
    for (const { name, by } of caught)
      process.stdout.write(
        `  ${name}: ${by ? `caught by world ${by.tried}: ${by.differences[0]}` : 'NOT CAUGHT'}\n`,
      );
    const figure = caught.filter(({ by }) => by).length;
    process.stdout.write(`planted ${names.length} / caught ${figure}\n`);
    expect(caught.filter(({ by }) => !by).map(({ name }) => name)).toEqual([]);
  });

  it('walks the same world again for the same seed, mistake and all', () => {
    const ways = planted['naive cursor']!;
    const { tried: seed } = hunt(ways, HUNTED)!;
    const [once, again] = [runWorld(seed, ways), runWorld(seed, ways)];
    expect(again).toEqual(once);
    expect(once.differences).not.toEqual([]);
    expect(runWorld(seed + 1, ways).steps).not.toBe(once.steps);
  });
});
