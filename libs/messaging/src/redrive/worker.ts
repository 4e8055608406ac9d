import { setTimeout as sleep } from 'node:timers/promises';
import type { Tx } from '#platform';
import type { Desk } from '../inbox/desk.js';
import { GaveUp, Interrupted } from '../inbox/persevere.js';
import { writeAudit } from '../inbox/redrive-audit.js';
import { type Redrive, type redriveRefusals, refusedBefore, type Taken } from '../inbox/redrive.js';
import {
  doneOf,
  type Item,
  type ItemOutcome,
  type Job,
  readItem,
  takeDueJob,
  untilDue,
  writeOutcome,
} from './job-store.js';
import { moved } from './jobs.js';

/** How soon a job that was just started, or that a killed replica left, is taken up. */
const LOOK_MS = 1_000;
/** Another replica has the item that is due; it takes a few milliseconds. */
const ELSEWHERE_MS = 20;

const BEING_RELEASED = 'messaging.subject-being-released' satisfies keyof typeof redriveRefusals.catalogue;

interface Result {
  outcome: ItemOutcome | 'being-released';
  code: string | null;
  error: string | null;
  /** events of the subject wait to be released */
  waiting: boolean;
}

/**
 * Works off redrive jobs, an item a transaction: the event's effect, the letter's state, the item's result and
 * the audit are one commit under the lock of the job's row. A killed process leaves an item either done and
 * noted or untouched, and the next look of any replica goes on with it; a replica that was stopped in the
 * middle and wakes up again holds the lock or has lost its transaction.
 *
 * (A lease with a time limit would need one longer than the slowest handler, and would still let a stopped
 * owner do an item again. Handing out items to all replicas at once would need the order of each subject
 * guarded between them; one after the other is fast enough: the pace is the limit that is wanted.)
 */
export class RedriveWorker {
  constructor(
    private readonly desk: Desk,
    private readonly redrive: Redrive,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    const { patience, logger } = this.desk.parts;
    while (!signal.aborted) {
      let pause = LOOK_MS;
      try {
        pause = await patience.persevere(() => this.#pause());
        while (pause === 0 && !signal.aborted) pause = await patience.persevere(() => this.#work());
      } catch (error) {
        if (!(error instanceof Interrupted))
          logger.error({ err: error instanceof GaveUp ? error.cause : error }, 'a redrive does not get on');
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** How long until something is due, 0 when it is: the one statement of an idle round. */
  async #pause(): Promise<number> {
    const { database, consumer } = this.desk.parts;
    const due = await untilDue(database, consumer);
    return due === undefined ? LOOK_MS : Math.min(Math.max(0, due), LOOK_MS);
  }

  async #work(): Promise<number> {
    if (await this.#next()) return 0;
    // Nothing due, or another replica has it: then it would be due still.
    return (await this.#pause()) || ELSEWHERE_MS;
  }

  /** @returns false when another replica has what is due */
  async #next(): Promise<boolean> {
    let toRelease: Pick<Item, 'topic' | 'subject'> | undefined;
    const found = await this.desk.parts.database.transaction(async (tx) => {
      const job = await takeDueJob(tx, this.desk.parts.consumer);
      if (!job) return false;
      const item = await readItem(tx, job.id, doneOf(job) + 1);
      if (!item) {
        await moved(tx, job, 'finish', job.startedBy!);
        return true;
      }
      const { outcome, code, error, waiting } = await this.#do(tx, job, item);
      if (outcome !== 'being-released') await writeOutcome(tx, job.id, item.number, { outcome, code, error });
      if (waiting) toRelease = item;
      return true;
    });
    // Before the next item: another letter of this subject would find it still blocked. When this process is
    // killed here, the inbox's own round (Release.resume) goes on.
    if (toRelease) await this.redrive.goOn({ topic: toRelease.topic, key: toRelease.subject });
    return found;
  }

  async #do(tx: Tx, job: Job, { deadLetterId }: Item): Promise<Result> {
    const order = { action: job.action, reason: job.reason, actor: job.startedBy!, job: job.id };
    let taken: Taken;
    try {
      taken = await this.redrive.take(tx, deadLetterId);
    } catch (error) {
      if (!refusedBefore(error)) throw error;
      if (error.code === BEING_RELEASED)
        return { outcome: 'being-released', code: null, error: null, waiting: true };
      await writeAudit(tx, { ...order, letter: deadLetterId, outcome: `skipped: ${error.message}` });
      return { outcome: 'skipped', code: error.code, error: error.en, waiting: false };
    }
    const { result, waiting } = await this.redrive.settle(tx, taken, order);
    const { outcome, code = null, error = null } = result;
    return { outcome, code, error, waiting };
  }
}
