import { type EventOf, measureProgressReported } from '#contracts';
import type { Delivery, JointDelivery } from '#messaging';
import { Database } from '#platform';
import { KafkaInbox } from '../../libs/messaging/src/inbox/kafka-inbox.js';
import { Meter } from '../harness/meter.js';
import { benchLogger, brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';
import { columnsOf, INSERT_MANY, INSERT_ONE, rowOf } from './progress-table.js';

/*
 * Our consumer. `together`: with a handler that takes all events of a transaction in one statement
 * (@HearsTogether); else it is called for each event (@Hears).
 */
type Told = EventOf<typeof measureProgressReported>;
const logger = benchLogger('apply');
let database: Database;
let inbox: KafkaInbox;
let meter: Meter;

interface Argument {
  databaseUrl: string;
  prefix: string;
  service: string;
  together: boolean;
}

serve({
  start({ databaseUrl, prefix, service, together }: Argument) {
    database = new Database({ DATABASE_URL: databaseUrl, DATABASE_POOL: 10 }, logger);
    const counting = (meter = new Meter());
    inbox = new KafkaInbox({
      service,
      consumes: [measureProgressReported.topic],
      prefix,
      brokers: { brokers: brokers(), clientId: service, logger },
      database,
      tally: {
        consumed: (_, outcome, events) => {
          if (outcome === 'handled') counting.finished(events);
          else logger.error({ outcome, events }, 'not handled');
        },
        gap: () => logger.error('gap'),
        deadLetter: (_, cause) => logger.error({ cause }, 'dead letter'),
      },
      prepareTopics: () => Promise.resolve(),
      onFatal: (error) => logger.error({ err: error }, 'fatal'),
    });
    inbox.addHandler(measureProgressReported.type, (together ? hearTogether : hear) as never, true, {
      contracts: [measureProgressReported],
      together,
    });
    inbox.listen((error) => {
      if (error) throw error as Error;
    });
  },
  reading: () => meter.reading,
  async stop() {
    await inbox.close();
    await database.onApplicationShutdown();
  },
});

async function hear(event: Told, { tx }: Delivery): Promise<void> {
  await tx.query(INSERT_ONE, rowOf(event));
}

async function hearTogether(events: Told[], { tx }: JointDelivery): Promise<void> {
  await tx.query(INSERT_MANY, columnsOf(events));
}
