import type { ListingCase } from '../../../src/domain/case/case.js';
import { PLAN_COMPLETED } from '../../../src/domain/repair/site-clock.js';
import { conductOf } from '../../../src/domain/rules/rules.js';
import { before, factsOf, type Law } from './look.js';

/* What is shown, and until when: the entry on its list and on 信用中国, and the penalty behind it. */

export const PUBLICATION: readonly Law[] = [
  {
    name: 'published after a secrecy review that was passed, by whoever is there for it',
    article: 'house (glossary: 保密审查 before publication)',
    check: ({ was, state, did, facts, at, world }) => {
      const is = 'publication' in state ? state.publication.status : null;
      const before_ = was && 'publication' in was.state ? was.state.publication.status : null;
      if (is === before_ || (is !== 'published' && is !== 'sent')) return;
      if (factsOf(facts, is === 'sent' ? 'publication-sent' : 'published').length !== 1)
        return `${is} by nothing`;
      const { command, who } = did;
      if (command.type === 'publication-answer') return before_ !== 'sent' && 'answered, and never sent';
      if (command.type !== 'publication') return `published by ${command.type}`;
      if (command.secrecyReview !== 'passed') return 'the review was not passed';
      return !world.mayTake(at, who, command) && who !== 'secrecy' && `reviewed by ${who}`;
    },
  },
  {
    name: 'published while the entry stands, from its day on and to its last, and never in a grace',
    article: '信用修复管理办法 art. 12; 证监会令第139号; the grace of 法释〔2017〕7号',
    check: ({ was, state, world, at }) => {
      if (!('publication' in state) || state.publication.status !== 'published') return;
      if (state.status !== 'in-force' && state.status !== 'suspended')
        return `published, and ${state.status}`;
      const { publishedOn, until } = state.publication;
      const { list } = world.rules(at);
      if (!list.publicList || conductOf(list, state.conductKind)?.publicList === false)
        return 'a list that is not public';
      if (before(publishedOn, state.decision.decidedOn)) return `before the decision, on ${publishedOn}`;
      if (list.publication?.from === 'service') {
        if (state.service === null) return 'before service';
        if (before(publishedOn, state.service.servedOn)) return `before its service, on ${publishedOn}`;
      }
      if (until !== undefined && before(until, publishedOn)) return `its last day is ${until}`;
      const held = was && 'publication' in was.state ? was.state.publication : null;
      return held?.status === 'held-back' && 'out of a publication that is held back';
    },
  },
  {
    name: '信用中国 shows an entry for its shortest time, whoever repairs it',
    article: '信用修复管理办法 art. 12, 20, 25',
    check: ({ was, state }) => {
      const site = 'entry' in state ? state.entry.site : null;
      const had = was && 'entry' in was.state ? was.state.entry.site : null;
      if (!site || site.status !== 'ended' || had?.status === 'ended') return;
      if (site.how === 'undone' || completed(state)) return;
      if (before(site.endedOn, site.repairableFrom))
        return `${site.how} on ${site.endedOn}, the shortest time ends before ${site.repairableFrom}`;
      const last = site.endsOn;
      return (
        site.how === 'longest-period' && last !== null && !before(last, site.endedOn) && 'before its last day'
      );
    },
  },
  {
    name: 'the penalty behind an entry is shown no longer with it, and again with it',
    article: '国家市场监督管理总局令第107号 art. 13',
    check: ({ state }) => {
      const off = state.records.some(
        (record) => !record.withdrawn && record.publicationEndedOn !== undefined,
      );
      return off && !('end' in state) && `${state.status}, and a penalty is shown no longer`;
    },
  },
];

/** The plan of a bankrupt enterprise was carried out (order 36 art. 20): final repair, whatever time is left. */
function completed(state: ListingCase): boolean {
  return 'end' in state && state.end.repair?.ground === PLAN_COMPLETED;
}
