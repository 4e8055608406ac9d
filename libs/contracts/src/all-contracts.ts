import type { Contract } from './contract.js';
import { disciplineEvents } from './discipline.js';
import { gradeEvents } from './grades.js';
import { listingEvents } from './listings.js';
import { measureEvents } from './measures.js';
import { noticeEvents } from './notices.js';
import { recordEvents } from './records.js';
import { subjectEvents } from './subjects.js';

/** Every event of the platform. */
export const allContracts: readonly Contract[] = [
  ...subjectEvents,
  ...recordEvents,
  ...listingEvents,
  ...disciplineEvents,
  ...gradeEvents,
  ...measureEvents,
  ...noticeEvents,
];

const byType = new Map(allContracts.map((contract) => [contract.type, contract]));

export function contractOf(type: string): Contract | undefined {
  return byType.get(type);
}
