import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PARTS = new URL('../../../.local/test/parts.env', import.meta.url);

/**
 * The address of a running part (database, broker, Redis): the environment wins, else what the test stack of
 * this checkout wrote down when it started. Lets one spec file run alone beside a running stack.
 *
 * @throws Error saying how to start the parts
 */
export function partsSetting(name: string): string {
  const value = process.env[name] || written(name);
  if (!value)
    throw new Error(`${name} is not set and no test stack runs: start it with npm test, or set ${name}`);
  return value;
}

/** A connection that may create databases. */
export function databaseAdminUrl(): string {
  return partsSetting('DATABASE_ADMIN_URL');
}

/** The file is written for a shell: `export NAME=value OTHER=value`; addresses hold no spaces. */
function written(name: string): string | undefined {
  const file = fileURLToPath(PARTS);
  if (!existsSync(file)) return undefined;
  const found = new RegExp(`(?:^|\\s)${name}=(["']?)(\\S*?)\\1(?:\\s|$)`).exec(readFileSync(file, 'utf8'));
  return found?.[2];
}
