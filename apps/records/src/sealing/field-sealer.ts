import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS } from '#platform';
import type { RecordsSettings } from '../settings.js';

/** First byte of every sealed value: algorithm and key, so that a later key can stand beside this one. */
const FORM = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals single fields (AES-256-GCM) and makes keyed digests of what must be found again without being read
 * (HMAC-SHA-256). All keys come from one setting by HKDF, each for one use, so that a digest never tells
 * anything of the key that seals.
 */
@Injectable()
export class FieldSealer {
  readonly #sealing: Buffer;
  readonly #personIndex: Buffer;
  readonly #recordDigest: Buffer;
  /** Tells two keys apart without telling the key. */
  readonly fingerprint: Buffer;

  constructor(@Inject(SETTINGS) settings: Pick<RecordsSettings, 'RECORDS_FIELD_KEY'>) {
    const master = Buffer.from(settings.RECORDS_FIELD_KEY, 'base64');
    const derived = (use: string): Buffer =>
      Buffer.from(hkdfSync('sha256', master, '', `chengxin records ${use} v1`, 32));
    this.#sealing = derived('sealing');
    this.#personIndex = derived('person index');
    this.#recordDigest = derived('record digest');
    this.fingerprint = derived('fingerprint');
  }

  /** @param place table, row and field: a sealed value moved elsewhere does not open */
  seal(text: string, place: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#sealing, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(FORM), iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when the value was changed, belongs elsewhere or was sealed with another key */
  open(value: Buffer, place: string): string {
    if (value[0] !== FORM) throw new Error(`a sealed value of form ${value[0]} is not known`);
    const iv = value.subarray(1, 1 + IV_BYTES);
    const tag = value.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#sealing, iv)
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    return Buffer.concat([
      decipher.update(value.subarray(1 + IV_BYTES + TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8');
  }

  /** Blind index of a citizen number: finds a person again and tells nothing to whoever reads the table. */
  personIndex(citizenId: string): Buffer {
    return createHmac('sha256', this.#personIndex).update(citizenId).digest();
  }

  /** Keyed digest of a natural key or of a record's content. */
  recordDigest(text: string): Buffer {
    return createHmac('sha256', this.#recordDigest).update(text).digest();
  }
}
