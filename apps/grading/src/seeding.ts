import type { Database } from '#platform';
import { assertSeeds, type Seeds } from '#seeds';
import { ModelStore } from './store/model.store.js';

/**
 * Publishes the grade models of the seeds that are not published yet; replicas that start together wait for
 * each other.
 *
 * @throws Error where seeds contradict each other; Refusal `grade-model.faulty`, `grade-model.changed`
 */
export async function seedModels(database: Database, models: ModelStore, seeds: Seeds): Promise<void> {
  assertSeeds(seeds);
  await database.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin grading seeds'))`);
    await models.publish(tx, seeds['grade-models']);
  });
}
