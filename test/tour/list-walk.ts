import { eventually, type Json, same } from './api.js';
import { certificate } from './certificate.js';
import { answered, lifted, ordered } from './discipline-walk.js';
import { at, listEntity, type Listed, type Listing } from './listed.js';
import { RepairWalk } from './repair-walk.js';
import { onRegister, receipts, told } from './seen.js';
import type { World } from './world.js';

/** What a list does otherwise than the main job: its unit, its subject, its own steps, its term and its end. */
export interface ListStory extends Listing {
  title: string;
  /** in force, and what the case then says */
  inForce: { rulesVersion: string; termEndsOn: string | null };
  /** from the published entry off the list; returns the day on which it left */
  leaves: (listed: Listed) => Promise<string>;
  /** how the case says that it ended */
  end: string;
}

/** From a pushed penalty over listing and discipline to its own end, the last receipt and the certificate. */
export async function walkList(world: World, run: number, story: ListStory): Promise<void> {
  world.tell.chapter(story.title);
  const listed = await listEntity(world, run, story);
  const { walk, people, expected } = listed;
  const { rulesVersion, termEndsOn } = await walk.read();
  same('version and term', { rulesVersion, termEndsOn }, story.inForce);
  const actions = expected.length > 0 ? await ordered(world, people('handler'), walk.id, expected) : [];
  await answered(world, actions, story.days.published);

  const on = await story.leaves(listed);
  const { end } = await walk.read();
  same('how and when it ended', [end.kind, end.endedOn], [story.end, on]);
  await closed(world, listed, actions.length, { on, shown: story.shown });
}

/** Publication ended, sharing stopped, each measure lifted by its department, grade without it, party told, certified. */
async function closed(
  world: World,
  { walk, subject, people, party }: Listed,
  actions: number,
  { on, shown }: { on: string; shown: boolean },
): Promise<void> {
  const handler = people('handler');
  await onRegister(world, subject.code, 0);
  if (actions > 0) await lifted(world, handler, walk.id, on);
  await eventually('a grade without the entry', async () => {
    const grade = await world.get(handler, `/api/grades/${subject.code}`);
    // Public bodies have no grade that the entry could stand in.
    return grade.status === 404 || grade.body.veto?.caseId !== walk.id;
  });
  await walk.until('closed', 90_000);
  await receipts(world, handler, walk.id, { actions, shown });
  const listedParty = await party();
  await told(world, listedParty, walk.id, ['listing.ended', 'listing.closed']);
  const file = await world.read(handler, `/api/subjects/${subject.code}`);
  same('listings and measures on the credit file', [file.listings, file.discipline], [[], []]);
  const { endedOn } = await certificate(world, listedParty, walk);
  same('what the certificate says', endedOn, on);
}

/** Leaves by its own request, which a second person grants. */
export async function repaired(
  world: World,
  { walk, people, party }: Listed,
  request: Json,
  grantedOn: string,
): Promise<string> {
  const repair = await RepairWalk.request(world, walk, await party(), {
    commitment: true,
    statement: '义务已全部履行（虚构）',
    materials: ['履行凭证（虚构）'],
    ...request,
  });
  await repair.accept(people('handler'));
  await repair.verify(people('handler'));
  await world.moveClock(at(grantedOn));
  await repair.grant(people('approver'));
  return grantedOn;
}
