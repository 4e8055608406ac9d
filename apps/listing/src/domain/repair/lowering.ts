import type { LocalDate } from '#kernel';
import type { Ended, ListingCase } from '../case/case.js';
import { type Decider, removalConditionsOf, remediesOf } from '../procedure/decision-texts.js';
import type { Fact, FactOf } from '../case/facts.js';
import { conductOf, isSerious, type Rules } from '../rules/rules.js';
import { planTerm } from '../term/term.js';
import { publicationDueFrom } from '../term/time-limits.js';

/*
 * 严重失信 of customs does not go back to 常规 at one stroke (order 282 art. 30): on application, after a year, it
 * becomes 失信, for a year in which it cannot be asked to be changed again. The same decision that takes the
 * enterprise off the list of the seriously dishonest finds it 失信; that finding is an entry of its own, which
 * takes effect with its service (art. 45). Its own application stands in the place of a notice.
 */

/** The conduct as which the enterprise is found by the decision that let it go; null where the law lets go wholly. */
export function loweredTo(state: ListingCase, { today }: Rules): string | null {
  if (state.status !== 'ended' || state.end.kind !== 'early-removal') return null;
  return conductOf(today, state.conductKind)?.lowersTo ?? null;
}

/** Opened, and decided by those who verified and granted the request; it is served next. */
export interface Lowered {
  opened: FactOf<'opened'>;
  decided: Fact[];
}

/**
 * @param request the request that was granted, as it was before
 * @param names id and number of the new case, the deciding unit's name and who is above it
 */
export function lowered(
  former: Ended,
  request: { verifiedBy: Verifier; grantedBy: FactOf<'opened'>['by']; reasons: string },
  rules: Rules,
  names: { id: string; no: string; unitName: string; today: LocalDate; decider: Decider },
): Lowered {
  const list = rules.today;
  const { id, no, unitName, today, decider } = names;
  const conductKind = loweredTo(former, rules);
  if (conductKind === null) throw new Error(`case ${former.id} is not lowered to anything`);
  const { verifiedBy, grantedBy, reasons } = request;
  const file = { capacity: 'principal' as const, principal: null, companions: [], evidence: null };
  const dossier: FactOf<'opened'>['dossier'] = {
    id,
    no,
    listType: list.key,
    listName: list.name,
    serious: isSerious(list, conductKind),
    rulesVersion: list.version,
    subject: former.subject,
    department: former.department,
    conductKind,
    records: [],
    documents: [
      { no: `${former.no}-信用等级调整`, issuer: unitName, title: '信用等级调整决定', issuedOn: today },
    ],
    origin: { kind: 'hand', reason: `由${former.no}依申请调整信用等级` },
    file,
    publicStanding: null,
    openedOn: today,
    requestedBy: null,
    handlers: [verifiedBy.id],
    clockFrom: null,
    decisionDue: null,
    extension: null,
    basisQuestions: [],
    overdue: [],
  };
  const governed: Rules = { ...rules, list };
  const term = planTerm(list, { ...former, conductKind, file }, {}, today);
  return {
    opened: { type: 'opened', dossier, by: verifiedBy },
    decided: [
      { type: 'reviewed', review: { opinion: 'list', text: reasons, on: today, by: verifiedBy } },
      { type: 'approved', approval: { text: reasons, on: today, by: grantedBy } },
      {
        type: 'decided',
        decision: {
          no: `${no}-认定`,
          reasons,
          basis: [...list.basis],
          removalConditions: removalConditionsOf(governed, conductKind, term),
          remedies: remediesOf(list, decider),
          repairNoticeNo: `${no}-修复告知`,
          decidedOn: today,
          by: grantedBy,
          term,
        },
        listName: list.name,
        serious: isSerious(list, conductKind),
        rulesVersion: list.version,
        publicationDue: publicationDueFrom(governed, 'decision', today),
      },
    ],
  };
}

type Verifier = FactOf<'opened'>['by'];
