import { of } from './example.js';

const charity = of('CHARITY', { conduct: 'charity.annual-report', basis: '民政部令第60号' });
const socorg = of('SOCORG', { conduct: 'socorg.fine', basis: '民政部令第60号' });
const research = of('RESEARCH', {
  conduct: 'research.paper-trade',
  basis: '科学技术活动违规行为调查处理规定(2026-03-20)',
});
const rules2022 = { basis: '国科发监〔2022〕221号' };
const safety = of('SAFETY', { conduct: 'safety.major-accident', basis: '应急管理部令第11号' });
const soil = of('SOIL', { conduct: 'soil.watch', basis: '办水保〔2020〕157号' });
const stat = of('STAT', { conduct: 'stat.serious', basis: '国家统计局令第35号' });
const telecom = of('TELECOM', { conduct: 'telecom.criminal', basis: '反电信网络诈骗法第三十一条' });
const build = of('BUILD', { conduct: 'build.listed', basis: '建市〔2017〕241号' });
const organisation = { subject: 'social-organisation' } as const;

export const societySafetyScience = [
  charity(
    '陈述申辩十个工作日,跨春节,含两个调休上班日',
    { opened: '2025-01-20', ...organisation },
    { defenceUntil: '2025-02-08' },
  ),
  charity(
    '改正前一直在列',
    { opened: '2025-03-03', ...organisation, decided: '2025-03-18', served: '2025-03-19' },
    { termEndsOn: null },
  ),
  charity(
    '认定有误的,条例三个工作日内更正,先于名单的五个工作日',
    {
      opened: '2025-03-03',
      ...organisation,
      decided: '2025-03-18',
      served: '2025-03-19',
      revoked: '2025-06-30',
    },
    { removalDue: '2025-07-03' },
  ),
  socorg(
    '满二年,依申请移出,不自动届满',
    {
      opened: '2024-03-04',
      ...organisation,
      decided: '2024-03-28',
      served: '2024-03-29',
      corrected: '2024-06-03',
      asked: '2026-03-29',
    },
    { termEndsOn: '2026-03-29', eligibleOn: '2026-03-30', refusal: 'listing.removal-too-early' },
  ),
  socorg('企业不适用', { opened: '2025-03-03' }, { refusal: 'listing.subject-kind-excluded' }),
  research(
    '受理之日起六个月内决定;8月31日受理的,末日2月28日是调休上班的周六',
    { opened: '2025-09-01', clockFrom: '2025-08-31' },
    { version: '2022-08-25', decisionDue: '2026-02-28' },
    rules2022,
  ),
  research(
    '旧规定没有延长(未核对)',
    { opened: '2025-09-01', clockFrom: '2025-08-31', extended: true },
    { refusal: 'listing.extension-not-provided' },
    rules2022,
  ),
  research(
    '实施单位未影响主要任务的,二年内,自送达之日起算',
    { opened: '2026-04-07', decided: '2026-04-15', termMonths: 24, gravity: 'limited', served: '2026-04-16' },
    { version: '2026-03-20', termStartsOn: '2026-04-16', termEndsOn: '2028-04-16' },
    { basis: '科学技术活动违规行为调查处理规定第十六条、第四十二条' },
  ),
  research(
    '处理决定前的暂停活动期限折抵:载明截止日',
    {
      opened: '2026-04-07',
      decided: '2026-04-15',
      termEndsOn: '2028-01-14',
      gravity: 'limited',
      served: '2026-04-16',
    },
    { termStartsOn: '2026-04-16', termEndsOn: '2028-01-14' },
    { basis: '科学技术活动违规行为调查处理规定第四十二条' },
  ),
  research(
    '实施单位未影响主要任务的,不得超过二年',
    { opened: '2026-04-07', decided: '2026-04-15', termMonths: 25, gravity: 'limited' },
    { refusal: 'listing.term-outside-band' },
    { basis: '科学技术活动违规行为调查处理规定第十六条' },
  ),
  research(
    '科学技术人员未影响主要任务的,三年内(含三年)',
    {
      opened: '2026-04-07',
      subject: 'natural-person',
      bornOn: '1980-05-05',
      decided: '2026-04-15',
      termMonths: 36,
      gravity: 'limited',
      served: '2026-04-16',
    },
    { termEndsOn: '2029-04-16' },
    { basis: '科学技术活动违规行为调查处理规定第十八条' },
  ),
  research(
    '造成特别严重负面影响的,可以永久禁止:没有届满日',
    {
      opened: '2026-04-07',
      subject: 'natural-person',
      bornOn: '1980-05-05',
      decided: '2026-04-15',
      permanent: true,
      gravity: 'grave',
      served: '2026-04-16',
    },
    { serious: true, termStartsOn: '2026-04-16', termEndsOn: null },
    { basis: '科学技术活动违规行为调查处理规定第十八条' },
  ),
  research(
    '五年以下的情节不得永久禁止',
    { opened: '2026-04-07', decided: '2026-04-15', permanent: true, gravity: 'serious' },
    { refusal: 'listing.term-outside-band' },
    { basis: '科学技术活动违规行为调查处理规定第十六条' },
  ),
  research(
    '延长六个月至没有日历的年份的,拒绝计算而不是推测',
    { opened: '2026-08-03', clockFrom: '2026-07-31', extended: true },
    { refusal: 'calendar.year-unknown' },
  ),
  safety(
    '列入期限三年,自决定之日起算(未核对)',
    { opened: '2025-03-03', decided: '2025-03-11', served: '2025-03-12' },
    { termStartsOn: '2025-03-11', termEndsOn: '2028-03-11' },
  ),
  safety(
    '列入满十二个月方可申请',
    {
      opened: '2025-03-03',
      decided: '2025-03-11',
      served: '2025-03-12',
      corrected: '2025-04-01',
      asked: '2026-03-12',
    },
    { eligibleOn: '2026-03-13', refusal: 'listing.removal-too-early' },
  ),
  soil(
    '重点关注名单一年',
    { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11' },
    { termEndsOn: '2026-03-10' },
  ),
  soil(
    '黑名单三年',
    { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11' },
    { termEndsOn: '2028-03-10' },
    { conduct: 'soil.blacklist' },
  ),
  stat(
    '决定之日起二十个工作日内公示,跨清明节',
    { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11' },
    { publicationDue: '2025-04-08' },
  ),
  stat(
    '公示一年,自公示之日起算',
    { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11', published: '2025-03-20' },
    { termStartsOn: '2025-03-20', termEndsOn: '2026-03-20' },
  ),
  stat(
    '公示满六个月方可申请',
    {
      opened: '2025-03-03',
      decided: '2025-03-10',
      served: '2025-03-11',
      published: '2025-03-20',
      corrected: '2025-04-01',
      asked: '2025-09-20',
    },
    { eligibleOn: '2025-09-21', refusal: 'listing.removal-too-early' },
  ),
  telecom(
    '刑事处罚的三年,自刑满之日起算',
    { opened: '2026-03-02', decided: '2026-03-09', termStartsOn: '2026-06-30', served: '2026-03-10' },
    { defenceUntil: null, termStartsOn: '2026-06-30', termEndsOn: '2029-06-30', serious: true },
    { basis: '反电信网络诈骗法第三十一条;联合惩戒办法第九条第一项、第十条' },
  ),
  telecom(
    '公安机关认定的二年,不列入严重失信主体名单,不公示',
    { opened: '2026-03-02', decided: '2026-03-09', served: '2026-03-10', published: '2026-03-11' },
    { termEndsOn: '2028-03-09', serious: false, publication: 'none', refusal: 'listing.not-public' },
    { conduct: 'telecom.police-finding', basis: '反电信网络诈骗法第三十一条;联合惩戒办法第九条第二项' },
  ),
  telecom(
    '惩戒期限内再次被认定的,期限累计执行',
    {
      opened: '2026-03-02',
      earlierFrom: '2025-01-13',
      earlierUntil: '2027-01-13',
      decided: '2026-03-09',
      served: '2026-03-10',
    },
    { inForceOn: '2026-03-10', termStartsOn: '2027-01-13', termEndsOn: '2029-01-13' },
    { conduct: 'telecom.police-finding', basis: '联合惩戒办法第十条第三款' },
  ),
  telecom(
    '累计执行的,连续不得超过五年',
    {
      opened: '2026-03-02',
      earlierFrom: '2025-01-13',
      earlierUntil: '2029-01-13',
      decided: '2026-03-09',
      served: '2026-03-10',
    },
    { termStartsOn: '2029-01-13', termEndsOn: '2030-01-13' },
    { conduct: 'telecom.police-finding', basis: '联合惩戒办法第十条第三款' },
  ),
  telecom(
    '此前期限已经届满的,不累计',
    {
      opened: '2026-03-02',
      earlierFrom: '2025-01-13',
      earlierUntil: '2026-01-13',
      decided: '2026-03-09',
      served: '2026-03-10',
    },
    { termStartsOn: '2026-03-09', termEndsOn: '2028-03-09' },
    { conduct: 'telecom.police-finding', basis: '联合惩戒办法第十条' },
  ),
  build(
    '一年,自决定之日起算',
    { opened: '2025-03-03', decided: '2025-03-10', served: '2025-03-11' },
    { termEndsOn: '2026-03-10' },
  ),
  build(
    '公告送达:自发出公告之日起经过三十日',
    { opened: '2025-03-03', decided: '2025-03-10', announced: '2025-03-10' },
    { inForceOn: '2025-04-09', termEndsOn: '2026-03-10' },
    { basis: '民事诉讼法第九十五条;建市〔2017〕241号' },
  ),
];
