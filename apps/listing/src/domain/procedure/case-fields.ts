import { addYears, checkCitizenId, isLocalDate, type LocalDate, maskCitizenId } from '#kernel';
import type { ListingCase, Subject } from '../case/case.js';
import { listingRefusals } from '../case/refusals.js';
import type { ListRules } from '../rules/rules.js';
import type { CaseField, CaseFieldRule, FieldShape, GivenField } from './case-field.js';

type AskingList = Pick<ListRules, 'key' | 'name' | 'fields'>;
interface Of {
  subject: Pick<Subject, 'kind'>;
  /** What the case has already. */
  fields?: readonly CaseField[];
}

/** What the list asks for of this subject. */
export function fieldsAsked({ fields = [] }: Pick<ListRules, 'fields'>, { subject }: Of): CaseFieldRule[] {
  const kind = subject.kind === 'natural-person' ? 'persons' : 'organisations';
  return fields.filter(({ of }) => of === 'everyone' || of === kind);
}

/**
 * What was entered, checked by its shape. Of an identity number the masked one is kept, since nothing here needs the
 * whole: what is published is masked (ordinance of Heilongjiang art. 23).
 *
 * @param today dates lie on it or before
 * @param at where they stand in the request, which a refusal names
 * @throws Refusal `listing.field-unknown`, `listing.field-twice`, `listing.field-invalid`, `listing.field-contradicts`
 */
export function enteredFields(
  list: AskingList,
  of: Of,
  given: readonly GivenField[],
  today: LocalDate,
  at = 'fields',
): CaseField[] {
  const asked = fieldsAsked(list, of);
  const entered = given.map(({ code, value }, index): CaseField => {
    const rule = asked.find((one) => one.code === code);
    if (!rule) {
      const codes = asked.map((one) => one.code).join(', ') || '—';
      const facts = { listName: list.name, listType: list.key, code, codes };
      throw listingRefusals.refusal('listing.field-unknown', facts, `${at}[${index}].code`);
    }
    const { zh, en, shape } = rule;
    if (given.findIndex((one) => one.code === code) < index)
      throw listingRefusals.refusal('listing.field-twice', { nameZh: zh, name: en }, `${at}[${index}]`);
    const text = value.trim();
    if (!FITS[shape](text, today)) {
      const { zh: shapeZh, en: shapeEn } = SHAPES[shape];
      const facts = { code, nameZh: zh, name: en, shapeZh, shape: shapeEn };
      throw listingRefusals.refusal('listing.field-invalid', facts, `${at}[${index}].value`);
    }
    return { code, zh, en, shape, value: text };
  });
  checkTogether(entered, of.fields ?? [], today, at);
  return entered.map((field) =>
    field.shape === 'identity-number' ? { ...field, value: maskCitizenId(field.value) } : field,
  );
}

/**
 * All that the list asks for: what the opening brought, and what the decision adds or says otherwise.
 *
 * @param at of a person bound with the principal: where its fields stand in the decision on the file
 * @throws Refusal `listing.fields-missing`, of such a person `listing.person-fields-missing`, with the names and codes,
 *   and those of `enteredFields`
 */
export function decidedFields(
  list: AskingList,
  state: Pick<ListingCase, 'id' | 'subject' | 'fields'>,
  given: readonly GivenField[],
  today: LocalDate,
  at?: string,
): CaseField[] {
  const entered = [...enteredFields(list, state, given, today, at), ...(state.fields ?? [])];
  const fields = fieldsAsked(list, state).map(
    (rule) => [rule, entered.find(({ code }) => code === rule.code)] as const,
  );
  const missing = fields.flatMap(([rule, field]) => (field ? [] : rule));
  if (missing.length > 0) {
    const facts = {
      listName: list.name,
      listType: list.key,
      missingZh: missing.map(({ zh }) => zh).join('、'),
      missing: missing.map(({ en }) => en).join(', '),
      codes: missing.map(({ code }) => code).join(', '),
    };
    if (at === undefined) throw listingRefusals.refusal('listing.fields-missing', facts, 'fields');
    const ofPerson = { ...facts, listingId: state.id, name: state.subject.name };
    throw listingRefusals.refusal('listing.person-fields-missing', ofPerson, at);
  }
  return fields.flatMap(([, field]) => field ?? []);
}

