import type { LocalDate } from '#kernel';
import { type Entitlement, entitlementsFor, type StandingIncentive } from './entitlement.js';
import { executes } from './line.js';
import type { CommitmentClosing } from './commitment-closing.js';

/*
 * A check inside an approval (应用场景嵌入): a department that is about to decide asks what binds the subject in
 * this kind of business. State organs must ask in permits and proofs, procurement and bidding, fiscal money and
 * projects, honours (ordinance art. 44); the commitment procedure is closed to the seriously dishonest and to those
 * who did not keep a commitment, until repaired (art. 45).
 */

/** The fields of art. 44: who decides in them without having asked has left a legal duty undone. */
export const DUTY_FIELDS = ['permit', 'procurement', 'fiscal-funds', 'honours'] as const;

export interface Basis {
  instrument: string;
  number?: string;
  article?: string;
}

/** Who asks, about whom, for what. */
export interface Question {
  id: string;
  /** unified social credit codes, or ids of natural persons; each once */
  subjects: readonly string[];
  department: string;
  actor: string;
  field: string;
  /** the business item in words or by its code in the catalogue of services */
  item: string;
  purpose: string;
  /** number of the approval's own file */
  reference: string | null;
}

/** An objection to the listing that is open: whoever decides now must know of it. */
export interface ObjectionMark {
  since: LocalDate;
}

/** A live action that binds a subject in some kind of business. */
export interface BindingAction {
  id: string;
  rule: string;
  title: string;
  mode: 'required' | 'considered';
  class: string;
  executor: string;
  fields: readonly string[];
  basis: readonly Basis[];
  from: LocalDate;
  until: LocalDate | null;
  caseId: string;
  /** the decision on which a ban rests by itself, whether its listing lives or not */
  ownGround: (OwnGround & { listing: HitListing }) | null;
  /** in what capacity persons of the listed organisation are bound instead of it */
  reaches: readonly string[];
  /** of a measure that reaches the person asked about through an organisation */
  through?: Through & { listing: HitListing };
}

/** The organisation through which a measure binds a person (企业信息公示暂行条例 art. 18: the legal representative). */
export interface Through {
  /** unified social credit code */
  organisation: string | null;
  name: string;
  capacity: string;
}

/** A ban by the law itself or by a penalty decision (食品安全法 art. 135): what an approval must know beside the listing. */
export interface OwnGround {
  documentNo: string;
  decidedOn: LocalDate;
  /** null = for life */
  until: LocalDate | null;
}

type HitListing = Pick<LiveListing, 'caseNo' | 'listName' | 'department' | 'objection'>;

/** A live listing of a subject. */
export interface LiveListing {
  caseId: string;
  caseNo: string;
  listType: string;
  listName: string;
  serious: boolean;
  department: string;
  inForceOn: LocalDate;
  termEndsOn: LocalDate | null;
  objection: ObjectionMark | null;
}

export interface Hit extends Omit<BindingAction, 'fields' | 'caseId' | 'ownGround' | 'reaches' | 'through'> {
  /** the asking department executes the measure itself, or belongs to the line of the body that does */
  yours: boolean;
  /** the listing that brought it to the department, which may have ended where it has a ground of its own */
  listing: HitListing;
  ownGround?: OwnGround;
  /** the person asked about is bound for what this organisation did */
  through?: Through;
}

export interface SubjectAnswer {
  subject: string;
  hits: Hit[];
  /** whether the commitment procedure (信用承诺) is open to the subject; closed on the basis that the list of constraints gives */
  commitment: { open: boolean; closedBy: Closing[]; basis: readonly Basis[] };
  /** what it is entitled to here, apart from what binds it */
  incentives: Entitlement[];
}

/** What closes the commitment procedure: a case of serious dishonesty, or a commitment that was not kept. */
export interface Closing {
  by: 'listing' | 'commitment';
  /** of the case, or of the commitment's document */
  no: string;
  /** last day on the list; null until the duty is performed, or the commitment repaired */
  until: LocalDate | null;
  objection: ObjectionMark | null;
}

