import { v7 as uuidv7 } from 'uuid';
import type { CaseRef, DataOf, listingEnded, listingInForce, SubjectRef } from '#contracts';

export interface ListedCase {
  case: CaseRef;
  subject: SubjectRef;
  inForce: DataOf<typeof listingInForce>;
  ended(end: DataOf<typeof listingEnded>['end'], endedOn: string): DataOf<typeof listingEnded>;
}

/** A fictitious food case of the market regulation bureau of Harbin, in force on 2024-11-14, unless told otherwise. */
export function foodCase(
  about: Partial<CaseRef> = {},
  who: Partial<SubjectRef> = {},
  days: { inForceOn?: string; termEndsOn?: string | null } = {},
): ListedCase {
  const subject: SubjectRef = {
    id: uuidv7(),
    kind: 'enterprise',
    code: '91230100MA1ABCDE8J',
    name: '松江示例商贸有限公司（虚构）',
    region: '230100',
    ...who,
  };
  const listed: CaseRef = {
    id: uuidv7(),
    no: 'SAMR-2024-000012',
    listType: 'SAMR',
    listName: '市场监督管理严重违法失信名单',
    rulesVersion: '2021-09-01',
    conductKind: 'samr.food',
    department: 'hlj.city.230100.market-regulation',
    serious: true,
    ...about,
  };
  return {
    case: listed,
    subject,
    inForce: {
      case: listed,
      subject,
      inForceOn: '2024-11-14',
      termEndsOn: '2027-11-14',
      decisionNo: '（虚构）列入决定〔2024〕12号',
      ...days,
    },
    ended: (end, endedOn) => ({ case: listed, subject, end, endedOn, reasons: '已满一年,义务已履行' }),
  };
}
