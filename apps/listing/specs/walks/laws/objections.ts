import { OBJECTION_CLOCK_MEANINGS } from '../../../src/domain/objection/objection.js';
import { publicEntry } from '../../../src/register/public-entry.js';
import { objectionRules } from '../law.js';
import { factsOf, type Law, same } from './look.js';

/* Objections to an entry. */

export const OBJECTIONS: readonly Law[] = [
  {
    name: 'an objection that is open marks the entry, everywhere, and no other does',
    article: '黑龙江省社会信用条例 art. 39',
    check: ({ state, open, is, was, facts, world, at }) => {
      const settled = factsOf(facts, 'objection-settled')[0]?.objectionId;
      const before_ = factsOf(was?.facts ?? [], 'objection-settled');
      if (settled && before_.some(({ objectionId }) => objectionId === settled)) return 'settled twice';
      const live = open.map(({ id }) => id).sort();
      const marks = 'entry' in state ? state.entry.objections.map(({ id }) => id).sort() : [];
      if (!same(live, marks)) return `open ${live.length}, marked ${marks.length}`;
      const shown = publicEntry(state, world.rules(at).list);
      const since = open.map(({ markedOn }) => markedOn).sort()[0] ?? null;
      if (shown && shown.objectionSince !== since) return `the register says ${shown.objectionSince}`;
      const copy = is.heard.register;
      return (
        copy &&
        copy.objectionSince !== since &&
        `a copy of the register says ${copy.objectionSince}, not ${since}`
      );
    },
  },
  {
    name: 'an objection is decided by another than listed, and than handled it',
    article: 'house (README: nobody judges what they made)',
    check: ({ world, was, did, state }) => {
      if (
        !was ||
        !('decision' in was.state) ||
        did.command.type !== 'decision' ||
        !('outcome' in did.command)
      )
        return;
      const decided = world.objections.filter((one) => one.caseId === state.id && one.status === 'decided');
      const last = decided.find((one) => one.status === 'decided' && one.decision.on === world.today);
      if (last?.status !== 'decided' || last.decision.by.id !== world.hand(did.who).id) return;
      const { handlers, review, approval, decision } = was.state;
      const made = [...handlers, review.by.id, approval.by.id, decision.by.id, ...last.handlers];
      return made.includes(last.decision.by.id) && `by ${last.decision.by.id}`;
    },
  },
  {
    name: 'an objection that can be answered has a day for it, and what was undone has none that is open',
    article: '黑龙江省社会信用条例 art. 35, 39',
    check: ({ state, open, world }) => {
      for (const objection of open) {
        const paused = objection.pauses.some(({ to }) => to === null);
        const awaited = objection.material?.receivedOn === null;
        const clocks = world.ways.objectionClocks(objection, objectionRules(world.today));
        if (clocks.some(({ clock }) => !OBJECTION_CLOCK_MEANINGS[clock])) return 'a clock without meaning';
        const answer = clocks.some(({ clock }) => clock === 'decision' || clock === 'acceptance');
        const unlimited = objection.rule?.accept === null && objection.status === 'filed';
        if (!answer && !paused && !awaited && !unlimited) return `${objection.about} is waited for by nobody`;
      }
      const undone = 'end' in state && (state.end.kind === 'revoked' || state.end.kind === 'corrected');
      return undone && open.length > 0 && 'undone, and objected to';
    },
  },
];