/** A commitment that the subject did not keep, and that is not repaired. */
export interface BrokenCommitment {
  documentNo: string;
}

/** What is known of one subject when it is asked about. */
export interface Standing {
  actions: readonly BindingAction[];
  listings: readonly LiveListing[];
  commitments: readonly BrokenCommitment[];
  incentives: readonly StandingIncentive[];
}

/**
 * What binds the subject in the business asked about, today.
 *
 * @param today a measure that begins later, or whose own term is over, is no hit
 * @param closings what of the list of constraints closes the commitment procedure today
 */
export function answerFor(
  subject: string,
  { actions, listings, commitments, incentives }: Standing,
  { field, department }: Pick<Question, 'field' | 'department'>,
  today: LocalDate,
  closings: readonly CommitmentClosing[],
): SubjectAnswer {
  const cases = new Map(listings.map((listing) => [listing.caseId, listing]));
  const hits = actions
    .filter((action) => action.fields.includes(field) && bindsOn(action, today) && bindsSelf(action))
    .flatMap(({ fields: _, reaches: __, caseId, ownGround: own, through, ...action }): Hit[] => {
      const listing = through?.listing ?? cases.get(caseId) ?? own?.listing;
      // A live action without a live listing is a fault that reconciliation reports: it binds nobody.
      if (!listing) return [];
      const { caseNo, listName, objection } = listing;
      const hit = {
        ...action,
        yours: executes(department, action.executor),
        listing: { caseNo, listName, department: listing.department, objection },
        ...(through && { through: withoutListing(through) }),
      };
      if (!own) return [hit];
      const { documentNo, decidedOn, until } = own;
      return [{ ...hit, until, ownGround: { documentNo, decidedOn, until } }];
    });
  return {
    subject,
    hits,
    commitment: commitmentOf(
      listings.filter((listing) => listing.serious && lastsOn(listing, today)),
      commitments,
      closings,
    ),
    incentives: entitlementsFor(incentives, listings, { field, department }, today),
  };
}

function commitmentOf(
  serious: readonly LiveListing[],
  broken: readonly BrokenCommitment[],
  closings: readonly CommitmentClosing[],
): SubjectAnswer['commitment'] {
  const toListed = closings.filter(({ appliesTo }) => appliesTo.includes('serious-list'));
  const toBreakers = closings.filter(({ appliesTo }) => BREAKERS.some((one) => appliesTo.includes(one)));
  const listings = toListed.length > 0 ? serious : [];
  const commitments = toBreakers.length > 0 ? broken : [];
  const closing = new Set([
    ...(listings.length > 0 ? toListed : []),
    ...(commitments.length > 0 ? toBreakers : []),
  ]);
  return {
    open: closing.size === 0,
    closedBy: [
      ...listings.map(({ caseNo, termEndsOn, objection }) => ({
        by: 'listing' as const,
        no: caseNo,
        until: termEndsOn,
        objection,
      })),
      ...commitments.map(({ documentNo }) => ({
        by: 'commitment' as const,
        no: documentNo,
        until: null,
        objection: null,
      })),
    ],
    basis: [...closing].flatMap(({ basis }) => basis),
  };
}

/** Whose commitment was false is told as one who did not keep it. */
const BREAKERS = ['unkept-commitment', 'false-commitment'];

/** From the day after its last day an entry closes nothing, whether its end was heard yet or not. */
function lastsOn({ termEndsOn }: LiveListing, today: LocalDate): boolean {
  return termEndsOn === null || today <= termEndsOn;
}

/** A measure that reaches the persons of an organisation is no hit on the organisation itself. */
function bindsSelf({ reaches, through }: BindingAction): boolean {
  return reaches.length === 0 || through !== undefined;
}

function withoutListing({ organisation, name, capacity }: Through): Through {
  return { organisation, name, capacity };
}

function bindsOn({ from, until, ownGround }: BindingAction, today: LocalDate): boolean {
  const last = ownGround ? ownGround.until : until;
  return from <= today && (last === null || today <= last);
}
