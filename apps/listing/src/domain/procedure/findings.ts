import type { ListingCase } from '../case/case.js';
import type { Finding, FindingRule } from './finding.js';
import { listingRefusals } from '../case/refusals.js';
import type { ListRules } from '../rules/rules.js';

/*
 * What must be found before the list may take somebody in: of the court list none of the four cases of 法释〔2017〕7号 art.
 * 3, of the government list that it was urged and refused (发改财金〔2023〕1103号). A person finds it, in the review.
 */

/** What the review of a case must find; of a file once, with the principal. */
export function findingsAsked(
  { findings = [] }: Pick<ListRules, 'findings'>,
  { conductKind, subject, file }: Pick<ListingCase, 'conductKind' | 'subject' | 'file'>,
): FindingRule[] {
  if (file.capacity !== 'principal') return [];
  return findings.filter(
    ({ kinds, subjectKinds }) =>
      (kinds?.includes(conductKind) ?? true) && (subjectKinds?.includes(subject.kind) ?? true),
  );
}

/** @throws Refusal `listing.findings-missing` with the codes, `listing.finding-against` with the first that stands against it */
export function refuseAgainst(
  list: ListRules,
  state: Pick<ListingCase, 'conductKind' | 'subject' | 'file'>,
  findings: readonly Finding[],
): void {
  const asked = findingsAsked(list, state);
  const missing = asked.filter(({ code }) => !findings.some((one) => one.code === code));
  if (missing.length > 0) {
    const facts = {
      findings: missing.map(({ code }) => code).join(', '),
      findingsZh: missing.map(({ zh }) => zh).join(';'),
    };
    throw listingRefusals.refusal('listing.findings-missing', facts, 'findings');
  }
  for (const { code, zh, en, against, asARule } of asked) {
    const { found, reasons } = findings.find((one) => one.code === code)!;
    const excepted = asARule === true && Boolean(reasons?.trim());
    if (found === (against === 'found') && !excepted) {
      const facts = { finding: code, findingZh: zh, findingEn: en, found, foundZh: found ? '是' : '否' };
      throw listingRefusals.refusal('listing.finding-against', facts, 'findings');
    }
  }
}
