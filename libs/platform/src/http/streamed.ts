import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { createGzip } from 'node:zlib';
import { StreamableFile } from '@nestjs/common';
import type { Logger } from '../logger.js';

interface StreamOptions {
  type: string;
  filename: string;
  gzip?: boolean;
  logger: Logger;
  /** Called once, whether the reader got everything or left. */
  done?: () => void;
}

/**
 * An answer that is written piece by piece as it is read, in constant memory: a piece is produced when the
 * reader has taken the last one.
 */
export function streamed(
  produce: (write: (chunk: string) => Promise<void>) => Promise<unknown>,
  { type, filename, gzip, logger, done }: StreamOptions,
): StreamableFile {
  const lines = new PassThrough({ highWaterMark: 1 << 20 });
  const gone = once(lines, 'close').catch(() => undefined);
  const write = async (chunk: string): Promise<void> => {
    if (lines.destroyed) throw new Error('the reader left');
    if (!lines.write(chunk)) await Promise.race([once(lines, 'drain'), gone]);
  };
  void produce(write)
    .then(
      () => lines.end(),
      (error: Error) => {
        // The status is sent already: an answer that breaks off is all that can still be said.
        logger.warn({ err: error, filename }, 'a streamed answer broke off');
        lines.destroy(error);
      },
    )
    .finally(done);
  const disposition = `attachment; filename="${filename}"`;
  if (!gzip) return new StreamableFile(lines, { type, disposition });
  const zipped = createGzip({ level: 5 });
  lines.once('error', (error) => zipped.destroy(error)).pipe(zipped);
  zipped.once('close', () => lines.destroy());
  return new StreamableFile(zipped, { type, disposition });
}
