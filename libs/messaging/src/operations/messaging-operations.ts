import { type Actor, type Database, type Page, pageOf, type PageRequest } from '#platform';
import type { KafkaInbox } from '../inbox/kafka-inbox.js';
import { listAudit, type ShownAudit } from '../inbox/redrive-audit.js';
import type { RedriveResult } from '../inbox/redrive.js';
import type { JobState } from '../redrive/job-states.js';
import { type Item, type ItemOutcome, type Job, listItems, listJobs } from '../redrive/job-store.js';
import type { RedriveJobs } from '../redrive/jobs.js';
import { type LetterFilter, listLetters, type ShownLetter } from './letters.js';
import type { MessagingReadModel, MessagingStatus } from './read-model.js';

/** An item as it is shown: what is not done yet waits, or was left when the job was cancelled. */
export interface ShownItem extends Omit<Item, 'outcome'> {
  outcome: ItemOutcome | 'waiting' | 'cancelled';
}

/** What an operator sees of one service's messaging, and does with single letters. */
export class MessagingOperations {
  constructor(
    private readonly service: string,
    private readonly database: Database,
    private readonly inbox: KafkaInbox,
    private readonly model: MessagingReadModel,
    readonly jobs: RedriveJobs,
  ) {}

  status(): Promise<MessagingStatus> {
    return this.model.look();
  }

  async deadLetters(
    filter: Omit<LetterFilter, 'consumer' | 'before' | 'limit'>,
    request: PageRequest,
  ): Promise<Page<ShownLetter>> {
    const letters = await listLetters(this.database, {
      ...filter,
      consumer: this.service,
      ...(request.after?.[0] ? { before: request.after[0] } : {}),
      limit: request.limit + 1,
    });
    return pageOf(letters, request, ({ id }) => [id]);
  }

  redrive(id: string, actor: Actor): Promise<RedriveResult> {
    return this.inbox.redrive.redrive(id, actor);
  }

  discard(id: string, reason: string, actor: Actor): Promise<RedriveResult> {
    return this.inbox.redrive.discard(id, reason, actor);
  }

  async redrives(states: readonly JobState[], request: PageRequest): Promise<Page<Job>> {
    const jobs = await listJobs(this.database, this.service, {
      states,
      ...(request.after?.[0] ? { before: request.after[0] } : {}),
      limit: request.limit + 1,
    });
    return pageOf(jobs, request, ({ id }) => [id]);
  }

  /** @throws Refusal `messaging.no-such-redrive` */
  async items(
    job: string,
    outcome: ItemOutcome | 'waiting' | undefined,
    request: PageRequest,
  ): Promise<Page<ShownItem>> {
    const { state } = await this.jobs.read(job);
    const items = await listItems(this.database, job, {
      ...(outcome ? { outcome } : {}),
      ...(request.after?.[0] ? { after: Number(request.after[0]) } : {}),
      limit: request.limit + 1,
    });
    const left = state === 'cancelled' ? 'cancelled' : 'waiting';
    const shown = items.map((item): ShownItem => ({ ...item, outcome: item.outcome ?? left }));
    return pageOf(shown, request, ({ number }) => [String(number)]);
  }

  async audit(filter: { job?: string; letter?: string }, request: PageRequest): Promise<Page<ShownAudit>> {
    const entries = await listAudit(this.database, {
      ...filter,
      ...(request.after?.[0] ? { before: Number(request.after[0]) } : {}),
      limit: request.limit + 1,
    });
    return pageOf(entries, request, ({ id }) => [String(id)]);
  }
}
