import { expect } from '@jest/globals';
import type { Actor, Role } from '#platform';
import { issueToken } from '#testing';
import { OrderActions } from '../src/discipline/commands/order-actions.js';
import { FindActions } from '../src/discipline/queries/find-actions.js';
import { Reconcile } from '../src/discipline/queries/reconcile.js';
import type { EditionDifferences } from '../src/rulebook/domain/edition.js';
import type { RunningMeasures } from './running-measures.js';
import { foodCase, type ListedCase } from './stories.js';

export const person = (
  id: string,
  role: Role = 'lead-unit',
  department = 'hlj.business-environment',
): Actor => ({ kind: 'person', id, name: `${id}（虚构）`, department, roles: [role] });

interface Answer {
  status: number;
  body: {
    id: string;
    code: string;
    detail: string;
    differences: EditionDifferences;
    mayDo: string[];
    state: { status: string };
    items: { id: string; edition: string; entries: number; mayDo: string[]; measure: string }[];
  };
}

/** How people of the lead unit change the closed lists over HTTP, and what a listing then brings. */
export function draftingAt(service: () => RunningMeasures) {
  let keys = 0;
  const call = async (method: 'GET' | 'POST', actor: Actor, url: string, body?: object): Promise<Answer> => {
    const response = await service().app.inject({
      method,
      url: `/api/discipline/${url}`,
      headers: {
        authorization: `Bearer ${await issueToken(actor)}`,
        ...(method === 'POST' && { 'idempotency-key': `e-${(keys += 1)}` }),
      },
      ...(body && { payload: body }),
    });
    return { status: response.statusCode, body: response.json() };
  };
  const inForce = async (listed: ListedCase): Promise<string[]> => {
    const { app, db } = service();
    await db.transaction((tx) => app.get(OrderActions).run(tx, listed.inForce));
    const { items } = await app
      .get(FindActions)
      .list(person('auditor', 'auditor'), { caseId: listed.case.id }, { limit: 200 });
    expect((await app.get(Reconcile).run()).disagreements).toEqual([]);
    return items.map(({ rule, measure }) => `${rule} ${measure}`).sort();
  };
  return {
    call,
    post: (actor: Actor, url: string, body: object = {}) =>
      call('POST', actor, `catalogue/drafts${url}`, body),
    inForce,
    /** rules and measures that a food case of that day brings, sorted */
    orderedOn: (inForceOn: string) => inForce(foodCase({}, {}, { inForceOn })),
  };
}
