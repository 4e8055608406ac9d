import { of } from './example.js';

const samr = of('SAMR', { conduct: 'samr.food', basis: '市场监管总局令第44号' });
const abnormal = of('SAMRABN', { conduct: 'samrabn.unreachable', basis: '企业经营异常名录管理办法' });
const customs = of('CUSTOMS', { conduct: 'customs.tax-unpaid', basis: '海关总署令第282号' });
const order251 = { basis: '海关总署令第251号' };
const order107 = { basis: '市场监管总局令第107号' };
const proc = of('PROC', { conduct: 'proc.supplier-ban', basis: '政府采购法第七十七条;财办库〔2014〕526号' });
const ip = of('IP', { conduct: 'ip.abnormal-filing', basis: '国知发保字〔2022〕8号' });
const csrc = of('CSRC', { conduct: 'csrc.penalty', basis: '证监会令第139号' });
const cpa = of('CPA', { conduct: 'cpa.suspension', basis: '注册会计师行业严重失信主体名单管理办法' });
const listed2024 = { opened: '2024-11-04', decided: '2024-11-13', served: '2024-11-14' };

export const markets = [
  samr(
    '陈述申辩五个工作日,跨国庆节,含调休上班的周日(9月29日)',
    { opened: '2024-09-27', city: true },
    { defenceUntil: '2024-10-10' },
  ),
  samr('列入期限三年,自列入(送达)之日起算', listed2024, {
    version: '2021-09-01',
    termStartsOn: '2024-11-14',
    termEndsOn: '2027-11-14',
  }),
  samr(
    '限制或者禁止的期限更长的,列入至该期限届满(食品安全法五年)',
    { ...listed2024, termEndsOn: '2029-11-13' },
    { termStartsOn: '2024-11-14', termEndsOn: '2029-11-13' },
  ),
  samr(
    '限制期限不长于三年的,不另定期限',
    { opened: '2024-11-04', decided: '2024-11-13', termEndsOn: '2026-11-13' },
    { refusal: 'listing.ban-not-longer' },
  ),
  samr(
    '决定之日起二十个工作日内公示,跨元旦',
    { opened: '2024-11-25', decided: '2024-12-05', served: '2024-12-06' },
    { publicationDue: '2025-01-03' },
  ),
  samr(
    '当事人登记在外省的,决定之日起十个工作日内推送登记地市场监管部门',
    { opened: '2024-11-25', decided: '2024-12-05', served: '2024-12-06', registeredIn: '220100' },
    { publicationDue: '2024-12-19', publication: 'none' },
    { basis: '市场监管总局令第44号第十四条' },
  ),
  samr(
    '登记在外省的,不由作出决定的机关公示',
    {
      opened: '2024-11-25',
      decided: '2024-12-05',
      served: '2024-12-06',
      registeredIn: '220100',
      published: '2024-12-10',
    },
    { refusal: 'listing.publication-elsewhere' },
    { basis: '市场监管总局令第44号第十四条' },
  ),
  samr(
    '登记地市场监管部门收到之日起十个工作日内公示',
    {
      opened: '2024-11-25',
      decided: '2024-12-05',
      served: '2024-12-06',
      registeredIn: '220100',
      sentOn: '2024-12-10',
    },
    { publication: 'sent', publicationDue: '2024-12-24' },
    { basis: '市场监管总局令第44号第十四条' },
  ),
  samr(
    '登记地公示后,列入期限仍自列入(送达)之日起算',
    {
      opened: '2024-11-25',
      decided: '2024-12-05',
      served: '2024-12-06',
      registeredIn: '220100',
      sentOn: '2024-12-10',
      publishedThere: '2024-12-20',
    },
    { publication: 'published', termStartsOn: '2024-12-06', termEndsOn: '2027-12-06' },
    { basis: '市场监管总局令第44号第十四条' },
  ),
  samr(
    '列入满一年方可申请提前移出',
    { ...listed2024, corrected: '2024-12-02', asked: '2025-11-14' },
    { eligibleOn: '2025-11-15', refusal: 'listing.removal-too-early' },
  ),
  samr(
    '107号令施行后申请的,旧条目也按新程序:二个工作日受理',
    { ...listed2024, corrected: '2024-12-02', asked: '2026-01-05' },
    { version: '2021-09-01', acceptanceDue: '2026-01-07' },
    order107,
  ),
  samr(
    '施行前立案、施行后决定的,适用决定之日的规定',
    { opened: '2025-12-15', decided: '2025-12-26', served: '2025-12-29' },
    { version: '2025-12-25', termEndsOn: '2028-12-29' },
    order107,
  ),
  samr(
    '国家机关不适用',
    { opened: '2026-01-05', subject: 'government-body' },
    { refusal: 'listing.subject-kind-excluded' },
    order107,
  ),
  abnormal(
    '发现之日起十个工作日内决定,跨国庆节,含两个调休上班日',
    { opened: '2025-09-25', clockFrom: '2025-09-25' },
    { decisionDue: '2025-10-15', defenceUntil: null },
  ),
  abnormal(
    '履行义务前一直在列',
    { opened: '2025-09-25', decided: '2025-09-26', served: '2025-09-29' },
    { version: '2025-03-18', termEndsOn: null },
  ),
  abnormal(
    '认定有误的,条例三个工作日内更正,先于规定的五个工作日',
    { opened: '2025-09-25', decided: '2025-09-26', served: '2025-09-29', revoked: '2025-12-22' },
    { removalDue: '2025-12-25' },
  ),
  abnormal(
    '107号令施行后二个工作日',
    { opened: '2025-12-25', decided: '2025-12-26', served: '2025-12-29', revoked: '2026-01-05' },
    { version: '2025-12-25', removalDue: '2026-01-07' },
    order107,
  ),
  abnormal(
    '个体工商户标记,不列入',
    { opened: '2026-01-05', subject: 'individual-business' },
    { refusal: 'listing.subject-kind-excluded' },
    order107,
  ),
  customs('书面陈述申辩五个工作日', { opened: '2026-03-16' }, { defenceUntil: '2026-03-23' }, order251),
  customs(
    '旧规定下认定的,二年后自动恢复',
    { opened: '2025-06-03', decided: '2025-06-16', served: '2025-06-18' },
    { version: '2021-11-01', termEndsOn: '2027-06-18' },
    order251,
  ),
  customs(
    '旧规定期间告知、新规定施行后决定的,适用新规定:自送达起一年',
    { opened: '2026-03-23', decided: '2026-04-02', served: '2026-04-03' },
    { version: '2026-04-01', termStartsOn: '2026-04-03', termEndsOn: '2027-04-03' },
  ),
  customs(
    '未缴纳税款(第六项)的,满三个月方可申请调整',
    {
      opened: '2026-04-01',
      decided: '2026-04-13',
      served: '2026-04-14',
      corrected: '2026-04-20',
      asked: '2026-07-14',
    },
    { serious: false, eligibleOn: '2026-07-15', refusal: 'listing.removal-too-early' },
    { basis: '海关总署令第282号第二十九条' },
  ),
  customs(
    '处罚次数和金额(第三项)的,满六个月方可申请调整',
    {
      opened: '2026-04-01',
      decided: '2026-04-13',
      served: '2026-04-14',
      corrected: '2026-04-20',
      asked: '2026-10-14',
    },
    { serious: false, eligibleOn: '2026-10-15', refusal: 'listing.removal-too-early' },
    { conduct: 'customs.penalties', basis: '海关总署令第282号第二十九条' },
  ),
  customs(
    '走私的不得提前申请,一年内未再发生失信情形的自动恢复',
    {
      opened: '2026-04-01',
      decided: '2026-04-13',
      served: '2026-04-14',
      corrected: '2026-04-20',
      asked: '2026-10-14',
    },
    { serious: false, termEndsOn: '2027-04-14', refusal: 'listing.removal-not-provided' },
    { conduct: 'customs.smuggling', basis: '海关总署令第282号第二十九条' },
  ),
  customs(
    '失信企业不是严重失信主体:公示为海关等级,不进入“信用中国”的严重失信公示',
    { opened: '2026-04-01', decided: '2026-04-13', served: '2026-04-14', published: '2026-04-15' },
    { serious: false, publication: 'published', siteUntil: null },
    { conduct: 'customs.smuggling', basis: '海关总署令第282号第十二条、第十六条' },
  ),
  customs(
    '严重失信三年(期满重新确定等级),列入严重失信主体名单,“信用中国”公示至三年',
    { opened: '2026-04-01', decided: '2026-04-13', served: '2026-04-14', published: '2026-04-15' },
    { serious: true, termEndsOn: '2029-04-14', siteUntil: '2029-04-13' },
    { conduct: 'customs.serious', basis: '海关总署令第282号第十六条、第三十条、第三十五条' },
  ),
  proc(
    '罚款:自处罚之日起三年',
    { opened: '2025-03-03', penaltyOn: '2025-02-20', decided: '2025-03-11', served: '2025-03-12' },
    { termStartsOn: '2025-02-20', termEndsOn: '2028-02-20' },
    { conduct: 'proc.fine', basis: '财办库〔2014〕526号' },
  ),
  ...(
    [
      ['一', '2026-02-19'],
      ['二', '2027-02-19'],
      ['三', '2028-02-19'],
    ] as const
  ).map(([years, termEndsOn]) =>
    proc(
      `禁止${years}年的,记录随禁止期限届满而删除`,
      {
        opened: '2025-03-03',
        penaltyOn: '2025-02-20',
        decided: '2025-03-11',
        termEndsOn,
        served: '2025-03-12',
      },
      { termStartsOn: '2025-03-12', termEndsOn },
    ),
  ),
  proc(
    '禁止期限不得少于一年',
    { opened: '2025-03-03', penaltyOn: '2025-02-20', decided: '2025-03-11', termEndsOn: '2026-02-18' },
    { refusal: 'listing.ban-outside-law' },
  ),
  proc(
    '没有提前移出',
    {
      opened: '2025-03-03',
      penaltyOn: '2025-02-20',
      decided: '2025-03-11',
      termEndsOn: '2027-02-19',
      served: '2025-03-12',
      corrected: '2025-03-14',
      asked: '2025-03-17',
    },
    { refusal: 'listing.removal-not-provided' },
  ),
  ip(
    '管理措施一年,自决定之日起算',
    { opened: '2025-08-25', decided: '2025-08-29', served: '2025-09-01' },
    { termStartsOn: '2025-08-29', termEndsOn: '2026-08-29' },
  ),
  ip(
    '满六个月方可申请;8月29日起算的,末日为2月28日',
    {
      opened: '2025-08-25',
      decided: '2025-08-29',
      served: '2025-09-01',
      corrected: '2025-09-02',
      asked: '2026-02-28',
    },
    { eligibleOn: '2026-03-01', refusal: 'listing.removal-too-early' },
  ),
  csrc(
    '处罚类信息效力五年,自执行完毕之日起算',
    { opened: '2025-07-01', decided: '2025-07-02', termStartsOn: '2025-07-01', served: '2025-07-03' },
    { termStartsOn: '2025-07-01', termEndsOn: '2030-07-01' },
  ),
  csrc(
    '专项公示一年,自公示之日起算;效力期限不因停止公示而届满',
    {
      opened: '2025-07-01',
      decided: '2025-07-02',
      termStartsOn: '2025-07-01',
      served: '2025-07-03',
      published: '2025-07-04',
    },
    { publication: 'published', shownUntil: '2026-07-04', termEndsOn: '2030-07-01' },
  ),
  csrc(
    '执行完毕之日须载明',
    { opened: '2025-07-01', decided: '2025-07-02' },
    { refusal: 'listing.term-start-needed' },
    { conduct: 'csrc.grave' },
  ),
  csrc(
    '行政处罚、市场禁入和专项公示情形以外的违法失信信息,效力期限三年,不公示,依申请查询',
    {
      opened: '2025-07-01',
      decided: '2025-07-02',
      termStartsOn: '2025-07-01',
      served: '2025-07-03',
      published: '2025-07-04',
    },
    { termEndsOn: '2028-07-01', publication: 'none', refusal: 'listing.not-public' },
    { conduct: 'csrc.other', basis: '证监会令第139号第十三条至第十六条' },
  ),
  cpa(
    '暂停执业的二年,自决定之日起算',
    { opened: '2025-03-03', decided: '2025-03-12', served: '2025-03-13' },
    { defenceUntil: '2025-03-10', termStartsOn: '2025-03-12', termEndsOn: '2027-03-12' },
  ),
  cpa(
    '吊销执业许可的五年',
    { opened: '2025-03-03', decided: '2025-03-12', served: '2025-03-13' },
    { termEndsOn: '2030-03-12' },
    { conduct: 'cpa.licence' },
  ),
  cpa(
    '满一年方可申请',
    {
      opened: '2025-03-03',
      decided: '2025-03-12',
      served: '2025-03-13',
      corrected: '2025-04-01',
      asked: '2026-03-13',
    },
    { eligibleOn: '2026-03-14', refusal: 'listing.removal-too-early' },
  ),
];
