import { divisionOf, HEILONGJIANG, type SubjectKind } from '#kernel';
import { type Payload, type RecordType, textOf } from './record-type.js';

export type OrganisationKind = Exclude<SubjectKind, 'natural-person'>;

/** By what a subject is known (ordinance art. 19): the unified code, or the citizen number of a person. */
export type SubjectIdentity =
  { kind: OrganisationKind; code: string } | { kind: 'natural-person'; citizenId: string };

/** Why a record's subject cannot be known, as the code of the refusal and the field it is about. */
export interface IdentityFault {
  code: 'record.field-required' | 'record.subject-ambiguous';
  field: string;
}

const PERSON = '自然人';
const INDIVIDUAL_BUSINESS = '个体工商户';

/**
 * Reads whom a record is about. The category (行政相对人类别) decides where the type has one; without it the
 * number that is filled in does.
 */
export function identityOf(type: RecordType, payload: Payload): SubjectIdentity | IdentityFault {
  const { subject } = type;
  const category = textOf(payload, subject.category);
  const code = textOf(payload, subject.creditCode);
  const citizenId = textOf(payload, subject.citizenId);
  const person = category === undefined ? code === undefined && citizenId !== undefined : category === PERSON;
  if (person) {
    if (code !== undefined) return { code: 'record.subject-ambiguous', field: subject.creditCode! };
    if (citizenId === undefined)
      return { code: 'record.field-required', field: subject.citizenId ?? subject.name };
    return { kind: 'natural-person', citizenId };
  }
  if (citizenId !== undefined) return { code: 'record.subject-ambiguous', field: subject.citizenId! };
  if (code === undefined) return { code: 'record.field-required', field: subject.creditCode ?? subject.name };
  return { kind: category === INDIVIDUAL_BUSINESS ? 'individual-business' : kindOfCode(code), code };
}

/** The kind that the first two characters of a unified code tell (GB 32100-2015: authority, kind of body). */
export function kindOfCode(code: string): OrganisationKind {
  switch (code.slice(0, 2)) {
    case '11':
      return 'government-body';
    case '12':
      return 'public-institution';
    case '51':
    case '52':
    case '53':
    case '59':
      return 'social-organisation';
    case '91':
      return 'enterprise';
    case '92':
      return 'individual-business';
    default:
      return 'other-organisation';
  }
}

/** Two digits of the provinces that a code can begin with (GB/T 2260); 10 is the registry of the State. */
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82)$/;

/**
 * Where an organisation belongs: the division of its registration authority (positions 3–8) as far as it is
 * known, the province otherwise (development zones use codes that GB/T 2260 does not have). A code of the
 * national registry (100000) tells no region: then the provider's is taken.
 */
export function regionOfCode(code: string, fallback: string): string {
  const division = code.slice(2, 8);
  const known = divisionOf(division);
  if (known) return known.code;
  if (division.startsWith(HEILONGJIANG.code.slice(0, 2))) return HEILONGJIANG.code;
  return PROVINCE.test(division.slice(0, 2)) ? `${division.slice(0, 2)}0000` : fallback;
}
