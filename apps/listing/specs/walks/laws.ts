import { isLive } from '../../src/domain/objection/objection.js';
import { ranOut } from '../run-out.js';
import { BASIS } from './laws/basis.js';
import { CLOCKS } from './laws/clocks.js';
import { DECISION } from './laws/decision.js';
import { before, type Law, LawBroken, type Look } from './laws/look.js';
import { OBJECTIONS } from './laws/objections.js';
import { PUBLICATION } from './laws/publication.js';
import { REPAIR } from './laws/repair.js';
import { TERM } from './laws/term.js';
import { TOLD } from './laws/told.js';
import type { Done, Standing, World } from './world.js';

/*
 * What must hold of a case, whatever was done, with the article that it comes from. Each is written from what the law
 * says, not from how `src` brings it about, and is checked after every step of every walk.
 */

const LAWS: readonly Law[] = [
  ...DECISION,
  ...PUBLICATION,
  ...TERM,
  ...BASIS,
  ...TOLD,
  ...REPAIR,
  ...CLOCKS,
  ...OBJECTIONS,
];

/**
 * Every law, of every case, after a step that was not refused: what was refused is taken back by `World` as by a
 * transaction, and that no rule changes what it was handed shows in itself, since all of that is frozen.
 *
 * @throws LawBroken with the path that led there
 */
export function checkAfter(world: World, had: Standing, did: Done): void {
  if (did.refused !== null) return;
  world.cases.forEach((is, at) => {
    const was = had.cases[at];
    // Of what was left as it was only what its principal has to do with it can be another.
    if (was === is && is.state.file.principal === null) return;
    const open = world.objections.filter((one) => one.caseId === is.state.id && isLive(one));
    const look: Look = { world, at, was, is, state: is.state, did, facts: did.facts[at] ?? [], open };
    for (const law of LAWS) {
      const what = law.check(look);
      if (what) throw new LawBroken(law, what, world);
    }
  });
}

/** After a sweep nothing is left whose time has passed, but what is marked as late. */
export function checkSwept(world: World): void {
  const { today } = world;
  const fails = (what: string): never => {
    throw new LawBroken(SWEPT, `${what}, on ${today}`, world);
  };
  for (const { state } of world.cases) {
    for (const running of world.clocks(state))
      if (ranOut(running, today) && !(state.overdue as string[]).includes(running.clock))
        fails(`${running.clock} of ${running.dueOn} brought nothing about`);
    if (state.status !== 'in-force' && state.status !== 'suspended') continue;
    const { term, decision, publication } = state;
    if (decision.term.ends === 'term' && term.endsOn && before(term.endsOn, today))
      fails(`it stands after its last day ${term.endsOn}`);
    if (publication.status === 'published' && publication.until && before(publication.until, today))
      fails(`it is published after its last day ${publication.until}`);
  }
}

/** A clock ran out and changed nothing, so that it would run out for ever. @throws LawBroken */
export function nothingCame(world: World, what: string): never {
  throw new LawBroken(SWEPT, `${what} ran out, and nothing came of it`, world);
}

const SWEPT = {
  name: 'no entry stands, and none is published, after its last day; a time that has passed brings something about',
  article: '民法典 art. 201–203; each clock its own',
};
