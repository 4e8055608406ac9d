import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import { Refusal, type RefusalDefinition, workingCalendar } from '#kernel';
import { FINDINGS_ZH, loadSeeds } from '#seeds';
import {
  approval,
  consent,
  decision,
  defence,
  enterprise,
  granting,
  inForce,
  notice,
  people,
  publicNotice,
  review,
  service,
  Story,
  suspensionRequest,
} from '../../specs/story.js';
import { shellRefusals } from '../refusals.js';
import { attachmentRefusals } from '../files/attachment.js';
import type { Status } from './case/case.js';
import type { Action, Command } from './case/commands.js';
import { decide } from './case/decide.js';
import { guard } from './case/guard.js';
import { LIFECYCLE, stepOf } from './case/lifecycle.js';
import { ACTION_ZH, STATUS_ZH } from './case/names.js';
import { listingRefusals } from './case/refusals.js';
import { clueRefusals } from './clue/clue-refusals.js';
import type { Clue } from './clue/clue.js';
import {
  CLUE_ACTION_ZH,
  CLUE_LIFECYCLE,
  CLUE_STATUS_ZH,
  type ClueAction,
  type ClueStatus,
  clueStep,
} from './clue/lifecycle.js';
import { receiveClue } from './clue/receive.js';
import { type ClueCommand, takeClueStep } from './clue/take-clue-step.js';
import { decideObjection, type ObjectionCommand } from './objection/decide.js';
import { OBJECTION_LIFECYCLE, type ObjectionAction } from './objection/lifecycle.js';
import { OBJECTION_ACTION_ZH, OBJECTION_STATUS_ZH } from './objection/names.js';
import type { Objection, ObjectionStatus } from './objection/objection.js';
import { objectionRefusals } from './objection/refusals.js';
import { decideRecordRepair, type RecordRepairCommand } from './record-repair/decide.js';
import { RECORD_REPAIR_LIFECYCLE, type RecordRepairAction } from './record-repair/lifecycle.js';
import { RECORD_REPAIR_ACTION_ZH, RECORD_REPAIR_STATUS_ZH } from './record-repair/names.js';
import { recordRepairRefusals } from './record-repair/refusals.js';
import type { RecordRepair, RecordRepairStatus } from './record-repair/repair.js';
import { handedInRefusals } from './repair/handed-in.js';
import { repairRefusals } from './repair/refusals.js';
import {
  type CalendarDraft,
  calendarDraftRefusals,
  draftCalendar,
  dropCalendar,
  publishCalendar,
} from './rules/calendar-draft.js';
import {
  CALENDAR_DRAFT_LIFECYCLE,
  DRAFT_STATUS_ZH,
  draftStep,
  LIST_TYPE_DRAFT_LIFECYCLE,
} from './rules/draft-lifecycle.js';
import { dropDraft, type ListTypeDraft, listTypeRefusals, publishDraft } from './rules/list-type-draft.js';

/*
 * Every pair of status and action of the lifecycle tables: what a row has is not refused by the table, what no row has is
 * refused with its code, in Chinese and in English, and with what would be needed.
 */

function refusalOf(act: () => unknown): Refusal | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Whether it is the table that refuses; what else a bare status lacks for the step is not looked at. */
function tableRefuses(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    return error instanceof Refusal && error.code.endsWith('.action-not-possible');
  }
}

/** Addresses of the API are the same in every language. */
const withoutAddresses = (text: string): string => text.replace(/(GET|POST) \S+|…\/[a-z/-]+/g, '');

/** Whole sentences in both languages: nothing left out, no name of the code inside the Chinese. */
function checkTexts({ zh, en, cureZh, cureEn }: Refusal): void {
  for (const text of [zh, en, cureZh, cureEn])
    expect(text).not.toMatch(/[{}]|undefined|null|NaN|: *[;.]|: *$/);
  for (const text of [zh, cureZh]) {
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(withoutAddresses(text)).not.toMatch(/[A-Za-z]/);
  }
  for (const text of [en, cureEn]) expect(text).not.toMatch(/\p{Script=Han}/u);
}

/** The cure names where the action is possible, in both languages. */
function checkNamesWhere(
  refusal: Refusal,
  statuses: readonly string[],
  zh: Readonly<Record<string, string>>,
): void {
  expect(statuses).not.toEqual([]);
  expect(refusal.facts['possibleIn']).toBe(statuses.join(', '));
  expect(refusal.cureEn).toContain(`: ${statuses.join(', ')}.`);
  expect(refusal.cureZh).toContain(`: ${statuses.map((status) => zh[status]).join('、')};`);
}

