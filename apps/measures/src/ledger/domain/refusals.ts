import { defineRefusals } from '#kernel';

export const ledgerRefusals = defineRefusals({
  'measure.not-found': {
    kind: 'not-found',
    zh: '没有第 {no} 项措施',
    en: 'There is no measure {no}.',
    cureZh: '措施编号为 1 至 45',
    cureEn: 'Measures are numbered 1 to 45.',
  },
  'measure.not-named': {
    kind: 'forbidden',
    zh: '{unit} 不是第 {no} 项措施的牵头或责任单位',
    en: '{unit} is neither a lead nor a responsible unit of measure {no}.',
    cureZh: '由该措施的牵头单位或责任单位填报',
    cureEn: 'Have a lead or responsible unit of the measure report.',
  },
  'measure.collective-cannot-report': {
    kind: 'forbidden',
    zh: '{unit} 是统称,不能填报进展',
    en: '{unit} is a collective name and cannot report.',
    cureZh: '由其中的具体单位填报;未指定联系单位的,由牵头单位指定',
    cureEn: 'Have one of its units report; where none is designated, the lead unit designates one.',
  },
});
