import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

const PRODUCE = 0;
/** PostgreSQL's simple query COMMIT, as our Database sends it. */
const COMMIT = Buffer.from('Q\0\0\0\u000bCOMMIT\0', 'latin1');

interface Pair {
  near: net.Socket;
  far: net.Socket;
}

/** What is done with an answer: passed on, or never (the connection stays open). */
export type Verdict = 'pass' | 'drop';

/**
 * A small TCP proxy before Kafka or PostgreSQL that does on purpose what networks do by accident. For Kafka
 * it knows which answer belongs to a produce request, for PostgreSQL where a transaction is committed.
 */
export class Proxy {
  /** asked for each answer to a produce request */
  onProduceAnswer: (() => Verdict) | undefined;
  /** asked for each COMMIT; `before`: cut, and it never arrives; `after`: it arrives, its answer does not */
  onCommit: (() => 'pass' | 'cut before' | 'cut after') | undefined;
  delayMs = 0;
  #blocked = false;
  readonly #pairs = new Set<Pair>();

  private constructor(
    private readonly server: net.Server,
    private readonly target: { host: string; port: number },
    private readonly kind: 'kafka' | 'postgres',
  ) {
    server.on('connection', (near) => this.#connect(near));
  }

  static async open(kind: 'kafka' | 'postgres', host: string, port: number): Promise<Proxy> {
    const server = net.createServer();
    const proxy = new Proxy(server, { host, port }, kind);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Drops every open connection; new ones work. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  }

  /** Open connections stay open and carry requests, but no answer comes back; new ones work. */
  halfOpen(): void {
    for (const { far } of this.#pairs) {
      far.removeAllListeners('data');
      far.resume();
    }
  }

  /** Nobody gets through until {@link restore}. */
  block(): void {
    this.#blocked = true;
    this.cut();
  }

  restore(): void {
    this.#blocked = false;
    this.onProduceAnswer = undefined;
    this.onCommit = undefined;
    this.delayMs = 0;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #connect(near: net.Socket): void {
    if (this.#blocked) {
      near.destroy();
      return;
    }
    const far = net.connect(this.target);
    const pair = { near, far };
    this.#pairs.add(pair);
    for (const socket of [near, far]) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        this.#pairs.delete(pair);
      });
    }
    if (this.kind === 'kafka') this.#kafka(pair);
    else this.#postgres(pair);
  }

  /** Delays keep the order: whatever comes later waits at least as long. */
  #later(socket: net.Socket, bytes: Buffer): void {
    if (this.delayMs === 0) socket.write(bytes);
    else setTimeout(() => !socket.destroyed && socket.write(bytes), this.delayMs);
  }

  #kafka({ near, far }: Pair): void {
    const produces = new Set<number>();
    const requests = frames((frame) => {
      if (frame.readInt16BE(4) === PRODUCE) produces.add(frame.readInt32BE(8));
      this.#later(far, frame);
    });
    const answers = frames((frame) => {
      const isProduce = produces.delete(frame.readInt32BE(4));
      if (isProduce && this.onProduceAnswer?.() === 'drop') return;
      this.#later(near, frame);
    });
    near.on('data', requests);
    far.on('data', answers);
  }

  #postgres({ near, far }: Pair): void {
    near.on('data', (bytes: Buffer) => {
      const verdict = bytes.includes(COMMIT) ? this.onCommit?.() : undefined;
      if (verdict === 'cut before') return void near.resetAndDestroy();
      if (verdict === 'cut after') {
        far.removeAllListeners('data');
        far.once('data', () => near.resetAndDestroy());
      }
      this.#later(far, bytes);
    });
    far.on('data', (bytes: Buffer) => this.#later(near, bytes));
  }
}

/** Cuts a stream into Kafka's frames: four bytes of length, then so many bytes. */
function frames(onFrame: (frame: Buffer) => void): (bytes: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (bytes) => {
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= rest.readInt32BE(0) + 4) {
      const end = rest.readInt32BE(0) + 4;
      onFrame(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}
