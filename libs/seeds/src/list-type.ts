import type { LocalDate, Period, SubjectKind } from '#kernel';
import type { Confirmed, LegalBasis, Seeded } from './basis.js';

/** The lists of the provincial opinion and their neighbours; the Chinese name stands in each row's `name`. */
export const listKeys = [
  'COURT',
  'WAGE',
  'SOCINS',
  'TAX',
  'SAMR',
  'SAMRABN',
  'CHARITY',
  'SOCORG',
  'CUSTOMS',
  'PROC',
  'RESEARCH',
  'IP',
  'CSRC',
  'SAFETY',
  'SOIL',
  'STAT',
  'TELECOM',
  'BUILD',
  'GOV',
  'ALLOW',
  'HOUSE',
  'FALSELIT',
  'CPA',
] as const;
export type ListKey = (typeof listKeys)[number];

export type UnitLevel = 'county' | 'city' | 'province';

export type TermStart =
  'decision' | 'listing' | 'publication' | 'penalty' | 'service' | 'performance' | 'sentence-end';

/** One kind of conduct for which a subject may be listed, e.g. 'samr.food'. */
export interface ConductKind {
  code: string;
  zh: string;
  en: string;
  article?: string;
  /**
   * Absent = the list's own term. A period = this kind's own term. null = no fixed term (the entry stays
   * until its ground is gone), which is not the same as "unknown": unknown terms stand in `unconfirmed`.
   */
  term?: Period | null;
  /** Absent = the list's own start. */
  startsAt?: TermStart;
  /** Absent = as the list; false = this kind is entered but never published. */
  publicList?: boolean;
  /**
   * Absent = as the list. Where the law puts only some kinds on the list of the seriously dishonest: 严重失信 of
   * customs (order 282 art. 16), the criminally punished of telecom fraud (联合惩戒办法 art. 9).
   */
  serious?: boolean;
  /** Early removal does not let go wholly: the same decision finds the subject as this kind (order 282 art. 30). */
  lowersTo?: string;
  /** Not published when the debt is paid before publication (tax list kinds 1, 2 and 8). */
  heldBackWhenPaid?: boolean;
  confirmed: Confirmed;
}

/** Which procedure the list prescribes; the lifecycle of a case reads its possible steps from here. */
export interface ListSteps {
  /** Prior written notice of reasons, basis and rights. */
  notice: boolean;
  /** Time to state a defence before the decision. */
  defence: boolean;
  /** A hearing may be asked for (with the penalty procedure). */
  hearing: boolean;
  /** A warning inside an earlier document takes the place of the notice (court list). */
  riskWarning: boolean;
  /** Levels of the deciding authority that need consent from the next level up. */
  consentFrom: ('county' | 'city')[];
  /** Corrected and promised before the decision: may be spared. */
  sparing: boolean;
  /** Not listed where the party proves that it acted without intent (order 44 art. 12). */
  noIntent?: boolean;
}

export type Capacity =
  | 'legal-representative'
  | 'main-responsible-person'
  | 'directly-responsible-manager'
  | 'other-directly-responsible'
  | 'actual-responsible-person'
  | 'responsible-manager';

/** A natural person who may be listed with the organisation, by an entry of its own from its own service on. */
export interface BoundPerson {
  capacity: Capacity;
  /** What must show that this person is bound: a judgment, or a law that says so; null: the rule itself binds. */
  evidence: 'judgment' | 'law' | null;
  /** Beside a person of that capacity only with evidence of its own part in the conduct (tax list). */
  notBeside?: Capacity;
}

/** A rule of procedure that holds for every list from a day on: public notice, hearing, the two documents together. */
export interface ProcedureRule extends Seeded {
  code:
    | 'public-notice'
    | 'hearing-request'
    | 'hearing-notice'
    | 'repair-notice'
    | 'reminder'
    | 'oversight'
    | 'stay-in-review'
    | 'stay-in-suit'
    | 'letter-reminder';
  zh: string;
  en: string;
  /** null where the rule is a duty without a period. */
  period: Period | null;
  article?: string;
}

export interface DecisionClock {
  period: Period | null;
  from:
    | 'notice'
    | 'payment-limit'
    | 'creditor-request'
    | 'review-limits-over'
    | 'penalty'
    | 'acceptance'
    | 'discovery';
  extension: Period | null;
  /** The time of serving the notice by public notice is not counted (tax list, order 54 art. 10). */
  publicNoticeNotCounted?: true;
}

/** One thing that a list publishes: reasons, legal basis, kind of conduct, numbers of the documents on which it rests. */
export interface PublishedItem {
  item: 'reasons' | 'basis' | 'conduct' | 'documents';
  /** Of which subjects. Reasons are free text that may name others: never of persons. */
  of: 'everyone' | 'organisations' | 'persons';
  article?: string;
  /** The article has the entry published and leaves open with which items: this one is chosen here (decision 45). */
  leftOpen?: true;
  confirmed: Confirmed;
}

