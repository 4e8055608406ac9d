import { FINAL, stepOf, stepsFrom } from '../../../src/domain/case/lifecycle.js';
import { CLOCK_MEANINGS } from '../../../src/domain/term/clocks.js';
import { people, type Person } from '../../story.js';
import { conditionsHold } from '../conditions-hold.js';
import type { World } from '../world.js';
import { factsOf, type Law } from './look.js';

/* What is waited for, and that somebody can always go on. */

export const CLOCKS: readonly Law[] = [
  {
    name: 'every clock has its day, and what happens then, and does happen',
    article: 'each clock its own',
    check: ({ state, world, was, facts }) => {
      for (const running of world.clocks(state)) {
        const { clock, dueOn, letterId } = running;
        if (!/^\d{4}-\d\d-\d\d$/.test(dueOn)) return `${clock} is due on ${dueOn}`;
        const { type } = world.ways.whenRunOut(clock, letterId);
        if (CLOCK_MEANINGS[clock].byItself !== (type !== 'mark-overdue')) return `${clock} brings ${type}`;
        if (!stepOf(state.status, type))
          return `${clock} brings ${type}, which ${state.status} does not know`;
      }
      const told = factsOf(facts, 'overdue').find(
        (fact) =>
          fact.letterId !== undefined &&
          factsOf(was?.facts ?? [], 'overdue').some((one) => one.letterId === fact.letterId),
      );
      if (told) return `${told.clock} of ${told.due} is told twice`;
      const { overdue } = state;
      const clocks = new Set(world.clocks(state).map(({ clock }) => clock));
      const none = overdue.find((clock) => !clocks.has(clock));
      return none && `${none} is overdue, and does not run`;
    },
  },
  {
    name: 'whoever must answer has a day for it',
    article: '黑龙江省社会信用条例 art. 38; the clocks of the lists; 信用修复管理办法 art. 16, 20',
    check: ({ state, world }) => {
      const running = new Set(world.clocks(state).map(({ clock }) => clock));
      if (state.status === 'noticed' && state.notice.defenceUntil && !running.has('defence'))
        return 'the defence';
      if (state.status === 'served' && !running.has('in-force')) return 'the effect';
      if (state.status === 'in-force' || state.status === 'suspended') {
        if (state.decision.term.ends === 'term' && state.term.endsOn && !running.has('expiry'))
          return 'the last day';
        const { publication } = state;
        if (publication.status === 'published' && publication.until && !running.has('publication-end'))
          return 'the last day of publication';
        if (
          state.status === 'in-force' &&
          publication.status === 'held-back' &&
          publication.until &&
          !running.has('grace')
        )
          return 'the grace';
      }
      if ('removalRequest' in state && state.removalRequest?.decide && !running.has('repair-decision'))
        return 'the request for repair';
      if ('entry' in state) {
        const { site } = state.entry;
        if (site && site.status !== 'ended' && site.endsOn && !running.has('site-publication'))
          return '信用中国';
      }
      if (state.status === 'ended' && state.end.removalDue && !running.has('removal')) return 'the removal';
      return undefined;
    },
  },
  {
    name: 'at rest nothing runs but what 信用中国 shows, what is asked about it, and copies that have not followed',
    article: '信用修复管理办法 art. 12; 黑龙江省社会信用条例 art. 38, 39',
    check: ({ state, world }) => {
      if (!FINAL.includes(state.status)) return;
      const left = world.clocks(state).find(({ clock }) => !AFTER_THE_END.has(clock));
      return left && `${left.clock} until ${left.dueOn}`;
    },
  },
  {
    name: 'from everywhere there is a way on',
    article: 'house (a lifecycle has no dead end)',
    check: ({ state, world, at, was }) => {
      if (FINAL.includes(state.status) || state.status === 'ended' || was?.state === state) return;
      return !hasWayOn(world, at) && `none from ${state.status}`;
    },
  },
];

const AFTER_THE_END: ReadonlySet<string> = new Set([
  'site-publication',
  'repair-acceptance',
  'repair-decision',
  'correction',
  'basis-review',
]);

/** A step that some person can take now, a clock that brings something about, or an event that is waited for. */
function hasWayOn(world: World, at: number): boolean {
  const { state } = world.cases[at]!;
  if (world.clocks(state).some(({ clock }) => CLOCK_MEANINGS[clock].byItself)) return true;
  return stepsFrom(state.status).some(
    (step) =>
      typeof step.who !== 'string' &&
      (Object.keys(people) as Person[]).some((person) => conditionsHold(world, at, step, person)),
  );
}
