import { Refusal, type RefusalFacts } from '#kernel';

/** One of many, and the version that was read. */
export interface OneOfMany {
  id: string;
  version: number;
}

/** What came of one of many: done, or refused, with what it must say. */
export type Outcome =
  | { id: string; outcome: 'done'; version: number; status: string }
  | { id: string; outcome: 'refused'; code: string; zh: string; en: string; facts: RefusalFacts };

/** Many in one request: each stands or is refused for itself, in the order given. Any other error ends the request. */
export async function eachForItself<One extends { id: string }>(
  given: readonly One[],
  act: (one: One) => Promise<{ version: number; state: { status: string } }>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of given) outcomes.push(await outcomeOf(one, act));
  return outcomes;
}

async function outcomeOf<One extends { id: string }>(
  one: One,
  act: (one: One) => Promise<{ version: number; state: { status: string } }>,
): Promise<Outcome> {
  const { id } = one;
  try {
    const { version, state } = await act(one);
    return { id, outcome: 'done', version, status: state.status };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, zh, en, facts } = error;
    return { id, outcome: 'refused', code, zh, en, facts };
  }
}
