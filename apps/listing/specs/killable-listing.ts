import { type Forked, forkTypescript } from '#testing';
import type { Ask } from './listing-process.js';

interface Answered {
  id: number;
  error?: string;
}

/** A process of the listing service (listing-process.ts), and the next one, which waits to take over. */
export class KillableListing {
  #url = '';
  #asked = 0;
  /** What was asked and is not answered. */
  readonly #open = new Map<number, { done: () => void; failed: (error: Error) => void }>();

  private constructor(private readonly forked: Forked) {}

  static async start(
    databaseUrl: string,
    issuer: Record<string, string>,
    day: string,
    pool = 10,
  ): Promise<KillableListing> {
    const forked = forkTypescript(new URL('listing-process.ts', import.meta.url), {
      LISTING_DATABASE: databaseUrl,
      LISTING_ISSUER: JSON.stringify(issuer),
      LISTING_DAY: day,
      LISTING_POOL: String(pool),
    });
    const listing = new KillableListing(forked);
    listing.#url = await new Promise<string>((ready, failed) => {
      forked.process.once('message', ({ url }: { url: string }) => ready(url));
      forked.process.once('exit', (code) =>
        failed(new Error(`listing ended with ${code} before it listened`)),
      );
    });
    forked.process.on('message', (message: Answered) => listing.#hears(message));
    forked.process.once('exit', () => {
      for (const { failed } of listing.#open.values()) failed(new Error('killed'));
    });
    return listing;
  }

  #hears({ id, error }: Answered): void {
    const open = this.#open.get(id);
    this.#open.delete(id);
    if (error) open?.failed(new Error(error));
    else open?.done();
  }

  kill(): Promise<void> {
    return this.forked.kill();
  }

  /** SIGSTOP: it hears nothing any more, and can only be killed. */
  freeze(): void {
    this.forked.process.kill('SIGSTOP');
  }

  /** @throws when it refuses, or is killed before it answers */
  ask(ask: Ask): Promise<void> {
    const id = ++this.#asked;
    return new Promise((done, failed) => {
      this.#open.set(id, { done, failed });
      this.forked.process.send({ id, ask });
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
