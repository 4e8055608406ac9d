import { createHmac } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Agent, request } from 'undici';
import { SETTINGS } from '#platform';
import { type NotificationSettings, privateTargetsAllowed } from '../settings.js';
import { guardedAgent } from './guarded-agent.js';

export type Attempt = { ok: true; status: number } | { ok: false; status: number | null; error: string };

/**
 * The signature of the Standard Webhooks specification 1.0: HMAC-SHA-256 over `id.timestamp.body`.
 *
 * @returns `v1,<base64>`
 */
export function signature(secret: Buffer, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

@Injectable()
export class WebhookSender implements OnApplicationShutdown {
  readonly #agent: Agent;

  constructor(@Inject(SETTINGS) settings: NotificationSettings) {
    this.#agent = guardedAgent(privateTargetsAllowed(settings));
  }

  /** One attempt; any answer but 2xx is a failure. Redirects are not followed: the target was agreed. */
  async attempt(target: { url: string; secret: Buffer }, id: string, body: string): Promise<Attempt> {
    const timestamp = Math.floor(Date.now() / 1000); // real time: receivers check freshness against theirs
    try {
      const answer = await request(target.url, {
        dispatcher: this.#agent,
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'chengxin-webhooks/1',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signature(target.secret, id, timestamp, body),
        },
        body,
        signal: AbortSignal.timeout(15_000),
      });
      await answer.body.dump({ limit: 64 * 1024 });
      const { statusCode: status } = answer;
      return status >= 200 && status < 300
        ? { ok: true, status }
        : { ok: false, status, error: `HTTP ${status}` };
    } catch (error) {
      return { ok: false, status: null, error: (error as Error).message.slice(0, 300) };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.close();
  }
}
