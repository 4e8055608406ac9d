import { describe, expect, it } from '@jest/globals';
import { forwarded, trustedProxies } from './forwarded.js';

const nobody = trustedProxies('');
const balancers = trustedProxies('10.0.0.0/8, 192.0.2.7,fd00::/8');
const host = 'credit.example';

describe('who asked', () => {
  it('given a client that speaks for itself, then its claims are replaced', () => {
    const claims = {
      host,
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    };
    expect(forwarded('203.0.113.9', claims, balancers)).toEqual({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': host,
    });
    expect(forwarded('10.0.0.1', claims, nobody)['x-forwarded-for']).toBe('10.0.0.1');
  });

  it('given our balancer, then its word counts, and what the client wrote before it does not', () => {
    const claims = {
      host: 'console:7100',
      'x-forwarded-for': '1.2.3.4, 203.0.113.9, 192.0.2.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': host,
    };
    const seen = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https', 'x-forwarded-host': host };
    expect(forwarded('::ffff:10.1.2.3', claims, balancers)).toEqual(seen);
    expect(forwarded('fd00::1', claims, balancers)).toEqual(seen);
  });

  it('given a balancer that says nothing, then what is seen is what there is', () => {
    expect(forwarded('10.1.2.3', { host }, balancers)).toEqual({
      'x-forwarded-for': '10.1.2.3',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': host,
    });
  });

  it('an odd setting is named', () => {
    expect(() => trustedProxies('10.0.0.0/8,balancer')).toThrow(/TRUSTED_PROXIES: balancer is neither/);
    expect(nobody('no address')).toBe(false);
  });
});
