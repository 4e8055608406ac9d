import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** A TCP line to a part of the stack that can be made to fail: what a network does, done on purpose. */
export interface Line {
  port: number;
  /** Drops every open connection; new ones work. */
  cut(): void;
  /** Open connections stay open and carry requests, but no answer comes back any more; new ones work. */
  silence(): void;
  /** Nobody gets through until `restore`. */
  block(): void;
  restore(): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const [host, port] = target.split(':') as [string, string];
  const pairs = new Set<{ near: net.Socket; far: net.Socket }>();
  let blocked = false;
  const server = net.createServer((near) => {
    if (blocked) {
      near.destroy();
      return;
    }
    const far = net.connect(Number(port), host);
    const pair = { near, far };
    pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const { near } of pairs) near.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    silence() {
      for (const { near, far } of pairs) {
        far.unpipe(near);
        far.resume();
      }
    },
    block() {
      blocked = true;
      cut();
    },
    restore() {
      blocked = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
