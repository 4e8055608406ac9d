import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';

export class ForbiddenAddress extends Error {}

/** Only addresses of the public Internet; IPv4 inside IPv6 is looked at as IPv4. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * An HTTP agent that looks at every address at the moment of connecting. A check before the request would
 * be open to DNS rebinding: the name could resolve to another address in between.
 */
export function guardedAgent(allowPrivate: boolean): Agent {
  const lookup: LookupFunction = (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 4);
      const forbidden = allowPrivate ? undefined : addresses.find(({ address }) => !isPublicAddress(address));
      const first = addresses[0];
      if (forbidden || !first)
        return callback(
          // Which address it is stays here: the subscriber reads this error, and would learn names of our network.
          new ForbiddenAddress(`${hostname} ${first ? 'is not at a public address' : 'has no address'}`),
          '',
          4,
        );
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ timeout: 5_000, lookup } as buildConnector.BuildOptions);
  return new Agent({
    connections: 16,
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
    connect: (options, callback) => {
      // An address written as such in the URL is never looked up, so it is looked at here.
      const host = options.hostname.replace(/^\[|\]$/g, '');
      if (!allowPrivate && isIP(host) && !isPublicAddress(host))
        return callback(new ForbiddenAddress(`${host} is not a public address`), null);
      connect(options, callback);
    },
  });
}
