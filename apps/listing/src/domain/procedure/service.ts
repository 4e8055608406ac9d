import { addDays, type LocalDate } from '#kernel';
import { listingRefusals } from '../case/refusals.js';
import type { Rules } from '../rules/rules.js';
import { demandPast } from '../case/days.js';

/*
 * 送达: each lawful way has a day of its own on which it takes effect (民事诉讼法 art. 87 to 95, to which
 * 行政处罚法 art. 61 refers), and a proof without which it has not happened.
 */

export const SERVICE_WAYS = [
  'personal',
  'left',
  'post',
  'electronic',
  'entrusted',
  // 转交送达, art. 92 and 93: soldiers by the political organ of their unit, of regiment or above; who is imprisoned by
  // the prison, who is in compulsory education by that institution.
  'forwarded',
  'public-notice',
] as const;
export type ServiceWay = (typeof SERVICE_WAYS)[number];

const SERVICE_WAY_ZH: Readonly<Record<ServiceWay, string>> = {
  personal: '直接送达',
  left: '留置送达',
  post: '邮寄送达',
  electronic: '电子送达',
  entrusted: '委托送达',
  forwarded: '转交送达',
  'public-notice': '公告送达',
};

/** How a document is said to have reached the party. */
export interface DeliveryClaim {
  way: ServiceWay;
  /** Day of effect as the proof shows it; of a public notice it is worked out. */
  servedOn?: LocalDate;
  /** Of a public notice: the day on which it was issued. */
  announcedOn?: LocalDate;
  /** What shows it; which ways need it, and what, stands in PROOFS. */
  proof?: string;
}

export interface Delivery {
  way: ServiceWay;
  servedOn: LocalDate;
  announcedOn: LocalDate | null;
  proof: string | null;
}

/** Service of the decision; the repair notice goes with it (两书同达). */
export interface Service extends Delivery {
  repairNoticeNo: string | null;
}

/** What must be named beside the day; personal service is shown by the receipt alone. */
const PROOFS: Readonly<Partial<Record<ServiceWay, { zh: string; en: string; article: string }>>> = {
  left: { zh: '见证人,或者拍照、录像记录', en: 'the witness, or the pictures taken', article: '89' },
  post: { zh: '回执(邮件号)', en: 'the receipt (postal number)', article: '91' },
  electronic: { zh: '当事人同意的确认书', en: 'the signed consent of the party', article: '90' },
  entrusted: { zh: '受委托的单位', en: 'the unit entrusted with it', article: '91' },
  forwarded: {
    zh: '转交的机关、单位,以及受送达人签收的送达回证',
    en: 'the body that forwarded it, and the receipt that the party signed',
    article: '94',
  },
  'public-notice': { zh: '公告的原因和经过', en: 'why and how the public notice was issued', article: '95' },
};

/**
 * The day on which the document counts as served. Of a forwarded one it is the day on which the party itself signed the
 * receipt, not that on which the body took it in (art. 94).
 *
 * @throws Refusal `listing.service-proof-missing`, `listing.service-day-needed`, `listing.date-in-future`,
 *   `listing.public-notice-unregulated`
 */
export function deliver(claim: DeliveryClaim, rules: Pick<Rules, 'procedure'>, today: LocalDate): Delivery {
  const { way, proof } = claim;
  const needed = PROOFS[way];
  if (needed && !proof?.trim()) {
    const facts = {
      way,
      wayZh: SERVICE_WAY_ZH[way],
      neededZh: needed.zh,
      needed: needed.en,
      article: needed.article,
    };
    throw listingRefusals.refusal('listing.service-proof-missing', facts, 'proof');
  }
  const field = way === 'public-notice' ? 'announcedOn' : 'servedOn';
  const day = claim[field];
  if (day === undefined) {
    const facts = { field, way, wayZh: SERVICE_WAY_ZH[way] };
    throw listingRefusals.refusal('listing.service-day-needed', facts, field);
  }
  demandPast(field, day, today);
  if (way !== 'public-notice') return { way, servedOn: day, announcedOn: null, proof: proof?.trim() || null };
  const { period } = rules.procedure['public-notice'] ?? {};
  if (!period) throw listingRefusals.refusal('listing.public-notice-unregulated', { day: today }, 'way');
  // 「经过三十日,即视为送达」: calendar days, and an effect that arrives, so a day off does not move it.
  return { way, servedOn: addDays(day, period.count), announcedOn: day, proof: proof!.trim() };
}
