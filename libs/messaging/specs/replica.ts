import { setTimeout as sleep } from 'node:timers/promises';
import { type EventOf, measureProgressReported } from '#contracts';
import { createLogger, Database } from '#platform';
import type { Delivery } from '../src/inbox/delivery.js';
import { KafkaInbox } from '../src/inbox/kafka-inbox.js';

/** What a replica is told by the spec that starts it. */
export interface ReplicaSettings {
  service: string;
  prefix: string;
  brokers: string[];
  databaseUrl: string;
  /** how long its handler takes after its effect */
  slowMs: number;
}

/*
 * One replica of a consumer, as a process that can be killed: its handler leaves a row for each time it runs, with
 * the process that ran it. It ends with its parent.
 */
const settings = JSON.parse(process.env['REPLICA']!) as ReplicaSettings;
process.on('disconnect', () => process.exit(0));

const logger = createLogger(`replica ${process.pid}`, process.env['LOG_LEVEL'] ?? 'silent');
const database = new Database({ DATABASE_URL: settings.databaseUrl, DATABASE_POOL: 5 }, logger);
const inbox = new KafkaInbox({
  service: settings.service,
  consumes: [measureProgressReported.topic],
  prefix: settings.prefix,
  brokers: { brokers: settings.brokers, clientId: settings.service, logger },
  database,
  tally: { consumed: () => undefined, gap: () => undefined, deadLetter: () => undefined },
  prepareTopics: () => Promise.resolve(),
  onFatal: () => process.exit(1),
});

async function hear(event: EventOf<typeof measureProgressReported>, { tx }: Delivery): Promise<void> {
  await tx.query('INSERT INTO effect (subject, sequence, pid) VALUES ($1, $2, $3)', [
    event.subject,
    Number(event.sequence),
    process.pid,
  ]);
  if (settings.slowMs > 0) await sleep(settings.slowMs);
}

inbox.addHandler(measureProgressReported.type, hear as never, true, { contract: measureProgressReported });
inbox.listen((error) => {
  if (error) throw error as Error;
});
