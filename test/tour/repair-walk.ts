import type { Caller, Json } from './api.js';
import type { CaseWalk } from './case-walk.js';
import type { World } from './world.js';

/** One request for early removal, from the party's wish to the decision of a second person. */
export class RepairWalk {
  private constructor(
    private readonly walk: CaseWalk,
    readonly id: string,
  ) {}

  static async request(world: World, walk: CaseWalk, by: Caller, request: Json): Promise<RepairWalk> {
    const { version } = await walk.read();
    const options = { ifMatch: `"${version}"` };
    const repair = (await world.post(by, `/api/listings/${walk.id}/repairs`, request, 201, options)).body;
    return new RepairWalk(walk, repair.id);
  }

  async accept(by: Caller): Promise<void> {
    const text = '材料齐全（虚构）';
    await this.walk.act(by, `repairs/${this.id}/acceptance`, { accepted: true, text }, 'in-force');
  }

  /** Every condition that the rule of this case names is found met, and none of its bars to hold. */
  async verify(by: Caller): Promise<void> {
    const { removalRequest } = await this.walk.read();
    const conditions = removalRequest.conditions.map((code: string) => ({ code, met: true }));
    const bars = removalRequest.bars.map((code: string) => ({ code, found: false }));
    const verification = { text: '经查验缴款凭证（虚构）', conditions, bars };
    await this.walk.act(by, `repairs/${this.id}/verification`, verification, 'in-force');
  }

  async grant(by: Caller): Promise<void> {
    const reasons = '已履行义务并满规定期限（虚构）';
    await this.walk.act(by, `repairs/${this.id}/decision`, { granted: true, reasons }, 'ended');
  }

  /** A decision that may not be taken by this person, or not now. */
  async grantRefused(by: Caller, code: string): Promise<void> {
    const decision = { granted: true, reasons: '予以修复（虚构）' };
    await this.walk.refused(by, `repairs/${this.id}/decision`, decision, code);
  }
}
