import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of Kafka's protocol, the requests that faults are made of. */
export const PRODUCE = 0;
export const OFFSET_COMMIT = 8;
export const HEARTBEAT = 12;
/** What a broker answers when the rights to a group are taken away; KafkaJS does not try again after it. */
const GROUP_AUTHORIZATION_FAILED = 30;
/** PostgreSQL's simple query COMMIT, as our Database sends it. */
const COMMIT = Buffer.from('Q\0\0\0\u000bCOMMIT\0', 'latin1');

const STANDARD_PORTS = { kafka: 9092, postgres: 5432 };

/** A request to Kafka. */
export interface Request {
  api: number;
  /** the id that its sender has given itself */
  client: string;
}

interface Pair {
  near: net.Socket;
  far: net.Socket;
  /** requests that wait for {@link Proxy.release} */
  held: Buffer[];
  silent: boolean;
}

/**
 * A small TCP proxy before Kafka or PostgreSQL that does on purpose what networks do by accident. For Kafka
 * it knows requests from each other and which answer belongs to which, for PostgreSQL where a transaction is
 * committed.
 */
export class Proxy {
  /**
   * asked for each request; `hold`: it stays on the way until {@link release}, whatever becomes of its sender;
   * `twice`: it arrives two times, of the answers one
   */
  onRequest: ((request: Request) => 'pass' | 'drop' | 'hold' | 'twice') | undefined;
  /**
   * asked for each answer; `drop`: it never comes, the connection stays open; `deny`, for a heartbeat: it says
   * that the group is no longer the member's to use
   */
  onAnswer: ((to: Request) => 'pass' | 'drop' | 'deny') | undefined;
  /** asked for each COMMIT; `before`: cut, and it never arrives; `after`: it arrives, its answer does not */
  onCommit: (() => 'pass' | 'cut before' | 'cut after') | undefined;
  delayMs = 0;
  /** connections accepted so far */
  connections = 0;
  #blocked = false;
  readonly #pairs = new Set<Pair>();
  readonly #underWay = new WeakMap<net.Socket, Promise<void>>();

  private constructor(
    private readonly server: net.Server,
    private readonly target: { host: string; port: number },
    private readonly kind: 'kafka' | 'postgres',
  ) {
    server.on('connection', (near) => this.#connect(near));
  }

  /** @param address host and port of what lies behind it */
  static async open(kind: 'kafka' | 'postgres', address: string): Promise<Proxy> {
    const { hostname: host, port } = new URL(`tcp://${address}`);
    const server = net.createServer();
    const proxy = new Proxy(server, { host, port: Number(port || STANDARD_PORTS[kind]) }, kind);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Drops every open connection; new ones work. */
  cut(): void {
    for (const { near } of this.#pairs) near.resetAndDestroy();
  }

  /** Open connections stay open and carry requests, but no answer comes back; new ones work. */
  silence(): void {
    for (const pair of this.#pairs) pair.silent = true;
  }

  /** Nobody gets through until {@link restore}. */
  block(): void {
    this.#blocked = true;
    this.cut();
  }

  /** What was held arrives after all. Resolves when the broker has answered it. */
  async release(): Promise<void> {
    const holding = [...this.#pairs].filter(({ held }) => held.length > 0);
    await Promise.all(
      holding.map(async ({ near, far, held }) => {
        const answered = once(far, 'data');
        for (const frame of held.splice(0)) far.write(frame);
        await answered;
        if (near.destroyed) far.destroy();
      }),
    );
  }

  /** The line is good again; what is still held never arrives. */
  restore(): void {
    this.#blocked = false;
    this.onRequest = undefined;
    this.onAnswer = undefined;
    this.onCommit = undefined;
    this.delayMs = 0;
    for (const { near, far } of this.#pairs) if (near.destroyed) far.destroy();
  }

  async close(): Promise<void> {
    this.restore();
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  #connect(near: net.Socket): void {
    if (this.#blocked) {
      near.destroy();
      return;
    }
    this.connections += 1;
    const far = net.connect(this.target);
    const pair: Pair = { near, far, held: [], silent: false };
    this.#pairs.add(pair);
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
    near.on('close', () => pair.held.length === 0 && far.destroy());
    far.on('close', () => {
      near.destroy();
      this.#pairs.delete(pair);
    });
    if (this.kind === 'kafka') this.#kafka(pair);
    else this.#postgres(pair);
  }

  /** A line that is slow for a while still keeps its order. */
  #carry(socket: net.Socket, bytes: Buffer): void {
    const before = this.#underWay.get(socket);
    if (this.delayMs === 0 && !before) return void socket.write(bytes);
    const arrives = sleep(this.delayMs)
      .then(() => before)
      .then(() => {
        if (!socket.destroyed) socket.write(bytes);
        if (this.#underWay.get(socket) === arrives) this.#underWay.delete(socket);
      });
    this.#underWay.set(socket, arrives);
  }

  #kafka(pair: Pair): void {
    const { near, far, held } = pair;
    const asked = new Map<number, Request>();
    const repeated = new Set<number>();
    const toBroker = frames((frame) => {
      const request = { api: frame.readInt16BE(4), client: clientOf(frame) };
      const verdict = this.onRequest?.(request) ?? 'pass';
      if (verdict === 'hold') held.push(Buffer.from(frame));
      if (verdict !== 'pass' && verdict !== 'twice') return;
      asked.set(frame.readInt32BE(8), request);
      this.#carry(far, frame);
      if (verdict === 'pass') return;
      repeated.add(frame.readInt32BE(8));
      this.#carry(far, frame);
    });
    const toClient = frames((frame) => {
      const number = frame.readInt32BE(4);
      const request = asked.get(number);
      asked.delete(number);
      if (!request && repeated.delete(number)) return; // to the second copy
      const verdict = request && this.onAnswer?.(request);
      if (verdict === 'drop') return;
      if (!pair.silent && !near.destroyed) this.#carry(near, verdict === 'deny' ? denied(frame) : frame);
    });
    near.on('data', toBroker);
    far.on('data', toClient);
  }

  #postgres(pair: Pair): void {
    const { near, far } = pair;
    let cutNext = false;
    near.on('data', (bytes: Buffer) => {
      const verdict = bytes.includes(COMMIT) ? this.onCommit?.() : undefined;
      if (verdict === 'cut before') return void near.resetAndDestroy();
      cutNext = verdict === 'cut after';
      this.#carry(far, bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (cutNext) return void near.resetAndDestroy();
      if (!pair.silent) this.#carry(near, bytes);
    });
  }
}

/** The header of every request: length, api, its version, correlation id, then the client's name. */
function clientOf(frame: Buffer): string {
  const length = frame.readInt16BE(12);
  return length > 0 ? frame.toString('utf8', 14, 14 + length) : '';
}

/** A heartbeat's answer (version 1 to 3) with another error: length, correlation id, throttle time, error. */
function denied(frame: Buffer): Buffer {
  const other = Buffer.from(frame);
  other.writeInt16BE(GROUP_AUTHORIZATION_FAILED, 12);
  return other;
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
