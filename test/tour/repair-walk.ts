import { pdfFile } from '../../libs/testing/src/pdf-file.js';
import type { Caller, Json } from './api.js';
import type { CaseWalk } from './case-walk.js';
import type { World } from './world.js';

/**
 * Proof and signed commitment, uploaded, as a request for repair brings them along (order 36 art. 15).
 *
 * @param to where files are uploaded, with what its address asks for beside the name
 */
export async function handedInTo(world: World, by: Caller, to: string, signedOn: string): Promise<Json> {
  const files = async (name: string): Promise<string[]> => {
    const path = `${to}${to.includes('?') ? '&' : '?'}name=${encodeURIComponent(name)}`;
    const body = pdfFile(`（虚构）${name}`);
    const { id } = (await world.post(by, path, body, 201, { contentType: 'application/octet-stream' })).body;
    return [id];
  };
  return {
    papers: [{ kind: 'proof', name: '缴款凭证（虚构）', files: await files('缴款凭证.pdf') }],
    commitment: {
      text: '所提交的材料真实、有效,违反承诺的愿意承担相应责任（虚构）',
      signedBy: '法定代表人（虚构）',
      signedOn,
      files: await files('信用承诺书.pdf'),
    },
  };
}

/** One request for early removal, from the party's wish to the decision of a second person. */
export class RepairWalk {
  private constructor(
    private readonly walk: CaseWalk,
    readonly id: string,
  ) {}

  static async request(world: World, walk: CaseWalk, by: Caller, request: Json): Promise<RepairWalk> {
    const files = `/api/listings/${walk.id}/attachments`;
    const handedIn = await handedInTo(world, by, files, request.correctedOn);
    const { version } = await walk.read();
    const options = { ifMatch: `"${version}"` };
    const asked = { ...request, handedIn };
    const repair = (await world.post(by, `/api/listings/${walk.id}/repairs`, asked, 201, options)).body;
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
