import { expect, test } from '@jest/globals';
import { withdraw } from './withdrawal.js';

const command = { cause: 'revoked', reason: '行政复议决定撤销', today: '2025-02-10' } as const;

test('a record that counts is withdrawn with cause, reason and day', () => {
  expect(withdraw({ status: 'counted' }, command)).toEqual({
    status: 'withdrawn',
    cause: 'revoked',
    reason: '行政复议决定撤销',
    withdrawnOn: '2025-02-10',
  });
});

test('a withdrawn record is refused with the day of its withdrawal', () => {
  const state = withdraw({ status: 'counted' }, command);
  expect(() => withdraw(state, { ...command, today: '2025-03-01' })).toThrow(
    expect.objectContaining({ code: 'record.already-withdrawn', facts: { withdrawnOn: '2025-02-10' } }),
  );
});
