import { isUnit } from '../oversight/oversight.js';
import type { LocalDate } from '#kernel';
import { hearingOf, type ListingCase } from './case.js';
import { stands } from '../basis/standing.js';
import type { Circumstances } from './commands.js';
import type { Condition } from './lifecycle.js';
import { hearingRequestUntil, oralHearingOf } from '../procedure/oral-hearing.js';
import { listingRefusals } from './refusals.js';
import { isStay, type RepairRequest } from '../repair/entry.js';
import { tookIn } from '../repair/handed-in.js';
import { repairRefusals } from '../repair/refusals.js';
import { askableOnSite } from '../repair/site-clock.js';
import { siteClock, siteLawOn } from '../repair/site-law.js';
import { stayOf } from '../repair/staying.js';
import {
  heldBackWhenPaid,
  isPublic,
  noticePrescribed,
  removalProvided,
  type Rules,
  type UnitLevel,
} from '../rules/rules.js';
import { countsFromStatedDay } from '../term/time-limits.js';
import type { Notice } from '../procedure/told.js';
import { LEVEL_ZH } from '../procedure/names.js';

/** What a condition of the lifecycle table looks at: never the content of the command. */
export interface Look {
  state: ListingCase;
  rules: Rules;
  circumstances: Circumstances;
}

