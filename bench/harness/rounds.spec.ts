import { describe, expect, it } from '@jest/globals';
import { markdownOf, statusOf } from './report.js';
import { type Contestant, interleave, type Run, valuesOf } from './rounds.js';
import { judge } from './verdict.js';

const rate = (value: number, faults: string[] = []): Run => ({ values: { 'events/s': value }, faults });
const contestant = (name: string, run: (round: number) => Run): Contestant => ({
  name,
  kind: 'product',
  run: (round) => Promise.resolve(run(round)),
});
const FASTER = { text: '≥ 2 × peer', of: 'ours', over: 'peer', value: 'events/s', least: 2 };

describe('interleaved rounds', () => {
  it('run every contestant in each round, each round beginning with another', async () => {
    const order: string[] = [];
    const noting = (name: string) => contestant(name, (round) => (order.push(`${name}${round}`), rate(1)));
    await interleave([noting('a'), noting('b'), noting('c')], 2, 1);
    expect(order).toEqual(['a-1', 'b-1', 'c-1', 'b0', 'c0', 'a0', 'c1', 'a1', 'b1']);
  });

  it('do not count the warm-up', async () => {
    const outcome = await interleave([contestant('ours', (round) => rate(round < 0 ? 1 : 100))], 3, 1);
    expect(valuesOf(outcome, 'ours', 'events/s')).toEqual([100, 100, 100]);
  });
});

describe('a figure', () => {
  const peer = contestant('peer', () => rate(10));

  it('is reached when its median is', async () => {
    const outcome = await interleave([contestant('ours', (round) => rate(round === 0 ? 5 : 30)), peer], 3, 0);
    expect(judge(outcome, [FASTER])).toMatchObject([{ reached: true, found: { median: 3, least: 0.5 } }]);
  });

  it('is short when its median is', async () => {
    const outcome = await interleave([contestant('ours', () => rate(19)), peer], 3, 0);
    const verdicts = judge(outcome, [FASTER]);
    expect(statusOf({ outcome, verdicts })).toBe('short');
  });

  it('has failed when one check of one round has, however fast it was', async () => {
    const lossy = contestant('ours', (round) => rate(1_000, round === 1 ? ['3 events lost'] : []));
    const outcome = await interleave([lossy, peer], 3, 0);
    const verdicts = judge(outcome, [FASTER]);
    expect(verdicts).toEqual([{ text: FASTER.text, found: undefined, reached: false }]);
    expect(statusOf({ outcome, verdicts })).toBe('failed');
    expect(() => valuesOf(outcome, 'ours', 'events/s')).toThrow('a round without a good value');
  });

  it('has failed when a peer or a limit has: a ratio over a wrong run says nothing', async () => {
    const wrong = contestant('peer', () => rate(1, ['2 events out of order']));
    const outcome = await interleave([contestant('ours', () => rate(1_000)), wrong], 3, 0);
    expect(judge(outcome, [FASTER])[0]!.reached).toBe(false);
  });

  it('has failed when a check fails in the warm-up', async () => {
    const outcome = await interleave(
      [contestant('ours', (round) => rate(50, round < 0 ? ['lost'] : [])), peer],
      3,
      1,
    );
    expect(statusOf({ outcome, verdicts: judge(outcome, [FASTER]) })).toBe('failed');
  });

  it('has failed when a contestant breaks down, and the others go on', async () => {
    const broken = contestant('ours', () => {
      throw new Error('no connection\n    at worker.js:1:1');
    });
    const outcome = await interleave([broken, peer], 3, 0);
    expect(outcome.faults).toHaveLength(3);
    expect(outcome.faults[0]).toMatchObject({
      contestant: 'ours',
      round: 1,
      text: 'broke down: no connection',
    });
    expect(valuesOf(outcome, 'peer', 'events/s')).toHaveLength(3);
  });

  it('is printed with its faults', async () => {
    const lossy = contestant('ours', () => rate(1_000, ['3 events lost']));
    const outcome = await interleave([lossy, peer], 1, 0);
    const environment = undefined as never;
    const report = {
      figure: 'f',
      title: 'Relay',
      how: {},
      environment,
      outcome,
      verdicts: judge(outcome, [FASTER]),
    };
    expect(markdownOf(report)).toContain('### Relay: failed');
    expect(markdownOf(report)).toContain('FAULT ours, round 1: 3 events lost');
    expect(markdownOf(report)).not.toContain('1,000 (');
  });
});
