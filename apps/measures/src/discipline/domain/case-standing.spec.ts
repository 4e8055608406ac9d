import { describe, expect, it } from '@jest/globals';
import { endUndoneBy, onEnded, onInForce, onRestored, onSuspended, type Standing } from './case-standing.js';

describe('what is known of a listing', () => {
  it.each<[Standing, string, string, string, string]>([
    ['unknown', 'order', 'remember', 'remember', 'order-first'],
    ['live', 'repeat', 'lift', 'lift', 'lift-and-order'],
    ['suspended', 'repeat', 'lift', 'repeat', 'order-again'],
    ['suspended-unseen', 'order-nothing', 'remember', 'repeat', 'order-again'],
    ['ended', 'repeat', 'lift', 'lift', 'order-again'],
    ['ended-unseen', 'order-nothing', 'remember', 'remember', 'order-again'],
  ])(
    '%s: in force → %s, ended → %s, suspended → %s, restored → %s',
    (standing, inForce, ended, suspended, restored) => {
      expect([onInForce(standing), onEnded(standing)]).toEqual([inForce, ended]);
      expect([onSuspended(standing), onRestored(standing)]).toEqual([suspended, restored]);
    },
  );

  it('what lifted it provisionally is undone as that: a plan that failed, a stay that is over', () => {
    expect(endUndoneBy('plan-failed')).toBe('suspended');
    expect(endUndoneBy('stay-ended')).toBe('suspended');
    expect(endUndoneBy('false-material')).toBe('early-removal');
  });
});
