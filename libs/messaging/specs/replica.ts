import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EventOf, gradeComputed, measureProgressReported } from '#contracts';
import { type Actor, createLogger, Database } from '#platform';
import type { Delivery } from '../src/inbox/delivery.js';
import { endProcess } from '../src/inbox/end-process.js';
import { KafkaInbox } from '../src/inbox/kafka-inbox.js';
import { publish } from '../src/outbox/publish.js';
import { Replays } from '../src/replay/replays.js';

/** What a replica is told by the spec that starts it. */
export interface ReplicaSettings {
  service: string;
  prefix: string;
  brokers: string[];
  databaseUrl: string;
  /** how long its handler takes after its effect */
  slowMs: number;
  /** port of a proxy before the broker, for all its connections */
  kafkaProxy?: number;
  /** its effects are a read model, and each event is answered once with a `grade.computed` */
  answering?: boolean;
  /** of a rebuild: after so many events its handler does not come back */
  hangsAfter?: number;
}

/** What a replica is asked, and what it says. */
export type ReplicaCommand = { rebuild: string } | { list: true };
export type ReplicaReport =
  { up: true } | { hanging: true } | { left: number | undefined; ended: boolean } | { fault: string };

/*
 * One replica of a consumer, as a process that can be killed: its handler leaves a row for each time it runs, with
 * the process that ran it. It ends with its parent.
 */
const settings = JSON.parse(process.env['REPLICA']!) as ReplicaSettings;
process.on('disconnect', () => process.exit(0));

const logger = createLogger(`replica ${process.pid}`, process.env['LOG_LEVEL'] ?? 'silent');
const database = new Database({ DATABASE_URL: settings.databaseUrl, DATABASE_POOL: 5 }, logger);
const models = settings.answering ? [{ name: 'effect', tables: ['effect'] }] : [];
const { kafkaProxy } = settings;
const brokers = {
  brokers: settings.brokers,
  clientId: settings.service,
  logger,
  ...(kafkaProxy
    ? {
        connect: ({ onConnect }: { onConnect: () => void }) =>
          net.connect(kafkaProxy, '127.0.0.1', onConnect),
      }
    : {}),
};
const inbox = new KafkaInbox({
  service: settings.service,
  consumes: [measureProgressReported.topic],
  models: models.map(({ name }) => name),
  prefix: settings.prefix,
  brokers,
  database,
  tally: { consumed: () => undefined, gap: () => undefined, deadLetter: () => undefined },
  prepareTopics: () => Promise.resolve(),
  onFatal: endProcess,
});
let rebuilt = 0;

async function hear(
  event: EventOf<typeof measureProgressReported>,
  { tx, rebuilding }: Delivery,
): Promise<void> {
  await tx.query('INSERT INTO effect (subject, sequence, pid) VALUES ($1, $2, $3)', [
    event.subject,
    Number(event.sequence),
    process.pid,
  ]);
  if (settings.slowMs > 0) await sleep(settings.slowMs);
  if (settings.answering && !rebuilding) {
    const cause = { ...gradeComputed.sample.cause, eventId: event.id };
    await publish(tx, {
      contract: gradeComputed,
      subject: event.subject,
      data: { ...gradeComputed.sample, cause },
    });
  }
  if (rebuilding && (rebuilt += 1) === settings.hangsAfter) {
    report({ hanging: true });
    await new Promise(() => undefined);
  }
}

inbox.addHandler(measureProgressReported.type, hear as never, true, {
  contracts: [measureProgressReported],
  ...(settings.answering ? { feeds: 'effect' } : {}),
});
inbox.listen((error) => {
  if (error) throw error as Error;
});

const operator: Actor = { kind: 'person', id: 'op-1', name: '运维', roles: ['operator'] };
const replays = new Replays({
  service: settings.service,
  consumes: [measureProgressReported.topic],
  models,
  prefix: settings.prefix,
  brokers,
  database,
  inbox,
});
process.on('message', (command: ReplicaCommand) => {
  const done =
    'rebuild' in command
      ? replays.start({ mode: 'rebuild', models: ['effect'], reason: command.rebuild }, operator)
      : replays.list().then(([newest]) => {
          report({ left: newest?.left, ended: newest?.endedAt !== null });
        });
  done.catch((error: unknown) => report({ fault: (error as Error).message }));
});

report({ up: true });

function report(what: ReplicaReport): void {
  process.send?.(what);
}
