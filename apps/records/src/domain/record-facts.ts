import { type LocalDate, withoutPersonalNumbers } from '#kernel';
import { withoutPerson } from './free-text.js';
import { type Payload, type RecordType, type SeverityRule, textOf } from './record-type.js';
import { classify, type Severity } from './severity.js';

/** What a record says in the words that all record types share: what events carry and the credit file shows. */
export type Performance = 'kept' | 'broken' | null;

export interface RecordFacts {
  documentNo: string;
  decidedOn: LocalDate;
  severity: Severity;
  severityRule: string | null;
  category: string | null;
  conduct: string | null;
  fineYuan: number | null;
  authority: { name: string; code: string | null };
  publishedUntil: LocalDate | null;
}

/**
 * Which fields of a type tell what kind of document it is, what was done, and the fine. The national tables
 * give fines in units of 10,000 yuan.
 */
const TOLD_BY: Record<
  string,
  { category: string; conduct?: string; fineInTenThousandYuan?: string; publishedUntil?: string }
> = {
  penalty: {
    category: 'CF_CFLB',
    conduct: 'CF_WFXW',
    fineInTenThousandYuan: 'CF_NR_FK',
    publishedUntil: 'CF_GSJZQ',
  },
  permit: { category: 'XK_XKLB' },
  // Whether a duty was performed is what kind of judgment or commitment it is; see performanceOf.
  judgment: { category: 'performance' },
  commitment: { category: 'performance' },
  honour: { category: 'title' },
};

/** The catalogue's words for it; who has performed in part has not performed. A commitment may still run (履行中). */
const PERFORMANCE: Record<string, Performance> = {
  全部已履行: 'kept',
  已履行: 'kept',
  部分未履行: 'broken',
  全部未履行: 'broken',
  未履行: 'broken',
  // Ordinance art. 45 treats who made a false commitment as who did not keep one.
  虚假承诺: 'broken',
};

/** Whether the duty of a judgment or commitment was kept, read off its category. */
export function performanceOf(type: string, category: string | null): Performance {
  return (TOLD_BY[type]?.category === 'performance' && PERFORMANCE[category ?? '']) || null;
}

/** Longest texts that an event carries. */
const CATEGORY_LENGTH = 200;
const CONDUCT_LENGTH = 2000;

/** @param person whether the subject is a natural person, of whom nothing is published */
export function factsOf(
  type: RecordType,
  payload: Payload,
  rules: readonly SeverityRule[],
  person: boolean,
): RecordFacts {
  const by = TOLD_BY[type.id];
  const decidedOn = textOf(payload, type.document.date)!;
  const fine = by?.fineInTenThousandYuan && payload[by.fineInTenThousandYuan];
  const { severity, rule, publishedUntil } = classify(rules, {
    category: textOf(payload, type.severityField),
    decidedOn,
    person,
    given: textOf(payload, by?.publishedUntil ?? null),
  });
  const name = person ? (textOf(payload, type.subject.name) ?? '') : null;
  const told = (text: string | null | undefined): string | undefined =>
    text ? (name === null ? withoutPersonalNumbers(text) : withoutPerson(text, name)) : undefined;
  return {
    documentNo: textOf(payload, type.document.number) ?? '',
    decidedOn,
    severity,
    severityRule: rule,
    category: told(textOf(payload, by?.category ?? type.severityField))?.slice(0, CATEGORY_LENGTH) ?? null,
    conduct: told(textOf(payload, by?.conduct ?? null))?.slice(0, CONDUCT_LENGTH) ?? null,
    // Six decimals of 10,000 yuan are cents: rounded to whole ones, or 0.1 + 0.2 would show.
    fineYuan: typeof fine === 'number' ? Math.round(fine * 1_000_000) / 100 : null,
    authority: {
      name: textOf(payload, type.authority.name) ?? '',
      code: textOf(payload, type.authority.code) ?? null,
    },
    publishedUntil,
  };
}
