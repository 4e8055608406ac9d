import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedKinds, type SeedKind, type Seeds } from './seed-files.js';

let folder: string | undefined;

/**
 * The folder `seeds/` of this checkout or image: beside the nearest `package.json` named chengxin above this
 * file. The same from source and from `dist/`, which has no package file of its own.
 *
 * @throws Error where there is none: a broken image, nothing to go on with
 */
export function seedsFolder(): string {
  folder ??= findFolder(dirname(fileURLToPath(import.meta.url)));
  return folder;
}

function findFolder(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    const file = join(at, 'package.json');
    if (existsSync(file) && (readJson(file) as { name?: string }).name === 'chengxin')
      return join(at, 'seeds');
    if (at === dirname(at)) {
      throw new Error(
        `No package.json named chengxin above ${from}: the seeds folder cannot be found. Keep package.json and seeds/ beside dist/.`,
      );
    }
  }
}

/**
 * The rows of one kind, freshly read: callers may change what they get. Calendars come as one row a year, in
 * order. What the rows say of each other is checked by `checkSeeds`, not here.
 *
 * @throws Error naming the file where it is missing or no JSON
 */
export function loadSeeds<K extends SeedKind>(kind: K): Seeds[K] {
  const rows = kind === 'calendars' ? readCalendars() : readJson(join(seedsFolder(), `${kind}.json`));
  if (!Array.isArray(rows)) throw new Error(`seeds/${kind}.json is not a list of rows.`);
  return rows as Seeds[K];
}

/** All kinds, for `checkSeeds` and for a loader that writes them into a database. */
export function loadAllSeeds(): Seeds {
  return Object.fromEntries(seedKinds.map((kind) => [kind, loadSeeds(kind)])) as unknown as Seeds;
}

function readCalendars(): unknown[] {
  const files = readdirSync(join(seedsFolder(), 'calendars')).filter((file) => /^\d{4}\.json$/.test(file));
  return files.sort().map((file) => readJson(join(seedsFolder(), 'calendars', file)));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
