import type { LocalDate } from '#kernel';
import { hearingOf, type ListingCase, type Notice } from './case.js';
import type { Circumstances } from './commands.js';
import type { Condition } from './lifecycle.js';
import { listingRefusals } from './refusals.js';
import { isPublic, noticePrescribed, type Rules, untilPerformed } from './rules.js';

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
  },
  'removal-provided': ({ state, rules }) => {
    const ways =
      rules.today.earlyRemoval !== null ||
      untilPerformed(rules.list, state.conductKind) ||
      rules.list.term.endsOnApplication === true;
    if (!ways) {
      const endsOn = 'term' in state ? state.term.endsOn : null;
      throw listingRefusals.refusal('listing.removal-not-provided', { ...names(state), endsOn });
    }
  },
  'no-open-request': ({ state }) => {
    if (state.status === 'in-force' && state.removalRequest) {
      throw listingRefusals.refusal('listing.removal-open', { requestId: state.removalRequest.id });
    }
  },
  'open-request': ({ state }) => {
    const request = requestOf(state);
    if (request.status === 'accepted') {
      throw listingRefusals.refusal('listing.removal-accepted-already', { acceptedOn: request.acceptedOn });
    }
  },
  'request-accepted': ({ state }) => {
    if (requestOf(state).status !== 'accepted')
      throw listingRefusals.refusal('listing.removal-not-accepted-yet');
  },
  'another-than-accepted': ({ state, circumstances }) => {
    if (requestOf(state).acceptedBy?.id === circumstances.actor.id) {
      throw listingRefusals.refusal('listing.removal-second-person');
    }
  },
};

/** Consent of the next level up: order 44 of market regulation art. 22, for county and city level. */
export function consentDemanded(rules: Rules, { owner }: Pick<Circumstances, 'owner'>): boolean {
  return rules.list.steps.consentFrom.includes(owner.level);
}

/** Last day of the defence; null without notice or without defence step. */
export function defenceLimit(state: ListingCase): LocalDate | null {
  const notice: Notice | null = hearingOf(state).notice;
  return notice?.defenceUntil ?? null;
}

function requestOf(state: ListingCase) {
  const request = state.status === 'in-force' ? state.removalRequest : null;
  if (!request)
    throw listingRefusals.refusal('listing.removal-request-unknown', { id: state.id, requestId: '—' });
  return request;
}

function names(state: ListingCase): { listType: string; listName: string } {
  return { listType: state.listType, listName: state.listName };
}
