import { defineRefusals } from '#kernel';

export const exportRefusals = defineRefusals({
  'export.purpose-missing': {
    kind: 'precondition-required',
    zh: '导出须在 X-Purpose 请求头中说明用途和依据',
    en: 'An export needs the header X-Purpose with purpose and legal basis.',
    cureZh: '以 X-Purpose 说明用途和依据(中文须按 UTF-8 百分号编码,2 至 200 字);导出会被记录',
    cureEn: 'Send X-Purpose (percent-encoded UTF-8, 2 to 200 characters); every export is logged.',
  },
});
