import { describe, expect, test } from '@jest/globals';
import { Database } from '#platform';
import { testDatabase } from '#testing';
import { DEVELOPMENT_FIELD_KEY, noDevelopmentKey } from '../settings.js';
import { FieldSealer } from './field-sealer.js';
import { KeyCheck } from './key-check.js';

const NUMBER = '11010519491231002X';
const sealer = new FieldSealer({ RECORDS_FIELD_KEY: DEVELOPMENT_FIELD_KEY });
const other = new FieldSealer({ RECORDS_FIELD_KEY: Buffer.alloc(32, 7).toString('base64') });

describe('a sealed field', () => {
  test('opens with its key at its place, and nowhere else', () => {
    const sealed = sealer.seal(NUMBER, 'subject:1:number');
    expect(sealer.open(sealed, 'subject:1:number')).toBe(NUMBER);
    expect(() => sealer.open(sealed, 'subject:2:number')).toThrow();
    expect(() => other.open(sealed, 'subject:1:number')).toThrow();
    const changed = Buffer.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => sealer.open(changed, 'subject:1:number')).toThrow();
  });

  test('is never the same twice, while its index is', () => {
    expect(sealer.seal(NUMBER, 'p').equals(sealer.seal(NUMBER, 'p'))).toBe(false);
    expect(sealer.personIndex(NUMBER).equals(sealer.personIndex(NUMBER))).toBe(true);
    expect(sealer.personIndex(NUMBER).equals(other.personIndex(NUMBER))).toBe(false);
    expect(sealer.personIndex(NUMBER).equals(sealer.recordDigest(NUMBER))).toBe(false);
  });
});

test('production refuses the key that everyone knows', () => {
  expect(noDevelopmentKey({ RECORDS_FIELD_KEY: DEVELOPMENT_FIELD_KEY })).toEqual([
    { name: 'RECORDS_FIELD_KEY', fault: expect.stringContaining('required') },
  ]);
  expect(noDevelopmentKey({ RECORDS_FIELD_KEY: Buffer.alloc(32, 7).toString('base64') })).toEqual([]);
});

test('a service with another key than the database was sealed with does not start', async () => {
  const database = await testDatabase('records');
  try {
    await new KeyCheck(database.db as Database, sealer).run();
    await new KeyCheck(database.db as Database, sealer).run();
    await expect(new KeyCheck(database.db as Database, other).run()).rejects.toThrow(/RECORDS_FIELD_KEY/);
  } finally {
    await database.drop();
  }
});
