import { defineRefusals } from '#kernel';

/**
 * What can be wrong with a record. The same codes answer a single push and a row of a file. Facts name
 * fields, places and rules, never the value of a field: it may be an identity number.
 */
export const recordRefusals = defineRefusals({
  'record.type-unknown': {
    kind: 'invalid',
    zh: '信用信息目录中没有 {type} 类信息',
    en: 'The catalogue has no record type {type}.',
    cureZh: '使用 GET /api/record-types 列出的类型',
    cureEn: 'Use one of the types that GET /api/record-types lists.',
  },
  'record.field-required': {
    kind: 'invalid',
    zh: '缺少必填项 {field}({name})',
    en: '{field} is required.',
    cureZh: '按决定书补填 {field}',
    cureEn: 'Fill in {field} as it stands in the document.',
  },
  'record.field-unknown': {
    kind: 'invalid',
    zh: '目录中没有 {field} 这一项',
    en: 'The catalogue entry has no field {field}.',
    cureZh: '删除该项,或使用 GET /api/record-types 列出的字段名',
    cureEn: 'Remove it, or use a field name that GET /api/record-types lists.',
  },
  'record.field-format': {
    kind: 'invalid',
    zh: '{field}({name})格式不符',
    en: '{field} does not have the form that its catalogue entry asks for.',
    cureZh: '{hintZh}',
    cureEn: '{hint}',
  },
  'record.field-choice': {
    kind: 'invalid',
    zh: '{field}({name})不是允许的取值',
    en: '{field} is not one of the allowed values.',
    cureZh: '使用以下取值之一: {allowed}',
    cureEn: 'Use one of: {allowed}.',
  },
  'record.field-too-long': {
    kind: 'invalid',
    zh: '{field}({name})超过 {limit} 个字符',
    en: '{field} is longer than {limit} characters.',
    cureZh: '缩短至 {limit} 个字符以内',
    cureEn: 'Shorten it to {limit} characters.',
  },
  'record.field-range': {
    kind: 'invalid',
    zh: '{field}({name})超出允许范围',
    en: '{field} is outside the allowed range.',
    cureZh: '检查数值和单位(罚没金额以万元计)',
    cureEn: 'Check the number and its unit (fines are given in 10,000 yuan).',
  },
  'record.field-revoked': {
    kind: 'invalid',
    zh: '{field}({name})表明该决定已撤销',
    en: '{field} says that the decision was revoked.',
    cureZh: '已撤销的决定不再归集;曾经报送的,以 POST /api/records/编号/withdrawal 撤回',
    cureEn:
      'A revoked decision is not collected. If it was sent before, withdraw it (POST /api/records/{id}/withdrawal).',
  },
  'record.field-characters': {
    kind: 'invalid',
    zh: '{field} 含有 NUL 或不成对的代理字符',
    en: '{field} has a NUL character or a lone surrogate.',
    cureZh: '清除该字符',
    cureEn: 'Remove the character.',
  },
  'record.change-in-future': {
    kind: 'invalid',
    zh: '撤销、变更依据的日期 {changedOn} 不能晚于今天({today})',
    en: 'The basis cannot have changed on {changedOn}, after today ({today}).',
    cureZh: '填写撤销、变更决定的日期',
    cureEn: 'Give the day of the decision that changed it.',
  },
  'record.date-in-future': {
    kind: 'invalid',
    zh: '{field}({name})晚于今天 {today}',
    en: '{field} lies after today, {today}.',
    cureZh: '按决定书核对日期',
    cureEn: 'Compare the date with the document.',
  },
  'record.credit-code-length': {
    kind: 'invalid',
    zh: '{field} 的统一社会信用代码有 {length} 个字符,应为 18 个',
    en: 'The unified social credit code in {field} has {length} characters instead of 18.',
    cureZh: '按营业执照或登记证书核对代码',
    cureEn: 'Compare the code with the licence or certificate.',
  },
  'record.credit-code-alphabet': {
    kind: 'invalid',
    zh: '{field} 的统一社会信用代码第 {position} 位不允许使用该字符',
    en: 'Position {position} of the unified social credit code in {field} has a character that codes do not use.',
    cureZh: '代码只用数字和大写字母,不含 I、O、S、V、Z;第 3 至 8 位为数字',
    cureEn: 'Codes use digits and capital letters without I, O, S, V and Z; positions 3 to 8 are digits.',
  },
  'record.credit-code-check-character': {
    kind: 'invalid',
    zh: '{field} 的统一社会信用代码校验位(第 18 位)不符',
    en: 'The check character (position 18) of the unified social credit code in {field} does not fit the code.',
    cureZh: '按营业执照或登记证书核对整个代码',
    cureEn: 'Compare the whole code with the licence or certificate: one of its characters is wrong.',
  },
  'record.credit-code-organisation-check': {
    kind: 'invalid',
    zh: '{field} 的统一社会信用代码中组织机构代码校验位(第 17 位)不符',
    en: 'Position 17 of the unified social credit code in {field}, the check of the organisation code inside, does not fit.',
    cureZh: '按营业执照或登记证书核对整个代码',
    cureEn: 'Compare the whole code with the licence or certificate: one of its characters is wrong.',
  },
  'record.citizen-id-invalid': {
    kind: 'invalid',
    zh: '{field} 不是有效的公民身份号码({faultZh})',
    en: '{field} is not a valid citizen number ({fault}).',
    cureZh: '按身份证件核对号码',
    cureEn: 'Compare the number with the identity document.',
  },
  'record.document-type-unsupported': {
    kind: 'invalid',
    zh: '自然人须以公民身份号码标识,{field} 为其他证件',
    en: 'A natural person is identified by the citizen number; {field} names another document.',
    cureZh: '填报公民身份号码或港澳台居民居住证号码;其他证件暂不归集',
    cureEn: 'Give the citizen number or the number of a residence permit; other documents are not collected.',
  },
  'record.subject-ambiguous': {
    kind: 'invalid',
    zh: '{field} 与行政相对人类别不符',
    en: '{field} does not fit the category of the subject.',
    cureZh: '自然人填报身份号码,其他主体填报统一社会信用代码,不同时填报',
    cureEn:
      'A natural person has a citizen number and no credit code; every other subject has a credit code.',
  },
  'record.conflicting-duplicate': {
    kind: 'conflict',
    zh: '同一文书({documentNo})已有内容不同的信息',
    en: 'A record of the same document ({documentNo}) with other content is already there.',
    cureZh: '核对文书;需要更改的,先撤回原信息(POST /api/records/编号/withdrawal)再报送',
    cureEn:
      'Compare with the document. To change the record, withdraw it first (POST /api/records/{id}/withdrawal) and send it again.',
  },
  'record.was-withdrawn': {
    kind: 'conflict',
    zh: '该文书({documentNo})的信息已于 {withdrawnOn} 撤回,不再归集',
    en: 'The record of this document ({documentNo}) was withdrawn on {withdrawnOn} and is not taken again.',
    cureZh: '重新作出的决定应有新的文号;报送有误而撤回的,改正后报送',
    cureEn:
      'A new decision has a number of its own. What was withdrawn as a mistake may come again once it is mended.',
  },
  'record.already-withdrawn': {
    kind: 'conflict',
    zh: '该信息已于 {withdrawnOn} 撤回',
    en: 'The record was withdrawn on {withdrawnOn}.',
    cureZh: '无需再次撤回',
    cureEn: 'Nothing is left to do.',
  },
  'record.provider-missing': {
    kind: 'forbidden',
    zh: '令牌未载明所属单位,不能报送信息',
    en: 'The token names no unit, so nobody would answer for the record.',
    cureZh: '使用所属单位的系统账号',
    cureEn: 'Use the system account of the unit that made or holds the decision.',
  },
});
