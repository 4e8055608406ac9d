import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from '../../tour/api.js';
import { fictitiousEnterprise, penalty } from '../../tour/fictitious.js';
import type { World } from '../../tour/world.js';

/** A department that goes on pushing penalties, whatever happens, each with one key until it is answered. */
export class Intake {
  /** ids of the records whose acceptance was answered */
  readonly accepted: string[] = [];
  /** answers that were neither an acceptance nor "away" */
  readonly refused: string[] = [];
  readonly #stop = new AbortController();
  readonly #system: Caller;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly world: World,
    private readonly run: number,
  ) {
    this.#system = world.system('hlj.city.230100.market-regulation');
  }

  start(lanes: number): void {
    this.#running = Promise.all(Array.from({ length: lanes }, (_, lane) => this.#push(lane, lanes)));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #push(lane: number, lanes: number): Promise<void> {
    for (let n = lane; !this.#stop.signal.aborted; n += lanes) {
      const payload = penalty(fictitiousEnterprise(this.run + (n % 40)), `（虚构）故障〔${this.run}〕${n}号`);
      const { status, body } = await this.world.api.call(this.#system, 'POST', '/api/records', {
        body: { type: 'penalty', payload },
      });
      if (status === 201) this.accepted.push(body.id);
      else this.refused.push(`${status} ${body.code ?? ''}`);
      await sleep(400);
    }
  }
}