const keys = <Key extends string>(names: Readonly<Record<Key, string>>): Key[] => Object.keys(names) as Key[];

describe('a case', () => {
  const samr = {
    list: 'SAMR',
    conductKind: 'samr.food',
    openedOn: '2024-11-04',
    department: { id: 'hlj.city.230100.market-regulation', level: 'city' },
  } as const;
  const noticed = () => new Story(samr).does('handler', notice('2024-11-04'));
  const silent = () => noticed().on('2024-11-12').does('platform', { type: 'fall-silent' });
  const reviewed = () => silent().does('reviewer', review());
  const consented = () => reviewed().does('superior', consent());
  const approved = () => consented().does('approver', approval);
  const decided = () => approved().does('handler', decision);
  const food = () =>
    inForce(samr, { decidedOn: '2024-11-13', servedOn: '2024-11-14', publishedOn: '2024-11-15' });
  const ended = () => food().on('2025-01-06').does('approver', { type: 'revocation', reason: '有误' });
  const stories: Readonly<Record<Status, () => Story>> = {
    proposed: () => new Story(samr),
    noticed,
    heard: () => noticed().does('party', defence),
    silent,
    reviewed,
    consented,
    approved,
    decided,
    served: () =>
      decided().does('handler', { ...service('2024-11-12'), ...publicNotice('2024-11-12') } as Command),
    'in-force': food,
    suspended: () => granting(food().on('2026-05-06').does('party', suspensionRequest('2026-04-30'))),
    ended,
    closed: () => ended().does('platform', { type: 'close', receipts: [] }),
    withdrawn: () => noticed().does('approver', { type: 'withdrawal', reason: '有误', ground: 'other' }),
    reminded: () =>
      noticed().does('approver', {
        type: 'reminder',
        reminderNo: '（虚构）提醒〔2024〕1号',
        text: '今后应当依法经营',
        minor: true,
        oneOff: true,
        correctedOn: '2024-11-04',
        harmless: true,
      }),
  };
  /** Why the case as such stands against it; all else is the general refusal, which names where it is possible. */
  const OWN_REASON: readonly string[] = [
    'listing.withdrawn-already',
    'listing.reminded-already',
    'listing.ended-already',
    'listing.defence-open',
    'listing.already-served',
  ];
  const FROM_THE_TABLE = ['listing.action-not-possible', ...OWN_REASON.slice(0, 3)];

  test.each(keys(STATUS_ZH))('that is %s takes what the table has, and refuses all else', (status) => {
    const story = stories[status]();
    expect(story.status).toBe(status);
    const look = { state: story.state, rules: story.rules, circumstances: story.circumstances('handler') };
    for (const action of keys(ACTION_ZH)) {
      const refusal = refusalOf(() => guard(action, look));
      if (stepOf(status, action)) {
        expect([action, FROM_THE_TABLE.includes(refusal?.code ?? '')]).toEqual([action, false]);
        continue;
      }
      if (!refusal) throw new Error(`${action} was not refused`);
      checkTexts(refusal);
      if (!OWN_REASON.includes(refusal.code)) {
        expect([action, refusal.code]).toEqual([action, 'listing.action-not-possible']);
        const from = LIFECYCLE.filter((step) => step.action === action).map((step) => step.from);
        checkNamesWhere(refusal, [...new Set(from)], STATUS_ZH);
        expect(refusal.zh).toContain(`“${STATUS_ZH[status]}”状态,不能进行“${ACTION_ZH[action]}”`);
      }
      // What a clock or an event tells of a case that moved on brings about nothing; a person hears why not.
      const command = { type: action } as Command;
      const asked = refusalOf(() =>
        expect(decide(story.state, command, story.rules, look.circumstances)).toEqual([]),
      );
      if (isAPersons(action)) expect([action, asked?.code]).toEqual([action, refusal.code]);
      else expect([action, asked]).toEqual([action, undefined]);
    }
  });

  function isAPersons(action: Action): boolean {
    return LIFECYCLE.some((step) => step.action === action && typeof step.who !== 'string');
  }
});

