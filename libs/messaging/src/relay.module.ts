import { hostname } from 'node:os';
import {
  type DynamicModule,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import {
  BASE_SETTINGS,
  type BaseSettings,
  Database,
  HealthRegistry,
  LOGGER,
  type Logger,
  Metrics,
  SETTINGS,
} from '#platform';
import type { Brokers } from './kafka/client.js';
import { ensureTopics } from './kafka/topics.js';
import { MessagingMetrics } from './operations/messaging-metrics.js';
import { Relay } from './relay/relay.js';

/** Name of the service whose outbox and inbox these are. */
export const SERVICE = Symbol('SERVICE');
export const BROKERS = Symbol('BROKERS');
export const TOPICS_READY = Symbol('TOPICS_READY');

/** What a relay needs, inside a service and apart from it. */
export const relayProviders: Provider[] = [
  {
    provide: BROKERS,
    useFactory: (service: string, settings: BaseSettings, logger: Logger): Brokers => ({
      brokers: settings.KAFKA_BROKERS.split(',').map((address) => address.trim()),
      clientId: `chengxin-${service}`,
      logger,
    }),
    inject: [SERVICE, BASE_SETTINGS, LOGGER],
  },
  { provide: TOPICS_READY, useFactory: topicsOnce, inject: [BROKERS, BASE_SETTINGS] },
  {
    provide: MessagingMetrics,
    useFactory: (metrics: Metrics) => new MessagingMetrics(metrics.registry),
    inject: [Metrics],
  },
  {
    provide: Relay,
    useFactory: createRelay,
    inject: [SERVICE, BASE_SETTINGS, BROKERS, TOPICS_READY, Database, MessagingMetrics],
  },
];

@Injectable()
class RelayLife implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly relay: Relay,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.relay.start();
    this.health.addReadiness('relay', () => this.relay.check());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }
}

/** Nothing but the relay of one service's outbox, for a process of its own (`CHENGXIN_RELAY=apart` in the service). */
@Module({})
export class RelayModule {
  /** @param setting which setting names the service */
  static forRoot(setting: string): DynamicModule {
    return {
      module: RelayModule,
      providers: [
        {
          provide: SERVICE,
          useFactory: (settings: Record<string, string>) => settings[setting],
          inject: [SETTINGS],
        },
        ...relayProviders,
        RelayLife,
      ],
    };
  }
}

/** Relay and consumer both need the topics and may both ask; a failure is forgotten, so that the next asks again. */
function topicsOnce(brokers: Brokers, settings: BaseSettings): () => Promise<void> {
  let ready: Promise<void> | undefined;
  const {
    CHENGXIN_TOPIC_PREFIX: prefix,
    CHENGXIN_PARTITIONS: partitions,
    CHENGXIN_REPLICATION: replication,
  } = settings;
  return () => {
    ready ??= ensureTopics(brokers, { prefix, partitions, replication }).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
}

function createRelay(
  service: string,
  settings: BaseSettings,
  brokers: Brokers,
  prepareTopics: () => Promise<void>,
  database: Database,
  metrics: MessagingMetrics,
): Relay {
  return new Relay({
    name: `relay ${service} ${hostname()}/${process.pid}`,
    databaseUrl: settings.DATABASE_URL,
    database,
    brokers: { ...brokers, clientId: `${brokers.clientId}-relay` },
    prefix: settings.CHENGXIN_TOPIC_PREFIX,
    prepareTopics,
    onPublished: (events) => metrics.published(events),
    onProducerDiscarded: () => metrics.producerDiscarded(),
  });
}
