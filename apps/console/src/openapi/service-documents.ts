import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger, SETTINGS } from '#platform';
import { SERVICES } from '../proxy/prefixes.js';
import { type ConsoleSettings, serviceUrls } from '../settings.js';
import type { ApiDocument, ServiceDocument } from './merge.js';

/** Documents change with a deployment, so a minute is short enough; a missing one is asked for at once. */
const KEEP_MS = 60_000;

/** The OpenAPI documents of the services behind, as far as they are there. */
@Injectable()
export class ServiceDocuments {
  #kept?: { parts: ServiceDocument[]; until: number };

  constructor(
    @Inject(SETTINGS) private readonly settings: ConsoleSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async read(): Promise<{ parts: ServiceDocument[]; missing: string[] }> {
    if (this.#kept && this.#kept.until > Date.now()) return { parts: this.#kept.parts, missing: [] };
    const urls = serviceUrls(this.settings);
    const parts = (await Promise.all(SERVICES.map((service) => this.#one(service, urls[service])))).filter(
      (part) => part !== undefined,
    );
    const missing = SERVICES.filter((service) => !parts.some((part) => part.service === service));
    if (missing.length === 0) this.#kept = { parts, until: Date.now() + KEEP_MS };
    return { parts, missing };
  }

  async #one(service: string, url: string): Promise<ServiceDocument | undefined> {
    try {
      const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(5_000) });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      return { service, document: (await answer.json()) as ApiDocument };
    } catch (error) {
      this.logger.warn({ service, error: (error as Error).message }, 'its OpenAPI document is not there');
      return undefined;
    }
  }
}