/** Bare statuses: that the table does not refuse shows here, whatever a row demands shows in the specs of its own. */
function checkPairs<Status extends string, Action extends string>(of: {
  status: Status;
  statusZh: Readonly<Record<Status, string>>;
  actionZh: Readonly<Record<Action, string>>;
  /** by which it begins, so that it is asked of none */
  begins: Action;
  /** of a clock or an event: of what has moved on they bring about nothing */
  outside: readonly Action[];
  lifecycle: readonly { action: Action; from: Status | null }[];
  code: string;
  act: (action: Action) => unknown;
}): void {
  const { status, statusZh, actionZh, lifecycle, code } = of;
  for (const action of keys(actionZh)) {
    if (action === of.begins) continue;
    const act = () => of.act(action);
    const rows = lifecycle.filter((step) => step.action === action);
    if (rows.some(({ from }) => from === status)) {
      expect([action, tableRefuses(act)]).toEqual([action, false]);
      continue;
    }
    if (of.outside.includes(action)) {
      expect(act()).toEqual([]);
      continue;
    }
    const refusal = refusalOf(act)!;
    expect([action, refusal.code]).toEqual([action, code]);
    checkTexts(refusal);
    checkNamesWhere(
      refusal,
      rows.map(({ from }) => from!),
      statusZh,
    );
    expect(refusal.zh).toContain(`“${statusZh[status]}”状态,不能进行“${actionZh[action]}”`);
  }
}

describe('an objection', () => {
  const look = {} as Parameters<typeof decideObjection>[2];

  test.each(keys(OBJECTION_STATUS_ZH))(
    'that is %s takes what the table has, and refuses all else',
    (status) => {
      const objection = { id: 'o1', status } as { id: string; status: ObjectionStatus } as Objection;
      checkPairs<ObjectionStatus, ObjectionAction>({
        status,
        statusZh: OBJECTION_STATUS_ZH,
        actionZh: OBJECTION_ACTION_ZH,
        begins: 'file',
        outside: ['lapse', 'mark-overdue', 'close-material'],
        lifecycle: OBJECTION_LIFECYCLE,
        code: 'objection.action-not-possible',
        act: (type) => decideObjection(objection, { type } as ObjectionCommand, look),
      });
    },
  );
});

describe('a request for the repair of a record', () => {
  const look = {} as Parameters<typeof decideRecordRepair>[2];

  test.each(keys(RECORD_REPAIR_STATUS_ZH))(
    'that is %s takes what the table has, and refuses all else',
    (status) => {
      const repair = { id: 'a1', status } as { id: string; status: RecordRepairStatus } as RecordRepair;
      checkPairs<RecordRepairStatus, RecordRepairAction>({
        status,
        statusZh: RECORD_REPAIR_STATUS_ZH,
        actionZh: RECORD_REPAIR_ACTION_ZH,
        begins: 'request',
        outside: ['reopen', 'lapse', 'mark-overdue'],
        lifecycle: RECORD_REPAIR_LIFECYCLE,
        code: 'repair.action-not-possible',
        act: (type) => decideRecordRepair(repair, { type } as RecordRepairCommand, look),
      });
    },
  );
});

