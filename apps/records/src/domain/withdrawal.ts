import type { LocalDate } from '#kernel';
import type { WithdrawalCause } from './duplicate.js';
import { recordRefusals } from './record-refusals.js';

export type RecordState =
  | { status: 'counted' }
  | { status: 'withdrawn'; withdrawnOn: LocalDate; cause: WithdrawalCause; reason: string };

export interface WithdrawRecord {
  cause: WithdrawalCause;
  reason: string;
  /** Of the decision that took the basis away. */
  changedOn?: LocalDate;
  today: LocalDate;
}

/**
 * The basis of a record fell away, or it was sent by mistake (行政处罚法 art. 48; ordinance art. 38: the
 * provider tells within 2 working days, the platform withdraws within 1; here at once).
 *
 * @throws Refusal `record.already-withdrawn`, `record.change-in-future`
 */
export function withdraw(
  state: RecordState,
  command: WithdrawRecord,
): Extract<RecordState, { status: 'withdrawn' }> {
  switch (state.status) {
    case 'counted':
      if (command.changedOn !== undefined && command.changedOn > command.today) {
        const { changedOn, today } = command;
        throw recordRefusals.refusal('record.change-in-future', { changedOn, today }, 'changedOn');
      }
      return {
        status: 'withdrawn',
        withdrawnOn: command.today,
        cause: command.cause,
        reason: command.reason,
      };
    case 'withdrawn':
      throw recordRefusals.refusal('record.already-withdrawn', { withdrawnOn: state.withdrawnOn });
    default: {
      const never: never = state;
      return never;
    }
  }
}
