import { type Caller, eventually, expectStatus, type Json, same } from './api.js';
import type { World } from './world.js';

/** Rules of the law for this list and kind of subject: what must be ordered, by whom. Class C is never ordered. */
export async function expectedActions(
  world: World,
  reader: Caller,
  about: { list: string; conductKind: string; subjectKind: string; on: string },
): Promise<string[]> {
  const rules = await world.readAll(reader, `/api/discipline/rules?list=${about.list}`);
  const { items: units } = await world.read(reader, '/api/units');
  const registered = new Set(units.map(({ id }: Json) => id));
  return rules
    .filter((rule: Json) => rule.mode !== 'reference')
    .filter((rule: Json) => rule.subjectKinds.includes(about.subjectKind))
    .filter((rule: Json) => rule.conductKinds === null || rule.conductKinds.includes(about.conductKind))
    .filter(
      (rule: Json) =>
        (!rule.validFrom || rule.validFrom <= about.on) && (!rule.validTo || rule.validTo >= about.on),
    )
    .flatMap((rule: Json) => {
      // The fictitious subjects are all of Harbin; a line that has no department there is the province's.
      const local = (rule.executors.ofSubjectsCity ?? []).map((slug: string) =>
        registered.has(`hlj.city.230100.${slug}`) ? `hlj.city.230100.${slug}` : `hlj.${slug}`,
      );
      return [...rule.executors.units, ...local].map((unit: string) => `${rule.id} by ${unit}`);
    })
    .sort();
}

export function actionsOf(world: World, reader: Caller, caseId: string): Promise<Json[]> {
  return world.readAll(reader, `/api/discipline/actions?caseId=${caseId}`);
}

/** Exactly the expected actions are ordered, each with its legal basis. */
export async function ordered(
  world: World,
  reader: Caller,
  caseId: string,
  expected: string[],
): Promise<Json[]> {
  const actions = await eventually('discipline actions are ordered', async () => {
    const found = await actionsOf(world, reader, caseId);
    return found.length >= expected.length ? found : undefined;
  });
  same(
    'the ordered actions',
    actions.map((action) => `${action.rule} by ${action.executor}`).sort(),
    expected,
  );
  for (const action of actions)
    same(`basis of ${action.rule}`, action.basis.length > 0 && action.basis[0].instrument !== '', true);
  for (const action of actions) {
    const [basis] = action.basis;
    world.tell.saw(
      `${action.title} → ${action.executor}  (${basis.instrument} ${basis.article ?? basis.number ?? ''})`,
    );
  }
  return actions;
}

/** Every department answers: applied, except the last one, which has no business with the subject. */
export async function answered(
  world: World,
  actions: Json[],
  on: string,
): Promise<{ applied: Json[]; notApplied: Json[] }> {
  const applied: Json[] = [];
  const notApplied: Json[] = [];
  for (const [index, action] of actions.entries()) {
    const officer = world.person(`discipline-officer.${action.executor}`);
    const apply = index < actions.length - 1;
    const body = apply
      ? { result: 'applied', on, note: '已在业务系统中标注（虚构）' }
      : {
          result: 'not-applied',
          on,
          reason: 'no-business-with-subject',
          note: '当事人在本部门无相关事项（虚构）',
        };
    const done = await tell(world, officer, action, 'answer', body);
    same('the answered action', done.status, body.result);
    (apply ? applied : notApplied).push(done);
  }
  return { applied, notApplied };
}

/**
 * As a person does: whoever finds that the action has just changed (its term with the publication, a reminder) reads it
 * again.
 */
async function tell(
  world: World,
  officer: Caller,
  action: Json,
  what: 'answer' | 'lift',
  body: Json,
): Promise<Json> {
  const path = `/api/discipline/actions/${action.id}`;
  for (let { version } = action, left = 5; ; left -= 1) {
    const options = { body, ifMatch: `"${version}"` };
    const answer = await world.api.call(officer, 'POST', `${path}/${what}`, options);
    if (answer.status !== 412 || left === 0)
      return expectStatus(answer, 200, `${what} of ${action.rule}`).body;
    ({ version } = await world.read(officer, path));
  }
}

/** The departments that applied a measure lift it and confirm; the others have nothing to lift. */
export async function lifted(world: World, reader: Caller, caseId: string, on: string): Promise<void> {
  const waiting = await eventually('lifts are ordered', async () => {
    const actions = await actionsOf(world, reader, caseId);
    return actions.every((action) => ['lift-ordered', 'lifted'].includes(action.status))
      ? actions
      : undefined;
  });
  for (const action of waiting.filter((one) => one.status === 'lift-ordered')) {
    const officer = world.person(`discipline-officer.${action.executor}`);
    const done = await tell(world, officer, action, 'lift', { on, note: '已恢复（虚构）' });
    same('the lifted action', done.status, 'lifted');
  }
}
