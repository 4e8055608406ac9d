import type { LocalDate } from '#kernel';
import type { Fact } from '../../src/domain/case/facts.js';
import type { RepairRequest } from '../../src/domain/repair/entry.js';

/** A request for repair, and what became of it. */
export interface Asked {
  request: RepairRequest;
  answer: 'open' | 'granted' | 'refused' | 'not-accepted' | 'withdrawn';
  /** Of an answer against the party. */
  answeredOn?: LocalDate;
}

/** What the store keeps of requests (`Repairs.follow`). */
export function answered(
  asked: Readonly<Record<string, Asked>>,
  fact: Fact,
): Readonly<Record<string, Asked>> {
  const answer = (id: string, how: Asked['answer'], on?: LocalDate) => ({
    ...asked,
    [id]: { ...asked[id]!, answer: how, ...(on ? { answeredOn: on } : {}) },
  });
  switch (fact.type) {
    case 'removal-requested':
    case 'removal-reopened':
      return { ...asked, [fact.request.id]: { request: fact.request, answer: 'open' } };
    case 'removal-granted':
      return answer(fact.requestId, 'granted');
    case 'removal-refused':
      return answer(fact.requestId, 'refused', fact.on);
    case 'removal-not-accepted':
      return answer(fact.requestId, 'not-accepted', fact.on);
    case 'removal-withdrawn':
      return answer(fact.requestId, 'withdrawn');
    default:
      return asked;
  }
}
