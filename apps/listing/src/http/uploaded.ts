import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { attachmentRefusals, LARGEST_FILE_BYTES } from '../files/attachment.js';
import { downloadName, encodedName } from '../files/download-name.js';
import type { AttachmentRef } from '../domain/attachment-ref.js';

/**
 * A file that comes as the body of a request: read when `take` asks for it, so that whoever may not hand it in is
 * told before.
 *
 * @throws Refusal `attachment.media-type`, `attachment.too-large`
 */
export async function uploaded<T>(
  { body, headers }: FastifyRequest,
  take: (content: () => Promise<Buffer>) => Promise<T>,
): Promise<T> {
  if (!(body instanceof Readable)) {
    const type = headers['content-type'] ?? '(none)';
    throw attachmentRefusals.refusal('attachment.media-type', { type });
  }
  try {
    return await take(() => read(body));
  } finally {
    // What is left of a refused file runs off, or the client would wait with its rest and never read the answer.
    body.resume();
  }
}

/** What a file may be called: no control character, and none that turns round what is read (Unicode, Bidi_Control). */
export const FILE_NAME = /^[^\p{Cc}\p{Bidi_Control}]+$/u;

/** A file as it was handed in: its type is what it was found to be, and its name ends as that does. */
export function asFile(file: AttachmentRef & { content: Buffer }, reply: FastifyReply): StreamableFile {
  // Never shown inside the console's origin, whatever a reader makes of its bytes.
  reply.header('x-content-type-options', 'nosniff');
  reply.header('content-security-policy', "default-src 'none'; sandbox");
  reply.header('repr-digest', `sha-256=:${Buffer.from(file.digest, 'hex').toString('base64')}:`);
  const name = encodedName(downloadName(file.name, file.mediaType));
  return new StreamableFile(file.content, {
    type: file.mediaType,
    disposition: `attachment; filename="${file.id}"; filename*=UTF-8''${name}`,
    length: file.size,
  });
}

async function read(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_FILE_BYTES)
      throw attachmentRefusals.refusal('attachment.too-large', { limit: LARGEST_FILE_BYTES });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
