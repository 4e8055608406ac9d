import { Injectable } from '@nestjs/common';
import { cancel, scheduleAll } from '#deadlines';
import { endOfDay } from '#kernel';
import type { Tx } from '#platform';
import type { ChangedAction } from '../store/action.store.js';

/** With an ordered lift the answer's clock and the own term's stop, and the clock of the confirmation starts. */
@Injectable()
export class LiftClocks {
  async turn(tx: Tx, changes: readonly ChangedAction[]): Promise<void> {
    await scheduleAll(
      tx,
      changes.flatMap(({ action: { id, state } }) =>
        state.status === 'lift-ordered'
          ? [{ kind: 'discipline.lift', ref: id, dueAt: endOfDay(state.liftDue) }]
          : [],
      ),
    );
    for (const { action } of changes) {
      await cancel(tx, 'discipline.answer', action.id);
      await cancel(tx, 'discipline.own-term', action.id);
    }
  }
}
