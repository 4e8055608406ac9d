import { type Caller, type Json, same } from './api.js';
import type { CaseWalk } from './case-walk.js';
import type { World } from './world.js';

/** One objection to an entry; every step names the version that was read just before. */
export class ObjectionWalk {
  private constructor(
    private readonly world: World,
    private readonly owner: Caller,
    readonly filed: Json,
  ) {}

  static async file(
    world: World,
    walk: CaseWalk,
    by: Caller,
    owner: Caller,
    body: Json,
  ): Promise<ObjectionWalk> {
    const filed = (await world.post(by, `/api/listings/${walk.id}/objections`, body, 201)).body;
    return new ObjectionWalk(world, owner, filed);
  }

  async step(by: Caller, action: string, body: Json): Promise<Json> {
    return (await this.#post(by, action, body, 200)).body;
  }

  async refused(by: Caller, action: string, body: Json, status: number, code: string): Promise<void> {
    const { body: problem } = await this.#post(by, action, body, status);
    same(`the refusal of ${action}`, problem.code, code);
  }

  async #post(by: Caller, action: string, body: Json, status: number): Promise<Json> {
    const path = `/api/objections/${this.filed.id}`;
    const { version } = await this.world.read(this.owner, path);
    return this.world.post(by, `${path}/${action}`, body, status, { ifMatch: `"${version}"` });
  }
}
