import { noticePrescribed } from '../../../src/domain/rules/rules.js';
import { before, type Law, same } from './look.js';

/* What leads to a decision, and what it says. */

export const DECISION: readonly Law[] = [
  {
    name: 'nothing is decided without notice, and not before the defence is over',
    article: '黑龙江省社会信用条例 art. 35; the risk warning of 法释〔2017〕7号',
    check: ({ state, world, at }) => {
      if (!('decision' in state)) return;
      const { list } = world.rules(at);
      const lowered = state.origin.kind === 'hand' && state.records.length === 0;
      if (lowered || !noticePrescribed(list)) return;
      if (state.notice === null) return 'no notice';
      const { servedOn, defenceUntil } = state.notice;
      if (before(state.review.on, servedOn)) return `reviewed on ${state.review.on}, noticed on ${servedOn}`;
      if (list.steps.defence && defenceUntil === null) return 'no time for a defence';
      return (
        defenceUntil !== null &&
        !before(defenceUntil, state.review.on) &&
        `reviewed on ${state.review.on}, the defence ran until ${defenceUntil}`
      );
    },
  },
  {
    name: 'what binds by service binds from its service',
    article: '海关总署令第282号 art. 45; for the others the house (takesEffectOn)',
    check: ({ state, world, at }) => {
      if (state.status !== 'in-force' || world.rules(at).list.steps.riskWarning) return;
      if (state.service === null) return 'in force without service';
      const restored = state.entry.restorations.length > 0;
      return !restored && state.service.servedOn !== state.inForceOn && 'in force on another day';
    },
  },
  {
    name: 'whoever reviews, approves and handles are three',
    article: 'house (design: listing needs two people)',
    check: ({ state }) => {
      if (!('decision' in state) || state.notice === null) return;
      const hands = [...state.handlers, state.review.by.id, state.approval.by.id];
      return new Set(hands).size !== hands.length && `one person twice: ${hands.join(', ')}`;
    },
  },
  {
    name: 'listed for the opinion of the review, with the consent from above',
    article: '国家市场监督管理总局令第44号 art. 22',
    check: ({ state, world, at }) => {
      if (!('decision' in state)) return;
      if (state.review.opinion !== 'list') return 'against the opinion';
      const { level } = world.circumstances('platform').owner;
      const asked = state.notice !== null && world.rules(at).list.steps.consentFrom.includes(level);
      return asked && state.consent?.granted !== true && 'without consent';
    },
  },
  {
    name: 'a decision says its basis and the version of its rule, and keeps both',
    article: '黑龙江省社会信用条例 art. 28',
    check: ({ was, state }) => {
      if (!('decision' in state)) return;
      const { decision, rulesVersion } = state;
      if (decision.basis.length === 0) return 'no basis';
      if (decision.reasons === '' || decision.remedies === '') return 'no reasons, or no remedies';
      if (!was || !('decision' in was.state)) return;
      const kept = was.state.decision;
      if (was.state.rulesVersion !== rulesVersion) return `another version: ${rulesVersion}`;
      return (kept.decidedOn !== decision.decidedOn || !same(kept.basis, decision.basis)) && 'decided anew';
    },
  },
];
