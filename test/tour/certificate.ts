import { createHash } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { type Caller, Difference, type Json, same } from './api.js';
import type { CaseWalk } from './case-walk.js';
import type { World } from './world.js';

/**
 * The certificate of closure, as whoever holds a copy of it verifies it: by the code printed on the PDF and the
 * digest of the file.
 *
 * @returns what the public verification says
 */
export async function certificate(world: World, reader: Caller, walk: CaseWalk): Promise<Json> {
  const documents = await world.read(reader, `/api/listings/${walk.id}/documents`);
  const issued = documents.items.find(({ kind }: Json) => kind === 'closure-certificate');
  if (!issued) throw new Difference(`case ${walk.no} is closed without certificate`);
  const headers = {
    authorization: `Bearer ${await reader.token()}`,
    // Of a person's case it is shown for a purpose only.
    'x-purpose': encodeURIComponent('核验办结证明（虚构）'),
  };
  const response = await fetch(new URL(issued.href, world.base), { headers });
  same('the certificate', response.status, 200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
  // The receipts are named by UUIDs, of which a part may look like a code.
  const code = /(?<!\w)[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}(?!\w)/.exec(text)?.[0];
  const verified = await world.read(undefined, `/public/certificates/${code}?sha256=${sha256}`);
  same('the verified certificate', [verified.valid, verified.copyMatches], [true, true]);
  world.tell.saw(`certificate ${code}: valid, ${verified.receipts} receipts, the copy matches`);
  return verified;
}
