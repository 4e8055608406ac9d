import { Readable } from 'node:stream';
import {
  type ArgumentMetadata,
  UnsupportedMediaTypeException,
  ValidationPipe,
  type ValidationError,
} from '@nestjs/common';
import { quickAccept } from './quick-accept.js';

/** One field that does not fit: what, why, and what to do. */
export interface FieldError {
  field: string;
  code: string;
  reason: string;
  cure: string;
}

/** A request whose fields do not fit; the problem filter answers all of them at once (422). */
export class InvalidRequest extends Error {
  constructor(readonly errors: FieldError[]) {
    super(`${errors.length} field(s) do not fit`);
  }
}

const CURES: Record<string, string> = {
  isString: 'send a text',
  minLength: 'send a longer text',
  maxLength: 'send a shorter text',
  matches: 'use the form that the OpenAPI document gives',
  localDate: 'send a date as YYYY-MM-DD',
  instant: 'send an instant as 2026-11-27T08:30:00Z',
  storable: 'send plain text without control characters',
  visible: 'send words, not only blanks',
  isInt: 'send a whole number',
  min: 'send a larger number',
  max: 'send a smaller number',
  isNumber: 'send a number',
  isBoolean: 'send true or false',
  isIn: 'send one of the values that the OpenAPI document lists',
  isArray: 'send a list',
  arrayMaxSize: 'send fewer items',
  isObject: 'send an object',
  whitelistValidation: 'remove the field',
};

function flatten(errors: ValidationError[], path: string): FieldError[] {
  return errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const [rule, reason] = Object.entries(error.constraints ?? {})[0] ?? [];
    const own = rule
      ? [
          {
            field,
            code: `request.field.${rule}`,
            reason: reason!,
            cure: CURES[rule] ?? 'see the OpenAPI document',
          },
        ]
      : [];
    return [...own, ...flatten(error.children ?? [], field)];
  });
}

class RequestValidation extends ValidationPipe {
  /**
   * A file arrives as a stream, and its routes read it from the request. Where a route expects fields, the stream
   * must not come further: class-transformer would copy it with its socket and server until the process dies.
   */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body' || !(value instanceof Readable)) {
      const accepted = metadata.metatype && quickAccept(value, metadata.metatype as new () => object);
      return accepted ? Promise.resolve(accepted) : super.transform(value, metadata);
    }
    value.resume(); // or the client would wait with its rest and never read the answer
    throw new UnsupportedMediaTypeException();
  }
}

/** Fields outside the DTO are refused, not dropped in silence. */
export function requestValidation(): ValidationPipe {
  return new RequestValidation({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new InvalidRequest(flatten(errors, '')),
  });
}
