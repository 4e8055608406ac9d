import type { LocalDate } from '#kernel';
import type { ListingCase } from '../case/case.js';
import { checkTogether, enteredFields } from '../procedure/case-fields.js';
import type { FieldShape, GivenField } from '../procedure/case-field.js';
import type { Rules } from '../rules/rules.js';
import type { ObjectionAbout } from './about.js';
import { CORRECTABLE, type CorrectableField, RECORD_CORRECTABLE, type RecordField } from './objection.js';
import type { AskedValues, CorrectedValues, FieldAnswer, Objection } from './objection.js';
import { objectionRefusals } from './refusals.js';

/*
 * A party that objects names what is wrong and what it should read, where it can; the decision adopts or refuses each of
 * it (异议处理结果, ordinance of Heilongjiang art. 39). It may still object in words only.
 */

/** What a party asks to read otherwise: what is part of every entry, and what its list asks for. */
export type AskedInWords = Omit<AskedValues, 'fields'> & { fields?: readonly GivenField[] };

/**
 * What the party names of the fields of the list, checked as a handler's entry is, and held against what stands.
 *
 * @throws Refusal `objection.fields-of-content`, `objection.asked-as-it-reads`, and those of `enteredFields`
 */
export function askedOfEntry(
  asked: AskedInWords,
  about: ObjectionAbout,
  { list }: Pick<Rules, 'list'>,
  state: ListingCase,
  today: LocalDate,
): AskedValues {
  const { fields: given, ...values } = asked;
  if (!given || given.length === 0) return values;
  if (about !== 'content') throw objectionRefusals.refusal('objection.fields-of-content', {}, 'asked.fields');
  const fields = enteredFields(list, state, given, today, 'asked.fields');
  for (const [index, { code, zh, en, shape, value }] of fields.entries()) {
    // Two numbers that differ in the birth date alone read the same once they are masked.
    if (shape === 'identity-number') continue;
    if (state.fields?.find((one) => one.code === code)?.value !== value) continue;
    const facts = { nameZh: zh, name: en };
    throw objectionRefusals.refusal('objection.asked-as-it-reads', facts, `asked.fields[${index}].value`);
  }
  return { ...values, fields };
}

/** What a decision on an objection says of what was asked. */
export interface Answering {
  outcome: 'upheld' | 'partly-upheld' | 'rejected';
  corrected: CorrectedValues;
  /** Fields whose asked value is right, by name or code. */
  adopted?: readonly string[];
  refused?: readonly { field: string; reasons: string }[];
}

/**
 * The values of a decision, checked by the list, each and with those that it adopts.
 *
 * @throws Refusal of `enteredFields`
 */
export function checkedDecision<T extends Answering>(
  decision: T,
  { asked }: Pick<Objection, 'asked'>,
  { list }: Pick<Rules, 'list'>,
  state: ListingCase,
  today: LocalDate,
): T {
  const { corrected, adopted = [] } = decision;
  const taken = (asked.fields ?? []).filter(({ code }) => adopted.includes(code));
  if (!corrected.fields && taken.length === 0) return decision;
  const fields = enteredFields(list, state, corrected.fields ?? [], today, 'corrected.fields');
  checkTogether([...fields, ...taken], state.fields ?? [], today, 'adopted');
  return corrected.fields ? { ...decision, corrected: { ...corrected, fields } } : decision;
}

/** One value that was asked, under its name. */
interface Asked {
  field: string;
  nameZh: string;
  name: string;
  shape: FieldShape;
  value: string;
}

const NAMED: Readonly<Record<CorrectableField | RecordField, Omit<Asked, 'field' | 'value'>>> = {
  decisionNo: { nameZh: '决定书文号', name: 'Number of the decision', shape: 'text' },
  reasons: { nameZh: '列入理由', name: 'Reasons', shape: 'text' },
  termEndsOn: { nameZh: '列入期限届满日', name: 'Last day of the term', shape: 'date' },
  documentNo: { nameZh: '文书文号', name: 'Document number', shape: 'text' },
  conduct: { nameZh: '违法失信行为', name: 'Conduct', shape: 'text' },
  publishedUntil: { nameZh: '公示截止日', name: 'Last day of publication', shape: 'date' },
};

