import { of } from './example.js';

const wage = of('WAGE', { conduct: 'wage.amount-of-crime', basis: '人社部令第45号' });
const tax = of('TAX', { conduct: 'tax.evasion', basis: '税务总局令第54号、第二十五条' });
const socins = of('SOCINS', { conduct: 'socins.benefit-fraud', basis: '人社部规〔2019〕2号' });
const allow = of('ALLOW', { conduct: 'allow.fraud', basis: '社会救助暂行办法第六十八条' });
const house = of('HOUSE', { conduct: 'house.fraud', basis: '公共租赁住房管理办法第三十五条' });
const adult = { subject: 'natural-person', bornOn: '1980-05-05' } as const;

export const labourTaxWelfare = [
  wage('陈述申辩五个工作日,跨清明节', { opened: '2025-03-31' }, { defenceUntil: '2025-04-08' }),
  wage(
    '陈述申辩五个工作日,跨春节,含调休上班的周六(2月14日)',
    { opened: '2026-02-12' },
    { defenceUntil: '2026-02-26' },
  ),
  wage(
    '责令支付期限届满之日起二十个工作日内决定',
    { opened: '2025-03-03', clockFrom: '2025-02-28' },
    { decisionDue: '2025-03-28' },
  ),
  wage(
    '经批准再延长二十个工作日,末日是调休上班的周日(4月27日)',
    { opened: '2025-03-03', clockFrom: '2025-02-28', extended: true },
    { decisionDue: '2025-04-27' },
  ),
  wage(
    '列入期限三年,自决定之日起算,不自送达之日',
    { opened: '2025-03-03', decided: '2025-03-12', served: '2025-03-14' },
    { inForceOn: '2025-03-14', termStartsOn: '2025-03-12', termEndsOn: '2028-03-12' },
  ),
  wage(
    '自列入决定作出之日起二十个工作日内公开,跨清明节',
    { opened: '2025-03-03', decided: '2025-03-12', served: '2025-03-14' },
    { publicationDue: '2025-04-10', publication: 'none' },
    { basis: '人社部令第45号第九条;政府信息公开条例第二十六条' },
  ),
  wage(
    '列入期间改正的,自改正之日起满六个月方可申请',
    {
      opened: '2025-03-03',
      decided: '2025-03-12',
      served: '2025-03-14',
      corrected: '2025-04-01',
      asked: '2025-10-01',
    },
    { eligibleOn: '2025-10-02', refusal: 'listing.removal-too-early' },
  ),
  wage(
    '满六个月申请,自收到之日起十五个工作日内决定,跨国庆节',
    {
      opened: '2025-03-03',
      decided: '2025-03-12',
      served: '2025-03-14',
      corrected: '2025-03-28',
      asked: '2025-09-29',
    },
    { repairDecisionDue: '2025-10-27' },
  ),
  wage(
    '责令支付决定被撤销,列入应当撤销,一个工作日内停止公示',
    {
      opened: '2025-03-03',
      decided: '2025-03-12',
      served: '2025-03-14',
      revoked: '2025-09-29',
      revokedFor: 'basis-lost',
    },
    { removalDue: '2025-09-30' },
    { basis: '人社部令第45号第十六条;黑龙江省社会信用条例第三十八条' },
  ),
  wage(
    '认定单位发现自己认定有误,三个工作日内更正,跨国庆节',
    { opened: '2025-03-03', decided: '2025-03-12', served: '2025-03-14', revoked: '2025-09-29' },
    { removalDue: '2025-10-10' },
    { basis: '黑龙江省社会信用条例第三十八条' },
  ),
  tax(
    '陈述申辩五个工作日,跨劳动节(4月27日之外不调休)',
    { opened: '2025-04-28' },
    { defenceUntil: '2025-05-08' },
  ),
  tax(
    '复议、诉讼期限届满之日起三十个工作日内制作认定文书',
    { opened: '2025-07-01', clockFrom: '2025-06-30' },
    { decisionDue: '2025-08-11' },
  ),
  tax(
    '送达的次月十五日前公布,十二月送达的为次年一月十五日',
    { opened: '2025-11-17', decided: '2025-11-28', served: '2025-12-01' },
    { publicationDue: '2026-01-15' },
  ),
  tax(
    '期限三年,自公布之日起算',
    { opened: '2025-11-17', decided: '2025-11-28', served: '2025-12-01', published: '2025-12-10' },
    { termStartsOn: '2025-12-10', termEndsOn: '2028-12-10' },
  ),
  tax(
    '公布满六个月方可申请提前停止公布;8月31日公布的,末日为2月28日',
    {
      opened: '2025-08-11',
      decided: '2025-08-20',
      served: '2025-08-21',
      published: '2025-08-31',
      corrected: '2025-09-01',
      asked: '2026-02-28',
    },
    { eligibleOn: '2026-03-01', refusal: 'listing.removal-too-early' },
    { basis: '税务总局令第54号;民法典第二百零二条' },
  ),
  tax(
    '偷税情形,公布前缴清的不公布',
    {
      opened: '2025-03-03',
      decided: '2025-03-11',
      served: '2025-03-12',
      paid: '2025-04-10',
      published: '2025-04-11',
    },
    { publication: 'held-back', publicationDue: null, refusal: 'listing.held-back' },
    { basis: '税务总局令第54号第十四条' },
  ),
  tax(
    '虚开发票情形,缴清也公布',
    { opened: '2025-03-03', decided: '2025-03-11', served: '2025-03-12', paid: '2025-04-10' },
    { refusal: 'listing.hold-back-not-provided' },
    { conduct: 'tax.special-invoices', basis: '税务总局令第54号第十四条' },
  ),
  socins(
    '规定没有确定陈述申辩期限(未核对),由告知书确定',
    { opened: '2025-03-03', decided: '2025-03-05', termEndsOn: '2028-03-05', served: '2025-03-06' },
    { defenceUntil: '2025-03-04', termEndsOn: '2028-03-05' },
  ),
  socins(
    '一年或者三年的划分未核对,期限由决定确定',
    { opened: '2025-03-03', decided: '2025-03-05' },
    { refusal: 'listing.term-needed' },
  ),
  socins(
    '期限只有一年、三年(未核对),决定不得另定为二年',
    { opened: '2025-03-03', decided: '2025-03-05', termMonths: 24 },
    { refusal: 'listing.term-not-among' },
  ),
  socins(
    '决定确定为一年(未核对)',
    { opened: '2025-03-03', decided: '2025-03-05', termMonths: 12, served: '2025-03-06' },
    { termStartsOn: '2025-03-05', termEndsOn: '2026-03-05' },
  ),
  allow(
    '没有名单期限,由决定确定',
    { opened: '2025-03-03', ...adult, decided: '2025-03-05' },
    { refusal: 'listing.term-needed' },
  ),
  allow('只适用于自然人', { opened: '2025-03-03' }, { refusal: 'listing.subject-kind-excluded' }),
  house(
    '五年内不得再申请',
    { opened: '2025-03-03', ...adult, decided: '2025-03-10', served: '2025-03-11' },
    { termStartsOn: '2025-03-10', termEndsOn: '2030-03-10' },
  ),
  house(
    '自然人不公示',
    { opened: '2025-03-03', ...adult, decided: '2025-03-10', served: '2025-03-11', published: '2025-03-12' },
    { publication: 'none', refusal: 'listing.not-public' },
  ),
];
