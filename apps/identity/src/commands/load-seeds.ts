import { Inject, Injectable } from '@nestjs/common';
import { Database, LOGGER, type Logger, SETTINGS, type Tx } from '#platform';
import { assertSeeds, loadAllSeeds, type Seeds } from '#seeds';
import { DEMO_PASSWORD, demoAccounts } from '../domain/demo-accounts.js';
import { DEMO_COST, hashPassword } from '../provider/passwords.js';
import { demoAccountsOn, type IdentitySettings, issuesTokens } from '../settings.js';
import { addDemoSystems } from '../store/machine-clients.js';
import { addDemoPeople, missingPeople } from '../store/people.js';
import { saveUnits } from '../store/units.js';

@Injectable()
export class LoadSeeds {
  constructor(
    private readonly db: Database,
    @Inject(SETTINGS) private readonly settings: IdentitySettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Units, and the logins of the demonstration where they are on; a second start changes nothing.
   *
   * @throws Error when the seeds contradict themselves: the start stops
   */
  async run(): Promise<void> {
    const seeds = loadAllSeeds();
    assertSeeds(seeds);
    await this.db.transaction(async (tx) => {
      // Replicas that start together wait for each other.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('chengxin identity seeds'))`);
      const units = await saveUnits(tx, seeds.units);
      const accounts = issuesTokens(this.settings) && demoAccountsOn(this.settings);
      const logins = accounts ? await this.#addDemoAccounts(tx, seeds) : 0;
      if (units > 0 || logins > 0) this.logger.info({ units, logins }, 'seeds loaded');
    });
  }

  async #addDemoAccounts(tx: Tx, seeds: Seeds): Promise<number> {
    const { people, systems } = demoAccounts({
      units: seeds.units,
      executors: executingUnits(seeds),
      leads: seeds.measures.flatMap(({ leadUnits }) => leadUnits),
    });
    const added = await addDemoSystems(tx, systems);
    const missing = await missingPeople(tx, people);
    // One password, one hash for all: 400 of their own would take the better part of the start.
    if (missing.length > 0) await addDemoPeople(tx, missing, await hashPassword(DEMO_PASSWORD, DEMO_COST));
    return added + missing.length;
  }
}

/** Units that some rule names, and every department of the lines that execute in the subject's city. */
function executingUnits(seeds: Seeds): string[] {
  const named = [...seeds['discipline-rules'], ...seeds.incentives].map(({ executors }) => executors);
  const lines = new Set(named.flatMap(({ ofSubjectsCity = [] }) => ofSubjectsCity));
  const local = seeds.units.filter(({ id }) => lines.has(id.split('.').at(-1)!)).map(({ id }) => id);
  return [...named.flatMap(({ units }) => units), ...local];
}
