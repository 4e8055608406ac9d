import { hostname } from 'node:os';
import type { Topic } from '#contracts';
import type { Queryable } from '#platform';
import type { KafkaInbox } from '../inbox/kafka-inbox.js';
import { type Job, listJobs } from '../redrive/job-store.js';
import type { Relay } from '../relay/relay.js';
import { readBacklog, type ShardBacklog } from './backlog.js';
import type { GroupLag, PartitionLag } from './lag.js';
import { PublishRate } from './publish-rate.js';
import { readSetAside, type SetAside } from './set-aside.js';

/** A service has a handful of unfinished redrives at most; the list of jobs has them all. */
const SHOWN_JOBS = 20;

export interface MessagingStatus {
  service: string;
  /** the process that answers; what it says of itself holds for this replica alone */
  answeredBy: string;
  outbox: {
    depth: number;
    oldestSeconds: number;
    /** over all replicas, in the last minute; null until looked at twice */
    publishedPerSecond: number | null;
    shards: ShardBacklog[];
    /** shards that the answering process carries itself */
    carriedHere: number[];
  };
  consumer: {
    group: string;
    consumes: readonly Topic[];
    /** `ok`, or what keeps the answering process from consuming */
    state: string;
    lastSettledAt: Date | null;
    lastHeardAt: Date | null;
    /** by the full name of the topic */
    pausedHere: { topic: string; partitions: number[] }[];
    /** of the whole group; null when the broker did not answer */
    lag: PartitionLag[] | null;
  };
  setAside: SetAside;
  /** redrives that have not ended, the newest first */
  redrives: Job[];
}

/** One look at a service's messaging. The page and the metrics both come from it, so they cannot differ. */
export class MessagingReadModel {
  readonly #rate = new PublishRate();

  constructor(
    private readonly service: string,
    private readonly consumes: readonly Topic[],
    private readonly database: Queryable,
    private readonly relay: Relay,
    private readonly inbox: KafkaInbox,
    private readonly lag: GroupLag,
  ) {}

  async look(): Promise<MessagingStatus> {
    const [shards, setAside, lag, redrives] = await Promise.all([
      readBacklog(this.database),
      readSetAside(this.database, this.service),
      this.lag.read(),
      listJobs(this.database, this.service, { states: ['ready', 'running', 'paused'], limit: SHOWN_JOBS }),
    ]);
    const now = Date.now();
    this.#rate.note(
      now,
      shards.reduce((sum, { publishedUpTo }) => sum + publishedUpTo, 0),
    );
    const oldest = Math.min(...shards.map(({ oldestWaiting }) => oldestWaiting?.getTime() ?? Infinity));
    const { settled, heard } = this.inbox.progress.last;
    return {
      service: this.service,
      answeredBy: `${hostname()}/${process.pid}`,
      outbox: {
        depth: shards.reduce((sum, { waiting }) => sum + waiting, 0),
        oldestSeconds: Number.isFinite(oldest) ? Math.max(0, (now - oldest) / 1_000) : 0,
        publishedPerSecond: this.#rate.perSecond ?? null,
        shards,
        carriedHere: this.relay.owned,
      },
      consumer: {
        group: this.inbox.group,
        consumes: this.consumes,
        state: this.#state(),
        lastSettledAt: settled ?? null,
        lastHeardAt: heard ?? null,
        pausedHere: this.inbox.paused,
        lag: lag ?? null,
      },
      setAside,
      redrives,
    };
  }

  #state(): string {
    try {
      this.inbox.progress.check();
      return 'ok';
    } catch (error) {
      return (error as Error).message;
    }
  }
}
