import { Halt } from './progress.mjs';
import { exchange } from './ports.mjs';

/**
 * Sees that a server whose address stands in the environment answers.
 * @param {string} variable
 * @param {{ host: string, port: number }} address
 */
export async function requireAnswer(variable, { host, port }) {
  for (const until = performance.now() + 10_000; performance.now() < until;) {
    if ((await exchange(host, port)) !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Halt(
    `${variable} is set and nothing answers at ${host}:${port}`,
    `start that server, or unset ${variable} to have one started here`,
  );
}

/**
 * @param {string} variable
 * @param {string} address a URL, or host:port
 * @param {number} port where the address names none
 */
export function addressIn(variable, address, port) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url?.hostname)
    throw new Halt(
      `${variable} is not an address`,
      'give it as scheme://user:password@host:port, or unset it',
    );
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || port) };
}
