import type { Database } from '#platform';
import { assertSeeds, type Seeds } from '#seeds';
import { storeRules } from './discipline/store/seed-loader.js';
import { storeIncentives } from './incentives/store/seed-loader.js';
import { storeLedger } from './ledger/store/seed-loader.js';

/**
 * Brings measures, units, catalogue and rules to what the seeds say, in one transaction: repeatable, and
 * replicas that start together wait for each other.
 *
 * @throws Error where rows contradict each other: the service must not start on half a law
 */
export async function seedMeasures(database: Database, seeds: Seeds): Promise<void> {
  assertSeeds(seeds);
  await database.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin measures seeds'))`);
    await storeLedger(tx, seeds);
    await storeRules(tx, seeds);
    await storeIncentives(tx, seeds);
  });
}
