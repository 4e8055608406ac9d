import { type Caller, eventually, same } from './api.js';
import { CaseWalk } from './case-walk.js';
import { expectedActions, lifted, ordered } from './discipline-walk.js';
import { fictitiousOrganisation, penalty } from './fictitious.js';
import type { World } from './world.js';

/** What a list does otherwise than the main job: its unit, its subject, its own steps and its term. */
export interface ListStory {
  title: string;
  list: string;
  conductKind: string;
  unit: string;
  /** first digits of the credit code: the kind of organisation */
  codePrefix: '91' | '51' | '11';
  subjectKind: string;
  /** the notice sets the last day of the defence where the rule fixes none */
  defenceUntil?: string;
  days: { opened: string; decided: string; served: string; published: string; ended: string };
  /** in force, and what the case then says */
  inForce: { rulesVersion: string; termEndsOn: string | null };
  /** a step of its own between the listing and its end */
  meanwhile?: (walk: CaseWalk) => Promise<void>;
  /** false where nothing of this entry is shown */
  shown: boolean;
}

const at = (day: string): string => `${day}T09:00:00+08:00`;

/** From a pushed penalty over listing and discipline to the last receipt, ended by revocation. */
export async function walkList(world: World, run: number, story: ListStory): Promise<void> {
  const { days, unit } = story;
  const people = (role: string): Caller => world.person(`${role}.${unit}`);
  const [handler, reviewer, approver] = [people('handler'), people('reviewer'), people('approver')];
  const subject = fictitiousOrganisation(story.codePrefix, run);
  world.tell.chapter(story.title);
  await world.moveClock(at(days.opened));
  const facts = { CF_JDRQ: days.opened };
  const payload = penalty(subject, `（虚构）${story.list}罚〔${run}〕1号`, facts);
  const body = { type: 'penalty', payload };
  const record = (await world.post(world.system(unit), '/api/records', body, 201)).body;
  same('the kind of the subject', record.subject.kind, story.subjectKind);

  const walk = await CaseWalk.open(world, handler, {
    listType: story.list,
    subjectId: record.subject.id,
    recordIds: [record.id],
    conductKind: story.conductKind,
  });
  await walk.act(
    handler,
    'notice',
    {
      noticeNo: `（虚构）告知〔${run}〕1号`,
      reasons: '违法行为情节严重',
      way: 'personal',
      servedOn: days.opened,
      ...(story.defenceUntil ? { defenceUntil: story.defenceUntil } : {}),
    },
    'noticed',
  );
  await world.moveClock(at(days.decided));
  // The clock of the defence comes round by itself; a court list has none.
  if (walk.defenceUntil) await walk.until('silent');
  await walk.act(reviewer, 'review', { opinion: 'list', text: '事实清楚（虚构）' }, 'reviewed');
  await walk.act(approver, 'approval', { text: '同意（虚构）' }, 'approved');
  const decided = story.list === 'COURT' ? 'in-force' : 'decided';
  const decision = { decisionNo: `（虚构）列入决定〔${run}〕1号`, reasons: '违法行为情节严重' };
  await walk.act(handler, 'decision', decision, decided);
  await world.moveClock(at(days.served));
  const service = { way: 'personal', servedOn: days.served, repairNoticeNo: `（虚构）修复告知〔${run}〕1号` };
  await walk.act(handler, 'service', service, 'in-force');
  await world.moveClock(at(days.published));
  if (story.meanwhile) await story.meanwhile(walk);
  const publication = { secrecyReview: 'passed', text: '不涉密（虚构）' };
  if (story.shown) {
    await walk.act(world.person(`secrecy-reviewer.${unit}`), 'publication', publication, 'in-force');
  }
  await onRegister(world, subject.code, story.shown ? 1 : 0);
  const { rulesVersion, termEndsOn } = await walk.read();
  same('version and term', { rulesVersion, termEndsOn }, story.inForce);

  const about = { list: story.list, conductKind: story.conductKind, subjectKind: story.subjectKind };
  const expected = await expectedActions(world, handler, { ...about, on: days.served });
  if (expected.length > 0) await ordered(world, handler, walk.id, expected);

  await world.moveClock(at(days.ended));
  await walk.act(approver, 'revocation', { reason: '认定事实有误（虚构）' }, 'ended');
  await onRegister(world, subject.code, 0);
  if (expected.length > 0) await lifted(world, handler, walk.id, days.ended);
  await walk.until('closed', 90_000);
}

async function onRegister(world: World, code: string, entries: number): Promise<void> {
  await eventually(`${entries} entries on the public register`, async () => {
    const page = await world.read(undefined, `/public/listings?code=${code}`);
    return page.items.length === entries ? page : undefined;
  });
}
