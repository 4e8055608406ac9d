import { type Caller, eventually, expectStatus, type Json, same } from './api.js';
import { CaseWalk } from './case-walk.js';
import { certificate } from './certificate.js';
import { answered, expectedActions, lifted, ordered } from './discipline-walk.js';
import { fictitiousEnterprise, penalty, penaltyFile } from './fictitious.js';
import type { Receiver } from './receiver.js';
import { RepairWalk } from './repair-walk.js';
import { delivered, onRegister, partyLogin, receipts, told } from './seen.js';
import type { World } from './world.js';

/** What differs between the stories; the rest of the main job is the same for every list. */
export interface Story {
  title: string;
  list: string;
  conductKind: string;
  /** unit that pushes the record and runs the case */
  unit: string;
  /** unit whose consent the list rule demands, if any */
  consentBy?: string;
  defence: 'stated' | 'silent';
  penalty: Record<string, string>;
  days: {
    opened: string;
    noticeServed: string;
    defenceUntil: string;
    defended: string;
    afterDefence: string;
    decided: string;
    served: string;
    published: string;
    answered: string;
    corrected: string;
    tooEarly: string;
    eligibleOn: string;
    requested: string;
    granted: string;
    lifted: string;
  };
}

export interface Run {
  world: World;
  receiver: Receiver;
  /** number that makes subjects and documents of this run its own */
  run: number;
  /** called between steps; a fault story kills a service here */
  between?: (step: string) => Promise<void>;
}

const at = (day: string, time = '09:00:00'): string => `${day}T${time}+08:00`;

/** Items 7a to 7f of the main job for one list, from the pushed penalty to the last receipt. */
export async function walkMainJob(
  { world, receiver, run, between = async () => undefined }: Run,
  story: Story,
): Promise<void> {
  const { days, unit } = story;
  const department = world.system(unit);
  const people = (role: string): Caller => world.person(`${role}.${unit}`);
  const [handler, reviewer, approver] = [people('handler'), people('reviewer'), people('approver')];
  const enterprise = fictitiousEnterprise(run);

  world.tell.chapter(`${story.title}: a penalty is pushed`);
  await world.moveClock(at(days.opened));
  const party = await partyLogin(world, enterprise);
  const record = (
    await world.post(
      department,
      '/api/records',
      {
        type: 'penalty',
        payload: penalty(enterprise, `（虚构）${story.list}罚〔${run}〕1号`, story.penalty),
      },
      201,
    )
  ).body;
  world.tell.saw(
    `record ${record.documentNo} accepted, severity ${record.severity}, subject ${record.subject.code}`,
  );
  const before = await eventually('the first grade', async () => {
    const answer = await world.get(handler, `/api/grades/${enterprise.code}`);
    return answer.status === 200 ? answer.body : undefined;
  });
  world.tell.saw(`grade ${before.grade} (${before.gradeClass})`);
  await between('record pushed');

  world.tell.chapter(`${story.title}: notice and defence`);
  const walk = await CaseWalk.open(world, handler, {
    listType: story.list,
    subjectId: record.subject.id,
    recordIds: [record.id],
    conductKind: story.conductKind,
  });
  const noticed = await walk.act(
    handler,
    'notice',
    {
      noticeNo: `（虚构）告知〔${run}〕1号`,
      reasons: '违法行为情节严重',
      way: 'personal',
      servedOn: days.noticeServed,
    },
    'noticed',
  );
  same('the last day of the defence', noticed.defenceUntil, days.defenceUntil);
  await between('noticed');
  await walk.refused(reviewer, 'review', { opinion: 'list', text: '事实清楚' }, 'listing.defence-open');
  if (story.defence === 'stated') {
    await world.moveClock(at(days.defended));
    await walk.act(party, 'defence', { text: '我公司已整改（虚构）' }, 'heard');
    await world.moveClock(at(days.afterDefence));
  } else {
    await world.moveClock(at(days.afterDefence));
    await walk.until('silent');
    world.tell.saw(`no defence by ${days.defenceUntil}: the clock ended in silence, which is not consent`);
  }
  await between('defence over');

  world.tell.chapter(`${story.title}: review, approval, decision`);
  await walk.refused(handler, 'review', { opinion: 'list', text: '我来复核' }, 'request.role-missing');
  await walk.act(
    reviewer,
    'review',
    { opinion: 'list', text: '事实清楚,证据充分,申辩理由不成立（虚构）' },
    'reviewed',
  );
  if (story.consentBy) {
    await walk.act(
      world.person(`approver.${story.consentBy}`),
      'consent',
      { granted: true, text: '同意列入（虚构）' },
      'consented',
    );
  }
  await walk.act(approver, 'approval', { text: '同意（虚构）' }, 'approved');
  await world.moveClock(at(days.decided));
  await walk.act(
    handler,
    'decision',
    {
      decisionNo: `（虚构）列入决定〔${run}〕1号`,
      reasons: '违法行为情节严重,处以较重行政处罚',
      repairNoticeNo: `（虚构）修复告知〔${run}〕1号`,
    },
    'decided',
  );
  await between('decided');
  await world.moveClock(at(days.served));
  await walk.act(
    handler,
    'service',
    { way: 'personal', servedOn: days.served, repairNoticeNo: `（虚构）修复告知〔${run}〕1号` },
    'in-force',
  );
  await world.moveClock(at(days.published));
  await walk.act(
    people('secrecy-reviewer'),
    'publication',
    { secrecyReview: 'passed', text: '不涉密（虚构）' },
    'in-force',
  );
  await onRegister(world, enterprise.code, 1);

  world.tell.chapter(`${story.title}: what followed by event`);
  const expected = await expectedActions(world, handler, {
    list: story.list,
    conductKind: story.conductKind,
    subjectKind: 'enterprise',
    on: days.served,
  });
  const actions = await ordered(world, handler, walk.id, expected);
  const vetoed = await eventually('the grade with its veto', async () => {
    const grade = await world.read(handler, `/api/grades/${enterprise.code}`);
    return grade.veto?.caseId === walk.id ? grade : undefined;
  });
  same('the grade on a serious list', vetoed.grade, 'E');
  world.tell.saw(`grade ${before.grade} → ${vetoed.grade}: ${vetoed.veto.text}`);
  await told(world, party, walk.id, [
    'listing.noticed',
    'listing.decided',
    'listing.in-force',
    'listing.published',
  ]);
  for (const executor of new Set(actions.map((action) => action.executor as string))) {
    await told(world, world.person(`discipline-officer.${executor}`), walk.id, ['discipline.ordered']);
  }
  await delivered(world, receiver, walk.id, ['listing.decided', 'listing.in-force', 'listing.published']);
  await between('in force');

  world.tell.chapter(`${story.title}: departments answer`);
  await world.moveClock(at(days.answered));
  const answers = await answered(world, actions, days.answered);
  world.tell.saw(`${answers.applied.length} applied, ${answers.notApplied.length} not applied with reason`);
  await between('answered');

  world.tell.chapter(`${story.title}: early removal`);
  const request = {
    correctedOn: days.corrected,
    commitment: true,
    statement: '义务已全部履行,承诺不再违法（虚构）',
    materials: ['缴款凭证（虚构）'],
  };
  await world.moveClock(at(days.tooEarly));
  const tooEarly = await walk.refused(party, 'repairs', request, 'listing.removal-too-early');
  same('the date from which removal may be asked', tooEarly.facts.eligibleOn, days.eligibleOn);
  await world.moveClock(at(days.requested));
  const repair = await RepairWalk.request(world, walk, party, request);
  await between('removal requested');
  await repair.accept(handler);
  await repair.verify(handler);
  await world.moveClock(at(days.granted));
  await repair.grant(approver);
  await onRegister(world, enterprise.code, 0);
  await between('removal granted');

  world.tell.chapter(`${story.title}: everything is undone, with receipts`);
  await world.moveClock(at(days.lifted));
  await lifted(world, handler, walk.id, days.lifted);
  const restored = await eventually('the grade without veto', async () => {
    const grade = await world.read(handler, `/api/grades/${enterprise.code}`);
    return grade.veto === null ? grade : undefined;
  });
  same('the grade after removal', restored.grade, before.grade);
  world.tell.saw(`grade ${vetoed.grade} → ${restored.grade}`);
  await told(world, party, walk.id, ['listing.ended']);
  await walk.until('closed');
  await receipts(world, handler, walk.id, actions.length);
  await told(world, party, walk.id, ['listing.closed']);
  await delivered(world, receiver, walk.id, ['listing.ended', 'listing.closed']);
  same('what the certificate says', (await certificate(world, party, walk)).endedOn, days.granted);
  const file = await world.read(handler, `/api/subjects/${enterprise.code}`);
  same('listings on the credit file after removal', file.listings.length, 0);
  same('records on the credit file', file.records.length, 1);
}

