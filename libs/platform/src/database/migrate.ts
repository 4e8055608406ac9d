import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Logger } from '../logger.js';

/** One folder of SQL migrations and the name under which its progress is kept. */
export interface MigrationSet {
  name: string;
  folder: URL;
}

/** The platform's own tables (idempotency keys). */
export const platformMigrations: MigrationSet = {
  name: 'platform',
  folder: migrationFolder('libs/platform'),
};

/**
 * Migrations are SQL files in the source tree; compiled code in `dist/` finds them at the same place
 * relative to the root (the image ships them too).
 */
export function migrationFolder(home: string): URL {
  const here = import.meta.url;
  const root = here.includes('/dist/libs/')
    ? new URL('../../../../../', here)
    : new URL('../../../../', here);
  return new URL(`${home}/migrations/`, root);
}

/**
 * Brings a database to the newest form. node-pg-migrate holds an advisory lock, so replicas that start
 * together wait for each other; every set runs in one transaction.
 */
export async function migrate(
  databaseUrl: string,
  sets: readonly MigrationSet[],
  logger?: Pick<Logger, 'info' | 'error'>,
): Promise<void> {
  for (const set of sets) {
    await runner({
      databaseUrl,
      dir: fileURLToPath(set.folder),
      direction: 'up',
      migrationsTable: `migrations_${set.name}`,
      migrationsSchema: 'chengxin',
      createMigrationsSchema: true,
      // Replicas that come second wait for the first instead of failing.
      advisoryLockMode: 'wait',
      verbose: false,
      logger: {
        debug: () => undefined,
        info: (message: string) => logger?.info({ set: set.name }, message),
        warn: (message: string) => logger?.info({ set: set.name }, message),
        error: (message: string) => logger?.error({ set: set.name }, message),
      },
    } as Parameters<typeof runner>[0]);
  }
}
