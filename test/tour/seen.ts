import { type Caller, eventually, expectStatus, type Json, same } from './api.js';
import type { Receiver } from './receiver.js';
import type { World } from './world.js';

/* What must be seen from outside after a step: on the register, in inboxes, at a subscriber, among the receipts. */

/** The operator gives the listed subject its login. */
export async function partyLogin(world: World, enterprise: { code: string; name: string }): Promise<Caller> {
  const answer = await world.api.call(world.person('operator'), 'POST', '/api/identity/parties', {
    body: { code: enterprise.code, name: enterprise.name },
  });
  expectStatus(answer, 201, 'a login for the party');
  return world.person(answer.body.username);
}

export async function onRegister(world: World, code: string, entries: number): Promise<void> {
  const found = await eventually(`${entries} entries on the public register`, async () => {
    const page = await world.read(undefined, `/public/listings?code=${code}`);
    return page.items.length === entries ? page : undefined;
  });
  world.tell.saw(`public register: ${found.items.length} entr${entries === 1 ? 'y' : 'ies'} for ${code}`);
}

/** The recipient's inbox has a notice for each of these facts. */
export async function told(world: World, recipient: Caller, caseId: string, facts: string[]): Promise<void> {
  await eventually(`${recipient.name} is told of ${facts.join(', ')}`, async () => {
    const notices = await world.readAll(recipient, `/api/notifications?caseId=${caseId}`);
    return facts.every((fact) => notices.some((notice: Json) => notice.type === `cn.chengxin.${fact}.v1`));
  });
  world.tell.saw(`${recipient.name} was told: ${facts.join(', ')}`);
}

/** The webhook subscriber got each fact once, with a signature that it verified. */
export async function delivered(
  world: World,
  receiver: Receiver,
  caseId: string,
  facts: string[],
): Promise<void> {
  const of = (fact: string): Json[] =>
    receiver.received.filter(
      ({ event }) => event.type === `cn.chengxin.${fact}.v1` && event.data.case?.id === caseId,
    );
  await eventually(
    `the subscriber gets ${facts.join(', ')}`,
    async () => facts.every((fact) => of(fact).length > 0),
    60_000,
  );
  for (const fact of facts) same(`copies of ${fact} at the subscriber`, of(fact).length, 1);
  same('deliveries whose signature did not hold', receiver.refused, []);
  world.tell.saw(`the webhook subscriber verified: ${facts.join(', ')}`);
}

export async function receipts(
  world: World,
  handler: Caller,
  caseId: string,
  expected: number | { actions: number; shown: boolean },
): Promise<void> {
  // What was never shown has no publication to end.
  const { actions, shown } = typeof expected === 'number' ? { actions: expected, shown: true } : expected;
  const { items } = await world.read(handler, `/api/listings/${caseId}/receipts`);
  const count = (kind: string): number =>
    items.filter((receipt: Json) => receipt.kind === kind && receipt.eventId && receipt.at).length;
  same('receipts of lifted actions', count('discipline-lifted'), actions);
  same('receipts publication-ended', count('publication-ended'), shown ? 1 : 0);
  for (const kind of ['grade-computed', 'party-told']) same(`receipts ${kind}`, count(kind), 1);
  for (const receipt of items) world.tell.saw(`receipt ${receipt.kind} by ${receipt.by}`);
}
