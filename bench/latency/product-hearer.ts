import { type EventOf, measureProgressReported } from '#contracts';
import type { Delivery } from '#messaging';
import { Database, prepared } from '#platform';
import { KafkaInbox } from '../../libs/messaging/src/inbox/kafka-inbox.js';
import { clockUs } from '../harness/meter.js';
import { benchLogger, brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import type { Stamp } from './open-load.js';

/* Another service that hears the events: our consumer with a handler that writes one row. */
type Told = EventOf<typeof measureProgressReported>;
const logger = benchLogger('hearer');
let database: Database;
let inbox: KafkaInbox;
let stamps: Stamp[] = [];
const INSERT = prepared('INSERT INTO heard (id, subject, sequence) VALUES ($1, $2, $3)');

serve({
  start({ databaseUrl, prefix, service }: { databaseUrl: string; prefix: string; service: string }) {
    stamps = [];
    database = new Database({ DATABASE_URL: databaseUrl, DATABASE_POOL: 10 }, logger);
    inbox = new KafkaInbox({
      service,
      consumes: [measureProgressReported.topic],
      prefix,
      brokers: { brokers: brokers(), clientId: service, logger },
      database,
      tally: {
        consumed: () => undefined,
        gap: () => logger.error('gap'),
        deadLetter: (_, cause) => logger.error({ cause }, 'dead letter'),
      },
      prepareTopics: () => Promise.resolve(),
      onFatal: (error) => logger.error({ err: error }, 'fatal'),
    });
    inbox.addHandler(measureProgressReported.type, hear as never, true, {
      contracts: [measureProgressReported],
    });
    inbox.listen((error) => {
      if (error) throw error as Error;
    });
  },
  ready: () => inbox.progress.check(),
  stamps: () => stamps,
  async stop() {
    await inbox.close();
    await database.onApplicationShutdown();
  },
});

async function hear(event: Told, { tx }: Delivery): Promise<void> {
  stamps.push({ id: event.id, us: clockUs() });
  await tx.query(INSERT, [event.id, event.subject, Number(event.sequence)]);
}
