import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Caller, eventually, type Json, same } from '../tour/api.js';
import { actionsOf, ordered } from '../tour/discipline-walk.js';
import { at, listEntity, type Listed } from '../tour/listed.js';
import { subscribe } from '../tour/main-job.js';
import { silentNarrator } from '../tour/narrator.js';
import { ObjectionWalk } from '../tour/objection-walk.js';
import { Receiver } from '../tour/receiver.js';
import { delivered } from '../tour/seen.js';
import { World } from '../tour/world.js';

/*
 * An objection over the seven services (ordinance art. 35, 39): the mark is seen wherever the entry is, another unit
 * helps, the level above decides, the entry is corrected, and every system that has a copy says that it followed.
 */
const world = new World(process.env['CHENGXIN_URL']!, silentNarrator());
const run = (Math.floor(Date.now() / 1000) % 100_000_000) + 940;
let receiver: Receiver;
let unsubscribe: () => Promise<void>;

beforeAll(async () => {
  receiver = await Receiver.listen();
  unsubscribe = await subscribe(world, receiver);
});

afterAll(async () => {
  await unsubscribe?.();
  await receiver?.close();
});

/** What the copies of the entry say at this moment: who shows it, who decides by it, who keeps it. */
async function copies({ walk, subject, people }: Listed): Promise<Record<string, Json>> {
  const question = {
    subjects: [subject.code],
    field: 'permit',
    item: '项目核准',
    purpose: '审查申请人（虚构）',
  };
  const asking: Caller = world.system('hlj.development-reform');
  const [register, check, file, actions] = [
    await world.read(undefined, `/public/listings?code=${subject.code}`),
    (await world.post(asking, '/api/discipline/checks', question, 200)).body,
    await world.read(people('handler'), `/api/subjects/${subject.code}`),
    await actionsOf(world, people('handler'), walk.id),
  ];
  return {
    case: (await walk.read()).objections[0]?.since ?? null,
    register: register.items[0]?.objectionSince,
    check: check.bound[0]?.hits[0]?.listing.objection?.since ?? null,
    file: file.listings[0]?.objectionSince ?? null,
    actions: [...new Set(actions.map(({ objectionSince }) => objectionSince))],
  };
}

const all = (since: string | null): Json => ({
  case: since,
  register: since,
  check: since,
  file: since,
  actions: [since],
});

/** Until all of them say so. */
async function everywhere(listed: Listed, since: string | null): Promise<void> {
  let seen: Json;
  await eventually(`all copies say ${since}`, async () => {
    seen = await copies(listed);
    return JSON.stringify(seen) === JSON.stringify(all(since));
  }).catch((error: unknown) => {
    same('the mark of the objection', seen, all(since));
    throw error;
  });
}

describe('an objection on the whole running system', () => {
  it('is marked at once and seen everywhere, helped, decided above, corrected in every copy, and unmarked', async () => {
    const listed = await listEntity(world, run, {
      list: 'SAFETY',
      conductKind: 'safety.concealment',
      unit: 'hlj.city.230100.emergency',
      codePrefix: '91',
      subjectKind: 'enterprise',
      defenceUntil: '2026-05-13',
      days: { opened: '2026-05-06', decided: '2026-05-14', served: '2026-05-15', published: '2026-05-18' },
      shown: true,
    });
    const { walk, people, party, subject } = listed;
    const [handler, approver] = [people('handler'), people('approver')];
    const above = world.person('approver.hlj.emergency');
    await ordered(world, handler, walk.id, listed.expected);
    await everywhere(listed, null);

    await world.moveClock(at('2026-06-01'));
    const right = { reasons: '谎报事故一起（虚构）', termEndsOn: '2029-04-14' };
    const objection = await ObjectionWalk.file(world, walk, await party(), handler, {
      about: 'content',
      statement: '列入决定所载事实和期限有误（虚构）',
      materials: ['事故调查报告（虚构）'],
      asked: right,
    });
    const { status, markedOn, markDue, clocks } = objection.filed;
    same(
      'the mark, within one working day',
      [status, markedOn, markDue],
      ['open', '2026-06-01', '2026-06-02'],
    );
    same(
      'the decision',
      clocks.map(({ clock, dueOn }: Json) => `${clock} ${dueOn}`),
      ['decision 2026-06-04'],
    );
    await everywhere(listed, '2026-06-01');
    await delivered(world, receiver, walk.id, ['objection.marked']);

    const question = { unit: 'hlj.finance', question: '罚款何时缴清？（虚构）' };
    const asked = await objection.step(handler, 'help-request', question);
    same('the decision with help', asked.clocks[0].dueOn, '2026-06-10');
    const upheld = { outcome: 'upheld', reasons: '经复核,决定记载有误（虚构）', corrected: right };
    await objection.refused(above, 'decision', upheld, 409, 'objection.help-awaited');
    const finance = world.person('handler.hlj.finance');
    await objection.step(finance, `help-answer/${asked.help[0].id}`, { text: '已缴清（虚构）' });
    await objection.refused(approver, 'decision', upheld, 403, 'objection.another-person');
    await world.moveClock(at('2026-06-03'));
    same('the objection', (await objection.step(above, 'decision', upheld)).status, 'decided');

    await everywhere(listed, null);
    const corrected = await eventually('every copy has followed', async () => {
      const { corrections, decision, termEndsOn } = await walk.read();
      return corrections[0]?.awaited.length === 0 && { corrections, decision, termEndsOn };
    });
    const { changes, confirmations, number } = corrected.corrections[0];
    const was = changes.map(({ field, from }: Json) => [field, from]);
    same(
      'what it said before',
      [number, was],
      [
        1,
        [
          ['reasons', '违法行为情节严重'],
          ['termEndsOn', '2029-05-14'],
        ],
      ],
    );
    same('who confirmed', confirmations.map(({ system }: Json) => system).sort(), [
      'grading',
      'measures',
      'records',
    ]);
    same('the case', [corrected.decision.reasons, corrected.termEndsOn], [right.reasons, right.termEndsOn]);
    const [entry] = (await world.read(undefined, `/public/listings?code=${subject.code}`)).items;
    same('the register', [entry.reasons, entry.termEndsOn], [right.reasons, right.termEndsOn]);
    const file = await world.read(handler, `/api/subjects/${subject.code}`);
    same('the credit file', file.listings[0].termEndsOn, right.termEndsOn);
    const until = (await actionsOf(world, handler, walk.id)).map((action) => action.until);
    same('the end of every measure', [...new Set(until)], [right.termEndsOn]);
    await delivered(world, receiver, walk.id, ['objection.unmarked', 'listing.corrected']);
  }, 240_000);
});
