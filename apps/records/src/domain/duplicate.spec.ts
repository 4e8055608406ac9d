import { describe, expect, test } from '@jest/globals';
import { arrivalOf } from './duplicate.js';

const about = { documentNo: '哈市监罚〔2024〕1号', field: 'CF_WSH' };
const withdrawn = { status: 'withdrawn', id: 'r0', withdrawnOn: '2025-02-10' } as const;

describe('a record whose natural key', () => {
  test('is not known is new', () => {
    expect(arrivalOf([], about)).toEqual({ as: 'new' });
  });

  test('is known with the same content is a duplicate', () => {
    expect(arrivalOf([{ status: 'counted', id: 'r1', sameContent: true }], about)).toEqual({
      as: 'duplicate',
      id: 'r1',
    });
  });

  test('is known with other content is refused with the field of the document number', () => {
    expect(arrivalOf([{ status: 'counted', id: 'r1', sameContent: false }], about)).toMatchObject({
      as: 'refused',
      refusal: { code: 'record.conflicting-duplicate', field: 'CF_WSH', kind: 'conflict' },
    });
  });

  test.each(['revoked', 'found-unlawful', 'void', 'changed', 'sent-by-mistake'] as const)(
    'was withdrawn (%s) does not come back by sending the file once more',
    (cause) => {
      expect(arrivalOf([{ ...withdrawn, cause, sameContent: true }], about)).toMatchObject({
        as: 'refused',
        refusal: { code: 'record.was-withdrawn' },
      });
    },
  );

  test('was withdrawn as a mistake or changed comes again once it is mended', () => {
    for (const cause of ['sent-by-mistake', 'changed'] as const) {
      expect(arrivalOf([{ ...withdrawn, cause, sameContent: false }], about)).toEqual({ as: 'new' });
    }
    expect(arrivalOf([{ ...withdrawn, cause: 'revoked', sameContent: false }], about)).toMatchObject({
      as: 'refused',
    });
  });

  test('came again after a withdrawal is a duplicate of the one that counts', () => {
    const counted = { status: 'counted', id: 'r2', sameContent: true } as const;
    expect(
      arrivalOf([counted, { ...withdrawn, cause: 'sent-by-mistake', sameContent: false }], about),
    ).toEqual({
      as: 'duplicate',
      id: 'r2',
    });
  });
});
