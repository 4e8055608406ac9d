import { endedNow, entryObjected, madeBy, settlingOf } from '../../src/commands/entry-objected.js';
import { followsFor } from '../../src/domain/case/case-file.js';
import { decide } from '../../src/domain/case/decide.js';
import { evolve } from '../../src/domain/case/evolve.js';
import { decideObjection, objectionClocks } from '../../src/domain/objection/decide.js';
import { evolveObjection } from '../../src/domain/objection/evolve.js';
import { fileObjection } from '../../src/domain/objection/filing.js';
import { missingReceipts } from '../../src/domain/ending/closure.js';
import { runningClocks } from '../../src/domain/term/clocks.js';
import { whenRunOut } from '../../src/domain/term/run-out.js';
import { objectionEventsOf } from '../../src/events/objection-outbox.js';
import { eventsOf } from '../../src/events/outbox.js';
import { standingOf } from '../../src/events/snapshot.js';

/** The pure rules as they stand in `src`; a planted mistake takes the place of one of them, and nothing else does. */
export const rightWays = {
  decide,
  evolve,
  followsFor,
  runningClocks,
  whenRunOut,
  missingReceipts,
  fileObjection,
  decideObjection,
  evolveObjection,
  objectionClocks,
  entryObjected,
  endedNow,
  settlingOf,
  madeBy,
  eventsOf,
  objectionEventsOf,
  standingOf,
};
export type Ways = typeof rightWays;
