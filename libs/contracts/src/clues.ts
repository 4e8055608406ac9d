import { type Static, Type } from '@sinclair/typebox';
import { defineEvent } from './contract.js';
import { Id, LocalDate, nullable, oneOf, UnitId } from './parts.js';

/*
 * Clues (线索): what was told to a unit before there is a case. Nobody is found to have done anything yet, so no event
 * says what a clue tells or whom it is about; its own id stands in the place of a subject's.
 */

export const ClueRef = Type.Object({
  id: Id,
  kind: Type.String({
    pattern: '^[a-z][a-z-]{1,39}$',
    description: '`general`, or a kind with clocks of its own',
  }),
  name: Type.String({ maxLength: 100 }),
  /** the unit at which it is now */
  department: UnitId,
  receivedOn: LocalDate,
});
export type ClueRef = Static<typeof ClueRef>;

const clue = {
  id: '0192f0c4-6c00-7000-8000-0000000000e5',
  kind: 'arrears',
  name: '拖欠中小企业款项投诉',
  department: 'hlj.city.230100.housing',
  receivedOn: '2026-04-07',
} satisfies ClueRef;
const common = { source: '/listing', topic: 'cases', audience: 'restricted' } as const;

export const clueForwarded = defineEvent({
  ...common,
  type: 'cn.chengxin.clue.forwarded.v1',
  description:
    'The unit that accepted a clue handed it to the one that handles it (条例 on payments to small firms, art. 25).',
  data: Type.Object({ clue: ClueRef, from: UnitId, forwardedOn: LocalDate, resultDue: nullable(LocalDate) }),
  sample: { clue, from: 'hlj.industry', forwardedOn: '2026-04-10', resultDue: '2026-05-11' },
});

export const clueAnswered = defineEvent({
  ...common,
  type: 'cn.chengxin.clue.answered.v1',
  description: 'The unit that handles a clue has a result, which the unit that accepted it is told.',
  data: Type.Object({
    clue: ClueRef,
    outcome: oneOf(['verified', 'dropped']),
    answeredOn: LocalDate,
    /** the unit that accepted it */
    unit: UnitId,
  }),
  sample: { clue, outcome: 'verified', answeredOn: '2026-05-06', unit: 'hlj.industry' },
});

export const clueOverdue = defineEvent({
  ...common,
  type: 'cn.chengxin.clue.overdue.v1',
  description: 'A time limit of a clue passed: its acceptance, its forwarding, or the result.',
  data: Type.Object({
    clue: ClueRef,
    clock: oneOf(['acceptance', 'forwarding', 'result']),
    due: LocalDate,
  }),
  sample: { clue, clock: 'result', due: '2026-05-11' },
});

export const clueEvents = [clueForwarded, clueAnswered, clueOverdue];