/** What a correction says otherwise, under the names of the list; its values were checked by `enteredFields`. */
export function namedFields(
  list: Pick<ListRules, 'fields'>,
  of: Of,
  given: readonly GivenField[],
): CaseField[] {
  const asked = fieldsAsked(list, of);
  return given.flatMap(({ code, value }) => {
    const rule = asked.find((one) => one.code === code);
    return rule ? [{ code, zh: rule.zh, en: rule.en, shape: rule.shape, value }] : [];
  });
}

const LONGEST_NAME = 100;
const OLDEST = 150;

const FITS: Readonly<Record<FieldShape, (value: string, today: LocalDate) => boolean>> = {
  text: (value) => value.length > 0,
  date: (value, today) => isLocalDate(value) && value <= today,
  'person-name': (value) => value.length > 0 && value.length <= LONGEST_NAME,
  sex: (value) => value === 'male' || value === 'female',
  age: (value) => /^\d{1,3}$/.test(value) && Number(value) <= OLDEST,
  // Citizen IDs and residence permits are checked whole; passports and permits of other forms only by their letters.
  'identity-number': (value) =>
    value.length === 18 ? checkCitizenId(value).ok : /^[0-9A-Z]{5,17}$/.test(value),
};

const SHAPES: Readonly<Record<FieldShape, { zh: string; en: string }>> = {
  text: { zh: '文字', en: 'a text' },
  date: { zh: '不晚于今天的日期(年-月-日)', en: 'a date (YYYY-MM-DD) that is not after today' },
  'person-name': { zh: '姓名', en: 'the name of a person' },
  sex: { zh: 'male(男)或者 female(女)', en: 'male or female' },
  age: { zh: '周岁年龄', en: 'an age in whole years' },
  'identity-number': { zh: '有效的身份证件号码', en: 'a valid number of an identity document' },
};

/**
 * Sex and birth date stand in the citizen ID itself. Of an ID that the case has already only the masked number is left,
 * which tells the sex and no birth date: an age that is entered apart from it is held against nothing.
 *
 * @param known what the case has already
 * @throws Refusal `listing.field-contradicts`
 */
export function checkTogether(
  entered: readonly CaseField[],
  known: readonly CaseField[],
  today: LocalDate,
  at: string,
): void {
  const of = (fields: readonly CaseField[], shape: FieldShape) =>
    fields.find((field) => field.shape === shape);
  const number = of(entered, 'identity-number');
  const sex = of(entered, 'sex') ?? (number && of(known, 'sex'));
  const age = of(entered, 'age');
  const says = (field: CaseField | undefined, right: boolean): void => {
    if (!field || right) return;
    const { code, zh: nameZh, en: name } = field;
    throw listingRefusals.refusal('listing.field-contradicts', { code, nameZh, name }, at);
  };
  const its = sexOf((number ?? of(known, 'identity-number'))?.value ?? '');
  says(sex, its === null || sex?.value === its);
  const checked = checkCitizenId(number?.value ?? '');
  says(age, !checked.ok || Number(age?.value) === yearsOf(checked.birthDate, today));
}

/** The last digit but one is odd for men (GB 11643-1999); it stays visible where the number is masked. */
function sexOf(number: string): 'male' | 'female' | null {
  if (number.length !== 18) return null; // a passport
  return Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female';
}

/** Whole years (周岁): one more from the birthday on. */
function yearsOf(bornOn: LocalDate, today: LocalDate): number {
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return addYears(bornOn, years) <= today ? years : years - 1;
}
