import { workingCalendar } from '#kernel';
import { type ListKey, loadSeeds, procedureOn, validOn } from '#seeds';
import type { ObjectionAbout, ObjectionGround } from '../src/domain/objection/about.js';
import {
  decideObjection,
  objectionClocks,
  type ObjectionCommand,
  type ObjectionLook,
} from '../src/domain/objection/decide.js';
import { evolveObjection } from '../src/domain/objection/evolve.js';
import { fileObjection } from '../src/domain/objection/filing.js';
import type { Objection } from '../src/domain/objection/objection.js';
import { type ObjectionRules, objectionRulesFrom } from '../src/domain/objection/rules.js';
import type { Hand } from '../src/domain/hand.js';

/* Objections under the procedure that a list has of its own, on any day, given, taken and looked at by the pure core. */

const calendar = workingCalendar(loadSeeds('calendars'));
const ordinance = loadSeeds('ordinance-clocks');
const site = loadSeeds('repair-rules').find(({ id }) => id === 'ndrc-36')!;

/** The rules for an objection that is received on that day. */
export const rulesOn = (day: string, list?: ListKey): ObjectionRules => {
  const own = loadSeeds('objection-rules').filter((rule) => rule.list === list && validOn(rule, day));
  return objectionRulesFrom(ordinance, site.clocks, calendar, own);
};

export const party: Hand = { id: 'party', name: 'party', department: null };
const handler: Hand = { id: 'handler', name: 'handler', department: 'hlj.science' };

/** What is filed, and how the entry stands. */
export interface Filed {
  list: ListKey;
  expiredOn?: string;
  about?: ObjectionAbout;
  ground?: ObjectionGround;
  servedOn: string | null;
  publishedOn?: string | null;
  receivedOn: string;
}

/** The objection as it is filed, by the party itself. */
export function filed({
  list,
  about = 'listing',
  ground,
  servedOn,
  publishedOn = null,
  receivedOn,
  expiredOn,
}: Filed): Objection {
  const objected = {
    ...{ caseId: 'c1', caseNo: '（虚构）1号', subjectId: 's1', department: 'hlj.science' },
    ...{ servedOn, publishedOn },
    ...(expiredOn ? { expiredOn } : {}),
    ...{ status: 'in-force', statusZh: '生效', decided: true, refusedRepairs: [], sameOpen: null },
  };
  const filing = {
    ...{ id: 'o1', about, repairId: null, statement: '数据属实（虚构）', asked: {}, materials: [] },
    ...{ channel: 'department' as const, receivedOn, authorisation: null },
    ...(ground ? { ground } : {}),
  };
  const by = { today: receivedOn, actor: party, byParty: true };
  return evolveObjection(undefined, fileObjection(objected, filing, rulesOn(receivedOn, list), by));
}

/** As the store reads it later: under the rules of a list that has no procedure of its own. */
export const clocks = (objection: Objection): string[] =>
  objectionClocks(objection, rulesOn('2026-06-01')).map(({ clock, dueOn }) => `${clock} ${dueOn}`);

/** A step of it, by the handler unless another is named. */
export const take = (
  objection: Objection,
  today: string,
  command: ObjectionCommand,
  id = handler.id,
  department = handler.department,
): Objection => {
  const look: ObjectionLook = {
    ...{
      rules: rulesOn(today),
      procedure: procedureOn(loadSeeds('procedure-rules'), today),
      today,
      actor: { ...handler, id, department },
      madeBy: ['lister'],
      remedies: '',
      isUnit: () => true,
    },
  };
  return decideObjection(objection, command, look).reduce<Objection>(evolveObjection, objection);
};
