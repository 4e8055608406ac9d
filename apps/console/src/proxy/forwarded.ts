import type { IncomingHttpHeaders } from 'node:http';
import ipaddr from 'ipaddr.js';
import { ConfigurationError } from '#platform';

export type TrustedProxies = (address: string) => boolean;

/**
 * Reads TRUSTED_PROXIES: addresses and networks of the load balancers in front of the console.
 *
 * @throws ConfigurationError naming what is neither
 */
export function trustedProxies(setting: string): TrustedProxies {
  const ranges = setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(rangeOf);
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text); // ::ffff:10.0.0.1 is 10.0.0.1
    return ranges.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  };
}

function rangeOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) {
    const fault = `${entry} is neither an address nor a network such as 10.0.0.0/8`;
    throw new ConfigurationError([{ name: 'TRUSTED_PROXIES', fault }]);
  }
  const address = ipaddr.process(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** What services are told of the original request. */
export interface Forwarded {
  'x-forwarded-for': string;
  'x-forwarded-proto': string;
  'x-forwarded-host': string;
}

/**
 * Who really asked, and by which address. Whatever a client writes into X-Forwarded-* is replaced, or it could
 * choose its own address and have as many tries at a password as it likes; only what a trusted proxy in front
 * says is taken over. Services get one address, that of the client, and need trust nobody but the console.
 */
export function forwarded(peer: string, headers: IncomingHttpHeaders, isTrusted: TrustedProxies): Forwarded {
  const host = headers.host ?? '';
  if (!isTrusted(peer)) {
    return { 'x-forwarded-for': peer, 'x-forwarded-proto': 'http', 'x-forwarded-host': host };
  }
  const hops = [...entries(headers['x-forwarded-for']), peer];
  return {
    // From our side outwards the first address that is no proxy of ours; everything left of it is hearsay.
    'x-forwarded-for': hops.findLast((hop) => !isTrusted(hop)) ?? hops[0]!,
    'x-forwarded-proto': entries(headers['x-forwarded-proto']).at(-1) === 'https' ? 'https' : 'http',
    'x-forwarded-host': entries(headers['x-forwarded-host']).at(-1) ?? host,
  };
}

function entries(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
