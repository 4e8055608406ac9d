import type { Command, CommandOf } from '../../src/domain/case/commands.js';
import { DECIDED } from '../../src/domain/case/lifecycle.js';
import {
  A_YEAR_AGO,
  COURT,
  CSRC,
  FileStory,
  LATELY,
  type Of,
  SAMR,
  type Standing,
  stay,
  THREE_YEARS_AGO,
  TODAY,
  WAGE,
} from '../file-story.js';
import { enterprise, publication } from '../story.js';
import { type CaseCut, asks, sweeps, at, lifted, revocation } from './case-cut.js';

/* An entry in force: publication, term, stay of execution, plan, and the oversight of public bodies. */

/** A step for each row of what becomes of an entry by itself, or by a stay or a plan. */
export const ofEntries = (): CaseCut[] => [
  ...DECIDED.map((status) => asks('otherApprover', revocation, at(status))),
  sweeps({ type: 'take-effect' }, 'in-force', at('served', { from: '2029-03-26' })),
  asks('secrecy', publication, at('in-force', { unpublished: true })),
  asks(
    'handler',
    { type: 'publication-answer', outcome: 'published', publishedOn: TODAY, text: '已公示' },
    sent(),
  ),
  asks(
    'approver',
    { type: 'hold-back', paidOn: TODAY, reason: '已缴清（虚构）' },
    at('in-force', { of: TAX, from: LATELY, unpublished: true }),
  ),
  sweeps(
    { type: 'end-grace' },
    'grace',
    at('in-force', {
      of: COURT,
      from: '2029-03-19',
      decided: { graceUntil: '2029-05-02' },
      unpublished: true,
    }),
  ),
  sweeps({ type: 'end-publication' }, 'publication-end', at('in-force', CAPITAL_MARKET)),
  sweeps({ type: 'end-publication' }, 'publication-end', at('suspended', CAPITAL_MARKET)),
  sweeps({ type: 'expire' }, 'expiry', at('in-force', { from: THREE_YEARS_AGO })),
  sweeps({ type: 'expire' }, 'expiry', at('suspended', { from: THREE_YEARS_AGO })),
  ...(['in-force', 'suspended', 'ended', 'closed'] as const).map((status) =>
    sweeps({ type: 'end-site-publication' }, 'site-publication', at(status, { from: THREE_YEARS_AGO })),
  ),
  asks('approver', stay(TODAY), at('decided')),
  asks('approver', stay(TODAY), at('served')),
  asks('approver', stay(TODAY), at('in-force')),
  asks('approver', stay(TODAY), lifted()),
  ...(['decided', 'served'] as const).map((status) =>
    asks('approver', stayEnd, at(status).does('approver', stay('2029-05-01'))),
  ),
  asks('approver', stayEnd, at('suspended')),
  asks('approver', { type: 'plan-failure', documentNo: '（虚构）之二', reasons: '不能执行' }, lifted()),
  asks('approver', { type: 'plan-completion', documentNo: '（虚构）之三', reasons: '执行完毕' }, lifted()),
];

/** Shown for a year of its three, from the day on which what was ordered was performed. */
const CAPITAL_MARKET: Standing = { of: CSRC, decided: { termStartsOn: A_YEAR_AGO } };
const TAX: Of = {
  list: 'TAX',
  conductKind: 'tax.evasion',
  department: { id: 'hlj.city.230100.tax', level: 'city' },
};
const stayEnd: Command = {
  type: 'stay-end',
  why: 'upheld',
  documentNo: '（虚构）复决1号',
  endedOn: TODAY,
  reasons: '维持列入决定（虚构）',
};

/** Published by the authority of another province, which has not answered yet. */
function sent(): FileStory {
  const of = { ...SAMR, subject: { ...enterprise, region: '220100' } };
  const file = at('in-force', { of, from: LATELY, unpublished: true });
  return file.does('secrecy', { ...publication, sentTo: '长春市市场监督管理局' } as Command);
}

/** A step for each row of the ordinance art. 32. */
export const ofOversight = (): CaseCut[] => [
  asks('handler', letter, overseen()),
  sweeps({ type: 'urge-letter', letterId: LETTER }, 'letter-reminder', told('2029-05-14')),
  asks('handler', { type: 'letter-answer', letterId: LETTER, answeredOn: TODAY, text: '已督促' }, told()),
  asks('handler', interview, told()),
  asks('approver', order, told().does('handler', interview)),
  asks('approver', { type: 'order-performed', performedOn: TODAY, text: '已付清（虚构）' }, ordered()),
  asks(
    'approver',
    { type: 'accountability', on: TODAY, text: '问责（虚构）', promise: '公开承诺' },
    ordered(),
  ),
];

const LETTER = '0192f0c4-6c00-7000-8000-0000000000b1';
const letter: CommandOf<'letter'> = {
  type: 'letter',
  letterId: LETTER,
  letterNo: '（虚构）通报1号',
  to: 'superior',
  unit: 'hlj.finance',
  unitName: '省财政厅',
  text: '该单位被列入名单（虚构）',
  answerDue: '2029-05-25',
};
const interview: Command = {
  type: 'interview',
  heldOn: '2028-06-05',
  with: '主要负责人',
  minutes: '承诺履行',
};
const order: Command = {
  type: 'performance-order',
  orderNo: '（虚构）责令1号',
  performBy: '2029-05-31',
  text: '支付',
};
const overseen = (): FileStory => at('in-force', { of: { ...WAGE, publicStanding: 'state-owned' } });
const told = (answerDue = '2029-05-25'): FileStory =>
  overseen()
    .on('2028-06-05')
    .does('handler', { ...letter, answerDue });
const ordered = (): FileStory =>
  told()
    .does('handler', interview)
    .does('approver', { ...order, performBy: '2028-12-29' } as Command);