describe('a clue', () => {
  const law = { rules: loadSeeds('clue-rules'), calendar: workingCalendar(loadSeeds('calendars')) };
  const look = { today: '2026-04-10', actor: people.handler, calendar: law.calendar };
  const received = receiveClue(
    {
      ...{ id: '0192f0c4-6c00-7000-8000-0000000000e1', kind: 'arrears', source: 'complaint' },
      ...{ content: '拖欠工程款（虚构）', about: enterprise.name, department: 'hlj.industry' },
      receivedOn: '2026-04-07',
    },
    law,
    look,
  );
  const document = { no: '1', issuer: '工业和信息化厅', title: '核查笔录', issuedOn: '2026-04-10' };
  const commands: Readonly<Record<Exclude<ClueAction, 'receipt' | 'mark-overdue'>, ClueCommand>> = {
    acceptance: { type: 'acceptance', accepted: true, reason: '属实' },
    forwarding: { type: 'forwarding', to: 'hlj.city.230100.housing' },
    extension: { type: 'extension', until: '2026-06-30', reasons: '情况复杂' },
    feedback: { type: 'feedback', receivedOn: '2026-04-10', text: '正在核对', asPrescribed: false },
    'urging-letter': { type: 'urging-letter', letterNo: '1', text: '限期反馈', answerBy: '2026-04-20' },
    interview: { type: 'interview', heldOn: '2026-04-10', with: '主要负责人', minutes: '承诺支付' },
    circular: { type: 'circular', circularNo: '2', to: '上级机关', text: '拒不配合' },
    'correction-order': { type: 'correction-order', orderNo: '3', text: '限期整改', correctBy: '2026-05-20' },
    answer: { type: 'answer', verified: true, reason: '属实', document },
    opening: { type: 'opening', caseId: '0192f0c4-6c00-7000-8000-0000000000c1' },
  };
  const accepted = takeClueStep(received, commands.acceptance, look);
  const handled = takeClueStep(accepted, commands.forwarding, look);
  const verified = takeClueStep(handled, commands.answer, look);
  const clues: Readonly<Record<ClueStatus, Clue>> = {
    received,
    accepted,
    handled,
    verified,
    dropped: takeClueStep(received, { type: 'acceptance', accepted: false, reason: '没有线索' }, look),
    used: takeClueStep(verified, commands.opening, look),
  };

  test.each(keys(CLUE_STATUS_ZH))('that is %s goes only where the table leads', (status) => {
    expect(clues[status].status).toBe(status);
    for (const action of keys(CLUE_ACTION_ZH)) {
      if (action === 'receipt' || action === 'mark-overdue') continue;
      const refusal = refusalOf(() => takeClueStep(clues[status], commands[action], look));
      if (refusal && refusal.code !== 'clue.used-already') checkTexts(refusal);
      if (clueStep(status, action)) {
        expect([action, refusal?.code]).not.toEqual([action, 'clue.action-not-possible']);
        continue;
      }
      const own = {
        opening: status === 'used' ? 'clue.used-already' : 'clue.not-verified',
        answer: 'clue.answered-already',
      };
      expect([action, refusal?.code]).toEqual([
        action,
        action in own ? own[action as keyof typeof own] : 'clue.action-not-possible',
      ]);
      if (refusal!.code !== 'clue.used-already') expect(refusal!.zh).toContain(CLUE_STATUS_ZH[status]);
      if (refusal!.code === 'clue.action-not-possible') {
        const rows = CLUE_LIFECYCLE.filter((step) => step.action === action);
        const statuses = rows.flatMap(({ from }) => (from === null ? [] : [from]));
        expect(refusal!.facts['possibleIn']).toBe(statuses.join(', '));
      }
    }
  });
});

describe('a draft', () => {
  const on = { today: '2026-05-06', actor: people.approver };
  const drafted = {
    ...{ id: 'd1', key: 'WAGE', validFrom: '2026-07-01', replaces: null, content: {} },
    ...{ draftedBy: people.handler, draftedOn: '2026-05-06', status: 'draft' as const },
  };
  const year = draftCalendar(
    'd2',
    {
      year: 2027,
      holidays: ['2027-01-01', '2027-10-01'],
      workingWeekends: [],
      basis: '关于2027年部分节假日安排的通知（虚构）',
      confirmed: 'text',
    },
    [],
    { today: '2026-05-06', actor: people.handler },
  );
  const kinds = {
    'of a list type': {
      table: LIST_TYPE_DRAFT_LIFECYCLE,
      code: 'list-type.settled',
      draft: { publication: publishDraft(drafted, on), drop: dropDraft(drafted, '依据尚未公布', on) },
      begun: drafted as ListTypeDraft<object>,
      publication: (one: unknown) => publishDraft(one as ListTypeDraft<object>, on),
      drop: (one: unknown) => dropDraft(one as ListTypeDraft<object>, '依据尚未公布', on),
    },
    'of a calendar': {
      table: CALENDAR_DRAFT_LIFECYCLE,
      code: 'calendar.settled',
      draft: { publication: publishCalendar(year, [], on), drop: dropCalendar(year, '与通知不符', on) },
      begun: year,
      publication: (one: unknown) => publishCalendar(one as CalendarDraft, [], on),
      drop: (one: unknown) => dropCalendar(one as CalendarDraft, '与通知不符', on),
    },
  };

  test.each(Object.entries(kinds))('%s is settled once, by the table', (_, kind) => {
    for (const one of [kind.begun, kind.draft.publication, kind.draft.drop])
      for (const action of ['publication', 'drop'] as const) {
        const refusal = refusalOf(() => kind[action](one));
        const allowed = draftStep(kind.table, one.status, action) !== undefined;
        expect([one.status, action, refusal?.code]).toEqual([
          one.status,
          action,
          allowed ? undefined : kind.code,
        ]);
        if (!refusal) continue;
        checkTexts(refusal);
        expect(refusal.zh).toContain(DRAFT_STATUS_ZH[one.status]);
      }
  });
});

