import { defineRefusals } from '#kernel';

export const identityRefusals = defineRefusals({
  'identity.unit-unknown': {
    kind: 'not-found',
    zh: '没有单位 {unit}',
    en: 'There is no unit {unit}.',
    cureZh: '用 GET /api/units 查询单位编号',
    cureEn: 'Look the id up with GET /api/units.',
  },
  'identity.day-invalid': {
    kind: 'invalid',
    zh: '{value} 不是有效日期',
    en: '{value} is not a date that exists.',
    cureZh: '使用 YYYY-MM-DD',
    cureEn: 'Write it as YYYY-MM-DD.',
  },
  'identity.party-code-invalid': {
    kind: 'invalid',
    zh: '统一社会信用代码无效({fault})',
    en: 'The unified social credit code is not valid ({fault}).',
    cureZh: '核对 18 位统一社会信用代码;自然人暂不能在此开户',
    cureEn: 'Check the 18 characters against the certificate; natural persons get no login here yet.',
  },
  'identity.other-issuer': {
    kind: 'conflict',
    zh: '登录账号由 {issuer} 管理',
    en: 'Logins are kept by {issuer}.',
    cureZh: '在该身份服务中为当事人开户,并设置 roles=["party"] 与 party 声明',
    cureEn: 'Make the login there, with the claims roles=["party"] and party=<credit code>.',
  },
});
