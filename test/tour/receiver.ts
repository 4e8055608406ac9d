import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './api.js';

export interface Received {
  id: string;
  event: Json;
}

/**
 * A downstream system with a webhook endpoint. It believes nothing whose signature it cannot verify
 * (Standard Webhooks: HMAC-SHA-256 over `id.timestamp.body`, key after the `whsec_` prefix).
 */
export class Receiver {
  readonly received: Received[] = [];
  readonly refused: string[] = [];
  /** deliveries that it knew by their id: at least once is promised, not once */
  repeats = 0;
  /** how long it takes over an answer */
  pauseMs = 0;
  #secret?: Buffer;

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const accepted = receiver.#take(request.headers, Buffer.concat(chunks).toString('utf8'));
        setTimeout(() => response.writeHead(accepted ? 204 : 401).end(), receiver.pauseMs);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/credit-events`;
  }

  trust(secret: string): void {
    this.#secret = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  #take(headers: NodeJS.Dict<string | string[]>, body: string): boolean {
    const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      String(headers[name] ?? ''),
    );
    const expected =
      this.#secret && createHmac('sha256', this.#secret).update(`${id}.${timestamp}.${body}`).digest();
    const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
    const signed = signatures!.split(' ').some((signature) => {
      const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
      return expected !== undefined && given.length === expected.length && timingSafeEqual(given, expected);
    });
    if (!signed || !fresh) {
      this.refused.push(id!);
      return false;
    }
    if (this.received.some((known) => known.id === id)) this.repeats += 1;
    else this.received.push({ id: id!, event: JSON.parse(body) });
    return true;
  }
}
