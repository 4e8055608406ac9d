import { latestEnd } from '../../../src/domain/term/term.js';
import { before, factsOf, type Law } from './look.js';

/* How long an entry stands. */

export const TERM: readonly Law[] = [
  {
    name: 'what is in force has a term, or another end that its rule knows',
    article: '黑龙江省社会信用条例 art. 28',
    check: ({ state }) => {
      if (state.status !== 'in-force') return;
      const { ends, startsAt } = state.decision.term;
      const waits =
        (startsAt === 'publication' || startsAt === 'performance') && state.term.startsOn === null;
      return ends === 'term' && !waits && (!state.term.startsOn || !state.term.endsOn) && 'no term';
    },
  },
  {
    name: 'no entry goes by itself before its last day is over',
    article: '民法典 art. 201–203',
    check: ({ state }) => {
      if (!('term' in state) || state.term.endsOn === null) return;
      const { endsOn } = state.term;
      return (
        'end' in state &&
        state.end.kind === 'expired' &&
        state.end.repair === null &&
        !before(endsOn, state.end.endedOn) &&
        `over on ${state.end.endedOn}, the last day is ${endsOn}`
      );
    },
  },
  {
    name: 'no term is longer than rule and decision give',
    article: '黑龙江省社会信用条例 art. 51',
    check: ({ state }) => {
      if (!('term' in state) || state.term.endsOn === null) return;
      const latest = latestEnd(state.decision.term, state.term);
      return latest !== null && before(latest, state.term.endsOn) && `${state.term.endsOn} after ${latest}`;
    },
  },
  {
    name: 'a term is made shorter, or corrected, by others than who made it',
    article: 'house (design: listing needs two people)',
    check: ({ was, facts, did, world }) => {
      if (did.command.type !== 'correction' || !was || !('decision' in was.state)) return;
      const term = factsOf(facts, 'corrected').some(({ correction: { changes } }) =>
        changes.some(({ field }) => field === 'termEndsOn'),
      );
      const { handlers, review, approval, decision } = was.state;
      const made = [...handlers, review.by.id, approval.by.id, decision.by.id];
      return term && made.includes(world.hand(did.who).id) && `by ${did.who}`;
    },
  },
];
