import { notReached, type ListingInForce, type NotReached, type RuleBook } from './allowed-actions.js';

/** Why a rule of the list ordered nothing for a case, in words. */
export const REACH_TEXTS: Readonly<Record<NotReached, { zh: string; en: string }>> = {
  'other-list': { zh: '该规则适用于其他名单', en: 'The rule is one of another list.' },
  'other-conduct': { zh: '该规则不适用于本案的失信行为', en: 'The rule is not for this kind of conduct.' },
  'other-subject-kind': {
    zh: '该规则不适用于此类主体',
    en: 'The rule is not for this kind of subject.',
  },
  'rule-not-valid-then': {
    zh: '该规则在列入生效之日不在有效期内',
    en: 'The rule was not valid on the day of effect.',
  },
  'reference-only': {
    zh: '该措施仅推送供参考,由接收单位自主决定',
    en: 'The measure is only passed on for reference; whoever receives it decides for itself.',
  },
  'not-in-catalogue-then': {
    zh: '该措施在列入生效之日不在有效的清单内',
    en: 'The measure was in no closed list that was valid on the day of effect.',
  },
  'class-c': {
    zh: '该措施属于由市场主体自主决定的第三类,不得下达',
    en: 'The measure is of class C, which is never ordered.',
  },
};

/** A rule of the list, and whether it reaches a case. */
export interface RuleReach {
  rule: string;
  measure: string;
  title: string;
  /** null = it reaches: its actions were ordered */
  why: { code: NotReached; zh: string; en: string } | null;
}

/**
 * Every version of every rule of the list, and why it does not reach the listing. A line that has no department in the
 * subject's city is no reason: the provincial one executes then.
 */
export function reachOf(listing: ListingInForce, { rules, catalogue }: RuleBook): RuleReach[] {
  return rules
    .filter(({ list }) => list === listing.listType)
    .map((rule) => {
      const code = notReached(rule, catalogue.get(rule.measure), listing);
      return {
        rule: rule.id,
        measure: rule.measure,
        title: rule.titleZh,
        why: code === null ? null : { code, ...REACH_TEXTS[code] },
      };
    });
}
