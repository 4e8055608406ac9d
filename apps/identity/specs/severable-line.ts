import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A line to PostgreSQL that a spec can cut and mend. */
export class SeverableLine {
  readonly #sockets = new Set<Socket>();
  #server: Server;
  readonly #port: Promise<number>;

  constructor(private readonly to: URL) {
    this.#server = this.#make().listen(0, '127.0.0.1');
    this.#port = once(this.#server, 'listening').then(() => (this.#server.address() as AddressInfo).port);
  }

  async url(): Promise<string> {
    const url = new URL(this.to);
    url.hostname = '127.0.0.1';
    url.port = String(await this.#port);
    return url.href;
  }

  async cut(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    this.#server = this.#make().listen(await this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  #make(): Server {
    return createServer((near) => {
      const far = connect(Number(this.to.port || 5432), this.to.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy()); // the other end reports it to those who use the line
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
  }
}
