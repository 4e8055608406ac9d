import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testing';
import { MovableClock } from './clock.js';
import { DevelopmentClockController } from './development.js';

const folder = mkdtempSync(join(tmpdir(), 'chengxin-clock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the movable clock', () => {
  it('moved by one process, is moved for the others, and for one that starts later', async () => {
    const file = join(folder, 'clock.json');
    const [mover, follower] = [new MovableClock(file), new MovableClock(file)];
    expect(Math.abs(follower.now().getTime() - Date.now())).toBeLessThan(1_000);
    mover.moveTo(new Date('2024-11-04T23:30:00+08:00'));
    await eventually(() => expect(follower.today()).toBe('2024-11-04'));
    expect(new MovableClock(file).today()).toBe('2024-11-04');
    mover.moveTo(new Date('2024-11-05T00:00:00+08:00'));
    await eventually(() => expect(follower.today()).toBe('2024-11-05'));
  });

  it('moved through the API, is moved for every service when the answer is there', async () => {
    const file = join(folder, 'asked.json');
    const [asked, follower] = [new MovableClock(file), new MovableClock(file)];
    for (const day of ['2025-11-13', '2025-11-14', '2025-11-15', '2025-11-16']) {
      const answer = new DevelopmentClockController(asked).move({ now: `${day}T09:00:00+08:00` });
      follower.now(); // it has just looked
      expect((await answer).today).toBe(day);
      expect(follower.today()).toBe(day);
    }
  });
});
