import { same } from './api.js';
import { lifted, ordered } from './discipline-walk.js';
import { at, listEntity, type Listing } from './listed.js';
import { onRegister } from './seen.js';
import type { World } from './world.js';

/** What a list does otherwise than the main job: its unit, its subject, its own steps and its term. */
export interface ListStory extends Listing {
  title: string;
  days: Listing['days'] & { ended: string };
  /** in force, and what the case then says */
  inForce: { rulesVersion: string; termEndsOn: string | null };
}

/** From a pushed penalty over listing and discipline to the last receipt, ended by revocation. */
export async function walkList(world: World, run: number, story: ListStory): Promise<void> {
  world.tell.chapter(story.title);
  const { walk, subject, people, expected } = await listEntity(world, run, story);
  const handler = people('handler');
  const { rulesVersion, termEndsOn } = await walk.read();
  same('version and term', { rulesVersion, termEndsOn }, story.inForce);
  if (expected.length > 0) await ordered(world, handler, walk.id, expected);

  await world.moveClock(at(story.days.ended));
  await walk.act(people('approver'), 'revocation', { reason: '认定事实有误（虚构）' }, 'ended');
  await onRegister(world, subject.code, 0);
  if (expected.length > 0) await lifted(world, handler, walk.id, story.days.ended);
  await walk.until('closed', 90_000);
}
