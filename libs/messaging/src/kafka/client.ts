import net from 'node:net';
import tls from 'node:tls';
import { type ISocketFactory, Kafka, type LogEntry, logLevel } from 'kafkajs';
import type { Logger } from '#platform';
import './request-queue.js';

/** What a service needs to reach its brokers. */
export interface Brokers {
  brokers: readonly string[];
  clientId: string;
  logger: Logger;
  /** opens a connection in another way than plain TCP or TLS: a tunnel; in specs, a line that breaks */
  connect?: ISocketFactory;
}

/**
 * The sockets of one client, so that it can be silenced for good. KafkaJS has no such call: `disconnect`
 * waits for open requests, and a producer that is still retrying connects again by itself and may send an
 * old batch minutes later.
 */
export class Sockets {
  readonly #open = new Set<net.Socket>();
  #closed = false;

  constructor(private readonly connect: ISocketFactory = plainOrTls) {}

  readonly factory: ISocketFactory = (to) => {
    if (this.#closed) throw new Error('this client was discarded');
    const socket = this.connect(to);
    socket.setKeepAlive(true, 10_000);
    socket.setNoDelay(true);
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    return socket;
  };

  /** Cuts all connections, failing what waits on them; KafkaJS opens new ones. */
  cut(reason: string): void {
    for (const socket of this.#open) socket.destroy(new Error(reason));
  }

  /** The same, and from now on none can be opened. */
  discard(): void {
    this.#closed = true;
    this.cut('this client was discarded');
  }

  /** After an orderly disconnect, when nothing waits any more. */
  close(): void {
    this.#closed = true;
    for (const socket of this.#open) socket.destroy();
  }
}

const plainOrTls: ISocketFactory = ({ host, port, ssl, onConnect }) =>
  ssl
    ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
    : net.connect({ host, port }, onConnect);

/**
 * A KafkaJS client whose lines go into ours. Its errors are warnings here: it retries most of them, and
 * whoever cannot go on says so itself.
 */
export function kafkaClient(
  { brokers, clientId, logger, connect }: Brokers,
  sockets = new Sockets(connect),
): Kafka {
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    // Fetches and joins ask for longer themselves; nothing else may take longer than this.
    requestTimeout: 6_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => logEntry(logger, entry),
    socketFactory: sockets.factory,
  });
}

function logEntry(logger: Logger, { namespace, level, log }: LogEntry): void {
  const { broker, clientId, groupId, error, retryCount } = log;
  const facts = { kafka: namespace, broker, clientId, groupId, error, retryCount };
  if (level === logLevel.ERROR) logger.warn(facts, log.message);
  else logger.debug(facts, log.message);
}
