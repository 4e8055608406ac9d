import { of } from './example.js';

const court = of('COURT', {
  conduct: 'court.evasion',
  basis: '法释〔2017〕7号第二条',
});
const kindOne = { conduct: 'court.able-refuses', basis: '法释〔2017〕7号第一条、第二条、第十条' };
const relisting = { conduct: 'court.able-refuses', basis: '法释〔2017〕7号第十条' };
const gov = of('GOV', { conduct: 'gov.arrears', basis: '发改财金〔2023〕1103号' });
const falseLitigation = of('FALSELIT', { conduct: 'falselit.party', basis: '法〔2021〕281号' });

export const courtsAndGovernment = [
  court(
    '第二至六项情形纳入期限二年,自决定作出之日生效',
    { opened: '2025-03-10', decided: '2025-03-10' },
    { inForceOn: '2025-03-10', termStartsOn: '2025-03-10', termEndsOn: '2027-03-10' },
  ),
  court(
    '暴力、威胁或者具有多项情形的,延长一至三年',
    { opened: '2025-03-10', decided: '2025-03-10', extraYears: 3 },
    { termEndsOn: '2030-03-10' },
    { conduct: 'court.obstruction' },
  ),
  court(
    '延长不得超过三年',
    { opened: '2025-03-10', decided: '2025-03-10', extraYears: 4 },
    { refusal: 'listing.term-extra' },
  ),
  court(
    '有履行能力而拒不履行的,没有固定期限,也不得延长',
    { opened: '2025-03-10', decided: '2025-03-10' },
    { termEndsOn: null },
    kindOne,
  ),
  court(
    '依申请的,收到申请之日起十五日内决定;末日在国庆假期,顺延至节后第一个工作日',
    { opened: '2025-09-22', clockFrom: '2025-09-20' },
    { decisionDue: '2025-10-09', defenceUntil: null },
    { basis: '法释〔2017〕7号;民法典第二百零三条' },
  ),
  court(
    '给予二个月宽限期,期内暂不公布',
    { opened: '2025-03-10', decided: '2025-03-10', graceUntil: '2025-05-10', published: '2025-05-09' },
    { graceUntil: '2025-05-10', publication: 'held-back', refusal: 'listing.in-grace' },
    kindOne,
  ),
  court(
    '未成年人不得纳入',
    { opened: '2025-03-10', subject: 'natural-person', bornOn: '2007-03-11' },
    { refusal: 'listing.minor' },
  ),
  court(
    '撤销后三个工作日内删除,跨清明节',
    { opened: '2025-03-10', decided: '2025-03-10', revoked: '2025-04-03' },
    { removalDue: '2025-04-09' },
  ),
  court(
    '申请执行人申请删除后六个月内又申请纳入的,不予支持;末日当天仍在期内',
    { deletedAtRequest: '2025-03-05', requestedBy: 'same-creditor', opened: '2025-09-05' },
    { refusal: 'listing.relisting-barred', relistableOn: '2025-09-06' },
    relisting,
  ),
  court(
    '满六个月的次日起可以再次申请纳入',
    { deletedAtRequest: '2025-03-05', requestedBy: 'same-creditor', opened: '2025-09-06' },
    { defenceUntil: null, decisionDue: null },
    relisting,
  ),
  court(
    '月末起算的,末月没有对应日,以末月最后一日为届满日,逢周六不顺延',
    { deletedAtRequest: '2025-08-29', requestedBy: 'same-creditor', opened: '2026-02-28' },
    { refusal: 'listing.relisting-barred', relistableOn: '2026-03-01' },
    relisting,
  ),
  court(
    '其他申请执行人不受限制',
    {
      deletedAtRequest: '2025-03-05',
      requestedBy: 'other-creditor',
      opened: '2025-04-01',
      decided: '2025-04-07',
    },
    { inForceOn: '2025-04-07', termEndsOn: null },
    relisting,
  ),
  court(
    '法院依职权纳入不受限制',
    { deletedAtRequest: '2025-03-05', opened: '2025-04-01', decided: '2025-04-07' },
    { inForceOn: '2025-04-07', termEndsOn: null },
    relisting,
  ),
  gov(
    '履行前一直在列,没有固定期限',
    { opened: '2025-03-03', subject: 'government-body', decided: '2025-03-05', served: '2025-03-06' },
    { inForceOn: '2025-03-06', termEndsOn: null },
  ),
  gov('企业不适用', { opened: '2025-03-03' }, { refusal: 'listing.subject-kind-excluded' }),
  falseLitigation(
    '没有全国统一的期限,由决定确定',
    { opened: '2025-03-03', decided: '2025-03-05' },
    { refusal: 'listing.term-needed' },
  ),
  falseLitigation(
    '不公示',
    {
      opened: '2025-03-03',
      decided: '2025-03-05',
      termEndsOn: '2026-03-05',
      served: '2025-03-06',
      published: '2025-03-07',
    },
    { termEndsOn: '2026-03-05', publication: 'none', refusal: 'listing.not-public' },
  ),
];
