import { v7 as uuidv7 } from 'uuid';
import type {
  CaseRef,
  CloudEvent,
  DataOf,
  EventOf,
  listingCorrected,
  listingEnded,
  listingInForce,
  listingRestored,
  listingSuspended,
  SubjectRef,
} from '#contracts';

export interface ListedCase {
  case: CaseRef;
  subject: SubjectRef;
  inForce: DataOf<typeof listingInForce>;
  ended(end: DataOf<typeof listingEnded>['end'], endedOn: string): DataOf<typeof listingEnded>;
  suspended(suspendedOn: string): DataOf<typeof listingSuspended>;
  restored(restoredOn: string, termEndsOn: string): DataOf<typeof listingRestored>;
  termCorrected(from: string, to: string): DataOf<typeof listingCorrected>;
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
    suspended: (suspendedOn) => ({
      case: listed,
      subject,
      suspendedOn,
      rulingNo: '（虚构）（2026）黑01破1号之一',
      reasons: '重整计划已经法院裁定批准',
    }),
    restored: (restoredOn, termEndsOn) => ({
      case: listed,
      subject,
      restoredOn,
      cause: 'plan-failed',
      inForceOn: '2024-11-14',
      termEndsOn,
      decisionNo: '（虚构）列入决定〔2024〕12号',
      reasons: '债务人不能执行重整计划',
    }),
    termCorrected: (from, to) => ({
      case: listed,
      subject,
      correction: 1,
      correctedOn: '2025-02-03',
      reasons: '期限计算有误',
      changes: [{ field: 'termEndsOn', from, to }],
      decisionNo: '（虚构）列入决定〔2024〕12号',
      termEndsOn: to,
      confirmBy: '2025-02-06',
    }),
  };
}

/** The beginning of a listing as it is heard, told by the service that decided it. */
export function inForceEvent({ inForce }: ListedCase, sequence = '1'): EventOf<typeof listingInForce> {
  return heardEvent('in-force', inForce, sequence);
}

export function endedEvent(
  listed: ListedCase,
  end: DataOf<typeof listingEnded>['end'],
  endedOn: string,
  sequence: string,
): EventOf<typeof listingEnded> {
  return heardEvent('ended', listed.ended(end, endedOn), sequence);
}

function heardEvent<Data extends { subject: SubjectRef }>(
  what: string,
  data: Data,
  sequence: string,
): CloudEvent<Data> {
  const type = `cn.chengxin.listing.${what}.v1`;
  return {
    specversion: '1.0',
    id: uuidv7(),
    type,
    source: '/listing',
    subject: data.subject.id,
    sequence,
    time: '2024-11-14T01:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: `urn:chengxin:schema:${type}`,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    audience: 'government',
    actor: 'person:approver@hlj.market-regulation',
    data,
  };
}
