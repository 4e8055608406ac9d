import type { LocalDate } from '#kernel';
import type { Sight } from '../commands/case-access.js';
import type {
  Clock,
  End,
  Extension,
  FilePlace,
  FoundingDocument,
  Hand,
  ListingCase,
  Origin,
  Publication,
  Subject,
} from '../domain/case/case.js';
import type { CaseField } from '../domain/procedure/case-field.js';
import { lettersMissing, type PublicStanding } from '../domain/oversight/oversight.js';
import {
  type BasisQuestion,
  type Correction,
  isStay,
  laggards,
  type ObjectionMark,
  type SiteState,
  type Stay,
  type Suspension,
} from '../domain/repair/entry.js';
import { stayOf } from '../domain/repair/staying.js';
import type { Defence, OralHearing } from '../domain/procedure/told.js';
import type { VersionedCase } from '../store/cases.js';
import { departmentsOnly } from './departments-only.js';

/** A case as the API shows it: flat dates beside the documents, null where the status has not created them. */
export interface CaseView {
  id: string;
  no: string;
  /** What the next step names; of a principal's case it covers the cases of the persons bound with it. */
  version: number;
  status: string;
  listType: string;
  listName: string;
  serious: boolean;
  rulesVersion: LocalDate;
  subject: Subject;
  department: string;
  conductKind: string;
  records: { id: string; documentNo: string; decidedOn: LocalDate; withdrawn: boolean }[];
  documents: FoundingDocument[];
  /** what the list asks for beside the reasons, as far as it is entered */
  fields: CaseField[];
  file: FilePlace;
  publicStanding: PublicStanding | null;
  openedOn: LocalDate;
  /** the creditor at whose request the court lists; for the authority and the party */
  requestedBy: string | null;
  /** the day from which the decision clock runs, where it is stated; for the authority and the party */
  clockFrom: LocalDate | null;
  decisionDue: LocalDate | null;
  defenceUntil: LocalDate | null;
  decidedOn: LocalDate | null;
  servedOn: LocalDate | null;
  inForceOn: LocalDate | null;
  termEndsOn: LocalDate | null;
  endedOn: LocalDate | null;
  closedOn: LocalDate | null;
  overdue: Clock[];
  notice: object | null;
  decision: object | null;
  publication: Publication | null;
  removalRequest: object | null;
  service: object | null;
  withdrawal: object | null;
  reminder: object | null;
  end: object | null;
  /** lifted provisionally for a bankruptcy plan */
  suspension: { on: LocalDate; rulingNo: string } | null;
  /** 停止执行: ordered by whom, in what proceedings; also of a decision that has not taken effect. */
  stay: Pick<Stay, 'in' | 'body' | 'orderNo' | 'orderedOn' | 'on' | 'basis'> | null;
  /** 信用中国's publication, with a clock of its own */
  site: SiteState | null;
  /** open objections: the entry carries their mark */
  objections: ObjectionMark[];
  /** every correction, with who has not confirmed it yet */
  corrections: object[];
  basisQuestions: BasisQuestion[];
  /** Of the deciding unit and the one above only; a party sees its own defences. */
  defences?: Omit<Defence, 'by'>[];
  oralHearing?: OralHearing | null;
  origin?: Origin;
  extension?: Omit<Extension, 'by'> | null;
  oversight?: object | null;
  review?: object | null;
  consent?: object | null;
  approval?: object | null;
}

/** A case as somebody reads it: its version is what the reader's next step names. */
export type Seen = Pick<VersionedCase, 'state' | 'fileVersion'>;

