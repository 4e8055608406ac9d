import type { FastifyInstance } from 'fastify';
import { requestRefusals } from './request-refusals.js';

export const BODY_LIMIT = 1024 * 1024;
export const DEPTH_LIMIT = 32;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Depth of nesting by one pass over the text, before the parser builds anything from it. */
function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c /* backslash */) i++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > DEPTH_LIMIT)
        throw requestRefusals.refusal('request.body-too-deep', { limit: DEPTH_LIMIT });
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
}

/** Whether PostgreSQL text can hold it: no NUL, no lone surrogate. */
export function storable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function checkText(value: string, field: string): void {
  if (!storable(value)) throw requestRefusals.refusal('request.forbidden-character', { field }, field);
}

/** Refuses keys that reach prototypes, and characters that PostgreSQL text cannot hold. */
export function checkJson(value: unknown, field = ''): void {
  if (typeof value === 'string') checkText(value, field || '(body)');
  else if (Array.isArray(value)) value.forEach((item, index) => checkJson(item, `${field}[${index}]`));
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__' || key === 'constructor' || key === 'prototype')
        throw requestRefusals.refusal('request.forbidden-key', { key });
      checkText(key, field || '(key)');
      checkJson(item, field ? `${field}.${key}` : key);
    }
  }
}

/** @throws Refusal for text that is not UTF-8 JSON, too deep, or carries forbidden keys or characters */
export function parseJsonBody(body: Buffer): unknown {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    throw requestRefusals.refusal('request.body-malformed', { reason: 'not UTF-8' });
  }
  if (text.trim() === '') return undefined;
  checkDepth(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw requestRefusals.refusal('request.body-malformed', {
      reason: (error as Error).message.slice(0, 120),
    });
  }
  checkJson(value);
  return value;
}

/** Replaces Fastify's own JSON parser. Other content types (CSV, NDJSON, files) reach their route as a stream. */
export function acceptBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (_request, body, done) => {
      try {
        done(null, parseJsonBody(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  for (const type of ['text/csv', 'application/x-ndjson', 'application/octet-stream']) {
    fastify.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  }
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 64 * 1024 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
}