export interface PublicationRule {
  /** A period, or "by the nth of the month after" (tax list), or null = the rule fixes no number of days. */
  clock: { period: Period } | { dayOfNextMonth: number } | null;
  from: 'decision' | 'service';
  /** Names and identity numbers of persons are masked in what is published. */
  masked: boolean;
  /** Shown beside what every entry shows: name, deciding unit, number and day of the decision, last day. */
  shows?: PublishedItem[];
  /** Not published when the debt is paid before publication (tax list, order 54 art. 14). */
  heldBackWhenPaid?: boolean;
  /** 宽限期: the decider may hold publication back that long (court list). */
  grace?: { min: Period; max: Period };
  /** Registered in another province: sent within, and published there within (order 44 art. 14). */
  elsewhere?: { send: Period; publish: Period };
  /** How long an entry is shown, from its publication on, where that is not as long as it stands (capital market). */
  shownFor?: Period;
}

export interface ListTerm {
  /**
   * null together with `untilPerformed` = stays until performed or cured; null without it = set in each
   * decision, or by the conduct kind, or unknown (then `unconfirmed` names it).
   */
  period: Period | null;
  startsAt: TermStart;
  untilPerformed: boolean;
  /** The term alone ends nothing: the party must apply (social organisations). */
  endsOnApplication?: boolean;
  /** By how much the decision may lengthen the term of some kinds of conduct (court list). */
  extra?: { min: Period; max: Period; kinds: string[] };
  /** A ban on business or occupation that lasts longer runs to its own end (order 44). */
  longerBans?: boolean;
  /**
   * Entries of these kinds end with the ban of the penalty behind them, whatever the list's own term is (procurement:
   * the record is deleted when the ban is over). How long the law lets a ban be.
   */
  ownEnd?: { kinds: string[]; min: Period; max: Period };
  /** The terms of which each decision takes one (social insurance). */
  choices?: Period[];
  /** Bounds of the term that each decision sets, by gravity (research database). */
  bands?: TermBand[];
  /**
   * Who is found again within the term bears the terms one after the other, in a row to `longest` at most; null: the
   * rule sets the row no bound (accountants).
   */
  cumulative?: { longest: Period | null };
  note?: string;
}

/** How long the decision may make the term of an organisation, or of a person, whose conduct was that grave. */
export interface TermBand {
  of: 'organisation' | 'person';
  gravity: 'limited' | 'serious' | 'grave';
  /** Longer than that; null: from any length on. */
  over: Period | null;
  /** That long at most; null: to permanent. */
  upTo: Period | null;
}

/** What follows when an early removal rested on false material or on a commitment that was not kept. */
export interface FalseMaterialRule {
  /** `restarts`: the whole term runs anew from the restoration; `continues`: the old term goes on. */
  term: 'restarts' | 'continues';
  /** How long no early removal may be asked; null = the rule says nothing of it. */
  bar: Period | 'for-good' | null;
  /** How long the decision on it is published; null = the rule says nothing of it. */
  published: Period | null;
  article?: string;
}

export interface EarlyRemovalRule {
  wait: Period | null;
  /** Another wait for single kinds of conduct, by code. */
  waitOf?: Record<string, Period>;
  waitFrom: 'decision' | 'listing' | 'correction' | 'publication';
  /** Kinds of conduct that have no early removal at all: they wait for the end of their term. */
  notFor?: string[];
  /** Time to accept or refuse the application; null = the rule has no acceptance step of its own. */
  accept: Period | null;
  /** Time to decide, counted from acceptance, or from receipt where `accept` is null. */
  decide: Period | null;
  extension: Period | null;
  /** Codes of `seeds/removal-conditions.json` with role 'condition': all must be met. */
  conditions: string[];
  /**
   * Other ways out: each needs its own conditions and its own wait (null = none), and may need a higher level.
   * `notFor` names the kinds of conduct to which a way is closed, `exemptFrom` the bars that do not stand
   * against it.
   */
  alternatives?: {
    conditions: string[];
    wait: Period | null;
    level?: UnitLevel;
    notFor?: string[];
    exemptFrom?: string[];
  }[];
  /** Codes of `seeds/removal-conditions.json` with role 'bar': one is enough to refuse. */
  bars: string[];
  falseMaterial?: FalseMaterialRule;
  /** What is granted is a shorter term (减期), not the way off the list. */
  shortens?: boolean;
  applicants: 'employer-only' | 'party';
}

/**
 * How an entry leaves that stays until it is performed, cured, or until the party asks (移出): what must be found, and
 * by when it is decided.
 */
