import { Injectable, type PipeTransform } from '@nestjs/common';
import { requestRefusals } from '#platform';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An id in an address. What is no UUID names nothing that could be there. */
@Injectable()
export class UuidParam implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!UUID.test(value)) throw requestRefusals.refusal('request.not-found', { what: 'such id' });
    return value.toLowerCase();
  }
}
