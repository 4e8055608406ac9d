import { defineRefusals } from '#kernel';

/** What can be wrong with a subject, or with the way somebody looks at it. Never with the number in it. */
export const subjectRefusals = defineRefusals({
  'subject.code-invalid': {
    kind: 'invalid',
    zh: '统一社会信用代码无效: {faultZh}',
    en: 'The unified social credit code is not valid: {fault}.',
    cureZh: '按营业执照或登记证书核对 18 位代码',
    cureEn: 'Compare the 18 characters with the licence or certificate.',
  },
  'subject.citizen-id-invalid': {
    kind: 'invalid',
    zh: '公民身份号码无效: {faultZh}',
    en: 'The citizen number is not valid: {fault}.',
    cureZh: '按身份证件核对 18 位号码',
    cureEn: 'Compare the 18 characters with the identity document.',
  },
  'subject.identity-missing': {
    kind: 'invalid',
    zh: '{kind} 类主体须提供 {field},且不提供另一种标识',
    en: 'A subject of the kind {kind} is known by {field}, and only by it.',
    cureZh: '组织提供 code(统一社会信用代码),自然人提供 citizenId(公民身份号码)',
    cureEn: 'Give code for an organisation and citizenId for a natural person.',
  },
  'subject.kind-differs': {
    kind: 'conflict',
    zh: '该代码已登记为 {kind}',
    en: 'This code is registered as {kind}.',
    cureZh: '核对主体类别;登记有误的,由登记单位更正',
    cureEn: 'Check the kind; a wrong registration is mended by the unit that made it.',
  },
  'subject.nothing-changed': {
    kind: 'invalid',
    zh: '没有需要更改的内容',
    en: 'Nothing differs from what is registered.',
    cureZh: '提供与登记不同的 name 或 region',
    cureEn: 'Give a name or region that differs.',
  },
  'subject.link-impossible': {
    kind: 'invalid',
    zh: '无法建立该关联',
    en: 'This link is not possible.',
    cureZh: '关联的一方须为组织,双方不同,截止日期不早于起始日期',
    cureEn:
      'The subject in the address is an organisation, the party is another subject, and until is not before since.',
  },
  'subject.purpose-missing': {
    kind: 'precondition-required',
    zh: '查询自然人信息须在 X-Purpose 请求头中说明目的和依据',
    en: 'Looking at a natural person needs the header X-Purpose with purpose and legal basis.',
    cureZh: '以 X-Purpose 说明目的和依据(中文须按 UTF-8 百分号编码,2 至 200 字);查询会被记录',
    cureEn: 'Send X-Purpose (percent-encoded UTF-8, 2 to 200 characters); every look is logged.',
  },
  'subject.citizen-id-in-address': {
    kind: 'malformed',
    zh: '公民身份号码不得出现在网址中',
    en: 'A citizen number must not stand in an address: addresses are logged on their way.',
    cureZh: '以 POST /api/subjects/match 在请求体中提交号码,再用返回的主体编号查询',
    cureEn: 'Send the number in the body of POST /api/subjects/match and use the subject id that it answers.',
  },
  'subject.not-own': {
    kind: 'forbidden',
    zh: '当事人只能查询自己的信用信息',
    en: 'A party sees only its own credit file.',
    cureZh: '使用本单位的统一社会信用代码查询',
    cureEn: "Ask for your own organisation's code.",
  },
});
