import { contractOf, type Topic } from '#contracts';
import { type Actor, Database, type Page, pageOf, type PageRequest } from '#platform';
import { listLetters, type LetterState } from '../inbox/dead-letters.js';
import type { KafkaInbox } from '../inbox/kafka-inbox.js';
import type { RedriveResult } from '../inbox/redrive.js';
import type { Brokers } from '../kafka/client.js';
import type { Relay } from '../relay/relay.js';
import { readBacklog, readSetAside, type SetAside, type ShardBacklog } from './backlog.js';
import { type PartitionLag, readLag } from './lag.js';

export interface MessagingStatus {
  service: string;
  outbox: {
    depth: number;
    oldestSeconds: number | null;
    shards: ShardBacklog[];
    /** shards that the answering process carries itself */
    carriedHere: number[];
  };
  consumer: {
    group: string;
    consumes: readonly Topic[];
    /** `ok`, or what keeps it from consuming */
    state: string;
    /** absent when the broker did not answer */
    lag?: PartitionLag[];
  };
  setAside: SetAside;
}

export interface ShownLetter {
  id: string;
  topic: string;
  subject: string | null;
  eventId: string | null;
  type: string | null;
  sequence: number | null;
  cause: string;
  errorClass: string;
  error: string;
  origin: { topic: string; partition: number; offset: number };
  attempts: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
  traceparent: string | null;
  state: LetterState;
  settledAt: Date | null;
  settledBy: string | null;
  /** as it came; bytes that are not UTF-8 are shown replaced. Withheld for restricted events. */
  payload: string | null;
}

/** What an operator sees of one service's messaging, and does with it. */
export class MessagingOperations {
  constructor(
    private readonly service: string,
    private readonly consumes: readonly Topic[],
    private readonly prefix: string,
    private readonly brokers: Brokers,
    private readonly database: Database,
    private readonly relay: Relay,
    private readonly inbox: KafkaInbox,
  ) {}

  async status(): Promise<MessagingStatus> {
    const [shards, setAside, lag] = await Promise.all([
      readBacklog(this.database),
      readSetAside(this.database, this.service),
      readLag(this.brokers, this.prefix, this.inbox.group, this.consumes).catch((error: Error) => {
        this.brokers.logger.debug({ error: error.message }, 'the broker did not tell the lag');
        return undefined;
      }),
    ]);
    const oldest = Math.min(...shards.map(({ oldestWaiting }) => oldestWaiting?.getTime() ?? Infinity));
    return {
      service: this.service,
      outbox: {
        depth: shards.reduce((sum, { waiting }) => sum + waiting, 0),
        oldestSeconds: Number.isFinite(oldest) ? Math.max(0, (Date.now() - oldest) / 1000) : null,
        shards,
        carriedHere: this.relay.owned,
      },
      consumer: {
        group: this.inbox.group,
        consumes: this.consumes,
        state: this.#state(),
        ...(lag ? { lag } : {}),
      },
      setAside,
    };
  }

  async deadLetters(state: LetterState, request: PageRequest): Promise<Page<ShownLetter>> {
    const letters = await listLetters(this.database, {
      consumer: this.service,
      state,
      ...(request.after?.[0] ? { before: request.after[0] } : {}),
      limit: request.limit + 1,
    });
    const shown = letters.map((letter): ShownLetter => ({
      id: letter.id,
      topic: letter.topic,
      subject: letter.key,
      eventId: letter.event_id,
      type: letter.type,
      sequence: letter.sequence,
      cause: letter.cause,
      errorClass: letter.error_class,
      error: letter.error,
      origin: {
        topic: letter.origin_topic,
        partition: letter.origin_partition,
        offset: letter.origin_offset,
      },
      attempts: letter.attempts,
      firstFailedAt: letter.first_failed_at,
      lastFailedAt: letter.last_failed_at,
      traceparent: letter.traceparent,
      state: letter.state,
      settledAt: letter.settled_at,
      settledBy: letter.settled_by,
      payload: withheld(letter.type) ? null : letter.payload.toString('utf8'),
    }));
    return pageOf(shown, request, ({ id }) => [id]);
  }

  redrive(id: string, actor: Actor): Promise<RedriveResult> {
    return this.inbox.redrive.redrive(id, actor);
  }

  discard(id: string, reason: string, actor: Actor): Promise<RedriveResult> {
    return this.inbox.redrive.discard(id, reason, actor);
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

/** An operator keeps the machine running; what only deciding bodies may read is not for them. */
function withheld(type: string | null): boolean {
  return type !== null && contractOf(type)?.audience === 'restricted';
}
