import type { Period } from '#kernel';
import type { Confirmed, Seeded } from './basis.js';

export type Severity = 'minor' | 'general' | 'serious';

/** How long an item of one severity is published, and when its repair may be asked. */
export interface RepairKind {
  kind: Severity;
  zh: string;
  en: string;
  /** 'exceptionally' = in principle not published, only where really needed (轻微). */
  published: boolean | 'exceptionally';
  /** Shortest publication, before which repair cannot be asked; null = as soon as the duty is done. */
  min: Period | null;
  /** Publication stops by itself; null = the rule fixes none. */
  max: Period | null;
  examplesZh: string[];
  article?: string;
  confirmed: Confirmed;
}

/** One clock of a repair rule or of the provincial ordinance. */
export interface RepairClock {
  code: string;
  zh: string;
  en: string;
  period: Period;
  from: string;
  extension: Period | null;
  article?: string;
  confirmed: Confirmed;
}

/** A material that a request needs: for the repair itself, or for masking during a bankruptcy plan. */
export interface RepairMaterial {
  kind: 'proof' | 'commitment' | 'ruling';
  zh: string;
  en: string;
  for: 'repair' | 'plan';
  article: string;
  confirmed: Confirmed;
}

/** One credit-repair rule between two dates; which one applies is told by the day of the application. */
export interface RepairRule extends Seeded {
  id: string;
  name: string;
  nameEn: string;
  /** 'general' = 信用中国 and every sector without a rule of its own; else the list whose sector it governs. */
  sector: 'general' | 'SAMR';
  /** Publication runs from the date of the document that found the dishonesty. */
  publicationStart: 'document-date';
  /** Several penalty kinds in one document: the longest period counts. */
  severalKinds: 'longest' | null;
  naturalPersonsPublished: boolean | null;
  /** Publication is not suspended by review or suit unless the reviewing body or court stops execution. */
  reviewSuspendsPublication: boolean | null;
  kinds: RepairKind[];
  /** Fields with a longer minimum under order 58 (食品、药品、特种设备、安全生产、消防). */
  longerMinimum: { fieldsZh: string[]; min: Period } | null;
  clocks: RepairClock[];
  conditions: string[];
  /** What must be handed in; absent where the text says nothing of it, or was not read. */
  materials?: RepairMaterial[];
  /** Words of the commitment that the request needs. */
  commitment?: { template: string; zh: string; en: string; article: string; confirmed: Confirmed };
  /** 处罚类别 that are published to the longest day: no early repair. */
  noEarlyRepair?: { categories: string[]; confirmed: Seeded['confirmed'] };
  falseMaterial: { published: Period; bar: Period; article?: string } | null;
  unconfirmed: string[];
}

/** A clock of the provincial ordinance that is no list rule: objection, correction, propagation. */
export interface OrdinanceClock extends RepairClock, Seeded {
  article: string;
}
