import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createLogger, Database, migrate, migrationFolder, type MigrationSet } from '#platform';
import { databaseAdminUrl } from './parts.js';

/** A database of one spec file, with the tables of one app. */
export interface TestDatabase {
  url: string;
  db: Database;
  /** Closes the pool and removes the database. */
  drop(): Promise<void>;
}

/** Libraries whose tables live in the database of every service, in the order in which they migrate. */
const LIBRARIES = ['platform', 'messaging', 'deadlines'];

/**
 * A fresh database with the migrations of `app` (a folder of `apps/`, or of `libs/` for a library's own
 * specs). Migrating takes most of a second, cloning a migrated template about 50 ms: so the first spec file
 * that asks makes the template, named by the hash of the migration files, and the others clone it. A changed
 * migration gives another hash, hence a new template.
 */
export async function testDatabase(app: string): Promise<TestDatabase> {
  const sets = migrationSets(app);
  const template = `chengxin_template_${app}_${hashOf(sets)}`;
  const name = `chengxin_test_${app}_${process.pid}_${randomBytes(4).toString('hex')}`;
  await asAdmin(async (admin) => {
    // One maker at a time, and no clone while somebody removes outdated templates.
    await admin.query(`SELECT pg_advisory_lock(hashtext('chengxin test template'))`);
    await ensureTemplate(admin, app, template, sets);
    await admin.query(`CREATE DATABASE ${quoted(name)} TEMPLATE ${quoted(template)}`);
  });
  const url = databaseUrl(name);
  const db = new Database({ DATABASE_URL: url, DATABASE_POOL: 10 }, createLogger('test', 'silent'));
  return {
    url,
    db,
    async drop() {
      await db.onApplicationShutdown();
      await asAdmin((admin) => admin.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`));
    },
  };
}

function migrationSets(app: string): MigrationSet[] {
  const home = [`apps/${app}`, `libs/${app}`].find((folder) => existsSync(migrationFolder(folder)));
  if (!home) throw new Error(`neither apps/${app} nor libs/${app} has a folder migrations`);
  const own = home.startsWith('apps/') ? [{ name: app, folder: migrationFolder(home) }] : [];
  const libraries = LIBRARIES.map((name) => ({ name, folder: migrationFolder(`libs/${name}`) }));
  return [...libraries, ...own].filter((set) => filesOf(set).length > 0);
}

function filesOf(set: MigrationSet): string[] {
  if (!existsSync(set.folder)) return [];
  return readdirSync(set.folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
}

function hashOf(sets: readonly MigrationSet[]): string {
  const hash = createHash('sha256');
  for (const set of sets) {
    for (const file of filesOf(set)) {
      const text = readFileSync(fileURLToPath(new URL(file, set.folder)), 'utf8');
      hash.update(`${set.name}\0${file}\0${text.length}\0${text}`);
    }
  }
  return hash.digest('hex').slice(0, 12);
}

async function ensureTemplate(
  admin: pg.Client,
  app: string,
  template: string,
  sets: MigrationSet[],
): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE datname ~ $1',
    [`^chengxin_template_${app}_[0-9a-f]{12}(_making)?$`],
  );
  if (rows.some((row) => row.datname === template)) return;
  // Of earlier migration files, or left half made by a run that was killed.
  for (const { datname } of rows)
    await admin.query(`DROP DATABASE IF EXISTS ${quoted(datname)} WITH (FORCE)`);
  const making = `${template}_making`;
  await admin.query(`CREATE DATABASE ${quoted(making)}`);
  await migrate(databaseUrl(making), sets);
  // The final name appears only when every migration is in.
  await admin.query(`ALTER DATABASE ${quoted(making)} RENAME TO ${quoted(template)}`);
}

/** Locks of the session end with it. */
async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseAdminUrl() });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function databaseUrl(name: string): string {
  const url = new URL(databaseAdminUrl());
  url.pathname = `/${name}`;
  return url.toString();
}

function quoted(name: string): string {
  return pg.escapeIdentifier(name);
}
