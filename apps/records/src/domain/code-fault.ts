import {
  checkCitizenId,
  checkCreditCode,
  type CitizenIdFault,
  type CreditCodeFault,
  type Refusal,
} from '#kernel';
import { recordRefusals } from './record-refusals.js';

/** What is wrong with the unified code in `field`, as the refusal of a record; undefined when it is right. */
export function creditCodeFault(code: string, field: string): Refusal | undefined {
  const check = checkCreditCode(code);
  if (check.ok) return undefined;
  switch (check.reason) {
    case 'length':
      return recordRefusals.refusal('record.credit-code-length', { field, length: check.length }, field);
    case 'alphabet':
      return recordRefusals.refusal(
        'record.credit-code-alphabet',
        { field, position: check.position },
        field,
      );
    case 'check-character':
      return recordRefusals.refusal('record.credit-code-check-character', { field }, field);
    case 'organisation-check':
      return recordRefusals.refusal('record.credit-code-organisation-check', { field }, field);
    default: {
      const never: never = check;
      return never;
    }
  }
}

/** Says what is wrong without a character of the number: it would tell half of it. */
const CITIZEN_ID_FAULTS: Record<CitizenIdFault['reason'], { fault: string; faultZh: string }> = {
  length: { fault: 'it does not have 18 characters', faultZh: '不是 18 位' },
  alphabet: {
    fault: 'it has other characters than digits and a final X',
    faultZh: '含有数字和末位 X 以外的字符',
  },
  division: { fault: 'its first digits name no province', faultZh: '前两位不是省级区划' },
  'birth-date': { fault: 'its birth date does not exist', faultZh: '出生日期不存在' },
  'check-character': { fault: 'its check character does not fit', faultZh: '校验位不符' },
};

export function citizenIdFaultTexts(id: string): { fault: string; faultZh: string } | undefined {
  const check = checkCitizenId(id);
  return check.ok ? undefined : CITIZEN_ID_FAULTS[check.reason];
}

export function citizenIdFault(id: string, field: string): Refusal | undefined {
  const texts = citizenIdFaultTexts(id);
  return texts && recordRefusals.refusal('record.citizen-id-invalid', { field, ...texts }, field);
}

/** The same for a code that stands alone, outside a record. */
export const CODE_FAULTS: Record<CreditCodeFault['reason'], { fault: string; faultZh: string }> = {
  length: { fault: 'it does not have 18 characters', faultZh: '不是 18 位' },
  alphabet: {
    fault:
      'it has a character that codes do not use (digits and capital letters without I, O, S, V, Z; digits in 3 to 8)',
    faultZh: '含有代码不使用的字符(只用数字和不含 I、O、S、V、Z 的大写字母,第 3 至 8 位为数字)',
  },
  'check-character': {
    fault: 'its check character (position 18) does not fit',
    faultZh: '校验位(第 18 位)不符',
  },
  'organisation-check': {
    fault: 'the check of its organisation code (position 17) does not fit',
    faultZh: '组织机构代码校验位(第 17 位)不符',
  },
};
