import 'reflect-metadata';
import { ServerKafka } from '@nestjs/microservices';
import { logLevel, Partitioners } from 'kafkajs';
import { DataSource, EntitySchema, type Repository } from 'typeorm';
import { Meter } from '../harness/meter.js';
import { PARTITIONS, brokers } from '../harness/place.js';
import { serve } from '../harness/serve.js';

/*
 * Nest's Kafka transport and TypeORM's `save`, as the documentation of both shows them. `side`: all partitions
 * side by side instead of KafkaJS's default of one at a time. Neither turns repetitions away: there is no inbox.
 */
interface Progress {
  eventId: string;
  subject: string;
  sequence: number;
  measure: number;
  percent: number;
  reportedOn: string;
}

const progress = new EntitySchema<Progress>({
  name: 'Progress',
  tableName: 'progress',
  columns: {
    eventId: { name: 'event_id', type: 'uuid', primary: true },
    subject: { type: 'text' },
    sequence: { type: 'bigint' },
    measure: { type: 'int' },
    percent: { type: 'int' },
    reportedOn: { name: 'reported_on', type: 'date' },
  },
});

interface Told {
  id: string;
  subject: string;
  sequence: string;
  data: { measure: number; percent: number; reportedOn: string };
}

let source: DataSource;
let server: ServerKafka;
let meter: Meter;

serve({
  async start({
    databaseUrl,
    topic,
    service,
    side,
  }: Record<'databaseUrl' | 'topic' | 'service', string> & { side: boolean }) {
    source = await new DataSource({
      type: 'postgres',
      url: databaseUrl,
      entities: [progress],
      poolSize: 12,
    }).initialize();
    const repository: Repository<Progress> = source.getRepository(progress);
    const counting = (meter = new Meter());
    server = new ServerKafka({
      client: { brokers: brokers(), clientId: service, logLevel: logLevel.NOTHING },
      consumer: { groupId: service },
      subscribe: { fromBeginning: true },
      run: { partitionsConsumedConcurrently: side ? PARTITIONS : 1 },
      producer: { createPartitioner: Partitioners.DefaultPartitioner },
    });
    const handler = async ({ id, subject, sequence, data }: Told): Promise<void> => {
      const { measure, percent, reportedOn } = data;
      await repository.save({
        eventId: id,
        subject,
        sequence: Number(sequence),
        measure,
        percent,
        reportedOn,
      });
      counting.finished(1);
    };
    server.addHandler(topic, handler as never, true);
    await new Promise<void>((resolve, reject) =>
      server.listen((error?: unknown) => (error ? reject(error as Error) : resolve())),
    );
  },
  reading: () => meter.reading,
  async stop() {
    await server.close();
    await source.destroy();
  },
});
