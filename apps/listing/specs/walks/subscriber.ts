import type { Contract } from '#contracts';
import type { LocalDate } from '#kernel';

/* What somebody knows of an entry who has only heard its events: the credit file, discipline, a copy of the register. */

export interface Heard {
  inForceOn: LocalDate | null;
  termEndsOn: LocalDate | null;
  decisionNo: string | null;
  publishedOn: LocalDate | null;
  suspendedOn: LocalDate | null;
  ended: { on: LocalDate; how: string } | null;
  closedOn: LocalDate | null;
  /** Measures are ordered with the effect, lifted with a lifting or the end, and ordered again. */
  disciplined: boolean;
  /** Last day on 信用中国, and from when it shows the entry no longer. */
  site: { endsOn: LocalDate | null; endedOn: LocalDate | null; maskedOn: LocalDate | null } | null;
  /** Records published no longer with the entry (order 107 art. 13). */
  penaltiesOff: string[];
  /** Objections that are open. */
  marks: string[];
  /** As a copy of the public register has it; null: it is not there. */
  register: { decisionNo: string; termEndsOn: LocalDate | null; objectionSince: LocalDate | null } | null;
}

export const NOTHING_HEARD: Heard = {
  inForceOn: null,
  termEndsOn: null,
  decisionNo: null,
  publishedOn: null,
  suspendedOn: null,
  ended: null,
  closedOn: null,
  disciplined: false,
  site: null,
  penaltiesOff: [],
  marks: [],
  register: null,
};

export interface Told {
  contract: Pick<Contract, 'type'>;
  data: unknown;
}

/** What is known once this was heard, too. */
export function hear(heard: Heard, { contract, data: told }: Told): Heard {
  const data = told as Record<string, string>;
  switch (/^cn\.chengxin\.(.*)\.v\d+$/.exec(contract.type)?.[1]) {
    case 'listing.in-force':
      return {
        ...heard,
        inForceOn: data['inForceOn']!,
        termEndsOn: data['termEndsOn']!,
        decisionNo: data['decisionNo']!,
        disciplined: true,
      };
    case 'listing.published':
      return { ...heard, publishedOn: data['publishedOn']!, termEndsOn: data['termEndsOn']! };
    case 'listing.term-begun':
      return { ...heard, termEndsOn: data['termEndsOn']! };
    case 'listing.publication-ended':
      return { ...heard, publishedOn: null };
    case 'listing.suspended':
      return { ...heard, suspendedOn: data['suspendedOn']!, disciplined: false };
    case 'listing.restored':
      return {
        ...heard,
        ...{ suspendedOn: null, ended: null, closedOn: null, disciplined: true },
        termEndsOn: data['termEndsOn']!,
      };
    // Of what is not in force nobody keeps anything; its effect tells the whole.
    case 'listing.corrected':
      if (heard.inForceOn === null) return heard;
      return { ...heard, decisionNo: data['decisionNo']!, termEndsOn: data['termEndsOn']! };
    case 'listing.ended':
      return {
        ...heard,
        ended: { on: data['endedOn']!, how: data['end']! },
        suspendedOn: null,
        disciplined: false,
      };
    case 'listing.closed':
      return { ...heard, closedOn: data['closedOn']! };
    case 'listing.site-publication-started':
      return { ...heard, site: { endsOn: data['endsOn']!, endedOn: null, maskedOn: null } };
    case 'listing.site-publication-masked':
      return { ...heard, site: { ...heard.site!, maskedOn: data['maskedOn']! } };
    case 'listing.site-publication-resumed':
      return { ...heard, site: { ...heard.site!, maskedOn: null } };
    case 'listing.site-publication-ended':
      return {
        ...heard,
        site: { endsOn: heard.site?.endsOn ?? null, endedOn: data['endedOn']!, maskedOn: null },
      };
    case 'listing.penalty-publication-ended':
      return { ...heard, penaltiesOff: [...heard.penaltiesOff, ...recordsOf(told)].sort() };
    case 'listing.penalty-publication-resumed': {
      const back = recordsOf(told);
      return { ...heard, penaltiesOff: heard.penaltiesOff.filter((id) => !back.includes(id)) };
    }
    case 'objection.marked':
      return { ...heard, marks: [...heard.marks, objectionOf(told)].sort() };
    case 'objection.unmarked':
      return { ...heard, marks: heard.marks.filter((id) => id !== objectionOf(told)) };
    case 'register.entry-added':
    case 'register.entry-corrected': {
      const { decisionNo, termEndsOn } = (
        told as { entry: { decisionNo: string; termEndsOn: LocalDate | null } }
      ).entry;
      return {
        ...heard,
        register: { decisionNo, termEndsOn, objectionSince: heard.register?.objectionSince ?? null },
      };
    }
    case 'register.entry-marked':
      return heard.register
        ? { ...heard, register: { ...heard.register, objectionSince: data['objectionSince']! } }
        : heard;
    case 'register.entry-removed':
      return { ...heard, register: null };
    default:
      return heard;
  }
}

function recordsOf(data: unknown): string[] {
  return (data as { records: { id: string }[] }).records.map(({ id }) => id);
}

function objectionOf(data: unknown): string {
  return (data as { objection: { id: string } }).objection.id;
}
