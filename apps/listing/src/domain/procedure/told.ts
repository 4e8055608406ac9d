import type { LocalDate } from '#kernel';
import type { AttachmentRef } from '../attachment-ref.js';
import type { Hand } from '../hand.js';
import type { LegalBasis } from '../rules/rules.js';
import type { Delivery } from './service.js';

/* What the party is told and what it answers before a decision. */

/** 列入告知书, or the risk warning of the court list. */
export interface Notice extends Delivery {
  no: string;
  reasons: string;
  basis: LegalBasis[];
  /** Last day of the defence; null where the list has no defence step. */
  defenceUntil: LocalDate | null;
  /** Last day on which a hearing may be asked for; null where the list has none, absent in older notices. */
  hearingUntil?: LocalDate | null;
}

export interface Defence {
  text: string;
  attachments: AttachmentRef[];
  statedOn: LocalDate;
  by: Hand;
  /** Taken down by a handler, from a letter or at the counter. */
  onBehalf: boolean;
}

/** 听证, where the list's procedure is that of a penalty and the party asks for it (行政处罚法 art. 63 to 65). */
export interface OralHearing {
  requestedOn: LocalDate;
  requestedBy: Hand;
  set: { on: LocalDate; place: string; noticeNo: string; toldOn: LocalDate } | null;
  /** `waived`: the party took its request back, did not come, or left (art. 64 no. 6). */
  result: { kind: 'held' | 'waived'; on: LocalDate; minutes: string; host: Hand } | null;
}

/** 提示提醒 (ordinance art. 30). */
export interface Reminder {
  no: string;
  text: string;
  on: LocalDate;
  by: Hand;
}
