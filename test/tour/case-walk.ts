import { type Answer, type Caller, Difference, eventually, expectStatus, type Json, same } from './api.js';
import type { World } from './world.js';

/** One listing case as its people walk it: every action names the version that was read. */
export class CaseWalk {
  #case: Json;

  private constructor(
    private readonly world: World,
    private readonly owner: Caller,
    opened: Json,
  ) {
    this.#case = opened;
  }

  static async open(world: World, handler: Caller, request: Json): Promise<CaseWalk> {
    // The case rests on a record that the listing service hears of by event: soon, not at once.
    const opened = await eventually('the case can be opened', async () => {
      const answer = await world.api.call(handler, 'POST', '/api/listings', { body: request });
      return answer.status === 201
        ? answer.body
        : answer.status === 404
          ? undefined
          : expectStatus(answer, 201, 'open the case').body;
    });
    world.tell.act(handler.name, `POST /api/listings → 201, case ${opened.no}`);
    return new CaseWalk(world, handler, opened);
  }

  /** A case that was opened otherwise: of a person bound with another's. */
  static async of(world: World, owner: Caller, id: string): Promise<CaseWalk> {
    return new CaseWalk(world, owner, await world.read(owner, `/api/listings/${id}`));
  }

  get id(): string {
    return this.#case.id;
  }

  get no(): string {
    return this.#case.no;
  }

  get status(): string {
    return this.#case.status;
  }

  get defenceUntil(): string | null {
    return this.#case.defenceUntil;
  }

  /** The case as it stands now. */
  async read(): Promise<Json> {
    this.#case = await this.world.read(this.owner, `/api/listings/${this.id}`);
    return this.#case;
  }

  async act(by: Caller, action: string, body: Json, expected: string): Promise<Json> {
    const answer = await this.#call(by, action, body);
    this.world.tell.act(by.name, `POST /api/listings/${this.id}/${action} → ${answer.status}`);
    this.#case = expectStatus(answer, 200, `${action} by ${by.name}`).body;
    same(`the case after ${action}`, this.status, expected);
    this.world.tell.saw(`case ${this.no} is ${this.status}`);
    return answer.body;
  }

  /** An action that the law does not allow now; nothing of the case may change. */
  async refused(by: Caller, action: string, body: Json, code: string): Promise<Json> {
    const answer = await this.#call(by, action, body);
    const before = this.#case;
    same(`the refusal of ${action}`, answer.body.code, code);
    if (!answer.body.cure || !answer.body.cureZh) throw new Difference(`${code} has no cure`);
    // The version of a principal's case also counts what a clock has just done to a person's.
    same('the case after a refusal', { ...(await this.read()), version: 0 }, { ...before, version: 0 });
    this.world.tell.act(by.name, `POST /api/listings/…/${action} → ${answer.status} ${code}`);
    this.world.tell.saw(answer.body.detail);
    return answer.body;
  }

  /** As a person does: whoever finds that a clock has just changed the case, or that of a person of it, reads again. */
  async #call(by: Caller, action: string, body: Json): Promise<Answer> {
    for (let left = 5; ; left -= 1) {
      const { version } = await this.read();
      const ifMatch = `"${version}"`;
      const path = `/api/listings/${this.id}/${action}`;
      const answer = await this.world.api.call(by, 'POST', path, { body, ifMatch });
      if (answer.status !== 412 || left === 0) return answer;
    }
  }

  until(status: string, withinMs = 30_000): Promise<Json> {
    return eventually(
      `case ${this.no} is ${status} (now ${this.status})`,
      async () => ((await this.read()).status === status ? this.#case : undefined),
      withinMs,
    );
  }
}
