import net from 'node:net';
import type { Consumer } from 'kafkajs';
import { measureProgressReported } from '#contracts';
import { defineRefusals } from '#kernel';
import { createLogger, Database } from '#platform';
import { KafkaInbox } from '../../libs/messaging/src/inbox/kafka-inbox.js';
import { topicName } from '../../libs/messaging/src/kafka/topics.js';
import { Relay } from '../../libs/messaging/src/relay/relay.js';
import { type AppSettings, type Command, type Mode, type Report } from './app-protocol.js';
import { hearing } from './hearing.js';
import { Load } from './load.js';
import { Chance } from './model/chance.js';

/*
 * One process of the fault run: a producer (load and relay) or a consumer (inbox and effects), built from the
 * parts of libs/messaging as the services are. It is told what to do by its parent and dies with it.
 */
const settings = JSON.parse(process.env['FAULT_APP'] ?? '{}') as AppSettings;
const logger = createLogger(settings.name, process.env['LOG_LEVEL'] ?? 'warn');
const database = new Database({ DATABASE_URL: settings.databaseUrl, DATABASE_POOL: 8 }, logger);
const report = (what: Report): void => void process.send?.(what);
const brokers = {
  brokers: settings.brokers,
  clientId: settings.name,
  logger,
  // Brokers name their own addresses; all connections go through the proxy none the less.
  connect: ({ onConnect }: { onConnect: () => void }) =>
    net.connect({ host: '127.0.0.1', port: settings.kafkaProxy }, onConnect),
};
const prepareTopics = (): Promise<void> => Promise.resolve();
process.on('disconnect', () => process.exit(0));

if (settings.role === 'producer') produce();
else consume();

function produce(): void {
  const load = new Load(database, new Chance(settings.seed), (ids) => report({ acknowledged: ids }));
  const relay = new Relay({
    name: settings.name,
    databaseUrl: settings.databaseUrl,
    database,
    brokers,
    prefix: settings.prefix,
    prepareTopics,
    onPublished: () => undefined,
    onProducerDiscarded: () => report({ note: 'producer discarded' }),
    sendLimitMs: 3_000,
  });
  relay.start();
  void load.run();
  process.on('message', (command: Command) => {
    if (command.load !== undefined) load.rate = command.load;
  });
  setInterval(() => report({ owned: relay.owned, open: load.open }), 200).unref();
}

function consume(): void {
  const mode: Mode = { slowMs: 0, stallMs: 0, conflicts: 0, refusing: false };
  const refusals = defineRefusals({
    'fault.refused': { kind: 'conflict', zh: '不予受理', en: 'Refused.', cureZh: '无', cureEn: 'None.' },
  });
  const inbox = new KafkaInbox({
    service: settings.consumer!,
    consumes: [measureProgressReported.topic],
    prefix: settings.prefix,
    brokers,
    database,
    tally: {
      consumed: (_, outcome, events) => report({ consumed: { [outcome]: events } }),
      gap: () => report({ consumed: { gap: 1 } }),
      deadLetter: () => undefined,
    },
    prepareTopics,
    onFatal: () => process.exit(1),
    maxWaitMs: 100,
    retryPausesMs: [20, 40, 80],
  });
  const handler = hearing(mode, new Chance(settings.seed), () => refusals.refuse('fault.refused'));
  inbox.addHandler(measureProgressReported.type, handler as never, true, {
    contracts: [measureProgressReported],
  });
  inbox.listen((error) => {
    if (error) throw error as Error;
  });
  const operator = { kind: 'person', id: 'operator', name: '运维', roles: ['operator'] } as const;
  process.on('message', (command: Command) => {
    Object.assign(mode, command.mode);
    const topic = topicName(settings.prefix, measureProgressReported.topic);
    if (command.pause !== undefined) inbox.unwrap<Consumer>().pause([{ topic, partitions: [command.pause] }]);
    if (command.resume !== undefined)
      inbox.unwrap<Consumer>().resume([{ topic, partitions: [command.resume] }]);
    for (const { id, act } of command.settle ?? []) {
      const done =
        act === 'redrive'
          ? inbox.redrive.redrive(id, { ...operator, roles: [...operator.roles] })
          : inbox.redrive.discard(id, 'no event of ours', { ...operator, roles: [...operator.roles] });
      done.catch((error: unknown) => report({ note: `${act} ${id}: ${(error as Error).message}` }));
    }
  });
  setInterval(() => report({ ready: isReady(inbox) }), 200).unref();
}

function isReady(inbox: KafkaInbox): boolean {
  try {
    inbox.progress.check();
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
