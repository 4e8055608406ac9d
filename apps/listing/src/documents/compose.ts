import type { DocumentTemplate } from '#seeds';
import type { ListingCase } from '../domain/case/case.js';
import type { SiteLaw } from '../domain/repair/site-law.js';
import type { ListRules } from '../domain/rules/rules.js';
import { caseValues } from './case-values.js';
import { dateInWords } from './chinese.js';
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
}

/**
 * One letter of a case.
 *
 * @param no its number
 * @param more what only the platform knows: receipts and code of a certificate
 */
export function compose(
  { kind, on, values }: DueDocument,
  state: ListingCase,
  { unitName, list, templates, sites }: Sender,
  no: string,
  more: Values = {},
): Letter {
  const all = { ...caseValues(state, list, unitName, sites), ...values, ...more };
  const of = { no, signedBy: unitName, signedOn: dateInWords(on), caseNo: state.no };
  return fill(templateFor(templates, kind, state.listType, on), all, of);
}
