import { type Caller, type Json, same } from './api.js';
import { CaseWalk } from './case-walk.js';
import { expectedActions } from './discipline-walk.js';
import { fictitiousOrganisation, penalty } from './fictitious.js';
import { onRegister, partyLogin } from './seen.js';
import type { World } from './world.js';

/** How one subject comes onto one list: its unit, its subject, its own steps and its days. */
export interface Listing {
  list: string;
  conductKind: string;
  unit: string;
  /** how many penalties the entry rests on; one where absent */
  penalties?: number;
  /** first digits of the credit code: the kind of organisation */
  codePrefix: '91' | '51' | '11' | '12';
  subjectKind: string;
  /** of a unit that the state owns: who else is to be told (ordinance art. 32) */
  publicStanding?: 'state-owned';
  /** the notice sets the last day of the defence where the rule fixes none */
  defenceUntil?: string;
  days: { opened: string; decided: string; served: string; published: string };
  /** responsible persons who are listed with the subject, known by records of their own */
  persons?: () => Promise<Json[]>;
  /** what the party does after the notice; where it does nothing, the clock of the defence ends in silence */
  heard?: (listed: Listed) => Promise<void>;
  /** what the list asks the reviewer to find (GET /api/list-types/{key}) */
  findings?: { code: string; found: boolean }[];
  /** what the list asks for beside the reasons (the same) */
  fields?: { code: string; value: string }[];
  /** between review and approval */
  reviewed?: (listed: Listed) => Promise<void>;
  /** a step of its own between service and publication */
  meanwhile?: (listed: Listed) => Promise<void>;
  /** false where nothing of this entry is shown */
  shown: boolean;
  /** day from which the decision clock runs, where the list counts from a request or a discovery */
  clockFrom?: string;
}

/** A subject on its list, or on its way there, with the people of its case. */
export interface Listed {
  walk: CaseWalk;
  subject: { code: string; name: string; id: string };
  people: (role: string) => Caller;
  party: () => Promise<Caller>;
  /** every action that the law orders, as `rule by unit`; known once the case is served */
  expected: string[];
}

export const at = (day: string): string => `${day}T09:00:00+08:00`;

/** From a pushed penalty to the published entry. */
export async function listEntity(world: World, run: number, listing: Listing): Promise<Listed> {
  const { days, unit, list, conductKind, subjectKind } = listing;
  const people = (role: string): Caller => world.person(`${role}.${unit}`);
  const [handler, reviewer, approver] = [people('handler'), people('reviewer'), people('approver')];
  const organisation = fictitiousOrganisation(listing.codePrefix, run);
  await world.moveClock(at(days.opened));
  const records: Json[] = [];
  while (records.length < (listing.penalties ?? 1)) {
    const no = `（虚构）${list}罚〔${run}〕${records.length + 1}号`;
    const body = { type: 'penalty', payload: penalty(organisation, no, { CF_JDRQ: days.opened }) };
    records.push((await world.post(world.system(unit), '/api/records', body, 201)).body);
  }
  const [record] = records as [Json];
  same('the kind of the subject', record.subject.kind, subjectKind);

  const walk = await CaseWalk.open(world, handler, {
    listType: list,
    subjectId: record.subject.id,
    recordIds: records.map(({ id }) => id),
    conductKind,
    ...(listing.publicStanding ? { publicStanding: listing.publicStanding } : {}),
    ...(listing.persons ? { persons: await listing.persons() } : {}),
    ...(listing.clockFrom ? { clockFrom: listing.clockFrom } : {}),
  });
  const subject = { ...organisation, id: record.subject.id as string };
  const listed: Listed = { walk, subject, people, party: () => partyLogin(world, subject), expected: [] };
  const notice = {
    noticeNo: `（虚构）告知〔${run}〕1号`,
    reasons: '违法行为情节严重',
    way: 'personal',
    servedOn: days.opened,
    ...(listing.defenceUntil ? { defenceUntil: listing.defenceUntil } : {}),
  };
  await walk.act(handler, 'notice', notice, 'noticed');
  await listing.heard?.(listed);
  await world.moveClock(at(days.decided));
  // The clock of the defence comes round by itself; a court list has none.
  if (!listing.heard && walk.defenceUntil) await walk.until('silent');
  const opinion = { opinion: 'list', text: '事实清楚（虚构）' };
  await walk.act(reviewer, 'review', { ...opinion, findings: listing.findings ?? [] }, 'reviewed');
  await listing.reviewed?.(listed);
  await walk.act(approver, 'approval', { text: '同意（虚构）' }, 'approved');
  const repairNoticeNo = `（虚构）修复告知〔${run}〕1号`;
  const decision = {
    decisionNo: `（虚构）列入决定〔${run}〕1号`,
    reasons: '违法行为情节严重',
    repairNoticeNo,
    ...(listing.fields ? { fields: listing.fields } : {}),
  };
  await walk.act(handler, 'decision', decision, list === 'COURT' ? 'in-force' : 'decided');
  await world.moveClock(at(days.served));
  const service = { way: 'personal', servedOn: days.served, repairNoticeNo };
  await walk.act(handler, 'service', service, 'in-force');
  listed.expected = await expectedActions(world, handler, {
    list,
    conductKind,
    subjectKind,
    on: days.served,
  });
  await world.moveClock(at(days.published));
  await listing.meanwhile?.(listed);
  if (listing.shown) {
    const publication = { secrecyReview: 'passed', text: '不涉密（虚构）' };
    await walk.act(people('secrecy-reviewer'), 'publication', publication, 'in-force');
  }
  await onRegister(world, subject.code, listing.shown ? 1 : 0);
  return listed;
}

/** What the court list asks for of everybody (法释〔2017〕7号 art. 6), of a fictitious enforcement. */
export const underEnforcement = [
  { code: 'duty', value: '支付货款100000元（虚构）' },
  { code: 'performance', value: '全部未履行' },
  { code: 'basis-unit', value: '某区人民法院（虚构）' },
  { code: 'basis-number', value: '（虚构）（2024）黑01民初1号' },
  { code: 'enforcement-number', value: '（虚构）（2024）黑01执12号' },
  { code: 'filed-on', value: '2024-11-20' },
];

/** What the tax list asks for of an organisation (order 54 art. 12), of a fictitious person with a passport. */
export const taxpayer = [
  { code: 'registered-address', value: '某市某区某街1号（虚构）' },
  { code: 'responsible', value: '李示例（虚构）' },
  { code: 'responsible-sex', value: 'female' },
  { code: 'responsible-number', value: 'E00000000' },
];
