import type { LocalDate } from '#kernel';
import type { ClockMeaning } from '../term/clock-meaning.js';
import type { Hand } from '../hand.js';
import type { Delivery } from '../procedure/service.js';
import type { ObjectionAbout, ObjectionGround } from './about.js';
import type { CaseField, FieldShape, GivenField } from '../procedure/case-field.js';
import type { ObjectionRule } from './rules.js';

/*
 * An objection (异议) to a listing, to what an entry says, to its period or to the answer to a repair, as it
 * stands: one shape for each status.
 */

/** 协助核查: another unit is asked what it knows; it answers within two working days (art. 39). */
export interface HelpRequest {
  id: string;
  unit: string;
  question: string;
  askedOn: LocalDate;
  askedBy: Hand;
  due: LocalDate;
  answer: { text: string; on: LocalDate; by: Hand } | null;
  /** Its day passed without an answer: each unit that is late is marked for itself. */
  late?: true;
}

/** 检验、检测、专家评审: the days of it do not count (art. 39). */
export interface Pause {
  why: 'test' | 'expert-review';
  from: LocalDate;
  /** null: still going on, the clock stands still. */
  to: LocalDate | null;
}

/** 一次性告知需要提供的材料: until it comes the clock of the decision does not run (TELECOM, art. 14). */
export interface NamedMaterial {
  text: string;
  on: LocalDate;
  by: Hand;
  /** null: not there yet. */
  receivedOn: LocalDate | null;
}

/** Longer than the rule says, told to the party beforehand (order 36 art. 18). */
export interface Extension {
  until: LocalDate;
  reason: string;
  on: LocalDate;
  by: Hand;
}

/**
 * What an objection to the content wants to read instead: what an entry can be wrong in and still be the same
 * entry. Another conduct or another subject is another decision.
 */
export const CORRECTABLE = ['decisionNo', 'reasons', 'termEndsOn'] as const;
export type CorrectableField = (typeof CORRECTABLE)[number];
/** What a record that is published by itself can be wrong in and still be the same record. */
export const RECORD_CORRECTABLE = ['documentNo', 'conduct', 'publishedUntil'] as const;
export type RecordField = (typeof RECORD_CORRECTABLE)[number];
/** What the party asks to read otherwise, of an entry also of what its list asks for; empty where it objects in words. */
export type AskedValues = Partial<Record<CorrectableField, string>> & { fields?: readonly CaseField[] };
/** What a decision corrects; of an entry also what its list asks for beside the reasons. */
export type CorrectedValues = Partial<Record<CorrectableField, string>> & { fields?: readonly GivenField[] };

/** What may read otherwise, and in which of it a period stands: of an entry, or of a record. */
export interface Correctable {
  fields: readonly string[];
  period: string;
}
export const OF_ENTRY: Correctable = { fields: CORRECTABLE, period: 'termEndsOn' };
export const OF_RECORD: Correctable = { fields: RECORD_CORRECTABLE, period: 'publishedUntil' };

/** 向上一级申请复议: of which objection, by which court above, and when the rejection was served. */
export interface Review {
  of: string;
  /** The level above, by its name. */
  court: string;
  /** The same as a unit of the register: a person there decides. Absent: it is none, and who listed enters its decision. */
  unit?: string;
  servedOn: LocalDate;
}

/** Which unit above decided on a review, by which number, and when the rejection had been served. */
export interface ReviewedAbove {
  unit: string;
  no: string | null;
  rejectionServedOn: LocalDate;
}

interface Common {
  id: string;
  /** What is objected to: the case of an entry, or where `recordId` says so that record, by its document number. */
  caseId: string;
  caseNo: string;
  /** The record that is published by itself; absent of an objection to an entry. */
  recordId?: string;
  subjectId: string;
  /** The deciding unit of the case: the finder (认定单位), which decides on the objection. */
  department: string;
  about: ObjectionAbout;
  /** The rule that held when it was filed, to its end; absent of those filed before rules were kept. */
  rule?: ObjectionRule;
  /** Asked of the level above, against the rejection of an earlier one (court list); absent of every other. */
  review?: Review;
  /** On what it rests, where the rule of the list takes certain grounds only. */
  ground?: ObjectionGround;
  /** The answered request, of an objection to a repair result. */
  repairId: string | null;
  statement: string;
  /** What it should say instead, where the party knows. */
  asked: AskedValues;
  materials: string[];
  /** 信用中国 passes on what it receives within one working day (order 36 art. 18). */
  channel: 'department' | 'credit-site';
  receivedOn: LocalDate;
  filedOn: LocalDate;
  filedBy: Hand;
  /** Taken down by a handler; then by whose authority. */
  authorisation: string | null;
  /** The entry carries the mark from this day on, and by this day it had to; null: the calendar was not loaded. */
  markedOn: LocalDate;
  markDue: LocalDate | null;
  /** Logins that handled it: none of them decides. */
  handlers: string[];
  help: HelpRequest[];
  pauses: Pause[];
  /** Material that was named as needed, once; absent where none was. */
  material?: NamedMaterial;
  /** The time to name material is over, and none was named. */
  materialTimeOver?: true;
  extension: Extension | null;
  /** The day from which the decision clock runs; null until it is accepted, where it runs from acceptance. */
  clockFrom: LocalDate | null;
  overdue: LateClock[];
}

