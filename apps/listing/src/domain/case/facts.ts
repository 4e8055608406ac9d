import type { LocalDate } from '#kernel';
import type {
  Approval,
  CaseRecord,
  Clock,
  Consent,
  Decision,
  End,
  Extension,
  Proposed,
  Review,
  Term,
  Withdrawal,
} from './case.js';
import type { CaseField } from '../procedure/case-field.js';
import type { Hand } from '../hand.js';
import type { Accountability, OversightLetter, PerformanceOrder, Interview } from '../oversight/oversight.js';
import type { Receipt, Urging } from '../ending/receipt.js';
import type { RepairFact } from '../repair/facts.js';
import type { Service } from '../procedure/service.js';
import type { TermAfter } from '../term/term-after.js';
import type { Defence, Notice, OralHearing, Reminder } from '../procedure/told.js';

/** What became so. Complete: `evolve` looks at nothing else, and history keeps it as it is. */
export type Fact =
  | { type: 'opened'; dossier: Omit<Proposed, 'status'>; by: Hand }
  | { type: 'noticed'; notice: Notice; decisionDue: LocalDate | null; by: Hand }
  | { type: 'defended'; defence: Defence; verificationDue: LocalDate | null }
  | { type: 'fell-silent'; defenceUntil: LocalDate }
  | { type: 'hearing-requested'; on: LocalDate; by: Hand; onBehalf: boolean }
  | { type: 'hearing-set'; set: NonNullable<OralHearing['set']>; by: Hand }
  | { type: 'hearing-closed'; result: NonNullable<OralHearing['result']> }
  /** `instead`: the day that was stated before, when this corrects it. */
  | {
      type: 'clock-started';
      clockFrom: LocalDate;
      instead: LocalDate | null;
      decisionDue: LocalDate;
      source: string;
      on: LocalDate;
      by: Hand;
    }
  | { type: 'decision-extended'; extension: Extension; decisionDue: LocalDate }
  | { type: 'reminded'; reminder: Reminder }
  /** @param consentFrom the unit above, where its consent is demanded and the opinion is for the listing */
  | { type: 'reviewed'; review: Review; consentFrom?: string }
  | { type: 'consent-answered'; consent: Consent; unit: string }
  | { type: 'approved'; approval: Approval }
  | {
      type: 'decided';
      decision: Decision;
      listName: string;
      serious: boolean;
      rulesVersion: LocalDate;
      /** All that the list asks for; absent where it asks for nothing. */
      fields?: CaseField[];
      publicationDue: LocalDate | null;
    }
  | { type: 'served'; service: Service; publicationDue: LocalDate | null }
  | { type: 'took-effect'; inForceOn: LocalDate; term: Term }
  | {
      type: 'published';
      publishedOn: LocalDate;
      /** Last day on which it is shown; absent: as long as it stands. */
      until?: LocalDate;
      term: Term;
      text: string;
      by: Hand;
    }
  | { type: 'publication-sent'; on: LocalDate; to: string; due: LocalDate; text: string; by: Hand }
  /** It came back unpublished, or the entry ended before it was known to be published there. */
  | {
      type: 'publication-unsent';
      why: 'returned' | 'recalled';
      on: LocalDate;
      due: LocalDate | null;
      reason: string;
      by: Hand | null;
    }
  | { type: 'publication-withheld'; on: LocalDate; term: Term; reason: string; by: Hand }
  | {
      type: 'publication-held-back';
      ground: 'paid' | 'grace';
      on: LocalDate;
      until: LocalDate | null;
      term: Term;
      reason: string;
      by: Hand;
    }
  | { type: 'grace-ended'; on: LocalDate; publicationDue: LocalDate | null }
  | { type: 'publication-ended'; on: LocalDate }
  | { type: 'letter-sent'; letter: OversightLetter }
  | { type: 'letter-urged'; letterId: string; on: LocalDate }
  | { type: 'letter-answered'; letterId: string; answer: NonNullable<OversightLetter['answer']> }
  | { type: 'interviewed'; interview: Interview }
  | { type: 'order-performed'; performed: NonNullable<PerformanceOrder['performed']> }
  | { type: 'held-accountable'; accountability: Accountability }
  /** Every open urging of the unit is answered by it. */
  | { type: 'lifting-fed-back'; unit: string; answer: NonNullable<Urging['answer']> }
  | { type: 'ordered-to-perform'; order: PerformanceOrder }
  | { type: 'withdrawn'; withdrawal: Withdrawal }
  | { type: 'ended'; end: End }
  | { type: 'closed'; closedOn: LocalDate; receipts: Receipt[] }
  /** Of a letter's own clock with the letter; absent in what was told when a case had one for all of them. */
  | { type: 'overdue'; clock: Clock; due: LocalDate; letterId?: string }
  /** The term follows another one than it did, or none (null); its last day is told by the correction. */
  | { type: 'term-rejoined'; after: TermAfter | null; startsOn: LocalDate | null }
  | { type: 'record-corrected'; record: CaseRecord }
  | {
      type: 'record-withdrawn';
      recordId: string;
      cause: string;
      reason: string;
      /** Of the decision that took it away; by when the provider had to tell, and whether it told late. */
      changedOn: LocalDate | null;
      tellDue: LocalDate | null;
      toldLate: boolean;
    }
  | RepairFact;

export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;
