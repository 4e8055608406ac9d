import { randomBytes } from 'node:crypto';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { measureProgressReported } from '#contracts';
import { createLogger } from '#platform';
import { eventually, partsSetting, type TestDatabase, testDatabase } from '#testing';
import { Proxy } from '../../libs/messaging/specs/proxy.js';
import { ensureTopics, topicName } from '../../libs/messaging/src/kafka/topics.js';
import { type AppSettings, CONSUMERS, PARTITIONS } from './app-protocol.js';
import { Child } from './child.js';
import { prepareConsumer, prepareProducer } from './evidence.js';
import { Journal } from './journal.js';
import { Chance } from './model/chance.js';

/** All that one fault run needs: databases, a topic, proxies before both, processes, and the journal. */
export class LineUp {
  readonly prefix = `faults-${randomBytes(4).toString('hex')}`;
  readonly topic = topicName(this.prefix, measureProgressReported.topic);
  readonly brokers = partsSetting('KAFKA_BROKERS').split(',');
  readonly acknowledged = new Set<string>();
  readonly notes: string[] = [];
  /** processes that have ended without having been killed */
  readonly ownEnds: string[] = [];
  /** messages that consumers dropped as received or settled before */
  dropped = 0;
  readonly children = new Map<string, Child>();
  readonly databases = new Map<string, TestDatabase>();
  readonly chance: Chance;
  kafka!: Proxy;
  postgres!: Proxy;
  journal!: Journal;
  /** past the proxy, for what is put into the topic from elsewhere */
  raw!: Producer;

  constructor(
    seed: number,
    private readonly program: string,
    /** whose place a wrong program takes, to see whether that is found */
    private readonly plant?: { mistake: string; who: AppSettings['role']; program: string },
  ) {
    this.chance = new Chance(seed);
  }

  async open(): Promise<void> {
    this.kafka = await Proxy.open('kafka', this.brokers[0]!);
    const logger = createLogger('faults', 'warn');
    const here = { brokers: this.brokers, clientId: this.prefix, logger };
    await ensureTopics(here, { prefix: this.prefix, partitions: PARTITIONS, replication: 1 }, [
      measureProgressReported.topic,
    ]);
    for (const name of ['producer', ...CONSUMERS]) this.databases.set(name, await testDatabase('messaging'));
    const address = new URL(this.databases.get('producer')!.url);
    this.postgres = await Proxy.open('postgres', address.host);
    await prepareProducer(this.databases.get('producer')!.db);
    for (const name of CONSUMERS) await prepareConsumer(this.databases.get(name)!.db);
    this.journal = new Journal(this.brokers, [this.topic]);
    await this.journal.open();
    this.raw = this.client().producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await this.raw.connect();
    for (const name of ['producer-1', 'producer-2']) this.add(name, 'producer', 'producer');
    for (const name of CONSUMERS) this.add(`${name}-1`, 'consumer', name);
    await this.ready();
  }

  client(): Kafka {
    return new Kafka({ brokers: this.brokers, clientId: this.prefix, logLevel: logLevel.NOTHING });
  }

  add(name: string, role: AppSettings['role'], database: string): Child {
    const url = new URL(this.databases.get(database)!.url);
    url.hostname = '127.0.0.1';
    url.port = String(this.postgres.port);
    const settings: AppSettings = {
      name,
      role,
      consumer: database,
      databaseUrl: url.href,
      brokers: this.brokers,
      kafkaProxy: this.kafka.port,
      prefix: this.prefix,
      seed: this.chance.below(1_000_000),
    };
    const wrong = this.plant?.who === role ? this.plant : undefined;
    if (wrong) settings.plant = wrong.mistake;
    const child = new Child(
      wrong?.program ?? this.program,
      settings,
      ({ acknowledged = [], consumed = {}, note }) => {
        this.dropped += (consumed['stale'] ?? 0) + (consumed['duplicate'] ?? 0);
        for (const id of acknowledged) this.acknowledged.add(id);
        if (note) this.notes.push(`${name}: ${note}`);
      },
      (how) => this.ownEnds.push(how),
    );
    this.children.set(name, child);
    child.start();
    return child;
  }

  child(name: string): Child {
    return this.children.get(name)!;
  }

  get producers(): Child[] {
    return [...this.children.values()].filter(({ name }) => name.startsWith('producer'));
  }

  get consumers(): Child[] {
    return [...this.children.values()].filter(({ name }) => !name.startsWith('producer'));
  }

  /** transactions a second, of each producer */
  load(rate: number): void {
    for (const producer of this.producers) producer.tell({ load: rate });
  }

  async ready(): Promise<void> {
    await eventually(
      () => {
        const idle = this.consumers.filter(({ ready }) => !ready).map(({ name }) => name);
        const owned = this.producers.flatMap((producer) => producer.owned).length;
        if (idle.length > 0 || owned < 4)
          throw new Error(`${idle.join(', ')} not ready, ${owned} shards owned`);
      },
      { within: 120_000 },
    );
  }

  async close(): Promise<void> {
    for (const child of this.children.values()) child.thaw();
    await Promise.all([...this.children.values()].map((child) => child.end()));
    await Promise.all([this.journal.close(), this.raw.disconnect()]);
    await Promise.all([this.kafka.close(), this.postgres.close()]);
    const admin = this.client().admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [this.topic] });
    await admin.disconnect();
    for (const database of this.databases.values()) await database.drop();
  }
}
