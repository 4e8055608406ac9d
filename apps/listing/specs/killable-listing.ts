import { type Forked, forkTypescript } from '#testing';
import type { Ask } from './listing-process.js';

/** A process of the listing service (listing-process.ts), and the next one, which waits to take over. */
export class KillableListing {
  #url = '';
  #asked = 0;

  private constructor(private readonly forked: Forked) {}

  static async start(
    databaseUrl: string,
    issuer: Record<string, string>,
    day: string,
  ): Promise<KillableListing> {
    const forked = forkTypescript(new URL('listing-process.ts', import.meta.url), {
      LISTING_DATABASE: databaseUrl,
      LISTING_ISSUER: JSON.stringify(issuer),
      LISTING_DAY: day,
    });
    const listing = new KillableListing(forked);
    listing.#url = await new Promise<string>((ready, failed) => {
      forked.process.once('message', ({ url }: { url: string }) => ready(url));
      forked.process.once('exit', (code) =>
        failed(new Error(`listing ended with ${code} before it listened`)),
      );
    });
    return listing;
  }

  kill(): Promise<void> {
    return this.forked.kill();
  }

  /** @throws when it refuses, or is killed before it answers */
  ask(ask: Ask): Promise<void> {
    const id = ++this.#asked;
    const { process: child } = this.forked;
    return new Promise((done, failed) => {
      const gone = (): void => failed(new Error('killed'));
      const heard = (message: { id: number; error?: string }): void => {
        if (message.id !== id) return;
        child.off('message', heard).off('exit', gone);
        if (message.error) failed(new Error(message.error));
        else done();
      };
      child.on('message', heard).once('exit', gone);
      child.send({ id, ask });
    });
  }

  /** @throws when it is killed before it answers */
  async post(
    token: string,
    path: string,
    body: object,
    of: { key: string; ifMatch?: string },
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(new URL(path, this.#url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': of.key,
        ...(of.ifMatch ? { 'if-match': of.ifMatch } : {}),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
}
