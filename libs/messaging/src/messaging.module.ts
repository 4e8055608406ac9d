import {
  type DynamicModule,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { heardBy, type Topic } from '#contracts';
import {
  BASE_SETTINGS,
  type BaseSettings,
  Clock,
  Database,
  HealthRegistry,
  Metrics,
  migrationFolder,
  type MigrationSet,
  SETTINGS,
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
import { Fills } from './replay/fills.js';
import { fillsController } from './replay/fills.controller.js';
import type { ReadModel } from './replay/read-model.js';
import { replaysController } from './replay/replays.controller.js';
import { type ReplayParts, Replays } from './replay/replays.js';
import { SnapshotClient } from './replay/snapshot-client.js';
import type { SnapshotSource } from './replay/snapshot.js';
import { snapshotsController } from './replay/snapshots.controller.js';

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
  /** topics of its own of which it can write down what stands, for a subscriber that has not heard how it came about */
  snapshots?: readonly SnapshotSource[];
}

const OPTIONS = Symbol('MESSAGING_OPTIONS');
const REPLAY_PARTS = Symbol('REPLAY_PARTS');

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
        fillsController(options.service),
        snapshotsController(options.service, options.snapshots ?? []),
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
          provide: REPLAY_PARTS,
          useFactory: createReplayParts,
          inject: [OPTIONS, BASE_SETTINGS, BROKERS, Database, KafkaInbox],
        },
        {
          provide: Replays,
          useFactory: (parts: ReplayParts) => new Replays(parts),
          inject: [REPLAY_PARTS],
        },
        { provide: Fills, useFactory: createFills, inject: [REPLAY_PARTS, Replays, SETTINGS] },
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
  const hears = heardBy(options.service);
  return new KafkaInbox({
    service: options.service,
    consumes: options.consumes,
    models: namesOf(options.readModels),
    ...(hears ? { hears } : {}),
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

function createReplayParts(
  { service, consumes, readModels: models = [] }: MessagingOptions,
  settings: BaseSettings,
  brokers: Brokers,
  database: Database,
  inbox: KafkaInbox,
): ReplayParts {
  return { service, consumes, models, prefix: settings.CHENGXIN_TOPIC_PREFIX, brokers, database, inbox };
}

function createFills(parts: ReplayParts, replays: Replays, settings: Record<string, unknown>): Fills {
  const addressOf = (service: string): string | undefined =>
    settings[`SERVICE_${service.toUpperCase()}_URL`] as string | undefined;
  return new Fills({ ...parts, snapshots: new SnapshotClient(addressOf) }, replays);
}

function namesOf(models: readonly ReadModel[] = []): string[] {
  return models.map(({ name }) => name);
}