describe('the Chinese of every refusal of the service', () => {
  const catalogue: Record<string, RefusalDefinition> = Object.assign(
    {},
    ...[
      ...[shellRefusals, attachmentRefusals, listingRefusals, clueRefusals, objectionRefusals],
      ...[recordRepairRefusals, repairRefusals, handedInRefusals, calendarDraftRefusals, listTypeRefusals],
    ].map((refusals) => refusals.catalogue),
  ) as never;
  /** Facts that read the same in both languages; of all others the Chinese prints the one that ends in Zh. */
  const PRINTED = new Set(
    [
      // Days, numbers and articles of law
      'acceptedOn answeredOn day days decisionDue defenceUntil due earliest eligibleOn endedOn endsOn',
      'from hearingUntil lastDay latest on performBy performedOn publishedOn regularEnd remindedOn requestedOn',
      'sentOn servedOn setFor signedOn startsOn today until validFrom withdrawnOn before replaces year',
      'months min max over upTo limit most article paymentLimit',
      // Numbers of documents and cases, and ids
      'caseNo decisionNo documentNo no given caseId helpId id letterId objectionId recordId repairId',
      'listingId requestId subjectId template known begunOn orderNo',
      // Names as they are written, Chinese by themselves
      'listName basis category name to region',
      // What a request carries, and is to be sent otherwise: units, lists, conducts, grounds, fields, formats
      'unit units department deciders superior listType key conductKind grounds way field fields format type',
      'part code codes',
    ].flatMap((names) => names.split(' ')),
  );
  /** Fields and values of a request, headers and formats, which are sent as they stand here. */
  const SENT = new Set(
    [
      'accepted adopted announcedOn authorisation bars basis bornOn commitment conditions corrected',
      'correctedOn defenceUntil document documents evidence extraYears fields files findings graceUntil',
      'gravity ground listingId next oversight permanent persons proof publicStanding publishedOn reasons recordIds',
      'repairId repairNoticeNo replaces rulingNo sentTo servedOn standardInDepartmentRule template',
      'termEndsOn termMonths termStartsOn text to unlifted validFrom validTo true false grave limited serious',
      'partly-upheld refused rejected upheld staff state-organ state-owned Content-Type X-Purpose UTF-8',
      'application/octet-stream PDF PNG JPEG',
    ].flatMap((names) => names.split(' ')),
  );

  test.each(Object.keys(catalogue))('%s is Chinese, with a cure, and prints no word of the code', (code) => {
    const { zh, en, cureZh, cureEn } = catalogue[code]!;
    for (const text of [zh, cureZh]) {
      expect(text).toMatch(/\p{Script=Han}/u);
      const printed = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      expect(printed.filter((name) => !name.endsWith('Zh') && !PRINTED.has(name))).toEqual([]);
      const words = withoutAddresses(text.replace(/\{\w+\}/g, '')).match(/[A-Za-z][\w/-]*/g) ?? [];
      expect(words.filter((word) => !SENT.has(word))).toEqual([]);
    }
    for (const text of [en, cureEn]) {
      expect(text.replaceAll('信用中国', '')).not.toMatch(/\p{Script=Han}/u);
      expect(text).not.toMatch(/\{\w+Zh\}/);
    }
  });

  /** A refusal that stands outside the catalogues above would be looked at by nobody. */
  it('is in one of these catalogues', () => {
    const sources = readdirSync('apps/listing/src', { recursive: true, encoding: 'utf8' });
    const defined = sources
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => {
        const text = readFileSync(join('apps/listing/src', file), 'utf8');
        return [...text.matchAll(/^ {2}'([a-z-]+\.[a-z-]+)': \{\n {4}kind:/gm)].map(([, code]) => code!);
      });
    expect(defined.sort()).toEqual(Object.keys(catalogue).sort());
  });

  it.each(Object.entries(FINDINGS_ZH))('%s of a draft is told in Chinese', (_, zh) => {
    expect(zh).toMatch(/^[^A-Za-z{}]+$/);
  });
});
