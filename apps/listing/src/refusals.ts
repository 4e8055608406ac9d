import { defineRefusals } from '#kernel';

/** Refusals of the shell: what is not there, or not the caller's. */
export const shellRefusals = defineRefusals({
  'listing.not-found': {
    kind: 'not-found',
    zh: '没有案件 {id}',
    en: 'There is no case {id}.',
    cureZh: '从 GET /api/listings 取得编号',
    cureEn: 'Take the id from GET /api/listings.',
  },
  'listing.list-type-unknown': {
    kind: 'invalid',
    zh: '没有名单类型 {listType}',
    en: 'There is no list type {listType}.',
    cureZh: '使用 GET /api/list-types 列出的类型',
    cureEn: 'Use a key that GET /api/list-types gives.',
  },
  'listing.list-type-not-in-force': {
    kind: 'conflict',
    zh: '名单 {listType} 在 {day} 没有有效的规定',
    en: 'No version of the list {listType} is in force on {day}.',
    cureZh: '核对规定的施行日期(GET /api/list-types/{listType})',
    cureEn: 'See from when to when its versions are valid (GET /api/list-types/{listType}).',
  },
  'listing.subject-unknown': {
    kind: 'not-found',
    zh: '没有主体 {subjectId};新登记的主体稍后可用',
    en: 'The subject {subjectId} is not known here; one registered a moment ago soon will be.',
    cureZh: '核对编号,或稍后重试',
    cureEn: 'Check the id, or repeat the request in a moment.',
  },
  'listing.record-unknown': {
    kind: 'not-found',
    zh: '没有信用信息 {recordId};新归集的信息稍后可用',
    en: 'The record {recordId} is not known here; one accepted a moment ago soon will be.',
    cureZh: '核对编号,或稍后重试',
    cureEn: 'Check the id, or repeat the request in a moment.',
  },
  'listing.addressee-unknown': {
    kind: 'invalid',
    zh: '没有单位 {unit}',
    en: 'There is no unit {unit} in the register.',
    cureZh: '使用已登记单位的编号',
    cureEn: 'Use the id of a registered unit.',
  },
  'listing.unit-unknown': {
    kind: 'forbidden',
    zh: '该账号不代表任何登记的单位',
    en: 'This login acts for no unit of the register.',
    cureZh: '使用单位账号',
    cureEn: 'Use the login of a unit.',
  },
  'listing.not-your-case': {
    kind: 'forbidden',
    zh: '该案件的当事人是另一主体',
    en: 'This case is about another subject than the one that this login acts for.',
    cureZh: '使用当事人本人的账号',
    cureEn: 'Use the login of the party itself.',
  },
  'listing.cursor-invalid': {
    kind: 'malformed',
    zh: '分页游标无效',
    en: 'The cursor is not one of this list.',
    cureZh: '原样使用上一页返回的 next',
    cureEn: 'Use next of the previous page as it was.',
  },
  'listing.purpose-missing': {
    kind: 'precondition-required',
    zh: '查阅自然人案卷或者导出案件须在 X-Purpose 请求头中说明目的和依据',
    en: 'The file of a natural person, and an export, need the header X-Purpose with purpose and legal basis.',
    cureZh: '以 X-Purpose 说明目的和依据(中文须按 UTF-8 百分号编码,2 至 200 字);查阅会被记录',
    cureEn: 'Send X-Purpose (percent-encoded UTF-8, 2 to 200 characters); every look is logged.',
  },
  'listing.register-busy': {
    kind: 'too-many',
    zh: '同时下载公示名单文件的人数已达上限',
    en: 'As many files of the register as can be read at once are being read.',
    cureZh: '稍后重试,或使用 GET /public/listings/changes',
    cureEn: 'Try again in a minute, or follow GET /public/listings/changes.',
  },
  'listing.search-too-short': {
    kind: 'invalid',
    zh: '按名称查询至少输入 {min} 个字',
    en: 'A search by name needs at least {min} characters.',
    cureZh: '输入更完整的名称,或按统一社会信用代码查询',
    cureEn: 'Give more of the name, or search by code.',
  },
});
