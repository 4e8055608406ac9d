import type { Database } from '#platform';
import { assertSeeds, type Seeds } from '#seeds';
import { lockLaw, storeRules } from './discipline/store/seed-loader.js';
import { storeIncentives } from './incentives/store/seed-loader.js';
import { publishedLaw, rowsWith, seedsWith } from './rulebook/standing-law.js';
import { storeLedger } from './ledger/store/seed-loader.js';

/**
 * Brings measures, units, catalogue and rules to what the seeds say, in one transaction: repeatable, and
 * replicas that start together wait for each other.
 *
 * @throws Error where rows contradict each other: the service must not start on half a law
 */
export async function seedMeasures(database: Database, seeds: Seeds): Promise<void> {
  await database.transaction(async (tx) => {
    await lockLaw(tx);
    // A release that contradicts what was published by hand must not start on half of either.
    const law = seedsWith(seeds, rowsWith(seeds, await publishedLaw(tx)));
    assertSeeds(law);
    await storeLedger(tx, seeds);
    await storeRules(tx, law);
    await storeIncentives(tx, seeds);
  });
}
