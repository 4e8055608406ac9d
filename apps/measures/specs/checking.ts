import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Actor, Role } from '#platform';
import { issueToken, type TestDatabase, testDatabase, testIssuer } from '#testing';
import type { CheckAnswer } from '../src/checks/commands/ask-check.js';
import type { StoredHit } from '../src/checks/store/hits.js';
import { OrderActions } from '../src/discipline/commands/order-actions.js';
import { type RunningMeasures, startMeasures } from './running-measures.js';
import { foodCase, type ListedCase } from './stories.js';

export interface Answer {
  status: number;
  body: Record<string, never> & CheckAnswer & { evidence: string; code: string; items: StoredHit[] };
}

export const actor = (role: Role, department?: string, party?: string): Actor => ({
  kind: 'system',
  id: `${role}.${department}`,
  name: 'X',
  department,
  party,
  roles: [role],
});
export const finance = actor('department-system', 'hlj.finance');
export const housing = actor('department-system', 'hlj.housing');

export const question = (subjects: string[], field = 'procurement'): object => ({
  subjects,
  field,
  item: '政府采购供应商资格',
  purpose: '审查投标人资格',
  reference: '（虚构）黑财采〔2024〕5号',
});

/** The service of a spec about checks, and the enterprise that is listed anew for each story. */
class Checks {
  running!: RunningMeasures;
  listed!: ListedCase;
  /** A fictitious enterprise of its own for each story. */
  readonly codes = Array.from({ length: 80 }, (_, n) => `91230100${String(n + 1).padStart(10, '0')}`);
  #next = 0;

  nextCode(): string {
    return this.codes[this.#next++]!;
  }

  inForce(about: ListedCase): Promise<boolean> {
    return this.running.db.transaction((tx) => this.running.app.get(OrderActions).run(tx, about.inForce));
  }

  async call(who: Actor | undefined, method: 'GET' | 'POST', url: string, body?: object): Promise<Answer> {
    const response = await this.running.app.inject({
      method,
      url,
      headers: who ? { authorization: `Bearer ${await issueToken(who)}` } : {},
      ...(body ? { payload: body } : {}),
    });
    return { status: response.statusCode, body: response.json() };
  }

  ask(who: Actor, subjects: string[], field?: string): Promise<Answer> {
    return this.call(who, 'POST', '/api/discipline/checks', question(subjects, field));
  }
}

/** Starts the service for the file that calls it, and lists one enterprise before each of its stories. */
export function useChecks(): Checks {
  const checks = new Checks();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase('measures');
    checks.running = await startMeasures(database.url, (await testIssuer()).settings, '2024-11-14');
  });
  afterAll(async () => {
    await checks.running.close();
    await (await testIssuer()).close();
    await database.drop();
  });
  beforeEach(async () => {
    await checks.running.moveTo('2024-11-14');
    checks.listed = foodCase({}, { code: checks.nextCode() });
    await checks.inForce(checks.listed);
  });
  return checks;
}
