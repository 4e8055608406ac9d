import { defineRefusals } from '#kernel';

export const gradeRefusals = defineRefusals({
  'grade.not-found': {
    kind: 'not-found',
    zh: '没有 {subject} 的等级评价(截至 {asOf})',
    en: 'There is no grade of {subject} as of {asOf}.',
    cureZh: '核对统一社会信用代码或主体编号;自然人等未设评价模型的主体不评级',
    cureEn: 'Check the code or id; kinds of subject without a model (natural persons) are not graded.',
  },
  'grade.other-party': {
    kind: 'forbidden',
    zh: '只能查询本主体的等级',
    en: 'A party may read its own grade only.',
    cureZh: '使用本主体的统一社会信用代码查询',
    cureEn: 'Ask with the code for which this login acts.',
  },
  'grade.model-not-found': {
    kind: 'not-found',
    zh: '没有评价模型 {model}',
    en: 'There is no grade model {model}.',
    cureZh: '在 /api/grading/models 查看现有模型',
    cureEn: 'See /api/grading/models for the models.',
  },
});