/** The credit lead department subscribes to every event; returns what ends the subscription. */
export async function subscribe(world: World, receiver: Receiver): Promise<() => Promise<void>> {
  const system = world.system('hlj.business-environment');
  const { body } = await world.post(system, '/api/webhooks', { url: receiver.url }, 201);
  receiver.trust(body.secret);
  return async () => {
    expectStatus(
      await world.api.call(system, 'DELETE', `/api/webhooks/${body.id}`),
      204,
      'end the subscription',
    );
  };
}

/** Item 7a's file: right rows in, wrong rows answered each with field, code, reason and cure. */
export async function walkPenaltyFile({ world, run }: Run, unit: string): Promise<void> {
  world.tell.chapter('a file of 500 penalties in the national field names');
  await world.moveClock(at('2024-11-04'));
  const file = penaltyFile(run);
  const system = world.system(unit);
  const send = async (): Promise<Json> =>
    (
      await world.post(system, '/api/records/batches?type=penalty', file.csv, 200, {
        contentType: 'text/csv',
      })
    ).body;
  const batch = await send();
  same(
    'rows of the file',
    [batch.total, batch.accepted + batch.duplicates, batch.refused],
    [file.rows, file.rows - file.wrong.size, file.wrong.size],
  );
  for (const error of batch.errors as Json[]) {
    const expected = file.wrong.get(error.line);
    same(`line ${error.line}`, { field: error.field, code: error.code }, expected);
    same(
      `line ${error.line} has reason and cure`,
      Boolean(error.reason && error.cure && error.reasonZh && error.cureZh),
      true,
    );
  }
  world.tell.saw(
    `${batch.accepted} accepted, ${batch.refused} refused; line ${batch.errors[0].line}: ${batch.errors[0].field} ${batch.errors[0].code}: ${batch.errors[0].cure}`,
  );
  const again = await send();
  same(
    'the same file again',
    [again.accepted, again.duplicates, again.refused],
    [0, file.rows - file.wrong.size, file.wrong.size],
  );
  world.tell.saw('the same file again: all duplicates, nothing doubled');
}
