import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Topic } from '#contracts';
import {
  BASE_SETTINGS,
  type BaseSettings,
  Clock,
  Database,
  HealthRegistry,
  Metrics,
  migrationFolder,
  type MigrationSet,
} from '#platform';
import { endProcess } from './inbox/end-process.js';
import { KafkaInbox } from './inbox/kafka-inbox.js';
import type { Brokers } from './kafka/client.js';
import { GroupLag } from './operations/lag.js';
import { showGauges } from './operations/messaging-gauges.js';
import { MessagingMetrics } from './operations/messaging-metrics.js';
import { MessagingOperations } from './operations/messaging-operations.js';
import { operationsController } from './operations/operations.controller.js';
import { MessagingReadModel } from './operations/read-model.js';
import { redrivesController } from './operations/redrives.controller.js';
import { stampWith } from './outbox/publish.js';
import { RedriveJobs } from './redrive/jobs.js';
import { BROKERS, relayProviders, SERVICE, TOPICS_READY } from './relay.module.js';
import { Relay } from './relay/relay.js';
import type { ReadModel } from './replay/read-model.js';
import { replaysController } from './replay/replays.controller.js';
import { Replays } from './replay/replays.js';

/** The tables of outbox, inbox and dead letters, in the service's own database. */
export const messagingMigrations: MigrationSet = {
  name: 'messaging',
  folder: migrationFolder('libs/messaging'),
};

export interface MessagingOptions {
  /** names the consumer, its group and its part of the operator's API */
  service: string;
  /** topics by their short names; each needs a handler (`@Hears`), each handler its topic */
  consumes: readonly Topic[];
  /** what to do when KafkaJS gives up for good; ends the process when absent, to be started anew */
  onFatal?: (error: Error) => void;
  /** what can be emptied and filled again from the topics; handlers name theirs by `feeds` */
  readModels?: readonly ReadModel[];
}

const OPTIONS = Symbol('MESSAGING_OPTIONS');

/** Starts the relay when the application is up, and hands its shards over last, after HTTP and consumer have ended. */
@Injectable()
class MessagingLife implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(OPTIONS) private readonly options: MessagingOptions,
    @Inject(BASE_SETTINGS) private readonly settings: BaseSettings,
    private readonly relay: Relay,
    private readonly inbox: KafkaInbox,
    private readonly health: HealthRegistry,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    stampWith(() => this.clock.now());
    if (this.settings.CHENGXIN_RELAY === 'inside') this.relay.start();
    if (this.options.consumes.length > 0)
      this.health.addReadiness('consumer', () => this.inbox.progress.check());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay.stop();
  }
}

/**
 * Outbox, relay, consumer, dead letters and their operator API for one service. Commands and handlers use
 * `publish(tx, …)`; handlers are controllers with `@Hears`; `attachConsumer` starts the consumer.
 */
@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      controllers: [
        operationsController(options.service),
        redrivesController(options.service),
        replaysController(options.service, options.consumes, namesOf(options.readModels)),
      ],
      providers: [
        { provide: OPTIONS, useValue: options },
        { provide: SERVICE, useValue: options.service },
        ...relayProviders,
        {
          provide: KafkaInbox,
          useFactory: createInbox,
          inject: [OPTIONS, BASE_SETTINGS, BROKERS, TOPICS_READY, Database, MessagingMetrics],
        },
        {
          provide: MessagingReadModel,
          useFactory: createReadModel,
          inject: [OPTIONS, BASE_SETTINGS, BROKERS, Database, Relay, KafkaInbox, Metrics],
        },
        {
          provide: MessagingOperations,
          useFactory: (database: Database, inbox: KafkaInbox, model: MessagingReadModel) =>
            new MessagingOperations(
              options.service,
              database,
              inbox,
              model,
              new RedriveJobs(database, options.service),
            ),
          inject: [Database, KafkaInbox, MessagingReadModel],
        },
        {
          provide: Replays,
          useFactory: (settings: BaseSettings, brokers: Brokers, database: Database, inbox: KafkaInbox) =>
            new Replays({
              service: options.service,
              consumes: options.consumes,
              models: options.readModels ?? [],
              prefix: settings.CHENGXIN_TOPIC_PREFIX,
              brokers,
              database,
              inbox,
            }),
          inject: [BASE_SETTINGS, BROKERS, Database, KafkaInbox],
        },
        MessagingLife,
      ],
      exports: [Relay, KafkaInbox, MessagingOperations],
    };
  }
}

/**
 * Connects the inbox to the application and starts consuming; for `beforeListen`.
 *
 * @throws WiringFault when handlers, topics and contracts do not fit together
 */
export async function attachConsumer(app: NestFastifyApplication): Promise<void> {
  // Handlers may rely on what onModuleInit has prepared.
  await app.init();
  app.connectMicroservice({ strategy: app.get(KafkaInbox) }, { inheritAppConfig: false });
  await app.startAllMicroservices();
}

function createInbox(
  options: MessagingOptions,
  settings: BaseSettings,
  brokers: Brokers,
  prepareTopics: () => Promise<void>,
  database: Database,
  metrics: MessagingMetrics,
): KafkaInbox {
  return new KafkaInbox({
    service: options.service,
    consumes: options.consumes,
    models: namesOf(options.readModels),
    prefix: settings.CHENGXIN_TOPIC_PREFIX,
    brokers,
    database,
    tally: metrics,
    prepareTopics,
    onFatal: options.onFatal ?? endProcess,
  });
}

function createReadModel(
  { service, consumes }: MessagingOptions,
  settings: BaseSettings,
  brokers: Brokers,
  database: Database,
  relay: Relay,
  inbox: KafkaInbox,
  metrics: Metrics,
): MessagingReadModel {
  const lag = new GroupLag(brokers, settings.CHENGXIN_TOPIC_PREFIX, () => inbox.group, consumes);
  const model = new MessagingReadModel(service, consumes, database, relay, inbox, lag);
  showGauges(metrics.registry, model, brokers.logger);
  return model;
}

function namesOf(models: readonly ReadModel[] = []): string[] {
  return models.map(({ name }) => name);
}
