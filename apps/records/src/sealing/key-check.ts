import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#platform';
import { FieldSealer } from './field-sealer.js';

/**
 * Stops the start when the database was sealed with another key: persons would not be found by their index
 * and would be registered a second time, and what is sealed could not be read.
 */
@Injectable()
export class KeyCheck {
  constructor(
    private readonly db: Database,
    private readonly sealer: FieldSealer,
  ) {}

  /** @throws Error naming the setting */
  async run(): Promise<void> {
    await this.db.query('INSERT INTO field_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING', [
      this.sealer.fingerprint,
    ]);
    const { rows } = await this.db.query<{ fingerprint: Buffer }>('SELECT fingerprint FROM field_key');
    if (!timingSafeEqual(rows[0]!.fingerprint, this.sealer.fingerprint)) {
      throw new Error(
        'RECORDS_FIELD_KEY is not the key that sealed this database: start with that key, or with an empty database',
      );
    }
  }
}