export interface DepartureRule {
  /** Codes of `seeds/removal-conditions.json` with role 'condition': all must be met. */
  conditions: string[];
  /** Further conditions of single kinds of conduct, by code. */
  conditionsOf?: Record<string, string[]>;
  /** One of these must be named and found (the seven grounds of the court list). */
  grounds?: string[];
  alternatives?: { conditions: string[]; wait: Period | null }[];
  /** Time to accept or refuse; null = the list names none. */
  accept: Period | null;
  /** Time to decide, counted from acceptance, or from receipt where `accept` is null; null = the list names none. */
  decide: Period | null;
  /** Time to decide once the conditions are verified (核实). */
  afterVerification: Period | null;
  article?: string;
}

/** What the reviewer must find before an entry: a person answers each, and what stands against it is not listed. */
export interface ListFinding {
  code: string;
  zh: string;
  en: string;
  /** Kinds of conduct, by code; absent: all. */
  kinds?: string[];
  subjectKinds?: SubjectKind[];
  /** Whether it stands against the listing that it was found, or that it was not. */
  against: 'found' | 'not-found';
  /** 一般不得: with reasons it may be listed nevertheless. */
  asARule?: boolean;
  article?: string;
  confirmed: Confirmed;
}

/**
 * What a case of the list says beside its reasons, since the rule has it recorded and published with the entry. `shape`
 * is what is checked: a `person-name` is masked in what is published, of an `identity-number` only the masked one is
 * kept, an `age` is that of the day of the decision.
 */
export interface CaseFieldRule {
  code: string;
  zh: string;
  en: string;
  shape: 'text' | 'date' | 'person-name' | 'sex' | 'age' | 'identity-number';
  /** Of which subjects it is asked. */
  of: 'everyone' | 'organisations' | 'persons';
  article?: string;
  confirmed: Confirmed;
}

/** One list type as it stood between two dates. A case keeps the version it was decided under. */
export interface ListTypeVersion extends Seeded {
  key: ListKey;
  /** = validFrom: what a case keeps as its rule version. */
  version: LocalDate;
  name: string;
  nameEn: string;
  /** Numbers of the provincial opinion's measures that name or imply this list. */
  measures: number[];
  /**
   * 严重失信主体名单 in the sense of 国办发〔2020〕49号; false = reminder, grade, database or plain record. A kind of
   * conduct may say otherwise for itself.
   */
  serious: boolean;
  /** Where the list works: a nationwide list needs law, administrative regulation or central policy. */
  scope: 'nation' | 'province';
  /** The standard stands in a department rule because nothing higher exists yet (国办发〔2020〕49号 allows it). */
  standardInDepartmentRule?: boolean;
  publicList: boolean;
  /** Provincial units by slug; the bureaus of cities with the same slug count with them. */
  deciders: { units: string[]; levels: UnitLevel[]; note?: string };
  subjectKinds: SubjectKind[];
  minorsExcluded: boolean;
  conductKinds: ConductKind[];
  findings?: ListFinding[];
  /** What the decision must have beside its reasons (court list: 法释〔2017〕7号 art. 6). */
  fields?: CaseFieldRule[];
  steps: ListSteps;
  /** Time for the party's defence after the notice. */
  defence: Period | null;
  /** Time for the authority to verify what was stated. */
  verification: Period | null;
  decision: DecisionClock | null;
  publication: PublicationRule | null;
  /** Natural persons stand on 信用中国 too, since the list's own rule says so; in principle they do not (order 36 art. 12). */
  siteShowsPersons?: boolean;
  term: ListTerm;
  earlyRemoval: EarlyRemovalRule | null;
  /** Only where some entry stays until performed, cured or asked for. */
  onApplication?: DepartureRule;
  /** Who may not be put on the list again, for how long after which end. */
  relisting?: RelistingBar[];
  /** After expiry, removal or revocation: stop publishing within this time. */
  removal: Period | null;
  /** 失信惩戒措施提示: in which fields the text itself announces discipline; absent where it names none. */
  disciplineNotice?: { zh: string; en: string; basis: LegalBasis };
  /** 移出名单 also ends the publication of the penalty behind the entry (order 107 art. 13). */
  penaltyPublication?: { endsWithEntry: true; article: string; confirmed: Seeded['confirmed'] };
  /** May natural persons behind a listed organisation be bound, and who. */
  responsiblePersons: { bound: boolean; who: BoundPerson[]; article?: string };
  /** Never null here; where the sources give no date of entry into force, `unconfirmed` names it. */
  validFrom: LocalDate;
  /** Names of the fields above whose value (or emptiness) is not confirmed. */
  unconfirmed: string[];
}

/** After an end on this ground the same requester cannot bring the subject back for a while. */
export interface RelistingBar {
  /** Code of `seeds/removal-conditions.json` with role 'condition'. */
  ground: string;
  period: Period;
  /** Binds only who asked for the removal (the creditor of the court list). */
  binds: 'requester';
  article?: string;
  confirmed: Confirmed;
}

/** A condition of, or a bar to, leaving a list or ending publication early. */
export interface RemovalCondition extends Seeded {
  code: string;
  role: 'condition' | 'bar';
  zh: string;
  en: string;
}
