import type { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Whoever waits longer waits for a file, a slow line or another's lock, and gains nothing by our standing still. */
const WAITS_FOR_US_MS = 1_000;

/** Who asked a moment ago may well ask again: people and systems work in runs. */
const LATELY_MS = 1_000;

/** The HTTP requests that this process is answering, so that work for which nobody waits can let them pass. */
@Injectable()
export class RequestsInFlight {
  /** When each began, the oldest first. */
  readonly #began = new Map<object, number>();
  readonly #waiting = new Set<() => void>();
  #last = -Infinity;

  /** @param response until it is finished, or its connection lost */
  add(response: EventEmitter): void {
    const leave = (): void => {
      if (!this.#began.delete(response) || this.any) return;
      for (const go of this.#waiting) go();
    };
    this.#last = performance.now();
    this.#began.set(response, this.#last);
    response.once('finish', leave);
    response.once('close', leave);
  }

  /** Whether somebody waits, and has not waited long. */
  get any(): boolean {
    const since = performance.now() - WAITS_FOR_US_MS;
    for (const began of this.#began.values()) if (began > since) return true;
    return false;
  }

  /** Whether anybody has asked within the last second. */
  get lately(): boolean {
    return performance.now() - this.#last < LATELY_MS;
  }

  /** Waits until all are answered, but no longer than so many milliseconds. @returns milliseconds waited */
  async letPass(limitMs: number): Promise<number> {
    if (limitMs <= 0 || !this.any) return 0;
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(limit);
        this.#waiting.delete(go);
        resolve();
      };
      const limit = setTimeout(go, limitMs);
      this.#waiting.add(go);
    });
    return performance.now() - began;
  }
}
