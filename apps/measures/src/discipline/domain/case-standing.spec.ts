import { describe, expect, it } from '@jest/globals';
import { onEnded, onInForce, type Standing } from './case-standing.js';

describe('what is known of a listing', () => {
  it.each<[Standing, string, string]>([
    ['unknown', 'order', 'remember'],
    ['live', 'repeat', 'lift'],
    ['ended', 'repeat', 'repeat'],
    ['ended-unseen', 'order-nothing', 'repeat'],
  ])('%s: in force → %s, ended → %s', (standing, inForce, ended) => {
    expect([onInForce(standing), onEnded(standing)]).toEqual([inForce, ended]);
  });
});