/** What the viewer may see: before the decision a party sees its notice and its defences, never who thinks what. */
export function viewOf({ state, fileVersion: version }: Seen, sight: Sight): CaseView {
  const decided = 'decision' in state ? state : undefined;
  const view: CaseView = {
    id: state.id,
    no: state.no,
    version,
    status: state.status,
    listType: state.listType,
    listName: state.listName,
    serious: state.serious,
    rulesVersion: state.rulesVersion,
    subject: state.subject,
    department: state.department,
    conductKind: state.conductKind,
    records: state.records,
    documents: state.documents,
    fields: state.fields ?? [],
    file: state.file,
    publicStanding: state.publicStanding,
    openedOn: state.openedOn,
    requestedBy: sight === 'decided' ? null : (state.requestedBy ?? null),
    clockFrom: sight === 'decided' ? null : state.clockFrom,
    decisionDue: state.decisionDue,
    defenceUntil: ('notice' in state && state.notice?.defenceUntil) || null,
    decidedOn: decided?.decision.decidedOn ?? null,
    servedOn: ('service' in state && state.service?.servedOn) || null,
    inForceOn: 'inForceOn' in state ? state.inForceOn : null,
    termEndsOn: 'term' in state ? state.term.endsOn : null,
    endedOn: 'end' in state ? state.end.endedOn : null,
    closedOn: 'closedOn' in state ? state.closedOn : null,
    overdue: state.overdue,
    notice: sight === 'decided' ? null : ('notice' in state && state.notice) || null,
    decision: decided ? { ...decided.decision, by: undefined } : null,
    publication: decided?.publication ?? null,
    removalRequest: sight !== 'decided' && 'removalRequest' in state ? (state.removalRequest ?? null) : null,
    service: sight !== 'decided' && 'service' in state ? state.service : null,
    reminder: state.status === 'reminded' ? { ...state.reminder, by: undefined } : null,
    withdrawal: state.status === 'withdrawn' ? state.withdrawal : null,
    end: 'end' in state ? endOf(state.end, sight) : null,
    suspension: state.status === 'suspended' ? suspensionOf(state.suspension) : null,
    stay: stayShown(state),
    site: decided?.entry.site ?? null,
    objections: decided?.entry.objections ?? [],
    corrections: (decided?.entry.corrections ?? []).map(correctionOf),
    basisQuestions: sight === 'whole' ? state.basisQuestions : [],
  };
  const seen = { ...view, ...hearing(state, sight) };
  return sight === 'whole' ? seen : departmentsOnly(seen);
}

function suspensionOf(suspension: Suspension): CaseView['suspension'] {
  const { on } = suspension;
  return { on, rulingNo: isStay(suspension) ? suspension.orderNo : suspension.rulingNo };
}

function stayShown(state: ListingCase): CaseView['stay'] {
  const stay = stayOf(state);
  if (!stay) return null;
  const { body, orderNo, orderedOn, on, basis } = stay;
  return { in: stay.in, body, orderNo, orderedOn, on, basis };
}

/** Who asked for a deletion is known to the authority and the party. */
function endOf({ repair, ...end }: End, sight: Sight): object {
  return sight === 'decided' ? end : { ...end, repair };
}

function correctionOf({ by: _, ...correction }: Correction): object {
  return { ...correction, awaited: laggards(correction) };
}

function hearing(state: ListingCase, sight: Sight): Partial<CaseView> {
  if (sight === 'decided') return {};
  const defences = 'defences' in state ? state.defences : [];
  const oralHearing = 'oralHearing' in state ? state.oralHearing : null;
  if (sight === 'party') return { defences: defences.map(({ by: _, ...defence }) => defence), oralHearing };
  return {
    defences,
    oralHearing,
    origin: state.origin,
    extension: state.extension && withName(state.extension),
    oversight:
      'oversight' in state
        ? { ...state.oversight, missing: lettersMissing(state.publicStanding, state.oversight) }
        : null,
    review: 'review' in state ? withName(state.review) : null,
    consent: 'consent' in state && state.consent ? withName(state.consent) : null,
    approval: 'approval' in state ? withName(state.approval) : null,
  };
}

function withName<T extends { by: Hand }>(
  document: T,
): Omit<T, 'by'> & { by: string; department: string | null } {
  const { by, ...rest } = document;
  return { ...rest, by: by.name, department: by.department };
}
