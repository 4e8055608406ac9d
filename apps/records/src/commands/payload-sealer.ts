import { Injectable } from '@nestjs/common';
import { maskCitizenId, maskName } from '#kernel';
import type { Payload, RecordType } from '../domain/record-type.js';
import { FieldSealer } from '../sealing/field-sealer.js';

export interface SealedPayload {
  payload: Record<string, string | number | boolean>;
  sealed: Record<string, string> | null;
}

/**
 * Divides a record's fields into open ones and ones that lie sealed, each for itself: identity numbers and
 * whatever the catalogue marks as never public, and the name of a natural person.
 */
@Injectable()
export class PayloadSealer {
  constructor(private readonly sealer: FieldSealer) {}

  seal(type: RecordType, payload: Payload, recordId: string, person: boolean): SealedPayload {
    const open: SealedPayload['payload'] = {};
    const sealed: Record<string, string> = {};
    for (const [name, value] of Object.entries(payload)) {
      if (!isClosed(type, name, person)) open[name] = value;
      else sealed[name] = this.sealer.seal(String(value), place(recordId, name)).toString('base64');
    }
    return { payload: open, sealed: Object.keys(sealed).length > 0 ? sealed : null };
  }

  /** The payload as it may be shown to whoever may see the record: sealed fields masked. */
  shown(type: RecordType, stored: SealedPayload, recordId: string): SealedPayload['payload'] {
    const masked = Object.entries(stored.sealed ?? {}).map(([name, value]) => {
      const text = this.sealer.open(Buffer.from(value, 'base64'), place(recordId, name));
      return [name, mask(type, name, text)] as const;
    });
    return { ...stored.payload, ...Object.fromEntries(masked) };
  }
}

function isClosed(type: RecordType, name: string, person: boolean): boolean {
  return (
    (person && name === type.subject.name) ||
    type.fields.some((field) => field.name === name && field.neverPublic === true)
  );
}

function mask(type: RecordType, name: string, text: string): string {
  const kind = type.fields.find((field) => field.name === name)?.kind;
  if (name === type.subject.name || kind === 'name') return maskName(text);
  // The kind of document tells nothing of the person; what is neither number nor name is hidden whole.
  if (kind === 'citizen-id' || kind === 'document-number') return maskCitizenId(text);
  return /ZJLX$/.test(name) ? text : '*'.repeat(Math.min(text.length, 8));
}

const place = (recordId: string, field: string): string => `credit_record:${recordId}:${field}`;
