import { blindOverwrite, inboxDropped, offsetBeforeCommit, offsetOverHoles } from './wrong-consumers.js';
import {
  hastyHorizon,
  horizonCursor,
  markedFirst,
  naiveCursor,
  neverSentAgain,
  publishBeforeLock,
  skipLocked,
  twoSnapshots,
} from './wrong-relays.js';
import { type Outcome, rightWays, runWorld, type Ways } from './world.js';

/** Mistakes put in the place of a right part: the checker must find every one of them. */
export const planted: Readonly<Record<string, Ways>> = {
  'naive cursor': { ...rightWays, relay: naiveCursor },
  'cursor below the xmin horizon': { ...rightWays, relay: horizonCursor },
  'gaps and new rows in two snapshots': { ...rightWays, relay: twoSnapshots },
  'gap given up by the snapshot that noticed it': { ...rightWays, relay: hastyHorizon },
  'two unsharded relays': { ...rightWays, relay: skipLocked },
  'position written before the send': { ...rightWays, relay: markedFirst },
  'a failed send counts as sent': { ...rightWays, relay: neverSentAgain },
  'id drawn before the lock': { ...rightWays, publish: publishBeforeLock },
  'offset before commit': { ...rightWays, consumer: offsetBeforeCommit },
  'offset over open lanes': { ...rightWays, consumer: offsetOverHoles },
  'inbox dropped': { ...rightWays, consumer: inboxDropped },
  'blind overwrite of a newer row': { ...rightWays, consumer: blindOverwrite },
};

/** The first world in which the mistake shows, and how many it took; undefined when it stays hidden. */
export function hunt(ways: Ways, seeds: number): (Outcome & { tried: number }) | undefined {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const outcome = runWorld(seed, ways);
    if (outcome.differences.length > 0) return { ...outcome, tried: seed };
  }
  return undefined;
}
