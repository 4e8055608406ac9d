import type { LocalDate } from '#kernel';
import { type DocumentTemplate, type ListObjectionRule, validOn } from '#seeds';
import type { ListingCase } from '../domain/case/case.js';
import type { SiteLaw } from '../domain/repair/site-law.js';
import type { ListRules } from '../domain/rules/rules.js';
import { caseValues } from './case-values.js';
import { basisInWords, dateInWords } from './chinese.js';
import type { DueDocument } from './due-documents.js';
import { fill, type Letter, type Values } from './letter.js';
import { templateFor } from './templates.js';

export interface Sender {
  unitName: string;
  /** The version of the list's rules that governs the case. */
  list: ListRules;
  templates: readonly DocumentTemplate[];
  /** Rules of 信用中国, of every version. */
  sites: readonly SiteLaw[];
  /** Rules on objections of the lists that have their own. */
  objections: readonly ListObjectionRule[];
}

/**
 * One letter of a case.
 *
 * @param no its number
 * @param more what only the platform knows: receipts, code and address of a certificate
 */
export function compose(
  { kind, on, values }: DueDocument,
  state: ListingCase,
  { unitName, list, templates, sites, objections }: Sender,
  no: string,
  more: Values = {},
): Letter {
  const objectionBasis = basisOfObjection(objections, state.listType, values, on);
  const all = { ...caseValues(state, list, unitName, sites), objectionBasis, ...values, ...more };
  const of = { no, signedBy: unitName, signedOn: dateInWords(on), caseNo: state.no };
  const letter = fill(templateFor(templates, kind, state.listType, on), all, of);
  return typeof more['verifyAt'] === 'string' ? { ...letter, verifyAt: more['verifyAt'] } : letter;
}

/** The list's own rule on such an objection, as it stood when the objection was received; else the ordinance's. */
function basisOfObjection(
  rules: readonly ListObjectionRule[],
  listType: string,
  { objectionTo, objectionReceivedOn }: Values,
  on: LocalDate,
): string[] {
  const day = typeof objectionReceivedOn === 'string' ? objectionReceivedOn : on;
  const own = rules.find(
    (rule) =>
      rule.list === listType && validOn(rule, day) && rule.about.some((about) => about === objectionTo),
  );
  return (own?.basis ?? [{ instrument: '黑龙江省社会信用条例', article: '35, 39' }]).map(basisInWords);
}
