import { Gauge, type Registry } from 'prom-client';
import type { Logger } from '#platform';
import { CAUSES } from '../inbox/classify.js';
import type { MessagingReadModel, MessagingStatus } from './read-model.js';

type Fill = (status: MessagingStatus, gauge: Gauge<string>) => void;

/**
 * Those of outbox, lag, letters and redrives tell of the service and are the same from every replica: take their
 * maximum. Those of shards carried and of the consumer's work tell of the replica that is asked.
 */
const GAUGES: { name: string; help: string; labels?: string[]; set: Fill }[] = [
  {
    name: 'messaging_outbox_depth',
    help: 'Committed events not yet noted as published',
    set: ({ outbox }, gauge) => gauge.set(outbox.depth),
  },
  {
    name: 'messaging_outbox_oldest_seconds',
    help: 'Age of the oldest of them',
    set: ({ outbox }, gauge) => gauge.set(outbox.oldestSeconds),
  },
  {
    name: 'messaging_shard_held',
    help: 'Whether some relay holds the shard of the outbox',
    labels: ['shard'],
    set: ({ outbox }, gauge) => {
      for (const { shard, held } of outbox.shards) gauge.set({ shard }, Number(held));
    },
  },
  {
    name: 'messaging_shard_carried',
    help: 'Whether this replica carries the shard',
    labels: ['shard'],
    set: ({ outbox }, gauge) => {
      for (const { shard } of outbox.shards) gauge.set({ shard }, Number(outbox.carriedHere.includes(shard)));
    },
  },
  {
    name: 'messaging_consumer_lag',
    help: 'Messages between what the group has committed and the end of the partition; absent while the broker is silent',
    labels: ['topic', 'partition'],
    set: ({ consumer }, gauge) => {
      for (const { topic, partition, lag } of consumer.lag ?? []) gauge.set({ topic, partition }, lag);
    },
  },
  {
    name: 'messaging_consumer_working',
    help: 'Whether the consumer of this replica gets on',
    set: ({ consumer }, gauge) => gauge.set(Number(consumer.state === 'ok')),
  },
  {
    name: 'messaging_consumer_last_settled_timestamp_seconds',
    help: 'When this replica settled an event last; 0 when it has not yet',
    set: ({ consumer }, gauge) => gauge.set((consumer.lastSettledAt?.getTime() ?? 0) / 1_000),
  },
  {
    name: 'messaging_consumer_paused_partitions',
    help: 'Partitions that this replica does not fetch while its database is away',
    set: ({ consumer }, gauge) =>
      gauge.set(consumer.pausedHere.reduce((sum, { partitions }) => sum + partitions.length, 0)),
  },
  {
    name: 'messaging_dead_letters_open',
    help: 'Dead letters not yet settled, counted up to 10,000',
    labels: ['cause'],
    set: ({ setAside }, gauge) => {
      for (const cause of CAUSES) gauge.set({ cause }, setAside.openByCause[cause] ?? 0);
    },
  },
  {
    name: 'messaging_dead_letters_oldest_timestamp_seconds',
    help: 'When the oldest open dead letter was set aside; absent when none is open',
    set: ({ setAside }, gauge) => {
      if (setAside.oldestOpen) gauge.set(setAside.oldestOpen.getTime() / 1_000);
      else gauge.remove();
    },
  },
  {
    name: 'messaging_parked',
    help: 'Events waiting behind a dead letter, counted up to 10,000',
    set: ({ setAside }, gauge) => gauge.set(setAside.parkedEvents),
  },
  {
    name: 'messaging_parked_subjects',
    help: 'Subjects with events that wait, counted up to 10,000',
    set: ({ setAside }, gauge) => gauge.set(setAside.parkedSubjects),
  },
  {
    name: 'messaging_blocked_subjects',
    help: 'Subjects that a dead letter stops, counted up to 10,000',
    set: ({ setAside }, gauge) => gauge.set(setAside.blockedSubjects),
  },
  {
    name: 'messaging_redrives',
    help: 'Redrives that have not ended',
    labels: ['state'],
    set: ({ redrives }, gauge) => {
      for (const state of ['ready', 'running', 'paused'] as const)
        gauge.set({ state }, redrives.filter((job) => job.state === state).length);
    },
  },
];

/**
 * The gauges of one service. A registry asks all its metrics at once, so each waits for the same look. When it
 * fails (the database is away) the page still comes, with these figures absent rather than old.
 */
export function showGauges(registry: Registry, model: MessagingReadModel, logger: Logger): void {
  let looking: Promise<MessagingStatus | undefined> | undefined;
  const look = (): Promise<MessagingStatus | undefined> =>
    (looking ??= model
      .look()
      .catch((error: unknown) => {
        logger.warn({ err: error }, 'the figures of messaging could not be read');
        return undefined;
      })
      .finally(() => (looking = undefined)));
  for (const { name, help, labels = [], set } of GAUGES) {
    new Gauge<string>({
      name,
      help,
      labelNames: labels,
      registers: [registry],
      async collect() {
        const status = await look();
        this.reset();
        if (status) set(status, this);
        else if (labels.length === 0) this.remove();
      },
    });
  }
}
