import { Injectable } from '@nestjs/common';
import { type Deadline, OnDeadline } from '#deadlines';
import type { Tx } from '#platform';
import { CHECK_CLOCK } from '../store/check-log.js';
import { Hits } from '../store/hits.js';

/** The day for answering the hits of a check has passed: what is open stays open and is named. */
@Injectable()
export class PassHitDays {
  constructor(private readonly hits: Hits) {}

  @OnDeadline(CHECK_CLOCK)
  async passed({ ref }: Deadline, tx: Tx): Promise<void> {
    await this.hits.markOverdue(tx, ref);
  }
}