/** Each value that the party asked for, in the order in which entries show them. */
function askedOf({ asked }: Pick<Objection, 'asked'>): Asked[] {
  const { fields = [], ...values } = asked;
  const named = [...CORRECTABLE, ...RECORD_CORRECTABLE].flatMap((field): Asked[] => {
    const value = (values as Partial<Record<string, string>>)[field];
    return value === undefined ? [] : [{ field, ...NAMED[field], value }];
  });
  const ofList = fields.map(({ code: field, zh: nameZh, en: name, shape, value }): Asked => ({
    field,
    nameZh,
    name,
    shape,
    value,
  }));
  return [...named, ...ofList];
}

/**
 * What the decision corrects: what it says itself, and what it adopts as it was asked.
 *
 * @throws Refusal `objection.not-asked`, `objection.answered-twice`
 */
export function correctedBy(objection: Pick<Objection, 'asked'>, answering: Answering): CorrectedValues {
  const { corrected, adopted = [], refused = [] } = answering;
  refuseUnasked(askedOf(objection), adopted, refused);
  const { fields = [], ...values } = objection.asked;
  const taken = Object.fromEntries(Object.entries(values).filter(([field]) => adopted.includes(field)));
  const takenFields = fields.filter(({ code }) => adopted.includes(code));
  const all = [...(corrected.fields ?? []), ...takenFields];
  return { ...taken, ...corrected, ...(all.length > 0 ? { fields: all } : {}) };
}

/**
 * What became of each value that was asked. A rejection refuses all of them, with its own reasons where it gives no
 * others.
 *
 * @throws Refusal `objection.answered-twice`, `objection.asked-unanswered`, `objection.upheld-in-part`
 */
export function answersOf(objection: Objection, answering: Answering): FieldAnswer[] {
  const { outcome, corrected, adopted = [], refused = [] } = answering;
  const asked = askedOf(objection);
  const said = Object.entries(corrected).filter(([key]) => key !== 'fields') as [string, string][];
  const reads = new Map([
    ...said,
    ...(corrected.fields ?? []).map(({ code, value }) => [code, value] as const),
  ]);
  const answers = asked.map((one): FieldAnswer | Asked => {
    const { field, value } = one;
    const refusal = refused.find((answer) => answer.field === field);
    const ways = [adopted.includes(field), reads.has(field), refusal !== undefined].filter(Boolean);
    if (ways.length > 1) throw twice(one);
    if (refusal) return { ...one, answer: 'refused', reasons: refusal.reasons };
    if (adopted.includes(field) || reads.get(field) === value) return { ...one, answer: 'adopted' };
    const otherwise = reads.get(field);
    if (otherwise !== undefined) return { ...one, answer: 'otherwise', reads: otherwise };
    return outcome === 'rejected' ? { ...one, answer: 'refused' } : one;
  });
  const open = answers.filter((one) => !('answer' in one));
  if (open.length > 0) {
    const facts = {
      fields: open.map(({ field }) => field).join(', '),
      namesZh: open.map(({ nameZh }) => nameZh).join('、'),
      names: open.map(({ name }) => name).join(', '),
    };
    throw objectionRefusals.refusal('objection.asked-unanswered', facts, 'adopted');
  }
  const answered = answers as FieldAnswer[];
  if (outcome === 'upheld' && answered.some(({ answer }) => answer === 'refused'))
    throw objectionRefusals.refusal('objection.upheld-in-part', {}, 'outcome');
  return answered;
}

function refuseUnasked(
  asked: readonly Asked[],
  adopted: readonly string[],
  refused: readonly { field: string }[],
): void {
  const answered = [
    ...adopted.map((field, index) => ({ field, at: `adopted[${index}]` })),
    ...refused.map(({ field }, index) => ({ field, at: `refused[${index}].field` })),
  ];
  for (const [index, { field, at }] of answered.entries()) {
    const one = asked.find((value) => value.field === field);
    if (!one) {
      const fields = asked.map((value) => value.field).join(', ') || '—';
      throw objectionRefusals.refusal('objection.not-asked', { field, fields }, at);
    }
    if (answered.findIndex((other) => other.field === field) < index) throw twice(one);
  }
}

function twice({ nameZh, name }: Asked) {
  return objectionRefusals.refusal('objection.answered-twice', { nameZh, name }, 'adopted');
}