/** Each condition returns when it holds and throws its refusal when it does not. */
export const CONDITIONS: Readonly<Record<Condition, (look: Look) => void>> = {
  'notice-prescribed': ({ state, rules }) => {
    if (!noticePrescribed(rules.list))
      throw listingRefusals.refusal('listing.notice-not-prescribed', names(state));
  },
  'notice-not-prescribed': ({ rules }) => {
    if (noticePrescribed(rules.list)) throw listingRefusals.refusal('listing.notice-missing');
  },
  'defence-step': ({ state, rules }) => {
    if (!rules.list.steps.defence)
      throw listingRefusals.refusal('listing.defence-not-prescribed', names(state));
  },
  'within-defence': ({ state, circumstances }) => {
    const until = defenceLimit(state);
    if (until !== null && circumstances.today > until) {
      throw listingRefusals.refusal('listing.defence-over', { defenceUntil: until });
    }
  },
  // A defence once stated does not shorten the period: the party may add to it until its last day.
  'defence-over': ({ state, circumstances }) => {
    const until = defenceLimit(state);
    if (until !== null && circumstances.today <= until) {
      throw listingRefusals.refusal('listing.defence-open', { defenceUntil: until });
    }
  },
  // By public notice it is served thirty days later; a list without defence step has no other day to wait for.
  'notice-served': ({ state, circumstances }) => {
    const { notice } = hearingOf(state);
    if (notice && circumstances.today < notice.servedOn)
      throw listingRefusals.refusal('listing.notice-not-served', { servedOn: notice.servedOn });
  },
  'hearing-time-over': ({ state, rules, circumstances }) => {
    const until = oralHearingOf(state) ? null : hearingRequestUntil(state, rules);
    if (until !== null && circumstances.today <= until)
      throw listingRefusals.refusal('listing.hearing-time-open', { until });
  },
  'second-person': ({ state, circumstances }) => {
    if (state.handlers.includes(circumstances.actor.id))
      throw listingRefusals.refusal('listing.second-person');
  },
  'third-person': ({ state, circumstances: { actor } }) => {
    const reviewer = 'review' in state ? state.review.by.id : null;
    if (state.handlers.includes(actor.id) || reviewer === actor.id)
      throw listingRefusals.refusal('listing.third-person');
  },
  'opinion-for-listing': ({ state }) => {
    if ('review' in state && state.review.opinion === 'do-not-list') {
      throw listingRefusals.refusal('listing.opinion-against');
    }
  },
  'consent-demanded': ({ state, rules, circumstances }) => {
    if (!consentDemanded(rules, circumstances))
      throw listingRefusals.refusal('listing.consent-not-demanded', names(state));
  },
  'consent-given': ({ state, rules, circumstances }) => {
    const given = 'consent' in state && state.consent?.granted === true;
    if (consentDemanded(rules, circumstances) && !given) {
      throw listingRefusals.refusal('listing.consent-missing', { superior: circumstances.owner.superior });
    }
  },
  'not-yet-served': ({ state }) => {
    if ('service' in state && state.service) {
      throw listingRefusals.refusal('listing.already-served', { servedOn: state.service.servedOn });
    }
  },
  'public-list': ({ state, rules }) => {
    if (!isPublic(rules.list, state.conductKind))
      throw listingRefusals.refusal('listing.not-public', names(state));
  },
  'not-published': ({ state }) => {
    if ('publication' in state && state.publication.status === 'published') {
      throw listingRefusals.refusal('listing.already-published', {
        publishedOn: state.publication.publishedOn,
      });
    }
    if ('publication' in state && state.publication.status === 'sent') {
      const { sentOn, to } = state.publication;
      throw listingRefusals.refusal('listing.publication-sent-already', { sentOn, to });
    }
    if ('publication' in state && state.publication.status === 'ended') {
      const { publishedOn, endedOn } = state.publication;
      throw listingRefusals.refusal('listing.publication-over', { publishedOn, endedOn });
    }
  },
  'publication-sent': ({ state }) => {
    if (!('publication' in state) || state.publication.status !== 'sent')
      throw listingRefusals.refusal('listing.publication-not-sent');
  },
  'hearing-provided': ({ state, rules }) => {
    if (!rules.list.steps.hearing)
      throw listingRefusals.refusal('listing.hearing-not-provided', names(state));
  },
  'within-hearing-request': ({ state, rules, circumstances }) => {
    const until = hearingRequestUntil(state, rules);
    if (until !== null && circumstances.today > until)
      throw listingRefusals.refusal('listing.hearing-request-over', { until });
  },
  'no-hearing-yet': ({ state }) => {
    const hearing = oralHearingOf(state);
    if (hearing)
      throw listingRefusals.refusal('listing.hearing-requested-already', { on: hearing.requestedOn });
  },
  'hearing-open': ({ state }) => {
    const hearing = oralHearingOf(state);
    if (!hearing) throw listingRefusals.refusal('listing.hearing-not-requested');
    if (hearing.result) throw listingRefusals.refusal('listing.hearing-closed', { on: hearing.result.on });
  },
  // 行政处罚法 art. 65: what follows is decided on the minutes of the hearing.
  'hearing-over': ({ state }) => {
    const hearing = oralHearingOf(state);
    if (hearing && !hearing.result)
      throw listingRefusals.refusal('listing.hearing-outstanding', { requestedOn: hearing.requestedOn });
  },
  'extension-provided': ({ state, rules }) => {
    if (!rules.list.decision?.extension || state.decisionDue === null)
      throw listingRefusals.refusal('listing.extension-not-provided', names(state));
  },
  'not-extended': ({ state }) => {
    if (state.extension)
      throw listingRefusals.refusal('listing.extended-already', { decisionDue: state.decisionDue });
  },
  'before-decision-due': ({ state, circumstances }) => {
    if (state.decisionDue !== null && circumstances.today > state.decisionDue)
      throw listingRefusals.refusal('listing.extension-too-late', { decisionDue: state.decisionDue });
  },
  'clock-from-a-day': ({ state, rules }) => {
    if (!countsFromStatedDay(rules.list))
      throw listingRefusals.refusal('listing.clock-start-not-provided', names(state));
  },
  'reminder-provided': ({ state, rules }) => {
    if (!rules.procedure.reminder || rules.list.steps.riskWarning)
      throw listingRefusals.refusal('listing.reminder-not-provided', names(state));
  },
  'not-held-back': ({ state }) => {
    const publication = 'publication' in state ? state.publication : null;
    if (publication?.status !== 'held-back') return;
    const { ground, until } = publication;
    throw listingRefusals.refusal(until ? 'listing.in-grace' : 'listing.held-back', { ground, until });
  },
  'held-back-when-paid': ({ state, rules }) => {
    if (!heldBackWhenPaid(rules.list, state.conductKind))
      throw listingRefusals.refusal('listing.hold-back-not-provided', names(state));
  },
  'public-standing': ({ state, rules }) => {
    if (state.publicStanding === null || !rules.procedure.oversight)
      throw listingRefusals.refusal('listing.oversight-not-provided', { no: state.no });
  },
  'letter-open': ({ state }) => {
    const open = 'oversight' in state && state.oversight.letters.some((letter) => letter.answer === null);
    if (!open) throw listingRefusals.refusal('listing.letter-none-open');
  },
  'told-above': ({ state }) => {
    const told = 'oversight' in state && state.oversight.letters.length > 0;
    if (!told) throw listingRefusals.refusal('listing.letter-first');
  },
  'public-unit': ({ state }) => {
    if (!isUnit(state.publicStanding))
      throw listingRefusals.refusal('listing.oversight-of-units', { no: state.no });
  },
  'order-open': ({ state }) => {
    const order = 'oversight' in state ? state.oversight.order : null;
    if (!order) throw listingRefusals.refusal('listing.order-first');
    if (order.performed)
      throw listingRefusals.refusal('listing.order-performed', { performedOn: order.performed.on });
  },
  'lifting-urged': ({ state }) => {
    const urged = 'end' in state ? (state.end.urged ?? []) : [];
    if (urged.every(({ answer }) => answer !== null))
      throw listingRefusals.refusal('listing.nothing-urged', { no: state.no });
  },
  'order-missed': ({ state, circumstances }) => {
    const order = 'oversight' in state ? state.oversight.order : null;
    if (!order) throw listingRefusals.refusal('listing.order-first');
    if (order.performed && order.performed.on <= order.performBy)
      throw listingRefusals.refusal('listing.order-performed', { performedOn: order.performed.on });
    if (circumstances.today <= order.performBy)
      throw listingRefusals.refusal('listing.order-running', { performBy: order.performBy });
  },
  interviewed: ({ state }) => {
    const held = 'oversight' in state && state.oversight.interviews.length > 0;
    if (!held) throw listingRefusals.refusal('listing.interview-first');
  },
  'removal-provided': ({ state, rules }) => {
    const ways = removalProvided(rules, state.conductKind);
    if (!ways) {
      const endsOn = 'term' in state ? state.term.endsOn : null;
      throw repairRefusals.refusal('listing.removal-not-provided', { ...names(state), endsOn });
    }
  },
  'plan-lifting-provided': ({ rules, circumstances }) => {
    if (!siteClock(siteLawOn(rules.sites, circumstances.today), 'bankruptcy'))
      throw repairRefusals.refusal('listing.plan-lifting-not-provided');
  },
  'site-shown': ({ state }) => {
    if (!askableOnSite(state)) throw repairRefusals.refusal('listing.site-not-shown');
  },
  'no-open-request': ({ state }) => {
    const open = 'removalRequest' in state ? state.removalRequest : null;
    if (open) throw repairRefusals.refusal('listing.removal-open', { requestId: open.id });
  },
  'any-request': ({ state }) => {
    requestOf(state);
  },
  'open-request': ({ state }) => {
    const { status, acceptedOn } = requestOf(state);
    if (status !== 'requested')
      throw repairRefusals.refusal('listing.removal-accepted-already', { acceptedOn });
  },
  'request-accepted': ({ state }) => {
    if (requestOf(state).status === 'requested')
      throw repairRefusals.refusal('listing.removal-not-accepted-yet');
  },
  'request-extensible': ({ state }) => {
    const { extension, extended, decisionDue } = requestOf(state);
    if (extension === null || extended !== null || decisionDue === null)
      throw repairRefusals.refusal('listing.repair-not-extensible');
  },
  'another-than-accepted': ({ state, circumstances }) => {
    const { acceptedBy, verification, handedIn } = requestOf(state);
    if ([acceptedBy?.id, verification?.by.id, ...tookIn(handedIn)].includes(circumstances.actor.id)) {
      throw repairRefusals.refusal('listing.removal-second-person');
    }
  },
  // Order 54 art. 21: bankruptcy and emergency contribution are approved by the provincial bureau.
  'level-of-way': ({ state, circumstances: { actor, owner } }) => {
    const level = requestOf(state).level ?? owner.level;
    const above = LEVELS.indexOf(level) > LEVELS.indexOf(owner.level);
    if (above !== (actor.department === owner.superior))
      throw repairRefusals.refusal('listing.repair-level', { level, levelZh: LEVEL_ZH[level] });
  },
  'lifted-for-plan': ({ state }) => {
    const lifted = state.status === 'suspended' ? state.suspension : null;
    if (lifted && isStay(lifted))
      throw repairRefusals.refusal('listing.not-lifted-for-plan', { orderNo: lifted.orderNo });
  },
  'not-lifted-for-plan': ({ state }) => {
    const lifted = state.status === 'suspended' ? state.suspension : null;
    if (!lifted || isStay(lifted)) return;
    const { on, rulingNo: no } = lifted;
    throw repairRefusals.refusal('listing.lifted-for-plan-already', { on, no });
  },
  // 法释〔2017〕7号 art. 12: what a court decides in enforcement is reviewed by the court above, and carried out meanwhile.
  'administrative-decision': ({ state, rules }) => {
    if (rules.list.steps.riskWarning)
      throw repairRefusals.refusal('listing.stay-not-of-court', { listName: state.listName });
  },
  'not-stayed': ({ state }) => {
    const stay = stayOf(state);
    if (stay) throw repairRefusals.refusal('listing.stayed-already', { on: stay.on, orderNo: stay.orderNo });
  },
  stayed: ({ state }) => {
    if (!stayOf(state)) throw repairRefusals.refusal('listing.not-stayed');
  },
  'repair-granted': ({ state }) => {
    const granted = 'entry' in state && state.entry.granted.length > 0;
    if (!granted) throw repairRefusals.refusal('listing.repair-none-granted');
  },
  'not-found-false': ({ state }) => {
    if (!('entry' in state)) return;
    const { granted, foundFalse } = state.entry;
    const falseOnes = foundFalse.map(({ requestId }) => requestId);
    const on = foundFalse.at(-1)?.on;
    if (on !== undefined && granted.every(({ id }) => falseOnes.includes(id)))
      throw repairRefusals.refusal('listing.found-false-already', { on });
  },
  // What was found true by one person is not found false by the same: another looks at it.
  'another-than-granted': ({ state, circumstances: { actor } }) => {
    const granted = 'entry' in state ? state.entry.granted.map(({ by }) => by.id) : [];
    if ([...state.handlers, ...granted].includes(actor.id))
      throw repairRefusals.refusal('listing.found-false-second-person');
  },
  'basis-stands': ({ state }) => {
    if (!stands(state)) throw repairRefusals.refusal('listing.basis-gone', { no: state.no });
  },
  'basis-questioned': ({ state }) => {
    if (state.basisQuestions.length === 0) throw repairRefusals.refusal('listing.basis-not-questioned');
  },
  'basis-settled': ({ state }) => {
    const [open] = state.basisQuestions;
    if (!open) return;
    const { documentNo, due } = open;
    throw repairRefusals.refusal('listing.basis-changed', { documentNo, due });
  },
  // Order 45 art. 5: who was ordered to pay within a limit, and has not paid when it is over (逾期未支付).
  'payment-limit-over': ({ state, rules, circumstances }) => {
    const { clockFrom: paymentLimit } = state;
    if (rules.list.decision?.from !== 'payment-limit' || paymentLimit === null) return;
    if (circumstances.today <= paymentLimit)
      throw listingRefusals.refusal('listing.payment-limit-running', { paymentLimit });
  },
};

const LEVELS: readonly UnitLevel[] = ['county', 'city', 'province'];

/** Consent of the next level up: order 44 of market regulation art. 22, for county and city level. */
export function consentDemanded(rules: Rules, { owner }: Pick<Circumstances, 'owner'>): boolean {
  return rules.list.steps.consentFrom.includes(owner.level);
}

/** Last day of the defence; null without notice or without defence step. */
export function defenceLimit(state: ListingCase): LocalDate | null {
  const notice: Notice | null = hearingOf(state).notice;
  return notice?.defenceUntil ?? null;
}

function requestOf(state: ListingCase): RepairRequest {
  const request = 'removalRequest' in state ? state.removalRequest : null;
  if (!request) throw repairRefusals.refusal('listing.no-request');
  return request;
}

function names(state: ListingCase): { listType: string; listName: string } {
  return { listType: state.listType, listName: state.listName };
}
