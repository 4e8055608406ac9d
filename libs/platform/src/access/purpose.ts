import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

const LENGTH = { min: 2, max: 200 };

/**
 * The purpose of a look at a natural person, from the header X-Purpose; undefined when it is missing or says
 * nothing. Headers carry bytes: Chinese comes percent-encoded, or as raw UTF-8 from clients that send it so.
 */
export const Purpose = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['x-purpose'];
  if (typeof header !== 'string') return undefined;
  const purpose = unescaped(Buffer.from(header, 'latin1').toString('utf8')).trim();
  const storable = purpose.isWellFormed() && !/[\0-\x1f\ufffd]/.test(purpose);
  return storable && purpose.length >= LENGTH.min && purpose.length <= LENGTH.max ? purpose : undefined;
});

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text; // a plain percent sign
    throw error;
  }
}