/** What became of one value that was asked. */
export interface FieldAnswer {
  /** Name or code of the field. */
  field: string;
  nameZh: string;
  name: string;
  shape: FieldShape;
  /** As it was asked. */
  value: string;
  /** `otherwise`: wrong it was, and reads neither as before nor as was asked. */
  answer: 'adopted' | 'otherwise' | 'refused';
  /** What it reads from now on, of `otherwise`. */
  reads?: string;
  /** Why it is refused, where it is not for the reasons of the whole. */
  reasons?: string;
}

export interface ObjectionDecision {
  /** Units that have not lifted though the term is over; of an appeal on that, where it is right. */
  unlifted?: readonly string[];
  outcome: 'upheld' | 'partly-upheld' | 'rejected';
  reasons: string;
  remedies: string;
  /** What the entry reads from now on, of content and period. */
  corrected: CorrectedValues;
  /** Of each value that was asked; absent where the objection named none. */
  answers?: FieldAnswer[];
  /** Number of the letter, where who decides gives one. */
  no?: string;
  on: LocalDate;
  by: Hand;
}

/** Waits for acceptance: only where the clock runs from it. */
export interface Filed extends Common {
  status: 'filed';
}
export interface Open extends Common {
  status: 'open';
  acceptedOn: LocalDate | null;
}
export interface DecidedObjection extends Common {
  status: 'decided';
  acceptedOn: LocalDate | null;
  decision: ObjectionDecision;
  /** How the decision reached the party; absent until that is entered. */
  service?: Delivery;
}
/** 不予受理, with the reasons that are told in writing. */
export interface NotAccepted extends Common {
  status: 'not-accepted';
  notAcceptedOn: LocalDate;
  reasons: string;
  remedies: string;
  by: Hand;
}
/** 行政复议, 行政诉讼: what the party began against the same decision. */
export const BEGUN = ['administrative-review', 'suit'] as const;
export type Begun = (typeof BEGUN)[number];

export interface WithdrawnObjection extends Common {
  status: 'withdrawn';
  /** Deemed withdrawn (视为撤回), since this was begun; absent where the party itself withdrew. */
  begun?: Begun;
  begunOn?: LocalDate;
  withdrawnOn: LocalDate;
}
/** The entry was undone otherwise: nothing is left to decide. */
export interface LapsedObjection extends Common {
  status: 'lapsed';
  lapsedOn: LocalDate;
  reason: string;
}

export type Objection = Filed | Open | NotAccepted | DecidedObjection | WithdrawnObjection | LapsedObjection;
export type ObjectionStatus = Objection['status'];

/** `help` runs once for each unit that is asked; `material` is a time to ask, and no duty that could be late. */
export const OBJECTION_CLOCKS = ['acceptance', 'decision', 'help', 'material'] as const;
export type ObjectionClock = (typeof OBJECTION_CLOCKS)[number];
export type LateClock = Exclude<ObjectionClock, 'material'>;

/** What is due when a clock of an objection has run out. */
export const OBJECTION_CLOCK_MEANINGS: Readonly<Record<ObjectionClock, ClockMeaning>> = {
  acceptance: { zh: '受理异议', en: 'the objection must be accepted', byItself: false },
  decision: { zh: '作出异议处理决定', en: 'the objection must be decided', byItself: false },
  material: {
    zh: '一次性告知需要提供的材料的期限届满',
    en: 'material that is needed can be named no more',
    byItself: true,
  },
  help: { zh: '协助核查单位答复', en: 'the unit that was asked for help must answer', byItself: false },
};

/** The mark came after the working day that art. 39 gives for it: a letter was taken down late. */
export function isMarkedLate({ markedOn, markDue }: Pick<Objection, 'markedOn' | 'markDue'>): boolean {
  return markDue !== null && markedOn > markDue;
}

export function isLive({ status }: Objection): boolean {
  return status === 'filed' || status === 'open';
}
