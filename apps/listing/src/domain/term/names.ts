import type { TermStart } from '../rules/rules.js';

/** How Chinese texts call the day from which a term runs; of a decision that is about to be made or told. */
export const TERM_START_ZH: Readonly<Record<TermStart, string>> = {
  decision: '作出本决定之日',
  listing: '列入之日',
  publication: '公示之日',
  penalty: '行政处罚决定作出之日',
  service: '本决定送达之日',
  performance: '义务履行完毕之日',
  'sentence-end': '刑罚执行完毕之日',
};
